#include <crypto/app/cert_commands.h>
#include <crypto/net/private_file.h>
#include <gantry/storage/whole_file.h>

#include <algorithm>
#include <chrono>

namespace gantry::crypto {
namespace {

constexpr Duration kProbeLimit = std::chrono::seconds(20);
constexpr std::int64_t kMaxDays = 36'500;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string to_text(const CertificateFacts& facts, bool expired) {
    return "fingerprint  " + facts.fingerprint.to_string() + "\nsubject      " + facts.subject +
           "\nissuer       " + facts.issuer + (facts.self_made ? " (made by itself)" : "") +
           "\nhosts        " + joined(facts.hosts) + "\nvalid        " + format_time(facts.from) +
           " to " + format_time(facts.until) + (expired ? " (EXPIRED)" : "") + "\nkey          " +
           facts.key + "\n";
}

Value to_value(const CertificateFacts& facts, bool expired) {
    auto hosts = Value::array();
    for (const auto& host : facts.hosts) hosts.push(host);
    return Value::object()
        .set("fingerprint", facts.fingerprint.to_string())
        .set("subject", facts.subject)
        .set("issuer", facts.issuer)
        .set("self_made", facts.self_made)
        .set("hosts", std::move(hosts))
        .set("from", format_time(facts.from))
        .set("until", format_time(facts.until))
        .set("expired", expired)
        .set("key", facts.key);
}

Value pinned(const HostPort& host, const Fingerprint& fingerprint, bool is_new) {
    return Value::object()
        .set("host", host.to_string())
        .set("fingerprint", fingerprint.to_string())
        .set("new", is_new);
}

Result<HostPort> host_operand(CommandCall& call) {
    return HostPort::parse(call.arguments().operand("HOST:PORT"));
}

Result<CertificateRequest> request_from(const Arguments& arguments, WallTime now) {
    CertificateRequest request;
    request.name = arguments.text("name").value_or("gantry");
    request.hosts = arguments.texts("host");
    request.kind =
        arguments.text("key-type") == "p256" ? KeyAlgorithm::p256 : KeyAlgorithm::ed25519;
    const auto days = arguments.integer("days").value_or(3650);
    if (days < 1 || days > kMaxDays)
        return make_error(ErrorCode::usage, "crypto", "--days is from 1 to 36500");
    // Clocks of others may be a little behind.
    request.from = now - std::chrono::hours(1);
    request.until = now + std::chrono::hours(24) * days;
    return request;
}

}  // namespace

// A file of that name, or else a server.
Result<std::string> CertCommands::pem_of(CommandCall& call, const std::string& what) {
    auto text = read_whole_file(call.local_path(what), tls_limits::kPemBytes);
    if (text) return text;
    const auto host = HostPort::parse(what);
    if (!host || text.error().code != ErrorCode::not_found) {
        text.error().context = what;
        return text;
    }
    return probe_server(parts_.probe, *host, parts_.clock.wall(), kProbeLimit, call.job());
}

Result<Value> CertCommands::show(CommandCall& call) {
    const auto what = call.arguments().operand("FILE|HOST:PORT");
    const auto pem = pem_of(call, what);
    if (!pem) return pem.error();
    auto certificates = read_certificates(*pem);
    if (!certificates) {
        certificates.error().context = what;
        return std::move(certificates).error();
    }
    auto all = Value::array();
    std::string text;
    for (const auto& facts : *certificates) {
        const bool expired = parts_.clock.wall() > facts.until;
        text += (text.empty() ? "" : "\n") + to_text(facts, expired);
        all.push(to_value(facts, expired));
    }
    if (auto written = call.out().write(text); !written) return std::move(written).error();
    return Value::object().set("certificates", std::move(all));
}

Result<Value> CertCommands::make(CommandCall& call) {
    const auto& arguments = call.arguments();
    const auto name = arguments.text("output").value_or("");
    if (name.empty())
        return make_error(ErrorCode::usage, "crypto", "say where to write it: -o FILE");
    const auto request = request_from(arguments, parts_.clock.wall());
    if (!request) return request.error();
    auto made = make_certificate(*request);
    if (!made) return std::move(made).error();
    const auto fingerprint = read_certificates(made->chain_pem)->front().fingerprint;
    Secret both(made->key_pem.size() + made->chain_pem.size());
    const auto middle = std::ranges::copy(made->key_pem.view(), both.bytes().begin()).out;
    std::ranges::copy(as_bytes(made->chain_pem), middle);
    if (auto written = create_private_file(call.local_path(name), name, both.view()); !written)
        return std::move(written).error();
    (void)call.out().write(fingerprint.to_string() + "\n");
    return Value::object()
        .set("path", name)
        .set("fingerprint", fingerprint.to_string())
        .set("until", format_time(request->until));
}

Result<Fingerprint> CertCommands::ask_about(CommandCall& call, const HostPort& host) {
    const auto pem = probe_server(parts_.probe, host, parts_.clock.wall(), kProbeLimit, call.job());
    if (!pem) return pem.error();
    const auto shown = read_certificates(*pem);
    if (!shown) return shown.error();
    const auto known = parts_.known.load();
    if (!known) return known.error();
    const TrustQuestion question{host,
                                 shown->front().fingerprint,
                                 {},
                                 call.arguments().flag("trust-new"),
                                 call.foreground() && parts_.person.can_be_asked()};
    auto decision = decide_trust(question, *known);
    if (decision.error) return std::move(*decision.error);
    if (decision.verdict != TrustVerdict::ask) return question.shown;
    const auto yes = parts_.person.ask(question_text(question), call.job());
    if (!yes) return yes.error();
    if (!*yes)
        return make_error(ErrorCode::security, "crypto", "the certificate was not trusted",
                          host.to_string());
    return question.shown;
}

// A host that is known by another certificate is not forgotten by accident.
Result<void> CertCommands::may_pin(const HostPort& host, const Fingerprint& fingerprint,
                                   bool replace) {
    const auto known = parts_.known.load();
    if (!known) return known.error();
    const auto pins = known->find(host);
    if (replace || pins.empty() || std::ranges::find(pins, fingerprint) != pins.end()) return {};
    return make_error(ErrorCode::exists, "crypto",
                      "this host is known by " + pins.front().to_string() +
                          "; say --replace to trust the new one instead",
                      host.to_string());
}

Result<Value> CertCommands::pin(CommandCall& call) {
    const auto host = host_operand(call);
    if (!host) return host.error();
    const auto given = call.arguments().text("fingerprint");
    const bool replace = call.arguments().flag("replace");
    if (replace && !given)
        return make_error(ErrorCode::usage, "crypto", "--replace goes with --fingerprint");
    const auto fingerprint = given ? Fingerprint::parse(*given) : ask_about(call, *host);
    if (!fingerprint) return fingerprint.error();
    if (auto may = may_pin(*host, *fingerprint, replace); !may) return std::move(may).error();
    const auto added =
        parts_.known.remember(*host, *fingerprint, replace ? OtherPins::drop : OtherPins::keep);
    if (!added) return added.error();
    (void)call.out().write((*added ? "pinned " : "known ") + host->to_string() + " " +
                           fingerprint->to_string() + "\n");
    return pinned(*host, *fingerprint, *added);
}

Result<Value> CertCommands::list(CommandCall& call) {
    const auto known = parts_.known.load();
    if (!known) return known.error();
    auto hosts = Value::array();
    for (const auto& [host, fingerprint] : known->all()) {
        hosts.push(Value::object()
                       .set("host", host.to_string())
                       .set("fingerprint", fingerprint.to_string()));
        if (auto written =
                call.out().write(host.to_string() + " " + fingerprint.to_string() + "\n");
            !written)
            return std::move(written).error();
    }
    return Value::object().set("hosts", std::move(hosts));
}

Result<Value> CertCommands::forget(CommandCall& call) {
    const auto host = host_operand(call);
    if (!host) return host.error();
    const auto gone = parts_.known.forget(*host);
    if (!gone) return gone.error();
    if (*gone == 0)
        return make_error(ErrorCode::not_found, "crypto", "this host is not known",
                          host->to_string());
    return Value::object().set("host", host->to_string()).set("forgotten", std::uint64_t{*gone});
}

}  // namespace gantry::crypto
