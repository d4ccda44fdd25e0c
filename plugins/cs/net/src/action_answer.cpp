#include <cs/net/action_answer.h>
#include <cs/net/listing_reader.h>

namespace gantry::cs {

namespace {

// One overload for each action; the store checks the names.
class Actions {
  public:
    Actions(FileStore& store, bool writable) : store_(store), writable_(writable) {}

    Result<Bytes> operator()(const StatusRequest& request) const {
        auto status = store_.status(request.path);
        if (!status) return std::move(status).error();
        const auto entry = make_entry({}, *status);
        return StatusResponse{entry.type, entry.size, entry.modified}.encode();
    }
    Result<Bytes> operator()(const MakeFolderRequest& request) const {
        return change([&] { return store_.make_folders(request.path); });
    }
    Result<Bytes> operator()(const RenameRequest& request) const {
        const auto overwrite = request.replace ? Overwrite::yes : Overwrite::no;
        return change([&] { return store_.rename(request.path, request.to, overwrite); });
    }
    Result<Bytes> operator()(const DeleteRequest& request) const {
        return change([&] { return store_.remove(request.path); });
    }

  private:
    template <class Change>
    Result<Bytes> change(Change change) const {
        if (!writable_) return make_error(ErrorCode::denied, "cs", "this server is read-only");
        if (auto done = change(); !done) return std::move(done).error();
        return Bytes();
    }
    FileStore& store_;
    bool writable_;
};

}  // namespace

std::string_view action_name(const ActionRequest& request) noexcept {
    constexpr std::string_view kNames[] = {"status", "mkdir", "rename", "delete"};
    static_assert(std::size(kNames) == std::variant_size_v<ActionRequest>);
    return kNames[request.index()];
}

const std::string& action_path(const ActionRequest& request) noexcept {
    return std::visit([](const auto& r) -> const std::string& { return r.path; }, request);
}

Result<Bytes> perform_action(FileStore& store, const ActionRequest& request, bool writable) {
    return std::visit(Actions(store, writable), request);
}

void ActionAnswer::start() {
    run([&store = resources().store, request = wanted_.request,
         writable = resources().writable] { return perform_action(store, request, writable); },
        &ActionAnswer::done);
}

void ActionAnswer::done(Result<Bytes> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    ended_ = true;
    sink_.core.finish_action(wanted_.id, *outcome);
    (void)sink_.changed();
}

}  // namespace gantry::cs
