#include <host/loader/generation.h>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

namespace gantry::host {

namespace {
constexpr char kEntrySymbol[] = "gantry_plugin_entry";

// What the dynamic linker said, out of what Boost.DLL makes of it.
std::string linker_words(const std::string& what) {
    constexpr std::string_view kBefore = "dlerror system message: ";
    const auto from = what.find(kBefore);
    const auto to = what.rfind("): ");
    if (from == std::string::npos || to == std::string::npos || to < from) return what;
    return what.substr(from + kBefore.size(), to - from - kBefore.size());
}

Error load_error(const std::string& message, const std::filesystem::path& file) {
    return make_error(ErrorCode::plugin, "loader", message, file.filename().string());
}
}  // namespace

// boost::dll::import_* is not for us: what it answers holds the library by a reference of its own,
// and nothing could be said about unmapping.
struct Generation::Library {
    boost::dll::shared_library handle;
};

Generation::Generation(std::filesystem::path copy)
    : copy_(std::move(copy)), library_(std::make_unique<Library>()) {}

Generation::~Generation() {
    library_.reset();
    std::error_code ignored;
    std::filesystem::remove(copy_, ignored);
}

Result<const PluginEntry*> Generation::open() {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    try {
        library_->handle.load(copy_, rtld_now | rtld_local);
        if (!library_->handle.has(kEntrySymbol))
            return load_error("it does not export gantry_plugin_entry; GANTRY_PLUGIN(Type) does",
                              copy_);
        return &library_->handle.get<const PluginEntry>(kEntrySymbol);
    } catch (const std::exception& e) {
        return load_error("the dynamic linker refused it: " + linker_words(e.what()), copy_);
    }
}

std::optional<std::string> Generation::close() {
    library_->handle.unload();
    return find_mapping(copy_);
}

}  // namespace gantry::host
