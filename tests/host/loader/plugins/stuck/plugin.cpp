#include <gantry/plugin/plugin.h>
#include <poll.h>

#include <charconv>

namespace {

using CallPtr = std::unique_ptr<gantry::CommandCall>;

class Stuck final : public gantry::Plugin {
  public:
    gantry::Result<void> start(gantry::Context& context) override {
        how_ = context.setting("how").value_or("");
        const auto text = context.setting("release").value_or("-1");
        std::from_chars(text.data(), text.data() + text.size(), release_);
        if (how_ == "start") wait_for_release();
        hang_ = context.bind_command("stuck hang", [this](CallPtr call) {
            call->announce_listening("stuck", {});
            wait_for_release();
            call->finish(gantry::Value::object());
        });
        keep_ = context.bind_command("stuck keep", [this](CallPtr call) {
            kept_ = std::move(call);
            kept_->announce_listening("stuck", {});
        });
        return {};
    }
    void stop(gantry::Duration, gantry::Task done) override {
        if (how_ == "stop") {
            never_ = std::move(done);
            return;
        }
        if (how_ == "loop") wait_for_release();
        (void)done();
    }

  private:
    void wait_for_release() const {
        pollfd wait{release_, POLLIN, 0};
        while (::poll(&wait, 1, -1) < 0) continue;
    }

    std::string how_;
    int release_ = -1;
    gantry::Result<gantry::Registration> hang_ = gantry::Registration();
    gantry::Result<gantry::Registration> keep_ = gantry::Registration();
    CallPtr kept_;
    gantry::Task never_;
};

}  // namespace

GANTRY_PLUGIN(Stuck)
