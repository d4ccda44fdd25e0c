#!/usr/bin/env python3
"""Echoes beside saturating files, all on one connection: bench/cs_echo.py build/bin/gantry
[--streams 8] [--seconds 10] [--size 256] [--window 2048] [--check]

A client of its own that speaks cs1 with streams (docs/protocols/cs.md): it asks for `--streams` files
at once, again and again, throws the bytes away, and sends an echo every 5 ms. Prints the percentiles
of the echo's round trip, idle and under load, and the throughput meanwhile.
"""
import argparse, os, select, socket, struct, subprocess, tempfile, time

import loopback

parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--streams", type=int, default=8)
parser.add_argument("--seconds", type=float, default=10)
parser.add_argument("--size", type=int, default=256, help="MiB of each file")
parser.add_argument("--window", type=int, default=2048, help="KiB of data that the client takes at once")
parser.add_argument("--check", action="store_true", help="ask for a CRC-32C of each file")
options = parser.parse_args()

REQUEST, RESPONSE, DATA, END, ERROR, CREDIT, HELLO = 1, 2, 3, 4, 5, 6, 128
FILE, ECHO = 0, 3


def frame(kind, service, ident, body=b""):
    return struct.pack(">BBBBII", kind, 0xC5, 1, service, ident, 12 + len(body)) + body


def field(tag, value):
    return struct.pack(">HH", tag, len(value)) + value


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.window = options.window << 10
        self.stream_window = max(self.window // 2, 65536)
        self.buffer = memoryview(bytearray(1 << 20))
        self.partial = b""    # of a header, or of the body of a small frame
        self.left = 0         # of a data frame
        self.ident = self.stream = 0
        self.total = 0
        self.limit = self.window
        self.streams = {}     # id: [received, limit]
        self.asked = {}       # echo id: when
        self.times = []
        hello = (field(0x8020, b"\x01") + field(0x0021, struct.pack(">H", 1)) +
                 field(0x8024, struct.pack(">Q", self.window)) +
                 field(0x8025, struct.pack(">Q", self.stream_window)))
        self.send(frame(HELLO, FILE, 0, hello))

    def send(self, data):
        while data:
            try:
                data = data[self.socket.send(data):]
            except BlockingIOError:
                select.select([], [self.socket], [])

    def next_id(self):
        self.ident += 1
        return self.ident

    def ask_file(self):
        ident = self.next_id()
        self.streams[ident] = [0, self.stream_window]
        check = field(0x8005, b"\x01") if options.check else b""
        self.send(frame(REQUEST, FILE, ident, field(1, b"file") + check))

    def ask_echo(self):
        ident = self.next_id()
        self.asked[ident] = time.perf_counter()
        self.send(frame(REQUEST, ECHO, ident, b"echo"))

    def read(self):
        try:
            count = self.socket.recv_into(self.buffer)
        except BlockingIOError:
            return
        if count == 0:
            raise SystemExit("the server closed the connection")
        self.parse(self.buffer[:count])
        self.give_credit()

    def parse(self, data):
        while len(data):
            if self.left:
                count = min(self.left, len(data))
                self.left -= count
                self.total += count
                if self.stream in self.streams:
                    self.streams[self.stream][0] += count
            else:
                count = self.gather(data)
            data = data[count:]

    def gather(self, data):
        """Takes the next part of a header, or of a frame that is not data."""
        length = 12
        if len(self.partial) >= 12:
            length = struct.unpack(">I", self.partial[8:12])[0]
        count = min(length - len(self.partial), len(data))
        self.partial += bytes(data[:count])
        if len(self.partial) < 12:
            return count
        kind, _, _, service, ident, length = struct.unpack(">BBBBII", self.partial[:12])
        if kind == DATA:
            self.left, self.stream, self.partial = length - 12, ident, b""
        elif len(self.partial) == length:
            self.take(kind, service, ident, self.partial[12:])
            self.partial = b""
        return count

    def take(self, kind, service, ident, body):
        if kind == ERROR:
            raise SystemExit(f"request {ident} failed: {body[4:].decode()}")
        if kind == RESPONSE and service == ECHO:
            self.times.append(time.perf_counter() - self.asked.pop(ident))
        if kind == END and service == FILE:
            del self.streams[ident]
            self.ask_file()

    def give_credit(self):
        """All that came is used up at once."""
        credit = b""
        if self.total + self.window // 2 >= self.limit:
            self.limit = self.total + self.window
            credit += frame(CREDIT, FILE, 0, struct.pack(">Q", self.limit))
        for ident, stream in self.streams.items():
            if stream[0] + self.stream_window // 2 >= stream[1]:
                stream[1] = stream[0] + self.stream_window
                credit += frame(CREDIT, FILE, ident, struct.pack(">Q", stream[1]))
        self.send(credit)

    def run(self, seconds):
        self.times = []
        start, before = time.perf_counter(), self.total
        echo = start
        while (now := time.perf_counter()) < start + seconds:
            if now >= echo:
                self.ask_echo()
                echo = now + 0.005
            if select.select([self.socket], [], [], max(0, echo - now))[0]:
                self.read()
        return (self.total - before) / (time.perf_counter() - start)


def report(name, times, rate):
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, int(share * len(times)))] * 1000
    print(f"{name:<24}{len(times):>8}{at(0.5):>10.3f}{at(0.9):>10.3f}{at(0.99):>10.3f}"
          f"{times[-1] * 1000:>10.3f}{rate / (1 << 30):>10.2f}")


with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-") as root:
    os.mkdir(f"{root}/served")
    loopback.make_file(f"{root}/served/file", options.size)
    environment = dict(os.environ, XDG_CONFIG_HOME=root, XDG_STATE_HOME=root, NO_COLOR="1")
    server = subprocess.Popen([options.gantry, "cs", "serve", f"{root}/served", "--listen",
                               "127.0.0.1:0"], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        client = Client(int(server.stdout.readline().rsplit(":", 1)[1]))
        print(f"{'echoes':<24}{'count':>8}{'p50 ms':>10}{'p90 ms':>10}{'p99 ms':>10}{'max ms':>10}"
              f"{'GiB/s':>10}")
        rate = client.run(options.seconds / 4)
        report("alone", client.times, rate)
        for _ in range(options.streams):
            client.ask_file()
        rate = client.run(options.seconds)
        report(f"beside {options.streams} files", client.times, rate)
    finally:
        server.terminate()
        server.wait()
