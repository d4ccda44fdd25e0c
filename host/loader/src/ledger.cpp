#include <host/loader/ledger.h>

namespace gantry::host {

LedgerItem::LedgerItem(std::shared_ptr<Ledger> ledger, const char* kind)
    : ledger_(std::move(ledger)), kind_(kind) {
    std::lock_guard lock(ledger_->mutex_);
    ledger_->items_.push_back(*this);
}

LedgerItem::~LedgerItem() { leave(); }

void LedgerItem::leave() noexcept {
    std::lock_guard lock(ledger_->mutex_);
    if (is_linked()) ledger_->items_.erase(ledger_->items_.iterator_to(*this));
}

namespace {

class HeldClaim final : public RegistrationToken, public LedgerItem {
  public:
    HeldClaim(std::shared_ptr<Ledger> ledger, const char* kind, Registration claim)
        : LedgerItem(std::move(ledger), kind), claim_(std::move(claim)) {}
    ~HeldClaim() override { leave(); }
    void take_back() override { claim_.release(); }

  private:
    Registration claim_;
};

}  // namespace

Registration Ledger::hold(const char* kind, Registration claim) {
    if (!claim.active()) return claim;
    return Registration(std::make_unique<HeldClaim>(shared_from_this(), kind, std::move(claim)));
}

void Ledger::count(Counts& into) const {
    std::lock_guard lock(mutex_);
    for (const auto& item : items_) ++into[item.kind()];
}

std::size_t Ledger::sweep() {
    std::size_t swept = 0;
    std::unique_lock lock(mutex_);
    while (!items_.empty()) {
        LedgerItem& item = items_.front();
        items_.pop_front();
        lock.unlock();
        item.take_back();
        ++swept;
        lock.lock();
    }
    return swept;
}

}  // namespace gantry::host
