#include <crypto/app/digest_command.h>
#include <crypto/net/openssl_digests.h>

#include <gantry/plugin/plugin.h>

namespace gantry::crypto {
namespace {

class CryptoPlugin : public Plugin {
  public:
    Result<void> start(Context& context) override {
        auto provided = context.services().provide<DigestService>(digests_);
        if (!provided) return std::move(provided).error();
        service_ = std::move(provided).value();
        auto bound = context.bind_command(
            "crypto digest", [this](std::unique_ptr<CommandCall> call) { digest_.run(*call); });
        if (!bound) return std::move(bound).error();
        command_ = std::move(bound).value();
        return {};
    }
    void stop(Task done) override {
        command_.release();
        service_.release();
        (void)done();
    }

  private:
    OpensslDigests digests_;
    DigestCommand digest_{digests_};
    Registration service_;
    Registration command_;
};

}  // namespace
}  // namespace gantry::crypto

GANTRY_PLUGIN(gantry::crypto::CryptoPlugin)
