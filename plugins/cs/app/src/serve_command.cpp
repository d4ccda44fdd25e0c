#include <cs/app/serve_command.h>
#include <cs/app/wire_option.h>

namespace gantry::cs {

namespace {

// A whole number within its bounds, or `usual` when it was not given.
Result<std::size_t> count_of(const Arguments& arguments, std::string_view option, std::size_t most,
                             std::size_t usual) {
    const auto given = arguments.integer(option);
    if (!given) return usual;
    if (*given < 1 || static_cast<std::uint64_t>(*given) > most)
        return make_error(ErrorCode::usage, "cs",
                          "--" + std::string(option) + " is from 1 to " + std::to_string(most));
    return static_cast<std::size_t>(*given);
}

}  // namespace

// What is served, and to whom. It can be read.
struct ServeCommand::Opened {
    std::unique_ptr<FileStore> store;
    std::shared_ptr<AccessControl> access;   // null: no rules
    std::shared_ptr<const ServerSeal> seal;  // null: no key
    bool made = false;                       // the folder was missing
};

void ServeCommand::Totals::add(const AccessRecord& record) {
    if (record.service == kRefusedConnection) {
        ++refused;
        return;
    }
    ++requests;
    if (record.service == "file" || record.service == kEncryptedFile) bytes += record.count;
}

ServeCommand::ServeCommand(AppParts& parts, std::unique_ptr<CommandCall> call)
    : parts_(parts),
      call_(std::move(call)),
      transport_(std::make_shared<ServerTransport>(parts)),
      log_writer_(
          std::make_shared<AccessLogWriter>(parts.context.loop(), parts.pool,
                                            [&context = parts.context](const std::string& line) {
                                                context.log(LogLevel::info, line);
                                            })),
      log_([totals = totals_, writer = log_writer_](const AccessRecord& record) {
          totals->add(record);
          writer->add(record);
      }) {}

void ServeCommand::start() {
    folder_ = call_->local_path(call_->arguments().operand("DIR"));
    on_cancel_ = call_->job().on_cancel(parts_.context.loop(), [this] { cancel(); });
    if (auto fine = read_options(); !fine) return finish(std::move(fine).error());
    warn_of_wire(options_.wire, call_->messages());
    find_address();
}

Result<void> ServeCommand::read_options() {
    const auto& arguments = call_->arguments();
    options_.wire = wire_of(arguments);
    const auto resolve = [this](const std::string& typed) { return call_->local_path(typed); };
    if (auto chosen = transport_->choose(arguments, options_.wire, resolve); !chosen) return chosen;
    options_.secured_or_sealed = transport_->lets_plain_in();
    if (auto found = find_keys(); !found) return found;
    auto& admission = options_.admission;
    auto loops = count_of(arguments, "loops", limits::kMaxServerLoops, 0);
    if (!loops) return std::move(loops).error();
    auto all =
        count_of(arguments, "max-connections", limits::kMostConnections, limits::kMaxConnections);
    if (!all) return std::move(all).error();
    admission.connections = *all;
    auto each = count_of(arguments, "max-per-address", limits::kMostConnections,
                         limits::kMaxConnectionsPerAddress);
    if (!each) return std::move(each).error();
    admission.per_address = *each;
    admission.count_loopback = arguments.integer("max-per-address").has_value();
    auto made = parts_.server_loops.take(*loops);
    if (!made) return std::move(made).error();
    loops_ = std::move(*made);
    return {};
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
    options_.listen = at;
    const bool insecure = call_->arguments().flag("insecure");
    if (auto allowed = transport_->check_address(at, insecure); !allowed)
        return finish(std::move(allowed).error());
    auto rules = call_->arguments().text("access");
    if (rules) rules = call_->local_path(*rules);
    parts_.pool.run(
        [self = shared_from_this(), rules = std::move(rules)] { return self->open_served(rules); },
        [self = shared_from_this()](Result<Opened> opened) {
            if (!opened) return self->finish(std::move(opened).error());
            if (opened->made)
                (void)self->call_->messages().write("made the folder " + self->folder_ + "\n");
            self->launch(std::move(*opened));
        });
}

Result<void> ServeCommand::find_keys() {
    for (const auto& typed : call_->arguments().texts("key-file"))
        key_files_.push_back(call_->local_path(typed));
    if (key_files_.empty() || options_.wire != Wire::cs1) return {};
    auto found = SealLoader::find(parts_.context);
    if (!found) return std::move(found).error();
    seals_ = std::move(*found);
    return {};
}

// On the pool: reads the files, opens the folder, makes it when it is missing.
Result<ServeCommand::Opened> ServeCommand::open_served(
    const std::optional<std::string>& rules) const {
    auto loaded = transport_->load([log = log_](const Endpoint& peer, const Error& why) {
        log({peer, kRefusedConnection, {}, 0, {}, why, {}});
    });
    if (!loaded) return std::move(loaded).error();
    Opened out;
    if (seals_) {
        auto seal = seals_->load(key_files_);
        if (!seal) return std::move(seal).error();
        out.seal = std::move(*seal);
    }
    auto& context = parts_.context;
    auto access = open_access(context, rules);
    if (!access) return std::move(access).error();
    out.access = std::move(*access);
    auto store = context.open_store(folder_, false);
    if (!store && store.error().code == ErrorCode::not_found) {
        store = context.open_store(folder_, true);
        out.made = true;
    }
    if (!store) return std::move(store).error();
    auto readable = (*store)->list("", false);
    if (!readable) {
        auto error = std::move(readable).error();
        error.context = folder_;
        return error;
    }
    out.store = std::move(*store);
    return out;
}

void ServeCommand::launch(Opened opened) {
    if (cancelled_) return finish(Value::object());
    phase_ = Phase::launching;
    options_.writable = opened.access || call_->arguments().flag("writable");
    auto& context = parts_.context;
    group_ = ServerGroup::start({transport_->get(), context.loop(), loops_, context.blocking_pool(),
                                 std::move(opened.store), log_, parts_.make_digest(),
                                 std::move(opened.access), std::move(opened.seal)},
                                options_, [self = shared_from_this()](Result<Endpoint> at) {
                                    self->launched(std::move(at));
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
    if (phase_ == Phase::draining) drain_by(parts_.context.loop().now() + limit);
    cancel();
}

void ServeCommand::drain() {
    phase_ = Phase::draining;
    auto& loop = parts_.context.loop();
    limit_ = loop.make_timer([self = shared_from_this()] { self->group_->stop(); });
    drain_by(loop.now() + drain_limit_);
    group_->drain([self = shared_from_this()] { self->drained(); });
}

void ServeCommand::drain_by(TimePoint when) {
    drain_end_ = std::min(drain_end_, when);
    if (limit_) limit_->arm(drain_end_);
}

// The log has the rest of the limit: whoever reads it may have gone away.
void ServeCommand::drained() {
    const auto end = [self = shared_from_this()] {
        if (!std::exchange(self->group_, nullptr)) return;
        const auto& totals = *self->totals_;
        self->finish(Value::object()
                         .set("requests", totals.requests.load())
                         .set("bytes", totals.bytes.load())
                         .set("refused", totals.refused.load()));
    };
    limit_ = parts_.context.loop().make_timer(end);
    limit_->arm(drain_end_);
    log_writer_->flush(end);
}

void ServeCommand::finish(Result<Value> outcome) {
    limit_.reset();
    on_cancel_.release();
    resolving_.release();
    call_->finish(std::move(outcome));
    parts_.operations.remove(*this);
}

}  // namespace gantry::cs
