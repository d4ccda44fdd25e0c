#pragma once

#include <gantry/core/registration.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <boost/intrusive/list.hpp>

namespace gantry::host {

class Ledger;

// Something that a plugin holds and the host can take back. It enters the ledger when it is made
// and leaves it when it is destroyed; after Ledger::sweep() it does nothing any more.
class LedgerItem : public boost::intrusive::list_base_hook<> {
  public:
    // `kind` is a literal: "timer", "command".
    LedgerItem(std::shared_ptr<Ledger> ledger, const char* kind);
    LedgerItem(const LedgerItem&) = delete;
    LedgerItem& operator=(const LedgerItem&) = delete;
    virtual ~LedgerItem();

    const char* kind() const noexcept { return kind_; }
    // Takes the thing back. Called once, by the sweep, on the thread that sweeps.
    virtual void take_back() = 0;

  protected:
    // First in the destructor of a derived class: from here on no sweep touches the item.
    void leave() noexcept;

  private:
    friend class Ledger;
    std::shared_ptr<Ledger> ledger_;
    const char* kind_;
};

// What one plugin, or one of its loops, holds of the host. Thread-safe; the sweep is for when the
// plugin's code does not run any more, or for the one thread whose items they are.
class Ledger : public std::enable_shared_from_this<Ledger> {
  public:
    using Counts = std::map<std::string, std::size_t>;

    // Wraps a claim on the host so that it is here too. The answer may outlive the ledger.
    Registration hold(const char* kind, Registration claim);
    // Adds what is here, by kind.
    void count(Counts& into) const;
    // Takes back all that is left; answers how much that was.
    std::size_t sweep();

  private:
    friend class LedgerItem;
    mutable std::mutex mutex_;
    boost::intrusive::list<LedgerItem> items_;
};

}  // namespace gantry::host
