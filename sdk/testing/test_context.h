#pragma once

#include "job_book.h"
#include "ledger.h"

#include <gantry/plugin/context.h>
#include <gantry/plugin/manifest.h>
#include <gantry/testing/seeded_random.h>
#include <gantry/testing/test_host.h>
#include <gantry/testing/virtual_pool.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gantry::testing::detail {

// All that a TestHost offers to its plugin.
class TestContext final : public Context, private Services {
  public:
    TestContext(TestWorld& world, const Manifest& manifest, const TestHostOptions& options);

    std::string_view plugin_name() const noexcept override { return manifest_.name; }
    const Clock& clock() const noexcept override { return world_.clock(); }
    Random& random() noexcept override { return random_; }
    EventLoop& loop() noexcept override { return *loops_.front(); }
    Result<EventLoop*> add_loop(std::string_view name) override;
    BlockingPool& blocking_pool() noexcept override { return pool_; }
    Connector& connector() noexcept override { return machine_.connector(); }
    Result<std::unique_ptr<FileStore>> open_store(const std::string& folder, bool make) override;
    Services& services() noexcept override { return *this; }
    Result<Registration> bind_command(std::string_view name, CommandHandler handler) override;
    Result<Registration> bind_sessions(std::string_view scheme, SessionOpener& opener) override;
    std::unique_ptr<Job> start_job(std::string title) override;
    void emit(Event event) override { book_->emit({}, std::move(event)); }
    void log(LogLevel level, std::string_view text) override;
    std::optional<std::string> setting(std::string_view key) const override;

    // The host's side.
    using Handler = std::shared_ptr<CommandHandler>;
    Handler handler(std::string_view name) const;
    SessionOpener* sessions(std::string_view scheme) const;
    const std::shared_ptr<JobBook>& book() const noexcept { return book_; }
    VirtualPool& pool() noexcept { return pool_; }
    TestMachine& machine() noexcept { return machine_; }
    std::vector<RecordedLog> logged() const;
    // Takes nothing new from the plugin.
    void close();
    std::vector<std::string> left_behind() const;
    std::vector<Error> errors() const;
    void end_loops();

  private:
    // The contract makes the Context's randomness thread-safe, a seeded generator is not.
    class LockedRandom final : public Random {
      public:
        explicit LockedRandom(SeededRandom random) : random_(random) {}
        void fill(ByteSpan out) noexcept override {
            const std::lock_guard lock(mutex_);
            random_.fill(out);
        }

      private:
        std::mutex mutex_;
        SeededRandom random_;
    };

    Result<Registration> provide_raw(ServiceKey key, std::string_view instance,
                                     void* service) override;
    Result<RawRef> require_raw(ServiceKey key, std::string_view instance) override;
    Registration observe_raw(ServiceKey key, std::string_view instance,
                             Callback<ServiceChange> changed) override;
    Result<void> check_open() const;

    TestWorld& world_;
    TestMachine& machine_;
    const Manifest& manifest_;
    const TestHostOptions& options_;
    LockedRandom random_;
    std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
    std::shared_ptr<JobBook> book_;
    VirtualPool pool_;

    // Guards what follows; shared with the registrations, which may outlive the context.
    struct Bound {
        std::mutex mutex;
        std::map<std::string, Handler, std::less<>> commands;
        std::map<std::string, SessionOpener*, std::less<>> sessions;
    };
    std::shared_ptr<Bound> bound_ = std::make_shared<Bound>();
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<VirtualLoop>> loops_;
    std::vector<RecordedLog> log_;
    bool closed_ = false;
};

}  // namespace gantry::testing::detail
