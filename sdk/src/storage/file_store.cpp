#include <gantry/storage/file_store.h>
#include <gantry/storage/folder_watch.h>

namespace gantry {

Result<std::unique_ptr<FolderWatch>> FileStore::watch(std::string_view path, bool) {
    return make_error(ErrorCode::unsupported, "storage", "this store cannot tell what changes",
                      std::string(path));
}

}  // namespace gantry
