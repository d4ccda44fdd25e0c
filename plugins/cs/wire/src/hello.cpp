#include <cs/wire/hello.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::cs {

namespace {

std::vector<std::uint16_t> to_numbers(const std::vector<Feature>& features) {
    std::vector<std::uint16_t> out;
    for (const auto feature : features) out.push_back(static_cast<std::uint16_t>(feature));
    return out;
}

std::vector<Feature> to_features(const std::vector<std::uint16_t>& numbers) {
    std::vector<Feature> out;
    for (const auto number : numbers) out.push_back(static_cast<Feature>(number));
    return out;
}

}  // namespace

bool Hello::speaks_of(Feature feature) const noexcept {
    return std::ranges::find(needs, feature) != needs.end() ||
           std::ranges::find(offers, feature) != offers.end();
}

Bytes Hello::encode() const {
    Fields f;
    f.version = version;
    f.needs = to_numbers(needs);
    f.offers = to_numbers(offers);
    f.largest_data = largest_data;
    f.window = window;
    f.stream_window = stream_window;
    return f.encode();
}

Result<Hello> Hello::decode(ByteView body) {
    auto f =
        Fields::decode(body, {FieldTag::version, FieldTag::needs, FieldTag::offers,
                              FieldTag::largest_data, FieldTag::window, FieldTag::stream_window});
    if (!f) return std::move(f).error();
    Hello hello;
    hello.version = f->version.value_or(hello.version);
    hello.needs = to_features(f->needs);
    hello.offers = to_features(f->offers);
    hello.largest_data = std::min(f->largest_data.value_or(hello.largest_data), hello.largest_data);
    hello.window = f->window.value_or(hello.window);
    hello.stream_window = f->stream_window.value_or(hello.stream_window);
    if (hello.version == 0) return protocol_error("a HELLO names no version");
    if (std::min<std::uint64_t>({hello.largest_data, hello.window, hello.stream_window}) <
        limits::kMinWindow)
        return protocol_error("a HELLO takes less than 64 KiB at once");
    return hello;
}

Bytes encode_credit(std::uint64_t limit) {
    Bytes out(sizeof(limit));
    ByteWriter(out).u64(limit);
    return out;
}

Result<std::uint64_t> decode_credit(ByteView body) {
    ByteReader reader(body);
    auto limit = reader.u64();
    if (!limit || !reader.done()) return protocol_error("a credit is not 8 bytes long");
    return limit;
}

}  // namespace gantry::cs
