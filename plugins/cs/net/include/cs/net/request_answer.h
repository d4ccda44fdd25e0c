#pragma once

#include <cs/net/answer.h>

#include <type_traits>
#include <utility>

namespace gantry::cs {

// What all answers do alike: they end once, and come back from the pool only while they are still
// wanted. `Self` is the answer, `Wanted` what the core handed out.
template <class Self, class Wanted>
class RequestAnswer : public Answer, public std::enable_shared_from_this<Self> {
  public:
    RequestAnswer(ServerResources& resources, AnswerSink sink, Wanted wanted)
        : sink_(std::move(sink)), wanted_(std::move(wanted)), resources_(&resources) {}
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  protected:
    ServerResources& resources() const noexcept { return *resources_; }
    void use(ServerResources& others) noexcept { resources_ = &others; }

    // Does `work` on the pool, and then `next` with its outcome here.
    template <class Work>
    void run(Work work, void (Self::*next)(std::invoke_result_t<Work&>)) {
        resources_->pool.run(std::move(work), and_then<Work>(next));
    }
    template <class Work>
    void run_short(Work work, void (Self::*next)(std::invoke_result_t<Work&>)) {
        resources_->pool.run_short(std::move(work), and_then<Work>(next));
    }
    // Does `next` when it may hold a file open, which counts until the answer goes.
    void take_slot(void (Self::*next)()) {
        resources_->slots.acquire(sink_.client, resources_->loop,
                                  [weak = this->weak_from_this(), next](FileSlot slot) {
                                      const auto self = weak.lock();
                                      if (!self) return;
                                      self->slot_ = std::move(slot);
                                      ((*self).*next)();
                                  });
    }
    // Drops on the pool what can block when it goes, as the answer goes; the slot is held until
    // then.
    template <class Held>
    void drop_blocking(std::shared_ptr<Held> held) {
        resources_->pool.run(
            [held = std::move(held)]() mutable {
                held.reset();
                return Result<void>();
            },
            [slot = std::move(slot_)](Result<void>) {});
    }
    void refuse(Error error, ErrorDetail detail = ErrorDetail::none) {
        ended_ = true;
        error_ = std::move(error);
        sink_.core.refuse(wanted_.id, *error_, detail);
        (void)sink_.changed();
    }

    AnswerSink sink_;
    Wanted wanted_;
    bool ended_ = false;

  private:
    template <class Work>
    auto and_then(void (Self::*next)(std::invoke_result_t<Work&>)) {
        return [weak = this->weak_from_this(), next](std::invoke_result_t<Work&> outcome) {
            if (const auto self = weak.lock()) ((*self).*next)(std::move(outcome));
        };
    }

    ServerResources* resources_;
    FileSlot slot_;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
