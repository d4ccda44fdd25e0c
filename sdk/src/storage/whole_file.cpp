#include <gantry/storage/whole_file.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace gantry {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const noexcept { return fd_; }

  private:
    int fd_;
};

Error problem(const std::filesystem::path& file) {
    return error_from_errno(errno, "storage", file.string());
}

Result<void> write_all(int fd, std::string_view text, const std::filesystem::path& file) {
    while (!text.empty()) {
        const auto count = ::write(fd, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return problem(file);
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> fill_and_rename(const Descriptor& fd, const std::string& temporary,
                             std::string_view text, const std::filesystem::path& file) {
    struct stat old {};
    if (::stat(file.c_str(), &old) == 0 && ::fchmod(fd.get(), old.st_mode & 0777U) != 0)
        return problem(file);
    if (auto done = write_all(fd.get(), text, file); !done) return done;
    if (::fsync(fd.get()) != 0) return problem(file);
    if (::rename(temporary.c_str(), file.c_str()) != 0) return problem(file);
    return {};
}

}  // namespace

Result<void> make_private_folders(const std::filesystem::path& folder) {
    if (folder.empty()) return {};
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) return {};
    if (auto above = make_private_folders(folder.parent_path()); !above) return above;
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return problem(folder);
    return {};
}

Result<std::string> read_whole_file(const std::filesystem::path& file, std::size_t max_bytes) {
    const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) return problem(file);
    std::string text;
    char buffer[16 * 1024];
    for (;;) {
        const auto count = ::read(fd.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return problem(file);
        if (count == 0) return text;
        text.append(buffer, static_cast<std::size_t>(count));
        if (text.size() > max_bytes)
            return make_error(ErrorCode::limit, "storage", "the file is too long", file.string());
    }
}

Result<void> write_file_atomically(const std::filesystem::path& file, std::string_view text) {
    std::error_code unresolved;
    const auto target = std::filesystem::weakly_canonical(file, unresolved);
    if (unresolved)
        return make_error(ErrorCode::other, "storage", unresolved.message(), file.string());
    if (auto made = make_private_folders(target.parent_path()); !made) return made;
    std::string temporary = target.string() + ".XXXXXX";
    const Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (fd.get() < 0) return problem(file);
    auto done = fill_and_rename(fd, temporary, text, target);
    if (!done) ::unlink(temporary.c_str());
    return done;
}

}  // namespace gantry
