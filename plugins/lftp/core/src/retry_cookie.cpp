#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>
#include <lftp/core/limits.h>
#include <lftp/core/retry_cookie.h>

namespace gantry::lftp {

namespace {

std::uint64_t milliseconds(TimePoint time) {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

}  // namespace

KeyedTag::Tag RetryCookie::tag_of(std::uint64_t made, const Endpoint& from, ConnectionId original,
                                  ConnectionId retry) const {
    std::array<std::byte, 16 + 2 + 3 * 8> covered;
    ByteWriter writer(covered);
    writer.bytes(from.address.bytes()).u16(from.port).u64(made);
    writer.u64(original.value()).u64(retry.value());
    return tag_.of(writer.written());
}

RetryCookie::Bytes RetryCookie::make(TimePoint now, const Endpoint& from, ConnectionId original,
                                     ConnectionId retry) const {
    Bytes cookie{};
    ByteWriter writer(cookie);
    const auto made = milliseconds(now);
    writer.u64(made).u64(original.value()).bytes(tag_of(made, from, original, retry));
    return cookie;
}

std::optional<ConnectionId> RetryCookie::check(ByteView cookie, TimePoint now, const Endpoint& from,
                                               ConnectionId retry) const {
    if (cookie.size() != kSize) return std::nullopt;
    ByteReader reader(cookie);
    const auto made = reader.u64().value();
    const ConnectionId original(reader.u64().value());
    const auto tag = tag_of(made, from, original, retry);
    if (!equal_in_constant_time(cookie.last(tag.size()), tag)) return std::nullopt;
    const auto age = milliseconds(now) - made;
    if (made > milliseconds(now) ||
        age > static_cast<std::uint64_t>(std::chrono::milliseconds(limits::kCookieLife).count()))
        return std::nullopt;
    return original;
}

}  // namespace gantry::lftp
