#pragma once

#include <cs/core/hello_exchange.h>
#include <cs/core/send_credit.h>

#include <map>
#include <optional>

namespace gantry::cs {

// The bytes of a client's puts that wait to be sent. With streams the puts take turns, within the
// server's credit; without, one follows the other, since a server that works on one at a time would
// find its room filled with bytes of the others. Its user gives it bytes only while it wants them.
class UploadOutput {
  public:
    // Until the server's first frame tells what holds, `bytes` of data in all may go.
    void expect_hello(std::uint64_t bytes);
    void use_streams(const Agreement& agreed);
    void use_no_streams();

    void begin(RequestId id);
    void add(RequestId id, ByteView bytes);
    void end(RequestId id, Bytes end_body);
    // Forgets it. True: its end had not gone.
    bool remove(RequestId id);
    void clear() { uploads_.clear(); }
    void add_credit(RequestId id, std::uint64_t limit);  // kConnectionId: over all

    bool sending(RequestId id) const noexcept { return uploads_.contains(id); }
    // Whether more bytes of it, or its end, would go soon.
    bool wants(RequestId id) const noexcept;
    // The next data or end frame that may go.
    std::optional<Bytes> next_frame();

  private:
    struct Upload {
        SendCredit credit;
        Bytes bytes;
        std::size_t sent = 0;  // of those
        std::optional<Bytes> end;
        std::size_t waiting() const noexcept { return bytes.size() - sent; }
    };
    void raise(std::uint64_t window, std::uint64_t stream_window);
    using Uploads = std::map<RequestId, Upload>;
    bool has_turn(const Uploads::value_type& entry) const;
    Bytes take_frame(Uploads::iterator from);

    Uploads uploads_;
    RequestId last_;  // whose turn it was
    SendCredit credit_;
    std::uint64_t stream_window_ = SendCredit::kUnlimited;
    std::size_t largest_ = limits::kSharedFrame;
    bool in_order_ = true;
};

}  // namespace gantry::cs
