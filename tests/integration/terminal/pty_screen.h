#pragma once

#include <sys/types.h>
#include <vterm.h>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

// A program in a pseudo-terminal, and a model of the screen it draws. The program is killed when
// this object goes. One thread.
class PtyScreen {
  public:
    using Limit = std::chrono::milliseconds;
    static constexpr Limit kPatience{20'000};

    struct Spec {
        std::vector<std::string> command;
        std::map<std::string, std::string> environment;  // joins or replaces this process's own
        std::string folder;
        int rows = 24;
        int columns = 80;
    };
    explicit PtyScreen(const Spec& spec);
    PtyScreen(const PtyScreen&) = delete;
    PtyScreen& operator=(const PtyScreen&) = delete;
    ~PtyScreen();

    void type(std::string_view text);
    void resize(int rows, int columns);  // the screen's, and the program is told
    void cook();  // puts the terminal in the mode in which shells leave it: it echoes
    // Reads what the program draws until `holds` or the limit is over; whether it held.
    bool wait_until(const std::function<bool()>& holds, Limit limit = kPatience);
    bool wait_for_text(std::string_view text, Limit limit = kPatience);
    // Until the line with the cursor begins so.
    bool wait_for_prompt(std::string_view line, Limit limit = kPatience);
    // Until the program has ended: its exit status, if it ended by itself in time.
    std::optional<int> wait_for_end(Limit limit = kPatience);

    std::vector<std::string> lines() const;  // of the screen, without blanks at their ends
    std::string cursor_line() const;
    int cursor_column() const;
    std::string text() const;                        // what scrolled off the screen, and the screen
    const std::string& raw() const { return raw_; }  // all bytes that came
    pid_t pid() const { return pid_; }

  private:
    struct Rest;
    bool pump(int milliseconds);
    std::string line(int row) const;
    static int push_line(int columns, const VTermScreenCell* cells, void* user);

    pid_t pid_ = -1;
    int master_ = -1;
    int rows_;
    int columns_;
    VTerm* terminal_;
    VTermScreen* screen_;
    std::vector<std::string> scrolled_;
    std::string raw_;
    bool ended_ = false;
};

}  // namespace gantry::testing
