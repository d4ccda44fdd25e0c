#pragma once

#include "core_bytes.h"

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cs/core/client_connection.h>
#include <cs/core/server_connection.h>
#include <cs/wire/hello.h>

#include <algorithm>

namespace gantry::cs {

// Both ends of a connection with streams, and what goes between them.
class StreamPair : public CppUnit::TestFixture {
  public:
    void setUp() override {
        server_.emplace(limits::ServerTimes{}, at(0s));
        client_.emplace();
        client_->say_hello();
        wire_.clear();
    }

  protected:
    std::optional<ServerConnection> server_;
    std::optional<ClientConnection> client_;
    std::vector<std::string> wire_;  // what the server sent, as "type:id"

    void to_server(Duration when = 0s) {
        Bytes buffer(100'000);
        while (const auto count = client_->poll_transmit(buffer, at(when)).bytes)
            server_->receive(ByteView(buffer).first(count), at(when));
    }
    // Everything the server sends, files as zeros. Notes the frames.
    Bytes from_server(Duration when = 0s) {
        Bytes all;
        Bytes buffer(1000);
        while (true) {
            const auto part = server_->poll_transmit(buffer, at(when));
            if (part.empty()) break;
            const auto count = part.file ? part.file->count : 0;
            server_->on_sent(part.bytes + count, at(when));
            all.insert(all.end(), buffer.begin(),
                       buffer.begin() + static_cast<std::ptrdiff_t>(part.bytes));
            all.resize(all.size() + count);
        }
        for (auto rest = ByteView(all); !rest.empty();) {
            const auto header = FrameHeader::decode(rest).value();
            wire_.push_back(std::to_string(static_cast<int>(header.type)) + ":" +
                            std::to_string(header.id.value()));
            rest = rest.subspan(header.length);
        }
        return all;
    }
    std::vector<ClientEvent> to_client(const Bytes& bytes, Duration when = 0s) {
        std::vector<ClientEvent> events;
        client_->receive(bytes, at(when));
        while (auto event = client_->poll_event()) events.push_back(std::move(*event));
        return events;
    }
    std::vector<ClientEvent> to_client(Duration when = 0s) {
        return to_client(from_server(when), when);
    }
    template <class Event>
    static std::size_t count(const std::vector<ClientEvent>& events) {
        return static_cast<std::size_t>(std::ranges::count_if(
            events, [](const auto& e) { return std::holds_alternative<Event>(e); }));
    }
    static std::uint64_t file_bytes(const std::vector<ClientEvent>& events) {
        std::uint64_t sum = 0;
        for (const auto& event : events)
            if (const auto* part = std::get_if<FileBytes>(&event)) sum += part->bytes.size();
        return sum;
    }
    std::size_t wanted() {
        std::size_t out = 0;
        while (auto event = server_->poll_event(at(0s))) ++out;
        return out;
    }
    RequestId ask_file(std::uint64_t size) {
        const auto id = client_->request(FileRequest{"a", {}}, at(0s)).value();
        to_server();
        (void)wanted();
        server_->begin_file(id, {size, {}, {}}, {0, size});
        server_->finish_file(id, {size, {}});
        return id;
    }
    std::string frames() const {
        std::string out;
        for (const auto& frame : wire_) out += frame + " ";
        return out;
    }
    ErrorCode server_failure(const Bytes& bytes) {
        server_.emplace(limits::ServerTimes{}, at(0s));
        server_->receive(bytes, at(0s));
        while (auto event = server_->poll_event(at(0s)))
            if (const auto* failed = std::get_if<ServerFailed>(&*event)) return failed->error.code;
        CPPUNIT_FAIL("it did not fail");
        return ErrorCode::other;
    }
    static Bytes hello(const Hello& said) {
        return frame(FrameType::hello, ServiceId::file, 0, said.encode());
    }
    static Hello streams() {
        Hello out;
        out.needs = {Feature::streams};
        return out;
    }
    ErrorCode client_failure(const Bytes& bytes) {
        const auto events = to_client(bytes);
        CPPUNIT_ASSERT(!events.empty() && std::holds_alternative<ClientFailed>(events.back()));
        return std::get<ClientFailed>(events.back()).error.code;
    }
};

}  // namespace gantry::cs
