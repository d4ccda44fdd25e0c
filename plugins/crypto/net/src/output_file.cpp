#include <crypto/net/output_file.h>

#include <sys/stat.h>

namespace gantry::crypto {
namespace {

Error named(Error error, const std::string& shown_name) {
    error.context = shown_name;
    return error;
}

// Links are followed: a link to a device is not to become a file.
Result<void> check_target(const std::string& path, const std::string& shown_name,
                          Overwrite overwrite) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    if (S_ISDIR(status.st_mode))
        return make_error(ErrorCode::usage, "crypto", "is a folder", shown_name);
    if (!S_ISREG(status.st_mode))
        return make_error(ErrorCode::unsupported, "crypto",
                          "is no regular file; '-o -' writes to standard output", shown_name);
    if (overwrite == Overwrite::no)
        return make_error(ErrorCode::exists, "crypto", "the file is there already", shown_name);
    return {};
}

}  // namespace

Result<OutputFile> OutputFile::create(const OpenStore& open_store, const std::string& path,
                                      std::string shown_name, Overwrite overwrite) {
    if (auto fine = check_target(path, shown_name, overwrite); !fine)
        return std::move(fine).error();
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    auto store = open_store(folder, false);
    if (!store) return named(std::move(store).error(), shown_name);
    auto replacement = (*store)->replace(path.substr(slash + 1));
    if (!replacement) return named(std::move(replacement).error(), shown_name);
    return OutputFile(std::move(*store), std::move(*replacement), std::move(shown_name), overwrite);
}

Result<void> OutputFile::commit() {
    auto committed = replacement_->commit(overwrite_, Durability::now);
    if (!committed) return named(std::move(committed).error(), name_);
    return {};
}

}  // namespace gantry::crypto
