"""What the services of cs1 answer about a folder, for server.py: see docs/protocols/cs.md."""

import hashlib
import os
import stat

import wire


def refuse(code, text, detail=0):
    raise wire.Refused(wire.error(wire.USAGE, detail, code, text))


class Services:
    def __init__(self, folder, roots=True):
        self.folder, self.roots = os.fsencode(folder), roots
        self.asked = []  # the fields of every file request

    def answer(self, service, body):
        """The fields of the response, the bodies of the data (or pairs of another type and a body),
        and the fields of the end."""
        services = {wire.FILE: self.file, wire.LISTING: self.listing, wire.ECHO: self.echo,
                    wire.STATUS: self.status, wire.HASH: self.hash, wire.RENAME: self.rename,
                    wire.MAKE_FOLDER: self.make_folder, wire.DELETE: self.delete}
        if service not in services:
            refuse(wire.UNSUPPORTED, "no such service")
        try:
            return services[service](body)
        except OSError as problem:
            refuse({FileNotFoundError: wire.NOT_FOUND, FileExistsError: wire.EXISTS}.get(
                type(problem), wire.OTHER), os.strerror(problem.errno))

    def local(self, path):
        parts = path.split(b"/")
        if b".." in parts or path.startswith(b"/"):
            refuse(wire.DENIED, "the path leaves the root")
        return os.path.join(self.folder, *parts)

    def fields(self, body, *known):
        try:
            fields = wire.unpack_fields(body, (wire.PATH, *known))
            return fields, self.local(fields[wire.PATH])
        except (wire.Broken, KeyError) as problem:
            refuse(wire.BROKEN, str(problem))

    def _read(self, path):
        if os.path.isdir(path):
            refuse(wire.BAD_USAGE, "a folder", wire.IS_FOLDER)
        with open(path, "rb") as file:
            about = {wire.SIZE: wire.u64(os.fstat(file.fileno()).st_size),
                     wire.MODIFIED: wire.u64(os.fstat(file.fileno()).st_mtime_ns)}
            return file.read(), about

    def file(self, body):
        fields, path = self.fields(body, wire.CHECK, wire.OFFSET, wire.COUNT, wire.EXPECT,
                                   wire.PIECES)
        self.asked.append(fields)
        data, response = self._read(path)
        response[wire.IDENTITY] = hashlib.sha256(response[wire.MODIFIED] + data).digest()
        if fields.get(wire.EXPECT, response[wire.IDENTITY]) != response[wire.IDENTITY]:
            refuse(wire.SOURCE_CHANGED, "it is another file by now")
        offset = wire.number(fields.get(wire.OFFSET, b""))
        if offset > len(data):
            refuse(wire.RANGE, "beyond the end")
        data = data[offset:][: wire.number(fields.get(wire.COUNT, b"\xff" * 8))]
        end = {wire.TOTAL: wire.u64(len(data))}
        if check := self._check(fields):
            response[wire.CHECK] = bytes([check])
            end[wire.CHECK_VALUE] = wire.check_value(check, data)
        pieces = offset if check == wire.BEP52 and wire.PIECES in fields else None
        if pieces and pieces % wire.PIECE_SIZE:
            refuse(wire.BAD_USAGE, "not where a piece begins")
        return response, self._parts(data, pieces), end

    def _check(self, fields):
        wanted = wire.number(fields.get(wire.CHECK, b""))
        if wanted == wire.BEP52 and self.roots:
            return wire.BEP52
        return wanted and wire.CRC32C

    @staticmethod
    def _parts(data, pieces):
        """The data in parts and, when told where the range begins, what its pieces come to."""
        for at in range(0, len(data), 1 << 16):
            yield data[at : at + (1 << 16)]
            if pieces is not None and at % wire.PIECE_SIZE == 0:
                piece = data[at : at + wire.PIECE_SIZE]
                yield wire.PIECE, wire.u64(pieces + at) + wire.check_value(wire.BEP52, piece)

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

    def listing(self, body):
        fields, path = self.fields(body, wire.RECURSIVE, wire.TYPE, wire.COUNT, wire.CURSOR)
        if os.path.isdir(path):
            entries = list(self._below(path, b"", wire.RECURSIVE in fields))
        else:
            entries = [self._entry(path, os.path.basename(path))]
        if kind := fields.get(wire.TYPE):
            entries = [entry for entry in entries if entry.type == kind[0]]
        end = {}
        if wire.COUNT in fields or wire.CURSOR in fields:
            entries, end = self._page(entries, fields)
        end[wire.TOTAL] = wire.u64(len(entries))
        return {}, [entry.encode() for entry in entries], end

    @staticmethod
    def _page(entries, fields):
        def place(name):
            return name.split(b"/")

        after = place(fields.get(wire.CURSOR, b""))
        rest = sorted((e for e in entries if place(e.name) > after), key=lambda e: place(e.name))
        page = rest[: wire.number(fields.get(wire.COUNT, b"\xff" * 8))]
        return page, {wire.CURSOR: page[-1].name} if len(page) < len(rest) else {}

    def echo(self, body):
        return body, [], {}

    def status(self, body):
        entry = self._entry(self.fields(body)[1], b"")
        return {wire.TYPE: bytes([entry.type]), wire.SIZE: wire.u64(entry.size),
                wire.MODIFIED: wire.u64(entry.modified)}, [], {}

    def hash(self, body):
        fields, path = self.fields(body, wire.CHECK)
        algorithm = wire.number(fields[wire.CHECK])
        if algorithm not in (wire.CRC32C, wire.SHA256, wire.BEP52):
            refuse(wire.UNSUPPORTED, "no such check")
        data, response = self._read(path)
        end = {wire.TOTAL: response[wire.SIZE], wire.CHECK_VALUE: wire.check_value(algorithm, data)}
        return response | {wire.CHECK: bytes([algorithm])}, [wire.u64(len(data) // 2)], end

    def make_folder(self, body):
        os.makedirs(self.fields(body)[1], exist_ok=True)
        return {}, [], {}

    def rename(self, body):
        fields, path = self.fields(body, wire.TO, wire.REPLACE)
        to = self.local(fields[wire.TO])
        if os.path.lexists(to) and wire.REPLACE not in fields:
            refuse(wire.EXISTS, "taken")
        os.rename(path, to)
        return {}, [], {}

    def delete(self, body):
        path = self.fields(body)[1]
        (os.rmdir if os.path.isdir(path) else os.remove)(path)
        return {}, [], {}
