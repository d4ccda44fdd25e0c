#include <cs/app/operations.h>

#include <utility>

namespace gantry::cs {

void Operations::start(std::shared_ptr<Operation> operation) {
    running_.emplace(operation.get(), operation);
    operation->start();
    if (stopping_) operation->cancel();
}

void Operations::remove(Operation& operation) {
    const auto node = running_.extract(&operation);  // lives until the end of this call
    if (stopping_ && running_.empty()) (void)std::exchange(done_, {})();
}

void Operations::stop(Task done) {
    stopping_ = true;
    done_ = std::move(done);
    const auto running = running_;
    for (const auto& [key, operation] : running) operation->cancel();
    if (running_.empty()) (void)std::exchange(done_, {})();
}

}  // namespace gantry::cs
