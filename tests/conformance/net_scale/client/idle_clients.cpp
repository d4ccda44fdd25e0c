#include <host/system/asio_loop.h>
#include <host/system/system_connector.h>
#include <support/usage.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

using namespace gantry;

namespace {

// Opens connections, some at a time, says "connected N" and holds them until standard input ends.
class IdleClients {
  public:
    IdleClients(HostPort to, std::size_t count) : to_(std::move(to)), count_(count) {}

    int run() {
        for (std::size_t i = 0; i < kAtOnce; ++i) connect_next();
        auto input = loop_.watch(STDIN_FILENO, Interest::read, [this](Readiness) { loop_.stop(); });
        if (!input) return 2;
        loop_.run();
        input->reset();
        return failures_ == 0 ? 0 : 1;
    }

  private:
    static constexpr std::size_t kAtOnce = 200;

    void connect_next() {
        if (pending_.size() == count_) return;
        pending_.push_back(connector_.connect(
            loop_, to_, {},
            [this](Result<std::unique_ptr<Stream>> made) { keep(std::move(made)); }));
    }
    void keep(Result<std::unique_ptr<Stream>> made) {
        if (!made) ++failures_, std::cerr << describe(made.error()) << std::endl;
        if (made) streams_.push_back(std::move(*made));
        if (streams_.size() + failures_ == count_)
            std::cout << "connected " << streams_.size() << std::endl;
        connect_next();
    }

    HostPort to_;
    std::size_t count_;
    std::size_t failures_ = 0;
    host::AsioLoop loop_;
    host::SystemConnector connector_;
    std::vector<Registration> pending_;
    std::vector<std::unique_ptr<Stream>> streams_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    testing::raise_descriptor_limit();
    auto to = HostPort::parse(argv[1]);
    if (!to) return 2;
    return IdleClients(std::move(*to), std::strtoul(argv[2], nullptr, 10)).run();
}
