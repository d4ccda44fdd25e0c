#pragma once

#include <gantry/plugin/plugin.h>

#include <optional>
#include <string>

namespace gantry::host {

// Where a plugin's code comes from, for one life of the plugin.
class PluginSource {
  public:
    virtual ~PluginSource() = default;
    // Brings the code into the process. Called once, on the plugin's own thread: what its static
    // constructors leave on their thread ends with that thread.
    virtual Result<const PluginEntry*> open() = 0;
    // Takes it out, when nothing of it is in use any more. Nothing: it is gone, which was checked.
    // Else the words why it is still there.
    virtual std::optional<std::string> close() = 0;
};

// A plugin that is a part of this program, as in a test.
class BuiltInSource final : public PluginSource {
  public:
    explicit BuiltInSource(const PluginEntry& entry) noexcept : entry_(&entry) {}
    Result<const PluginEntry*> open() override { return entry_; }
    std::optional<std::string> close() override { return std::nullopt; }

  private:
    const PluginEntry* entry_;
};

// The border of a Plugin class that is a part of this program.
template <class T>
constexpr PluginEntry built_in_entry() {
    using Border = detail::PluginTrampoline<T>;
    return {GANTRY_ABI_MAJOR, GANTRY_ABI_MINOR, &Border::create,
            &Border::destroy, &Border::start,   &Border::stop};
}

}  // namespace gantry::host
