#pragma once

#include <gantry/command/call.h>
#include <gantry/core/clock.h>
#include <gantry/core/random.h>
#include <gantry/core/registration.h>
#include <gantry/job/blocking_pool.h>
#include <gantry/job/job.h>
#include <gantry/net/connector.h>
#include <gantry/net/event_loop.h>
#include <gantry/service/service.h>
#include <gantry/storage/file_store.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gantry {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

// Opens a session for `open URL`. Runs on a thread that may block.
using SessionOpened = Result<std::unique_ptr<Session>>;
class SessionOpener {
  public:
    virtual ~SessionOpener() = default;
    virtual SessionOpened open(const std::string& url, const Arguments& options,
                               CancelToken& cancel) noexcept = 0;
};

// All that the host offers to one plugin. It outlives the Plugin object. What is handed out by
// reference stays the host's; what comes as a unique_ptr or Registration must be gone when
// Plugin::stop() has finished, or at the latest with the Plugin object, and is taken back by the
// host if it is not.
//
// Thread-safe, save for what belongs to a loop by its own contract.
class Context {
  public:
    virtual ~Context() = default;

    virtual std::string_view plugin_name() const noexcept = 0;
    virtual const Clock& clock() const noexcept = 0;
    virtual Random& random() noexcept = 0;
    // The plugin's own loop, on a thread the host made for it. Plugin::start, stop and the handlers
    // of event commands run there.
    virtual EventLoop& loop() noexcept = 0;
    // One more loop on one more thread, for a server that uses several cores. At most kMaxLoops,
    // loop() included; then ErrorCode::limit.
    virtual Result<EventLoop*> add_loop(std::string_view name) = 0;
    virtual BlockingPool& blocking_pool() noexcept = 0;
    virtual Connector& connector() noexcept = 0;
    // A store rooted at a local folder. With `make`, the folder is made when it is missing.
    virtual Result<std::unique_ptr<FileStore>> open_store(const std::string& folder, bool make) = 0;
    virtual Services& services() noexcept = 0;

    // Gives a command of the plugin's descriptor its code. Each must be bound when start() is over.
    // usage: the descriptor has no such command; exists: it is bound already. The handler is called
    // for each run; blocking ones on several threads at once.
    virtual Result<Registration> bind_command(std::string_view name, CommandHandler handler) = 0;
    // Makes `open SCHEME://...` work. The opener must outlive the Registration.
    virtual Result<Registration> bind_sessions(std::string_view scheme, SessionOpener& opener) = 0;
    // Work of the plugin's own that no command asked for.
    virtual std::unique_ptr<Job> start_job(std::string title) = 0;
    virtual void emit(Event event) = 0;
    virtual void log(LogLevel level, std::string_view text) = 0;
    // A setting that the descriptor declares, from the layered configuration; its default if unset.
    // Empty without either.
    virtual std::optional<std::string> setting(std::string_view key) const = 0;

    static constexpr std::size_t kMaxLoops = 64;
};

// Binds a blocking command to a function `Result<Value>(CommandCall&)`. It may run on several
// threads at once.
template <class Function>
Result<Registration> bind_blocking(Context& context, std::string_view name, Function function) {
    return context.bind_command(name, [f = std::move(function)](std::unique_ptr<CommandCall> call) {
        call->finish(f(*call));
    });
}

}  // namespace gantry
