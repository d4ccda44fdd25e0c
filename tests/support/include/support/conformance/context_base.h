#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <support/conformance/context_harness.h>

namespace gantry::testing::conformance {

// What the suites of contexts share.
template <class Harness>
class ContextBase : public CppUnit::TestFixture {
  protected:
    static constexpr Duration kLimit = std::chrono::seconds(20);

    Harness harness_;

    ProbePlugin& probe() { return harness_.probe(); }
    Context& context() { return *probe().context; }
    void wait(const std::function<bool()>& done) {
        CPPUNIT_ASSERT_MESSAGE("in time", harness_.wait_until(done, kLimit));
    }
    // Runs `body` on a loop and waits for it. Assert on what it leaves, not within it.
    void on(EventLoop& loop, const std::function<void()>& body) {
        std::atomic<bool> over = false;
        loop.post([&] {
            body();
            over = true;
        });
        wait([&] { return over.load(); });
    }
    void on_loop(const std::function<void()>& body) { on(context().loop(), body); }
    // Lets what is under way on the plugin's loop come to its end.
    void settle() {
        for (int i = 0; i < 3; ++i) on_loop([] {});
    }
    template <class T>
    static void expect(ErrorCode code, const Result<T>& result) {
        CPPUNIT_ASSERT(!result.ok());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(result.error()), std::string(error_name(code)),
                                     std::string(error_name(result.error().code)));
    }
    ProbeOutcome run(const std::string& line, ProbePlugin::Handler handler, bool json = false) {
        probe().set_handler(std::move(handler));
        harness_.start(line, json);
        return ended();
    }
    ProbeOutcome ended() {
        wait([this] { return harness_.outcome().has_value(); });
        return *harness_.outcome();
    }
};

}  // namespace gantry::testing::conformance
