"""The classic wire from docs/protocols/cs-classic.md, for the tests: it shares no code with the plugin.

AES is written out from FIPS 197, since Python's own library has none.
"""

import struct

FILE, ENCRYPTED, CATALOGUE = 0, 1, 2
KEY = b"project-C/S and P2P protocol key"


def _double(x):
    return ((x << 1) ^ 0x11B if x & 0x80 else x << 1) & 0xFF


def _times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a, b = _double(a), b >> 1
    return product


def _make_boxes():
    box = [0] * 256
    for x in range(256):
        inverse = next((y for y in range(256) if _times(x, y) == 1), 0)
        value = 0x63
        for turn in range(5):
            value ^= (inverse << turn | inverse >> (8 - turn)) & 0xFF
        box[x] = value
    back = [0] * 256
    for x, value in enumerate(box):
        back[value] = x
    return box, back


BOX, BACK = _make_boxes()
TIMES = {n: [_times(x, n) for x in range(256)] for n in (1, 2, 3, 9, 11, 13, 14)}


def _expand(key):
    words = [list(key[i : i + 4]) for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        word = words[i - 1]
        if i % 8 == 0:
            word = [BOX[b] for b in word[1:] + word[:1]]
            word[0] ^= constant
            constant = _double(constant)
        elif i % 8 == 4:
            word = [BOX[b] for b in word]
        words.append([a ^ b for a, b in zip(words[i - 8], word)])
    return [sum(words[i : i + 4], []) for i in range(0, 60, 4)]


ROUNDS = _expand(KEY)


def _add(block, key):
    return [a ^ b for a, b in zip(block, key)]


def _mix(block, factors):
    out = []
    for column in range(0, 16, 4):
        for row in range(4):
            value = 0
            for i in range(4):
                value ^= TIMES[factors[(i - row) % 4]][block[column + i]]
            out.append(value)
    return out


def encrypt_block(block):
    state = _add(block, ROUNDS[0])
    for key in ROUNDS[1:]:
        state = [BOX[b] for b in state]
        state = [state[(i + 4 * (i % 4)) % 16] for i in range(16)]
        if key is not ROUNDS[-1]:
            state = _mix(state, (2, 3, 1, 1))
        state = _add(state, key)
    return bytes(state)


def decrypt_block(block):
    state = list(block)
    for key in reversed(ROUNDS[1:]):
        state = _add(state, key)
        if key is not ROUNDS[-1]:
            state = _mix(state, (14, 11, 13, 9))
        state = [state[(i - 4 * (i % 4)) % 16] for i in range(16)]
        state = [BACK[b] for b in state]
    return bytes(_add(state, ROUNDS[0]))


def seal(data):
    data += bytes(16 - len(data) % 16)
    return b"".join(encrypt_block(data[i : i + 16]) for i in range(0, len(data), 16))


def unseal(data, count):
    plain = b"".join(decrypt_block(data[i : i + 16]) for i in range(0, len(data), 16))
    assert 1 <= len(plain) - count <= 16 and not any(plain[count:]), "bad padding"
    return plain[:count]


def request(service, number, name):
    assert len(name) <= 200
    return struct.pack(">HHHH", 0, service, 1, number) + name.ljust(200, b"\0")


def packet(service, number, data=b"", error=0):
    return struct.pack(">HHHHHH", 0, service, 1, number, 12 + len(data), error) + data


def read_exactly(stream, count):
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            raise EOFError("the connection ended early")
        data += part
    return data
