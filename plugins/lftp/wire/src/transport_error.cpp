#include <lftp/wire/transport_error.h>

#include <array>

namespace gantry::lftp {

namespace {

struct TransportErrorRow {
    std::string_view name;
    ErrorCode code;
};

constexpr std::array<TransportErrorRow, 16> kTransportErrors{{
    {"no_error", ErrorCode::closed},
    {"internal_error", ErrorCode::other},
    {"connection_refused", ErrorCode::busy},
    {"flow_control", ErrorCode::protocol},
    {"stream_limit", ErrorCode::protocol},
    {"stream_state", ErrorCode::protocol},
    {"final_size", ErrorCode::protocol},
    {"frame_encoding", ErrorCode::protocol},
    {"parameter_error", ErrorCode::protocol},
    {"version_error", ErrorCode::unsupported},
    {"protocol_violation", ErrorCode::protocol},
    {"handshake_failed", ErrorCode::security},
    {"crypto_buffer", ErrorCode::limit},
    {"key_update_error", ErrorCode::security},
    {"aead_limit", ErrorCode::security},
    {"handshake_timeout", ErrorCode::timeout},
}};

constexpr TransportErrorRow kUnknownTransportError{"unknown_error", ErrorCode::protocol};

TransportErrorRow row_of(TransportError error) noexcept {
    const auto at = static_cast<std::uint64_t>(error);
    return at < kTransportErrors.size() ? kTransportErrors[at] : kUnknownTransportError;
}

}  // namespace

std::string_view transport_error_name(TransportError error) noexcept { return row_of(error).name; }

ErrorCode error_code_of(TransportError error) noexcept { return row_of(error).code; }

}  // namespace gantry::lftp
