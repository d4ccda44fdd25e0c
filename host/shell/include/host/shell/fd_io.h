#pragma once

#include <gantry/command/output.h>

#include <mutex>
#include <string_view>
#include <utility>

namespace gantry::host {

// Owns a descriptor.
class OwnedFd {
  public:
    OwnedFd() = default;
    explicit OwnedFd(int fd) : fd_(fd) {}
    OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    ~OwnedFd() { reset(); }
    int get() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }
    void reset() noexcept;

  private:
    int fd_ = -1;
};

// Writes it all, waiting where the descriptor is slow. closed: the reader has gone.
Result<void> write_all(int fd, std::string_view text);
// Whether an error is that one.
bool is_reader_gone(const Error& error) noexcept;

// A file or a pipe as the output of a command.
class FdOutput final : public Output {
  public:
    explicit FdOutput(OwnedFd fd) : fd_(std::move(fd)) {}
    Result<void> write(std::string_view text) override;
    void close();

  private:
    std::mutex mutex_;
    OwnedFd fd_;
};

// Swallows everything.
class NullOutput final : public Output {
  public:
    Result<void> write(std::string_view) override { return {}; }
};

// An input that is at its end.
class EmptyInput final : public Input {
  public:
    Result<std::size_t> read(ByteSpan) override { return std::size_t{0}; }
};

// A descriptor as the input of a command. stop() ends a read that waits, from any thread.
class FdInput final : public Input {
  public:
    explicit FdInput(int fd);
    Result<std::size_t> read(ByteSpan into) override;
    void stop();

  private:
    int fd_;
    OwnedFd stop_;
};

}  // namespace gantry::host
