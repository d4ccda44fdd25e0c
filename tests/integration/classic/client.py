"""client.py PORT SERVICE NAME: writes what a classic server answers to standard output.

Ends with status 3 when it does not exist, 5 when the reply is not whole.
"""

import os
import socket
import struct
import sys

import wire


def main():
    port, service, name = int(sys.argv[1]), int(sys.argv[2]), os.fsencode(sys.argv[3])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
        stream.sendall(wire.request(service, 77, name))
        while True:
            head = struct.unpack(">HHHHHH", wire.read_exactly(stream, 12))
            protocol, kind, version, number, length, error = head
            assert (protocol, version, number) == (0, 1, 77) and 12 <= length <= 12 + 1040, head
            data = wire.read_exactly(stream, length - 12)
            if error:
                assert (length, kind) == (12, service), head
                return 3
            if not data:
                assert kind == service, head
                assert stream.recv(1) == b"", "more after the last packet"
                return 0
            if service == wire.ENCRYPTED:
                data = wire.unseal(data, kind)
            else:
                assert kind == service, head
            assert len(data) <= 1024
            sys.stdout.buffer.write(data)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (EOFError, ConnectionError):
        sys.exit(5)
