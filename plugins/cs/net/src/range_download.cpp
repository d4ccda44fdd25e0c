#include <cs/net/range_download.h>

namespace gantry::cs {

namespace {

constexpr std::uint64_t kShortFile = 64 * 1024;  // bytes that are written in no time

}  // namespace

struct RangeDownload::Work {
    Options options;
    FileResponse response;
    std::unique_ptr<RangeWriter> writer;
    std::shared_ptr<ChunkOpener> opener;  // null: the bytes come as they are

    Result<void> open() {
        if (writer) return {};
        auto opened = RangeWriter::open(options.file, response, options.offset, options.digests);
        if (!opened) return std::move(opened).error();
        writer = std::move(*opened);
        return {};
    }
    Result<Progress> take(News& news) {
        if (auto opened = open(); !opened) return std::move(opened).error();
        for (const auto& piece : news.pieces)
            if (auto told = writer->tell(piece); !told) return std::move(told).error();
        if (auto written = write(news.parts); !written) return std::move(written).error();
        news.parts.clear();  // the network may use the blocks again
        if (!news.end) return Progress();
        auto outcome = writer->finish(*news.end);
        if (!outcome) return std::move(outcome).error();
        if (options.finishes && outcome->bad.empty()) {
            auto file = options.file->finish(outcome->bytes, outcome->check);
            if (!file) return std::move(file).error();
            outcome->file = std::move(*file);
        }
        return Progress(std::move(*outcome));
    }
    Result<void> write(const std::vector<Part>& parts) {
        if (opener) return write_sealed(parts);
        std::vector<ByteView> views;
        views.reserve(parts.size());
        for (const auto& part : parts) views.push_back(part.bytes);
        return views.empty() ? Result<void>() : writer->write(views);
    }
    // Part by part: what is opened lies where it came, or with the opener until the next part.
    Result<void> write_sealed(const std::vector<Part>& parts) {
        for (const auto& part : parts) {
            auto texts = opener->feed(part.bytes);
            if (!texts) return std::move(texts).error();
            if (texts->empty()) continue;
            if (auto written = writer->write(*texts); !written) return written;
        }
        return {};
    }
};

RangeDownload::RangeDownload(PoolRunner& pool, Options options, Callbacks callbacks)
    : pool_(pool),
      work_(std::make_shared<Work>(Work{std::move(options), {}, {}, {}})),
      callbacks_(std::move(callbacks)) {}

void RangeDownload::cancel(Error reason) { fail(std::move(reason), ErrorDetail::none); }

void RangeDownload::file_sealed(std::shared_ptr<ChunkOpener> opener) {
    work_->opener = std::move(opener);
}

void RangeDownload::file_began(const FileResponse& response) {
    if (failure_) return;
    work_->response = response;
    (void)callbacks_.began(response);
}

void RangeDownload::file_bytes(std::uint64_t, ByteView bytes, const ReceiveBuffer& buffer) {
    if (failure_) return;
    const auto from = static_cast<std::size_t>(bytes.data() - buffer->data());
    news_.parts.push_back({ByteSpan(*buffer).subspan(from, bytes.size()), buffer});
}

void RangeDownload::file_piece(const PieceMessage& piece) {
    if (!failure_) news_.pieces.push_back(piece);
}

void RangeDownload::file_ended(const FileEnd& end) { news_.end = end; }

void RangeDownload::failed(Error error, ErrorDetail detail) { fail(std::move(error), detail); }

void RangeDownload::settled() { work(); }

void RangeDownload::work() {
    if (working_ || done_) return;
    if (news_.empty()) {
        if (failure_) report(*failure_, detail_);
        return;
    }
    working_ = true;
    const bool is_short = news_.end && work_->response.size <= kShortFile;
    auto take = [work = work_, news = std::exchange(news_, {})]() mutable {
        return work->take(news);
    };
    auto next = [self = shared_from_this()](Result<Progress> outcome) {
        self->worked(std::move(outcome));
    };
    if (is_short)
        pool_.run_short(std::move(take), std::move(next));
    else
        pool_.run(std::move(take), std::move(next));
}

void RangeDownload::worked(Result<Progress> outcome) {
    working_ = false;
    if (!outcome) {
        news_ = {};
        if (!failure_) failure_ = std::move(outcome).error();
        return work();
    }
    const auto written = work_->writer->written();
    const auto more = written - std::exchange(told_, written);
    if (more > 0) (void)callbacks_.progress(more);
    if (!*outcome) return work();
    report(std::move(**outcome), ErrorDetail::none);  // it is there, whatever failed meanwhile
}

// What has come is written first: it need not come again.
void RangeDownload::fail(Error error, ErrorDetail detail) {
    if (failure_ || done_) return;
    failure_ = std::move(error);
    detail_ = detail;
    work();
}

void RangeDownload::report(Result<RangeOutcome> outcome, ErrorDetail detail) {
    if (std::exchange(done_, true)) return;
    auto done = std::move(callbacks_.done);
    (void)done(std::move(outcome), detail);
}

}  // namespace gantry::cs
