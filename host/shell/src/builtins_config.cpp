#include <host/shell/builtins.h>
#include <host/shell/table.h>

namespace gantry::host {
namespace {

std::string origin_text(const Setting& setting) {
    std::string text(layer_name(setting.origin));
    if (!setting.source.empty()) text += " (" + setting.source + ")";
    return setting.value ? text : "-";
}

Value value_of(const Setting& setting) {
    Value value = Value::object();
    value.set("key", setting.declared.key);
    value.set("value", setting.value ? Value(*setting.value) : Value());
    value.set("origin", layer_name(setting.origin));
    if (!setting.source.empty()) value.set("source", setting.source);
    return value;
}

Result<Value> show(Configuration& configuration, BuiltinCall& call) {
    const bool origin = call.arguments.flag("origin");
    std::vector<std::vector<std::string>> rows;
    Value array = Value::array();
    for (const auto& setting : configuration.all()) {
        rows.push_back({setting.declared.key, setting.value.value_or(""),
                        origin ? origin_text(setting) : setting.declared.summary});
        array.push(value_of(setting));
    }
    (void)call.out.write(
        render_table({{"KEY"}, {"VALUE"}, {origin ? "ORIGIN" : "SUMMARY"}}, rows, call.width));
    return Value::object().set("settings", std::move(array));
}

Result<Value> get(Configuration& configuration, BuiltinCall& call) {
    const auto key = call.arguments.operand("KEY");
    auto setting = configuration.find(key);
    if (!setting) return std::move(setting).error();
    if (!setting->value)
        return make_error(ErrorCode::not_found, "shell", "it is not set and has no default", key);
    (void)call.out.write(*setting->value + "\n");
    return value_of(*setting);
}

Result<Value> set(Configuration& configuration, BuiltinCall& call) {
    const auto key = call.arguments.operand("KEY");
    const auto value = call.arguments.operand("VALUE");
    auto setting = configuration.set(key, value);
    if (!setting) return std::move(setting).error();
    if (setting->origin != Layer::user_file)
        (void)call.messages.write("written to " + configuration.user_file().string() + ", but " +
                                  origin_text(*setting) + " wins\n");
    return value_of(*setting);
}

}  // namespace

void add_config_builtins(BuiltinTable& table, std::function<Configuration&()> configuration) {
    CommandSpec show_spec;
    show_spec.name = "config show";
    show_spec.summary = "List the settings and their values";
    show_spec.options = {flag("origin", 'o', "Tell where each value comes from")};
    table.add(
        {show_spec, [configuration](BuiltinCall& call) { return show(configuration(), call); }});
    CommandSpec get_spec;
    get_spec.name = "config get";
    get_spec.summary = "Print one setting's value";
    get_spec.operands = {required("KEY", ValueKind::text, "The setting")};
    table.add(
        {get_spec, [configuration](BuiltinCall& call) { return get(configuration(), call); }});
    CommandSpec set_spec;
    set_spec.name = "config set";
    set_spec.summary = "Write a setting to your own file";
    set_spec.description =
        "The file keeps its comments and its order. A flag or an environment variable still wins "
        "over it.";
    set_spec.operands = {required("KEY", ValueKind::text, "The setting"),
                         required("VALUE", ValueKind::text, "Its value")};
    set_spec.examples = {{"config set color never", ""}};
    set_spec.examples[0].summary = "No colours, on any terminal";
    table.add(
        {set_spec, [configuration](BuiltinCall& call) { return set(configuration(), call); }});
}

}  // namespace gantry::host
