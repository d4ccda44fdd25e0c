#include <cs/net/catalogue_reader.h>
#include <cs/net/limits.h>
#include <cs/net/listing_answer.h>
#include <cs/net/listing_reader.h>

namespace gantry::cs {

void ListingAnswer::start() {
    run(
        [&store = resources().store, wanted = wanted_] {
            return wanted.catalogue ? CatalogueReader::open(store)
                                    : open_listing(store, wanted.request);
        },
        &ListingAnswer::opened);
}

void ListingAnswer::opened(Result<std::unique_ptr<EntryReader>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    reader_ = std::move(*outcome);
    sink_.core.begin_listing(wanted_.id);
    told_ = resources().loop.now();
    read_more();
}

void ListingAnswer::advance(std::uint64_t) {
    if (reader_ && !reading_ && !ended_) read_more();
}

void ListingAnswer::read_more() {
    if (!sink_.core.wants_entries(wanted_.id)) return;
    reading_ = true;
    run([reader = reader_] { return reader->read_step(); }, &ListingAnswer::took_step);
}

void ListingAnswer::took_step(Result<std::vector<ListingEntry>> entries) {
    reading_ = false;
    if (!entries) return refuse(std::move(entries).error());
    count_ += entries->size();
    if (entries->empty())
        show_life();
    else
        tell(*entries);
    if (reader_->complete()) {
        ended_ = true;
        sink_.core.finish_listing(wanted_.id, reader_->end());
    }
    advance(0);
    (void)sink_.changed();
}

// A long search that finds nothing must not look like a server that has gone.
void ListingAnswer::show_life() {
    if (!wanted_.catalogue && resources().loop.now() - told_ >= limits::kShowLife) tell({});
}

void ListingAnswer::tell(std::span<const ListingEntry> entries) {
    told_ = resources().loop.now();
    sink_.core.add_entries(wanted_.id, entries);
}

}  // namespace gantry::cs
