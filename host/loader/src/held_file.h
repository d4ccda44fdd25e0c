#pragma once

#include <gantry/storage/file_store.h>
#include <gantry/storage/folder_watch.h>
#include <host/loader/ledger.h>

#include <memory>

namespace gantry::host {

inline Error store_gone() {
    return make_error(ErrorCode::closed, "loader", "the file is closed: its plugin was unloaded");
}

// What HeldStore hands out. Calls cost one indirection more than the store's own.

class HeldFile final : public File, public LedgerItem {
  public:
    HeldFile(std::shared_ptr<Ledger> ledger, std::unique_ptr<File> inner)
        : LedgerItem(std::move(ledger), "file"), inner_(std::move(inner)) {}
    ~HeldFile() override { leave(); }
    void take_back() override { inner_.reset(); }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override {
        if (!inner_) return store_gone();
        return inner_->read_at(offset, into);
    }
    Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) override {
        if (!inner_) return store_gone();
        return inner_->write_at(offset, from);
    }
    Result<void> allocate(std::uint64_t size) override {
        if (!inner_) return store_gone();
        return inner_->allocate(size);
    }
    Result<void> truncate(std::uint64_t size) override {
        if (!inner_) return store_gone();
        return inner_->truncate(size);
    }
    Result<void> sync() override {
        if (!inner_) return store_gone();
        return inner_->sync();
    }
    Result<FileIdentity> identity() override {
        if (!inner_) return store_gone();
        return inner_->identity();
    }
    Result<void> set_modified(WallTime modified) override {
        if (!inner_) return store_gone();
        return inner_->set_modified(modified);
    }
    std::optional<int> descriptor() const noexcept override {
        return inner_ ? inner_->descriptor() : std::nullopt;
    }

  private:
    std::unique_ptr<File> inner_;
};

class HeldListing final : public Listing, public LedgerItem {
  public:
    HeldListing(std::shared_ptr<Ledger> ledger, std::unique_ptr<Listing> inner)
        : LedgerItem(std::move(ledger), "listing"), inner_(std::move(inner)) {}
    ~HeldListing() override { leave(); }
    void take_back() override { inner_.reset(); }
    Result<std::optional<FolderEntry>> next() override {
        if (!inner_) return store_gone();
        return inner_->next();
    }

  private:
    std::unique_ptr<Listing> inner_;
};

class HeldFolderWatch final : public FolderWatch, public LedgerItem {
  public:
    HeldFolderWatch(std::shared_ptr<Ledger> ledger, std::unique_ptr<FolderWatch> inner)
        : LedgerItem(std::move(ledger), "folder watch"), inner_(std::move(inner)) {}
    ~HeldFolderWatch() override { leave(); }
    void take_back() override { inner_.reset(); }
    Result<void> wait(EventLoop& loop, Task ready) override {
        if (!inner_) return store_gone();
        return inner_->wait(loop, std::move(ready));
    }
    Result<std::vector<FolderChange>> take(std::size_t most) override {
        if (!inner_) return store_gone();
        return inner_->take(most);
    }

  private:
    std::unique_ptr<FolderWatch> inner_;
};

// The file is a part of the replacement, and goes with it.
class HeldReplacement final : public Replacement, public LedgerItem {
  public:
    HeldReplacement(std::shared_ptr<Ledger> ledger, std::unique_ptr<Replacement> inner)
        : LedgerItem(std::move(ledger), "replacement"), inner_(std::move(inner)), file_(*this) {}
    ~HeldReplacement() override { leave(); }
    void take_back() override { inner_.reset(); }
    File& file() noexcept override { return file_; }
    Result<void> commit(Overwrite overwrite, Durability durability) override {
        if (!inner_) return store_gone();
        return inner_->commit(overwrite, durability);
    }

  private:
    // Asks for the inner file at each call, as the replacement may have been taken back.
    class InnerFile final : public File {
      public:
        explicit InnerFile(HeldReplacement& owner) : owner_(owner) {}
        Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().read_at(offset, into);
        }
        Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().write_at(offset, from);
        }
        Result<void> allocate(std::uint64_t size) override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().allocate(size);
        }
        Result<void> truncate(std::uint64_t size) override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().truncate(size);
        }
        Result<void> sync() override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().sync();
        }
        Result<FileIdentity> identity() override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().identity();
        }
        Result<void> set_modified(WallTime modified) override {
            if (!owner_.inner_) return store_gone();
            return owner_.inner_->file().set_modified(modified);
        }
        std::optional<int> descriptor() const noexcept override {
            return owner_.inner_ ? owner_.inner_->file().descriptor() : std::nullopt;
        }

      private:
        HeldReplacement& owner_;
    };

    std::unique_ptr<Replacement> inner_;
    InnerFile file_;
};

}  // namespace gantry::host
