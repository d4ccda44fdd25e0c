#pragma once

#include <cs/net/answer.h>
#include <cs/net/entry_reader.h>

#include <vector>

namespace gantry::cs {

// What a listing tells of a name.
ListingEntry make_entry(std::string name, const FileStatus& status);

// The blocking half of a listing: entries in steps, for one thread at a time.
class ListingReader final : public EntryReader {
  public:
    static Result<std::unique_ptr<EntryReader>> open(FileStore& store,
                                                     const ListingRequest& request);
    // Fewer than limits::kEntriesPerStep only at the end.
    Result<std::vector<ListingEntry>> read_step() override;
    bool complete() const noexcept override { return complete_; }
    ListingEnd end() const noexcept override { return {total_, skipped_}; }

  private:
    std::unique_ptr<Listing> listing_;  // null: one file was listed
    std::optional<ListingEntry> single_;
    bool complete_ = false;
    std::uint64_t total_ = 0;
    std::uint64_t skipped_ = 0;
};

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

    ServerResources& resources_;
    AnswerSink sink_;
    ListingWanted wanted_;
    std::shared_ptr<EntryReader> reader_;
    bool reading_ = false;
    bool ended_ = false;
    std::uint64_t count_ = 0;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
