#include <cs/net/put_answer.h>

namespace gantry::cs {

namespace {

// Whether the file may be stored, told before the client has sent it.
Result<std::string> check_place(FileStore& store, const PutRequest& request, bool writable) {
    if (!writable) return make_error(ErrorCode::denied, "cs", "this server is read-only");
    auto path = normalize_path(request.path);
    if (!path) return path;
    if (path->empty() || request.path.ends_with('/'))
        return make_error(ErrorCode::usage, "cs", "this names a folder; say the file's name too");
    if (!request.replace && store.status(*path))
        return make_error(ErrorCode::exists, "cs", "a file of that name is there");
    return path;
}

Result<std::unique_ptr<FileWriter>> open_writer(FileStore& store, const PutRequest& request,
                                                bool writable) {
    auto path = check_place(store, request, writable);
    if (!path) return std::move(path).error();
    // The server's store outlives its answers.
    const std::shared_ptr<FileStore> borrowed(std::shared_ptr<void>(), &store);
    const LocalPlace place{borrowed, *path, *path};
    const auto overwrite = request.replace ? Overwrite::yes : Overwrite::no;
    if (request.upload) {
        auto writer = FileWriter::go_on(place, overwrite, request);
        const bool none = !writer && writer.error().code == ErrorCode::unsupported;
        if (!none || request.offset > 0) return writer;
    }
    return FileWriter::open(place, overwrite, request.size, request.check);
}

// Whether the file is whole now.
Result<bool> write_part(FileWriter& writer, const UploadPart& part, std::uint64_t size) {
    const ByteView bytes(part.bytes);
    if (bytes.size() > size - writer.written())
        return protocol_error("more bytes came than the file has");
    if (!bytes.empty())
        if (auto written = writer.write(bytes); !written) return std::move(written).error();
    if (part.given_up)
        return make_error(ErrorCode::cancelled, "cs", "the client gave the upload up");
    if (!part.end) return false;
    if (!*part.end) return part.end->error();
    if ((*part.end)->total != size) return protocol_error("the file ended before its size");
    if (auto finished = writer.finish(**part.end); !finished) return std::move(finished).error();
    return true;
}

}  // namespace

// What was written is removed, which can block.
PutAnswer::~PutAnswer() {
    if (!writer_) return;
    drop_blocking(std::move(writer_));
}

void PutAnswer::start() { take_slot(&PutAnswer::open); }

void PutAnswer::open() {
    run([&store = resources().store, request = wanted_.request,
         writable = resources().writable] { return open_writer(store, request, writable); },
        &PutAnswer::opened);
}

void PutAnswer::opened(Result<std::unique_ptr<FileWriter>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    writer_ = std::move(*outcome);
    sink_.core.begin_put(wanted_.id);
    received();
    (void)sink_.changed();
}

void PutAnswer::received() {
    if (!writer_ || busy_ || ended_) return;
    auto part = sink_.core.fetch_upload(wanted_.id);
    if (!part.empty()) store(std::move(part));
}

void PutAnswer::store(UploadPart part) {
    busy_ = true;
    run([writer = writer_, part = std::move(part),
         size = wanted_.request.size] { return write_part(*writer, part, size); },
        &PutAnswer::stored);
}

void PutAnswer::stored(Result<bool> outcome) {
    busy_ = false;
    written_ = writer_->written();
    if (!outcome) return refuse(std::move(outcome).error());
    if (*outcome) {
        ended_ = true;
        sink_.core.finish_put(wanted_.id);
    } else {
        received();
    }
    (void)sink_.changed();  // also since there is room to read again
}

}  // namespace gantry::cs
