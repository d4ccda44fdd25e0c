#pragma once

#include <cs/net/local_target.h>
#include <cs/net/piece_record.h>

#include <memory>
#include <optional>

namespace gantry::cs {

// The two hidden files of docs/formats/cs-part.md, which hold what has come of a file. As a
// Replacement, but destroying it without commit() leaves them, unless drop() was called or no piece
// is there. Calls block.
class PartFile : public Replacement {
  public:
    // Null where the file's name does not let them be, or it has too many pieces. They replace what
    // was there. ErrorCode::busy when another download has them.
    static Result<std::unique_ptr<PartFile>> create(const LocalPlace& place,
                                                    const PieceRecord::Source& source);
    // Those that an earlier download left; null when there are none. busy as in create().
    static Result<std::unique_ptr<PartFile>> find(const LocalPlace& place);
    // Removes what an earlier download left. busy as in create().
    static Result<void> remove(const LocalPlace& place);
    ~PartFile() override;

    File& file() noexcept override { return *file_; }
    PieceRecord& record() noexcept { return *record_; }
    const PieceRecord& record() const noexcept { return *record_; }
    // Syncs it, then gives it the name. ErrorCode::exists with Overwrite::no when it is taken; then
    // both files go.
    Result<void> commit(Overwrite overwrite, Durability durability) override;
    // It can never be completed.
    void drop() noexcept { dropped_ = true; }
    bool worth_keeping() const;

  private:
    struct Names {
        std::string part;
        std::string record;
    };
    static std::optional<Names> names_of(const LocalPlace& place);
    PartFile(LocalPlace place, Names names, std::unique_ptr<PieceRecord> record,
             std::unique_ptr<File> file);
    void remove_both();

    LocalPlace place_;
    Names names_;
    std::unique_ptr<PieceRecord> record_;
    std::unique_ptr<File> file_;
    bool committed_ = false;
    bool dropped_ = false;
};

}  // namespace gantry::cs
