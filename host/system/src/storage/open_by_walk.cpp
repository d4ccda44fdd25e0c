#include "open_beneath.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <string_view>
#include <vector>

namespace gantry::host::storage {
namespace {

constexpr int kMaxLinks = 40;  // as the kernel's own limit
// Of opened components. Each ".." in a link's text starts the walk anew, so that it never asks the
// system for a parent, which may have been moved out of the root meanwhile.
constexpr int kMaxSteps = 16 * 1024;

// The state of one walk: where it stands, which real folders led there, and what is left.
class Walk {
  public:
    Walk(int root, const std::string& path, int flags) : root_(root), flags_(flags) {
        push(path);
        start_over();
    }

    Opened run() {
        while (problem_ == 0 && !opened_) step();
        return {std::move(opened_), problem_};
    }

  private:
    // Puts the components of `text` before what is left.
    void push(std::string_view text) {
        if (text.ends_with('/')) left_.emplace_back(".");  // asks for a folder
        while (!text.empty()) {
            const std::size_t slash = text.rfind('/');
            const std::string_view last = slash == text.npos ? text : text.substr(slash + 1);
            if (!last.empty()) left_.emplace_back(last);
            text = slash == text.npos ? std::string_view{} : text.substr(0, slash);
        }
    }

    void start_over() {
        at_ = Descriptor(::openat(root_, ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!at_) problem_ = errno;
        left_.insert(left_.end(), passed_.rbegin(), passed_.rend());
        passed_.clear();
    }

    void step() {
        if (++steps_ > kMaxSteps) {
            problem_ = ELOOP;
            return;
        }
        if (left_.empty()) left_.emplace_back(".");
        const std::string name = std::move(left_.back());
        left_.pop_back();
        if (name == "..")
            up();
        else if (name == "." && !left_.empty())
            return;
        else if (left_.empty() && (name == "." || (flags_ & O_NOFOLLOW) != 0))
            finish(name);
        else
            enter(name);
    }

    void up() {
        if (passed_.empty()) {
            problem_ = EXDEV;
            return;
        }
        passed_.pop_back();
        start_over();
    }

    void enter(const std::string& name) {
        Descriptor next(::openat(at_.get(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
        struct stat status {};
        if (!next || ::fstat(next.get(), &status) != 0)
            problem_ = errno;
        else if (S_ISLNK(status.st_mode))
            follow(next.get());
        else if (left_.empty())
            finish(name);
        else if (!S_ISDIR(status.st_mode))
            problem_ = ENOTDIR;
        else
            descend(std::move(next), name);
    }

    void descend(Descriptor next, const std::string& name) {
        at_ = std::move(next);
        passed_.push_back(name);
    }

    void follow(int link) {
        char text[PATH_MAX];
        const ssize_t size = ::readlinkat(link, "", text, sizeof text);
        if (size < 0)
            problem_ = errno;
        else if (++links_ > kMaxLinks || static_cast<std::size_t>(size) == sizeof text)
            problem_ = ELOOP;
        else if (text[0] == '/')
            problem_ = EXDEV;
        else
            push({text, static_cast<std::size_t>(size)});
    }

    // The last component. O_NOFOLLOW also where links are followed: this one was none a moment ago,
    // and if it has become one it is looked at again.
    void finish(const std::string& name) {
        const int fd = ::openat(at_.get(), name.c_str(), flags_ | O_NOFOLLOW | O_CLOEXEC);
        if (fd >= 0)
            settle(Descriptor(fd), name);
        else if (errno == ELOOP && (flags_ & O_NOFOLLOW) == 0)
            left_.push_back(name);
        else if (errno != EINTR)
            problem_ = errno;
        else
            left_.push_back(name);
    }

    // With O_PATH a link is opened rather than refused.
    void settle(Descriptor opened, const std::string& name) {
        struct stat status {};
        const bool swapped = (flags_ & O_PATH) != 0 && (flags_ & O_NOFOLLOW) == 0 &&
                             ::fstat(opened.get(), &status) == 0 && S_ISLNK(status.st_mode);
        if (swapped)
            left_.push_back(name);
        else
            opened_ = std::move(opened);
    }

    int root_;
    int flags_;
    Descriptor at_;
    Descriptor opened_;
    std::vector<std::string> passed_;
    std::vector<std::string> left_;  // the next one last
    int steps_ = 0;
    int links_ = 0;
    int problem_ = 0;
};

}  // namespace

Opened open_by_walk(int root, const std::string& path, int flags) {
    return Walk(root, path, flags).run();
}

}  // namespace gantry::host::storage
