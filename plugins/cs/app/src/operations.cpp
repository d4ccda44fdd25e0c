#include <cs/app/operations.h>

#include <utility>

namespace gantry::cs {

void Operations::start(std::shared_ptr<Operation> operation) {
    running_.emplace(operation.get(), operation);
    operation->start();
    if (stopping_) operation->cancel_within(limit_);
}

void Operations::remove(Operation& operation) {
    const auto node = running_.extract(&operation);  // lives until the end of this call
    if (stopping_ && running_.empty()) (void)std::exchange(done_, {})();
}

void Operations::stop(Duration limit, Task done) {
    stopping_ = true;
    limit_ = limit;
    done_ = std::move(done);
    const auto running = running_;
    for (const auto& [key, operation] : running) operation->cancel_within(limit);
    if (running_.empty()) (void)std::exchange(done_, {})();
}

}  // namespace gantry::cs
