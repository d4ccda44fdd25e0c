// A known-hosts file: what is read can be written and read again, and changed.
#include <gantry/crypto/trust.h>

#include <cstdlib>

using namespace gantry;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto known = KnownHosts::parse(text);
    if (!known) return 0;
    const auto again = KnownHosts::parse(known->to_text());
    require(again.ok() && again->all() == known->all());
    require(again->to_text() == known->to_text());
    const HostPort fresh{"host-of-the-fuzzer.test", 1};
    const Fingerprint shown;
    const auto before = known->find(fresh);
    for (const auto& host : known->all()) {
        require(!known->find(host.host).empty());
        const auto decision = decide_trust({host.host, host.fingerprint, {}, false, false}, *known);
        require(decision.verdict == TrustVerdict::trusted);
    }
    if (!before.empty() || !known->add(fresh, shown)) return 0;
    require(known->find(fresh).size() == 1);
    require(KnownHosts::parse(known->to_text())->all() == known->all());
    require(known->remove(fresh) == 1 && known->all() == again->all());
    return 0;
}
