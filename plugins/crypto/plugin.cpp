#include <crypto/app/bench_command.h>
#include <crypto/app/cert_commands.h>
#include <crypto/app/digest_command.h>
#include <crypto/app/file_command.h>
#include <crypto/app/keygen_command.h>
#include <crypto/net/access_files.h>
#include <crypto/net/key_files.h>
#include <crypto/net/known_hosts_file.h>
#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_digests.h>
#include <crypto/net/openssl_kdf.h>
#include <crypto/net/openssl_signature.h>
#include <crypto/net/openssl_tls.h>
#include <crypto/net/terminal.h>

#include <gantry/plugin/plugin.h>

#include <optional>
#include <vector>

namespace gantry::crypto {
namespace {

class CryptoPlugin : public Plugin {
  public:
    Result<void> start(Context& context) override {
        known_hosts_.set_path(context.setting("known_hosts").value_or(""));
        commands_.emplace(*this, context);
        for (auto done :
             {provide<DigestService>(context, digests_), provide<AeadService>(context, aead_),
              provide<KdfService>(context, kdf_), provide<SignatureService>(context, signature_),
              provide<KeyFileService>(context, key_files_), provide<TlsService>(context, tls_),
              provide<TrustStore>(context, known_hosts_), provide<AccessService>(context, access_),
              provide<PersonService>(context, person_),
              bind(context, "crypto digest", commands_->digest),
              bind(context, "crypto keygen", commands_->keygen),
              bind(context, "crypto encrypt", commands_->encrypt),
              bind(context, "crypto decrypt", commands_->decrypt),
              bind(context, "crypto bench", commands_->bench),
              bind_cert(context, "crypto cert new", &CertCommands::make),
              bind_cert(context, "crypto cert show", &CertCommands::show),
              bind_cert(context, "crypto cert pin", &CertCommands::pin),
              bind_cert(context, "crypto cert list", &CertCommands::list),
              bind_cert(context, "crypto cert forget", &CertCommands::forget)})
            if (!done) return done;
        return {};
    }
    void stop(Duration, Task done) override {
        while (!held_.empty()) held_.pop_back();  // commands before services
        (void)done();
    }

  private:
    struct Commands {
        Commands(CryptoPlugin& plugin, Context& context)
            : parts{plugin.aead_,
                    plugin.kdf_,
                    [&context](const std::string& folder, bool make) {
                        return context.open_store(folder, make);
                    },
                    [&context]() -> BlockingPool& { return context.blocking_pool(); },
                    context.loop(),
                    context.random()},
              digest(plugin.digests_),
              keygen(plugin.kdf_, context.random()),
              encrypt(parts),
              decrypt(parts),
              bench(plugin.aead_, plugin.digests_, context.clock()),
              cert({{plugin.tls_, context.connector(), context.loop()},
                    context.clock(),
                    plugin.known_hosts_,
                    {can_ask_at_terminal, ask_yes_or_no}}) {}
        FileParts parts;
        DigestCommand digest;
        KeygenCommand keygen;
        EncryptCommand encrypt;
        DecryptCommand decrypt;
        BenchCommand bench;
        CertCommands cert;
    };

    template <class Service>
    Result<void> provide(Context& context, Service& service) {
        return keep(context.services().provide<Service>(service));
    }
    template <class Command>
    Result<void> bind(Context& context, std::string_view name, Command& command) {
        return keep(context.bind_command(
            name, [&command](std::unique_ptr<CommandCall> call) { command.run(*call); }));
    }
    Result<void> bind_cert(Context& context, std::string_view name,
                           Result<Value> (CertCommands::*run)(CommandCall&)) {
        return keep(bind_blocking(context, name, [this, run](CommandCall& call) {
            return (commands_->cert.*run)(call);
        }));
    }
    Result<void> keep(Result<Registration> made) {
        if (!made) return std::move(made).error();
        held_.push_back(std::move(*made));
        return {};
    }

    CoreDumpShield shield_;
    OpensslDigests digests_;
    OpensslAead aead_{shield_};
    OpensslKdf kdf_{shield_};
    OpensslSignature signature_{shield_};
    KeyFiles key_files_{kdf_};
    OpensslTls tls_{shield_};
    KnownHostsFile known_hosts_;
    AccessFiles access_;
    TerminalPerson person_;
    std::optional<Commands> commands_;
    std::vector<Registration> held_;
};

}  // namespace
}  // namespace gantry::crypto

GANTRY_PLUGIN(gantry::crypto::CryptoPlugin)
