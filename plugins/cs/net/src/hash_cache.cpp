#include <cs/net/hash_cache.h>

#include <algorithm>

namespace gantry::cs {

std::list<HashCache::Kept>::iterator HashCache::locate(const FileIdentity& file,
                                                       CheckAlgorithm algorithm) {
    return std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
        return kept.algorithm == algorithm && kept.file == file;
    });
}

std::optional<Bytes> HashCache::find(const FileIdentity& file, CheckAlgorithm algorithm) {
    const std::lock_guard lock(mutex_);
    const auto found = locate(file, algorithm);
    if (found == kept_.end()) return std::nullopt;
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().value;
}

void HashCache::put(const FileIdentity& file, CheckAlgorithm algorithm, Bytes value) {
    const std::lock_guard lock(mutex_);
    if (const auto found = locate(file, algorithm); found != kept_.end()) kept_.erase(found);
    kept_.push_front({file, algorithm, std::move(value)});
    if (kept_.size() > limit_) kept_.pop_back();
}

std::size_t HashCache::size() const {
    const std::lock_guard lock(mutex_);
    return kept_.size();
}

}  // namespace gantry::cs
