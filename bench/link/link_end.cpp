#include "link_end.h"

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <sstream>
#include <vector>

namespace gantry::bench {

namespace {

constexpr const char* kDevice = "link0";
constexpr const char* kPacketsQueued =
    "10000";  // before the link's own queue, which is what counts

Error because_of_errno(const std::string& what) {
    return make_error(ErrorCode::other, "link", what + ": " + std::strerror(errno));
}

// Runs `ip` with these words.
Result<void> ip(const std::string& line) {
    std::istringstream in("ip " + line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawnp(&child, "ip", nullptr, nullptr, arguments.data(), environ) != 0)
        return make_error(ErrorCode::other, "link", "cannot run ip (iproute2)");
    int status = 0;
    if (::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    return make_error(ErrorCode::other, "link", "this failed: ip " + line);
}

// While it lives, this thread is in another network namespace.
class Visit {
  public:
    explicit Visit(const std::string& name)
        : home_(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)),
          there_(::open(("/run/netns/" + name).c_str(), O_RDONLY | O_CLOEXEC)),
          arrived_(home_ >= 0 && there_ >= 0 && ::setns(there_, CLONE_NEWNET) == 0) {}
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    ~Visit() {
        if (arrived_ && ::setns(home_, CLONE_NEWNET) != 0) std::abort();  // nothing works from here
        for (const int descriptor : {home_, there_})
            if (descriptor >= 0) ::close(descriptor);
    }
    bool arrived() const noexcept { return arrived_; }

  private:
    int home_;
    int there_;
    bool arrived_;
};

}  // namespace

Result<std::unique_ptr<LinkEnd>> LinkEnd::make(const Options& options) {
    if (auto made = ip("netns add " + options.name); !made) return std::move(made).error();
    std::unique_ptr<LinkEnd> end(new LinkEnd(options));
    if (auto opened = end->open_device(); !opened) return std::move(opened).error();
    const std::string in = "-n " + options.name + " ";
    for (const auto& line : {in + "address add " + options.address + "/24 dev " + kDevice,
                             in + "link set " + kDevice + " mtu " + std::to_string(options.mtu) +
                                 " txqueuelen " + kPacketsQueued + " up",
                             in + "link set lo up"})
        if (auto done = ip(line); !done) return std::move(done).error();
    return end;
}

LinkEnd::~LinkEnd() {
    if (descriptor_ >= 0) ::close(descriptor_);
    (void)ip("netns delete " + options_.name);
}

Result<void> LinkEnd::open_device() {
    const Visit visit(options_.name);
    if (!visit.arrived()) return because_of_errno("cannot enter " + options_.name);
    descriptor_ = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    ifreq request{};
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    std::strncpy(request.ifr_name, kDevice, IFNAMSIZ - 1);
    if (descriptor_ < 0 || ::ioctl(descriptor_, TUNSETIFF, &request) != 0)
        return because_of_errno("cannot open a TUN device");
    return {};
}

}  // namespace gantry::bench
