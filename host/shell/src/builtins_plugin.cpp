#include <host/shell/builtins.h>
#include <host/shell/table.h>

namespace gantry::host {
namespace {

std::string milliseconds(Duration duration) {
    const auto tenths =
        std::chrono::duration_cast<std::chrono::microseconds>(duration).count() / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " ms";
}

std::string name_of(const PluginInfo& info) {
    return info.descriptor ? info.descriptor->manifest.name : info.file.stem().string();
}

std::string needs_text(const std::vector<ServiceNeed>& needs) {
    std::string text;
    for (const auto& need : needs) {
        if (!text.empty()) text += ", ";
        text += need.id + " " + std::to_string(need.version);
        if (!need.instance.empty()) text += " '" + need.instance + "'";
    }
    return text;
}

Value value_of(const Descriptor& descriptor) {
    const auto& manifest = descriptor.manifest;
    Value commands = Value::array();
    for (const auto& command : manifest.commands) commands.push(command.name);
    Value value = Value::object();
    value.set("name", manifest.name).set("version", manifest.version);
    value.set("license", manifest.license).set("summary", manifest.summary);
    value.set("abi",
              std::to_string(descriptor.abi_major) + "." + std::to_string(descriptor.abi_minor));
    value.set("fingerprint", descriptor.fingerprint).set("commands", std::move(commands));
    return value;
}

Value value_of(const PluginInfo& info) {
    Value value = info.descriptor ? value_of(*info.descriptor) : Value::object();
    value.set("name", name_of(info)).set("file", info.file.string());
    value.set("state", plugin_state_name(info.state));
    if (info.problem) value.set("problem", describe(*info.problem));
    Value ledger = Value::object();
    for (const auto& entry : info.ledger) ledger.set(entry.kind, std::uint64_t{entry.count});
    if (!info.ledger.empty()) value.set("ledger", std::move(ledger));
    if (info.load_time > Duration::zero()) value.set("load_seconds", to_seconds(info.load_time));
    return value;
}

std::string field(std::string_view name, std::string_view value) {
    if (value.empty()) return {};
    std::string line(name);
    line.resize(14, ' ');
    return (line += value) + "\n";
}

std::string descriptor_text(const Descriptor& descriptor) {
    const auto& manifest = descriptor.manifest;
    std::string commands;
    for (const auto& command : manifest.commands)
        commands += (commands.empty() ? "" : ", ") + command.name;
    return field("name", manifest.name) + field("version", manifest.version) +
           field("summary", manifest.summary) + field("license", manifest.license) +
           field("abi", std::to_string(descriptor.abi_major) + "." +
                            std::to_string(descriptor.abi_minor)) +
           field("fingerprint", descriptor.fingerprint) +
           field("requires", needs_text(manifest.requires_services)) +
           field("optional", needs_text(manifest.optional_services)) +
           field("provides", needs_text(manifest.provides_services)) + field("commands", commands);
}

Result<Value> list(PluginManager& plugins, BuiltinCall& call) {
    std::vector<std::vector<std::string>> rows;
    Value array = Value::array();
    for (const auto& info : plugins.list()) {
        std::string what = info.descriptor ? info.descriptor->manifest.summary : std::string();
        if (info.problem) what = describe(*info.problem);
        rows.push_back({name_of(info), info.descriptor ? info.descriptor->manifest.version : "-",
                        std::string(plugin_state_name(info.state)), std::move(what)});
        array.push(value_of(info));
    }
    if (rows.empty())
        (void)call.messages.write("there are no plugins; 'plugin paths' tells where\n");
    auto written = call.out.write(
        render_table({{"NAME"}, {"VERSION"}, {"STATE"}, {"SUMMARY"}}, rows, call.width));
    if (!written) return std::move(written).error();
    return Value::object().set("plugins", std::move(array));
}

Result<Value> load(PluginManager& plugins, BuiltinCall& call) {
    Value array = Value::array();
    for (auto what : call.arguments.operands("NAME|FILE")) {
        const bool is_file = what.find('/') != std::string::npos || what.ends_with(".so");
        auto info = plugins.load(is_file ? call.state.local_path(what) : what);
        if (!info) return std::move(info).error();
        const auto version = info->descriptor ? info->descriptor->manifest.version : "";
        (void)call.out.write("loaded " + name_of(*info) + " " + version + " in " +
                             milliseconds(info->load_time) + "\n");
        array.push(value_of(*info));
    }
    return Value::object().set("plugins", std::move(array));
}

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string report_text(const UnloadReport& report) {
    std::string text = "unloaded " + report.name + " in " + milliseconds(report.elapsed);
    text += report.unmapped ? ": its file is unmapped" : ": its file stays mapped";
    if (!report.retained_reason.empty()) text += " (" + report.retained_reason + ")";
    text += ", " + counted(report.cancelled_jobs, "job") + " cancelled, " +
            counted(report.swept, "registration") + " swept";
    return text + "\n";
}

Value value_of(const UnloadReport& report) {
    Value value = Value::object();
    value.set("name", report.name).set("unmapped", report.unmapped);
    if (!report.retained_reason.empty()) value.set("retained_reason", report.retained_reason);
    value.set("cancelled_jobs", std::uint64_t{report.cancelled_jobs});
    value.set("swept", std::uint64_t{report.swept});
    value.set("unload_seconds", to_seconds(report.elapsed));
    return value;
}

Result<Value> unload(PluginManager& plugins, BuiltinCall& call) {
    UnloadOptions options;
    if (const auto drain = call.arguments.duration("drain")) options.drain = *drain;
    options.recursive = call.arguments.flag("recursive");
    Value array = Value::array();
    std::string retained;
    for (const auto& name : call.arguments.operands("NAME")) {
        auto reports = plugins.unload(name, options);
        if (!reports) return std::move(reports).error();
        for (const auto& report : *reports) {
            (void)call.out.write(report_text(report));
            if (!report.unmapped) retained += (retained.empty() ? "" : ", ") + report.name;
            array.push(value_of(report));
        }
    }
    if (!retained.empty())
        return make_error(ErrorCode::plugin, "shell", "the plugin's file could not be unmapped",
                          retained);
    return Value::object().set("plugins", std::move(array));
}

Result<Value> info(PluginManager& plugins, BuiltinCall& call) {
    auto info = plugins.info(call.arguments.operand("NAME"));
    if (!info) return std::move(info).error();
    std::string text = info->descriptor ? descriptor_text(*info->descriptor) : std::string();
    text += field("file", info->file.string()) + field("state", plugin_state_name(info->state));
    if (info->problem) text += field("problem", describe(*info->problem));
    for (const auto& entry : info->ledger)
        text += field("holds", std::to_string(entry.count) + " " + entry.kind);
    (void)call.out.write(text);
    return value_of(*info);
}

Result<Value> paths(PluginManager& plugins, BuiltinCall& call) {
    Value array = Value::array();
    for (const auto& folder : plugins.folders()) {
        (void)call.out.write(folder.string() + "\n");
        array.push(folder.string());
    }
    return Value::object().set("paths", std::move(array));
}

Result<Value> inspect(BuiltinCall& call) {
    auto descriptor = PluginManager::inspect(call.state.local_path(call.arguments.operand("FILE")));
    if (!descriptor) return std::move(descriptor).error();
    (void)call.out.write(descriptor_text(*descriptor));
    return value_of(*descriptor);
}

CommandSpec unload_spec() {
    auto made = command_spec("plugin unload", "Unload plugins and prove that they are gone");
    made.execution = Execution::blocking;
    made.description =
        "Ends what the plugin runs within the drain limit, joins its threads, and unmaps its file. "
        "The line it prints is the proof: whether a mapping of the file is left, how many jobs "
        "were "
        "cancelled, and what the plugin had left behind.";
    made.operands = {repeated(required("NAME", ValueKind::plugin, "The plugins"))};
    made.options = {
        valued("drain", 0, ValueKind::duration, "TIME", "How long what runs may take to end"),
        flag("recursive", 'r', "Unload the plugins that require this one first")};
    made.options[0].fallback = "10s";
    made.examples = {{"plugin unload crypto --recursive", "crypto, and before it all that use it"}};
    return made;
}

CommandSpec load_spec() {
    auto made = command_spec("plugin load", "Load plugins");
    made.execution = Execution::blocking;
    made.description =
        "A plugin that a command names is loaded when the command is first used; this loads it "
        "before. What the plugin requires is loaded first.";
    made.operands = {repeated(required("NAME|FILE", ValueKind::plugin,
                                       "A plugin's name, or a file: it has a '/' or ends in .so"))};
    made.operands[0].kind = ValueKind::text;
    made.examples = {{"plugin load cs crypto", "By name"},
                     {"plugin load ./echo.so", "A file of your own"}};
    return made;
}

}  // namespace

void add_plugin_builtins(BuiltinTable& table, PluginsNeeded plugins) {
    using Function = Result<Value> (*)(PluginManager&, BuiltinCall&);
    const auto add = [&](CommandSpec made, Function function) {
        table.add({std::move(made),
                   [plugins, function](BuiltinCall& call) { return function(plugins(), call); }});
    };
    add(command_spec("plugin list", "List the plugins that were found"), list);
    add(command_spec("plugin paths", "List the folders where plugins are looked for"), paths);
    add(load_spec(), load);
    add(unload_spec(), unload);
    auto info_spec = command_spec("plugin info", "Tell about one plugin");
    info_spec.operands = {required("NAME", ValueKind::plugin, "The plugin")};
    add(std::move(info_spec), info);
    auto inspect_spec =
        command_spec("plugin inspect", "Tell what a plugin's file says about itself");
    inspect_spec.description = "Reads the descriptor from the file. None of its code runs.";
    inspect_spec.operands = {required("FILE", ValueKind::path, "The file")};
    table.add({std::move(inspect_spec), inspect});
}

}  // namespace gantry::host
