#pragma once

#include "folder_file.h"
#include "root.h"

#include <gantry/storage/file_store.h>

#include <memory>

namespace gantry::host::storage {

// New content under a hidden name beside its target.
class FolderReplacement final : public Replacement {
  public:
    static Result<std::unique_ptr<Replacement>> start(Place target);
    FolderReplacement(Place target, std::string part, Descriptor file);
    ~FolderReplacement() override;

    File& file() noexcept override { return file_; }
    Result<void> commit(Overwrite overwrite, Durability durability) override;

  private:
    Place target_;
    std::string part_;  // the hidden name, in the same folder
    FolderFile file_;
    bool committed_ = false;
};

}  // namespace gantry::host::storage
