#pragma once

#include <gantry/core/registration.h>

#include <memory>
#include <type_traits>
#include <utility>

namespace gantry::host {

// A Registration that calls `task` once when it is released. For the host's own functions, which do
// not throw.
template <class Function>
Registration on_release(Function task) {
    class Token final : public RegistrationToken {
      public:
        explicit Token(Function run) : run_(std::move(run)) {}
        Token(const Token&) = delete;
        Token& operator=(const Token&) = delete;
        ~Token() override { run_(); }

      private:
        Function run_;
    };
    return Registration(std::make_unique<Token>(std::move(task)));
}

}  // namespace gantry::host
