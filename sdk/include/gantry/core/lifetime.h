#pragma once

#include <gantry/core/callback.h>

namespace gantry {

// A member of an object whose callbacks may destroy it or replace them. The code that calls out
// puts an Observer on its stack, and asks it afterwards.
class Lifetime {
  public:
    class Observer {
      public:
        explicit Observer(Lifetime& lifetime);
        ~Observer();
        Observer(const Observer&) = delete;
        Observer& operator=(const Observer&) = delete;
        bool gone() const noexcept { return gone_; }
        bool replaced() const noexcept { return replaced_; }

      private:
        friend class Lifetime;
        Lifetime& lifetime_;
        Observer* outer_;
        bool gone_ = false;
        bool replaced_ = false;
    };

    Lifetime() = default;
    ~Lifetime();
    Lifetime(const Lifetime&) = delete;
    Lifetime& operator=(const Lifetime&) = delete;

    // The callbacks are new: one that is being called is not put back.
    void callbacks_replaced() noexcept;
    // Calls a callback of the object. It is held here meanwhile, so it may destroy the object.
    template <class... Args, class... Given>
    Result<void> call(Callback<Args...>& member, Given&&... given) {
        const Observer observer(*this);
        Callback<Args...> held = std::move(member);
        Result<void> outcome = held(std::forward<Given>(given)...);
        if (!observer.replaced()) member = std::move(held);
        return outcome;
    }

  private:
    Observer* observer_ = nullptr;
};

// The first failure of two steps.
inline Result<void> both(Result<void> first, Result<void> second) {
    return first ? std::move(second) : std::move(first);
}

}  // namespace gantry
