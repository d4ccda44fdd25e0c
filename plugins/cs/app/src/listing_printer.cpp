#include <cs/app/listing_printer.h>

#include <algorithm>
#include <iterator>

namespace gantry::cs {

void ListingPrinter::entries_from(std::vector<ListingEntry> part, const ReceiveBuffer& buffer) {
    if (error_) return;
    if (!outcome_.streamed) {
        std::move(part.begin(), part.end(), std::back_inserter(outcome_.entries));
        if (outcome_.entries.size() <= keep_) return;
        outcome_.streamed = true;
        part = std::exchange(outcome_.entries, {});
        (void)streams_();
    }
    parts_.push_back({std::move(part), buffer});
    write_next();
}

void ListingPrinter::listing_ended(const ListingEnd& end) {
    ended_ = true;
    outcome_.skipped = end.skipped;
    outcome_.cursor = end.cursor;
    finish_if_over();
}

void ListingPrinter::failed(Error error, ErrorDetail) {
    if (!error_) error_ = std::move(error);
    finish_if_over();
}

void ListingPrinter::cancel(Error reason) {
    parts_.clear();
    failed(std::move(reason), ErrorDetail::none);
}

void ListingPrinter::write_next() {
    if (writing_ || parts_.empty()) return;
    writing_ = true;
    auto part = std::make_shared<Part>(std::move(parts_.front()));
    parts_.pop_front();
    pool_.run(
        [self = shared_from_this(), part]() -> Result<void> {
            auto outcome = self->write_(part->entries);
            *part = {};
            return outcome;
        },
        [self = shared_from_this()](Result<void> outcome) { self->written(std::move(outcome)); });
}

void ListingPrinter::written(Result<void> outcome) {
    writing_ = false;
    if (!outcome) return cancel(std::move(outcome).error());
    write_next();
    finish_if_over();
}

void ListingPrinter::finish_if_over() {
    const bool over = !writing_ && parts_.empty() && (ended_ || error_);
    if (!over || !done_) return;
    const auto self = shared_from_this();
    auto done = std::move(done_);
    if (error_) return (void)done(std::move(*error_));
    std::ranges::sort(outcome_.entries, {}, &ListingEntry::name);
    (void)done(std::move(outcome_));
}

}  // namespace gantry::cs
