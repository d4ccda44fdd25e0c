#include <host/loader/held_session.h>

namespace gantry::host {

namespace {

Error session_gone() {
    return make_error(ErrorCode::closed, "loader",
                      "the session is closed: its plugin was unloaded");
}

// Destroys a session on a thread of its plugin's, or here when those have ended.
void destroy(const SessionBox::Threads& threads, Session* session) {
    std::unique_ptr<Session> owned(session);
    (void)threads->run_and_wait([&owned] { owned.reset(); });
}

}  // namespace

SessionBox::SessionBox(Threads threads, std::unique_ptr<Session> inner, Task revoked)
    : threads_(std::move(threads)), revoked_(std::move(revoked)) {
    (void)threads_->run_and_wait([&] { base_ = inner->base(); });
    inner_ = std::shared_ptr<Session>(inner.release(),
                                      [t = threads_](Session* session) { destroy(t, session); });
}

std::shared_ptr<Session> SessionBox::inner() const {
    std::lock_guard lock(mutex_);
    return inner_;
}

Result<void> SessionBox::check_folder(std::string_view path, CancelToken& cancel) {
    const auto session = inner();
    if (!session) return session_gone();
    Result<void> answer = session_gone();
    auto ran = threads_->run_and_wait([&] { answer = session->check_folder(path, cancel); });
    return ran ? std::move(answer) : std::move(ran);
}

void SessionBox::revoke() {
    Task task;
    {
        std::lock_guard lock(mutex_);
        task = std::move(revoked_);
    }
    (void)task();
}

void SessionBox::drop() {
    std::shared_ptr<Session> last;  // ends after the lock
    std::lock_guard lock(mutex_);
    last = std::move(inner_);
}

HeldSession::~HeldSession() {
    leave();
    box_->drop();
}

}  // namespace gantry::host
