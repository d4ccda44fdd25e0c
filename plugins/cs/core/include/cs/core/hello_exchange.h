#pragma once

#include <cs/core/limits.h>
#include <cs/core/send_credit.h>
#include <cs/wire/hello.h>

namespace gantry::cs {

// What each side of this program says.
Hello client_hello();
Hello server_hello();

// What holds for what this side sends, once both have said HELLO.
struct Agreement {
    bool streams = false;
    std::size_t largest_data = limits::kMaxDataBody;
    std::uint64_t window = SendCredit::kUnlimited;
    std::uint64_t stream_window = SendCredit::kUnlimited;
    bool operator==(const Agreement&) const = default;
};

// ErrorCode::unsupported when one side needs what the other does not have or know.
Result<Agreement> agree(const Hello& ours, const Hello& theirs);

}  // namespace gantry::cs
