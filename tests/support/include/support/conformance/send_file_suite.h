#pragma once

#include <support/conformance/net_suite.h>
#include <support/test_files.h>

namespace gantry::testing::conformance {

// Stream::send_file, with a file of the kind that suits the implementation and with one that has no
// descriptor.
template <class Harness>
class SendFileSuite : public PairSuite<Harness> {
    CPPUNIT_TEST_SUITE(SendFileSuite<Harness>);
    CPPUNIT_TEST(sends_a_whole_file);
    CPPUNIT_TEST(sends_a_range_of_a_file);
    CPPUNIT_TEST(sends_what_a_short_file_has);
    CPPUNIT_TEST(refuses_an_offset_at_or_behind_the_end);
    CPPUNIT_TEST(sending_nothing_does_nothing);
    CPPUNIT_TEST(file_bytes_keep_their_place_between_written_ones);
    CPPUNIT_TEST(a_long_file_goes_as_there_is_room);
    CPPUNIT_TEST(is_refused_after_finishing);
    CPPUNIT_TEST(a_reset_is_told_as_closed);
    CPPUNIT_TEST_SUITE_END();

    using PairSuite<Harness>::client;
    using PairSuite<Harness>::server;
    using PairSuite<Harness>::client_;
    using PairSuite<Harness>::server_;
    using PairSuite<Harness>::run_until;
    using PairSuite<Harness>::harness_;
    using PairSuite<Harness>::expect;

    std::vector<std::unique_ptr<File>> files(std::string_view content) {
        std::vector<std::unique_ptr<File>> all;
        all.push_back(harness_.make_file(content));
        all.push_back(std::make_unique<ContentFile>(content));
        return all;
    }
    void expect_sent(File& file, std::uint64_t offset, std::size_t count,
                     const std::string& arrives) {
        server_->text.clear();
        const auto sent = client().send_file(file, offset, count);
        CPPUNIT_ASSERT(sent.ok());
        CPPUNIT_ASSERT_EQUAL(arrives.size(), *sent);
        run_until([&] { return server_->text.size() >= arrives.size(); });
        CPPUNIT_ASSERT(arrives == server_->text);
    }

    void sends_a_whole_file() {
        server().set_interest(Interest::read);
        const std::string content = pattern(0, 10'000);
        for (const auto& file : files(content)) expect_sent(*file, 0, content.size(), content);
    }
    void sends_a_range_of_a_file() {
        server().set_interest(Interest::read);
        for (const auto& file : files(pattern(0, 10'000)))
            expect_sent(*file, 1234, 4321, pattern(1234, 4321));
    }
    void sends_what_a_short_file_has() {
        server().set_interest(Interest::read);
        for (const auto& file : files("0123456789")) expect_sent(*file, 6, 1000, "6789");
    }
    void refuses_an_offset_at_or_behind_the_end() {
        for (const auto& file : files("0123456789"))
            for (const std::uint64_t offset : {10U, 11U, 4'000'000'000U}) {
                const auto sent = client().send_file(*file, offset, 1);
                CPPUNIT_ASSERT(!sent.ok());
                expect(ErrorCode::range, sent.error());
            }
        // It is the caller's mistake and not the connection's end.
        server().set_interest(Interest::read);
        client_->write("still there");
        run_until([&] { return server_->text == "still there"; });
    }
    void sending_nothing_does_nothing() {
        for (const auto& file : files("0123456789")) {
            const auto sent = client().send_file(*file, 3, 0);
            CPPUNIT_ASSERT(sent.ok() && *sent == 0);
        }
    }
    void file_bytes_keep_their_place_between_written_ones() {
        server().set_interest(Interest::read);
        for (const auto& file : files("file")) {
            server_->text.clear();
            client_->write("head ");
            CPPUNIT_ASSERT_EQUAL(std::size_t{4}, *client().send_file(*file, 0, 4));
            client_->write(" tail");
            run_until([&] { return server_->text.size() >= 14; });
            CPPUNIT_ASSERT_EQUAL(std::string("head file tail"), server_->text);
        }
    }
    void a_long_file_goes_as_there_is_room() {
        const std::size_t size = std::min<std::size_t>(harness_.bulk_bytes(), 20'000'000);
        const std::string content = pattern(0, size);
        server().set_interest(Interest::read);
        for (const auto& file : files(content)) {
            server_->text.clear();
            std::size_t sent = 0;
            client_->on_writable = [&] {
                const auto step = client().send_file(*file, sent, size - sent);
                CPPUNIT_ASSERT(step.ok());
                sent += *step;
                if (sent == size) client().set_interest(Interest::none);
            };
            client().set_interest(Interest::write);
            run_until([&] { return server_->text.size() >= size; });
            CPPUNIT_ASSERT(content == server_->text);
        }
    }
    void is_refused_after_finishing() {
        CPPUNIT_ASSERT(client().finish_writing().ok());
        for (const auto& file : files("0123456789"))
            expect(ErrorCode::closed, client().send_file(*file, 0, 1).error());
    }
    void a_reset_is_told_as_closed() {
        server().abort();
        run_until([&] { return client_->closed > 0; });
        for (const auto& file : files("0123456789"))
            expect(ErrorCode::network, client().send_file(*file, 0, 1).error());
        CPPUNIT_ASSERT_EQUAL(1, client_->closed);
    }
};

}  // namespace gantry::testing::conformance
