#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/upload_output.h>

using namespace gantry;
using namespace gantry::cs;

class UploadOutputTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UploadOutputTest);
    CPPUNIT_TEST(sends_bytes_and_then_the_end);
    CPPUNIT_TEST(without_streams_one_put_follows_the_other);
    CPPUNIT_TEST(with_streams_puts_take_turns);
    CPPUNIT_TEST(sends_little_before_the_hello_of_the_server);
    CPPUNIT_TEST(stays_within_the_credit_of_each_and_of_all);
    CPPUNIT_TEST(wants_more_only_when_it_could_go);
    CPPUNIT_TEST(what_was_removed_is_forgotten);
    CPPUNIT_TEST_SUITE_END();

    UploadOutput uploads_;
    const RequestId a_{1};
    const RequestId b_{2};

    void use_streams(std::uint64_t window, std::uint64_t stream_window) {
        Agreement agreed;
        agreed.streams = true;
        agreed.window = window;
        agreed.stream_window = stream_window;
        uploads_.use_streams(agreed);
    }
    // The frames that may go, as "id:bytes" or "id:end".
    std::string frames() {
        std::string out;
        while (const auto frame = uploads_.next_frame()) {
            const auto header = FrameHeader::decode(*frame).value();
            out += std::to_string(header.id.value()) + ":";
            out += header.type == FrameType::end ? "end" : std::to_string(header.body_size());
            out += " ";
        }
        return out;
    }

  public:
    void setUp() override {
        uploads_ = UploadOutput();
        uploads_.begin(a_);
        uploads_.begin(b_);
    }
    void sends_bytes_and_then_the_end() {
        uploads_.add(a_, text("hello"));
        CPPUNIT_ASSERT(uploads_.next_frame() ==
                       frame(FrameType::data, ServiceId::put, 1, text("hello")));
        CPPUNIT_ASSERT(!uploads_.next_frame() && uploads_.sending(a_));
        uploads_.end(a_, text("end"));
        CPPUNIT_ASSERT(uploads_.next_frame() ==
                       frame(FrameType::end, ServiceId::put, 1, text("end")));
        CPPUNIT_ASSERT(!uploads_.sending(a_));
    }
    void without_streams_one_put_follows_the_other() {
        CPPUNIT_ASSERT(uploads_.wants(a_) && !uploads_.wants(b_));
        uploads_.add(b_, Bytes(10));
        uploads_.add(a_, Bytes(300'000));
        CPPUNIT_ASSERT_EQUAL(std::string("1:262144 1:37856 "), frames());
        uploads_.end(a_, {});
        CPPUNIT_ASSERT_EQUAL(std::string("1:end 2:10 "), frames());
        CPPUNIT_ASSERT(uploads_.wants(b_));
    }
    void with_streams_puts_take_turns() {
        use_streams(10'000'000, 10'000'000);
        uploads_.add(a_, Bytes(300'000));
        uploads_.add(b_, Bytes(300'000));
        uploads_.end(a_, {});
        CPPUNIT_ASSERT_EQUAL(std::string("1:262144 2:262144 1:37856 2:37856 1:end "), frames());
    }
    void sends_little_before_the_hello_of_the_server() {
        for (const bool streams : {false, true}) {
            uploads_ = UploadOutput();
            uploads_.expect_hello(1000);
            uploads_.begin(a_);
            uploads_.add(a_, Bytes(5000));
            CPPUNIT_ASSERT_EQUAL(std::string("1:1000 "), frames());
            if (streams)
                use_streams(4000, 3000);
            else
                uploads_.use_no_streams();
            CPPUNIT_ASSERT_EQUAL(std::string(streams ? "1:2000 " : "1:4000 "), frames());
        }
    }
    void stays_within_the_credit_of_each_and_of_all() {
        uploads_ = UploadOutput();
        uploads_.expect_hello(100);
        use_streams(1000, 600);
        uploads_.begin(a_);
        uploads_.begin(b_);
        uploads_.add(a_, Bytes(5000));
        uploads_.add(b_, Bytes(5000));
        CPPUNIT_ASSERT_EQUAL(std::string("1:600 2:400 "), frames());
        uploads_.add_credit(a_, 2000);
        CPPUNIT_ASSERT_EQUAL(std::string(), frames());
        uploads_.add_credit(kConnectionId, 1500);
        CPPUNIT_ASSERT_EQUAL(std::string("1:500 "), frames());
        uploads_.add_credit(RequestId(77), 1500);  // long over
    }
    void wants_more_only_when_it_could_go() {
        uploads_ = UploadOutput();
        uploads_.expect_hello(100);
        use_streams(1000, 600);
        uploads_.begin(a_);
        CPPUNIT_ASSERT(uploads_.wants(a_) && !uploads_.wants(b_));
        uploads_.add(a_, Bytes(600));
        CPPUNIT_ASSERT(!uploads_.wants(a_));
        (void)frames();
        CPPUNIT_ASSERT(!uploads_.wants(a_));
        uploads_.add_credit(a_, 601);
        CPPUNIT_ASSERT(uploads_.wants(a_));
    }
    void what_was_removed_is_forgotten() {
        uploads_.add(a_, Bytes(10));
        CPPUNIT_ASSERT(uploads_.remove(a_) && !uploads_.remove(a_));
        uploads_.add(a_, Bytes(10));
        uploads_.end(a_, {});
        CPPUNIT_ASSERT_EQUAL(std::string(), frames());
        CPPUNIT_ASSERT(uploads_.wants(b_));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UploadOutputTest);
