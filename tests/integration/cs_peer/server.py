"""A server of cs1, written from docs/protocols/cs.md alone. By hand: server.py DIR

A test can make it lie: `twist` is given each frame that would be sent and answers what is sent in its
place, and after `last_byte` bytes a connection is closed, wherever that is.
"""

import os
import socket
import stat
import sys
import threading

import wire


class Upload:
    def __init__(self, fields):
        self.path, self.fields, self.data = fields[wire.PATH], fields, bytearray()


def refuse(code, text, detail=0):
    raise wire.Refused(wire.error(wire.USAGE, detail, code, text))


class Server:
    def __init__(self, folder, cuts=(1 << 20,), twist=lambda frame: [frame], last_byte=None):
        self.folder, self.cuts, self.twist = os.fsencode(folder), cuts, twist
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

    def run(self):
        try:
            while frame := self.link.receive():
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

    def _take(self, frame):
        if frame.type >= wire.OPTIONAL_TYPE:
            return
        if frame.version != wire.VERSION:
            raise wire.Broken("another version")
        try:
            if frame.type == wire.REQUEST:
                self._answer(frame)
            elif frame.service == wire.PUT and frame.id in self.uploads:
                self._take_upload(frame)
            elif frame.service != wire.PUT:
                raise wire.Broken(f"a frame of type {frame.type}")
        except wire.Refused as problem:
            body = wire.error(problem.family, problem.detail, problem.code, problem.text)
            self._send(frame._replace(type=wire.ERROR, body=body))

    # Each service answers the fields of its response, its data and the fields of its end.

    def _answer(self, frame):
        if frame.service == wire.PUT:
            return self._begin_upload(frame)
        services = {wire.FILE: self._file, wire.LISTING: self._listing, wire.ECHO: self._echo,
                    wire.STATUS: self._status, wire.HASH: self._hash, wire.RENAME: self._rename,
                    wire.MAKE_FOLDER: self._make_folder, wire.DELETE: self._delete}
        if frame.service not in services:
            refuse(wire.UNSUPPORTED, "no such service")
        try:
            response, data, end = services[frame.service](frame.body)
        except OSError as problem:
            refuse({FileNotFoundError: wire.NOT_FOUND, FileExistsError: wire.EXISTS}.get(
                type(problem), wire.OTHER), os.strerror(problem.errno))
        self._send(frame._replace(type=wire.RESPONSE, body=self._body(response)),
                   *(frame._replace(type=wire.DATA, body=part) for part in data),
                   frame._replace(type=wire.END, body=self._body(end)))

    @staticmethod
    def _body(fields):
        return fields if isinstance(fields, bytes) else wire.pack_fields(fields)

    def _local(self, path):
        parts = path.split(b"/")
        if b".." in parts or path.startswith(b"/"):
            refuse(wire.DENIED, "the path leaves the root")
        return os.path.join(self.server.folder, *parts)

    def _fields(self, body, *known):
        try:
            fields = wire.unpack_fields(body, (wire.PATH, *known))
            return fields, self._local(fields[wire.PATH])
        except (wire.Broken, KeyError) as problem:
            refuse(wire.BROKEN, str(problem))

    def _read(self, path):
        if os.path.isdir(path):
            refuse(wire.BAD_USAGE, "a folder", wire.IS_FOLDER)
        with open(path, "rb") as file:
            about = {wire.SIZE: wire.u64(os.fstat(file.fileno()).st_size),
                     wire.MODIFIED: wire.u64(os.fstat(file.fileno()).st_mtime_ns)}
            return file.read(), about

    def _file(self, body):
        fields, path = self._fields(body, wire.CHECK)
        data, response = self._read(path)
        check = wire.CRC32C if fields.get(wire.CHECK, b"\0") != b"\0" else wire.NONE
        end = {wire.TOTAL: wire.u64(len(data))}
        if check:
            response[wire.CHECK] = bytes([check])
            end[wire.CHECK_VALUE] = wire.check_value(check, data)
        return response, [data[i : i + 50_000] for i in range(0, len(data), 50_000)], end

    def _entry(self, path, name):
        about = os.lstat(path)
        kind = {stat.S_IFREG: wire.A_FILE, stat.S_IFDIR: wire.A_FOLDER,
                stat.S_IFLNK: wire.A_LINK}.get(stat.S_IFMT(about.st_mode), wire.ANOTHER)
        size = about.st_size if kind == wire.A_FILE else 0
        return wire.Entry(kind, size, about.st_mtime_ns, name)

    def _below(self, path, prefix, recursive):
        for found in os.scandir(path):
            yield self._entry(found.path, prefix + found.name)
            if recursive and found.is_dir(follow_symlinks=False):
                yield from self._below(found.path, prefix + found.name + b"/", True)

    def _listing(self, body):
        fields, path = self._fields(body, wire.RECURSIVE)
        if os.path.isdir(path):
            entries = list(self._below(path, b"", wire.RECURSIVE in fields))
        else:
            entries = [self._entry(path, os.path.basename(path))]
        return {}, [entry.encode() for entry in entries], {wire.TOTAL: wire.u64(len(entries))}

    def _echo(self, body):
        return body, [], {}

    def _status(self, body):
        entry = self._entry(self._fields(body)[1], b"")
        return {wire.TYPE: bytes([entry.type]), wire.SIZE: wire.u64(entry.size),
                wire.MODIFIED: wire.u64(entry.modified)}, [], {}

    def _hash(self, body):
        fields, path = self._fields(body, wire.CHECK)
        algorithm = wire.number(fields[wire.CHECK])
        if algorithm not in (wire.CRC32C, wire.SHA256, wire.BEP52):
            refuse(wire.UNSUPPORTED, "no such check")
        data, response = self._read(path)
        end = {wire.TOTAL: response[wire.SIZE], wire.CHECK_VALUE: wire.check_value(algorithm, data)}
        return response | {wire.CHECK: bytes([algorithm])}, [wire.u64(len(data) // 2)], end

    def _make_folder(self, body):
        os.makedirs(self._fields(body)[1], exist_ok=True)
        return {}, [], {}

    def _rename(self, body):
        fields, path = self._fields(body, wire.TO, wire.REPLACE)
        to = self._local(fields[wire.TO])
        if os.path.lexists(to) and wire.REPLACE not in fields:
            refuse(wire.EXISTS, "taken")
        os.rename(path, to)
        return {}, [], {}

    def _delete(self, body):
        path = self._fields(body)[1]
        (os.rmdir if os.path.isdir(path) else os.remove)(path)
        return {}, [], {}

    def _begin_upload(self, frame):
        self.uploads[frame.id] = None  # until it is known to be fine, what comes is skipped
        fields, path = self._fields(frame.body, wire.SIZE, wire.CHECK, wire.REPLACE)
        if os.path.lexists(path) and wire.REPLACE not in fields:
            refuse(wire.EXISTS, "taken")
        self.uploads[frame.id] = Upload(fields)
        self._send(frame._replace(type=wire.RESPONSE, body=b""))

    def _take_upload(self, frame):
        upload = self.uploads[frame.id]
        if frame.type == wire.DATA:
            if upload:
                upload.data += frame.body
            return
        del self.uploads[frame.id]
        if not upload or frame.type == wire.ERROR:
            return
        end = wire.unpack_fields(frame.body, (wire.TOTAL, wire.CHECK_VALUE))
        if not wire.u64(len(upload.data)) == upload.fields[wire.SIZE] == end[wire.TOTAL]:
            refuse(wire.BROKEN, "size, total and bytes differ")
        check = upload.fields.get(wire.CHECK, b"\0")
        if check != b"\0" and end[wire.CHECK_VALUE] != wire.check_value(check[0], upload.data):
            refuse(wire.INTEGRITY, "the check does not fit")
        path = self._local(upload.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(upload.data)
        self._send(frame._replace(type=wire.END, body=b""))


if __name__ == "__main__":
    with Server(sys.argv[1]) as server:
        print("port", server.port, flush=True)
        threading.Event().wait()
