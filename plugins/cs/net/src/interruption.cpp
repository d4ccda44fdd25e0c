#include <cs/net/interruption.h>

namespace gantry::cs {

bool is_interruption(const Error& error) {
    return error.code == ErrorCode::network || error.code == ErrorCode::timeout ||
           error.code == ErrorCode::closed || error.code == ErrorCode::cancelled;
}

Error interrupted(const Error& error, const std::string& there) {
    const auto reason =
        error.context.empty() ? error.message : error.context + ": " + error.message;
    return make_error(ErrorCode::interrupted, "cs",
                      reason + "; " + there + "; the same command goes on from there");
}

}  // namespace gantry::cs
