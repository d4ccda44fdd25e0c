#include <cs/app/access_log.h>
#include <cs/app/get_report.h>
#include <cs/app/put_command.h>

#include <fmt/format.h>

namespace gantry::cs {

class PutCommand::Reply : public AnswerHandler {
  public:
    explicit Reply(Callback<Result<Bytes>> then) : then_(std::move(then)) {}
    void answered(Bytes body) override { (void)then_(std::move(body)); }
    void failed(Error error, ErrorDetail) override { (void)then_(std::move(error)); }

  private:
    Callback<Result<Bytes>> then_;
};

namespace {

Error usage(std::string message) { return make_error(ErrorCode::usage, "cs", std::move(message)); }

Result<UploadPlan> plan_all(const OpenStore& open, const std::vector<std::string>& files,
                            const UploadAim& aim) {
    UploadPlan all;
    for (const auto& file : files) {
        auto plan = plan_upload(open, file, aim);
        if (!plan) return plan;
        std::ranges::move(plan->files, std::back_inserter(all.files));
        std::ranges::move(plan->folders, std::back_inserter(all.folders));
        all.skipped += plan->skipped;
    }
    return all;
}

// One file that failed tells why itself; of several, that some did. The same command can go on.
std::optional<Error> verdict(const UploadSummary& summary, std::size_t items) {
    for (const auto& failure : summary.failures)
        if (failure.error.code == ErrorCode::interrupted) return failure.error;
    if (summary.fatal && (summary.files == 0 || summary.fatal->code == ErrorCode::cancelled))
        return summary.fatal;
    if (summary.failed == 0) return std::nullopt;
    if (items == 1) return summary.failures.front().error;
    return make_error(ErrorCode::partial, "cs",
                      fmt::format("{} of {} files were not sent: {}", items - summary.files, items,
                                  describe(summary.failures.front().error)));
}

}  // namespace

void PutCommand::begin() {
    const auto& typed = call_->arguments().operands("FILE");
    if (typed.size() < 2)
        return fail(usage("say which files, and at the end where to: cs://HOST:PORT/[DIR/]"));
    auto url = CsUrl::parse(typed.back());
    if (!url) return fail(std::move(url).error());
    url_ = std::move(*url);
    for (auto file = typed.begin(); file + 1 != typed.end(); ++file)
        files_.push_back(call_->local_path(*file));
    with_channel(url_.server, [this](Channel channel) {
        to_ = std::move(channel);
        if (url_.folder || files_.size() > 1)
            plan(true);
        else
            ask_for_folder();
    });
}

// A single file goes into a folder of that name, or takes the name.
void PutCommand::ask_for_folder() {
    ask(StatusRequest{url_.path}, [this](Result<Bytes> body) {
        if (!body && body.error().code != ErrorCode::not_found)
            return fail(std::move(body).error());
        if (!body) return plan(false);
        auto status = StatusResponse::decode(*body);
        if (!status) return fail(std::move(status).error());
        plan(status->type == EntryType::folder);
    });
}

void PutCommand::ask(ActionRequest request, Callback<Result<Bytes>> then) {
    auto self = shared_from_this();
    reply_ =
        std::make_shared<Reply>([this, self, then = std::move(then)](Result<Bytes> body) mutable {
            reply_.reset();
            (void)then(std::move(body));
        });
    to_->ask(std::move(request), reply_);
}

void PutCommand::plan(bool into) {
    parts_.pool.run([open = parts_.open_store(), files = files_,
                     aim = UploadAim{url_.path, into}] { return plan_all(open, files, aim); },
                    [this, self = shared_from_this()](Result<UploadPlan> outcome) {
                        planned(std::move(outcome));
                    });
}

void PutCommand::planned(Result<UploadPlan> outcome) {
    if (is_cancelled()) return fail(cancelled_error());
    if (!outcome) return fail(std::move(outcome).error());
    plan_ = std::move(*outcome);
    make_folders();
}

void PutCommand::make_folders() {
    if (plan_.folders.empty()) return upload();
    auto folder = std::move(plan_.folders.back());
    plan_.folders.pop_back();
    ask(MakeFolderRequest{folder}, [this, folder](Result<Bytes> body) {
        if (body) return make_folders();
        auto error = std::move(body).error();
        if (error.context.empty()) error.context = "/" + folder;
        fail(std::move(error));
    });
}

void PutCommand::upload() {
    auto self = std::static_pointer_cast<PutCommand>(shared_from_this());
    UploadOptions options;
    if (call_->arguments().flag("no-clobber")) options.overwrite = Overwrite::no;
    options.resume = !call_->arguments().flag("no-resume");
    uploader_ = std::make_shared<Uploader>(
        FetchParts{parts_.context.loop(), parts_.pool, call_->job(), to_}, options,
        [this](std::uint64_t more) { call_->job().set_total(ByteCount(total_ += more)); },
        [this](std::uint64_t more) { call_->job().progress(ByteCount(sent_ += more)); },
        [self](UploadSummary summary) { self->uploaded(std::move(summary)); });
    uploader_->start(plan_.files);
}

void PutCommand::on_cancelled() {
    const auto self = shared_from_this();
    if (uploader_) return uploader_->cancel(cancelled_error());
    if (!reply_) return;  // the plan is being made; planned() ends the command
    to_->forget(*reply_);
    reply_.reset();
    fail(cancelled_error());
}

void PutCommand::uploaded(UploadSummary summary) {
    uploader_.reset();
    const auto elapsed = parts_.context.clock().now() - started_;
    const bool one = plan_.files.size() == 1;
    const auto path = one ? plan_.files.front().remote : url_.path;
    const auto where = "cs://" + url_.server.to_string() + "/" + path;
    auto text =
        fmt::format("{}  {}{}, {}\n", printable(where), format_size(ByteCount(summary.bytes)),
                    one ? "" : fmt::format(" in {} files", summary.files),
                    format_move(summary.bytes, summary.resumed, elapsed));
    Value value = Value::object();
    value.set("url", where).set("bytes", summary.bytes).set("files", summary.files);
    value.set("seconds", to_seconds(elapsed));
    if (summary.resumed > 0) value.set("resumed", summary.resumed);
    if (summary.failed > 0) value.set("failed", summary.failed);
    if (plan_.skipped > 0) value.set("skipped", plan_.skipped);
    for (const auto& failure : summary.failures)
        if (!one) (void)call_->messages().write(printable(describe(failure.error)) + "\n");
    auto error = verdict(summary, plan_.files.size());
    if (error) return fail(std::move(*error), summary.files > 0 ? text : "", std::move(value));
    finish(std::move(text), std::move(value));
}

}  // namespace gantry::cs
