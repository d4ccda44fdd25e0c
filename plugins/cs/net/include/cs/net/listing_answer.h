#pragma once

#include <cs/net/answer.h>
#include <cs/net/entry_reader.h>

#include <vector>

namespace gantry::cs {

// Answers a listing request, in steps that the connection has room for.
class ListingAnswer : public Answer, public std::enable_shared_from_this<ListingAnswer> {
  public:
    ListingAnswer(ServerResources& resources, AnswerSink sink, ListingWanted wanted);
    void start();

    void advance(std::uint64_t sent) override;
    std::uint64_t count() const noexcept override { return count_; }
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  private:
    void opened(Result<std::unique_ptr<EntryReader>> outcome);
    void refuse(Error error);
    void read_more();
    void add(const std::vector<ListingEntry>& entries);
    void show_life();
    void tell(std::span<const ListingEntry> entries);

    ServerResources& resources_;
    AnswerSink sink_;
    ListingWanted wanted_;
    std::shared_ptr<EntryReader> reader_;
    TimePoint told_{};  // when the client last got something
    bool reading_ = false;
    bool ended_ = false;
    std::uint64_t count_ = 0;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
