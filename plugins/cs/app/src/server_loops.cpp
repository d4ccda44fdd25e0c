#include <cs/app/server_loops.h>
#include <cs/net/limits.h>

#include <algorithm>

namespace gantry::cs {

Result<std::vector<EventLoop*>> ServerLoops::take(std::size_t count) {
    if (count == 0) count = std::clamp<std::size_t>(cores_, 1, limits::kUsualServerLoops);
    while (made_.size() < count) {
        auto loop = context_.add_loop("serve " + std::to_string(made_.size() + 1));
        if (!loop) return std::move(loop).error();
        made_.push_back(*loop);
    }
    return std::vector(made_.begin(), made_.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace gantry::cs
