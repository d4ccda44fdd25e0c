#include <cs/app/change_commands.h>
#include <cs/app/cs_plugin.h>
#include <cs/app/get_command.h>
#include <cs/app/hash_command.h>
#include <cs/app/ls_command.h>
#include <cs/app/mirror_command.h>
#include <cs/app/ping_command.h>
#include <cs/app/put_command.h>
#include <cs/app/serve_command.h>
#include <cs/app/stat_command.h>
#include <cs/app/watch_command.h>

#include <thread>

namespace gantry::cs {

CsPlugin::CsPlugin() : CsPlugin(std::thread::hardware_concurrency()) {}

Result<void> CsPlugin::start(Context& context) {
    auto tcp = context.services().require<Transport>("tcp");
    if (!tcp) return std::move(tcp).error();
    auto digests = context.services().require<DigestService>();
    if (!digests) return std::move(digests).error();
    parts_.emplace(context, std::move(*tcp), std::move(*digests), cores_);
    opener_.emplace(*parts_);
    for (auto bound :
         {bind<ServeCommand>("cs serve"), bind<LsCommand>("cs ls"),
          bind<MirrorCommand>("cs mirror"), bind<GetCommand>("cs get"), bind<PutCommand>("cs put"),
          bind<PingCommand>("cs ping"), bind<StatCommand>("cs stat"), bind<HashCommand>("cs hash"),
          bind<MkdirCommand>("cs mkdir"), bind<RenameCommand>("cs rename"),
          bind<DeleteCommand>("cs delete"), bind<WatchCommand>("cs watch")})
        if (!bound) return bound;
    return keep(context.bind_sessions("cs", *opener_));
}

void CsPlugin::stop(Duration drain, Task done) {
    parts_->operations.stop(drain, [this, done = std::move(done)]() mutable {
        parts_->pool.when_idle([this, done = std::move(done)]() mutable {
            parts_->context.loop().post([this, done = std::move(done)]() mutable {
                drop();
                (void)done();
            });
        });
    });
}

void CsPlugin::drop() {
    bound_.clear();
    opener_.reset();
    parts_.reset();
}

template <class Command>
Result<void> CsPlugin::bind(std::string_view name) {
    return keep(parts_->context.bind_command(name, [this](std::unique_ptr<CommandCall> call) {
        parts_->operations.start(std::make_shared<Command>(*parts_, std::move(call)));
    }));
}

Result<void> CsPlugin::keep(Result<Registration> bound) {
    if (!bound) return std::move(bound).error();
    bound_.push_back(std::move(*bound));
    return {};
}

}  // namespace gantry::cs
