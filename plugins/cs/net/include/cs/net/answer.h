#pragma once

#include <cs/core/server_end.h>
#include <cs/net/copy_budget.h>
#include <cs/net/file_hash.h>
#include <cs/net/file_slots.h>
#include <cs/net/hash_cache.h>
#include <cs/net/pool_runner.h>
#include <cs/net/send_from.h>
#include <cs/net/server_seal.h>
#include <gantry/core/clock.h>
#include <gantry/net/endpoint.h>
#include <gantry/net/event_loop.h>
#include <gantry/storage/file_store.h>

#include <functional>
#include <memory>
#include <string>

namespace gantry::cs {

// The "service" of an AccessRecord that tells of a connection which was turned away.
inline constexpr std::string_view kRefusedConnection = "connection";
// And of one that tells of an encrypted file.
inline constexpr std::string_view kEncryptedFile = "encrypted-file";

// One request as the access log tells it.
struct AccessRecord {
    Endpoint peer;
    std::string_view service;  // "file", "listing", "rename"; a literal
    std::string path;          // as the client sent it
    std::uint64_t count = 0;   // bytes of a file, entries of a listing
    Duration elapsed{};
    std::optional<Error> error;
    std::string identity;  // the peer's, as access rules know it; empty: none
};

struct PeerResources;

// What the answers of one server share on one of its loops.
struct ServerResources {
    EventLoop& loop;
    FileStore& store;
    PoolRunner& pool;
    FileSlots& slots;
    CopyBudget& copies;
    HashCache& hashes;
    MakeDigest digests;
    Callback<const AccessRecord&> log;
    bool writable = false;  // clients may change what is served
    SendFrom send_from = SendFrom::file;
    const ServerSeal* seal = nullptr;  // null: it has no key for encrypted files
    // Whose rights an encrypted file is given by; empty: there are no rules.
    std::function<std::shared_ptr<PeerResources>(const std::string& identity)> peer_of;
};

// Where an answer goes: one connection's core, a nudge when there is news for it, and whose it is.
struct AnswerSink {
    ServerEnd& core;
    Callback<> changed;
    IpAddress client;
    SendFrom send_from = SendFrom::file;
};

// One request being answered. It lives on the loop; its blocking part is on the pool. Destroying it
// gives the request up.
class Answer {
  public:
    virtual ~Answer() = default;
    // The connection has sent `sent` bytes of the file, or has room again: carry on.
    virtual void advance(std::uint64_t sent) = 0;
    // The connection has received more, which may be part of this.
    virtual void received() {}
    // The server goes down: an answer that would never end by itself ends.
    virtual void drain() {}
    // The file that FileRange means; null when there is none.
    virtual File* file() noexcept { return nullptr; }
    // What lies ready of what FileRange means, from `offset` on, where file() is null.
    virtual ByteView bytes(std::uint64_t) const noexcept { return {}; }
    // For the log: who asked, where the request itself says so; and how far it came.
    virtual std::string identity() const { return {}; }
    virtual std::uint64_t count() const noexcept = 0;
    virtual const std::optional<Error>& error() const noexcept = 0;
    virtual bool ended() const noexcept = 0;
};

}  // namespace gantry::cs
