#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gantry::host {

struct TableColumn {
    std::string title;
    bool right = false;  // numbers
};

// Lines with aligned columns, two blanks apart, and a header unless there are no rows. With a
// `width` (0: unlimited) the last column is shortened to fit.
std::string render_table(const std::vector<TableColumn>& columns,
                         const std::vector<std::vector<std::string>>& rows, std::size_t width);

}  // namespace gantry::host
