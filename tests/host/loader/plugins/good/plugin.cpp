#include <gantry/plugin/plugin.h>

#include <map>
#include <memory>
#include <vector>

// A static constructor that leaves a trace outside, if the environment names a file for it: the
// tests look for the file to tell whether code of this plugin ran.
#include <cstdio>
#include <cstdlib>

namespace {

using gantry::CommandCall;
using gantry::Result;
using CallPtr = std::unique_ptr<CommandCall>;

struct Canary {
    Canary() {
        if (const char* name = std::getenv("GANTRY_TEST_CANARY"))
            if (std::FILE* file = std::fopen(name, "w")) std::fclose(file);
    }
} canary;

class GoodSession final : public gantry::Session {
  public:
    explicit GoodSession(std::string url) : url_(std::make_shared<std::string>(std::move(url))) {}
    std::string base() const override { return *url_; }
    Result<void> check_folder(std::string_view path, gantry::CancelToken&) override {
        if (path == "there") return {};
        return gantry::make_error(gantry::ErrorCode::not_found, "good", "no such folder");
    }

  private:
    std::shared_ptr<std::string> url_;
};

class Opener final : public gantry::SessionOpener {
  public:
    gantry::SessionOpened open(const std::string& url, const gantry::Arguments&,
                               gantry::CancelToken&) noexcept override {
        if (url == "good://bad")
            return gantry::make_error(gantry::ErrorCode::network, "good", "no");
        return std::unique_ptr<gantry::Session>(std::make_unique<GoodSession>(url));
    }
};

// A command that waits for its cancellation.
struct Waiting {
    CallPtr call;
    gantry::Registration cancel;
};

class Good final : public gantry::Plugin {
  public:
    Result<void> start(gantry::Context& context) override {
        context_ = &context;
        bind("good echo", [this](CallPtr call) { echo(std::move(call)); });
        bind("good wait", [this](CallPtr call) { wait(std::move(call)); });
        bind("good work", [this](CallPtr call) { work(std::move(call)); });
        bind("good drop", [](CallPtr call) { call.reset(); });
        bind("good session", [](CallPtr call) {
            auto* session = dynamic_cast<GoodSession*>(call->session());
            call->finish(gantry::Value::object().set("base", session ? session->base() : "none"));
        });
        keep(gantry::bind_blocking(context, "good block", &Good::block));
        keep(context.bind_sessions("good", opener_));
        return {};
    }
    void stop(gantry::Duration, gantry::Task done) override {
        waiting_.clear();
        kept_.clear();
        (void)done();
    }

  private:
    void bind(const char* name, gantry::CommandHandler handler) {
        keep(context_->bind_command(name, std::move(handler)));
    }
    void keep(Result<gantry::Registration> made) {
        if (made) kept_.push_back(std::move(*made));
    }
    void echo(CallPtr call) {
        std::string text = context_->setting("greeting").value_or("");
        for (const auto& word : call->arguments().operands("WORD")) text += " " + word;
        (void)call->out().write(text + "\n");
        context_->emit({"good.echoed", 1, gantry::Value::object().set("text", text)});
        call->finish(gantry::Value::object().set("text", text));
    }
    void wait(CallPtr call) {
        const auto id = ++last_;
        Waiting& entry = waiting_[id];
        entry.call = std::move(call);
        entry.call->announce_listening("good", gantry::Endpoint::parse("127.0.0.1:1").value());
        entry.cancel = entry.call->job().on_cancel(context_->loop(), [this, id] {
            auto ended = std::move(waiting_[id]);
            waiting_.erase(id);
            ended.call->finish(
                gantry::make_error(gantry::ErrorCode::cancelled, "good", "stopped on request"));
        });
    }
    static Result<gantry::Value> block(CommandCall& call) {
        call.announce_listening("good", gantry::Endpoint::parse("127.0.0.1:1").value());
        while (!call.job().wait_for_cancel(std::chrono::hours(1))) continue;
        return gantry::make_error(gantry::ErrorCode::cancelled, "good", "stopped on request");
    }
    void work(CallPtr call) {
        auto sum = std::make_shared<int>(0);
        auto loop = context_->add_loop("more");
        if (!loop) return call->finish(std::move(loop).error());
        auto shared = std::make_shared<CallPtr>(std::move(call));
        auto submitted = context_->blocking_pool().submit(
            [sum] { *sum += 40; }, **loop,
            [this, sum, shared] {
                *sum += 2;
                context_->loop().post(
                    [sum, shared] { (*shared)->finish(gantry::Value::object().set("sum", *sum)); });
            });
        if (!submitted) (*shared)->finish(std::move(submitted).error());
    }

    gantry::Context* context_ = nullptr;
    Opener opener_;
    std::vector<gantry::Registration> kept_;
    std::map<int, Waiting> waiting_;
    int last_ = 0;
};

}  // namespace

GANTRY_PLUGIN(Good)
