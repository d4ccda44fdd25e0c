#pragma once

#include <gantry/core/result.h>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::manifest {

// What is shared by all Fields of one document: the first fault found, and how strict to be.
struct Reading {
    bool allow_unknown = false;
    std::optional<Error> problem;

    void refuse(const std::string& where, std::string message);
};

enum class Need : std::uint8_t { required, optional };

// What a text may look like, and how that is called in the error.
struct Form {
    bool (*fits)(std::string_view text) noexcept;
    std::string_view wanted;
};

// Reads the members of one JSON object. The first fault of the document is kept in the Reading, and
// reads after it answer empty values: check once, at the end. Unknown members are found by
// done().
class Fields {
  public:
    // `object` and `reading` outlive this. `where` is the object's place: "commands[2]".
    Fields(const nlohmann::json& object, std::string where, Reading& reading);

    std::string text(std::string_view name, Need need, const Form& form);
    bool flag(std::string_view name);
    std::uint32_t number(std::string_view name, Need need, std::uint32_t fallback);
    // The index in `names` of the member's text; 0 when the member is missing.
    std::size_t one_of(std::string_view name, std::span<const std::string_view> names);
    std::vector<std::string> texts(std::string_view name, const Form& form, std::size_t limit);
    void object(std::string_view name, const std::function<void(Fields&)>& read);
    template <class Item, class Read>
    std::vector<Item> list(std::string_view name, std::size_t limit, Read read) {
        std::vector<Item> items;
        each(name, limit, [&](Fields& fields) { items.push_back(read(fields)); });
        return items;
    }
    // Refuses the members that nobody asked for.
    void done();

    const std::string& where() const noexcept { return where_; }
    std::string place(std::string_view name) const;
    Reading& reading() noexcept { return reading_; }

  private:
    const nlohmann::json* find(std::string_view name, Need need);
    const nlohmann::json* find_list(std::string_view name, std::size_t limit);
    void each(std::string_view name, std::size_t limit, const std::function<void(Fields&)>& read);
    std::string checked_text(const nlohmann::json& value, const std::string& where,
                             const Form& form);

    const nlohmann::json& object_;
    std::string where_;
    Reading& reading_;
    std::vector<std::string_view> known_;
};

}  // namespace gantry::manifest
