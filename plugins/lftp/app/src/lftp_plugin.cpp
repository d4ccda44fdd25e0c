#include <lftp/app/lftp_plugin.h>

namespace gantry::lftp {

Result<void> LftpPlugin::start(Context& context) {
    auto kdf = context.services().require<KdfService>();
    if (!kdf) return std::move(kdf).error();
    kdf_ = std::move(*kdf);
    transport_.emplace(context.connector(), context.random(), *kdf_, context.loop());
    auto provided = context.services().provide<Transport>(*transport_, RudpTransport::kScheme);
    if (!provided) return std::move(provided).error();
    provided_ = std::move(*provided);
    return {};
}

void LftpPlugin::stop(Duration drain, Task done) {
    provided_.release();
    transport_->stop(drain, [this, done = std::move(done)]() mutable {
        transport_.reset();
        kdf_ = {};
        (void)done();
    });
}

}  // namespace gantry::lftp
