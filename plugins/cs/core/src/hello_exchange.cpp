#include <cs/core/hello_exchange.h>

#include <string>

namespace gantry::cs {

namespace {

Hello make_hello(const limits::WindowRange& connection, const limits::WindowRange& stream) {
    Hello hello;
    hello.offers = {Feature::streams};
    hello.window = connection.first;
    hello.stream_window = stream.first;
    return hello;
}

Result<void> check_needs(const Hello& needing, const Hello& having, std::string_view who) {
    for (const auto feature : needing.needs)
        if (!having.speaks_of(feature))
            return make_error(ErrorCode::unsupported, "cs",
                              std::string(who) + " needs feature " +
                                  std::to_string(static_cast<unsigned>(feature)) +
                                  ", which the other side does not have");
    return {};
}

}  // namespace

Hello client_hello() { return make_hello(limits::kClientWindow, limits::kClientStream); }

Hello server_hello() { return make_hello(limits::kServerWindow, limits::kServerStream); }

Result<Agreement> agree(const Hello& ours, const Hello& theirs) {
    if (auto met = check_needs(theirs, ours, "the peer"); !met) return std::move(met).error();
    if (auto met = check_needs(ours, theirs, "this side"); !met) return std::move(met).error();
    Agreement agreed;
    agreed.largest_data = theirs.largest_data;
    agreed.streams = ours.speaks_of(Feature::streams) && theirs.speaks_of(Feature::streams);
    if (!agreed.streams) return agreed;
    agreed.window = theirs.window;
    agreed.stream_window = theirs.stream_window;
    return agreed;
}

}  // namespace gantry::cs
