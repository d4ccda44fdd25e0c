#pragma once

#include <gantry/command/arguments.h>
#include <gantry/command/output.h>
#include <gantry/core/value.h>
#include <gantry/job/job.h>
#include <gantry/net/endpoint.h>

#include <memory>
#include <string>
#include <string_view>

namespace gantry {

// An open place on a server: what `open URL` in the shell makes and `close` drops. A plugin derives
// its own and finds it again in CommandCall::session().
class Session {
  public:
    virtual ~Session() = default;
    // The server's URL with no path: "cs://host:6789".
    virtual std::string base() const = 0;
    // Whether `path` is a folder there, for `cd`. Blocking.
    virtual Result<void> check_folder(std::string_view path, CancelToken& cancel) = 0;
};

// One run of a command: what was asked, where to write, and how to end it. It lives until finish();
// destroying it without finish() fails the command.
//
// Results go two ways: text for people and pipes to out(), and the Value given to finish(), which
// --json prints instead of that text. Both say the same.
class CommandCall {
  public:
    virtual ~CommandCall() = default;
    virtual const Arguments& arguments() const noexcept = 0;
    virtual Output& out() noexcept = 0;       // data; dropped with --json
    virtual Output& messages() noexcept = 0;  // words to the person: standard error
    virtual Input& in() noexcept = 0;
    virtual Job& job() noexcept = 0;
    // The session that was opened in this shell and served this URL, or null.
    virtual Session* session() noexcept = 0;
    // Resolves a local path that the person typed, against the shell's folder.
    virtual std::string local_path(std::string_view typed) const = 0;
    virtual bool json() const noexcept = 0;
    // Whether the person waits for it, so that it may ask at the terminal; false with "&".
    virtual bool foreground() const noexcept = 0;
    // Says on standard output that a server is ready: "listening NAME HOST:PORT".
    virtual void announce_listening(std::string_view name, const Endpoint& at) = 0;
    // For a result too large to hold: with --json the items are written as they come, into the
    // array `name` of the one object that finish() or fail() then completes; without it they are
    // dropped. One name for a call; one thread at a time. Both calls may block and fail as
    // Output::write does.
    virtual Result<void> add_items(std::string_view name, const Value::Array& items) = 0;
    // For what happens while the command runs: with --json one line {"event":NAME, ...fields},
    // ahead of the result; without it nothing. Not together with add_items().
    virtual Result<void> report(std::string_view event, const Value& fields) = 0;
    // Ends the command; call it once (what comes after the first is ignored). An object Value gets
    // "ok": true and the job's time; an Error is printed and sets the exit status. A command that
    // was cancelled answers ErrorCode::cancelled, or interrupted when it can be resumed.
    virtual void finish(Result<Value> result) = 0;
    // As finish() with an Error, for a command that succeeded in part (ErrorCode::partial) or has
    // more to tell: `fields` join the failure's JSON object.
    virtual void fail(Error error, Value fields) = 0;
};

using CommandHandler = Callback<std::unique_ptr<CommandCall>>;

}  // namespace gantry
