#include <cs/net/content_compare.h>

namespace gantry::cs {

class ContentCompare::Reply : public AnswerHandler {
  public:
    Reply(std::shared_ptr<ContentCompare> owner, std::size_t index)
        : owner_(std::move(owner)), index_(index) {}
    void file_ended(const FileEnd& end) override { owner_->answered(index_, end.check); }
    void failed(Error error, ErrorDetail) override { owner_->answered(index_, std::move(error)); }

  private:
    std::shared_ptr<ContentCompare> owner_;
    std::size_t index_;
};

ContentCompare::ContentCompare(FetchParts parts, MakeDigest digests,
                               std::shared_ptr<MirrorTarget> target, std::string remote, Done done)
    : parts_(std::move(parts)),
      digests_(std::move(digests)),
      target_(std::move(target)),
      remote_(std::move(remote)),
      done_(std::move(done)) {}

void ContentCompare::start(std::vector<MirrorFile> files) {
    files_ = std::move(files);
    start_more();
}

void ContentCompare::start_more() {
    const auto self = shared_from_this();
    while (!error_ && next_ < files_.size() && running_ < limits::kFilesAtOnce) {
        const auto index = next_++;
        ++running_;
        auto reply = std::make_shared<Reply>(self, index);
        replies_.emplace(index, reply);
        parts_.channel->ask(
            HashRequest{join_path(remote_, files_[index].path), CheckAlgorithm::merkle},
            std::move(reply));
    }
    if (running_ > 0 || !done_ || (!error_ && next_ < files_.size())) return;
    auto done = std::move(done_);
    if (error_) return (void)done(std::move(*error_));
    (void)done(std::move(different_));
}

void ContentCompare::answered(std::size_t index, Result<CheckValue> value) {
    const auto self = shared_from_this();
    replies_.erase(index);
    if (!value) {
        if (!error_ && !parts_.channel->usable()) error_ = value.error();
        return compared(index, false);
    }
    parts_.pool.run([target = target_, file = files_[index], value = std::move(*value),
                     digests = digests_] { return target->same(file, value, digests); },
                    [self, index](Result<bool> same) { self->compared(index, same && *same); });
}

void ContentCompare::compared(std::size_t index, bool same) {
    --running_;
    if (!same) different_.push_back(files_[index]);
    start_more();
}

void ContentCompare::cancel(Error reason) {
    const auto self = shared_from_this();
    if (!error_) error_ = std::move(reason);
    running_ -= replies_.size();
    for (const auto& [index, reply] : std::exchange(replies_, {})) parts_.channel->forget(*reply);
    start_more();
}

}  // namespace gantry::cs
