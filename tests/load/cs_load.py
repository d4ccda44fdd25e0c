#!/usr/bin/env python3
"""Many connections at once against one `cs serve`: cs_load.py [--connections 10000] [--seconds 30]

GANTRY names the program. Every connection shows that it works with one echo, and the server's memory is
taken when all of them are idle. Then, for so many seconds, one in ten is active (echoes, and files that are
compared), one in twenty asks for a large file and hardly reads it, all of those from one address, and the
rest says a word now and then. At the end each of them must still answer. Ends with status 1 when one was refused or closed, a byte was wrong, or
the server held more than it may.
"""
import argparse
import asyncio
import os
import random
import resource
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../integration/cs_peer"))
import wire
from program import Home, Served

IDLE_LIMIT = 80 << 20  # bytes of 10,000 idle connections, the server itself included
EACH_LIMIT = 24 << 10  # bytes of one, also where sanitizers make them larger
SLOW_FILE, FAST_FILE = 8 << 20, 64 << 10
SLOW_BYTES, SLOW_PAUSE = 4096, 0.25  # 16 KiB a second, more than the server demands
STAY = 20, 40  # seconds between two words of an idle connection; the server closes after 60
MOST_SLOW = 200  # the server has 256 files open at once; more requests wait
IP_BIND_ADDRESS_NO_PORT = 24  # Python has no name for it
AT_ONCE = 256  # connections that are being opened, fewer than a listening socket's queue holds

parser = argparse.ArgumentParser()
parser.add_argument("--connections", type=int, default=10_000)
parser.add_argument("--seconds", type=float, default=30)
options = parser.parse_args()


class Peer:
    def __init__(self, port, address="127.0.0.1", receive_buffer=None):
        self.port, self.id = port, 0
        self.socket = socket.socket()
        self.socket.setblocking(False)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        # Bound to an address alone, so that ports are chosen when the connection is made.
        self.socket.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        self.socket.bind((address, 0))

    async def connect(self):
        await asyncio.get_running_loop().sock_connect(self.socket, ("127.0.0.1", self.port))
        await self.echo()

    async def ask(self, service, body):
        self.id += 1
        frame = wire.Frame(wire.REQUEST, service, self.id, body)
        await asyncio.get_running_loop().sock_sendall(self.socket, frame.encode())

    async def exactly(self, count):
        data = bytearray()
        while len(data) < count:
            part = await asyncio.get_running_loop().sock_recv(self.socket, count - len(data))
            if not part:
                raise EOFError("the server closed")
            data += part
        return bytes(data)

    async def answer(self):
        """The bodies of the response and of the data of one answer."""
        bodies = []
        while True:
            head = await self.exactly(12)
            body = await self.exactly(wire.number(head[8:]) - 12)
            if head[0] >= wire.OPTIONAL_TYPE:
                continue
            if head[0] == wire.ERROR:
                raise wire.Refused(body)
            if wire.number(head[4:8]) != self.id:
                raise wire.Broken("an answer to another request")
            if head[0] == wire.END:
                return bodies
            bodies.append(body)

    async def echo(self):
        started, body = time.perf_counter(), os.urandom(32)
        await self.ask(wire.ECHO, body)
        if await self.answer() != [body]:
            raise wire.Broken("the echo differs")
        return time.perf_counter() - started

    async def get(self, name):
        await self.ask(wire.FILE, wire.pack_fields({wire.PATH: name}))
        return b"".join((await self.answer())[1:])


class Load:
    def __init__(self, server, fast_file):
        self.server, self.fast_file = server, fast_file
        self.failures, self.echoes, self.bytes, self.slow_bytes = [], [], 0, 0
        self.highest = 0

    async def all(self, what, peers):
        """Lets each peer do something, not too many at once."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(peer):
            async with gate:
                await self.safely(what, peer)

        await asyncio.gather(*(one(peer) for peer in peers))

    async def active(self, peer, until):
        while time.monotonic() < until:
            self.echoes.append(await peer.echo())
            if random.random() < 0.2:
                if await peer.get(b"fast") != self.fast_file:
                    raise wire.Broken("a file differs")
                self.bytes += FAST_FILE
            await asyncio.sleep(random.random())

    async def slow(self, peer, until):
        await peer.ask(wire.FILE, wire.pack_fields({wire.PATH: b"slow"}))
        while time.monotonic() < until:
            self.slow_bytes += len(await peer.exactly(SLOW_BYTES))
            await asyncio.sleep(SLOW_PAUSE)

    async def idle(self, peer, until):
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, random.uniform(*STAY)))
            if time.monotonic() < until:
                await peer.echo()

    async def mix(self, seconds, *groups):
        """`groups` are pairs of what peers do and those peers. What waits for the server at the end,
        as a slow one may, has not failed."""
        until = time.monotonic() + seconds
        tasks = [asyncio.ensure_future(self.safely(what, peer, until))
                 for what, peers in groups for peer in peers]
        watch = asyncio.ensure_future(self.highest_memory())
        await asyncio.wait(tasks, timeout=seconds + 1)
        for task in (watch, *tasks):
            task.cancel()
        await asyncio.gather(watch, *tasks, return_exceptions=True)

    async def safely(self, what, *arguments):
        try:
            await what(*arguments)
        except (OSError, EOFError, wire.Refused, wire.Broken) as problem:
            self.failures.append(f"{what.__name__}: {problem!r}")

    async def highest_memory(self):
        while True:
            self.highest = max(self.highest, self.server.resident_bytes())
            await asyncio.sleep(0.2)


def mib(count):
    return f"{count / (1 << 20):.1f} MiB"


async def run(server, fast_file):
    load = Load(server, fast_file)
    before = server.resident_bytes()
    slow = [Peer(server.port, "127.0.0.2", 4096)
            for _ in range(min(options.connections // 20, MOST_SLOW))]
    others = [Peer(server.port) for _ in range(options.connections - len(slow))]
    active, idle = others[: options.connections // 10], others[options.connections // 10 :]
    started = time.monotonic()
    await load.all(Peer.connect, others + slow)
    at_rest = server.resident_bytes()
    print(f"{options.connections} connections in {time.monotonic() - started:.1f} s; server alone "
          f"{mib(before)}, with all of them idle {mib(at_rest)}: "
          f"{(at_rest - before) // options.connections} bytes each", flush=True)
    await load.mix(options.seconds, (load.active, active), (load.slow, slow), (load.idle, idle))
    echoes = sorted(load.echoes)
    print(f"{len(active)} active, {len(slow)} slow, {len(idle)} idle for {options.seconds:g} s: "
          f"{len(echoes)} echoes (half within {echoes[len(echoes) // 2] * 1000:.1f} ms, 99 % within "
          f"{echoes[len(echoes) * 99 // 100] * 1000:.1f} ms), {mib(load.bytes)} of files, "
          f"{mib(load.slow_bytes)} read slowly; server at most {mib(load.highest)}", flush=True)
    await load.all(Peer.echo, idle + active)
    for peer in slow + others:
        peer.socket.close()
    each = (at_rest - before) // options.connections
    if each > EACH_LIMIT or options.connections >= 10_000 and at_rest > IDLE_LIMIT:
        load.failures.append(f"{mib(at_rest)} for idle connections")
    return load.failures


def main():
    wanted = options.connections + 1000
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < wanted:
        sys.exit(f"the system allows {most} open files a process; {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    fast_file = os.urandom(FAST_FILE)
    with Home() as home:
        home.write("served/fast", fast_file)
        home.write("served/slow", bytes(SLOW_FILE))
        with Served(home) as server:
            failures = asyncio.run(run(server, fast_file))
            after = home.run("cs", "get", server.url("fast"), "-o", "got")
            if after.returncode != 0 or home.read("got") != fast_file:
                failures.append(f"afterwards: {after}")
    for failure in sorted(set(failures)):
        print(f"{failures.count(failure)} times {failure}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
