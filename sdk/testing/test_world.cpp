#include <gantry/testing/test_world.h>

#include "borrowed_store.h"

namespace gantry::testing {

TestMachine::TestMachine(SimNetwork& network, std::string name)
    : network_(network),
      name_(std::move(name)),
      connector_(network, name_),
      transport_(connector_),
      tcp_(services_.provide<Transport>(transport_, "tcp").value()) {}

void TestMachine::mount(std::string folder, FileStore& store) {
    mounts_[std::move(folder)] = &store;
}

Result<std::unique_ptr<FileStore>> TestMachine::open_store(const std::string& folder, bool make) {
    if (const auto mounted = mounts_.find(folder); mounted != mounts_.end())
        return std::make_unique<detail::BorrowedStore>(*mounted->second);
    const auto path = normalize_path(std::string_view(folder).substr(folder.starts_with('/')));
    if (!path) return path.error();
    if (make)
        if (auto made = files_.make_folders(*path); !made) return std::move(made).error();
    const auto status = files_.status(*path);
    if (!status) return status.error();
    if (status->type != FileType::folder)
        return make_error(ErrorCode::usage, "storage", "is not a folder", folder);
    return files_.store_at(*path);
}

TestWorld::TestWorld(std::uint64_t seed, SimOptions options)
    : seed_(seed), network_(clock_, seed, std::move(options)) {}

TestWorld::~TestWorld() = default;

TestMachine& TestWorld::machine(std::string_view name) {
    const auto found = machines_.find(name);
    if (found != machines_.end()) return *found->second;
    auto made = std::make_unique<TestMachine>(network_, std::string(name));
    return *machines_.emplace(std::string(name), std::move(made)).first->second;
}

}  // namespace gantry::testing
