#include <gantry/command/parser.h>
#include <gantry/plugin/abi.h>
#include <gantry/plugin/manifest.h>

#include <algorithm>
#include <set>

#include "manifest/document.h"
#include "manifest/forms.h"
#include "manifest/read_command.h"

namespace gantry {
namespace {

using manifest::Fields;
using manifest::Need;
using manifest::Reading;
namespace form = manifest::form;

constexpr auto kItems = manifest_limits::kOptions;

ServiceNeed read_service(Fields& fields) {
    ServiceNeed need;
    need.id = fields.text("id", Need::required, form::kServiceId);
    need.version = fields.number("version", Need::optional, 1);
    need.instance = fields.text("instance", Need::optional, form::kWord);
    if (need.version == 0) fields.reading().refuse(fields.place("version"), "starts from 1");
    return need;
}

// A setting's value obeys the same rules as an option's, so the same lint tells.
void lint_setting(Fields& fields, const SettingSpec& setting) {
    OptionSpec option;
    option.name = "value";
    option.kind = setting.kind;
    option.summary = setting.summary;
    option.fallback = setting.fallback;
    option.choices = setting.choices;
    CommandSpec spec;
    spec.name = spec.summary = "setting";
    spec.options.push_back(std::move(option));
    if (auto good = lint(spec); !good)
        fields.reading().refuse(fields.where(), good.error().message);
}

SettingSpec read_setting(Fields& fields) {
    SettingSpec setting;
    setting.key = fields.text("key", Need::required, form::kSettingKey);
    setting.kind = manifest::read_kind(fields);
    setting.fallback = fields.text("default", Need::optional, form::kLine);
    setting.summary = fields.text("summary", Need::required, form::kSummary);
    setting.choices = fields.texts("choices", form::kCompact, kItems);
    if (!fields.reading().problem) lint_setting(fields, setting);
    return setting;
}

template <class Items, class Name>
void refuse_doubles(Fields& fields, std::string_view list, const Items& items, Name name) {
    std::set<std::string> seen;
    for (const auto& item : items)
        if (!seen.insert(name(item)).second)
            fields.reading().refuse(fields.place(list), "has '" + name(item) + "' twice");
}

std::string service_name(const ServiceNeed& need) {
    return need.id + " " + std::to_string(need.version) + " " + need.instance;
}

void check_whole(Fields& fields, const Manifest& m) {
    if (m.name == "host") fields.reading().refuse(fields.place("name"), "'host' is taken");
    for (const auto& command : m.commands)
        if (!command.name.starts_with(m.group + " "))
            fields.reading().refuse(fields.place("commands"),
                                    "'" + command.name + "' does not begin with '" + m.group + "'");
    refuse_doubles(fields, "commands", m.commands, [](const auto& c) { return c.name; });
    refuse_doubles(fields, "settings", m.settings, [](const auto& s) { return s.key; });
    refuse_doubles(fields, "schemes", m.schemes, [](const auto& s) { return s; });
    refuse_doubles(fields, "requires", m.requires_services, service_name);
    refuse_doubles(fields, "optional", m.optional_services, service_name);
    refuse_doubles(fields, "provides", m.provides_services, service_name);
}

void read_identity(Fields& fields, Manifest& m) {
    m.name = fields.text("name", Need::required, form::kWord);
    m.version = fields.text("version", Need::required, form::kCompact);
    m.license = fields.text("license", Need::required, form::kLine);
    m.summary = fields.text("summary", Need::required, form::kSummary);
}

Manifest read_manifest(Fields& fields) {
    Manifest m;
    read_identity(fields, m);
    m.group = fields.text("group", Need::optional, form::kWord);
    if (m.group.empty()) m.group = m.name;
    m.schemes = fields.texts("schemes", form::kScheme, kItems);
    m.requires_services = fields.list<ServiceNeed>("requires", kItems, read_service);
    m.optional_services = fields.list<ServiceNeed>("optional", kItems, read_service);
    m.provides_services = fields.list<ServiceNeed>("provides", kItems, read_service);
    m.settings = fields.list<SettingSpec>("settings", kItems, read_setting);
    m.commands =
        fields.list<CommandSpec>("commands", manifest_limits::kCommands, manifest::read_command);
    if (!fields.reading().problem) check_whole(fields, m);
    return m;
}

Descriptor read_descriptor(Fields& fields) {
    Descriptor d;
    fields.object("abi", [&](Fields& abi) {
        d.abi_major = abi.number("major", Need::required, 0);
        d.abi_minor = abi.number("minor", Need::required, 0);
    });
    d.fingerprint = fields.text("fingerprint", Need::required, form::kLine);
    // A border that is not ours may have members that we do not know; the gate refuses it later,
    // with better words than these.
    const bool foreign = d.abi_major != GANTRY_ABI_MAJOR;
    fields.reading().allow_unknown = foreign || d.abi_minor > GANTRY_ABI_MINOR;
    fields.object("manifest", [&](Fields& inner) {
        if (foreign)
            read_identity(inner, d.manifest);
        else
            d.manifest = read_manifest(inner);
    });
    return d;
}

template <class Value, class Read>
Result<Value> read_whole(std::string_view json, Read read) {
    auto document = manifest::read_document(json);
    if (!document) return std::move(document).error();
    Reading reading;
    Fields fields(*document, {}, reading);
    auto value = read(fields);
    fields.done();
    if (reading.problem) return std::move(*reading.problem);
    return value;
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view json) {
    return read_whole<Manifest>(json, read_manifest);
}

Result<Descriptor> parse_descriptor(std::string_view json) {
    return read_whole<Descriptor>(json, read_descriptor);
}

}  // namespace gantry
