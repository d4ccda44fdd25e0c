#include <crypto/app/cert_commands.h>
#include <crypto/net/known_hosts_file.h>
#include <crypto_support/test_certificates.h>
#include <gantry/crypto/secure_stream.h>
#include <host/system/loop_thread.h>
#include <host/system/system_connector.h>
#include <sys/stat.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/fake_call.h>
#include <support/temporary_folder.h>

namespace gantry::crypto {
namespace {

class FixedClock : public Clock {
  public:
    TimePoint now() const noexcept override { return {}; }
    WallTime wall() const noexcept override { return kTestNow; }
};

// A server on loopback that shows a certificate, or bytes that are no TLS.
class ShowingServer {
  public:
    ShowingServer(host::LoopThread& thread, Connector& connector)
        : thread_(thread), connector_(connector) {}
    ~ShowingServer() {
        (void)thread_.run_and_wait([this] {
            listener_.reset();
            shaking_.clear();
            plain_.clear();
        });
    }
    std::string listen(const TlsCertificate* certificate) {
        Endpoint at;
        const auto outcome = thread_.run_and_wait([&] {
            if (certificate != nullptr)
                server_ = must(
                    openssl_tls().server({.certificate = copy_of(*certificate), .alpn = {"cs/1"}}));
            listener_ = must(connector_.listen(
                thread_.loop(), *Endpoint::parse("127.0.0.1:0"), {},
                [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); }));
            at = listener_->local();
        });
        CPPUNIT_ASSERT(outcome.ok());
        return at.to_string();
    }

  private:
    void accept(std::unique_ptr<Stream> stream) {
        if (server_) {
            shaking_.push_back(secure(thread_.loop(), std::move(stream),
                                      must(server_->accept(kTestNow)), std::chrono::seconds(20),
                                      [](const auto&) {}));
            return;
        }
        const ByteView words = as_bytes("220 who are you?\r\n");
        (void)stream->write(std::span(&words, 1));
        plain_.push_back(std::move(stream));
    }

    host::LoopThread& thread_;
    Connector& connector_;
    std::unique_ptr<TlsServer> server_;
    std::unique_ptr<Listener> listener_;
    std::vector<Registration> shaking_;
    std::vector<std::unique_ptr<Stream>> plain_;
};

using Command = Result<Value> (CertCommands::*)(CommandCall&);
using Words = std::vector<std::pair<std::string, std::string>>;

class CertCommandsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CertCommandsTest);
    CPPUNIT_TEST(new_writes_a_private_file_once);
    CPPUNIT_TEST(new_refuses_what_makes_no_sense);
    CPPUNIT_TEST(show_tells_what_a_file_says);
    CPPUNIT_TEST(show_asks_a_server);
    CPPUNIT_TEST(show_says_what_is_wrong);
    CPPUNIT_TEST(pin_takes_a_fingerprint);
    CPPUNIT_TEST(pin_asks_a_person);
    CPPUNIT_TEST(pin_without_a_person_refuses_or_trusts_new);
    CPPUNIT_TEST(pin_refuses_a_changed_certificate_whatever_is_said);
    CPPUNIT_TEST(list_and_forget_go_by_the_known_hosts);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    host::LoopThread thread_{"test"};
    host::SystemConnector connector_;
    KnownHostsFile known_;
    CoreDumpShield shield_;
    OpensslTls tls_{shield_};
    FixedClock clock_;
    std::optional<bool> person_;  // there, and what they answer
    std::string asked_;
    CertCommands commands_{{{tls_, connector_, thread_.loop()},
                            clock_,
                            known_,
                            {[this] { return person_.has_value(); },
                             [this](const std::string& question, const CancelToken&) {
                                 asked_ = question;
                                 return Result<bool>(*person_);
                             }}}};
    const TestCertificates& certificates_ = TestCertificates::get();

    Result<Value> run(Command command, const Words& operands, const Words& options = {}) {
        testing::FakeCall call(folder_.path().string());
        call.waited_for = waited_for_;
        for (const auto& [name, value] : operands) call.given.add_operand(name, value);
        for (const auto& [name, value] : options) call.given.add_option(name, value);
        auto outcome = (commands_.*command)(call);
        printed_ = call.output.written;
        return outcome;
    }
    Result<Value> make(const Words& options) { return run(&CertCommands::make, {}, options); }
    Result<Value> show(const std::string& what) {
        return run(&CertCommands::show, {{"FILE|HOST:PORT", what}});
    }
    Result<Value> pin(const std::string& host, const Words& options = {}) {
        return run(&CertCommands::pin, {{"HOST:PORT", host}}, options);
    }
    std::string printed_;
    bool waited_for_ = true;

    static std::string text(const Result<Value>& value, std::string_view name) {
        CPPUNIT_ASSERT_MESSAGE(value ? "" : describe(value.error()), value.ok());
        return *value->find(name)->as_string();
    }
    static void expect(ErrorCode code, const std::string& words, const Result<Value>& outcome) {
        CPPUNIT_ASSERT(!outcome.ok());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(outcome.error()), std::string(error_name(code)),
                                     std::string(error_name(outcome.error().code)));
        CPPUNIT_ASSERT_MESSAGE(describe(outcome.error()),
                               outcome.error().message.find(words) != std::string::npos);
    }
    std::vector<Fingerprint> known(const std::string& host) {
        return known_.load()->find(*HostPort::parse(host));
    }

  public:
    void setUp() override { known_.set_path(folder_ / "known_hosts"); }

    void new_writes_a_private_file_once() {
        const auto made = make({{"output", "s.pem"}, {"name", "files"}, {"host", "files.test"}});
        CPPUNIT_ASSERT_EQUAL(text(made, "fingerprint") + "\n", printed_);
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat((folder_ / "s.pem").c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(0600U, status.st_mode & 0777U);
        const auto pem = folder_.read("s.pem");
        CPPUNIT_ASSERT(
            tls_.server({.certificate = TlsCertificate{pem, Secret(as_bytes(pem))}}).ok());
        CPPUNIT_ASSERT_EQUAL(text(made, "fingerprint"),
                             must(read_certificates(pem)).front().fingerprint.to_string());
        expect(ErrorCode::exists, "", make({{"output", "s.pem"}}));
        CPPUNIT_ASSERT_EQUAL(pem, folder_.read("s.pem"));
    }
    void new_refuses_what_makes_no_sense() {
        expect(ErrorCode::usage, "-o FILE", make({}));
        expect(ErrorCode::usage, "--days", make({{"output", "a"}, {"days", "0"}}));
        expect(ErrorCode::usage, "host name", make({{"output", "a"}, {"host", "a b"}}));
        CPPUNIT_ASSERT(folder_.names().empty());
    }
    void show_tells_what_a_file_says() {
        folder_.write("both.pem", certificates_.issued.chain_pem + certificates_.expired.chain_pem);
        const auto shown = show("both.pem");
        CPPUNIT_ASSERT_MESSAGE(shown ? "" : describe(shown.error()), shown.ok());
        const auto& all = *shown->find("certificates")->as_array();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT_EQUAL(std::string("CN=authority"), *all[0].find("issuer")->as_string());
        CPPUNIT_ASSERT(!*all[0].find("expired")->as_bool() && *all[1].find("expired")->as_bool());
        CPPUNIT_ASSERT(printed_.find("(EXPIRED)") != std::string::npos);
        CPPUNIT_ASSERT(printed_.find(fingerprint_of(certificates_.issued).to_string()) !=
                       std::string::npos);
    }
    void show_asks_a_server() {
        ShowingServer server(thread_, connector_);
        const auto shown = show(server.listen(&certificates_.expired));
        CPPUNIT_ASSERT_MESSAGE(shown ? "" : describe(shown.error()), shown.ok());
        CPPUNIT_ASSERT(printed_.find(fingerprint_of(certificates_.expired).to_string()) !=
                       std::string::npos);
        CPPUNIT_ASSERT(known_.load()->all().empty());
    }
    void show_says_what_is_wrong() {
        expect(ErrorCode::not_found, "", show("none.pem"));
        folder_.write("text", "no certificate\n");
        expect(ErrorCode::usage, "no certificate", show("text"));
        ShowingServer server(thread_, connector_);
        expect(ErrorCode::security, "does not speak TLS", show(server.listen(nullptr)));
        expect(ErrorCode::network, "", show("127.0.0.1:1"));
    }
    void pin_takes_a_fingerprint() {
        const auto first = fingerprint_of(certificates_.server).to_string();
        const auto second = fingerprint_of(certificates_.other).to_string();
        CPPUNIT_ASSERT(pin("files.test:1", {{"fingerprint", first}}).ok());
        CPPUNIT_ASSERT_EQUAL("pinned files.test:1 " + first + "\n", printed_);
        CPPUNIT_ASSERT(!*pin("files.test:1", {{"fingerprint", first}})->find("new")->as_bool());
        expect(ErrorCode::exists, "--replace", pin("files.test:1", {{"fingerprint", second}}));
        CPPUNIT_ASSERT(pin("files.test:1", {{"fingerprint", second}, {"replace", "true"}}).ok());
        CPPUNIT_ASSERT(known("files.test:1") == std::vector{fingerprint_of(certificates_.other)});
        expect(ErrorCode::usage, "64 hex digits", pin("files.test:1", {{"fingerprint", "00"}}));
        expect(ErrorCode::usage, "--fingerprint", pin("files.test:1", {{"replace", "true"}}));
    }
    void pin_asks_a_person() {
        ShowingServer server(thread_, connector_);
        const auto host = server.listen(&certificates_.server);
        person_ = false;
        expect(ErrorCode::security, "not trusted", pin(host));
        CPPUNIT_ASSERT(known(host).empty());
        CPPUNIT_ASSERT(asked_.find(fingerprint_of(certificates_.server).to_string()) !=
                       std::string::npos);
        person_ = true;
        CPPUNIT_ASSERT(pin(host).ok());
        CPPUNIT_ASSERT(known(host) == std::vector{fingerprint_of(certificates_.server)});
        asked_.clear();
        CPPUNIT_ASSERT(pin(host).ok());
        CPPUNIT_ASSERT(asked_.empty());
    }
    void pin_without_a_person_refuses_or_trusts_new() {
        ShowingServer server(thread_, connector_);
        const auto host = server.listen(&certificates_.server);
        expect(ErrorCode::security, fingerprint_of(certificates_.server).to_string(), pin(host));
        CPPUNIT_ASSERT(known(host).empty());
        person_ = true;
        waited_for_ = false;  // with "&" nobody is asked
        expect(ErrorCode::security, "--trust-new", pin(host));
        CPPUNIT_ASSERT(asked_.empty());
        CPPUNIT_ASSERT(pin(host, {{"trust-new", "true"}}).ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, known(host).size());
    }
    void pin_refuses_a_changed_certificate_whatever_is_said() {
        ShowingServer server(thread_, connector_);
        const auto host = server.listen(&certificates_.server);
        CPPUNIT_ASSERT(
            known_.remember(*HostPort::parse(host), fingerprint_of(certificates_.other), {}).ok());
        person_ = true;
        expect(ErrorCode::security, "HAS CHANGED", pin(host));
        expect(ErrorCode::security, "HAS CHANGED", pin(host, {{"trust-new", "true"}}));
        CPPUNIT_ASSERT(asked_.empty());
        CPPUNIT_ASSERT(known(host) == std::vector{fingerprint_of(certificates_.other)});
    }
    void list_and_forget_go_by_the_known_hosts() {
        const auto print = fingerprint_of(certificates_.server).to_string();
        CPPUNIT_ASSERT(pin("a.test:1", {{"fingerprint", print}}).ok());
        CPPUNIT_ASSERT(pin("b.test:2", {{"fingerprint", print}}).ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2},
                             run(&CertCommands::list, {})->find("hosts")->as_array()->size());
        CPPUNIT_ASSERT_EQUAL("a.test:1 " + print + "\nb.test:2 " + print + "\n", printed_);
        CPPUNIT_ASSERT(run(&CertCommands::forget, {{"HOST:PORT", "A.test:1"}}).ok());
        expect(ErrorCode::not_found, "not known",
               run(&CertCommands::forget, {{"HOST:PORT", "a.test:1"}}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, known_.load()->all().size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CertCommandsTest);

}  // namespace
}  // namespace gantry::crypto
