#include <crypto/app/command_input.h>
#include <crypto/app/digest_feed.h>

namespace gantry::crypto {
namespace {

constexpr std::size_t kBlock = 1 << 20;

}  // namespace

DigestFeed::DigestFeed(CommandCall& call) : call_(call), block_(kBlock) {}

Result<std::uint64_t> DigestFeed::feed(const std::string& name, Digest& digest) {
    auto input = CommandInput::open(call_, name);
    if (!input) return std::move(input).error();
    for (std::uint64_t fed = 0;;) {
        const auto count = input->read(block_);
        if (!count) return count.error();
        if (*count == 0) return fed;
        digest.update(ByteView(block_).first(*count));
        fed += *count;
        done_ += *count;
        call_.job().progress(ByteCount(done_));
    }
}

bool ends_the_run(const Error& error) noexcept {
    return error.code == ErrorCode::cancelled || error.code == ErrorCode::closed;
}

}  // namespace gantry::crypto
