#include <host/loader/held_store.h>

#include "held_file.h"

namespace gantry::host {

namespace {

class HeldStore final : public FileStore, public LedgerItem {
  public:
    HeldStore(std::shared_ptr<Ledger> ledger, std::unique_ptr<FileStore> inner)
        : LedgerItem(ledger, "store"), ledger_(std::move(ledger)), inner_(std::move(inner)) {}
    ~HeldStore() override { leave(); }
    void take_back() override { inner_.reset(); }

    Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) override {
        if (!inner_) return store_gone();
        auto made = inner_->open(path, mode);
        if (!made) return made;
        return std::make_unique<HeldFile>(ledger_, std::move(*made));
    }
    Result<FileStatus> status(std::string_view path) override {
        if (!inner_) return store_gone();
        return inner_->status(path);
    }
    Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) override {
        if (!inner_) return store_gone();
        auto made = inner_->list(path, recursive);
        if (!made) return made;
        return std::make_unique<HeldListing>(ledger_, std::move(*made));
    }
    Result<std::unique_ptr<Replacement>> replace(std::string_view path) override {
        if (!inner_) return store_gone();
        auto made = inner_->replace(path);
        if (!made) return made;
        return std::make_unique<HeldReplacement>(ledger_, std::move(*made));
    }
    Result<void> make_folders(std::string_view path) override {
        if (!inner_) return store_gone();
        return inner_->make_folders(path);
    }
    Result<void> remove(std::string_view path) override {
        if (!inner_) return store_gone();
        return inner_->remove(path);
    }
    Result<void> rename(std::string_view from, std::string_view to, Overwrite overwrite) override {
        if (!inner_) return store_gone();
        return inner_->rename(from, to, overwrite);
    }
    Result<ByteCount> free_space() override {
        if (!inner_) return store_gone();
        return inner_->free_space();
    }
    Result<void> sync() override {
        if (!inner_) return store_gone();
        return inner_->sync();
    }
    Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) override {
        if (!inner_) return store_gone();
        auto made = inner_->watch(path, recursive);
        if (!made) return made;
        return std::make_unique<HeldFolderWatch>(ledger_, std::move(*made));
    }

  private:
    std::shared_ptr<Ledger> ledger_;
    std::unique_ptr<FileStore> inner_;
};

}  // namespace

std::unique_ptr<FileStore> hold_store(std::shared_ptr<Ledger> ledger,
                                      std::unique_ptr<FileStore> store) {
    return std::make_unique<HeldStore>(std::move(ledger), std::move(store));
}

}  // namespace gantry::host
