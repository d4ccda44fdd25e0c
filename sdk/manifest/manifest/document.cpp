#include "manifest/document.h"

#include <gantry/plugin/manifest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gantry::manifest {
namespace {

using nlohmann::json;

Error refuse(std::string message, std::string where) {
    return make_error(ErrorCode::plugin, "manifest", std::move(message), std::move(where));
}

// Looks the text over without building anything, and stops at the first fault.
class Guard : public nlohmann::json_sax<json> {
  public:
    explicit Guard(std::string_view text) : text_(text) {}
    std::optional<Error> problem;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool string(string_t& value) override { return fits(value); }
    bool start_object(std::size_t) override { return descend(); }
    bool start_array(std::size_t) override { return descend(); }
    bool end_object() override { return members_.pop_back(), true; }
    bool end_array() override { return members_.pop_back(), true; }

    bool key(string_t& name) override {
        if (!fits(name)) return false;
        if (members_.back().insert(name).second) return true;
        return fail("a member occurs twice in one object");
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override {
        const auto seen = text_.substr(0, position);
        const auto line = std::ranges::count(seen, '\n') + 1;
        problem = refuse("not JSON in UTF-8", "line " + std::to_string(line));
        return false;
    }

  private:
    bool fail(std::string message) {
        problem = refuse(std::move(message), {});
        return false;
    }
    bool fits(const string_t& value) {
        if (value.size() <= manifest_limits::kTextBytes) return true;
        return fail("a text is longer than " + std::to_string(manifest_limits::kTextBytes) +
                    " bytes");
    }
    bool descend() {
        members_.emplace_back();
        if (members_.size() <= manifest_limits::kDepth) return true;
        return fail("nests deeper than " + std::to_string(manifest_limits::kDepth));
    }

    std::string_view text_;
    std::vector<std::set<std::string>> members_;  // seen so far, of each open object
};

}  // namespace

Result<json> read_document(std::string_view text) {
    if (text.size() > manifest_limits::kBytes)
        return refuse("longer than " + std::to_string(manifest_limits::kBytes) + " bytes", {});
    Guard guard(text);
    if (!json::sax_parse(text, &guard))
        return guard.problem ? *guard.problem : refuse("not JSON", {});
    return json::parse(text, nullptr, false);
}

}  // namespace gantry::manifest
