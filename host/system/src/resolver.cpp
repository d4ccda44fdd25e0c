#include "resolver.h"

#include <netdb.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include "socket_address.h"
#include "thread_name.h"

namespace gantry::host {

namespace {

using Addresses = Result<std::vector<IpAddress>>;
constexpr std::size_t kMaxName = 253;  // RFC 1035 section 2.3.4, in its text form

Error lookup_error(int status, const std::string& host) {
    const bool unknown = status == EAI_NONAME || status == EAI_NODATA || status == EAI_ADDRFAMILY;
    return make_error(unknown ? ErrorCode::not_found : ErrorCode::network, "net",
                      unknown ? "no host has this name" : ::gai_strerror(status), host);
}

Addresses look_up(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int status = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (status != 0) return lookup_error(status, host);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, &::freeaddrinfo);
    std::vector<IpAddress> addresses;
    for (const addrinfo* a = found; a; a = a->ai_next) {
        const auto endpoint = SocketAddress(a->ai_addr, a->ai_addrlen).endpoint();
        if (endpoint && std::count(addresses.begin(), addresses.end(), endpoint->address) == 0)
            addresses.push_back(endpoint->address);
    }
    if (addresses.empty()) return lookup_error(EAI_NONAME, host);
    return addresses;
}

}  // namespace

// What is asked, until it is answered or dropped. The callback is only touched on the loop's
// thread, so what it holds dies there.
struct Resolver::Request : std::enable_shared_from_this<Resolver::Request> {
    std::string host;
    ResolveCallback done;
    std::mutex mutex;
    EventLoop* loop = nullptr;  // null: dropped

    bool dropped() {
        const std::lock_guard lock(mutex);
        return loop == nullptr;
    }
    void drop() {
        {
            const std::lock_guard lock(mutex);
            loop = nullptr;
        }
        done.reset();
    }
    // From any thread. The lock keeps the loop from going away meanwhile.
    void answer(Addresses addresses) {
        const std::lock_guard lock(mutex);
        if (!loop) return;
        loop->post([self = shared_from_this(), addresses = std::move(addresses)]() mutable {
            if (self->dropped()) return Result<void>{};
            ResolveCallback callback = std::move(self->done);
            return callback(std::move(addresses));
        });
    }
};

class Resolver::Token final : public RegistrationToken {
  public:
    explicit Token(std::shared_ptr<Request> request) : request_(std::move(request)) {}
    ~Token() override { request_->drop(); }

  private:
    std::shared_ptr<Request> request_;
};

struct Resolver::Queue {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<Request>> waiting;
    std::size_t threads = 0;
    std::size_t idle = 0;
    bool stopping = false;
};

Resolver::Resolver() : queue_(std::make_shared<Queue>()) {}

Resolver::~Resolver() {
    std::unique_lock lock(queue_->mutex);
    queue_->stopping = true;
    queue_->waiting.clear();
    queue_->changed.notify_all();
    // Those that wait for work end at once.
    queue_->changed.wait(lock, [this] { return queue_->idle == 0; });
}

Registration Resolver::resolve(EventLoop& loop, const std::string& host, ResolveCallback done) {
    auto request = std::make_shared<Request>();
    request->host = host;
    request->done = std::move(done);
    request->loop = &loop;
    if (auto literal = IpAddress::parse(host))
        request->answer(std::vector<IpAddress>{*literal});
    else if (host.empty() || host.size() > kMaxName || host.find('\0') != std::string::npos)
        request->answer(lookup_error(EAI_NONAME, host.substr(0, kMaxName)));
    else
        enqueue(request);
    return Registration(std::make_unique<Token>(std::move(request)));
}

void Resolver::enqueue(std::shared_ptr<Request> request) {
    const std::lock_guard lock(queue_->mutex);
    std::erase_if(queue_->waiting, [](const auto& waiting) { return waiting->dropped(); });
    if (queue_->waiting.size() >= kMaxQueued)
        return request->answer(
            make_error(ErrorCode::busy, "net", "too many names wait to be looked up"));
    if (queue_->waiting.size() >= queue_->idle && queue_->threads < kThreads) start_thread();
    if (queue_->threads == 0)
        return request->answer(make_error(ErrorCode::limit, "net", "no thread to look names up"));
    queue_->waiting.push_back(std::move(request));
    queue_->changed.notify_one();
}

void Resolver::start_thread() {
    try {
        std::thread(&Resolver::work, queue_).detach();
        ++queue_->threads;
    } catch (const std::system_error&) {
        // The threads there are, if any, do it.
    }
}

void Resolver::work(const std::shared_ptr<Queue>& queue) {
    name_this_thread("resolver");
    std::unique_lock lock(queue->mutex);
    for (;;) {
        ++queue->idle;
        queue->changed.wait(lock, [&] { return queue->stopping || !queue->waiting.empty(); });
        --queue->idle;
        if (queue->stopping) break;
        const auto request = std::move(queue->waiting.front());
        queue->waiting.pop_front();
        lock.unlock();
        if (!request->dropped()) request->answer(look_up(request->host));
        lock.lock();
    }
    queue->changed.notify_all();
}

}  // namespace gantry::host
