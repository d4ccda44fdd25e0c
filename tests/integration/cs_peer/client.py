"""A client of cs1, written from docs/protocols/cs.md alone. By hand: client.py PORT WORD [PATH ...]

ls and find list (find: all below), get writes a file to standard output, put stores standard input,
stat, hash, echo, mkdir, rename and delete do what they say.
"""

import os
import socket
import sys

import wire


class Answer:
    """What came for one request: the fields of its response and end, and its data."""

    def __init__(self):
        self.response, self.end, self.failure = None, None, None
        self.data = []

    def done(self):
        return self.end is not None or self.failure is not None


class Client:
    def __init__(self, port, cuts=(1 << 20,)):
        self.link = wire.Connection(socket.create_connection(("127.0.0.1", port)), cuts)
        self.last_id, self.answers, self.skipped = 0, {}, 0

    def close(self):
        self.link.stream.close()

    # Sending: each answers the id, so that several requests can be on their way.

    def ask(self, service, body):
        if isinstance(body, dict):
            body = wire.pack_fields(body)
        self.last_id += 1
        self.answers[self.last_id] = Answer()
        self.link.send(wire.Frame(wire.REQUEST, service, self.last_id, body))
        return self.last_id

    def ask_put(self, path, data, replace=False, check=wire.CRC32C, part=1 << 16):
        fields = {wire.PATH: path, wire.SIZE: wire.u64(len(data)), wire.CHECK: bytes([check])}
        if replace:
            fields[wire.REPLACE] = b""
        id = self.ask(wire.PUT, fields)
        for at in range(0, len(data), part):
            self.link.send(wire.Frame(wire.DATA, wire.PUT, id, data[at : at + part]))
        end = {wire.TOTAL: wire.u64(len(data))}
        if check:
            end[wire.CHECK_VALUE] = wire.check_value(check, data)
        self.link.send(wire.Frame(wire.END, wire.PUT, id, wire.pack_fields(end)))
        return id

    # Receiving.

    def wait(self, id):
        answer = self.answers[id]
        while not answer.done():
            frame = self.link.receive()
            if frame is None:
                raise EOFError("closed before the end")
            self._take(frame)
        del self.answers[id]
        if answer.failure:
            raise answer.failure
        return answer

    def _take(self, frame):
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
            answer.data.append(frame.body)
        elif frame.type == wire.END and answer.response is not None:
            answer.end = frame.body
        else:
            raise wire.Broken(f"a frame of type {frame.type} at this place")

    # What the services mean.

    def file(self, id):
        """The bytes of a file and when it was changed, when all that proves it whole fits."""
        answer = self.wait(id)
        data = b"".join(answer.data)
        said = wire.unpack_fields(answer.response, (wire.SIZE, wire.MODIFIED, wire.CHECK))
        end = wire.unpack_fields(answer.end, (wire.TOTAL, wire.CHECK_VALUE))
        if not wire.number(said[wire.SIZE]) == wire.number(end[wire.TOTAL]) == len(data):
            raise wire.Broken("size, total and bytes differ")
        algorithm = wire.number(said.get(wire.CHECK, b"\0"))
        if algorithm and end[wire.CHECK_VALUE] != wire.check_value(algorithm, data):
            raise wire.Broken("the check does not fit")
        return data, algorithm, wire.number(said.get(wire.MODIFIED, b""))

    def get(self, path, check=wire.CRC32C):
        return self.file(self.ask(wire.FILE, {wire.PATH: path, wire.CHECK: bytes([check])}))[0]

    def listing(self, path, recursive=False):
        fields = {wire.PATH: path, **({wire.RECURSIVE: b""} if recursive else {})}
        answer = self.wait(self.ask(wire.LISTING, fields))
        wire.unpack_fields(answer.response, ())
        entries = [entry for body in answer.data for entry in wire.unpack_entries(body)]
        end = wire.unpack_fields(answer.end, (wire.TOTAL, wire.SKIPPED))
        if wire.number(end[wire.TOTAL]) != len(entries):
            raise wire.Broken("the total differs from the entries")
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
