#pragma once

#include <gantry/core/clock.h>
#include <gantry/net/endpoint.h>
#include <lftp/core/keyed_tag.h>
#include <lftp/wire/connection_id.h>

#include <optional>

namespace gantry::lftp {

// The cookies of retries (docs/protocols/rudp.md section 4): they say which id a client first sent
// to, and prove that it got them at its address a short while ago. Nothing is remembered.
class RetryCookie {
  public:
    static constexpr std::size_t kSize = 32;
    using Bytes = std::array<std::byte, kSize>;

    explicit RetryCookie(KeyedTag tag) : tag_(std::move(tag)) {}

    // For a client at `from`; `retry` is the id in the retry.
    Bytes make(TimePoint now, const Endpoint& from, ConnectionId original,
               ConnectionId retry) const;
    // The id that the client first sent to; nothing when the cookie does not fit or is older than
    // limits::kCookieLife.
    std::optional<ConnectionId> check(ByteView cookie, TimePoint now, const Endpoint& from,
                                      ConnectionId retry) const;

  private:
    KeyedTag::Tag tag_of(std::uint64_t milliseconds, const Endpoint& from, ConnectionId original,
                         ConnectionId retry) const;

    KeyedTag tag_;
};

}  // namespace gantry::lftp
