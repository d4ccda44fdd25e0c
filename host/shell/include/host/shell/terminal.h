#pragma once

#include <gantry/command/output.h>
#include <gantry/core/callback.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

enum class Channel : std::uint8_t { out, error };

// The one writer of standard output and standard error. It keeps three things apart that share a
// screen: what commands print, the job block below it, and the line being typed.
//
// write() is thread-safe. The rest belongs to the thread that runs the shell. While a line is being
// typed, what others write waits in a bounded queue until that thread repaints.
class Terminal {
  public:
    struct Options {
        int out_fd = 1;
        int error_fd = 2;
        bool out_is_screen = false;
        bool error_is_screen = false;
        bool colour = false;
        bool animate = false;  // draw the job block; only on a screen
    };
    explicit Terminal(const Options& options);

    // What goes to a screen is made safe first (safe_for_terminal).
    Result<void> write(Channel channel, std::string_view text);

    // Draws these lines below all output, in place of those before. None: takes the block away.
    void set_block(std::vector<std::string> lines);
    // Lends the screen to a program: no block is drawn until it is given back.
    void lend_screen(bool lent);

    // From now on, until end_line(), output waits and `wake` is called (from any thread) when there
    // is some.
    void begin_line(Task wake);
    // Prints `between`, what waits, and the block. `erase` moves to the start of the line being
    // typed and clears the screen from there; afterwards the caller draws that line again.
    void repaint(std::string_view erase, std::string_view between = {});
    // The line was ended by a newline and stands as `typed`, prompt included: the block above it is
    // taken away.
    void end_line(std::string_view typed = {});
    // The person interrupted what runs, and the terminal has echoed that: goes to a new line.
    void interrupted();

    bool screen() const noexcept;  // whether both output and messages go to a screen
    bool colour() const noexcept { return options_.colour; }
    bool animate() const noexcept { return options_.animate; }
    std::size_t columns() const;
    std::size_t rows() const;

  private:
    struct Waiting {
        Channel channel;
        std::string text;
    };
    bool is_screen(Channel channel) const noexcept;
    int fd(Channel channel) const noexcept;
    Result<void> write_now(Channel channel, std::string_view text);
    std::size_t block_rows() const;
    void erase_block();
    void draw_block();

    const Options options_;
    mutable std::mutex mutex_;
    std::condition_variable room_;
    bool typing_ = false;
    bool lent_ = false;
    Task wake_;
    std::vector<Waiting> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::vector<std::string> block_;  // to be drawn
    std::vector<std::size_t> drawn_;  // widths of the lines on the screen
    bool mid_line_ = false;           // the last output did not end its line
};

// One channel of a terminal as a command's output.
class TerminalOutput final : public Output {
  public:
    TerminalOutput(Terminal& terminal, Channel channel) : terminal_(terminal), channel_(channel) {}
    Result<void> write(std::string_view text) override { return terminal_.write(channel_, text); }

  private:
    Terminal& terminal_;
    Channel channel_;
};

// Moves from the cursor, which stands after so many columns of a typed line, to the start of that
// line, and clears the screen from there.
std::string erase_typed_line(std::size_t columns_before_cursor, std::size_t screen_columns);

}  // namespace gantry::host
