#pragma once

#include <cs/net/limits.h>
#include <gantry/core/units.h>
#include <gantry/net/stream.h>

#include <list>
#include <memory>

namespace gantry::cs {

// Streams that are told why they are refused, and then closed. A stream with bytes unread is reset
// when it closes, and takes the last words with it, so what its client sends is read and dropped
// until the client ends too. Loop thread only.
class Farewells {
  public:
    // `patience`: how long a client gets.
    Farewells(EventLoop& loop, Duration patience) : loop_(loop), patience_(patience) {}
    ~Farewells();
    // Beyond kMaxFarewells at once the stream is closed without a word.
    void say(std::unique_ptr<Stream> stream, ByteView last_words);
    std::size_t size() const noexcept { return leaving_.size(); }
    void clear() { leaving_.clear(); }

  private:
    struct Leaving {
        std::unique_ptr<Stream> stream;
        std::unique_ptr<Timer> patience;
        std::size_t dropped = 0;
    };
    using Place = std::list<Leaving>::iterator;
    void on_readable(Place place);

    EventLoop& loop_;
    Duration patience_;
    std::list<Leaving> leaving_;
};

}  // namespace gantry::cs
