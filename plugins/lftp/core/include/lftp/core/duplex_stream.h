#pragma once

#include <lftp/core/limits.h>
#include <lftp/core/receive_stream.h>
#include <lftp/core/receive_window.h>
#include <lftp/core/send_credit.h>
#include <lftp/core/send_stream.h>
#include <lftp/wire/stream_id.h>

namespace gantry::lftp {

// One stream of a connection: both its directions, their credit, and which frames about it are due.
struct DuplexStream {
    StreamId id;
    SendStream send;
    SendCredit credit;  // of its offsets
    ReceiveStream receive;
    ReceiveWindow window;

    std::uint64_t reset_code = 0;
    std::uint64_t stop_code = 0;
    bool max_data_due = false;
    bool reset_due = false;
    bool reset_acked = false;
    bool stop_due = false;
    bool blocked_due = false;
    bool in_send_queue = false;
    bool in_control_queue = false;
    bool readable_told = false;
    bool wants_room = false;    // a write was cut short, and there is no room yet
    bool writer_waits = false;  // the last write was cut short

    bool control_due() const noexcept {
        return max_data_due || reset_due || stop_due || blocked_due;
    }
    // Neither side will say more, and all was read.
    bool over() const noexcept {
        const bool sent = send.complete() || (send.was_reset() && reset_acked);
        return sent && (receive.at_end() || receive.reset_code().has_value());
    }
};

struct StreamSettings {
    std::size_t send_room = 4 * 1024 * 1024;  // bytes that wait or are not acknowledged
    std::uint64_t window = 1024 * 1024;
    std::uint64_t max_window = limits::kMaxStreamWindow;
    std::uint64_t origin = 0;  // the offset of the first byte, of both sides
    // The send room where the path holds more: losses of losses take round trips to mend.
    std::size_t max_send_room = limits::kMaxStreamWindow;
};

}  // namespace gantry::lftp
