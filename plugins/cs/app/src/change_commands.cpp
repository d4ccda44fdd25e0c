#include <cs/app/change_commands.h>
#include <gantry/storage/file_store.h>

namespace gantry::cs {

namespace {

Result<std::string> path_on(const HostPort& server, const std::string& typed) {
    if (typed.find("://") == std::string::npos)
        return normalize_path(typed.starts_with('/') ? typed.substr(1) : typed);
    auto url = CsUrl::parse(typed);
    if (!url) return std::move(url).error();
    if (url->server == server) return std::move(url->path);
    return make_error(ErrorCode::usage, "cs",
                      "a rename stays on one server; to move between two, "
                      "get it from one and put it to the other",
                      typed);
}

}  // namespace

void ChangeCommand::present(ByteView) { finish({}, Value::object().set("path", "/" + url().path)); }

Result<ActionRequest> MkdirCommand::request(const CsUrl& url) {
    return ActionRequest(MakeFolderRequest{url.path});
}

Result<ActionRequest> RenameCommand::request(const CsUrl& url) {
    auto to = path_on(url.server, call_->arguments().operand("TO"));
    if (!to) return std::move(to).error();
    return ActionRequest(
        RenameRequest{url.path, std::move(*to), call_->arguments().flag("replace")});
}

Result<ActionRequest> DeleteCommand::request(const CsUrl& url) {
    return ActionRequest(DeleteRequest{url.path});
}

}  // namespace gantry::cs
