#include <crypto/app/bench_command.h>

#include <fmt/format.h>

#include <functional>
#include <vector>

namespace gantry::crypto {
namespace {

constexpr std::size_t kBatch = 16;

struct Row {
    std::string name;
    std::size_t size;
    std::function<void()> once;
    std::size_t bytes;  // that once() handles
};

Result<Row> aead_row(AeadService& aead, AeadAlgorithm algorithm, std::size_t size) {
    auto made = aead.create(algorithm, std::vector<std::byte>(aead_key_size(algorithm)));
    if (!made) return std::move(made).error();
    struct State {
        std::shared_ptr<AeadKey> key;
        std::vector<std::byte> bytes;
        std::vector<AeadBuffer> batch;
    };
    auto state = std::make_shared<State>();
    state->key = std::move(*made);
    state->bytes.resize(kBatch * (size + kAeadTagSize));
    for (std::size_t i = 0; i < kBatch; ++i) {
        AeadBuffer buffer;
        buffer.nonce[11] = static_cast<std::byte>(i);
        buffer.bytes =
            ByteSpan(state->bytes).subspan(i * (size + kAeadTagSize), size + kAeadTagSize);
        state->batch.push_back(buffer);
    }
    return Row{std::string(aead_name(algorithm)), size,
               [state] { (void)state->key->seal(state->batch); }, kBatch * size};
}

Result<Row> digest_row(DigestService& digests, DigestAlgorithm algorithm, std::size_t size) {
    auto made = digests.create(algorithm);
    if (!made) return std::move(made).error();
    auto block = std::make_shared<std::vector<std::byte>>(size);
    return Row{
        std::string(digest_name(algorithm)), size,
        [digest = std::shared_ptr<Digest>(std::move(*made)), block] { digest->update(*block); },
        size};
}

// Bytes a second; the clock is looked at after each block of work.
std::uint64_t rate_of(const Row& row, const Clock& clock, Duration limit) {
    const auto start = clock.now();
    std::uint64_t bytes = 0;
    Duration taken{};
    do {
        row.once();
        bytes += row.bytes;
        taken = clock.now() - start;
    } while (taken < limit);
    return static_cast<std::uint64_t>(static_cast<double>(bytes) / to_seconds(taken));
}

Result<std::vector<Row>> rows(AeadService& aead, DigestService& digests) {
    using enum AeadAlgorithm;
    std::vector<Row> all;
    for (const auto algorithm : {aes128_gcm, aes256_gcm, chacha20_poly1305})
        for (const std::size_t size : {std::size_t{1400}, std::size_t{65536}}) {
            auto row = aead_row(aead, algorithm, size);
            if (!row) return std::move(row).error();
            all.push_back(std::move(*row));
        }
    for (const auto algorithm :
         {DigestAlgorithm::sha256, DigestAlgorithm::sha1, DigestAlgorithm::md5})
        if (auto row = digest_row(digests, algorithm, 65536)) all.push_back(std::move(*row));
    return all;
}

}  // namespace

Result<Value> BenchCommand::measure(CommandCall& call) {
    const auto all = rows(aead_, digests_);
    if (!all) return all.error();
    const auto limit = call.arguments().duration("time").value_or(std::chrono::milliseconds(200));
    auto results = Value::array();
    for (const auto& row : *all) {
        if (call.job().cancel_requested())
            return make_error(ErrorCode::cancelled, "crypto", "cancelled");
        const auto rate = rate_of(row, clock_, limit);
        results.push(Value::object().set("name", row.name).set("size", row.size).set("rate", rate));
        auto written = call.out().write(fmt::format("{:<18} {:>6} bytes  {:>12}\n", row.name,
                                                    row.size, format_rate(BytesPerSecond(rate))));
        if (!written) return std::move(written).error();
    }
    return Value::object().set("results", std::move(results));
}

}  // namespace gantry::crypto
