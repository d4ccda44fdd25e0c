#pragma once

#include <crypto/app/file_command.h>
#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_kdf.h>
#include <crypto/net/private_file.h>
#include <crypto/wire/key_file.h>
#include <host/system/asio_loop.h>
#include <host/system/folder_store.h>
#include <host/system/kernel_random.h>
#include <host/system/thread_pool.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/fake_call.h>
#include <support/pattern.h>
#include <support/temporary_folder.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::crypto {

using testing::pattern;

// The commands on files over real files and threads, and the two keys "key" and "other".
class FileFixture : public CppUnit::TestFixture {
  protected:
    using Words = std::vector<std::pair<const char*, std::string>>;
    using Ended = std::unique_ptr<testing::FakeCall>;

    FileFixture() {
        write_key("key", std::byte{1});
        write_key("other", std::byte{2});
        folder_.write("passphrase", "open sesame\n");
    }
    void write_key(const std::string& name, std::byte value) {
        KeyFile key{"", Secret(KeyFile::kSecretSize)};
        std::ranges::fill(key.secret.bytes(), value);
        CPPUNIT_ASSERT(
            create_private_file((folder_ / name).string(), name, key.encode().view()).ok());
    }
    template <class Command>
    Ended run(const std::string& in, const std::string& out, const Words& options = {},
              const std::string& input = {}) {
        auto call = std::make_unique<testing::FakeCall>(folder_.path().string());
        call->given.add_operand("IN", in);
        call->given.add_option("output", out);
        call->input.text = input;
        call->input.step = 100'000;
        for (const auto& [name, value] : options) call->given.add_option(name, value);
        Command(parts_).run(*call);
        CPPUNIT_ASSERT_EQUAL(1, call->ends);
        return call;
    }
    Ended encrypt(const std::string& in, const std::string& out,
                  const Words& options = {{"key-file", "key"}}, const std::string& input = {}) {
        return run<EncryptCommand>(in, out, options, input);
    }
    Ended decrypt(const std::string& in, const std::string& out,
                  const Words& options = {{"key-file", "key"}}, const std::string& input = {}) {
        return run<DecryptCommand>(in, out, options, input);
    }
    static void fine(const Ended& call) {
        CPPUNIT_ASSERT_MESSAGE(call->error ? describe(*call->error) : "", !call->error);
    }
    static void failed(ErrorCode code, const Ended& call) {
        CPPUNIT_ASSERT(call->error.has_value());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(*call->error), std::string(error_name(code)),
                                     std::string(error_name(call->error->code)));
    }
    // That nothing is there but the files that setUp and the test itself made.
    void only(std::vector<std::string> own) {
        for (const auto* name : {"key", "other", "passphrase"}) own.emplace_back(name);
        std::ranges::sort(own);
        CPPUNIT_ASSERT(folder_.names() == own);
    }
    testing::TemporaryFolder folder_;
    CoreDumpShield shield_;
    OpensslAead aead_{shield_};
    OpensslKdf kdf_{shield_};
    host::AsioLoop loop_;
    host::ThreadPool pool_{"pool", 4};
    host::KernelRandom random_;
    FileParts parts_{
        aead_,
        kdf_,
        [](const std::string& folder, bool make) { return host::open_folder_store(folder, make); },
        [this]() -> BlockingPool& { return pool_; },
        loop_,
        random_};
};

}  // namespace gantry::crypto
