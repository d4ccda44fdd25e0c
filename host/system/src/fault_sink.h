#pragma once

#include <gantry/core/callback.h>

#include <functional>

namespace gantry::host {

// Takes the errors of callbacks that threw.
class FaultSink {
  public:
    void set(std::function<void(const Error&)> handler) { handler_ = std::move(handler); }
    void check(const Result<void>& outcome) const {
        if (!outcome && handler_) handler_(outcome.error());
    }

  private:
    std::function<void(const Error&)> handler_;
};

}  // namespace gantry::host
