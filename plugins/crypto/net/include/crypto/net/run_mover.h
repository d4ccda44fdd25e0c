#pragma once

#include <crypto/net/run_sink.h>
#include <crypto/net/run_source.h>
#include <gantry/job/blocking_pool.h>
#include <gantry/job/job.h>

#include <atomic>
#include <mutex>
#include <optional>

namespace gantry::crypto {

// What move_runs() works with; all is the caller's.
struct RunMove {
    AeadService& aead;
    AeadAlgorithm cipher;
    ByteView key;
    Form to;  // sealed: encrypts; text: decrypts
    RunSource& source;
    RunSink& sink;
    Job& job;  // gets the progress, and is asked whether to stop
    BlockingPool& pool;
    EventLoop& loop;
};

// Moves all runs from source to sink on as many cores as there are, sealing or opening them on the
// way, and answers how many bytes of text they were. No run is put before all of it is authentic.
// The error is that of the first run that failed; ErrorCode::cancelled when the job was. Blocks.
Result<std::uint64_t> move_runs(const RunMove& move);

}  // namespace gantry::crypto
