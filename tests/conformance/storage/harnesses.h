#pragma once

#include <gantry/testing/failing_store.h>
#include <gantry/testing/memory_store.h>
#include <host/system/folder_store.h>
#include <support/conformance/store_harness.h>
#include <support/temporary_folder.h>

namespace gantry::testing::conformance {

// A folder of the machine's own disk. Its root has neighbours that a test must never reach.
template <host::PathResolution kResolution>
class FolderHarness final : public StoreHarness {
  public:
    FolderHarness();
    FileStore& store() override { return *store_; }
    void write_file(const std::string& path, std::string_view content) override;
    std::string read_file(const std::string& path) override;
    void plant_link(const std::string& path, const std::string& target) override;
    void plant_special(const std::string& path) override;
    std::vector<std::string> all_names() override;

  private:
    TemporaryFolder folder_;
    std::unique_ptr<FileStore> store_;
};

using KernelFolderHarness = FolderHarness<host::PathResolution::best>;
using WalkedFolderHarness = FolderHarness<host::PathResolution::walk>;
extern template class FolderHarness<host::PathResolution::best>;
extern template class FolderHarness<host::PathResolution::walk>;

class MemoryHarness : public StoreHarness {
  public:
    FileStore& store() override { return store_; }
    void write_file(const std::string& path, std::string_view content) override {
        store_.write_file(path, content);
    }
    std::string read_file(const std::string& path) override { return store_.read_file(path); }
    void plant_link(const std::string& path, const std::string& target) override {
        store_.plant_link(path, target);
    }
    void plant_special(const std::string& path) override { store_.plant_special(path); }
    std::vector<std::string> all_names() override { return store_.all_names(); }

  protected:
    MemoryStore store_;
};

// A failing store with nothing planned, on a memory store.
class FailingHarness final : public MemoryHarness {
  public:
    FileStore& store() override { return failing_; }

  private:
    FailingStore failing_{store_.store_at("")};
};

}  // namespace gantry::testing::conformance
