"""The encrypted files of docs/protocols/crypto.md, out of that page alone and for tests: simple and slow.

Needs Debian's python3-cryptography, which ./dev deps installs.
"""
import hashlib, hmac, os, struct

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
except ImportError:
    raise SystemExit("this test needs python3-cryptography; ./dev deps installs it")

MAGIC = bytes.fromhex("89474e450d0a1a0a")
CIPHERS = {1: AESGCM, 2: ChaCha20Poly1305}
CHUNK = 1 << 16
TAG = 16


class Refused(Exception):
    pass


def hkdf(secret, salt, info, size=32):
    key = hmac.digest(salt, secret, "sha256")
    out = block = b""
    while len(out) < size:
        block = hmac.digest(key, block + info + bytes([len(out) // 32 + 1]), "sha256")
        out += block
    return out[:size]


def read_key_file(path):
    lines = open(path).read().splitlines()
    if lines[0] != "gantry-key 1":
        raise Refused("no key file")
    return bytes.fromhex(next(line[7:] for line in lines if line.startswith("secret ")))


def scrypt(passphrase, salt, log2_n, r, p):
    return hashlib.scrypt(passphrase, salt=salt, n=1 << log2_n, r=r, p=p, maxmem=1 << 30, dklen=32)


def keys(head, key, passphrase):
    kind, cost, salt = head[10], head[12:15], head[16:48]
    master = key if kind == 1 else scrypt(passphrase, salt, *cost)
    return hkdf(master, salt, b"gantry file 1 header"), hkdf(
        master, salt, b"gantry file 1 payload" + head[:48])


def nonce(number, last):
    return b"\0\0\0" + struct.pack(">Q", number) + bytes([last])


def decrypt(data, key=None, passphrase=None):
    head = data[:80]
    if len(head) < 80 or head[:8] != MAGIC or head[8] != 1 or head[11] != 16 or head[15] != 0:
        raise Refused("no header")
    mac_key, payload_key = keys(head, key, passphrase)
    if not hmac.compare_digest(hmac.digest(mac_key, head[:48], "sha256"), head[48:]):
        raise Refused("the header MAC differs")
    cipher = CIPHERS[head[9]](payload_key)
    text, rest, number = b"", data[80:], 0
    while True:
        chunk, rest = rest[:CHUNK + TAG], rest[CHUNK + TAG:]
        try:
            part = cipher.decrypt(nonce(number, not rest), chunk, None)
        except (InvalidTag, ValueError):
            raise Refused(f"chunk {number}")
        if not part and number:
            raise Refused("an empty chunk")
        text += part
        number += 1
        if not rest:
            return text


def encrypt(text, cipher=1, key=None, passphrase=None):
    kind, cost = (1, (0, 0, 0)) if key else (2, (10, 8, 1))
    head = MAGIC + bytes([1, cipher, kind, 16, *cost, 0]) + os.urandom(32)
    mac_key, payload_key = keys(head + bytes(32), key, passphrase)
    out = head + hmac.digest(mac_key, head, "sha256")
    sealer = CIPHERS[cipher](payload_key)
    parts = [text[i:i + CHUNK] for i in range(0, len(text), CHUNK)] or [b""]
    for number, part in enumerate(parts):
        out += sealer.encrypt(nonce(number, number == len(parts) - 1), part, None)
    return out
