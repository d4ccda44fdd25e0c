// A key file that somebody made by hand, or damaged.
#include <crypto/wire/key_file.h>
#include <crypto/wire/limits.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace gantry;
using namespace gantry::crypto;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = KeyFile::decode(std::as_bytes(std::span(data, size)));
    if (!file) {
        require(file.error().code == ErrorCode::integrity);
        return 0;
    }
    require(file->secret.size() == KeyFile::kSecretSize && size <= limits::kMaxKeyFile);
    require(file->name.empty() || KeyFile::is_name(file->name));
    const auto again = KeyFile::decode(file->encode().view());
    require(again.ok() && again->name == file->name);
    require(std::ranges::equal(again->secret.view(), file->secret.view()));
    return 0;
}
