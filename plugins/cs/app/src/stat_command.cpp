#include <cs/app/listing_report.h>
#include <cs/app/stat_command.h>

namespace gantry::cs {

Result<ActionRequest> StatCommand::request(const CsUrl& url) {
    return ActionRequest(StatusRequest{url.path});
}

void StatCommand::present(ByteView response) {
    auto status = StatusResponse::decode(response);
    if (!status) return fail(std::move(status).error());
    const std::vector<ListingEntry> entries{
        {status->type, status->size, status->modified.value_or(0), "/" + url().path}};
    auto value = entry_value(entries.front());
    finish(format_listing(entries), std::move(value.set("path", "/" + url().path)));
}

}  // namespace gantry::cs
