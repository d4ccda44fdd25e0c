#include <gantry/plugin/plugin.h>

#include <stdexcept>
#include <vector>

namespace {

// A type of the plugin's own: its type_info goes with the file.
struct OwnException : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using CallPtr = std::unique_ptr<gantry::CommandCall>;

class Thrower final : public gantry::Plugin {
  public:
    Thrower() = default;
    gantry::Result<void> start(gantry::Context& context) override {
        where_ = context.setting("where").value_or("");
        bind(context, "thrower event", [](CallPtr) { throw OwnException("thrown on the loop"); });
        bind(context, "thrower blocking", [](CallPtr) { throw 42; });
        if (where_ == "start") throw OwnException("thrown in start");
        if (where_ == "error")
            return gantry::make_error(gantry::ErrorCode::denied, "thrower", "will not start");
        if (where_ == "unbound") return {};
        bind(context, "thrower later", [&context](CallPtr call) {
            context.loop().post([] { throw OwnException("thrown in a task"); });
            context.loop().post([c = std::move(call)] { c->finish(gantry::Value::object()); });
        });
        return {};
    }
    void stop(gantry::Duration, gantry::Task done) override {
        if (where_ == "stop") throw OwnException("thrown in stop");
        (void)done();
    }

  private:
    void bind(gantry::Context& context, const char* name, gantry::CommandHandler handler) {
        auto bound = context.bind_command(name, std::move(handler));
        if (bound) kept_.push_back(std::move(*bound));
    }
    std::string where_;
    std::vector<gantry::Registration> kept_;
};

}  // namespace

GANTRY_PLUGIN(Thrower)
