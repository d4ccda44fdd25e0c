#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/cs_session.h>
#include <gantry/plugin/plugin.h>

#include <optional>
#include <vector>

namespace gantry::cs {

// The plugin's root: binds the commands of plugin.json and the sessions on cs:// URLs.
class CsPlugin : public Plugin {
  public:
    CsPlugin();
    // With so many cores to serve on, whatever the machine has.
    explicit CsPlugin(std::size_t cores) : cores_(cores) {}
    Result<void> start(Context& context) override;
    void stop(Duration drain, Task done) override;

  private:
    template <class Command>
    Result<void> bind(std::string_view name);
    Result<void> keep(Result<Registration> bound);
    void drop();

    std::size_t cores_;
    std::optional<AppParts> parts_;
    std::optional<CsSessionOpener> opener_;
    std::vector<Registration> bound_;
};

}  // namespace gantry::cs
