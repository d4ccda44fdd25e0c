#pragma once

#include <gantry/core/registration.h>

#include <utility>

namespace gantry::testing::detail {

// A Registration that does something when it is dropped.
template <class Action>
Registration on_release(Action action) {
    class Token final : public RegistrationToken {
      public:
        explicit Token(Action a) : action_(std::move(a)) {}
        ~Token() override { action_(); }

      private:
        Action action_;
    };
    return Registration(std::make_unique<Token>(std::move(action)));
}

}  // namespace gantry::testing::detail
