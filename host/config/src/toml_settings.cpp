#include <host/config/toml_settings.h>

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace gantry::host {
namespace {

Error at_line(const std::string& name, std::size_t line, std::string message) {
    return make_error(ErrorCode::usage, "config", std::move(message),
                      name + ":" + std::to_string(line));
}

Result<toml::table> parse(std::string_view text, const std::string& name) {
    if (text.size() > kMaxConfigBytes)
        return make_error(ErrorCode::limit, "config", "a settings file has at most 1 MiB", name);
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& e) {
        return at_line(name, e.source().begin.line, std::string(e.description()));
    } catch (const std::exception& e) {
        return make_error(ErrorCode::usage, "config", e.what(), name);
    }
}

std::optional<std::string> scalar_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    if (node.is_floating_point()) {
        std::ostringstream out;
        out << toml::node_view<const toml::node>(node);
        return out.str();
    }
    return std::nullopt;
}

Result<void> flatten(const toml::table& table, const std::string& prefix, const std::string& name,
                     std::vector<TomlEntry>& into) {
    for (const auto& [key, node] : table) {
        const std::string full = prefix + std::string(key.str());
        const auto line = std::size_t{node.source().begin.line};
        if (const auto* inner = node.as_table()) {
            if (auto done = flatten(*inner, full + ".", name, into); !done) return done;
            continue;
        }
        auto value = scalar_text(node);
        if (!value)
            return at_line(name, line, "'" + full + "' must be a text, a number or a boolean");
        if (into.size() >= kMaxConfigEntries)
            return make_error(ErrorCode::limit, "config", "too many settings", name);
        into.push_back({full, std::move(*value), line});
    }
    return {};
}

std::vector<std::string> split_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string quoted(const std::string& value) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string text = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            (text += '\\') += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            ((text += "\\u00") += kHex[byte >> 4U]) += kHex[byte & 15U];
        } else {
            text += c;
        }
    }
    return text + '"';
}

std::string written(const std::string& value, ValueKind kind) {
    return kind == ValueKind::integer ? value : quoted(value);
}

// Replaces what stands between two places (1-based line and column, the end exclusive).
void replace_region(std::vector<std::string>& lines, const toml::source_region& region,
                    const std::string& with) {
    auto& first = lines[region.begin.line - 1];
    const std::string after = lines[region.end.line - 1].substr(region.end.column - 1);
    first = first.substr(0, region.begin.column - 1) + with + after;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(region.begin.line),
                lines.begin() + static_cast<std::ptrdiff_t>(region.end.line));
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) (text += line) += '\n';
    return text;
}

// Writes `key` below the header of its table, which is added when it is missing.
void insert_entry(std::vector<std::string>& lines, const std::string& key,
                  const std::string& value) {
    const auto dot = key.rfind('.');
    const std::string entry =
        (dot == std::string::npos ? key : key.substr(dot + 1)) + " = " + value;
    if (dot == std::string::npos) {  // before the first table's header
        const auto header = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
            const auto first = line.find_first_not_of(" \t");
            return first != std::string::npos && line[first] == '[';
        });
        lines.insert(header, entry);
        return;
    }
    const std::string header = "[" + key.substr(0, dot) + "]";
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.rfind(header, 0) == 0;
    });
    if (found != lines.end()) {
        lines.insert(found + 1, entry);
        return;
    }
    if (!lines.empty()) lines.emplace_back();
    lines.push_back(header);
    lines.push_back(entry);
}

}  // namespace

Result<std::vector<TomlEntry>> read_toml_settings(std::string_view text, const std::string& name) {
    auto table = parse(text, name);
    if (!table) return std::move(table).error();
    std::vector<TomlEntry> entries;
    if (auto done = flatten(*table, "", name, entries); !done) return std::move(done).error();
    return entries;
}

Result<std::string> set_in_toml(const std::string& text, const std::string& key,
                                const std::string& value, ValueKind kind) {
    const std::string name = "settings file";
    auto table = parse(text, name);
    if (!table) return std::move(table).error();
    auto lines = split_lines(text);
    const auto node = table->at_path(key);
    if (node && !node.is_table()) {
        replace_region(lines, node.node()->source(), written(value, kind));
    } else {
        insert_entry(lines, key, written(value, kind));
    }
    std::string edited = joined(lines);
    auto checked = read_toml_settings(edited, name);
    if (!checked) return std::move(checked).error();
    const bool holds = std::any_of(checked->begin(), checked->end(), [&](const TomlEntry& entry) {
        return entry.key == key && entry.value == value;
    });
    if (!holds)
        return make_error(
            ErrorCode::other, "config",
            "the file is written in a way that cannot be edited here; edit it by hand", key);
    return edited;
}

}  // namespace gantry::host
