"""cs1 as docs/protocols/cs.md tells it, for the tests: it shares no code with the plugin."""

import collections
import hashlib
import itertools
import socket
import struct
from typing import NamedTuple

MAGIC, VERSION = 0xC5, 1
REQUEST, RESPONSE, DATA, END, ERROR, CREDIT, CANCEL, PIECE, HELLO = 1, 2, 3, 4, 5, 6, 7, 8, 128
FILE, ENCRYPTED, LISTING, ECHO, STATUS, HASH, PUT, MAKE_FOLDER, RENAME, DELETE = range(10)
PATH, RECURSIVE, SIZE, MODIFIED, CHECK = 0x0001, 0x0002, 0x0003, 0x8004, 0x8005
CHECK_VALUE, TOTAL, SKIPPED, TYPE, TO, REPLACE = 0x0006, 0x0007, 0x8008, 0x0009, 0x000A, 0x000B
OFFSET, COUNT, EXPECT, IDENTITY, PIECES = 0x000C, 0x000D, 0x000E, 0x800F, 0x8010
GLOB, CURSOR = 0x0011, 0x0012
HIGHEST_VERSION, NEEDS, OFFERS, LARGEST, WINDOW, STREAM_WINDOW = (
    0x8020, 0x0021, 0x8022, 0x8023, 0x8024, 0x8025)
STREAMS = 1  # a feature
NONE, CRC32C, SHA256, BEP52 = 0, 1, 2, 3
A_FILE, A_FOLDER, A_LINK, ANOTHER = 1, 2, 3, 4
PROTOCOL, USAGE, ENVIRONMENT = 1, 2, 3
IS_FOLDER = 1
NOT_FOUND, BAD_USAGE, OTHER, SECURITY, SOURCE_CHANGED, INTEGRITY, EXISTS, DENIED, BROKEN = (
    1, 2, 3, 6, 8, 10, 11, 12, 13)
CANCELLED, UNSUPPORTED, RANGE = 17, 18, 21
LEAF, PIECE_SIZE = 16 << 10, 1 << 20
SMALLEST_WINDOW = 64 << 10
LARGEST_DATA, LARGEST_FRAME = 12 + (2 << 20), 12 + (64 << 10)
OPTIONAL_TYPE, OPTIONAL_TAG = 128, 0x8000


class Broken(Exception):
    """The peer does not keep to the page."""


class Refused(Exception):
    """An error frame, section 4."""

    def __init__(self, body, whole_connection=False):
        if len(body) < 4:
            raise Broken("an error frame that is too short")
        self.family, self.detail, self.code = struct.unpack(">BBH", body[:4])
        self.text = body[4:].decode()
        self.whole_connection = whole_connection
        super().__init__(f"error {self.family}.{self.detail}.{self.code} {self.text}")


class Frame(NamedTuple):
    type: int
    service: int
    id: int
    body: bytes = b""
    version: int = VERSION
    magic: int = MAGIC

    def encode(self):
        head = (self.type, self.magic, self.version, self.service, self.id, 12 + len(self.body))
        return struct.pack(">BBBBII", *head) + self.body


def error(family, detail, code, text=""):
    return struct.pack(">BBH", family, detail, code) + text.encode()


def u64(number):
    return struct.pack(">Q", number)


def number(value):
    return int.from_bytes(value, "big")


def pack_fields(fields):
    return b"".join(struct.pack(">HH", tag, len(value)) + value for tag, value in fields.items())


def unpack_fields(body, known):
    """A dictionary of the fields that stand in `known`; what else is there must be optional."""
    fields, at = {}, 0
    while at < len(body):
        if len(body) - at < 4:
            raise Broken("a field is cut")
        tag, length = struct.unpack_from(">HH", body, at)
        value = body[at + 4 : at + 4 + length]
        at += 4 + length
        if len(value) < length or tag in fields:
            raise Broken(f"field {tag:#06x} is cut or stands twice")
        if tag in known:
            fields[tag] = value
        elif tag < OPTIONAL_TAG:
            raise Broken(f"field {tag:#06x} is not known here")
    return fields


class Entry(NamedTuple):
    type: int
    size: int
    modified: int
    name: bytes

    def encode(self, extra=b""):
        length = 21 + len(self.name) + len(extra)
        return (struct.pack(">HBQqH", length, self.type, self.size, self.modified, len(self.name))
                + self.name + extra)


def unpack_entries(body):
    at = 0
    while at < len(body):
        length, kind, size, modified, name = struct.unpack_from(">HBQqH", body, at)
        if name == 0 or length < 21 + name or at + length > len(body):
            raise Broken("an entry's length is wrong")
        unpack_fields(body[at + 21 + name : at + length], ())
        yield Entry(kind, size, modified, body[at + 21 : at + 21 + name])
        at += length


def _crc_table():
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        yield byte


_CRC = tuple(_crc_table())


def crc32c(data, before=0):
    value = before ^ 0xFFFFFFFF
    for byte in data:
        value = _CRC[(value ^ byte) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


def _join(row, filler):
    """The root over a row of nodes that is filled up to a power of two."""
    row = row + [filler] * ((1 << max(len(row) - 1, 0).bit_length()) - len(row))
    while len(row) > 1:
        row = [hashlib.sha256(a + b).digest() for a, b in zip(row[::2], row[1::2])]
    return row[0]


def _leaves(data):
    return [hashlib.sha256(data[at : at + LEAF]).digest() for at in range(0, len(data), LEAF)]


def bep52_root(data):
    """Zeros for an empty file."""
    return _join(_leaves(data), bytes(32))


def root_of_pieces(roots, size):
    """The root of a file from those of its pieces."""
    if len(roots) < 2:
        return roots[0] if roots else bytes(32)
    height = (PIECE_SIZE // LEAF).bit_length() - 1
    zeros = [bytes(32)]
    while len(zeros) <= height:
        zeros.append(hashlib.sha256(zeros[-1] * 2).digest())
    last = (size - 1) % PIECE_SIZE // LEAF  # the number of the last leaf in the last piece
    for level in range(last.bit_length(), height):
        roots = roots[:-1] + [hashlib.sha256(roots[-1] + zeros[level]).digest()]
    return _join(roots, zeros[height])


def check_value(algorithm, data):
    value = {NONE: lambda d: b"", CRC32C: lambda d: struct.pack(">I", crc32c(d)),
             SHA256: lambda d: hashlib.sha256(d).digest(), BEP52: bep52_root}[algorithm](data)
    return bytes([algorithm]) + value


class Hello(NamedTuple):
    version: int = VERSION
    needs: tuple = ()
    offers: tuple = (STREAMS,)
    largest: int = 2 << 20
    window: int = SMALLEST_WINDOW
    stream_window: int = SMALLEST_WINDOW

    def frame(self):
        def numbers(row):
            return struct.pack(f">{len(row)}H", *row)

        fields = {HIGHEST_VERSION: bytes([self.version]), OFFERS: numbers(self.offers),
                  LARGEST: struct.pack(">I", self.largest), WINDOW: u64(self.window),
                  STREAM_WINDOW: u64(self.stream_window)}
        fields |= {NEEDS: numbers(self.needs)} if self.needs else {}
        return Frame(HELLO, 0, 0, pack_fields(fields))

    @staticmethod
    def read(frame):
        fields = unpack_fields(frame.body, (HIGHEST_VERSION, NEEDS, OFFERS, LARGEST, WINDOW,
                                            STREAM_WINDOW))

        def numbers(tag):
            row = fields.get(tag, b"")
            return struct.unpack(f">{len(row) // 2}H", row)

        def at_least(tag, usual):
            said = number(fields[tag]) if tag in fields else usual
            if said < SMALLEST_WINDOW:
                raise Broken(f"{said} is too small")
            return said

        return Hello(number(fields.get(HIGHEST_VERSION, b"\1")), numbers(NEEDS), numbers(OFFERS),
                     at_least(LARGEST, 2 << 20), at_least(WINDOW, SMALLEST_WINDOW),
                     at_least(STREAM_WINDOW, SMALLEST_WINDOW))

    def has(self, feature):
        return feature in self.offers + self.needs


class Credit:
    """How many bytes of data one side has sent and may send, over all requests (0) and of each."""

    def __init__(self, window=1 << 62, stream_window=1 << 62):
        self.sent, self.limits = collections.Counter(), {0: window}
        self.stream_window = stream_window

    def limit(self, id):
        return self.limits.get(id, self.stream_window)

    def room(self, id):
        return min(self.limit(of) - self.sent[of] for of in (0, id))

    def spend(self, id, count):
        if count > self.room(id):
            raise Broken(f"{count} bytes of request {id}, and credit for {self.room(id)}")
        self.sent[0] += count
        self.sent[id] += count

    def take(self, frame):
        """A credit frame."""
        if len(frame.body) != 8:
            raise Broken("a credit frame without a u64")
        self.limits[frame.id] = max(self.limit(frame.id), number(frame.body))


class Connection:
    """Frames over a socket. `cuts` are the sizes of the parts in which bytes are sent, in turn."""

    def __init__(self, stream, cuts=(1 << 20,)):
        stream.settimeout(30)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream, self.cuts = stream, itertools.cycle(cuts)

    def send(self, *frames):
        data = b"".join(f.encode() if isinstance(f, Frame) else f for f in frames)
        at = 0
        while at < len(data):
            size = next(self.cuts)
            self.stream.sendall(data[at : at + size])
            at += size

    def finish(self):
        self.stream.shutdown(socket.SHUT_WR)

    def _exactly(self, count):
        data = bytearray()
        while len(data) < count and (part := self.stream.recv(min(count - len(data), 1 << 20))):
            data += part
        return bytes(data)

    def receive(self):
        """The next frame, or nothing when the peer closed between two frames."""
        head = self._exactly(12)
        if not head:
            return None
        if len(head) < 12:
            raise EOFError("closed within a header")
        kind, magic, version, service, id, length = struct.unpack(">BBBBII", head)
        if magic != MAGIC or length < 12:
            raise Broken(f"not a frame of cs1: {head.hex()}")
        long = kind >= OPTIONAL_TYPE or kind == DATA and service in (FILE, ENCRYPTED, PUT)
        if length > (LARGEST_DATA if long else LARGEST_FRAME):
            raise Broken(f"a frame of {length} bytes")
        body = self._exactly(length - 12)
        if len(body) < length - 12:
            raise EOFError("closed within a frame")
        return Frame(kind, service, id, body, version)
