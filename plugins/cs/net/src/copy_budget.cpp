#include <cs/net/copy_budget.h>

namespace gantry::cs {

CopyBudget::Share CopyBudget::take() {
    const Share share(left_.get(), [left = left_](void*) { left->fetch_add(1); });
    return left_->fetch_sub(1) > 0 ? share : nullptr;
}

}  // namespace gantry::cs
