"""A server of cs1, written from docs/protocols/cs.md alone. By hand: server.py DIR

A test can make it lie: `twist` is given each frame that would be sent and answers what is sent in
its place, and after `last_byte` bytes a connection is closed, wherever that is. Without `roots` it
knows CRC-32C alone and tells no pieces; without a `hello` it skips that of the client.
"""

import collections
import os
import select
import socket
import sys
import threading

import wire
from services import Services, refuse


class Upload:
    def __init__(self, fields):
        self.path, self.fields, self.data = fields[wire.PATH], fields, bytearray()


class Server:
    def __init__(self, folder, cuts=(1 << 20,), twist=lambda frame: [frame], last_byte=None,
                 roots=True, hello=None):
        self.services, self.hello = Services(folder, roots), hello
        self.cuts, self.twist = cuts, twist
        self.last_byte = last_byte
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path=""):
        return f"cs://127.0.0.1:{self.port}/{path}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(stream,), daemon=True).start()

    def _serve(self, stream):
        with stream:
            try:
                Session(self, wire.Connection(stream, self.cuts)).run()
            except (EOFError, OSError):
                pass


class Session:
    def __init__(self, server, link):
        self.server, self.link, self.uploads, self.left = server, link, {}, server.last_byte
        self.services = server.services
        self.answers = {}  # with streams: the frames of each that wait
        self.streams, self.may_send, self.may_come = False, wire.Credit(), wire.Credit()

    def run(self):
        try:
            while True:
                if self.answers and self._move_on() and not self._has_word():
                    continue
                frame = self.link.receive()
                if frame is None:
                    return
                self._take(frame)
        except wire.Broken as problem:
            body = wire.error(wire.PROTOCOL, 0, wire.BROKEN, str(problem))
            self._send(wire.Frame(wire.ERROR, 0, 0, body))

    def _send(self, *frames):
        data = b"".join(f if isinstance(f, bytes) else f.encode()
                        for frame in frames for f in self.server.twist(frame))
        if self.left is not None:
            data, self.left = data[: self.left], max(self.left - len(data), 0)
        self.link.send(data)
        if self.left == 0:
            raise EOFError("as many bytes as were to be sent")

    def _has_word(self):
        return bool(select.select([self.link.stream], [], [], 0)[0])

    def _move_on(self):
        """Sends a frame of each answer for which there is credit; whether there was any."""
        moved = False
        for id, frames in list(self.answers.items()):
            if frames[0].type == wire.DATA:
                if self.may_send.room(id) < len(frames[0].body):
                    continue
                self.may_send.spend(id, len(frames[0].body))
            moved = True
            self._send(frames.popleft())
            if not frames:
                del self.answers[id]
        return moved

    def _say_hello(self, theirs):
        ours = self.server.hello
        self.streams = ours.has(wire.STREAMS) and theirs.has(wire.STREAMS)
        if self.streams:
            self.may_send = wire.Credit(theirs.window, theirs.stream_window)
            self.may_come = wire.Credit(ours.window, ours.stream_window)
        self._send(ours.frame())

    def _take_streams(self, frame):
        if frame.type == wire.CREDIT:
            self.may_send.take(frame)
        elif self.answers.pop(frame.id, None):
            refuse(wire.CANCELLED, "cancelled")

    def _take(self, frame):
        if frame.type == wire.HELLO and self.server.hello:
            return self._say_hello(wire.Hello.read(frame))
        if frame.type >= wire.OPTIONAL_TYPE:
            return
        if frame.version != wire.VERSION:
            raise wire.Broken("another version")
        try:
            if frame.type == wire.REQUEST:
                self._answer(frame)
            elif self.streams and frame.type in (wire.CREDIT, wire.CANCEL):
                self._take_streams(frame)
            elif frame.service == wire.PUT and frame.id in self.uploads:
                self._take_upload(frame)
            elif frame.service != wire.PUT:
                raise wire.Broken(f"a frame of type {frame.type}")
        except wire.Refused as problem:
            body = wire.error(problem.family, problem.detail, problem.code, problem.text)
            self._send(frame._replace(type=wire.ERROR, body=body))

    def _answer(self, frame):
        if frame.service == wire.PUT:
            return self._begin_upload(frame)
        response, data, end = self.services.answer(frame.service, frame.body)
        parts = [part if isinstance(part, tuple) else (wire.DATA, part) for part in data]
        frames = [frame._replace(type=kind, body=body) for kind, body in (
            (wire.RESPONSE, self._body(response)), *parts, (wire.END, self._body(end)))]
        if self.streams:
            self.answers[frame.id] = collections.deque(frames)
        else:
            self._send(*frames)

    @staticmethod
    def _body(fields):
        return fields if isinstance(fields, bytes) else wire.pack_fields(fields)

    def _grant(self, frame):
        """What has come may come again."""
        self.may_come.spend(frame.id, len(frame.body))
        if not self.streams:
            return
        hello = self.server.hello
        for id, window in ((0, hello.window), (frame.id, hello.stream_window)):
            credit = wire.u64(self.may_come.sent[id] + window)
            self.may_come.limits[id] = wire.number(credit)
            self._send(frame._replace(type=wire.CREDIT, id=id, body=credit))

    def _begin_upload(self, frame):
        self.uploads[frame.id] = None  # until it is known to be fine, what comes is skipped
        fields, path = self.services.fields(frame.body, wire.SIZE, wire.CHECK, wire.REPLACE)
        if os.path.lexists(path) and wire.REPLACE not in fields:
            refuse(wire.EXISTS, "taken")
        self.uploads[frame.id] = Upload(fields)
        self._send(frame._replace(type=wire.RESPONSE, body=b""))

    def _take_upload(self, frame):
        upload = self.uploads[frame.id]
        if frame.type == wire.DATA:
            if upload:
                upload.data += frame.body
            return self._grant(frame)
        del self.uploads[frame.id]
        if not upload or frame.type == wire.ERROR:
            return
        end = wire.unpack_fields(frame.body, (wire.TOTAL, wire.CHECK_VALUE))
        if not wire.u64(len(upload.data)) == upload.fields[wire.SIZE] == end[wire.TOTAL]:
            refuse(wire.BROKEN, "size, total and bytes differ")
        check = upload.fields.get(wire.CHECK, b"\0")
        if check != b"\0" and end[wire.CHECK_VALUE] != wire.check_value(check[0], upload.data):
            refuse(wire.INTEGRITY, "the check does not fit")
        path = self.services.local(upload.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(upload.data)
        self._send(frame._replace(type=wire.END, body=b""))


if __name__ == "__main__":
    with Server(sys.argv[1]) as server:
        print("port", server.port, flush=True)
        threading.Event().wait()
