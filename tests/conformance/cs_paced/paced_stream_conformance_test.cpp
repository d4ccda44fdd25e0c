#include <cs/net/paced_stream.h>
#include <support/conformance/send_file_suite.h>
#include <support/conformance/stream_end_suite.h>
#include <support/conformance/stream_suite.h>

#include "sim_net_harness.h"

namespace gantry::testing::conformance {
namespace {

// Every stream is held to `rate` each way; 0: to none.
class PacedConnector final : public Connector {
  public:
    PacedConnector(Connector& inner, std::uint64_t rate) : inner_(inner), rate_(rate) {}
    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override {
        return inner_.resolve(loop, host, std::move(done));
    }
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        auto paced = [this, &loop,
                      done = std::move(done)](Result<std::unique_ptr<Stream>> stream) mutable {
            (void)done(stream ? pace(loop, std::move(*stream)) : std::move(stream));
        };
        return inner_.connect(loop, to, options, std::move(paced));
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        auto paced = [this, &loop,
                      accepted = std::move(accepted)](std::unique_ptr<Stream> stream) mutable {
            (void)accepted(*pace(loop, std::move(stream)));
        };
        return inner_.listen(loop, at, options, std::move(paced));
    }
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& how) override {
        return inner_.open_datagram(loop, at, how);
    }

  private:
    Result<std::unique_ptr<Stream>> pace(EventLoop& loop, std::unique_ptr<Stream> stream) const {
        auto paced = std::make_unique<cs::PacedStream>(loop, std::move(stream));
        if (rate_ > 0) paced->limit(std::make_shared<cs::RateLimit>(BytesPerSecond(rate_)));
        return std::unique_ptr<Stream>(std::move(paced));
    }
    Connector& inner_;
    std::uint64_t rate_;
};

template <std::uint64_t rate>
class PacedHarness : public SimNetHarness {
  public:
    Connector& connector() override { return paced_; }

  private:
    PacedConnector paced_{SimNetHarness::connector(), rate};
};

using Unlimited = PacedHarness<0>;
using Limited = PacedHarness<20'000'000>;

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<Unlimited>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<Unlimited>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<Unlimited>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<Limited>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<Limited>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<Limited>);

}  // namespace gantry::testing::conformance
