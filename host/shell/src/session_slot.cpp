#include <host/shell/session_slot.h>

namespace gantry::host {

void SessionSlot::put(std::shared_ptr<Session> session, std::string folder) {
    auto base = session->base();
    const std::lock_guard lock(mutex_);
    session_.swap(session);
    base_ = std::move(base);
    folder_ = std::move(folder);
}

void SessionSlot::drop() {
    std::shared_ptr<Session> dropped;  // destroyed after the lock is given back
    const std::lock_guard lock(mutex_);
    dropped.swap(session_);
}

void SessionSlot::set_folder(std::string folder) {
    const std::lock_guard lock(mutex_);
    folder_ = std::move(folder);
}

std::shared_ptr<Session> SessionSlot::session() const {
    const std::lock_guard lock(mutex_);
    return session_;
}

std::shared_ptr<Session> SessionSlot::serving(const std::string& url) const {
    const std::lock_guard lock(mutex_);
    if (!session_ || url.rfind(base_, 0) != 0) return nullptr;
    const bool whole = url.size() == base_.size() || url[base_.size()] == '/';
    return whole ? session_ : nullptr;
}

std::optional<SessionPlace> SessionSlot::place() const {
    const std::lock_guard lock(mutex_);
    if (!session_) return std::nullopt;
    return SessionPlace{base_, folder_};
}

}  // namespace gantry::host
