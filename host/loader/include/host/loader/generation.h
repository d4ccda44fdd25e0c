#pragma once

#include <host/loader/plugin_source.h>

#include <filesystem>
#include <memory>

namespace gantry::host {

// One load of one private copy of a plugin's file. The copy is mapped by open(), unmapped by
// close() and removed with this object. It holds the only reference that the process has to the
// library.
class Generation final : public PluginSource {
  public:
    // `copy` is a file that was never opened as a library before; PrivateFolder makes one.
    explicit Generation(std::filesystem::path copy);
    ~Generation() override;  // removes the file; unmaps what close() was not called for

    // Maps the file (RTLD_NOW | RTLD_LOCAL) and looks up its one exported symbol. plugin: the
    // dynamic linker's words.
    Result<const PluginEntry*> open() override;
    std::optional<std::string> close() override;

  private:
    struct Library;
    std::filesystem::path copy_;
    std::unique_ptr<Library> library_;
};

// Why the process still has a mapping of `file`, or nothing when it has none. Asks the dynamic
// linker for the name (RTLD_NOLOAD) and for its list, and the kernel for the memory map.
std::optional<std::string> find_mapping(const std::filesystem::path& file);

}  // namespace gantry::host
