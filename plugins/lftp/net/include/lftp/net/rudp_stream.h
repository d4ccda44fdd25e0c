#pragma once

#include <lftp/net/datagram_port.h>
#include <lftp/net/stream_teller.h>

namespace gantry::lftp {

// A Stream that is one rudp connection with one stream in it. Destroying it delivers what was
// written; aborting it closes the connection.
class RudpStream final : public Stream, private ConnectionUser {
  public:
    // The handshake of `connection` has finished.
    RudpStream(std::shared_ptr<DatagramPort> port, std::shared_ptr<LiveConnection> connection);
    ~RudpStream() override;

    void set_callbacks(StreamCallbacks callbacks) override;
    void set_interest(Interest interest) override { teller_->set_interest(interest); }
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override;
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override;
    Result<void> finish_writing() override;
    void abort() override;
    Endpoint local() const override { return port_->local(); }
    Endpoint peer() const override { return peer_; }
    Security security() const override { return {}; }

  private:
    void stream_changed(const StreamEvent& event) override;
    void connection_ended(const ConnectionEnded& ended) override;
    Readiness ready() const noexcept;
    Result<void> check_open() const;
    Result<void> check_writing();
    Error fail(Error error);
    void drop_connection();

    std::shared_ptr<DatagramPort> port_;
    std::shared_ptr<LiveConnection> connection_;  // none: it was aborted
    Endpoint peer_;
    std::shared_ptr<StreamTeller> teller_;
    std::optional<Error> failure_;
    bool may_read_ = true;
    bool at_end_ = false;  // all was read
    bool roomy_ = true;
    bool finished_ = false;
    bool peer_left_ = false;  // it closed in order, and takes nothing any more
};

}  // namespace gantry::lftp
