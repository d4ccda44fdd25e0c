#pragma once

#include <crypto/app/command_input.h>
#include <crypto/app/command_target.h>
#include <crypto/app/file_parts.h>
#include <crypto/net/run_mover.h>
#include <crypto/wire/file_header.h>

namespace gantry::crypto {

// What `crypto encrypt` and `crypto decrypt` share: blocking commands from IN to --output. Several
// calls may run at once.
//
// Result: {"path","bytes","files":1,"cipher","key"}, with the bytes of the text and "key" one of
// "key file", "passphrase".
class FileCommand {
  public:
    explicit FileCommand(FileParts& parts) : parts_(parts) {}
    virtual ~FileCommand() = default;
    void run(CommandCall& call);

  protected:
    // One run's places, and the header of the encrypted side.
    struct Run {
        CommandCall& call;
        CommandInput input;
        CommandTarget target;
        FileHeader header;
    };
    // Fills in or reads and checks the header; answers the key of the chunks.
    virtual Result<Secret> prepare(Run& run) = 0;
    // What the target gets, text or sealed.
    virtual Form to() const noexcept = 0;

    FileParts& parts_;

  private:
    Result<Value> convert(CommandCall& call);
    Result<std::unique_ptr<RunSource>> source_of(Run& run) const;
    Result<std::uint64_t> move(Run& run, ByteView key);
};

// `crypto encrypt IN -o OUT [--key-file F | --passphrase-file F] [--cipher NAME] [--no-clobber]`
class EncryptCommand : public FileCommand {
  public:
    using FileCommand::FileCommand;

  private:
    Result<Secret> prepare(Run& run) override;
    Form to() const noexcept override { return Form::sealed; }
};

// `crypto decrypt IN -o OUT [--key-file F | --passphrase-file F] [--no-clobber]`
class DecryptCommand : public FileCommand {
  public:
    using FileCommand::FileCommand;

  private:
    Result<Secret> prepare(Run& run) override;
    Form to() const noexcept override { return Form::text; }
};

}  // namespace gantry::crypto
