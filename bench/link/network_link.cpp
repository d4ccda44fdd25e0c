// A network link between two namespaces: see README.md in this folder.
#include <gantry/testing/seeded_random.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <map>
#include <string>
#include <thread>

#include "direction.h"
#include "link_end.h"

using namespace gantry;
using namespace gantry::bench;
using testing::LinkModel;
using testing::LinkOptions;
using testing::SeededRandom;

namespace {

constexpr double kBytesPerMegabit = 1e6 / 8;

// The numbers that the command line may set, with their defaults.
using Numbers = std::map<std::string, double>;

struct Call {
    Numbers numbers{{"--rate", 0},    {"--delay", 0},  {"--jitter", 0}, {"--loss", 0},
                    {"--queue", 100}, {"--mtu", 1500}, {"--seed", 1}};
    std::string name = "link-" + std::to_string(::getpid());
};

Result<Call> parse(std::vector<std::string> words) {
    Call call;
    const auto wrong = [](const std::string& word) {
        return make_error(ErrorCode::usage, "link", "what is this: " + word);
    };
    if (words.size() % 2 != 0) return wrong(words.back());
    for (std::size_t i = 0; i < words.size(); i += 2) {
        const std::string& value = words[i + 1];
        if (words[i] == "--name") {
            call.name = value;
            continue;
        }
        const auto number = call.numbers.find(words[i]);
        if (number == call.numbers.end()) return wrong(words[i]);
        const char* end = value.data() + value.size();
        const auto read = std::from_chars(value.data(), end, number->second);
        if (read.ec != std::errc() || read.ptr != end || number->second < 0) return wrong(value);
    }
    return call;
}

Duration milliseconds(double count) { return Duration(static_cast<Duration::rep>(count * 1e6)); }

LinkOptions link_options(const Numbers& numbers) {
    LinkOptions options;
    const double rate = numbers.at("--rate") * kBytesPerMegabit;
    options.rate = BytesPerSecond(static_cast<std::uint64_t>(rate));
    options.queue = ByteCount(static_cast<std::uint64_t>(rate * numbers.at("--queue") / 1000));
    options.delay = milliseconds(numbers.at("--delay"));
    options.jitter = milliseconds(numbers.at("--jitter"));
    options.loss = numbers.at("--loss") / 100;
    return options;
}

// Until the script that started this goes, or a signal comes.
void wait_for_the_end(int signals) {
    pollfd waits[] = {{STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
    char ignored[256];
    for (;;) {
        if (::poll(waits, 2, -1) < 0 || waits[1].revents != 0) return;
        if (waits[0].revents != 0 && ::read(STDIN_FILENO, ignored, sizeof ignored) <= 0) return;
    }
}

void tell(const char* direction, const Tally& tally) {
    const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
    std::printf(
        "%s packets=%llu bytes=%llu lost=%llu queue_full=%llu refused=%llu late_p99_ms=%.3f\n",
        direction, number(tally.arrived), number(tally.bytes), number(tally.lost),
        number(tally.queue_full), number(tally.refused), tally.late_p99_ms());
}

Result<void> carry(const Call& call, int signals) {
    const auto mtu = static_cast<std::size_t>(call.numbers.at("--mtu"));
    auto a = LinkEnd::make({call.name + "-a", "10.99.0.1", mtu});
    if (!a) return std::move(a).error();
    auto b = LinkEnd::make({call.name + "-b", "10.99.0.2", mtu});
    if (!b) return std::move(b).error();
    const LinkOptions options = link_options(call.numbers);
    const SeededRandom random(static_cast<std::uint64_t>(call.numbers.at("--seed")));
    Direction there((*a)->descriptor(), (*b)->descriptor(), {options, random.fork("there")});
    Direction back((*b)->descriptor(), (*a)->descriptor(), {options, random.fork("back")});

    const int stop = ::eventfd(0, EFD_CLOEXEC);
    std::thread first([&] { there.run(stop); });
    std::thread second([&] { back.run(stop); });
    std::printf("up %s %s %s %s\n", (*a)->options().name.c_str(), (*a)->options().address.c_str(),
                (*b)->options().name.c_str(), (*b)->options().address.c_str());
    std::fflush(stdout);
    wait_for_the_end(signals);
    (void)::eventfd_write(stop, 1);
    first.join();
    second.join();
    ::close(stop);
    tell("a-b", there.tally());
    tell("b-a", back.tally());
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    // Blocked before the first thread starts, so that they end the wait and nothing else.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // the namespaces go also when nobody reads the report
    auto call = parse({argv + 1, argv + argc});
    auto done = call ? carry(*call, ::signalfd(-1, &ends, SFD_CLOEXEC)) : call.error();
    if (done) return 0;
    std::fprintf(stderr, "network_link: %s\n", done.error().message.c_str());
    return done.error().code == ErrorCode::usage ? 2 : 1;
}
