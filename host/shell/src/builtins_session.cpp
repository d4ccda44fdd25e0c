#include <host/shell/builtins.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace gantry::host {
namespace {

struct UrlParts {
    std::string base;
    std::string path;
};

UrlParts split_url(const std::string& url) {
    const auto authority = url.find("://");
    const auto slash = url.find('/', authority == std::string::npos ? 0 : authority + 3);
    if (slash == std::string::npos) return {url, {}};
    return {url.substr(0, slash), url.substr(slash + 1)};
}

// How a session is carried and secured, as in the commands that take the same options.
std::vector<OptionSpec> session_options() {
    auto mode = valued("tls", 0, ValueKind::choice, "MODE", "Secure the connection, or fail");
    mode.choices = {"off", "on", "require"};
    auto pin = valued("pin", 0, ValueKind::text, "FINGERPRINT", "The server's certificate");
    pin.repeatable = true;
    return {valued("over", 0, ValueKind::text, "TRANSPORT", "What carries it: tcp, or rudp"),
            mode,
            valued("key-file", 0, ValueKind::path, "FILE", "A key that the server has too"),
            pin,
            valued("ca-file", 0, ValueKind::path, "FILE", "Authorities that vouch for the server"),
            flag("trust-new", 0, "Trust and remember a server that is not known yet"),
            valued("cert", 0, ValueKind::path, "FILE", "A certificate of ours, with its key")};
}

// A plugin does not know the shell's folder.
Arguments with_local_paths(const Arguments& typed, const ShellState& state) {
    Arguments resolved;
    for (const auto& option : session_options())
        for (const auto& value : typed.texts(option.name))
            resolved.add_option(option.name, option.kind == ValueKind::path && !option.flag
                                                 ? state.local_path(value)
                                                 : value);
    return resolved;
}

std::string place_text(const SessionPlace& place) { return place.base + "/" + place.folder; }

Result<Value> open(PluginManager& plugins, BuiltinCall& call) {
    const auto url = call.arguments.operand("URL");
    const auto slot = call.state.session;
    const std::weak_ptr<SessionSlot> held = slot;
    const auto options = with_local_paths(call.arguments, call.state);
    auto session = plugins.open_session(url, options, call.context.cancel, [held] {
        if (const auto open_slot = held.lock()) open_slot->drop();
    });
    if (!session) return std::move(session).error();
    const auto folder = join_session_path("", split_url(url).path);
    if (auto there = (*session)->check_folder(folder, call.context.cancel); !there)
        return std::move(there).error();
    slot->put(std::move(*session), folder);
    const auto place = slot->place();
    const std::string where = place ? place_text(*place) : url;
    (void)call.messages.write("connected to " + where + "\n");
    return Value::object().set("url", where);
}

Result<Value> change_local(const std::string& typed, BuiltinCall& call) {
    const auto home = call.state.variable("HOME").value_or("/");
    const auto path = typed.empty() ? home : call.state.local_path(typed);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return error_from_errno(errno, "shell", typed);
    if (!S_ISDIR(status.st_mode)) return error_from_errno(ENOTDIR, "shell", typed);
    if (::access(path.c_str(), X_OK) != 0) return error_from_errno(errno, "shell", typed);
    auto folder = std::filesystem::path(path).lexically_normal();
    if (!folder.has_filename() && folder != folder.root_path()) folder = folder.parent_path();
    call.state.folder = folder;
    return Value::object().set("folder", folder.string());
}

Result<Value> change(BuiltinCall& call) {
    const auto typed = call.arguments.operand("DIR");
    const auto place = call.state.session->place();
    const auto session = call.state.session->session();
    if (!place || !session) return change_local(typed, call);
    const auto folder = join_session_path(place->folder, typed.empty() ? "/" : typed);
    if (auto there = session->check_folder(folder, call.context.cancel); !there) {
        auto error = std::move(there).error();
        if (error.context.empty()) error.context = typed;
        return error;
    }
    call.state.session->set_folder(folder);
    return Value::object().set("url", place_text({place->base, folder}));
}

Result<Value> tell(BuiltinCall& call) {
    const auto place = call.state.session->place();
    Value value = Value::object();
    if (place) value.set("url", place_text(*place));
    value.set("folder", call.state.folder.string());
    (void)call.out.write((place ? place_text(*place) : call.state.folder.string()) + "\n");
    return value;
}

Result<Value> close(BuiltinCall& call) {
    if (!call.state.session->place())
        return make_error(ErrorCode::not_found, "shell", "no session is open");
    call.state.session->drop();
    return Value::object();
}

}  // namespace

void add_session_builtins(BuiltinTable& table, PluginsNeeded plugins) {
    auto open_spec =
        command_spec("open", "Open a session: ls, get and put then take paths on that server",
                     {required("URL", ValueKind::url, "The server, and a folder to start in")});
    open_spec.execution = Execution::blocking;
    open_spec.options = session_options();
    open_spec.examples = {
        {"open cs://127.0.0.1:6789/music", "Then: ls, cd jazz, get a.flac, close"},
        {"open --key-file my.key cs://files.example.org", "From a server that has the same key"},
        {"open --over rudp cs://files.example.org", "Over a long or lossy way"}};
    table.add({open_spec, [plugins](BuiltinCall& call) { return open(plugins(), call); }});
    auto cd_spec = command_spec("cd", "Change the folder: on the open session's server, else here",
                                {optional("DIR", ValueKind::folder, "The folder")});
    cd_spec.execution = Execution::blocking;
    table.add({cd_spec, change});
    table.add(
        {command_spec("lcd", "Change the local folder, also while a session is open",
                      {optional("DIR", ValueKind::folder, "The folder")}),
         [](BuiltinCall& call) { return change_local(call.arguments.operand("DIR"), call); }});
    table.add({command_spec("pwd", "Tell the folder that paths start from", {}), tell});
    table.add({command_spec("close", "Close the session", {}), close});
}

void add_transfer_builtins(BuiltinTable& table) {
    const auto add = [&](CommandSpec made) {
        made.description =
            "The plugin is chosen by the URL's scheme: this is the group's command of the same "
            "name, "
            "with its options. In a session, paths on its server may stand for URLs.";
        table.add({std::move(made), [](BuiltinCall&) -> Result<Value> {
                       return make_error(ErrorCode::usage, "shell", "say where: a URL");
                   }});
    };
    add(command_spec("get", "Download by URL",
                     {repeated(required("URL", ValueKind::url, "What to get"))}));
    add(command_spec(
        "put", "Upload files",
        {repeated(required("FILE", ValueKind::path, "The files, and at the end the URL"))}));
    add(command_spec("ls", "List a folder by URL",
                     {repeated(optional("URL", ValueKind::url, "The folder"))}));
    add(command_spec("mirror", "Make a local folder like one on a server",
                     {required("URL", ValueKind::url, "The folder there"),
                      required("DIR", ValueKind::folder, "The folder here")}));
}

}  // namespace gantry::host
