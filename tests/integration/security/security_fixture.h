#pragma once

#include "cs_fixture.h"

namespace gantry::testing {

// What the tests of secured transfers share: a home with keys and certificates, and a folder "srv".
class SecurityFixture : public CsFixture {
  public:
    void setUp() override { home_.write("srv/a.txt", "hello\n"); }

  protected:
    static constexpr int kUsage = 2, kSecurity = 6;

    // Serves "srv".
    CsServer serve(std::vector<std::string> more) const {
        std::vector<std::string> words{"cs", "serve", "srv", "--listen", "127.0.0.1:0"};
        words.insert(words.end(), more.begin(), more.end());
        return CsServer(gantry_command(std::move(words), home_.path()));
    }
    // A certificate that vouches for itself; its fingerprint.
    std::string certificate(const std::string& name) const {
        const auto end = run({"crypto", "cert", "new", "-o", name});
        succeeded(end);
        return end.out.substr(0, end.out.find('\n'));
    }
    void key(const std::string& name, const std::string& holder) const {
        succeeded(run({"crypto", "keygen", "-o", name, "--name", holder}));
    }
    void openssl(std::vector<std::string> words) const {
        words.insert(words.begin(), "/usr/bin/openssl");
        const auto end = run_process({std::move(words), {}, home_.path().string(), {}});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(end.err, 0, end.status.value_or(-1));
    }
    // `ca.pem`, and a certificate of its for 127.0.0.1, with its key, of mode 0600.
    void issue(const std::string& name, const std::string& subject) const {
        if (!std::filesystem::exists(home_ / "ca.pem"))
            openssl({"req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "ca.key", "-out",
                     "ca.pem", "-subj", "/CN=authority"});
        home_.write("san", "subjectAltName=IP:127.0.0.1\n");
        openssl({"req", "-newkey", "ed25519", "-nodes", "-keyout", "k", "-out", "r", "-subj",
                 "/CN=" + subject});
        openssl({"x509", "-req", "-in", "r", "-CA", "ca.pem", "-CAkey", "ca.key", "-out", "c",
                 "-extfile", "san"});
        join("k", "c", name);
    }
    // One that expired yesterday; its fingerprint.
    std::string expired(const std::string& name) const {
        openssl({"req", "-newkey", "ed25519", "-nodes", "-keyout", "k", "-out", "r", "-subj",
                 "/CN=old"});
        openssl({"x509", "-req", "-in", "r", "-signkey", "k", "-days", "-1", "-out", "c"});
        join("k", "c", name);
        const auto shown = run({"crypto", "cert", "show", name}).out;
        return shown.substr(shown.find("sha256:"), 71);
    }
    ProcessEnd get(const CsServer& server, std::vector<std::string> more) const {
        more.insert(more.begin(), {"cs", "get", server.url("a.txt"), "-o", "got.txt"});
        return run(std::move(more));
    }
    void fetched(const ProcessEnd& end) const {
        succeeded(end);
        CPPUNIT_ASSERT_EQUAL(std::string("hello\n"), home_.read("got.txt"));
        std::filesystem::remove(home_ / "got.txt");
    }
    void refused(const ProcessEnd& end, const std::vector<std::string>& words) const {
        failed(end, kSecurity, words);
        CPPUNIT_ASSERT(!std::filesystem::exists(home_ / "got.txt"));
    }

  private:
    void join(const std::string& first, const std::string& second, const std::string& name) const {
        home_.write(name, home_.read(first) + home_.read(second));
        std::filesystem::permissions(
            home_ / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
};

}  // namespace gantry::testing
