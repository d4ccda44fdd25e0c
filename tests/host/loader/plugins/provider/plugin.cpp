#include <gantry/crypto/digest.h>
#include <gantry/plugin/plugin.h>

namespace {

class CountDigest final : public gantry::Digest {
  public:
    void update(gantry::ByteView bytes) override { count_ += bytes.size(); }
    std::vector<std::byte> finish() override {
        return {static_cast<std::byte>(std::exchange(count_, 0))};
    }

  private:
    std::size_t count_ = 0;
};

class Provider final : public gantry::Plugin, gantry::DigestService {
  public:
    gantry::Result<void> start(gantry::Context& context) override {
        auto claim = context.services().provide<gantry::DigestService>(*this);
        if (!claim) return std::move(claim).error();
        claim_ = std::move(*claim);
        return {};
    }
    void stop(gantry::Duration, gantry::Task done) override {
        claim_.release();
        (void)done();
    }
    gantry::Result<std::unique_ptr<gantry::Digest>> create(gantry::DigestAlgorithm) override {
        return std::make_unique<CountDigest>();
    }

  private:
    gantry::Registration claim_;
};

}  // namespace

GANTRY_PLUGIN(Provider)
