"""server.py DIR [PIECE]: serves a folder by the classic wire, one client at a time, until it is ended.

It says "port N" when it listens. PIECE bytes are sent at a time, to cut packets anywhere. A file named
`cut` is never sent whole.
"""

import os
import socket
import struct
import sys

import wire


def catalogue(folder, prefix="./"):
    entries = sorted(os.scandir(folder), key=lambda e: os.fsencode(e.name))
    text = "".join(prefix + e.name + "\n" for e in entries if e.is_file())
    for entry in entries:
        if entry.is_dir():
            text += catalogue(entry.path, prefix + entry.name + "/")
    return text


def reply(folder, service, number, name):
    if service == wire.CATALOGUE:
        data = catalogue(folder).encode()
    else:
        try:
            with open(os.path.join(folder, name.decode()), "rb") as file:
                data = file.read()
        except OSError:
            return wire.packet(service, number, error=1)
    out = b""
    for at in range(0, len(data), 1024):
        part = data[at : at + 1024]
        if service == wire.ENCRYPTED:
            out += wire.packet(len(part), number, wire.seal(part))
        else:
            out += wire.packet(service, number, part)
    return out + (b"" if name == b"cut" else wire.packet(service, number))


def serve(folder, piece, stream):
    stream.settimeout(30)
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    protocol, service, version, number = struct.unpack(">HHHH", wire.read_exactly(stream, 8))
    name = wire.read_exactly(stream, 200).rstrip(b"\0")
    assert (protocol, version) == (0, 1)
    data = reply(folder, service, number, name)
    for at in range(0, len(data), piece):
        stream.sendall(data[at : at + piece])


def main():
    folder = sys.argv[1]
    piece = int(sys.argv[2]) if len(sys.argv) > 2 else 1036
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        while True:
            stream, _ = listener.accept()
            with stream:
                try:
                    serve(folder, piece, stream)
                except (EOFError, OSError):
                    pass


if __name__ == "__main__":
    main()
