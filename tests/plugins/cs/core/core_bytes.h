#pragma once

#include <cs/wire/file_messages.h>
#include <cs/wire/frame_header.h>
#include <cs/wire/listing_messages.h>

#include <gantry/core/clock.h>

#include <chrono>
#include <initializer_list>

namespace gantry::cs {

using namespace std::chrono_literals;

inline TimePoint at(Duration since_start) { return TimePoint(since_start); }

inline Bytes text(std::string_view s) {
    const auto view = as_bytes(s);
    return Bytes(view.begin(), view.end());
}

inline Bytes join(std::initializer_list<Bytes> parts) {
    Bytes out;
    for (const auto& part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

inline Bytes frame(FrameType type, ServiceId service, std::uint32_t id, ByteView body = {}) {
    return make_frame(type, service, RequestId(id), body);
}

inline Bytes file_request(std::uint32_t id, std::string path) {
    return frame(FrameType::request, ServiceId::file, id,
                 FileRequest{std::move(path), {}}.encode());
}

inline Bytes listing_request(std::uint32_t id, std::string path) {
    return frame(FrameType::request, ServiceId::listing, id,
                 ListingRequest{std::move(path), false}.encode());
}

inline Bytes echo_request(std::uint32_t id, std::string_view body) {
    return frame(FrameType::request, ServiceId::echo, id, as_bytes(body));
}

}  // namespace gantry::cs
