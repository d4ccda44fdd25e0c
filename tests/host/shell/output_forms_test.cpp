#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/virtual_clock.h>
#include <host/shell/event_writer.h>
#include <host/shell/fd_io.h>
#include <host/shell/json_text.h>
#include <host/shell/outcome_printer.h>

#include <unistd.h>

using namespace gantry;
using namespace gantry::host;

class OutputFormsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutputFormsTest);
    CPPUNIT_TEST(a_success_has_ok_the_fields_and_the_seconds);
    CPPUNIT_TEST(a_result_that_is_no_object_stands_under_result);
    CPPUNIT_TEST(a_failure_has_the_exit_status_the_name_and_the_message);
    CPPUNIT_TEST(bytes_that_are_not_utf8_are_replaced);
    CPPUNIT_TEST(the_error_line_names_command_context_and_message);
    CPPUNIT_TEST(a_server_says_where_it_listens);
    CPPUNIT_TEST(what_happens_meanwhile_is_a_line_of_its_own);
    CPPUNIT_TEST(an_object_that_was_begun_is_completed);
    CPPUNIT_TEST(text_mode_prints_failures_to_standard_error_alone);
    CPPUNIT_TEST(a_reader_that_has_gone_is_not_told);
    CPPUNIT_TEST(an_event_is_one_versioned_line);
    CPPUNIT_TEST(the_writer_ends_with_its_object);
    CPPUNIT_TEST_SUITE_END();

    static Error error() {
        return make_error(ErrorCode::not_found, "cs", "there is no file", "a/b");
    }

  public:
    void a_success_has_ok_the_fields_and_the_seconds() {
        Value result = Value::object().set("bytes", std::uint64_t{5}).set("ok", false);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"ok":true,"bytes":5,"seconds":1.5})"),
                             to_json(success_object(result, std::chrono::milliseconds(1500))));
        result.set("seconds", 9);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"ok":true,"bytes":5,"seconds":9})"),
                             to_json(success_object(result, std::chrono::milliseconds(1500))));
    }
    void a_result_that_is_no_object_stands_under_result() {
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"ok":true,"result":[1],"seconds":0.0})"),
                             to_json(success_object(Value::array().push(1), {})));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"ok":true,"seconds":0.0})"),
                             to_json(success_object(Value(), {})));
    }
    void a_failure_has_the_exit_status_the_name_and_the_message() {
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"ok":false,"error":{"code":3,"name":"not_found",)"
                                         R"("message":"a/b: there is no file"},"files":2})"),
                             to_json(failure_object(error(), Value::object().set("files", 2))));
    }
    void bytes_that_are_not_utf8_are_replaced() {
        CPPUNIT_ASSERT_EQUAL(std::string("\"a\xef\xbf\xbd\\n\""), to_json(Value("a\xff\n")));
    }
    void the_error_line_names_command_context_and_message() {
        CPPUNIT_ASSERT_EQUAL(std::string("gantry: cs get: a/b: there is no file\n"),
                             error_line("cs get", error()));
        CPPUNIT_ASSERT_EQUAL(std::string("gantry: a/b: there is no file\n"),
                             error_line("", error()));
    }
    void a_server_says_where_it_listens() {
        CPPUNIT_ASSERT_EQUAL(std::string("listening cs 127.0.0.1:80\n"),
                             listening_line("cs", "127.0.0.1:80", false));
        CPPUNIT_ASSERT_EQUAL(
            std::string("{\"event\":\"listening\",\"name\":\"cs\",\"address\":\"127.0.0.1:80\"}\n"),
            listening_line("cs", "127.0.0.1:80", true));
    }
    void what_happens_meanwhile_is_a_line_of_its_own() {
        CPPUNIT_ASSERT_EQUAL(std::string("{\"event\":\"changed\",\"name\":\"a\"}\n"),
                             event_line("changed", Value::object().set("name", "a")));
    }
    void an_object_that_was_begun_is_completed() {
        Terminal terminal({.out_fd = -1, .error_fd = -1});
        fakes::TextOutput data;
        (void)data.write(R"({"entries":[1)");
        const CommandOutcome good{{}, Value::object().set("n", 1), std::chrono::seconds(1), true};
        print_outcome("cs ls", good, {.json = true}, data, terminal);
        (void)data.write(R"({"entries":[2)");
        const CommandOutcome bad{error(), Value::object(), {}, true};
        print_outcome("cs ls", bad, {.json = true}, data, terminal);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"entries":[1],"ok":true,"n":1,"seconds":1.0})"
                                         "\n"
                                         R"({"entries":[2],"ok":false,"error":{"code":3,)"
                                         R"("name":"not_found",)"
                                         R"("message":"a/b: there is no file"}})"
                                         "\n"),
                             data.text());
    }
    void text_mode_prints_failures_to_standard_error_alone() {
        int fds[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(fds));
        const OwnedFd read_end(fds[0]);
        const OwnedFd write_end(fds[1]);
        Terminal terminal({.out_fd = -1, .error_fd = write_end.get()});
        fakes::TextOutput data;
        CPPUNIT_ASSERT_EQUAL(0, print_outcome("x", {}, {}, data, terminal));
        CPPUNIT_ASSERT_EQUAL(
            3, print_outcome("x", {error(), Value::object(), {}}, {}, data, terminal));
        CPPUNIT_ASSERT_EQUAL(std::string(), data.text());
        char text[100];
        const auto count = ::read(read_end.get(), text, sizeof text);
        CPPUNIT_ASSERT_EQUAL(std::string("gantry: x: a/b: there is no file\n"),
                             std::string(text, static_cast<std::size_t>(count)));
        CPPUNIT_ASSERT_EQUAL(
            3, print_outcome("x", {error(), Value::object(), {}}, {.json = true}, data, terminal));
        CPPUNIT_ASSERT(data.text().rfind("{\"ok\":false", 0) == 0);
    }
    void a_reader_that_has_gone_is_not_told() {
        Terminal terminal({.out_fd = -1, .error_fd = -1});
        fakes::TextOutput data;
        const CommandOutcome outcome{
            make_error(ErrorCode::closed, "shell", "gone"), Value::object(), {}};
        CPPUNIT_ASSERT_EQUAL(exit_status(ErrorCode::closed),
                             print_outcome("x", outcome, {}, data, terminal));
    }
    void an_event_is_one_versioned_line() {
        PublishedEvent event{WallTime(std::chrono::milliseconds(1'700'000'000'042)),
                             "cs",
                             JobId(3),
                             {"job.progress", 2, Value::object().set("bytes", 5)}};
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                R"({"v":1,"at":"2023-11-14T22:13:20.042Z","type":"job.progress","version":2,)"
                R"("plugin":"cs","job":3,"fields":{"bytes":5}})") +
                "\n",
            event_line(event));
        event.job = JobId();
        CPPUNIT_ASSERT(event_line(event).find("\"job\":") == std::string::npos);
    }
    void the_writer_ends_with_its_object() {
        testing::VirtualClock clock;
        EventBus bus(clock);
        int fds[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(fds));
        const OwnedFd read_end(fds[0]);
        {
            EventWriter writer(bus, std::make_unique<FdOutput>(OwnedFd(fds[1])));
            bus.publish("cs", JobId(1), {"a.b", 1, Value::object()});
        }
        bus.publish("cs", JobId(1), {"a.c", 1, Value::object()});
        char text[400];
        const auto count = ::read(read_end.get(), text, sizeof text);
        const std::string seen(text, static_cast<std::size_t>(count));
        CPPUNIT_ASSERT(seen.find("a.b") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(seen.size() - 1, seen.find('\n'));
        CPPUNIT_ASSERT_EQUAL(ssize_t{0}, ::read(read_end.get(), text, sizeof text));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutputFormsTest);
