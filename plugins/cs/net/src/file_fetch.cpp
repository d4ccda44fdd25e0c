#include <cs/net/file_fetch.h>
#include <cs/net/interruption.h>

#include <algorithm>
#include <limits>

namespace gantry::cs {

namespace {

constexpr auto kToTheEnd = std::numeric_limits<std::uint64_t>::max();

}  // namespace

FileFetch::FileFetch(PoolRunner& pool, Channels channels, Options options, Callbacks callbacks)
    : pool_(pool),
      channels_(std::move(channels)),
      options_(std::move(options)),
      callbacks_(std::move(callbacks)),
      file_(std::make_shared<PartialFile>(options_.file)) {}

void FileFetch::start() { options_.small ? ask_all() : find_earlier(); }

void FileFetch::ask_all() {
    add({0, kToTheEnd});
    ask_more();
}

void FileFetch::find_earlier() {
    busy_ = true;
    pool_.run([file = file_] { return file->find_earlier(); },
              [self = shared_from_this()](Result<bool> outcome) { self->looked(outcome); });
}

void FileFetch::looked(const Result<bool>& found) {
    busy_ = false;
    if (!found) return fail(found.error(), ErrorDetail::none);
    *found ? recheck() : ask_all();
}

void FileFetch::recheck() {
    if (failure_) return conclude();
    busy_ = true;
    pool_.run([file = file_] { return file->recheck(); },
              [self = shared_from_this()](Result<bool> outcome) { self->rechecked(outcome); });
}

void FileFetch::rechecked(const Result<bool>& all) {
    busy_ = false;
    if (!all) return fail(all.error(), ErrorDetail::none);
    *all ? go_on() : recheck();
}

// The server is asked even when nothing is missing: it knows whether the file is still the same.
void FileFetch::go_on() {
    size_ = file_->size();
    expect_ = file_->expected();
    (void)callbacks_.size(*size_);
    if (file_->present() > 0) (void)callbacks_.progress(file_->present());
    for (const auto& span : file_->missing()) add(span);
    if (todo_.empty()) todo_.push_back({0, 0});
    ask_more();
}

// With several channels a range is cut into parts for all of them.
void FileFetch::add(FileSpan span) {
    const bool whole = channels_.size() == 1;
    for (; !whole && span.count > options_.range; span.count -= options_.range) {
        todo_.push_back({span.offset, options_.range});
        if (span.count == kToTheEnd) return;  // the rest follows when its size is known
        span.offset += options_.range;
    }
    todo_.push_back(span);
}

void FileFetch::ask_more() {
    const auto self = shared_from_this();
    while (!failure_ && !todo_.empty()) {
        const auto channel = free_channel();
        if (!channel) break;
        const auto span = todo_.front();
        todo_.pop_front();
        ask(*channel, span);
    }
    conclude();
}

// The usable one with the fewest requests; nothing when each has enough. Ranges beyond the first
// wait until the file is known.
std::optional<std::size_t> FileFetch::free_channel() const {
    if (!size_ && !running_.empty()) return std::nullopt;
    std::vector<std::size_t> open(channels_.size(), 0);
    for (const auto& [key, range] : running_) ++open[range.channel];
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < channels_.size(); ++i)
        if (channels_[i]->usable() && (!best || open[i] < open[*best])) best = i;
    if (!best && running_.empty()) return 0;  // which tells why it is not usable
    return best && open[*best] < limits::kRangesAtOnce ? best : std::nullopt;
}

FileRequest FileFetch::request_for(const FileSpan& span) const {
    FileRequest request;
    request.path = options_.remote;
    const auto best = options_.file.digests ? CheckAlgorithm::merkle : CheckAlgorithm::crc32c;
    request.check = options_.file.verify ? best : CheckAlgorithm::none;
    request.pieces = !options_.small && request.check == CheckAlgorithm::merkle;
    request.offset = span.offset;
    if (span.count != kToTheEnd) request.count = span.count;
    request.expect = expect_;
    return request;
}

void FileFetch::ask(std::size_t channel, const FileSpan& span) {
    Result<RequestChannel::Request> request = request_for(span);
    if (options_.sealed) request = options_.sealed->ask(request_for(span));
    if (!request) return fail(std::move(request).error(), ErrorDetail::none);
    const auto key = ++last_key_;
    const auto self = shared_from_this();
    RangeDownload::Callbacks callbacks{
        [self](const FileResponse& response) { self->began(response); },
        [self](std::uint64_t more) { (void)self->callbacks_.progress(more); },
        [self, key](Result<RangeOutcome> outcome, ErrorDetail detail) {
            self->range_done(key, std::move(outcome), detail);
        }};
    RangeDownload::Options options{file_, span.offset, options_.file.digests, options_.small};
    auto download =
        std::make_shared<RangeDownload>(pool_, std::move(options), std::move(callbacks));
    running_[key] = {download, channel, span};
    channels_[channel]->ask(std::move(*request), std::move(download));
}

void FileFetch::began(const FileResponse& response) {
    if (size_ || failure_) return;
    size_ = response.size;
    expect_ = response.identity;
    (void)callbacks_.size(response.size);
    const auto asked = running_.empty() ? 0 : running_.begin()->second.span.count;
    if (asked != kToTheEnd && response.size > asked) add({asked, response.size - asked});
    ask_more();
}

void FileFetch::range_done(std::uint64_t key, Result<RangeOutcome> outcome, ErrorDetail detail) {
    const auto self = shared_from_this();
    const auto range = running_.extract(key).mapped();
    if (outcome) {
        take_outcome(range.span, std::move(*outcome));
    } else {
        // It may have failed on this side, with more of the answer to come.
        channels_[range.channel]->forget(*range.download);
        lost(range, std::move(outcome).error(), detail);
    }
    ask_more();
}

void FileFetch::take_outcome(const FileSpan& span, RangeOutcome outcome) {
    const auto bad = std::exchange(outcome.bad, {});
    if (span.count == kToTheEnd) whole_ = std::move(outcome);
    for (const auto piece : bad) {
        if (++tries_[piece] == limits::kPieceTries)
            return fail(
                make_error(ErrorCode::integrity, "cs",
                           "a part of the file arrived damaged again and again", options_.remote),
                ErrorDetail::none);
        const auto offset = piece * PieceMessage::kPiece;
        todo_.push_back({offset, std::min(PieceMessage::kPiece, *size_ - offset)});
    }
}

// What was not written is asked of another channel, if there is one.
void FileFetch::lost(const Running& range, Error error, ErrorDetail detail) {
    const bool others = std::ranges::any_of(channels_, [](const auto& c) { return c->usable(); });
    if (!others || !size_ || channels_[range.channel]->usable() || !is_interruption(error))
        return fail(std::move(error), detail);
    const auto done = range.download->written() / PieceMessage::kPiece * PieceMessage::kPiece;
    const auto count = std::min(range.span.count, *size_ - range.span.offset);
    if (done < count) todo_.push_front({range.span.offset + done, count - done});
}

void FileFetch::cancel(Error reason) {
    const auto self = shared_from_this();
    fail(std::move(reason), ErrorDetail::none);
}

void FileFetch::fail(Error error, ErrorDetail detail) {
    if (failure_ || done_) return;
    failure_ = std::move(error);
    detail_ = detail;
    const auto running = running_;
    for (const auto& [key, range] : running) {
        channels_[range.channel]->forget(*range.download);
        range.download->cancel(*failure_);
    }
    conclude();
}

void FileFetch::conclude() {
    if (busy_ || done_ || !running_.empty()) return;
    if (failure_) return give_up();
    if (todo_.empty()) finish();
}

void FileFetch::finish() {
    if (whole_ && whole_->file) return report(std::move(*whole_->file));
    busy_ = true;
    const auto whole = whole_.value_or(RangeOutcome{size_.value_or(0), {}, {}, {}});
    pool_.run([file = file_, whole] { return file->finish(whole.bytes, whole.check); },
              [self = shared_from_this()](Result<FileOutcome> outcome) {
                  self->busy_ = false;
                  if (!outcome) return self->fail(std::move(outcome).error(), ErrorDetail::none);
                  self->report(std::move(outcome));
              });
}

// Takes back what cannot be gone on with, on the pool, and then says so.
void FileFetch::give_up() {
    busy_ = true;
    const bool changed = failure_->code == ErrorCode::source_changed;
    const bool stale = changed && file_->present() == 0;
    if (changed && !stale) failure_ = source_changed_since(options_.remote);
    pool_.run(
        [file = std::move(file_), stale]() mutable -> Result<std::uint64_t> {
            if (stale) file->drop();
            const auto here = stale ? 0 : file->kept();
            file.reset();
            return here;
        },
        [self = shared_from_this()](Result<std::uint64_t> here) {
            self->gave_up(std::move(here));
        });
}

void FileFetch::gave_up(const Result<std::uint64_t>& here) {
    const bool kept = here && *here > 0 && size_;
    if (kept && is_interruption(*failure_))
        failure_ = interrupted(*failure_, format_size(ByteCount(*here)) + " of " +
                                              format_size(ByteCount(*size_)) + " are here");
    report(*failure_);
}

void FileFetch::report(Result<FileOutcome> outcome) {
    if (std::exchange(done_, true)) return;
    file_.reset();
    auto done = std::move(callbacks_.done);
    (void)done(std::move(outcome), detail_);
}

}  // namespace gantry::cs
