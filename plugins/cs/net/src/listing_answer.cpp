#include <cs/net/catalogue_reader.h>
#include <cs/net/limits.h>
#include <cs/net/listing_answer.h>
#include <cs/net/listing_reader.h>

namespace gantry::cs {

ListingAnswer::ListingAnswer(ServerResources& resources, AnswerSink sink, ListingWanted wanted)
    : resources_(resources), sink_(std::move(sink)), wanted_(std::move(wanted)) {}

void ListingAnswer::start() {
    resources_.pool.run(
        [&store = resources_.store, wanted = wanted_] {
            return wanted.catalogue ? CatalogueReader::open(store)
                                    : open_listing(store, wanted.request);
        },
        [weak = weak_from_this()](Result<std::unique_ptr<EntryReader>> outcome) {
            if (const auto self = weak.lock()) self->opened(std::move(outcome));
        });
}

void ListingAnswer::opened(Result<std::unique_ptr<EntryReader>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    reader_ = std::move(*outcome);
    sink_.core.begin_listing(wanted_.id);
    told_ = resources_.loop.now();
    read_more();
}

void ListingAnswer::refuse(Error error) {
    ended_ = true;
    error_ = std::move(error);
    sink_.core.refuse(wanted_.id, *error_);
    (void)sink_.changed();
}

void ListingAnswer::advance(std::uint64_t) {
    if (reader_ && !reading_ && !ended_) read_more();
}

void ListingAnswer::read_more() {
    if (!sink_.core.wants_entries(wanted_.id)) return;
    reading_ = true;
    resources_.pool.run([reader = reader_] { return reader->read_step(); },
                        [weak = weak_from_this()](Result<std::vector<ListingEntry>> entries) {
                            const auto self = weak.lock();
                            if (!self) return;
                            self->reading_ = false;
                            if (!entries) return self->refuse(std::move(entries).error());
                            self->add(*entries);
                        });
}

void ListingAnswer::add(const std::vector<ListingEntry>& entries) {
    count_ += entries.size();
    if (entries.empty())
        show_life();
    else
        tell(entries);
    if (reader_->complete()) {
        ended_ = true;
        sink_.core.finish_listing(wanted_.id, reader_->end());
    }
    advance(0);
    (void)sink_.changed();
}

// A long search that finds nothing must not look like a server that has gone.
void ListingAnswer::show_life() {
    if (!wanted_.catalogue && resources_.loop.now() - told_ >= limits::kShowLife) tell({});
}

void ListingAnswer::tell(std::span<const ListingEntry> entries) {
    told_ = resources_.loop.now();
    sink_.core.add_entries(wanted_.id, entries);
}

}  // namespace gantry::cs
