#pragma once

#include <gantry/command/spec.h>
#include <gantry/core/units.h>
#include <gantry/net/endpoint.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry {

// A command line that fits its spec. Values were checked against their kinds when it was parsed, so
// the typed getters cannot fail for a value of that kind; asking for another kind than the spec's
// is a programming error and asserts. Defaults of the spec are filled in.
class Arguments {
  public:
    bool flag(std::string_view option) const;
    std::optional<std::string> text(std::string_view option) const;
    std::vector<std::string> texts(std::string_view option) const;  // a repeatable option
    std::optional<std::int64_t> integer(std::string_view option) const;
    std::optional<ByteCount> size(std::string_view option) const;
    std::optional<BytesPerSecond> rate(std::string_view option) const;
    std::optional<Duration> duration(std::string_view option) const;
    std::optional<HostPort> host_port(std::string_view option) const;

    // Whether any option was given, or has, this value.
    bool says(std::string_view value) const;

    // An operand by its name in the spec; empty when it is optional and was not given.
    std::string operand(std::string_view name) const;
    std::vector<std::string> operands(std::string_view name) const;

    void add_option(std::string_view name, std::string value);
    void add_operand(std::string_view name, std::string value);

  private:
    using Values = std::map<std::string, std::vector<std::string>, std::less<>>;
    const std::string* last(const Values& values, std::string_view name) const;

    Values options_;
    Values operands_;
};

}  // namespace gantry
