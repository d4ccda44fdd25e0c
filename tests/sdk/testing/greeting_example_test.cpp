#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/test_host.h>

using namespace gantry;
using namespace gantry::testing;
using namespace std::chrono_literals;

namespace {

constexpr char kManifest[] = R"json({
  "name": "greet", "version": "1.0.0", "license": "MIT", "summary": "Greets over the network",
  "settings": [{"key": "words", "default": "hello", "summary": "What a server says"}],
  "commands": [
    {"name": "greet serve", "summary": "Greet whoever connects"},
    {"name": "greet ask", "summary": "Print a server's greeting",
     "operands": [{"name": "SERVER", "kind": "host_port", "summary": "Where it listens"}]}]})json";

// Reads a stream to its end and prints what came.
class Ask {
  public:
    Ask(Context& context, std::unique_ptr<CommandCall> call) : call_(std::move(call)) {
        const auto to = HostPort::parse(call_->arguments().operand("SERVER")).value();
        connecting_ = context.connector().connect(context.loop(), to, {}, [this](auto stream) {
            if (!stream) return call_->finish(stream.error());
            stream_ = std::move(*stream);
            stream_->set_callbacks({[this] { read(); }, {}, [this](Error e) { call_->finish(e); }});
            stream_->set_interest(Interest::read);
        });
    }

  private:
    void read() {
        std::byte buffer[256];
        const auto got = stream_->read(buffer);
        if (!got) return;  // `closed` comes too
        if (!got->end) return void(text_ += as_text(ByteView(buffer).first(got->bytes)));
        stream_->set_interest(Interest::none);
        (void)call_->out().write(text_ + "\n");
        call_->finish(Value::object().set("greeting", text_));
    }
    std::unique_ptr<CommandCall> call_;
    Registration connecting_;
    std::unique_ptr<Stream> stream_;
    std::string text_;
};

class Greet : public Plugin {
  public:
    Result<void> start(Context& context) override {
        context_ = &context;
        auto serve = context.bind_command("greet serve", [this](auto call) {
            serving_ = std::move(call);
            listen(*serving_);
        });
        auto ask = context.bind_command("greet ask", [this](auto call) {
            ask_ = std::make_unique<Ask>(*context_, std::move(call));
        });
        if (!serve || !ask) return serve ? ask.error() : serve.error();
        commands_.push_back(std::move(*serve));
        commands_.push_back(std::move(*ask));
        return {};
    }

  private:
    void listen(CommandCall& call) {
        const Endpoint any{IpAddress::parse("0.0.0.0").value(), 0};
        auto listener =
            context_->connector().listen(context_->loop(), any, {}, [this](auto stream) {
                const std::string words = *context_->setting("words");
                const ByteView bytes = as_bytes(words);
                (void)stream->write(std::span(&bytes, 1));  // what it took is sent before the end
            });
        if (!listener) return call.finish(listener.error());
        listener_ = std::move(*listener);
        cancelled_ = call.job().on_cancel(context_->loop(), [this] {
            listener_.reset();
            serving_->finish(Value::object());
            serving_.reset();
            cancelled_.release();
        });
        call.announce_listening("greet", listener_->local());
    }
    Context* context_ = nullptr;
    std::vector<Registration> commands_;
    std::unique_ptr<CommandCall> serving_;
    std::unique_ptr<Listener> listener_;
    Registration cancelled_;
    std::unique_ptr<Ask> ask_;
};

class GreetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GreetTest);
    CPPUNIT_TEST(a_greeting_crosses_a_bad_network);
    CPPUNIT_TEST(asking_gives_up_when_the_cable_is_cut);
    CPPUNIT_TEST_SUITE_END();

    TestWorld world_{42};
    TestHost server_{world_,
                     kManifest,
                     std::make_unique<Greet>(),
                     {.machine = "server", .settings = {{"words", "good morning"}}}};
    TestHost client_{world_, kManifest, std::make_unique<Greet>(), {.machine = "client"}};
    std::string ask_ = "greet ask server:";

  public:
    void setUp() override {
        auto serving = server_.start("greet serve");
        ask_ += std::to_string(serving.wait_until_listening().value().port);
    }
    void tearDown() override {
        for (TestHost* host : {&client_, &server_}) {
            const auto report = host->stop();
            CPPUNIT_ASSERT_MESSAGE(report.to_string(), report.clean());
        }
    }
    void a_greeting_crosses_a_bad_network() {
        world_.network().set_link("client", "server", {.delay = 80ms, .loss = 0.3});
        const auto result = client_.run(ask_);
        CPPUNIT_ASSERT(result.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("good morning\n"), result.out);
    }
    void asking_gives_up_when_the_cable_is_cut() {
        world_.network().cut("client", "server");
        const auto result = client_.run(ask_);
        CPPUNIT_ASSERT_EQUAL(4, result.exit_status());  // timeout
        CPPUNIT_ASSERT(result.elapsed == 20s);          // virtual: it took no time at all
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GreetTest);

}  // namespace
