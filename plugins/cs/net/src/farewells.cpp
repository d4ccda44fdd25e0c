#include <cs/net/farewells.h>

#include <array>

namespace gantry::cs {

Farewells::~Farewells() = default;

void Farewells::say(std::unique_ptr<Stream> stream, ByteView last_words) {
    if (leaving_.size() == limits::kMaxFarewells) return;
    // A fresh stream has room for so few bytes.
    auto sent = stream->write(std::span(&last_words, 1));
    if (!sent || *sent < last_words.size() || !stream->finish_writing()) return;
    leaving_.push_back({std::move(stream), nullptr, 0});
    const auto place = std::prev(leaving_.end());
    place->patience = loop_.make_timer([this, place] { leaving_.erase(place); });
    place->patience->arm(loop_.now() + patience_);
    place->stream->set_callbacks({[this, place] { on_readable(place); },
                                  {},
                                  [this, place](const Error&) { leaving_.erase(place); }});
    place->stream->set_interest(Interest::read);
}

void Farewells::on_readable(Place place) {
    std::array<std::byte, 4096> buffer;
    auto read = place->stream->read(buffer);
    if (read && !read->end) place->dropped += read->bytes;
    if (!read || read->end || place->dropped > limits::kFarewellBytes) leaving_.erase(place);
}

}  // namespace gantry::cs
