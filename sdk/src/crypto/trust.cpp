#include <gantry/crypto/trust.h>

#include <algorithm>

namespace gantry {
namespace {

bool has(const std::vector<Fingerprint>& all, const Fingerprint& one) {
    return std::ranges::find(all, one) != all.end();
}

TrustDecision refused(const TrustQuestion& question, std::string message) {
    return {TrustVerdict::refused,
            make_error(ErrorCode::security, "tls", std::move(message), question.host.to_string())};
}

std::string changed_text(const TrustQuestion& question, const Fingerprint& known) {
    return "THE CERTIFICATE OF THIS SERVER HAS CHANGED. Somebody may be listening in between, or "
           "the server has a new certificate. Known is " +
           known.to_string() + ", it shows " + question.shown.to_string() +
           ". If the server's owner confirms the new one: crypto cert pin --replace "
           "--fingerprint " +
           question.shown.to_string() + " " + question.host.to_string();
}

}  // namespace

TrustDecision decide_trust(const TrustQuestion& question, const KnownHosts& known) {
    if (has(question.pins, question.shown)) return {TrustVerdict::trusted, {}};
    if (!question.pins.empty())
        return refused(question, "the server's certificate is not the one of --pin: it shows " +
                                     question.shown.to_string());
    const auto fingerprints = known.find(question.host);
    if (has(fingerprints, question.shown)) return {TrustVerdict::trusted, {}};
    if (!fingerprints.empty())
        return refused(question, changed_text(question, fingerprints.front()));
    if (question.trust_new) return {TrustVerdict::remember, {}};
    if (question.can_ask) return {TrustVerdict::ask, {}};
    return refused(question, "the server is not known yet: it shows " + question.shown.to_string() +
                                 "; if that is right, say --pin with it, or --trust-new");
}

std::string question_text(const TrustQuestion& question) {
    return "The server " + question.host.to_string() +
           " is not known yet. Its certificate's fingerprint is\n  " + question.shown.to_string() +
           "\nCompare it with what the server's owner tells. Trust it from now on (yes/no)? ";
}

}  // namespace gantry
