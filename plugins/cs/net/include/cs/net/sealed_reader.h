#pragma once

#include <cs/core/sealed_answer.h>
#include <cs/net/file_reader.h>

#include <memory>
#include <optional>
#include <vector>

namespace gantry::cs {

// The blocking half of sending an encrypted file: reads the range, checks it and seals it, step by
// step. One thread at a time.
class SealedReader {
  public:
    // What one step made.
    struct Step {
        Bytes chunks;               // the next ones, sealed
        std::vector<Bytes> pieces;  // sealed
        std::optional<Bytes> end;   // sealed: there is no more
    };

    // Null when the path names a folder. `key` is the one that the request was admitted for.
    // Errors: those of FileReader::open and of SealedAnswer::begin.
    static Result<std::unique_ptr<SealedReader>> open(FileStore& store, const SealedAsk& ask,
                                                      const MakeDigest& digests,
                                                      std::shared_ptr<const SealKey> key,
                                                      const SealRandom& random);
    ByteView response_body() const noexcept { return answer_->response_body(); }
    std::uint64_t size() const noexcept { return sealed_size(reader_->span().count); }

    // Reads at most limits::kSealStep bytes. `spare` is an earlier step's memory, to be used again.
    // Errors: those of FileReader::read_into.
    Result<Step> next(Bytes spare);

  private:
    SealedReader(std::unique_ptr<FileReader> reader, std::unique_ptr<SealedAnswer> answer)
        : reader_(std::move(reader)), answer_(std::move(answer)) {}
    Result<Bytes> read_chunks(Bytes room);

    std::unique_ptr<FileReader> reader_;
    std::unique_ptr<SealedAnswer> answer_;
};

}  // namespace gantry::cs
