#pragma once

#include <cs/net/answer_handler.h>
#include <cs/net/pool_runner.h>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace gantry::cs {

struct ListingOutcome {
    bool streamed = false;              // all was written as it came
    std::vector<ListingEntry> entries;  // else all there are, by name
    std::uint64_t skipped = 0;          // folders that the server could not read
    std::string cursor;                 // of a page that is not the last
};

// Takes a listing of any size in bounded memory: up to kSorted entries are kept, sorted and handed
// on; of a longer one all are written as they come, in the server's order, and the server is held
// up by a slow reader. Loop thread only.
class ListingPrinter : public AnswerHandler, public std::enable_shared_from_this<ListingPrinter> {
  public:
    static constexpr std::size_t kSorted = 10'000;

    // On the pool, one at a time. An Error ends the listing.
    using Write = std::function<Result<void>(const std::vector<ListingEntry>&)>;
    using Done = Callback<Result<ListingOutcome>>;
    // `streams` is called once, before the first write; `done` once, when nothing is being written.
    // `keep`: how many entries are kept to be sorted.
    ListingPrinter(PoolRunner& pool, Task streams, Write write, Done done,
                   std::size_t keep = kSorted)
        : pool_(pool),
          keep_(keep),
          streams_(std::move(streams)),
          write_(std::move(write)),
          done_(std::move(done)) {}

    // Nothing more comes: the channel was told to forget this.
    void cancel(Error reason);

    void entries(std::vector<ListingEntry> part) override { entries_from(std::move(part), {}); }
    void entries_from(std::vector<ListingEntry> part, const ReceiveBuffer& buffer) override;
    void listing_ended(const ListingEnd& end) override;
    void failed(Error error, ErrorDetail detail) override;

  private:
    struct Part {
        std::vector<ListingEntry> entries;
        ReceiveBuffer buffer;  // kept until it is written
    };
    void write_next();
    void written(Result<void> outcome);
    void finish_if_over();

    PoolRunner& pool_;
    std::size_t keep_;
    Task streams_;
    Write write_;
    Done done_;
    ListingOutcome outcome_;
    std::deque<Part> parts_;
    bool writing_ = false;
    bool ended_ = false;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
