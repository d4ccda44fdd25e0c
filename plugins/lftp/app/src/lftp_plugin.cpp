#include <lftp/app/lftp_plugin.h>

namespace gantry::lftp {

Result<void> LftpPlugin::start(Context& context) {
    transport_.emplace(context.connector(), context.random(), context.loop());
    auto provided = context.services().provide<Transport>(*transport_, RudpTransport::kScheme);
    if (!provided) return std::move(provided).error();
    provided_ = std::move(*provided);
    return {};
}

void LftpPlugin::stop(Duration drain, Task done) {
    provided_.release();
    transport_->stop(drain, [this, done = std::move(done)]() mutable {
        transport_.reset();
        (void)done();
    });
}

}  // namespace gantry::lftp
