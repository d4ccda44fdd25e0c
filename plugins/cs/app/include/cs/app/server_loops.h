#pragma once

#include <gantry/plugin/context.h>

#include <vector>

namespace gantry::cs {

// The loops of all servers of the plugin, made when they are first needed: a loop ends with its
// plugin, so servers that come and go use the same ones. On the plugin's loop.
class ServerLoops {
  public:
    // `cores`: how many the machine has, or may be used.
    ServerLoops(Context& context, std::size_t cores) : context_(context), cores_(cores) {}
    // `count` of them, or, with 0, one per core up to limits::kUsualServerLoops. Errors: those of
    // Context::add_loop.
    Result<std::vector<EventLoop*>> take(std::size_t count);

  private:
    Context& context_;
    std::size_t cores_;
    std::vector<EventLoop*> made_;
};

}  // namespace gantry::cs
