#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/engine_pair.h>

namespace gantry::crypto {
namespace {

// How bytes go through an engine.
class TlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TlsTest);
    CPPUNIT_TEST(plaintext_goes_both_ways);
    CPPUNIT_TEST(works_when_bytes_come_one_by_one);
    CPPUNIT_TEST(writes_no_more_than_there_is_room_for);
    CPPUNIT_TEST(takes_in_no_more_than_there_is_room_for);
    CPPUNIT_TEST(nothing_is_taken_before_it_is_open);
    CPPUNIT_TEST(each_direction_ends_by_itself);
    CPPUNIT_TEST(finishing_during_the_handshake_waits_for_its_end);
    CPPUNIT_TEST(an_end_without_close_notify_is_a_failure_after_the_last_byte);
    CPPUNIT_TEST(an_end_during_the_handshake_is_a_failure);
    CPPUNIT_TEST(a_changed_record_is_refused_after_the_bytes_before_it);
    CPPUNIT_TEST(no_change_of_a_handshake_byte_passes);
    CPPUNIT_TEST(both_ends_export_the_same_keys);
    CPPUNIT_TEST_SUITE_END();

    std::optional<EnginePair> pair_;

    static std::string long_text() {
        std::string text(200'000, ' ');
        for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 31 >> 3);
        return text;
    }

  public:
    void setUp() override { pair_.emplace(); }
    void tearDown() override { pair_.reset(); }

    void plaintext_goes_both_ways() {
        CPPUNIT_ASSERT(pair_->pump().open());
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, *pair_->client->write(as_bytes("question")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, *pair_->server->write(as_bytes("answer")));
        pair_->pump();
        CPPUNIT_ASSERT(pair_->server->readable() && pair_->client->readable());
        CPPUNIT_ASSERT_EQUAL(std::string("question"), read_all(*pair_->server));
        CPPUNIT_ASSERT_EQUAL(std::string("answer"), read_all(*pair_->client));
        CPPUNIT_ASSERT(!pair_->server->readable() && !pair_->client->readable());
    }
    void works_when_bytes_come_one_by_one() {
        CPPUNIT_ASSERT(pair_->pump(1).open());
        CPPUNIT_ASSERT(pair_->server->write(as_bytes("answer")).ok());
        pair_->pump(1);
        CPPUNIT_ASSERT_EQUAL(std::string("answer"), read_all(*pair_->client));
    }
    void writes_no_more_than_there_is_room_for() {
        pair_->pump();
        const auto text = long_text();
        std::string received;
        std::size_t sent = 0;
        for (int rounds = 0; sent < text.size(); ++rounds) {
            CPPUNIT_ASSERT(rounds < 10);
            const auto first = pair_->client->write(as_bytes(text).subspan(sent));
            CPPUNIT_ASSERT(*first > 0 && pair_->client->outgoing().size() <= 128 * 1024);
            if (sent + *first < text.size())
                CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *pair_->client->write(as_bytes("more")));
            sent += *first;
            pair_->pump();
            received += read_all(*pair_->server);
        }
        CPPUNIT_ASSERT(received == text);
    }
    void takes_in_no_more_than_there_is_room_for() {
        pair_->pump();
        const std::string text(90'000, 'x');
        std::vector<std::byte> ciphertext;
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT_EQUAL(text.size(), *pair_->client->write(as_bytes(text)));
            const auto out = pair_->client->outgoing();
            ciphertext.insert(ciphertext.end(), out.begin(), out.end());
            pair_->client->sent(out.size());
        }
        auto taken = pair_->server->feed(ciphertext);
        CPPUNIT_ASSERT(taken < ciphertext.size());
        CPPUNIT_ASSERT(pair_->server->room().empty());
        std::size_t received = 0;
        while (received < 3 * text.size()) {
            const auto got = read_all(*pair_->server).size();
            CPPUNIT_ASSERT(got > 0);
            received += got;
            taken += pair_->server->feed(ByteView(ciphertext).subspan(taken));
        }
        CPPUNIT_ASSERT_EQUAL(ciphertext.size(), taken);
    }
    void nothing_is_taken_before_it_is_open() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *pair_->client->write(as_bytes("early")));
        std::byte buffer[8];
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *pair_->client->read(buffer));
        CPPUNIT_ASSERT(!pair_->client->readable());
        CPPUNIT_ASSERT(!pair_->client->export_key("label", {}, 16).ok());
    }
    void each_direction_ends_by_itself() {
        pair_->pump();
        pair_->client->finish_writing();
        CPPUNIT_ASSERT(pair_->client->write(as_bytes("x")).error().code == ErrorCode::closed);
        pair_->pump();
        CPPUNIT_ASSERT(pair_->server->readable() && read_all(*pair_->server).empty());
        CPPUNIT_ASSERT(pair_->server->ended() && !pair_->client->ended());
        CPPUNIT_ASSERT(pair_->server->write(as_bytes("late answer")).ok());
        pair_->server->finish_writing();
        pair_->pump();
        pair_->client->received_end();
        CPPUNIT_ASSERT_EQUAL(std::string("late answer"), read_all(*pair_->client));
        CPPUNIT_ASSERT(pair_->client->ended() && !pair_->client->failure());
    }
    void finishing_during_the_handshake_waits_for_its_end() {
        pair_->client->finish_writing();
        CPPUNIT_ASSERT(pair_->pump().open());
        CPPUNIT_ASSERT(read_all(*pair_->server).empty() && pair_->server->ended());
    }
    void an_end_without_close_notify_is_a_failure_after_the_last_byte() {
        pair_->pump();
        CPPUNIT_ASSERT(pair_->client->write(as_bytes("all there is")).ok());
        pair_->pump();
        pair_->server->received_end();
        CPPUNIT_ASSERT(pair_->server->readable() && !pair_->server->failure());
        CPPUNIT_ASSERT_EQUAL(std::string("all there is"), read_all(*pair_->server));
        CPPUNIT_ASSERT(pair_->server->failure()->code == ErrorCode::network);
        CPPUNIT_ASSERT(!pair_->server->ended());
    }
    void an_end_during_the_handshake_is_a_failure() {
        pair_->client->received_end();
        CPPUNIT_ASSERT(pair_->client->state() == TlsState::failed);
        CPPUNIT_ASSERT(pair_->client->failure()->code == ErrorCode::network);
    }
    void a_changed_record_is_refused_after_the_bytes_before_it() {
        pair_->pump();
        CPPUNIT_ASSERT(pair_->client->write(as_bytes("good")).ok());
        carry(*pair_->client, *pair_->server, 65536);
        CPPUNIT_ASSERT(pair_->client->write(as_bytes("bad")).ok());
        carry(*pair_->client, *pair_->server, 65536, [](auto& b) { b.back() ^= std::byte{1}; });
        CPPUNIT_ASSERT_EQUAL(std::string("good"), read_all(*pair_->server));
        CPPUNIT_ASSERT(pair_->server->failure()->code == ErrorCode::security);
        pair_->pump();  // the alert
        CPPUNIT_ASSERT(pair_->client->readable());
        CPPUNIT_ASSERT(pair_->client->failure()->code == ErrorCode::security);
    }
    // Flips a bit of the nth byte that passes during a handshake. The version in the header of a
    // record is to be ignored (RFC 8446 section 5.1), so a handshake may still succeed; then the
    // two agree.
    void no_change_of_a_handshake_byte_passes() {
        std::size_t open = 0, place = 0;
        for (bool reached = true; reached; ++place) {
            reached = false;
            std::size_t passed = 0;
            const Wiretap tap = [&](std::vector<std::byte>& bytes) {
                if (place >= passed && place < passed + bytes.size()) {
                    bytes[place - passed] ^= std::byte{0x10};
                    reached = true;
                }
                passed += bytes.size();
            };
            pair_->client = must(pair_->client_maker->connect("files.test", kTestNow));
            pair_->server = must(pair_->server_maker->accept(kTestNow));
            for (bool moved = true; moved;) {
                moved = carry(*pair_->client, *pair_->server, 65536, tap);
                moved = carry(*pair_->server, *pair_->client, 65536, tap) || moved;
            }
            if (!reached) break;
            if (pair_->open()) {
                ++open;
                CPPUNIT_ASSERT(as_text(must(pair_->client->export_key("a", {}, 16)).view()) ==
                               as_text(must(pair_->server->export_key("a", {}, 16)).view()));
                continue;
            }
            pair_->client->received_end();
            pair_->server->received_end();
            CPPUNIT_ASSERT(pair_->client->readable() || pair_->client->state() == TlsState::failed);
            CPPUNIT_ASSERT(pair_->server->state() == TlsState::failed);
        }
        CPPUNIT_ASSERT_MESSAGE(std::to_string(place), place > 800);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(open), open < 20);
    }
    void both_ends_export_the_same_keys() {
        pair_->pump();
        const auto key = must(pair_->client->export_key("EXPORTER-test", as_bytes("c"), 32));
        const auto same = must(pair_->server->export_key("EXPORTER-test", as_bytes("c"), 32));
        const auto other = must(pair_->server->export_key("EXPORTER-test", as_bytes("d"), 32));
        CPPUNIT_ASSERT(as_text(key.view()) == as_text(same.view()));
        CPPUNIT_ASSERT(as_text(key.view()) != as_text(other.view()));
        CPPUNIT_ASSERT(!pair_->client->export_key("EXPORTER-test", {}, 0).ok());
        CPPUNIT_ASSERT(!pair_->client->export_key("EXPORTER-test", {}, 8161).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TlsTest);

}  // namespace
}  // namespace gantry::crypto
