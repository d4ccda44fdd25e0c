#pragma once

#include <gantry/core/error.h>

#include <cstdint>
#include <string_view>

namespace gantry::lftp {

// Why a connection ends (docs/protocols/rudp.md section 10). Values that stand in no enumerator are
// legal on the wire.
enum class TransportError : std::uint64_t {
    no_error = 0x00,
    internal_error = 0x01,
    connection_refused = 0x02,
    flow_control = 0x03,
    stream_limit = 0x04,
    stream_state = 0x05,
    final_size = 0x06,
    frame_encoding = 0x07,
    parameter_error = 0x08,
    version_error = 0x09,
    protocol_violation = 0x0a,
    handshake_failed = 0x0b,
    crypto_buffer = 0x0c,
    key_update_error = 0x0d,
    aead_limit = 0x0e,
    handshake_timeout = 0x0f,
};

// As it stands in the document: "flow_control"; "unknown_error" for another value.
std::string_view transport_error_name(TransportError error) noexcept;
// What a caller can act on.
ErrorCode error_code_of(TransportError error) noexcept;

}  // namespace gantry::lftp
