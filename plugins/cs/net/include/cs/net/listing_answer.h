#pragma once

#include <cs/net/entry_reader.h>
#include <cs/net/request_answer.h>

#include <vector>

namespace gantry::cs {

// Answers a listing request, in steps that the connection has room for.
class ListingAnswer : public RequestAnswer<ListingAnswer, ListingWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    void start();

    void advance(std::uint64_t sent) override;
    std::uint64_t count() const noexcept override { return count_; }

  private:
    void opened(Result<std::unique_ptr<EntryReader>> outcome);
    void read_more();
    void took_step(Result<std::vector<ListingEntry>> entries);
    void show_life();
    void tell(std::span<const ListingEntry> entries);

    std::shared_ptr<EntryReader> reader_;
    TimePoint told_{};  // when the client last got something
    bool reading_ = false;
    std::uint64_t count_ = 0;
};

}  // namespace gantry::cs
