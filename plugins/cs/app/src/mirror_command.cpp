#include <cs/app/mirror_command.h>
#include <cs/app/mirror_report.h>

namespace gantry::cs {

void MirrorCommand::begin() {
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    url_ = std::move(*url);
    local_ = call_->local_path(call_->arguments().operand("LOCALDIR"));
    while (local_.size() > 1 && local_.ends_with('/')) local_.pop_back();
    with_channel(url_.server, [this](Channel channel) { mirror(std::move(channel)); });
}

void MirrorCommand::mirror(Channel channel) {
    const auto& arguments = call_->arguments();
    MirrorOptions options;
    options.remove = arguments.flag("delete");
    options.dry_run = arguments.flag("dry-run");
    options.checksum = arguments.flag("checksum");
    options.fetch.digests = parts_.make_digest();
    options.fetch.resume = true;
    auto self = std::static_pointer_cast<MirrorCommand>(shared_from_this());
    mirror_ = std::make_shared<Mirror>(
        FetchParts{parts_.context.loop(), parts_.pool, call_->job(), std::move(channel)},
        std::move(options), url_.path, local_, parts_.open_store(),
        FetchProgress{
            [this](std::int64_t more) {
                call_->job().set_total(ByteCount(total_ += static_cast<std::uint64_t>(more)));
            },
            [this](std::uint64_t more) { call_->job().progress(ByteCount(done_ += more)); }},
        [self](MirrorResult result) { self->mirrored(std::move(result)); });
    mirror_->start();
}

void MirrorCommand::on_cancelled() {
    if (mirror_) mirror_->cancel(cancelled_error());
}

void MirrorCommand::mirrored(MirrorResult result) {
    mirror_.reset();
    const bool failed = result.error && result.error->code != ErrorCode::partial;
    if (call_->arguments().flag("dry-run") && !failed) return tell_plan(std::move(result));
    conclude(std::move(result));
}

void MirrorCommand::tell_plan(MirrorResult result) {
    const bool remove = call_->arguments().flag("delete");
    count_plan(result, remove);
    auto shared = std::make_shared<MirrorResult>(std::move(result));
    parts_.pool.run(
        [self = shared_from_this(), this, shared, remove] {
            const bool removes = remove && !shared->kept;
            return call_->json() ? call_->add_items("items", plan_items(shared->plan, removes))
                                 : call_->out().write(format_plan(shared->plan, removes));
        },
        [self = shared_from_this(), this, shared](Result<void>) { conclude(std::move(*shared)); });
}

void MirrorCommand::conclude(MirrorResult result) {
    const auto elapsed = parts_.context.clock().now() - started_;
    for (const auto& line : mirror_notes(result)) (void)call_->messages().write(line + "\n");
    auto text = format_mirror(result, local_, elapsed);
    auto value = mirror_value(result, local_, elapsed);
    if (call_->arguments().flag("dry-run")) {
        value.set("dry_run", true);
        text = "would copy: " + text;
    }
    if (!result.error) return finish(std::move(text), std::move(value));
    const bool some = result.error->code == ErrorCode::partial || result.files > 0;
    fail(std::move(*result.error), some ? text : "", std::move(value));
}

}  // namespace gantry::cs
