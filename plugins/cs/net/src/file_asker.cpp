#include <cs/net/file_asker.h>

namespace gantry::cs {

Result<RequestChannel::Request> FileAsker::ask(FileRequest request) const {
    SealRandom random{};
    random_.fill(random);
    auto exchange = SealedExchange::ask(key_, std::move(request), random);
    if (!exchange) return std::move(exchange).error();
    return RequestChannel::Request(std::move(*exchange));
}

}  // namespace gantry::cs
