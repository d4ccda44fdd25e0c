#include <gantry/net/transport.h>
#include <gantry/plugin/plugin.h>

#include <vector>

namespace {

// What is left behind ends with the file's static destructors: long after the threads, the loops
// and the ledger.
template <class T>
struct Left {
    std::vector<T> items;
    T& operator+=(T item) { return items.emplace_back(std::move(item)); }
};
Left<gantry::Registration> registrations;
Left<std::unique_ptr<gantry::Timer>> timers;
Left<std::unique_ptr<gantry::Watch>> watches;
Left<std::unique_ptr<gantry::Job>> jobs;
Left<std::unique_ptr<gantry::CommandCall>> calls;
Left<std::unique_ptr<gantry::Listener>> listeners;

struct MessyService {
    static constexpr gantry::ServiceKey key{"gantry.digest", 7};
} service;

class Messy final : public gantry::Plugin {
  public:
    gantry::Result<void> start(gantry::Context& context) override {
        context_ = &context;
        keep(context.bind_command("messy leak", [this](std::unique_ptr<gantry::CommandCall> call) {
            leak(*call);
            call->announce_listening("messy", {});
            calls += std::move(call);
        }));
        keep(context.bind_command("messy leave", [this](std::unique_ptr<gantry::CommandCall> call) {
            leak(*call);
            call->finish(gantry::Value::object());
        }));
        keep(context.services().provide(service));
        registrations += context.services().observe<MessyService>([](gantry::ServiceChange) {});
        return {};
    }

  private:
    void keep(gantry::Result<gantry::Registration> made) {
        if (made) registrations += std::move(*made);
    }
    void leak(gantry::CommandCall& call) {
        auto& loop = context_->loop();
        timers += loop.make_timer([] {});
        timers.items.back()->arm(loop.now() + std::chrono::hours(1));
        registrations += call.job().on_cancel(loop, [] {});
        auto& job = jobs += context_->start_job("left behind");
        registrations += job->on_cancel(loop, [] {});
        const auto any = gantry::Endpoint::parse("127.0.0.1:0").value();
        auto listener = context_->connector().listen(loop, any, {}, [](auto) {});
        if (listener) listeners += std::move(*listener);
        repost();
    }
    // Keeps the loop busy for ever.
    void repost() {
        context_->loop().post([this] { repost(); });
    }

    gantry::Context* context_ = nullptr;
};

}  // namespace

GANTRY_PLUGIN(Messy)
