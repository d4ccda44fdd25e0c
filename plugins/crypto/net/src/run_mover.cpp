#include <crypto/net/run_mover.h>
#include <crypto/net/run_together.h>

namespace gantry::crypto {
namespace {

// The part that the threads share.
class Mover {
  public:
    explicit Mover(const RunMove& move) : move_(move) {}

    void work() {
        auto ended = guarded([this] {
            if (auto moved = move_all(); !moved) fail(0, std::move(moved).error());
        });
        if (!ended) fail(0, std::move(ended).error());
    }
    Result<std::uint64_t> outcome() {
        if (error_) return *std::move(error_);
        return done_;
    }

  private:
    Result<void> move_all();
    Result<void> move_one(ChunkStream& stream, const ChunkRun& run, ByteSpan bytes);
    void report(const ChunkRun& run);
    void fail(std::uint64_t number, Error error);

    const RunMove& move_;
    std::mutex mutex_;
    std::uint64_t done_ = 0;
    std::optional<Error> error_;
    std::uint64_t failed_run_ = 0;
    std::atomic<bool> stopping_ = false;
};

// Answers what fails outside of a run.
Result<void> Mover::move_all() {
    const auto key = move_.aead.create(move_.cipher, move_.key);
    if (!key) return key.error();
    ChunkStream stream(**key);
    std::vector<std::byte> room(kRunSize);
    while (!stopping_) {
        if (move_.job.cancel_requested())
            return make_error(ErrorCode::cancelled, "crypto", "cancelled");
        const auto run = move_.source.next(room);
        if (!run) return run.error();
        if (!*run) return {};
        if (auto moved = move_one(stream, **run, ByteSpan(room).first((*run)->size)); !moved)
            fail((*run)->number, std::move(moved).error());
        else
            report(**run);
    }
    return {};
}

Result<void> Mover::move_one(ChunkStream& stream, const ChunkRun& run, ByteSpan bytes) {
    const auto first = run.number * kRunChunks;
    auto changed = move_.to == Form::sealed ? stream.seal(first, bytes, run.ends)
                                            : stream.unseal(first, bytes, run.ends);
    if (!changed) return changed;
    return move_.sink.put(run, bytes);
}

void Mover::report(const ChunkRun& run) {
    const auto tags = (run.size + kChunkSize - 1) / kChunkSize * kAeadTagSize;
    const std::lock_guard lock(mutex_);
    done_ += run.size - tags;
    move_.job.progress(ByteCount(done_));
}

// Runs before this one may still be on their way, and fail too.
void Mover::fail(std::uint64_t number, Error error) {
    stopping_ = true;
    move_.sink.stop_at(number);
    const std::lock_guard lock(mutex_);
    if (error_ && failed_run_ <= number) return;
    error_ = std::move(error);
    failed_run_ = number;
}

}  // namespace

Result<std::uint64_t> move_runs(const RunMove& move) {
    Mover mover(move);
    run_together(move.pool, move.loop, useful_helpers(), [&] { mover.work(); });
    return mover.outcome();
}

}  // namespace gantry::crypto
