#pragma once

#include <cs/wire/fields.h>
#include <gantry/storage/file.h>

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>

namespace gantry::cs {

// What files came to, for as long as they are the same: at most `limit` values, of which the one
// that was not asked for the longest goes first. Thread-safe.
class HashCache {
  public:
    explicit HashCache(std::size_t limit) : limit_(limit) {}
    std::optional<Bytes> find(const FileIdentity& file, CheckAlgorithm algorithm);
    void put(const FileIdentity& file, CheckAlgorithm algorithm, Bytes value);
    std::size_t size() const;

  private:
    struct Kept {
        FileIdentity file;
        CheckAlgorithm algorithm;
        Bytes value;
    };
    std::list<Kept>::iterator locate(const FileIdentity& file, CheckAlgorithm algorithm);

    const std::size_t limit_;
    mutable std::mutex mutex_;
    std::list<Kept> kept_;  // the last that was asked for is first
};

}  // namespace gantry::cs
