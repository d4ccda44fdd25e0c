#pragma once

#include "connection.h"

#include <gantry/net/stream.h>

namespace gantry::testing::detail {

// The program's hold on one end of a Connection.
class SimStream final : public Stream {
  public:
    SimStream(std::shared_ptr<NetworkState> network, std::shared_ptr<Connection> connection,
              Side side, EventLoop& loop);
    ~SimStream() override;

    void set_callbacks(StreamCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override;
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override;
    Result<void> finish_writing() override;
    void abort() override;
    Endpoint local() const override { return connection_->end(side_).endpoint; }
    Endpoint peer() const override { return connection_->end(other(side_)).endpoint; }
    Security security() const override { return {}; }

  private:
    StreamEnd& end() const { return connection_->end(side_); }
    Result<void> check_open() const;
    Result<void> check_writing() const;

    std::shared_ptr<NetworkState> network_;
    std::shared_ptr<Connection> connection_;
    Side side_;
    EventLoop& loop_;
    std::shared_ptr<Notifier> notifier_;
};

}  // namespace gantry::testing::detail
