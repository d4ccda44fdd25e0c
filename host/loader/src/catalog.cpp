#include <host/loader/byte_source.h>
#include <host/loader/catalog.h>
#include <host/loader/elf_note_reader.h>
#include <host/loader/gate.h>
#include <host/loader/limits.h>
#include <host/loader/plugin_manager.h>

#include <algorithm>
#include <set>

namespace gantry::host {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> libraries_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (fs::directory_iterator i(folder, failed), end; !failed && i != end; i.increment(failed))
        if (i->path().extension() == ".so" && files.size() < loader_limits::kPlugins)
            files.push_back(i->path());
    std::sort(files.begin(), files.end());
    return files;
}

Error about(Error error, const fs::path& file) {
    error.context = file.string();
    return error;
}

}  // namespace

Result<Descriptor> PluginManager::inspect(const fs::path& file) {
    auto source = open_byte_source(file);
    if (!source) return std::move(source).error();
    auto text = read_plugin_note(**source);
    if (!text) return about(std::move(text).error(), file);
    auto descriptor = parse_descriptor(*text);
    if (!descriptor) return about(std::move(descriptor).error(), file);
    return descriptor;
}

CatalogEntry read_entry(const fs::path& file) {
    CatalogEntry entry{file.stem().string(), file, {}, {}};
    auto descriptor = PluginManager::inspect(file);
    if (!descriptor) {
        entry.problem = std::move(descriptor).error();
        return entry;
    }
    if (auto fits = check_gate(*descriptor, this_host()); !fits)
        entry.problem = about(std::move(fits).error(), file);
    entry.name = descriptor->manifest.name;
    entry.descriptor = std::move(*descriptor);
    return entry;
}

std::vector<CatalogEntry> read_catalog(const std::vector<fs::path>& folders) {
    std::vector<CatalogEntry> entries;
    std::set<std::string> seen;
    for (const auto& folder : folders)
        for (const auto& file : libraries_in(folder)) {
            auto entry = read_entry(file);
            if (seen.insert(entry.name).second) entries.push_back(std::move(entry));
        }
    return entries;
}

bool lists_service(const std::vector<ServiceNeed>& services, const ServiceNeed& wanted) {
    return std::find(services.begin(), services.end(), wanted) != services.end();
}

}  // namespace gantry::host
