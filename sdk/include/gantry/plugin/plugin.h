#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/units.h>
#include <gantry/plugin/abi.h>
#include <gantry/plugin/context.h>

#include <cstdint>
#include <new>

namespace gantry {

// A plugin's root object. The host makes one after the file is loaded and destroys it before the
// file is unmapped. All three calls come on the plugin's loop.
class Plugin {
  public:
    virtual ~Plugin() = default;
    // Binds commands, provides services. An Error (or an exception) refuses the load; what was
    // registered until then is taken back.
    virtual Result<void> start(Context& context) = 0;
    // Begins to stop: take nothing new, end what runs, drop what came from the Context, then call
    // `done`. The plugin's jobs were asked to cancel. What has not ended after `drain` is to be cut
    // off: soon after that the host gives up, and keeps the plugin's file mapped for good.
    // `done` may be called before stop() returns; it may be called from any thread.
    virtual void stop(Duration drain, Task done) {
        (void)drain;
        (void)done();
    }
};

// The border as the host sees it: plain functions that never throw. GANTRY_PLUGIN makes it.
struct PluginEntry {
    std::uint32_t abi_major;
    std::uint32_t abi_minor;
    Plugin* (*create)() noexcept;  // null when it could not be made
    void (*destroy)(Plugin* plugin) noexcept;
    Result<void> (*start)(Plugin& plugin, Context& context) noexcept;
    Result<void> (*stop)(Plugin& plugin, Duration drain, Task done) noexcept;
};

namespace detail {

template <class T>
struct PluginTrampoline {
    static Plugin* create() noexcept {
        T* made = nullptr;
        (void)guarded([&] { made = new T(); });
        return made;
    }
    static void destroy(Plugin* plugin) noexcept { delete plugin; }
    static Result<void> start(Plugin& plugin, Context& context) noexcept {
        Result<void> outcome;
        auto guard = guarded([&] { outcome = plugin.start(context); });
        return guard ? std::move(outcome) : std::move(guard);
    }
    static Result<void> stop(Plugin& plugin, Duration drain, Task done) noexcept {
        return guarded([&] { plugin.stop(drain, std::move(done)); });
    }
};

}  // namespace detail
}  // namespace gantry

// The one symbol a plugin exports. Use it once, at namespace scope: GANTRY_PLUGIN(MyPlugin)
#define GANTRY_PLUGIN(Type)                                 \
    extern "C" __attribute__((visibility("default"), used)) \
    const ::gantry::PluginEntry gantry_plugin_entry{        \
        GANTRY_ABI_MAJOR,                                   \
        GANTRY_ABI_MINOR,                                   \
        &::gantry::detail::PluginTrampoline<Type>::create,  \
        &::gantry::detail::PluginTrampoline<Type>::destroy, \
        &::gantry::detail::PluginTrampoline<Type>::start,   \
        &::gantry::detail::PluginTrampoline<Type>::stop};
