#include <cs/net/catalogue_handler.h>
#include <cs/net/classic_channel.h>
#include <cs/net/limits.h>

#include <algorithm>

namespace gantry::cs {

ClassicChannel::ClassicChannel(Transport& transport, EventLoop& loop, HostPort server, bool encrypt)
    : transport_(transport),
      loop_(loop),
      server_(std::move(server)),
      file_service_(encrypt ? ClassicService::encrypted_file : ClassicService::file) {}

// A call that is in the middle of telling something must not tell more.
ClassicChannel::~ClassicChannel() {
    for (const auto& item : running_) item.call->abandon();
}

void ClassicChannel::ask(Request request, std::shared_ptr<AnswerHandler> handler) {
    Item item{handler.get(), {file_service_, ++last_id_, {}}, handler, nullptr};
    if (auto* file = std::get_if<FileRequest>(&request)) {
        item.request.name = std::move(file->path);
    } else if (const auto* listing = std::get_if<ListingRequest>(&request)) {
        item.request.service = ClassicService::catalogue;
        item.handler = std::make_shared<CatalogueHandler>(*listing, std::move(handler));
    } else {
        return loop_.post([handler = std::move(handler)] {
            handler->failed(
                make_error(ErrorCode::unsupported, "cs",
                           "the classic wire gives files and a catalogue, nothing else"),
                ErrorDetail::none);
        });
    }
    waiting_.push_back(std::move(item));
    // In a later turn, since a request that cannot be sent fails as soon as it starts.
    loop_.post([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->start_waiting();
    });
}

void ClassicChannel::start_waiting() {
    while (!waiting_.empty() && running_.size() < limits::kClassicConnections) {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        start(std::move(next));
    }
}

void ClassicChannel::start(Item item) {
    item.call = std::make_shared<ClassicCall>(
        loop_, cipher_, item.request, item.handler,
        [weak = weak_from_this()](ClassicCall& over, bool unreachable) {
            const auto self = weak.lock();
            if (!self) return;
            self->unreachable_ = self->unreachable_ || unreachable;
            self->remove(over);
        });
    running_.push_back(item);
    item.call->start(transport_, server_);
}

void ClassicChannel::remove(const ClassicCall& call) {
    std::erase_if(running_, [&](const Item& item) { return item.call.get() == &call; });
    start_waiting();
}

void ClassicChannel::forget(const AnswerHandler& handler) {
    const auto is_it = [&](const Item& item) { return item.asker == &handler; };
    std::erase_if(waiting_, is_it);
    for (const auto& item : running_)
        if (is_it(item)) item.call->abandon();
    std::erase_if(running_, is_it);
    start_waiting();
}

}  // namespace gantry::cs
