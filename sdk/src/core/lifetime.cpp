#include <gantry/core/lifetime.h>

namespace gantry {

Lifetime::Observer::Observer(Lifetime& lifetime) : lifetime_(lifetime), outer_(lifetime.observer_) {
    lifetime.observer_ = this;
}

Lifetime::Observer::~Observer() {
    if (!gone_) lifetime_.observer_ = outer_;
}

Lifetime::~Lifetime() {
    for (Observer* o = observer_; o; o = o->outer_) o->gone_ = o->replaced_ = true;
}

void Lifetime::callbacks_replaced() noexcept {
    for (Observer* o = observer_; o; o = o->outer_) o->replaced_ = true;
}

}  // namespace gantry
