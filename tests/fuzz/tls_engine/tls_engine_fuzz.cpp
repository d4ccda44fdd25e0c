// Bytes from a peer into a TLS engine. The first byte says how: 0 and 1, all that follows goes to a
// server or a client as it is; else a handshake and some bytes pass between two engines, and the
// input says which of them are changed, dropped, doubled or cut: three bytes for each change, the
// distance from the change before (two bytes) and what is done.
#include <crypto_support/engine_pair.h>

#include <cstdlib>

using namespace gantry;
using namespace gantry::crypto;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

// Every engine ends well: it is open and can be used, or has failed and says why.
void finish(TlsEngine& engine) {
    (void)read_all(engine);
    engine.received_end();
    (void)read_all(engine);
    require(engine.readable() || engine.state() == TlsState::failed);
    if (engine.state() != TlsState::failed) return;
    const auto failure = engine.failure();
    require(failure.has_value());
    require(failure->code == ErrorCode::security || failure->code == ErrorCode::network);
    require(!engine.write(as_bytes("x")).ok() && engine.room().empty());
}

class Changes {
  public:
    explicit Changes(ByteView script) : script_(script) { next(); }

    void apply(std::vector<std::byte>& bytes) {
        std::vector<std::byte> out;
        for (const auto byte : bytes) {
            if (!active_ || wait_ > 0) {
                out.push_back(byte);
                if (active_) --wait_;
                continue;
            }
            const auto what = action_;
            next();
            if (what == 0) continue;  // dropped
            out.push_back(what == 1 ? byte : byte ^ static_cast<std::byte>(what));
            if (what == 1) out.push_back(byte);  // doubled
        }
        bytes = std::move(out);
    }

  private:
    void next() {
        active_ = script_.size() >= 3;
        if (!active_) return;
        wait_ = std::to_integer<unsigned>(script_[0]) * 256 + std::to_integer<unsigned>(script_[1]);
        action_ = std::to_integer<unsigned>(script_[2]);
        script_ = script_.subspan(3);
    }

    ByteView script_;
    bool active_ = false;
    unsigned wait_ = 0;
    unsigned action_ = 0;
};

void converse(ByteView script) {
    EnginePair pair;
    Changes changes(script);
    const Wiretap tap = [&](auto& bytes) { changes.apply(bytes); };
    const auto pump = [&] {
        for (bool moved = true; moved;) {
            moved = carry(*pair.client, *pair.server, 65536, tap);
            moved = carry(*pair.server, *pair.client, 65536, tap) || moved;
        }
    };
    pump();
    (void)pair.client->write(as_bytes("question"));
    (void)pair.server->write(as_bytes("answer"));
    pump();
    const auto asked = read_all(*pair.server), answered = read_all(*pair.client);
    require(asked.empty() || asked == "question");
    require(answered.empty() || answered == "answer");
    finish(*pair.client);
    finish(*pair.server);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto rest = std::as_bytes(std::span(data + 1, size - 1));
    if (data[0] > 1) {
        converse(rest);
        return 0;
    }
    EnginePair pair;
    auto& engine = data[0] == 0 ? *pair.server : *pair.client;
    (void)engine.feed(rest);
    require(engine.state() != TlsState::open);
    finish(engine);
    return 0;
}
