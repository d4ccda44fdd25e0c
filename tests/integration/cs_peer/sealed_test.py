"""`cs serve --key-file` against a client of encrypted files that shares no code with it."""

import random
import socket
import unittest

import sealed
import wire
from program import Home, Served


def content(size):
    return random.Random(size).randbytes(size)


class SealedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.files = {b"empty": b"", b"one": content(1), b"chunk": content(65536),
                     b"large": content(2_500_001)}
        for name, data in cls.files.items():
            cls.home.write("served/" + name.decode(), data)
        for name in ("my.key", "other.key"):
            cls.home.run("crypto", "keygen", "-o", name, "--name", name)
        cls.server = cls.enterClassContext(Served(cls.home, "--key-file", "my.key"))
        cls.key = sealed.Key(cls.home.path("my.key"))

    def setUp(self):
        self.link = wire.Connection(socket.create_connection(("127.0.0.1", self.server.port)))
        self.addCleanup(self.link.stream.close)
        self.last = 0

    def fetch(self, fields, key=None):
        self.last += 1
        return sealed.Fetch(self.link, self.last, key or self.key, fields)

    def refused(self, code, fetch):
        with self.assertRaises(wire.Refused) as caught:
            fetch.run()
        self.assertEqual(code, caught.exception.code, caught.exception)

    def test_gets_files_of_any_size_with_any_check(self):
        for name, data in self.files.items():
            for check in (wire.NONE, wire.CRC32C, wire.BEP52):
                fields = {wire.PATH: name, wire.CHECK: bytes([check])}
                self.assertEqual(data, self.fetch(fields).run(), (name, check))

    def test_gets_ranges_and_the_roots_of_pieces(self):
        data = self.files[b"large"]
        part = {wire.PATH: b"large", wire.OFFSET: wire.u64(1000), wire.COUNT: wire.u64(200_000)}
        self.assertEqual(data[1000:201_000], self.fetch(part).run())
        fetch = self.fetch({wire.PATH: b"large", wire.CHECK: bytes([wire.BEP52]), wire.PIECES: b""})
        fetch.run()
        roots = [wire.u64(at) + wire.check_value(wire.BEP52, data[at : at + wire.PIECE_SIZE])
                 for at in range(0, len(data), wire.PIECE_SIZE)]
        self.assertEqual(roots, fetch.pieces)

    def test_what_the_key_does_not_prove_is_refused(self):
        other = sealed.Key(self.home.path("other.key"))
        self.refused(wire.SECURITY, self.fetch({wire.PATH: b"one"}, other))
        fetch = self.fetch({wire.PATH: b"one"})
        fetch.request = fetch.request.replace(b"one", b"two")
        self.refused(wire.SECURITY, fetch)
        self.refused(wire.NOT_FOUND, self.fetch({wire.PATH: b"two"}))

    def test_nothing_else_is_told_without_tls(self):
        self.link.send(wire.Frame(wire.REQUEST, wire.FILE, 1, wire.pack_fields({wire.PATH: b"one"})))
        answer = self.link.receive()
        self.assertEqual((wire.ERROR, 1), (answer.type, answer.id))
        self.assertEqual(wire.SECURITY, wire.Refused(answer.body).code)
        self.last = 1
        self.assertEqual(self.files[b"one"], self.fetch({wire.PATH: b"one"}).run())


if __name__ == "__main__":
    unittest.main()
