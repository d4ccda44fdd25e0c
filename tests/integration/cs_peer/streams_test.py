"""HELLO and streams of `cs serve`, against a client that shares no code with it. GANTRY names the
program."""

import random
import unittest

import wire
from client import Client
from program import Home, Served

KIB, MIB = 1 << 10, 1 << 20
CUTS = {"whole": (1 << 20,), "single bytes": (1,), "growing": tuple(range(1, 40))}


def content(size):
    return random.Random(size).randbytes(size)


class StreamsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.large, cls.small = content(3 * MIB), content(5000)
        cls.home.write("served/large", cls.large)
        cls.home.write("served/small", cls.small)
        cls.server = cls.enterClassContext(Served(cls.home, "--writable"))

    def client(self, cuts="whole", hello=wire.Hello(), **how):
        client = Client(self.server.port, CUTS[cuts], hello, **how)
        self.addCleanup(client.close)
        return client

    def refused(self, code, act, *arguments, whole_connection=False):
        with self.assertRaises(wire.Refused) as caught:
            act(*arguments)
        problem = caught.exception
        told = (problem.code, problem.whole_connection)
        self.assertEqual((code, whole_connection), told, problem)
        return problem.text

    def test_a_hello_is_answered_with_one(self):
        for cuts in CUTS:
            client = self.client(cuts)
            self.assertEqual(b"x", client.echo(b"x"))
            self.assertTrue(client.server_hello.has(wire.STREAMS))
            self.assertLessEqual(1, client.server_hello.version)

    def test_what_a_newer_client_says_is_taken(self):
        client = self.client(hello=wire.Hello(version=9, offers=(77, wire.STREAMS, 65535)))
        self.assertEqual(self.small, client.get(b"small"))
        self.assertIn(client.server_hello.version, range(1, 10))

    def test_needs_are_met_or_refused_by_their_number(self):
        self.assertEqual(b"", self.client(hello=wire.Hello(needs=(wire.STREAMS,))).echo(b""))
        client = self.client(hello=wire.Hello(needs=(4711,)))
        text = self.refused(wire.UNSUPPORTED, client.echo, b"", whole_connection=True)
        self.assertIn("4711", text)

    def test_without_streams_a_hello_changes_nothing(self):
        client = self.client(hello=wire.Hello(offers=()))
        self.assertEqual(self.large, client.get(b"large"))

    def test_a_hello_that_is_not_the_first_frame_ends_the_connection(self):
        for client in (self.client(hello=None), self.client()):
            client.echo(b"")
            client.link.send(wire.Hello().frame())
            self.refused(wire.BROKEN, client.echo, b"", whole_connection=True)

    def test_a_hello_that_is_broken_ends_the_connection(self):
        for hello in (wire.Hello(window=1), wire.Hello(stream_window=KIB), wire.Hello(largest=9)):
            client = self.client(hello=hello)
            self.refused(wire.BROKEN, client.echo, b"", whole_connection=True)

    def test_files_and_listings_come_within_credit(self):
        for cuts in CUTS:
            client = self.client(cuts)
            ids = [client.ask_file(name) for name in (b"large", b"small") * 3]
            for id, data in reversed(list(zip(ids, (self.large, self.small) * 3))):
                self.assertEqual(data, client.file(id).data)
            self.assertLessEqual({b"large", b"small"}, {e.name for e in client.listing(b"")})

    def test_a_stream_that_is_not_read_holds_up_nobody(self):
        client = self.client(hello=wire.Hello(window=MIB), grants=False)
        large = client.ask_file(b"large")
        for _ in range(5):
            self.assertEqual(self.small, client.get(b"small"))
            self.assertEqual(b"there", client.echo(b"there"))
        self.assertEqual(64 * KIB, client.may_come.sent[large])
        client.grant(0, 4 * MIB)
        client.grant(large, 4 * MIB)
        self.assertEqual(self.large, client.file(large).data)

    def test_the_window_of_the_connection_holds_for_all_streams(self):
        client = self.client(hello=wire.Hello(stream_window=MIB), grants=False)
        ids = [client.ask_file(b"large") for _ in range(3)]
        client.echo(b"")
        client.echo(b"")
        self.assertLessEqual(client.may_come.sent[0], 64 * KIB)
        client.grants = True
        client.grant(0, 64 * KIB)
        for id in ids:
            client.grant(id, MIB)
        for id in ids:
            self.assertEqual(self.large, client.file(id).data)

    def test_credit_that_comes_twice_or_late_does_no_harm(self):
        client = self.client()
        id = client.ask_file(b"small")
        self.assertEqual(self.small, client.file(id).data)
        for limit in (0, 1 << 40, 1):
            client.link.send(wire.Frame(wire.CREDIT, wire.FILE, id, wire.u64(limit)))
        self.assertEqual(self.large, client.get(b"large"))

    def test_puts_keep_to_the_credit_of_the_server(self):
        for cuts in ("whole", "growing"):
            client = self.client(cuts)
            sizes = (0, 1, 64 * KIB, 1_500_000, 70_000)
            ids = [client.ask_put(b"put/%d" % i, content(size), replace=True)
                   for i, size in enumerate(sizes)]
            for i, (id, size) in enumerate(zip(ids, sizes)):
                client.wait(id)
                self.assertEqual(content(size), self.home.read(f"served/put/{i}"))

    def test_data_without_credit_ends_the_connection(self):
        client = self.client()
        client.echo(b"")
        window = min(client.server_hello.window, client.server_hello.stream_window)
        self.assertLess(window, 2 * MIB)
        id = client.ask(wire.PUT, {wire.PATH: b"too much", wire.SIZE: wire.u64(1 << 40)})
        client.link.send(wire.Frame(wire.DATA, wire.PUT, id, bytes(window + 1)))
        self.refused(wire.BROKEN, client.wait, id, whole_connection=True)
        self.assertNotIn("too much", self.home.names("served"))

    def test_an_answer_can_be_cancelled(self):
        client = self.client(grants=False)
        large, waiting = client.ask_file(b"large"), client.ask_file(b"large")
        client.echo(b"")
        for id in (large, waiting):
            client.cancel(id)
            self.refused(wire.CANCELLED, client.wait, id)
        client.cancel(large)
        client.grants = True
        client.grant(0, MIB)
        self.assertEqual(self.small, client.get(b"small"))

    def test_what_was_never_asked_cannot_be_cancelled(self):
        client = self.client()
        client.cancel(99)
        self.refused(wire.BROKEN, client.echo, b"", whole_connection=True)

    def test_credit_and_cancel_need_streams(self):
        for kind, body in ((wire.CREDIT, wire.u64(1 << 20)), (wire.CANCEL, b"")):
            client = self.client(hello=None)
            client.echo(b"")
            client.link.send(wire.Frame(kind, 0, 1, body))
            self.refused(wire.UNSUPPORTED, client.echo, b"", whole_connection=True)


if __name__ == "__main__":
    unittest.main()
