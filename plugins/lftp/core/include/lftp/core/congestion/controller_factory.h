#pragma once

#include <gantry/core/result.h>
#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/settings.h>

#include <memory>
#include <span>
#include <string_view>

namespace gantry::lftp {

inline constexpr std::string_view kDefaultController = "bbr";

// The names, in the order in which help lists them; the first is the default.
std::span<const std::string_view> controller_names() noexcept;

// Fails with `usage`, and the names there are, for another name; for a datagram size of 0 or above
// kLargestDatagram; and for `fixed` without a rate.
Result<std::unique_ptr<CongestionController>> make_controller(std::string_view name,
                                                              const CongestionSettings& settings);

}  // namespace gantry::lftp
