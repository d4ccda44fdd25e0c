#pragma once

#include <gantry/core/result.h>

#include <cstddef>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

namespace gantry {

// Turns whatever `body` throws into an Error. This is the trampoline of the plugin border: it is
// compiled into the plugin, so no exception ever leaves the code that threw it.
template <class Body>
Result<void> guarded(Body&& body) noexcept {
    try {
        std::forward<Body>(body)();
        return {};
    } catch (const std::exception& e) {
        return make_error(ErrorCode::other, "plugin",
                          std::string("unexpected exception: ") + e.what());
    } catch (...) {
        return make_error(ErrorCode::other, "plugin", "unexpected exception of an unknown type");
    }
}

// A move-only function object that returns nothing and never throws: what its target throws comes
// back as an Error, which the caller (a loop, the host) reports. Small targets are held in place. A
// target that itself answers Result<void>, because it calls on to others, has its Error passed on.
//
// Whoever calls it keeps it alive until the call returns, also when the call makes its owner drop
// it: move it to a local first, or hold it by a shared state.
template <class... Args>
class Callback {
  public:
    Callback() = default;
    template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, Callback> &&
             std::is_invocable_v<std::remove_cvref_t<F>&, Args...>) Callback(F&& target)
        : ops_(&kOps<std::remove_cvref_t<F>>) {
        using Target = std::remove_cvref_t<F>;
        if constexpr (kFits<Target>)
            ::new (static_cast<void*>(store_)) Target(std::forward<F>(target));
        else
            ::new (static_cast<void*>(store_)) Target*(new Target(std::forward<F>(target)));
    }
    Callback(Callback&& other) noexcept { take(other); }
    Callback& operator=(Callback&& other) noexcept {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    ~Callback() { reset(); }

    explicit operator bool() const noexcept { return ops_ != nullptr; }
    // Calling an empty Callback does nothing and succeeds. Code that can do nothing with the Error
    // of a callee it trusts casts it to void.
    Result<void> operator()(Args... args) noexcept {
        if (!ops_) return {};
        return ops_->call(store_, std::forward<Args>(args)...);
    }
    void reset() noexcept {
        if (ops_) std::exchange(ops_, nullptr)->destroy(store_);
    }

  private:
    struct Ops {
        Result<void> (*call)(void* store, Args... args) noexcept;
        void (*move)(void* from, void* to) noexcept;
        void (*destroy)(void* store) noexcept;
    };
    static constexpr std::size_t kRoom = 6 * sizeof(void*);
    template <class T>
    static constexpr bool kFits =
        sizeof(T) <= kRoom &&
        alignof(T) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<T>;

    template <class T>
    static T& target(void* store) noexcept {
        if constexpr (kFits<T>)
            return *std::launder(static_cast<T*>(store));
        else
            return **std::launder(static_cast<T**>(store));
    }
    template <class T>
    static Result<void> call_target(void* store, Args... args) noexcept {
        if constexpr (std::is_same_v<std::invoke_result_t<T&, Args...>, Result<void>>) {
            Result<void> outcome;
            auto guard = guarded([&] { outcome = target<T>(store)(std::forward<Args>(args)...); });
            return guard ? std::move(outcome) : std::move(guard);
        } else {
            return guarded([&] { target<T>(store)(std::forward<Args>(args)...); });
        }
    }
    template <class T>
    static void move_target(void* from, void* to) noexcept {
        if constexpr (kFits<T>) {
            ::new (to) T(std::move(target<T>(from)));
            target<T>(from).~T();
        } else {
            ::new (to) T*(&target<T>(from));
        }
    }
    template <class T>
    static void destroy_target(void* store) noexcept {
        if constexpr (kFits<T>)
            target<T>(store).~T();
        else
            delete &target<T>(store);
    }
    template <class T>
    static constexpr Ops kOps{&call_target<T>, &move_target<T>, &destroy_target<T>};

    void take(Callback& other) noexcept {
        ops_ = std::exchange(other.ops_, nullptr);
        if (ops_) ops_->move(other.store_, store_);
    }

    const Ops* ops_ = nullptr;
    alignas(std::max_align_t) std::byte store_[kRoom];
};

using Task = Callback<>;

}  // namespace gantry
