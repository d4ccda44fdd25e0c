#include <lftp/core/congestion/bbr/bbr.h>
#include <lftp/core/congestion/controller_factory.h>
#include <lftp/core/congestion/cubic.h>
#include <lftp/core/congestion/fixed.h>
#include <lftp/core/congestion/ledbat.h>
#include <lftp/core/congestion/reno.h>

#include <array>

namespace gantry::lftp {

namespace {

using Controller = std::unique_ptr<CongestionController>;

template <class T>
Controller make(const CongestionSettings& settings) {
    return std::make_unique<T>(settings);
}

struct Entry {
    std::string_view name;
    Controller (*make)(const CongestionSettings&);
};

constexpr std::array<Entry, 5> kEntries{{{kDefaultController, make<Bbr>},
                                         {"cubic", make<Cubic>},
                                         {"reno", make<Reno>},
                                         {"ledbat", make<Ledbat>},
                                         {"fixed", make<Fixed>}}};

constexpr auto kNames = [] {
    std::array<std::string_view, kEntries.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = kEntries[i].name;
    return names;
}();

Error refusal(std::string message) {
    return make_error(ErrorCode::usage, "rudp", std::move(message));
}

Error unknown(std::string_view name) {
    std::string message =
        "no congestion controller is called '" + std::string(name) + "'; there are";
    for (const auto& known : kNames)
        message += (known == kNames.front() ? " " : ", ") + std::string(known);
    return refusal(std::move(message));
}

}  // namespace

std::span<const std::string_view> controller_names() noexcept { return kNames; }

Result<std::unique_ptr<CongestionController>> make_controller(std::string_view name,
                                                              const CongestionSettings& settings) {
    if (settings.datagram == 0 || settings.datagram > kLargestDatagram)
        return refusal("a datagram has 1 to " + std::to_string(kLargestDatagram) + " bytes");
    if (name == "fixed" && settings.rate.value() == 0)
        return refusal("the controller 'fixed' needs a rate");
    for (const auto& entry : kEntries)
        if (entry.name == name) return entry.make(settings);
    return unknown(name);
}

}  // namespace gantry::lftp
