#pragma once

#include <gantry/plugin/manifest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gantry::host {

// A file that may be a plugin, and what its descriptor says. Reading it runs none of its code.
struct CatalogEntry {
    std::string name;  // the manifest's, or the file's stem when there is none
    std::filesystem::path file;
    std::optional<Descriptor> descriptor;
    std::optional<Error> problem;  // why it cannot be loaded
};

// Reads the descriptor of a file and asks the gate.
CatalogEntry read_entry(const std::filesystem::path& file);

// The *.so files of the folders, in the order of the folders and then by name; of files with one
// plugin's name the first alone. A folder that is missing or unreadable has none.
std::vector<CatalogEntry> read_catalog(const std::vector<std::filesystem::path>& folders);

// Whether a manifest lists the service.
bool lists_service(const std::vector<ServiceNeed>& services, const ServiceNeed& wanted);

}  // namespace gantry::host
