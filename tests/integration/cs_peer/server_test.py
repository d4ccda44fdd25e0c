"""The real `cs get`, `cs ls`, `cs put` and the like against a server that shares no code with them,
which keeps to the page or lies. GANTRY names the program."""

import os
import random
import shutil
import unittest

import wire
from program import Home
from server import Server

# Exit codes of the command contract.
UNSUPPORTED, NOT_FOUND, NETWORK, INTERRUPTED, CHANGED, INTEGRITY, DENIED, PROTOCOL, PARTIAL = (
    1, 3, 5, 7, 8, 10, 12, 13, 15)
CUTS = {"single bytes": (1,), "threes": (3,), "growing": tuple(range(1, 40)), "whole": (1 << 20,)}


def content(size):
    return random.Random(size).randbytes(size)


def on(service, kind, change):
    """A twist of the frames of one kind alone."""
    return lambda f: change(f) if (f.service, f.type) == (service, kind) else [f]


class ServerTest(unittest.TestCase):
    def setUp(self):
        self.home = self.enterContext(Home())
        self.files = {"empty": b"", "one": content(1), "sub/odd": content(50_001)}
        for name, data in self.files.items():
            self.home.write("served/" + name, data)

    def serve(self, **how):
        return self.enterContext(Server(self.home.path("served"), **how))

    def succeeds(self, *words):
        end = self.home.run(*words)
        self.assertEqual(0, end.returncode, end)
        return end.stdout

    def fails(self, status, *words):
        """It fails like this, says so in a few words, and leaves nothing that looks whole."""
        end = self.home.run(*words)
        told = (words, end.returncode, end.stderr)
        self.assertIn(end.returncode, status if isinstance(status, tuple) else (status,), told)
        self.assertEqual("", end.stdout, told)
        self.assertTrue(0 < len(end.stderr) < 1000, told)
        return end.stderr

    def twisted(self, twist, status, path="one"):
        self.fails(status, "cs", "get", self.serve(twist=twist).url(path), "-o", "got/file")
        self.assertFalse(os.path.exists(self.home.path("got/file")))

    def test_files_come_in_parts_of_every_size(self):
        for cuts, sizes in CUTS.items():
            server = self.serve(cuts=sizes)
            for name, data in self.files.items():
                self.succeeds("cs", "get", server.url(name), "-o", "got")
                self.assertEqual(data, self.home.read("got"), (cuts, name))

    def test_an_interrupted_file_is_gone_on_with(self):
        data = content(4 * wire.PIECE_SIZE + 5)
        self.home.write("served/large", data)
        for roots in (True, False):
            got = f"into-{roots}/large"
            cut = self.serve(last_byte=3 * wire.PIECE_SIZE, roots=roots)
            self.fails((NETWORK, INTERRUPTED), "cs", "get", cut.url("large"), "-o", got)
            self.assertFalse(os.path.exists(self.home.path(got)))
            whole = self.serve(roots=roots)
            self.succeeds("cs", "get", whole.url("large"), "-o", got)
            self.assertEqual(data, self.home.read(got))
            if roots:
                asked = min(wire.number(f.get(wire.OFFSET, b"")) for f in whole.services.asked)
                self.assertGreaterEqual(asked, wire.PIECE_SIZE)
            self.assertEqual(["large"], self.home.names(f"into-{roots}"))

    def test_a_piece_that_arrives_damaged_is_fetched_again_alone(self):
        data, spoilt = content(3 * wire.PIECE_SIZE), []
        self.home.write("served/large", data)

        def spoil(frame):
            if (frame.service, frame.type) == (wire.FILE, wire.DATA) and not spoilt:
                spoilt.append(frame)
                return [frame._replace(body=frame.body[:-1] + bytes([frame.body[-1] ^ 1]))]
            return [frame]

        server = self.serve(twist=spoil)
        self.succeeds("cs", "get", server.url("large"), "-o", "got")
        self.assertEqual(data, self.home.read("got"))
        again = server.services.asked[1]
        self.assertEqual((0, wire.PIECE_SIZE), (wire.number(again.get(wire.OFFSET, b"")),
                                                wire.number(again[wire.COUNT])))

    def test_a_file_that_changed_is_never_stitched_together(self):
        old, new = content(4 * wire.PIECE_SIZE), content(4 * wire.PIECE_SIZE + 1)
        self.home.write("served/large", old)
        cut = self.serve(last_byte=3 * wire.PIECE_SIZE)
        self.fails((NETWORK, INTERRUPTED), "cs", "get", cut.url("large"), "-o", "got/large")
        self.home.write("served/large", new)
        whole = self.serve()
        self.fails(CHANGED, "cs", "get", whole.url("large"), "-o", "got/large")
        self.succeeds("cs", "get", "--no-resume", whole.url("large"), "-o", "got/large")
        self.assertEqual(new, self.home.read("got/large"))

    def test_a_root_of_a_piece_that_never_fits_is_not_believed(self):
        self.home.write("served/large", content(2 * wire.PIECE_SIZE))
        spoil = on(wire.FILE, wire.PIECE, lambda f: [f._replace(body=f.body[:-1] + b"?")])
        self.twisted(spoil, INTEGRITY, "large")

    def test_a_server_that_knows_streams_and_grants_little(self):
        self.home.write("served/large", content(1_500_000))
        small = wire.Hello()
        for hello in (small, wire.Hello(version=9, offers=(77, wire.STREAMS), window=1 << 20)):
            server = self.serve(hello=hello, cuts=(1, 50_000))
            self.succeeds("cs", "get", server.url(), "-o", "all")
            for name in self.home.names("served"):
                self.assertEqual(self.home.read("served/" + name), self.home.read("all/" + name))
            self.succeeds("cs", "put", "all", server.url("put/"))
            for name in self.home.names("all"):
                self.assertEqual(self.home.read("all/" + name), self.home.read("served/put/all/" + name))
            shutil.rmtree(self.home.path("all"))
            shutil.rmtree(self.home.path("served/put"))

    def test_a_server_that_needs_what_nobody_has(self):
        server = self.serve(hello=wire.Hello(needs=(4711,)))
        self.fails(UNSUPPORTED, "cs", "get", server.url("one"), "-o", "got")

    def test_folders_are_listed_and_fetched(self):
        for cuts in CUTS.values():
            server = self.serve(cuts=cuts)
            listed = self.succeeds("cs", "ls", "--recursive", server.url())
            self.assertEqual(["empty", "one", "sub/", "sub/odd"],
                             [line.split()[-1] for line in listed.splitlines()])
            self.succeeds("cs", "get", server.url(), "-o", "all")
            for name, data in self.files.items():
                self.assertEqual(data, self.home.read("all/" + name))

    def test_files_are_put(self):
        self.home.write("new/a", content(70_000))
        self.home.write("new/b/c", b"")
        for cuts in CUTS.values():
            self.succeeds("cs", "put", "new", self.serve(cuts=cuts).url("inbox/"))
            self.assertEqual(content(70_000), self.home.read("served/inbox/new/a"))
            self.assertEqual(b"", self.home.read("served/inbox/new/b/c"))

    def test_names_are_told_about_and_changed(self):
        server = self.serve(cuts=CUTS["threes"])
        self.assertIn("50001", self.succeeds("cs", "stat", server.url("sub/odd")))
        root = wire.bep52_root(self.files["sub/odd"]).hex()
        self.assertIn(root, self.succeeds("cs", "hash", server.url("sub/odd")))
        self.succeeds("cs", "mkdir", server.url("x/y"))
        self.succeeds("cs", "rename", server.url("one"), "x/y/1")
        self.assertEqual(self.files["one"], self.home.read("served/x/y/1"))
        self.succeeds("cs", "delete", server.url("x/y/1"))
        self.fails(NOT_FOUND, "cs", "stat", server.url("x/y/1"))
        self.succeeds("cs", "ping", "-n", "2", server.url())

    def test_what_is_optional_is_skipped(self):
        extra = wire.Frame(213, 99, 7, b"new")
        field = b"\xf1\0\0\2hi"

        def add(frame):
            fields = field if frame.type in (wire.RESPONSE, wire.END) else b""
            return [extra, frame._replace(body=frame.body + fields), extra._replace(body=b"")]

        server = self.serve(twist=add, cuts=CUTS["growing"])
        self.succeeds("cs", "get", server.url("sub/odd"), "-o", "got")
        self.assertEqual(self.files["sub/odd"], self.home.read("got"))
        self.assertIn("odd", self.succeeds("cs", "ls", server.url("sub")))

    def test_the_check_is_wrong(self):
        def spoil(frame):
            return [frame._replace(body=frame.body[:-1] + bytes([frame.body[-1] ^ 1]))]

        self.twisted(on(wire.FILE, wire.END, spoil), INTEGRITY)
        self.twisted(on(wire.FILE, wire.DATA, spoil), INTEGRITY)

    def test_the_check_is_left_out_or_of_another_kind(self):
        total = wire.pack_fields({wire.TOTAL: wire.u64(1)})
        for value in (None, b"", b"\1", b"\1abc", b"\1abcde", b"\2" + bytes(32), b"\x63abcd"):
            body = total + (b"" if value is None else wire.pack_fields({wire.CHECK_VALUE: value}))
            self.twisted(on(wire.FILE, wire.END, lambda f: [f._replace(body=body)]),
                         (INTEGRITY, PROTOCOL))

    def test_the_size_is_wrong(self):
        def say(size):
            body = wire.pack_fields({wire.SIZE: wire.u64(size), wire.CHECK: b"\1"})
            return on(wire.FILE, wire.RESPONSE, lambda f: [f._replace(body=body)])

        for size in (0, 2, 50_000, 50_002):
            self.twisted(say(size), PROTOCOL, "sub/odd")

    def test_the_total_is_wrong(self):
        def say(total):
            return lambda f: [f._replace(body=f.body.replace(wire.u64(1), wire.u64(total)))]

        for total in (0, 2, 1 << 63, (1 << 64) - 1):
            self.twisted(on(wire.FILE, wire.END, say(total)), PROTOCOL)
            server = self.serve(twist=on(wire.LISTING, wire.END, say(total)))
            self.fails(PROTOCOL, "cs", "get", server.url("sub/"), "-o", "got/folder")

    def test_names_that_lead_out_are_not_followed(self):
        for name in (b"../out", b"/out", b"a/../../out", b"..", b".", b"a\0b", b"a//b", b"n" * 256):
            entry = wire.Entry(wire.A_FILE, 1, 0, name).encode()

            def add(frame):
                if frame.service != wire.LISTING or frame.type != wire.END:
                    return [frame]
                end = wire.pack_fields({wire.TOTAL: wire.u64(2)})
                return [frame._replace(type=wire.DATA, body=entry), frame._replace(body=end)]

            server = self.serve(twist=add)
            end = self.home.run("cs", "get", server.url("sub/"), "-o", "into/folder")
            self.assertIn(end.returncode, (PROTOCOL, DENIED, PARTIAL), (name, end))
            outside = [n for n in self.home.names() if not n.startswith(("served/", "."))]
            self.assertLessEqual(set(outside), {"into/folder/odd"}, name)

    def test_entries_that_are_cut_or_overlong(self):
        good = wire.Entry(wire.A_FILE, 1, 0, b"name").encode()
        for bad in (good[:-1], good[:1], b"\0\0" + good[2:], b"\0\x15" + good[2:],
                    b"\0\x40" + good[2:], good[:19] + b"\0\0" + good[21:], good + b"x"):
            server = self.serve(
                twist=on(wire.LISTING, wire.DATA, lambda f: [f._replace(body=bad)]))
            self.fails(PROTOCOL, "cs", "ls", server.url("sub"))

    def test_entries_may_grow_by_optional_fields(self):
        entry = wire.Entry(wire.A_FILE, 1, 0, b"name")
        for tag, works in ((b"\x80\1", True), (b"\0\1", False)):
            body = entry.encode(tag + b"\0\1x")
            server = self.serve(
                twist=on(wire.LISTING, wire.DATA, lambda f: [f._replace(body=body)]))
            if works:
                self.assertIn("name", self.succeeds("cs", "ls", server.url("sub")))
            else:
                self.fails(UNSUPPORTED, "cs", "ls", server.url("sub"))

    def test_frames_that_nobody_may_send(self):
        for kind in (0, wire.REQUEST, 99, 127):
            self.twisted(lambda f: [f._replace(type=kind), f], UNSUPPORTED)
        for field, status in ((b"\x10\0\0\0", UNSUPPORTED), (b"\0\2\0\0", UNSUPPORTED),
                              (b"\x80", PROTOCOL)):
            self.twisted(on(wire.FILE, wire.RESPONSE, lambda f: [f._replace(body=f.body + field)]),
                         status)
        self.twisted(lambda f: [f._replace(magic=0xC6)], PROTOCOL)
        self.twisted(lambda f: [f._replace(id=f.id + 1)], PROTOCOL)
        self.twisted(lambda f: [f.encode()[:8] + b"\xff\xff\xff\xff"], PROTOCOL)
        self.twisted(lambda f: [f.encode()[:8] + b"\0\0\0\x0b"], PROTOCOL)

    def test_frames_in_the_wrong_order(self):
        for wrong in (lambda f: [f, f], lambda f: [f._replace(type=wire.END, body=b"")],
                      lambda f: [f._replace(type=wire.DATA, body=b"x"), f]):
            self.twisted(on(wire.FILE, wire.RESPONSE, wrong), PROTOCOL)

    def test_a_newer_version_is_named(self):
        self.twisted(lambda f: [f._replace(version=2)], UNSUPPORTED)
        refusal = wire.error(wire.PROTOCOL, 0, wire.UNSUPPORTED, "two or nothing")
        newer = wire.Frame(wire.ERROR, 0, 0, refusal, version=2)
        server = self.serve(twist=lambda f: [newer])
        self.assertIn("two or nothing", self.fails(UNSUPPORTED, "cs", "get", server.url("one")))

    def test_an_error_of_the_server_keeps_its_meaning(self):
        for code, status in ((1, 3), (4, 4), (6, 6), (8, 8), (9, 9), (10, 10), (12, 12), (13, 13),
                             (999, 1)):
            body = wire.error(wire.ENVIRONMENT, 77, code, "the reason\n\x1b[31m")
            server = self.serve(twist=on(
                wire.FILE, wire.RESPONSE, lambda f: [f._replace(type=wire.ERROR, body=body)]))
            told = self.fails(status, "cs", "get", server.url("one"))
            self.assertIn("the reason", told)
            self.assertNotIn("\x1b", told)

    def test_the_connection_ends_after_any_byte(self):
        sent = []
        self.succeeds("cs", "get", self.serve(twist=lambda f: sent.append(f) or [f]).url("one"))
        for last_byte in range(sum(len(f.encode()) for f in sent)):
            server = self.serve(last_byte=last_byte)
            self.fails((NETWORK, INTERRUPTED), "cs", "get", server.url("one"), "-o", "cut/file")
            self.assertFalse(os.path.exists(self.home.path("cut/file")))


if __name__ == "__main__":
    unittest.main()
