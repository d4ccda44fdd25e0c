#include "plugin_life.h"

namespace gantry::host {

namespace {

void run_handler(const std::shared_ptr<CallState>& state, CommandHandler& handler) {
    state->handler_begins();
    const auto outcome = handler(CallState::make_call(state));
    state->handler_ends(outcome);
}

// The plugin's session behind the shell's handle; closed when its plugin took it back.
Result<std::shared_ptr<Session>> session_of(const CommandRequest& request) {
    if (!request.session) return std::shared_ptr<Session>();
    const auto* held = dynamic_cast<HeldSession*>(request.session);
    if (!held) return std::shared_ptr<Session>(request.session, [](Session*) {});
    auto inner = held->box()->inner();
    if (!inner) return make_error(ErrorCode::closed, "loader", "the session is closed");
    return inner;
}

}  // namespace

Result<JobId> PluginInstance::start_command(CommandRequest request, const CommandSpec& spec) {
    auto& context = *life_->context;
    if (auto fits = life_->calls->admit(); !fits) return std::move(fits).error();
    auto handler = context.handler(spec.name);
    if (!handler)
        return make_error(ErrorCode::plugin, "loader",
                          "the plugin " + manifest().name + " does not serve " + spec.name);
    auto session = session_of(request);
    if (!session) return std::move(session).error();
    auto job = context.runtime().jobs().start(manifest().name, request.line);
    const JobId id = job->id();
    auto state = std::make_shared<CallState>(
        std::move(request), std::move(job), context.clock(), std::move(*session),
        [calls = life_->calls](const CallState& call) { calls->remove(call); });
    auto begun = life_->calls->add(state);
    if (begun) {
        auto task = [state, handler = std::move(handler)] { run_handler(state, *handler); };
        if (spec.execution == Execution::blocking)
            begun = context.command_threads()->run(std::move(task));
        else
            context.main_loop().post(std::move(task));
    }
    if (begun) return id;
    state->refuse(begun.error());
    return std::move(begun).error();
}

Result<std::unique_ptr<Session>> PluginInstance::open_session(const std::string& scheme,
                                                              const std::string& url,
                                                              const Arguments& options,
                                                              CancelToken& cancel, Task revoked) {
    auto& context = *life_->context;
    SessionOpener* const opener = context.session_opener(scheme);
    if (!opener)
        return make_error(ErrorCode::unsupported, "loader",
                          "the plugin " + manifest().name + " opens no sessions on " + scheme);
    const auto& threads = context.command_threads();
    SessionOpened opened = make_error(ErrorCode::other, "loader", "the session was not opened");
    auto ran = threads->run_and_wait([&] { opened = opener->open(url, options, cancel); });
    if (!ran) return std::move(ran).error();
    if (!opened) return std::move(opened).error();
    auto box = std::make_shared<SessionBox>(threads, std::move(*opened), std::move(revoked));
    if (!life_->add_session(box)) {
        box->drop();
        return make_error(ErrorCode::closed, "loader", "the plugin is being unloaded");
    }
    return std::make_unique<HeldSession>(context.ledger(), std::move(box));
}

}  // namespace gantry::host
