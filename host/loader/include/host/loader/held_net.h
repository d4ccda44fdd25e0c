#pragma once

#include <gantry/net/connector.h>
#include <host/loader/ledger.h>

#include <memory>

namespace gantry::host {

// Sockets as one plugin holds them. Taken back, they are closed, answer ErrorCode::closed, and no
// callback comes any more.

class HeldStream final : public Stream, public LedgerItem {
  public:
    HeldStream(std::shared_ptr<Ledger> ledger, std::unique_ptr<Stream> inner)
        : LedgerItem(std::move(ledger), "stream"), inner_(std::move(inner)) {}
    ~HeldStream() override { leave(); }
    void take_back() override { inner_.reset(); }

    void set_callbacks(StreamCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override;
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override;
    Result<void> finish_writing() override;
    void abort() override;
    Endpoint local() const override;
    Endpoint peer() const override;
    Security security() const override;

  private:
    std::unique_ptr<Stream> inner_;
};

class HeldListener final : public Listener, public LedgerItem {
  public:
    HeldListener(std::shared_ptr<Ledger> ledger, std::unique_ptr<Listener> inner)
        : LedgerItem(std::move(ledger), "listener"), inner_(std::move(inner)) {}
    ~HeldListener() override { leave(); }
    void take_back() override { inner_.reset(); }

    Endpoint local() const override;
    void pause() override;
    void resume() override;

  private:
    std::unique_ptr<Listener> inner_;
};

class HeldDatagramSocket final : public DatagramSocket, public LedgerItem {
  public:
    HeldDatagramSocket(std::shared_ptr<Ledger> ledger, std::unique_ptr<DatagramSocket> inner)
        : LedgerItem(std::move(ledger), "datagram socket"), inner_(std::move(inner)) {}
    ~HeldDatagramSocket() override { leave(); }
    void take_back() override { inner_.reset(); }

    void set_callbacks(DatagramCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<std::size_t> send(std::span<const OutDatagram> batch) override;
    Result<std::size_t> receive(std::span<InDatagram> slots) override;
    Endpoint local() const override;

  private:
    std::unique_ptr<DatagramSocket> inner_;
};

}  // namespace gantry::host
