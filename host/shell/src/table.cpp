#include <host/shell/table.h>
#include <host/shell/text.h>

#include <algorithm>

namespace gantry::host {
namespace {

constexpr std::size_t kGap = 2;

std::vector<std::size_t> natural_widths(const std::vector<TableColumn>& columns,
                                        const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& column : columns) widths.push_back(display_width(column.title));
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], display_width(row[i]));
    return widths;
}

void limit_last(std::vector<std::size_t>& widths, std::size_t width) {
    std::size_t before = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) before += widths[i] + kGap;
    const std::size_t room = width > before + 8 ? width - before : 8;
    widths.back() = std::min(widths.back(), room);
}

std::string line(const std::vector<TableColumn>& columns, const std::vector<std::size_t>& widths,
                 const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string cell = i < cells.size() ? cells[i] : std::string();
        if (i > 0) text.append(kGap, ' ');
        text += columns[i].right ? padded_left(cell, widths[i]) : padded(cell, widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + '\n';
}

}  // namespace

std::string render_table(const std::vector<TableColumn>& columns,
                         const std::vector<std::vector<std::string>>& rows, std::size_t width) {
    if (rows.empty() || columns.empty()) return {};
    auto widths = natural_widths(columns, rows);
    if (width > 0) limit_last(widths, width);
    std::vector<std::string> titles;
    for (const auto& column : columns) titles.push_back(column.title);
    std::string text = line(columns, widths, titles);
    for (const auto& row : rows) text += line(columns, widths, row);
    return text;
}

}  // namespace gantry::host
