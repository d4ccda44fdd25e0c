#pragma once

#include <cs/wire/frame_header.h>

#include <string>
#include <vector>

namespace gantry::cs {

// The line that a classic catalogue has for a file: "./sub/a.txt\n".
std::string classic_line(std::string_view path);

// Cuts the text of a catalogue into paths, without the "./" before them, however it is split.
// ErrorCode::limit for a line over limits::kMaxPath or more than limits::kMaxCatalogue in all.
class ClassicCatalogueDecoder {
  public:
    // The paths whose lines end in `text`. They are as the peer sent them: not checked.
    Result<std::vector<std::string>> receive(ByteView text);
    // The path of a last line without a line feed; empty when there is none.
    std::string finish();

  private:
    std::string line_;  // that has begun
    std::size_t taken_ = 0;
};

}  // namespace gantry::cs
