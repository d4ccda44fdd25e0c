#include <crypto/net/run_sink.h>

#include <algorithm>

namespace gantry::crypto {

Result<void> FileSink::put(const ChunkRun& run, ByteView bytes) {
    auto written =
        file_.write_at(offset_ + run.number * unit_of(form_), parts_of<ByteView>(bytes, form_));
    if (!written) written.error().context = name_;
    return written;
}

Result<void> StreamSink::put(const ChunkRun& run, ByteView bytes) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return next_ == run.number || run.number >= end_; });
    if (run.number >= end_) return {};
    for (const auto part : parts_of<ByteView>(bytes, form_))
        if (auto written = write_(as_text(part)); !written) return written;
    ++next_;
    changed_.notify_all();
    return {};
}

void StreamSink::stop_at(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    end_ = std::min(end_, number);
    changed_.notify_all();
}

}  // namespace gantry::crypto
