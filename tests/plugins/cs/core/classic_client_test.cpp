#include "core_bytes.h"
#include "flipping_cipher.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/classic_client.h>
#include <cs/core/classic_seal.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicClientTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicClientTest);
    CPPUNIT_TEST(sends_its_request);
    CPPUNIT_TEST(takes_a_file_in_parts_of_every_size);
    CPPUNIT_TEST(takes_an_encrypted_file);
    CPPUNIT_TEST(tells_of_what_does_not_exist);
    CPPUNIT_TEST(tells_the_number_of_another_error);
    CPPUNIT_TEST(an_answer_that_is_cut_at_any_byte_has_failed);
    CPPUNIT_TEST(refuses_an_answer_to_another_request);
    CPPUNIT_TEST(refuses_data_of_another_service);
    CPPUNIT_TEST(refuses_damaged_padding);
    CPPUNIT_TEST(ignores_what_follows_the_last_packet);
    CPPUNIT_TEST(a_name_that_does_not_fit_fails_at_once);
    CPPUNIT_TEST(gives_up_on_a_silent_server);
    CPPUNIT_TEST(waits_while_it_is_paused);
    CPPUNIT_TEST_SUITE_END();

    FlippingCipher cipher_;
    std::optional<ClassicClient> client_;

    void start(ClassicService service = ClassicService::file, const std::string& name = "a") {
        client_.emplace(ClassicRequest{service, 9, name}, cipher_, limits::ClientTimes{}, at(0s));
    }
    static Bytes packet(std::uint16_t service, const Bytes& data, std::uint16_t id = 9,
                        std::uint16_t error = 0) {
        ClassicHeader header{service, id};
        header.length = static_cast<std::uint16_t>(12 + data.size());
        header.error = error;
        const auto head = header.encode();
        return join({Bytes(head.begin(), head.end()), data});
    }
    // All that it tells, as text.
    std::string events() {
        std::string out;
        while (auto event = client_->poll_event()) {
            if (const auto* data = std::get_if<ClassicBytes>(&*event))
                out += as_text(data->bytes);
            else if (const auto* failed = std::get_if<ClassicFailed>(&*event))
                out += "!" + std::string(error_name(failed->error.code));
            else
                out += "$";
        }
        return out;
    }
    std::string receive(const Bytes& bytes, std::size_t step = 1000) {
        std::string out;
        for (std::size_t from = 0; from < bytes.size(); from += step) {
            const auto rest = ByteView(bytes).subspan(from);
            client_->receive(rest.first(std::min(step, rest.size())), at(1s));
            out += events();
        }
        return out;
    }

  public:
    void setUp() override { start(); }

    void sends_its_request() {
        Bytes buffer(500);
        CPPUNIT_ASSERT_EQUAL(std::size_t{208}, client_->poll_transmit(buffer, at(0s)).bytes);
        buffer.resize(208);
        CPPUNIT_ASSERT((ClassicRequest{ClassicService::file, 9, "a"}.encode().value()) == buffer);
        CPPUNIT_ASSERT(client_->poll_transmit(buffer, at(0s)).empty());
    }
    void takes_a_file_in_parts_of_every_size() {
        const auto answer = join({packet(0, text("hel")), packet(0, text("lo")), packet(0, {})});
        for (std::size_t step = 1; step <= answer.size(); ++step) {
            start();
            CPPUNIT_ASSERT_EQUAL(std::string("hello$"), receive(answer, step));
        }
        start();
        CPPUNIT_ASSERT_EQUAL(std::string("$"), receive(packet(0, {})));
    }
    void takes_an_encrypted_file() {
        start(ClassicService::encrypted_file);
        const auto sealed = classic_seal(cipher_, text("hello")).value();
        CPPUNIT_ASSERT_EQUAL(std::string("hello$"),
                             receive(join({packet(5, sealed), packet(1, {})}), 7));
    }
    void tells_of_what_does_not_exist() {
        CPPUNIT_ASSERT_EQUAL(std::string("!not_found"), receive(packet(0, {}, 9, 1)));
    }
    void tells_the_number_of_another_error() {
        const auto answer = packet(0, {}, 9, 77);
        client_->receive(answer, at(0s));
        const auto event = client_->poll_event();
        const auto& error = std::get<ClassicFailed>(*event).error;
        CPPUNIT_ASSERT(error.code == ErrorCode::other);
        CPPUNIT_ASSERT(error.message.find("77") != std::string::npos);
    }
    void an_answer_that_is_cut_at_any_byte_has_failed() {
        const auto answer = join({packet(0, text("hello")), packet(0, {})});
        for (std::size_t size = 0; size < answer.size(); ++size) {
            start();
            const auto seen =
                receive(Bytes(answer.begin(), answer.begin() + static_cast<int>(size)));
            client_->receive_end(at(1s));
            CPPUNIT_ASSERT_EQUAL(std::string(size < 17 ? "" : "hello") + "!network",
                                 seen + events());
        }
    }
    void refuses_an_answer_to_another_request() {
        CPPUNIT_ASSERT_EQUAL(std::string("!protocol"), receive(packet(0, text("x"), 8)));
    }
    void refuses_data_of_another_service() {
        CPPUNIT_ASSERT_EQUAL(std::string("!protocol"), receive(packet(1, text("x"))));
    }
    void refuses_damaged_padding() {
        start(ClassicService::encrypted_file);
        CPPUNIT_ASSERT_EQUAL(std::string("!integrity"), receive(packet(5, Bytes(16))));
        start(ClassicService::encrypted_file);
        CPPUNIT_ASSERT_EQUAL(std::string("!integrity"), receive(packet(0, Bytes(32))));
    }
    void ignores_what_follows_the_last_packet() {
        const auto answer = join({packet(0, {}), packet(0, text("more")), Bytes(50)});
        CPPUNIT_ASSERT_EQUAL(std::string("$"), receive(answer));
        client_->receive_end(at(2s));
        client_->lost(make_error(ErrorCode::network, "test", "reset"));
        CPPUNIT_ASSERT_EQUAL(std::string(), events());
        CPPUNIT_ASSERT(!client_->next_timeout());
    }
    void a_name_that_does_not_fit_fails_at_once() {
        start(ClassicService::file, std::string(201, 'n'));
        Bytes buffer(500);
        CPPUNIT_ASSERT(client_->poll_transmit(buffer, at(0s)).empty());
        CPPUNIT_ASSERT_EQUAL(std::string("!usage"), events());
    }
    void gives_up_on_a_silent_server() {
        (void)receive(packet(0, text("x")));
        CPPUNIT_ASSERT(*client_->next_timeout() == at(61s));
        client_->on_timeout(at(60s));
        CPPUNIT_ASSERT_EQUAL(std::string(), events());
        client_->on_timeout(at(61s));
        CPPUNIT_ASSERT_EQUAL(std::string("!timeout"), events());
    }
    void waits_while_it_is_paused() {
        client_->pause(true, at(1s));
        CPPUNIT_ASSERT(!client_->next_timeout());
        client_->pause(false, at(100s));
        CPPUNIT_ASSERT(*client_->next_timeout() == at(160s));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicClientTest);
