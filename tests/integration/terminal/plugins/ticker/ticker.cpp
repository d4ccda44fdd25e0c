#include <gantry/plugin/plugin.h>

#include <poll.h>
#include <unistd.h>

namespace {

using gantry::CommandCall;
using gantry::ErrorCode;
using gantry::Result;
using gantry::Value;

gantry::Error cancelled() {
    return gantry::make_error(ErrorCode::cancelled, "ticker", "cancelled");
}

Result<Value> run(CommandCall& call) {
    const auto& arguments = call.arguments();
    const auto count = arguments.integer("count").value_or(0);
    const auto every = arguments.duration("every").value_or(gantry::Duration());
    const auto bytes = arguments.size("bytes");
    const bool loud = arguments.text("mode") == "loud";
    if (bytes) call.job().set_total(gantry::ByteCount(bytes->value() * std::uint64_t(count)));
    for (std::int64_t i = 1; i <= count; ++i) {
        if (call.job().wait_for_cancel(every)) return cancelled();
        if (bytes) call.job().progress(gantry::ByteCount(bytes->value() * std::uint64_t(i)));
        if (!loud) continue;
        auto written = call.out().write("tick " + std::to_string(i) + " of the job\n");
        if (!written) return std::move(written).error();
    }
    return Value::object().set("ticks", count);
}

Result<Value> stubborn(CommandCall& call) {
    const auto file = call.local_path(call.arguments().operand("FILE"));
    (void)call.out().write("stubborn\n");
    while (::access(file.c_str(), F_OK) != 0) ::poll(nullptr, 0, 10);
    return Value::object();
}

Result<Value> serve(CommandCall& call) {
    call.announce_listening("tick",
                            {gantry::IpAddress::v4({std::byte{127}, {}, {}, std::byte{1}}), 99});
    while (!call.job().wait_for_cancel(std::chrono::hours(1))) {
    }
    return Value::object().set("served", 0);
}

Result<Value> copy(CommandCall& call) {
    std::byte buffer[4096];
    for (;;) {
        auto count = call.in().read(buffer);
        if (!count) return std::move(count).error();
        if (*count == 0) return Value::object();
        auto written = call.out().write(gantry::as_text({buffer, *count}));
        if (!written) return std::move(written).error();
    }
}

class Ticker final : public gantry::Plugin {
  public:
    Result<void> start(gantry::Context& context) override {
        const std::pair<const char*, Result<Value> (*)(CommandCall&)> commands[] = {
            {"tick run", run},
            {"tick stubborn", stubborn},
            {"tick serve", serve},
            {"tick copy", copy}};
        for (const auto& [name, function] : commands) {
            auto bound = gantry::bind_blocking(context, name, function);
            if (!bound) return std::move(bound).error();
            commands_.push_back(std::move(*bound));
        }
        return {};
    }
    void stop(gantry::Duration, gantry::Task done) override {
        commands_.clear();
        (void)done();
    }

  private:
    std::vector<gantry::Registration> commands_;
};

}  // namespace

GANTRY_PLUGIN(Ticker)
