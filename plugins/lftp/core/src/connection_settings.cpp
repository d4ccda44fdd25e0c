#include <lftp/core/connection_settings.h>

#include <algorithm>

namespace gantry::lftp {

TransportParameters ConnectionSettings::parameters() const {
    TransportParameters out;
    out.version = version;
    out.versions = versions;
    out.protections = protections;
    out.idle_timeout = idle_timeout;
    out.max_data = window;
    out.max_stream_data = streams.window;
    out.max_streams = std::min(max_streams, limits::kMaxStreams);
    out.max_ack_delay = acks.delay;
    out.min_ack_delay = std::min(out.min_ack_delay, acks.delay);
    return out;
}

}  // namespace gantry::lftp
