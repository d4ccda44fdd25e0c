#include <gantry/crypto/digest.h>
#include <gantry/plugin/plugin.h>

namespace {

class Consumer final : public gantry::Plugin {
  public:
    gantry::Result<void> start(gantry::Context& context) override {
        auto digest = context.services().require<gantry::DigestService>();
        if (!digest) return std::move(digest).error();
        digest_ = std::move(*digest);
        auto bound = context.bind_command(
            "consumer count",
            [this](std::unique_ptr<gantry::CommandCall> call) { call->finish(count()); });
        if (!bound) return std::move(bound).error();
        bound_ = std::move(*bound);
        return {};
    }
    // Neither the use nor the command is dropped: the destructor does it.

  private:
    gantry::Result<gantry::Value> count() {
        auto digest = digest_->create(gantry::DigestAlgorithm::sha256);
        if (!digest) return std::move(digest).error();
        (*digest)->update(gantry::as_bytes("abc"));
        const auto bytes = (*digest)->finish();
        return gantry::Value::object().set("count", static_cast<int>(bytes.at(0)));
    }

    gantry::ServiceRef<gantry::DigestService> digest_;
    gantry::Registration bound_;
};

}  // namespace

GANTRY_PLUGIN(Consumer)
