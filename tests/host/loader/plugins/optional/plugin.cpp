#include <gantry/crypto/digest.h>
#include <gantry/plugin/plugin.h>

namespace {

class Optional final : public gantry::Plugin {
  public:
    gantry::Result<void> start(gantry::Context& context) override {
        context_ = &context;
        watch_ = context.services().observe<gantry::DigestService>(
            [this](gantry::ServiceChange change) { changed(change); });
        auto bound =
            context.bind_command("optional has", [this](std::unique_ptr<gantry::CommandCall> call) {
                call->finish(gantry::Value::object().set("has", static_cast<bool>(digest_)));
            });
        if (!bound) return std::move(bound).error();
        bound_ = std::move(*bound);
        return {};
    }

  private:
    void changed(gantry::ServiceChange change) {
        if (change == gantry::ServiceChange::leaving) {
            if (context_->setting("hold") != "yes") digest_ = {};
            return;
        }
        auto found = context_->services().require<gantry::DigestService>();
        if (found) digest_ = std::move(*found);
    }

    gantry::Context* context_ = nullptr;
    gantry::ServiceRef<gantry::DigestService> digest_;
    gantry::Registration watch_;
    gantry::Registration bound_;
};

}  // namespace

GANTRY_PLUGIN(Optional)
