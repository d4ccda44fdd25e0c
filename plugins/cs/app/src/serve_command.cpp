#include <cs/app/access_log.h>
#include <cs/app/serve_command.h>
#include <cs/app/wire_option.h>

namespace gantry::cs {

namespace {

// Opens the folder, makes it when it is missing, and makes sure that it can be read.
struct OpenedFolder {
    std::unique_ptr<FileStore> store;
    std::shared_ptr<AccessControl> access;  // null: no rules
    bool made = false;
};

Result<OpenedFolder> open_served(Context& context, const std::string& folder,
                                 const std::optional<std::string>& rules) {
    OpenedFolder out;
    auto access = open_access(context, rules);
    if (!access) return std::move(access).error();
    out.access = std::move(*access);
    auto store = context.open_store(folder, false);
    if (!store && store.error().code == ErrorCode::not_found) {
        store = context.open_store(folder, true);
        out.made = true;
    }
    if (!store) return std::move(store).error();
    auto readable = (*store)->list("", false);
    if (!readable) {
        auto error = std::move(readable).error();
        error.context = folder;
        return error;
    }
    out.store = std::move(*store);
    return out;
}

}  // namespace

ServeCommand::ServeCommand(AppParts& parts, std::unique_ptr<CommandCall> call)
    : parts_(parts), call_(std::move(call)), transport_(std::make_shared<ServerTransport>(parts)) {}

void ServeCommand::start() {
    folder_ = call_->local_path(call_->arguments().operand("DIR"));
    on_cancel_ = call_->job().on_cancel(parts_.context.loop(), [this] { cancel(); });
    const auto wire = wire_of(call_->arguments());
    const auto resolve = [this](const std::string& typed) { return call_->local_path(typed); };
    if (auto chosen = transport_->choose(call_->arguments(), wire, resolve); !chosen)
        return finish(std::move(chosen).error());
    warn_of_wire(wire, call_->messages());
    if (parts_.server_loop == nullptr) {
        auto loop = parts_.context.add_loop("serve");
        if (!loop) return finish(std::move(loop).error());
        parts_.server_loop = *loop;
    }
    find_address();
}

void ServeCommand::find_address() {
    const auto at = call_->arguments().host_port("listen").value();
    if (auto address = IpAddress::parse(at.host)) return open_folder({*address, at.port});
    resolving_ = parts_.context.connector().resolve(
        parts_.context.loop(), at.host, [this, at](Result<std::vector<IpAddress>> found) {
            const auto self = shared_from_this();
            if (!found) return finish(std::move(found).error());
            open_folder({found->front(), at.port});
        });
}

void ServeCommand::open_folder(const Endpoint& at) {
    phase_ = Phase::opening;
    const bool insecure = call_->arguments().flag("insecure");
    if (auto allowed = transport_->check_address(at, insecure); !allowed)
        return finish(std::move(allowed).error());
    auto rules = call_->arguments().text("access");
    if (rules) rules = call_->local_path(*rules);
    parts_.pool.run(
        [&context = parts_.context, folder = folder_, rules = std::move(rules),
         transport = transport_]() -> Result<OpenedFolder> {
            if (auto loaded = transport->load(); !loaded) return std::move(loaded).error();
            return open_served(context, folder, rules);
        },
        [self = shared_from_this(), at](Result<OpenedFolder> folder) {
            if (!folder) return self->finish(std::move(folder).error());
            if (folder->made)
                (void)self->call_->messages().write("made the folder " + self->folder_ + "\n");
            self->launch(at, std::move(folder->store), std::move(folder->access));
        });
}

void ServeCommand::launch(const Endpoint& at, std::unique_ptr<FileStore> store,
                          std::shared_ptr<AccessControl> access) {
    if (cancelled_) return finish(Value::object());
    phase_ = Phase::launching;
    running_ = std::make_shared<Running>();
    running_->transport = transport_;
    auto& loop = *parts_.server_loop;
    const ServerOptions options{.listen = at,
                                .wire = wire_of(call_->arguments()),
                                .writable = access || call_->arguments().flag("writable")};
    loop.post([self = shared_from_this(), running = running_, &parts = parts_, &loop, options,
               store = std::move(store), access = std::move(access)]() mutable {
        auto log = [&context = parts.context, raw = running.get()](const AccessRecord& record) {
            ++raw->requests;
            if (record.service == "file") raw->bytes += record.count;
            context.log(LogLevel::info, format_access(record));
        };
        auto server = Server::start(
            {running->transport->get(), loop, parts.context.blocking_pool(), std::move(store),
             std::move(log), parts.make_digest(), std::move(access)},
            options);
        Result<Endpoint> outcome =
            server ? Result<Endpoint>((*server)->local()) : Result<Endpoint>(server.error());
        if (server) running->server = std::move(*server);
        parts.context.loop().post(
            [self, outcome]() mutable { self->launched(std::move(outcome)); });
    });
}

void ServeCommand::launched(Result<Endpoint> at) {
    if (!at) return finish(std::move(at).error());
    phase_ = Phase::serving;
    if (cancelled_) return drain();
    call_->announce_listening("cs", *at);
}

// Ends well: a server is meant to be cancelled. What is being opened is ended when it is there.
void ServeCommand::cancel() {
    if (std::exchange(cancelled_, true)) return;
    if (phase_ == Phase::resolving) return finish(Value::object());
    if (phase_ == Phase::serving) drain();
}

void ServeCommand::cancel_within(Duration limit) {
    drain_limit_ = std::min(drain_limit_, limit);
    if (phase_ == Phase::draining) return limit_drain();
    cancel();
}

void ServeCommand::limit_drain() {
    auto& loop = *parts_.server_loop;
    loop.post([running = running_, limit = drain_limit_, &loop] {
        if (running->limit) running->limit->arm(loop.now() + limit);
    });
}

void ServeCommand::drain() {
    phase_ = Phase::draining;
    auto& loop = *parts_.server_loop;
    loop.post(
        [self = shared_from_this(), running = running_, &home = parts_.context.loop(), &loop] {
            auto done = [self, running, &home] {
                if (!running->server) return;  // drained just as the limit came
                running->limit.reset();
                running->server.reset();
                home.post([self, requests = running->requests, bytes = running->bytes] {
                    self->drained(requests, bytes);
                });
            };
            running->limit = loop.make_timer([running, done] {
                if (running->server) running->server->stop(done);
            });
            running->server->drain(done);
        });
    limit_drain();
}

void ServeCommand::drained(std::uint64_t requests, std::uint64_t bytes) {
    finish(Value::object().set("requests", requests).set("bytes", bytes));
}

void ServeCommand::finish(Result<Value> outcome) {
    on_cancel_.release();
    resolving_.release();
    call_->finish(std::move(outcome));
    parts_.operations.remove(*this);
}

}  // namespace gantry::cs
