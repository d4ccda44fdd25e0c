#include <host/loader/plugin_loop.h>

namespace gantry::host {

namespace {

// Without an inner timer it is one that was made too late, or swept: it never fires.
class HeldTimer final : public Timer, public LedgerItem {
  public:
    HeldTimer(std::shared_ptr<Ledger> ledger, std::unique_ptr<Timer> inner)
        : LedgerItem(std::move(ledger), "timer"), inner_(std::move(inner)) {}
    ~HeldTimer() override { leave(); }
    void take_back() override { inner_.reset(); }

    void arm(TimePoint when) override {
        if (inner_) inner_->arm(when);
    }
    void disarm() noexcept override {
        if (inner_) inner_->disarm();
    }
    bool armed() const noexcept override { return inner_ && inner_->armed(); }

  private:
    std::unique_ptr<Timer> inner_;
};

class HeldWatch final : public Watch, public LedgerItem {
  public:
    HeldWatch(std::shared_ptr<Ledger> ledger, std::unique_ptr<Watch> inner)
        : LedgerItem(std::move(ledger), "descriptor"), inner_(std::move(inner)) {}
    ~HeldWatch() override { leave(); }
    void take_back() override { inner_.reset(); }

    void set_interest(Interest interest) override {
        if (inner_) inner_->set_interest(interest);
    }

  private:
    std::unique_ptr<Watch> inner_;
};

}  // namespace

PluginLoop::PluginLoop(std::unique_ptr<LoopThread> thread)
    : inner_(std::move(thread)), ledger_(std::make_shared<Ledger>()) {}

PluginLoop::~PluginLoop() { end(); }

Result<std::unique_ptr<PluginLoop>> PluginLoop::start(const std::string& thread_name,
                                                      ErrorSink faults) {
    auto thread = LoopThread::start(thread_name);
    if (!thread) return std::move(thread).error();
    AsioLoop& loop = (*thread)->loop();
    // On its own thread, as the loop runs already.
    (void)(*thread)->run_and_wait([&loop, &faults] { loop.set_fault_handler(std::move(faults)); });
    return std::unique_ptr<PluginLoop>(new PluginLoop(std::move(*thread)));
}

Result<void> PluginLoop::run_and_wait(Task task) {
    if (!inner_) return make_error(ErrorCode::closed, "loop", "the loop has ended");
    return inner_->run_and_wait(std::move(task));
}

std::size_t PluginLoop::close() {
    std::size_t swept = 0;
    if (closed_.exchange(true)) return swept;
    if (inner_) (void)inner_->run_and_wait([&] { swept = ledger_->sweep(); });
    return swept;
}

void PluginLoop::end() {
    if (!inner_) return;
    close();
    inner_->stop();
    // Tasks that ran in the loop's last turns may have kept a timer from before.
    ledger_->sweep();
    ended_at_ = inner_->loop().now();
    inner_.reset();
}

TimePoint PluginLoop::now() const noexcept { return inner_ ? inner_->loop().now() : ended_at_; }

bool PluginLoop::on_loop_thread() const noexcept {
    return inner_ && inner_->loop().on_loop_thread();
}

void PluginLoop::post(Task task) {
    if (!closed_) inner_->loop().post(std::move(task));
}

std::unique_ptr<Timer> PluginLoop::make_timer(Task task) {
    if (closed_) return std::make_unique<HeldTimer>(ledger_, nullptr);
    return std::make_unique<HeldTimer>(ledger_, inner_->loop().make_timer(std::move(task)));
}

Result<std::unique_ptr<Watch>> PluginLoop::watch(int fd, Interest interest,
                                                 Callback<Readiness> ready) {
    if (closed_) return make_error(ErrorCode::closed, "loop", "the plugin is being unloaded");
    auto inner = inner_->loop().watch(fd, interest, std::move(ready));
    if (!inner) return std::move(inner).error();
    return std::make_unique<HeldWatch>(ledger_, std::move(*inner));
}

}  // namespace gantry::host
