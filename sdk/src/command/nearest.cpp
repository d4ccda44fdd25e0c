#include <gantry/command/parser.h>

#include <algorithm>
#include <vector>

namespace gantry {
namespace {

constexpr std::size_t kMaxWord = 64;  // longer words are not misspelt names

// Edits (insert, drop, replace, swap of neighbours) from `a` to `b`: optimal string alignment.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
    if (word.size() > kMaxWord) return {};
    std::string best;
    auto allowed = (word.size() + 1) / 3;
    for (const auto& candidate : candidates) {
        if (candidate.size() > word.size() + allowed || word.size() > candidate.size() + allowed)
            continue;
        const auto distance = edits(word, candidate);
        if (distance > allowed || (distance == allowed && !best.empty())) continue;
        best = candidate;
        allowed = distance;
    }
    return best;
}

}  // namespace gantry
