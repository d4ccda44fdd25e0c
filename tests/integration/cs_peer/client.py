"""A client of cs1, written from docs/protocols/cs.md alone. By hand: client.py PORT WORD [PATH ...]

ls and find list (find: all below), get writes a file to standard output, put stores standard input,
stat, hash, echo, mkdir, rename and delete do what they say.
"""

import os
import socket
import sys
from typing import NamedTuple

import wire


class Answer:
    """What came for one request: the fields of its response and end, and its data."""

    def __init__(self):
        self.response, self.end, self.failure = None, None, None
        self.data, self.pieces = [], []

    def done(self):
        return self.end is not None or self.failure is not None


class File(NamedTuple):
    data: bytes
    check: int
    modified: int
    size: int
    identity: bytes
    roots: list  # of its pieces


class Client:
    """Without a `hello`, the plain part of the protocol. With `grants`, what has come is allowed
    again at once; otherwise the server may send what the hello says and no more."""

    def __init__(self, port, cuts=(1 << 20,), hello=None, grants=True):
        self.link = wire.Connection(socket.create_connection(("127.0.0.1", port)), cuts)
        self.last_id, self.answers, self.skipped, self.services = 0, {}, 0, {}
        self.hello, self.grants, self.server_hello, self.heard = hello, grants, None, False
        self.streams = False  # agreed on
        self.may_send, self.may_come = wire.Credit(), wire.Credit()
        if hello:
            self.may_send = wire.Credit(wire.SMALLEST_WINDOW, wire.SMALLEST_WINDOW)
            self.link.send(hello.frame())

    def close(self):
        self.link.stream.close()

    # Sending: each answers the id, so that several requests can be on their way.

    def ask(self, service, body):
        if isinstance(body, dict):
            body = wire.pack_fields(body)
        self.last_id += 1
        self.answers[self.last_id] = Answer()
        self.services[self.last_id] = service
        self.link.send(wire.Frame(wire.REQUEST, service, self.last_id, body))
        return self.last_id

    def ask_put(self, path, data, replace=False, check=wire.CRC32C, part=1 << 16):
        fields = {wire.PATH: path, wire.SIZE: wire.u64(len(data)), wire.CHECK: bytes([check])}
        if replace:
            fields[wire.REPLACE] = b""
        id = self.ask(wire.PUT, fields)
        for at in range(0, len(data), part):
            self.send_data(id, data[at : at + part])
        end = {wire.TOTAL: wire.u64(len(data))}
        if check:
            end[wire.CHECK_VALUE] = wire.check_value(check, data)
        self.link.send(wire.Frame(wire.END, wire.PUT, id, wire.pack_fields(end)))
        return id

    def send_data(self, id, data):
        """Data of a put, when there is credit for it; of one that has failed, nothing."""
        while self.may_send.room(id) < len(data) and not self.answers[id].done():
            self.take_one()
        if not self.answers[id].done():
            self.may_send.spend(id, len(data))
            self.link.send(wire.Frame(wire.DATA, wire.PUT, id, data))

    def grant(self, id, window):
        """Lets so many bytes come beyond those that have come."""
        frame = wire.Frame(wire.CREDIT, self.services.get(id, 0), id,
                           wire.u64(self.may_come.sent[id] + window))
        self.may_come.take(frame)
        self.link.send(frame)

    def cancel(self, id):
        self.link.send(wire.Frame(wire.CANCEL, self.services.get(id, 0), id))

    # Receiving.

    def take_one(self):
        frame = self.link.receive()
        if frame is None:
            raise EOFError("closed before the end")
        self._take(frame)

    def wait(self, id):
        answer = self.answers[id]
        while not answer.done():
            self.take_one()
        del self.answers[id]
        if answer.failure:
            raise answer.failure
        return answer

    def _first(self, frame):
        """The server's first frame tells whether it heard the hello."""
        self.heard = True
        if not self.hello:
            return
        sent = self.may_send.sent
        self.may_send = wire.Credit()
        if frame.type == wire.HELLO:
            self.server_hello = wire.Hello.read(frame)
            theirs = self.server_hello
            self.streams = theirs.has(wire.STREAMS) and self.hello.has(wire.STREAMS)
            if self.streams:
                self.may_send = wire.Credit(theirs.window, theirs.stream_window)
                self.may_come = wire.Credit(self.hello.window, self.hello.stream_window)
        self.may_send.sent = sent

    def _data(self, frame):
        self.answers[frame.id].data.append(frame.body)
        self.may_come.spend(frame.id, len(frame.body))
        if self.streams and self.grants:
            self.grant(0, self.hello.window)
            self.grant(frame.id, self.hello.stream_window)

    def _take(self, frame):
        if not self.heard:
            self._first(frame)
        elif frame.type == wire.HELLO:
            raise wire.Broken("a hello that is not the first frame")
        if frame.type == wire.HELLO and not self.hello:
            raise wire.Broken("a hello that nobody asked for")
        if frame.type == wire.CREDIT and self.server_hello:
            return self.may_send.take(frame)
        if frame.type == wire.ERROR and frame.id == 0:
            raise wire.Refused(frame.body, whole_connection=True)
        if frame.type >= wire.OPTIONAL_TYPE:
            self.skipped += 1
            return
        if frame.version != wire.VERSION or frame.id not in self.answers:
            raise wire.Broken(f"unexpected {frame[:3]}")
        answer = self.answers[frame.id]
        if answer.done():
            raise wire.Broken("more after the end")
        if frame.type == wire.ERROR:
            answer.failure = wire.Refused(frame.body)
        elif frame.type == wire.RESPONSE and answer.response is None:
            answer.response = frame.body
        elif frame.type == wire.DATA and answer.response is not None:
            self._data(frame)
        elif frame.type == wire.PIECE and answer.response is not None:
            answer.pieces.append(frame.body)
        elif frame.type == wire.END and answer.response is not None:
            answer.end = frame.body
        else:
            raise wire.Broken(f"a frame of type {frame.type} at this place")

    # What the services mean.

    def ask_file(self, path, check=wire.CRC32C, pieces=False, **range):
        """`range`: offset, count, expect."""
        fields = {wire.PATH: path, wire.CHECK: bytes([check])}
        fields |= {wire.PIECES: b""} if pieces else {}
        for name, tag in (("offset", wire.OFFSET), ("count", wire.COUNT)):
            fields |= {tag: wire.u64(range[name])} if name in range else {}
        fields |= {wire.EXPECT: range["expect"]} if "expect" in range else {}
        return self.ask(wire.FILE, fields)

    def file(self, id, offset=0, count=1 << 64):
        """The File that came, when all that proves the range whole fits."""
        answer = self.wait(id)
        data = b"".join(answer.data)
        said = wire.unpack_fields(
            answer.response, (wire.SIZE, wire.MODIFIED, wire.CHECK, wire.IDENTITY))
        end = wire.unpack_fields(answer.end, (wire.TOTAL, wire.CHECK_VALUE))
        size = wire.number(said[wire.SIZE])
        if not min(count, size - offset) == wire.number(end[wire.TOTAL]) == len(data):
            raise wire.Broken("size, total and bytes differ")
        algorithm = wire.number(said.get(wire.CHECK, b"\0"))
        if algorithm and end[wire.CHECK_VALUE] != wire.check_value(algorithm, data):
            raise wire.Broken("the check does not fit")
        roots = self._roots(answer.pieces, data, offset)
        return File(data, algorithm, wire.number(said.get(wire.MODIFIED, b"")), size,
                    said.get(wire.IDENTITY), roots)

    @staticmethod
    def _roots(pieces, data, offset):
        told = {wire.number(piece[:8]): piece[8:] for piece in pieces}
        for at, value in told.items():
            part = data[at - offset : at - offset + wire.PIECE_SIZE]
            if at < offset or value != wire.check_value(wire.BEP52, part):
                raise wire.Broken(f"the piece at {at} does not fit")
        if told and sorted(told) != list(range(offset, offset + len(data), wire.PIECE_SIZE)):
            raise wire.Broken("not each piece is told once")
        return [value[1:] for _, value in sorted(told.items())]

    def get(self, path, check=wire.CRC32C):
        return self.file(self.ask_file(path, check)).data

    def page(self, path, recursive=False, **what):
        """The entries of one listing and its cursor. `what`: type, glob, count, cursor."""
        fields = {wire.PATH: path, **({wire.RECURSIVE: b""} if recursive else {})}
        fields |= {wire.TYPE: bytes([what["type"]])} if "type" in what else {}
        fields |= {wire.COUNT: wire.u64(what["count"])} if "count" in what else {}
        fields |= {wire.GLOB: what["glob"]} if "glob" in what else {}
        fields |= {wire.CURSOR: what["cursor"]} if what.get("cursor") else {}
        answer = self.wait(self.ask(wire.LISTING, fields))
        wire.unpack_fields(answer.response, ())
        entries = [entry for body in answer.data for entry in wire.unpack_entries(body)]
        end = wire.unpack_fields(answer.end, (wire.TOTAL, wire.SKIPPED, wire.CURSOR))
        if wire.number(end[wire.TOTAL]) != len(entries):
            raise wire.Broken("the total differs from the entries")
        return entries, end.get(wire.CURSOR)

    def listing(self, path, recursive=False, **what):
        entries, cursor = self.page(path, recursive, **what)
        if cursor:
            raise wire.Broken("a cursor that nobody asked for")
        return entries

    def echo(self, data):
        answer = self.wait(self.ask(wire.ECHO, data))
        if answer.data or answer.end:
            raise wire.Broken("an echo with data or with fields in its end")
        return answer.response

    def put(self, path, data, **how):
        self._done(self.wait(self.ask_put(path, data, **how)))

    def status(self, path):
        """Type, size and time of the last change."""
        answer = self.wait(self.ask(wire.STATUS, {wire.PATH: path}))
        said = wire.unpack_fields(answer.response, (wire.TYPE, wire.SIZE, wire.MODIFIED))
        wire.unpack_fields(answer.end, ())
        return (wire.number(said[wire.TYPE]), wire.number(said[wire.SIZE]),
                wire.number(said[wire.MODIFIED]))

    def hash(self, path, algorithm):
        answer = self.wait(self.ask(wire.HASH, {wire.PATH: path, wire.CHECK: bytes([algorithm])}))
        said = wire.unpack_fields(answer.response, (wire.SIZE, wire.MODIFIED, wire.CHECK))
        end = wire.unpack_fields(answer.end, (wire.TOTAL, wire.CHECK_VALUE))
        if said[wire.CHECK] != bytes([algorithm]) or end[wire.TOTAL] != said[wire.SIZE]:
            raise wire.Broken("another check, or another total")
        if any(len(read) != 8 for read in answer.data):
            raise wire.Broken("data of a hash is not a u64")
        return end[wire.CHECK_VALUE]

    def change(self, service, path, **fields):
        names = {"to": wire.TO, "replace": wire.REPLACE}
        body = {wire.PATH: path, **{names[name]: value for name, value in fields.items()}}
        self._done(self.wait(self.ask(service, body)))

    @staticmethod
    def _done(answer):
        wire.unpack_fields(answer.response, ())
        wire.unpack_fields(answer.end, ())
        if answer.data:
            raise wire.Broken("data in an answer that has none")


def main():
    port, word, *paths = sys.argv[1:]
    paths = [os.fsencode(path) for path in paths] or [b""]
    client = Client(int(port))
    if word in ("ls", "find"):
        for entry in client.listing(paths[0], word == "find"):
            print(entry.type, entry.size, entry.modified, os.fsdecode(entry.name))
    elif word == "get":
        sys.stdout.buffer.write(client.get(paths[0]))
    elif word == "put":
        client.put(paths[0], sys.stdin.buffer.read())
    elif word == "stat":
        print(*client.status(paths[0]))
    elif word == "hash":
        print(client.hash(paths[0], wire.BEP52)[1:].hex())
    elif word == "echo":
        print(os.fsdecode(client.echo(paths[0])))
    elif word == "rename":
        client.change(wire.RENAME, paths[0], to=paths[1])
    elif word in ("mkdir", "delete"):
        client.change(wire.MAKE_FOLDER if word == "mkdir" else wire.DELETE, paths[0])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main()
    except (wire.Refused, wire.Broken, EOFError, OSError) as problem:
        sys.exit(str(problem))
