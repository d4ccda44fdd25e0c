#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/completion_sources.h>
#include <host/shell/limits.h>
#include <host/shell/shell_state.h>
#include <host/shell/word_roles.h>
#include <support/temporary_folder.h>

using namespace gantry;
using namespace gantry::host;

namespace {

class FakeSession final : public Session {
  public:
    explicit FakeSession(bool& gone) : gone_(gone) {}
    ~FakeSession() override { gone_ = true; }
    std::string base() const override { return "cs://h:1"; }
    Result<void> check_folder(std::string_view, CancelToken&) override { return {}; }

  private:
    bool& gone_;
};

}  // namespace

class ShellStateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ShellStateTest);
    CPPUNIT_TEST(a_variable_hides_one_of_the_environment);
    CPPUNIT_TEST(names_and_limits_of_variables_are_checked);
    CPPUNIT_TEST(local_paths_start_from_the_shells_folder);
    CPPUNIT_TEST(a_session_serves_urls_of_its_server_alone);
    CPPUNIT_TEST(a_dropped_session_lives_until_its_last_command_ends);
    CPPUNIT_TEST(words_have_roles);
    CPPUNIT_TEST(paths_complete_from_the_shells_folder);
    CPPUNIT_TEST_SUITE_END();

    ShellState state_;

  public:
    void a_variable_hides_one_of_the_environment() {
        state_.environment = [](const std::string& name) -> std::optional<std::string> {
            return name == "E" ? std::optional<std::string>("env") : std::nullopt;
        };
        state_.status = 7;
        state_.last_job = "%2";
        CPPUNIT_ASSERT_EQUAL(std::string("env"), state_.variable("E").value());
        CPPUNIT_ASSERT(state_.set_variable("E", "own").ok());
        CPPUNIT_ASSERT_EQUAL(std::string("own"), state_.variable("E").value());
        CPPUNIT_ASSERT_EQUAL(std::string("7"), state_.variable("?").value());
        CPPUNIT_ASSERT_EQUAL(std::string("%2"), state_.variable("!").value());
        CPPUNIT_ASSERT(!state_.variable("none").has_value());
    }
    void names_and_limits_of_variables_are_checked() {
        for (const char* name : {"", "1a", "a-b", "a b", "?"})
            CPPUNIT_ASSERT(!state_.set_variable(name, "x").ok());
        const std::string longest(shell_limits::kValueBytes, 'x');
        CPPUNIT_ASSERT(state_.set_variable("a", longest).ok());
        CPPUNIT_ASSERT(state_.set_variable("a", longest + "x").error().code == ErrorCode::limit);
        for (std::size_t i = 1; i < shell_limits::kVariables; ++i)
            CPPUNIT_ASSERT(state_.set_variable("v" + std::to_string(i), "").ok());
        CPPUNIT_ASSERT(state_.set_variable("more", "").error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(state_.set_variable("a", "changed").ok());
    }
    void local_paths_start_from_the_shells_folder() {
        state_.folder = "/a/b";
        CPPUNIT_ASSERT_EQUAL(std::string("/a/c"), state_.local_path("../c"));
        CPPUNIT_ASSERT_EQUAL(std::string("/x"), state_.local_path("/x"));
    }
    void a_session_serves_urls_of_its_server_alone() {
        bool gone = false;
        SessionSlot slot;
        CPPUNIT_ASSERT(!slot.place().has_value());
        slot.put(std::make_shared<FakeSession>(gone), "a");
        slot.set_folder("b");
        CPPUNIT_ASSERT_EQUAL(std::string("b"), slot.place()->folder);
        CPPUNIT_ASSERT(slot.serving("cs://h:1/x") != nullptr);
        CPPUNIT_ASSERT(slot.serving("cs://h:1") != nullptr);
        CPPUNIT_ASSERT(slot.serving("cs://h:12/x") == nullptr);
        CPPUNIT_ASSERT(slot.serving("x") == nullptr);
    }
    void a_dropped_session_lives_until_its_last_command_ends() {
        bool gone = false;
        SessionSlot slot;
        slot.put(std::make_shared<FakeSession>(gone), "");
        auto held = slot.serving("cs://h:1/x");
        slot.drop();
        CPPUNIT_ASSERT(!slot.place().has_value());
        CPPUNIT_ASSERT(!gone);
        held.reset();
        CPPUNIT_ASSERT(gone);
    }
    void words_have_roles() {
        const auto spec = fakes::Catalog().find("cs get").value();
        const std::vector<std::string> words{"-o",          "x",  "a", "--wire=cs1",
                                             "--no-resume", "--", "-b"};
        std::string roles;
        for (const auto& word : classify_words(spec, words))
            roles += "ovp-"[static_cast<std::size_t>(word.role)];
        CPPUNIT_ASSERT_EQUAL(std::string("ovpoo-p"), roles);
        CPPUNIT_ASSERT(classify_words(spec, words)[0].wants_value);
        CPPUNIT_ASSERT(operand_at(spec, 5) == &spec.operands[0]);
        const auto mirror = fakes::Catalog().find("cs mirror").value();
        CPPUNIT_ASSERT(operand_at(mirror, 2) == nullptr);
    }
    void paths_complete_from_the_shells_folder() {
        testing::TemporaryFolder folder;
        folder.write("sub/file", "");
        folder.write("sun", "");
        folder.write(".hidden", "");
        state_.folder = folder.path();
        auto found = complete_path(state_, "su", false);
        std::sort(found.begin(), found.end());
        CPPUNIT_ASSERT((std::vector<std::string>{"sub/", "sun"}) == found);
        CPPUNIT_ASSERT((std::vector<std::string>{"sub/"}) == complete_path(state_, "", true));
        CPPUNIT_ASSERT((std::vector<std::string>{"sub/file"}) ==
                       complete_path(state_, "sub/", false));
        CPPUNIT_ASSERT((std::vector<std::string>{".hidden"}) == complete_path(state_, ".h", false));
        CPPUNIT_ASSERT(complete_path(state_, "none/", false).empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ShellStateTest);
