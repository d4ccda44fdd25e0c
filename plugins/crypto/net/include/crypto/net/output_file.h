#pragma once

#include <gantry/storage/file_store.h>

#include <functional>
#include <memory>
#include <string>

namespace gantry::crypto {

// Opens a store on a local folder: Context::open_store.
using OpenStore =
    std::function<Result<std::unique_ptr<FileStore>>(const std::string& folder, bool make)>;

// A file that takes the name the person gave it only when it is whole. Blocks; one thread, but for
// the File's own calls.
class OutputFile {
  public:
    // ErrorCode::exists, with Overwrite::no, when the name is taken; unsupported for a pipe or a
    // device, which would be replaced.
    static Result<OutputFile> create(const OpenStore& open_store, const std::string& path,
                                     std::string shown_name, Overwrite overwrite);
    File& file() noexcept { return replacement_->file(); }
    const std::string& shown_name() const noexcept { return name_; }
    // Syncs it and gives it its name. Without it nothing is left.
    Result<void> commit();

  private:
    OutputFile(std::unique_ptr<FileStore> store, std::unique_ptr<Replacement> replacement,
               std::string shown_name, Overwrite overwrite)
        : store_(std::move(store)),
          replacement_(std::move(replacement)),
          name_(std::move(shown_name)),
          overwrite_(overwrite) {}

    std::unique_ptr<FileStore> store_;
    std::unique_ptr<Replacement> replacement_;
    std::string name_;
    Overwrite overwrite_;
};

}  // namespace gantry::crypto
