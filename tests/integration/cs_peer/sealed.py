"""The client's part of the encrypted file service, out of docs/protocols/cs.md alone.

Needs Debian's python3-cryptography, which ./dev deps installs.
"""

import hashlib
import hmac
import os

import wire

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError:
    raise SystemExit("this test needs python3-cryptography; ./dev deps installs it")

KEY_ID, RANDOM, PROOF = 0x0030, 0x0031, 0x0032
CHUNK, LAST_CHUNK, PIECE, END, RESPONSE = range(5)
TEXT, TAG = 64 << 10, 16
PROOF_FIELD = 4 + 16


def hkdf(secret, salt, info, size):
    """RFC 5869, at most one block of SHA-256."""
    key = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(key, info + b"\1", "sha256")[:size]


def sha256(data):
    return hashlib.sha256(data).digest()


class Key:
    def __init__(self, key_file):
        with open(key_file) as file:
            lines = dict(line.split(" ", 1) for line in file.read().splitlines() if " " in line)
        self.base = hkdf(bytes.fromhex(lines["secret"]), b"", b"gantry cs 1 encrypted file", 32)
        self.id = hkdf(self.base, b"", b"gantry cs 1 key id", 16)


class Fetch:
    """One request and its answer over a connection."""

    def __init__(self, link, id, key, fields):
        self.link, self.id, self.key = link, id, key
        self.random = os.urandom(32)
        body = wire.pack_fields(fields | {KEY_ID: key.id, RANDOM: self.random})
        proof = hkdf(key.base, self.random, b"gantry cs 1 request" + sha256(body), 16)
        self.request = body + wire.pack_fields({PROOF: proof})

    def run(self):
        self.link.send(wire.Frame(wire.REQUEST, wire.ENCRYPTED, self.id, self.request))
        response = self._take(wire.RESPONSE)
        self._read_response(response)
        chunks, self.pieces = b"", []
        while (frame := self._frame()).type != wire.END:
            if frame.type == wire.PIECE:
                self.pieces.append(self._open(PIECE, len(self.pieces), frame.body))
            elif frame.type == wire.DATA:
                chunks += frame.body
            else:
                raise wire.Broken(f"a frame of type {frame.type}")
        end = wire.unpack_fields(self._open(END, 0, frame.body), (wire.TOTAL, wire.CHECK_VALUE))
        data = self._open_chunks(chunks)
        if wire.number(end[wire.TOTAL]) != len(data):
            raise wire.Broken("the total is wrong")
        check = self.response.get(wire.CHECK, b"\0")[0]
        if check and end[wire.CHECK_VALUE] != wire.check_value(check, data):
            raise wire.Broken("the check is wrong")
        return data

    def _frame(self):
        frame = self.link.receive()
        if frame is None:
            raise EOFError("closed")
        if frame.type == wire.ERROR:
            raise wire.Refused(frame.body, frame.id == 0)
        if (frame.id, frame.service) != (self.id, wire.ENCRYPTED):
            raise wire.Broken("an answer to something else")
        return frame

    def _take(self, kind):
        frame = self._frame()
        if frame.type != kind:
            raise wire.Broken(f"a frame of type {frame.type}")
        return frame.body

    def _read_response(self, body):
        fields, proof = body[:-PROOF_FIELD], body[-PROOF_FIELD:]
        self.response = wire.unpack_fields(
            fields, (wire.SIZE, wire.MODIFIED, wire.CHECK, wire.IDENTITY, RANDOM))
        info = b"gantry cs 1 content" + sha256(self.request) + sha256(fields)
        self.cipher = AESGCM(hkdf(self.key.base, self.random + self.response[RANDOM], info, 32))
        if proof != wire.pack_fields({PROOF: self.cipher.encrypt(self._nonce(RESPONSE, 0), b"", b"")}):
            raise wire.Broken("the server does not prove that it has the key")

    @staticmethod
    def _nonce(kind, number):
        return number.to_bytes(11, "big") + bytes([kind])

    def _open(self, kind, number, sealed):
        try:
            return self.cipher.decrypt(self._nonce(kind, number), bytes(sealed), b"")
        except InvalidTag:
            raise wire.Broken(f"number {number} of kind {kind} does not open")

    def _open_chunks(self, sealed):
        size = TEXT + TAG
        count = (len(sealed) + size - 1) // size
        return b"".join(
            self._open(LAST_CHUNK if i == count - 1 else CHUNK, i, sealed[i * size : (i + 1) * size])
            for i in range(count))
