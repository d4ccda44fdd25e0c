"""`cs serve` against a client that shares no code with it. GANTRY names the program."""

import os
import random
import unittest

import wire
from client import Client
from program import Home, Served

CUTS = {"whole": (1 << 20,), "single bytes": (1,), "threes": (3,),
        "headers and bits": (12, 1, 7), "growing": tuple(range(1, 40))}


def content(size):
    return random.Random(size).randbytes(size)


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.files = {b"empty": b"", b"one": content(1), b"sub/odd": content(50_001),
                     b"sub/deep/large": content(1_200_000), b"two words\n\xff": b"strange"}
        for name, data in cls.files.items():
            cls.home.write("served/" + os.fsdecode(name), data)
        os.symlink("../sub", cls.home.path("served/sub/link"))
        cls.server = cls.enterClassContext(Served(cls.home, "--writable"))

    def client(self, cuts="whole"):
        client = Client(self.server.port, CUTS[cuts])
        self.addCleanup(client.close)
        return client

    def refused(self, code, act, *arguments, whole_connection=False, detail=0):
        with self.assertRaises(wire.Refused) as caught:
            act(*arguments)
        problem = caught.exception
        self.assertEqual((code, detail, whole_connection),
                         (problem.code, problem.detail, problem.whole_connection), problem)

    def test_gets_whole_files_in_parts_of_every_size(self):
        for cuts in CUTS:
            client = self.client(cuts)
            for name, data in self.files.items():
                self.assertEqual(data, client.get(name), (cuts, name))

    def test_gets_without_a_check_and_with_a_check_that_nobody_knows(self):
        client = self.client()
        self.assertEqual(wire.NONE, client.file(client.ask(wire.FILE, {wire.PATH: b"one"})).check)
        self.assertEqual(wire.CRC32C, client.file(client.ask_file(b"one", 0x63)).check)

    def test_asks_for_many_files_before_the_first_answer(self):
        client = self.client("growing")
        names = list(self.files) * 6
        ids = [client.ask_file(name) for name in names]
        for id, name in zip(reversed(ids), reversed(names)):
            self.assertEqual(self.files[name], client.file(id).data)

    def test_gets_ranges_of_the_file_that_was_meant(self):
        client, name = self.client("threes"), b"sub/deep/large"
        data = self.files[name]
        first = client.file(client.ask_file(name, count=1), count=1)
        self.assertEqual((data[:1], len(data)), (first.data, first.size))
        for offset, count in ((0, 0), (1, 1), (999_999, 100_000), (5, 1 << 40), (len(data), 1)):
            id = client.ask_file(name, offset=offset, count=count, expect=first.identity)
            self.assertEqual(data[offset : offset + count], client.file(id, offset, count).data)
        self.refused(wire.RANGE, client.wait, client.ask_file(name, offset=len(data) + 1))
        for expect in (b"x", first.identity + b"x"):
            self.refused(wire.SOURCE_CHANGED, client.wait, client.ask_file(name, expect=expect))
        for expect in (b"", bytes(65)):
            self.refused(wire.BROKEN, client.wait, client.ask_file(name, expect=expect))

    def test_a_file_that_became_another_is_noticed(self):
        client = self.client()
        self.home.write("served/changes", b"old")
        identity = client.file(client.ask_file(b"changes")).identity
        self.home.write("served/changes", b"new one")
        id = client.ask_file(b"changes", offset=1, expect=identity)
        self.refused(wire.SOURCE_CHANGED, client.wait, id)

    def test_pieces_lead_to_the_root_of_the_file(self):
        for size in (0, 1, wire.PIECE_SIZE, wire.PIECE_SIZE + 1, 2_500_000, 5 * wire.PIECE_SIZE):
            self.home.write("served/pieces", content(size))
            client = self.client()
            file = client.file(client.ask_file(b"pieces", wire.BEP52, pieces=True))
            self.assertEqual(content(size), file.data)
            root = wire.root_of_pieces(file.roots, size)
            self.assertEqual(wire.bep52_root(file.data), root)
            self.assertEqual(b"\3" + root, client.hash(b"pieces", wire.BEP52))

    def test_pieces_of_a_range(self):
        client, name = self.client("headers and bits"), b"sub/deep/large"
        wanted = (wire.PIECE_SIZE, 20_000)
        id = client.ask_file(name, wire.BEP52, True, offset=wanted[0], count=wanted[1])
        file = client.file(id, *wanted)
        self.assertEqual([wire.bep52_root(file.data)], file.roots)
        id = client.ask_file(name, wire.BEP52, True, offset=1)
        self.refused(wire.BAD_USAGE, client.wait, id)
        self.assertEqual([], client.file(client.ask_file(name, wire.CRC32C, True)).roots)

    def test_lists_what_a_glob_and_a_type_fit(self):
        client = self.client()
        for name in ("a.txt", "b.TXT", "sub/c.txt", "sub/d]", "\u00fc.txt"):
            self.home.write("served/globs/" + name, b"")

        def names(**what):
            return {e.name.decode() for e in client.listing(b"globs", True, **what)}

        for glob, fit in ((b"*.txt", {"a.txt", "\u00fc.txt"}), (b"?.txt", {"a.txt", "\u00fc.txt"}),
                          (b"**/*.txt", {"a.txt", "\u00fc.txt", "sub/c.txt"}),
                          (b"[!a].*", {"b.TXT", "\u00fc.txt"}),
                          (b"sub/d[]]", {"sub/d]"}), (b"\\a.txt", {"a.txt"}), (b"sub*", {"sub"})):
            self.assertEqual(fit, names(glob=glob), glob)
        self.assertEqual({"sub"}, names(type=wire.A_FOLDER))
        self.assertEqual(set(), names(type=wire.A_FOLDER, glob=b"*.txt"))
        for glob in (b"[a", b"a\\"):
            self.refused(wire.BAD_USAGE, lambda: names(glob=glob))

    def test_lists_page_by_page(self):
        client = self.client()
        for name in ("b", "a/z", "a/y/x", "a-b", "c"):
            self.home.write("served/pages/" + name, b"")
        expected = [b"a", b"a/y", b"a/y/x", b"a/z", b"a-b", b"b", b"c"]
        for count in (1, 2, 3, 7, 100):
            seen, cursor = [], None
            while cursor or not seen:
                page, cursor = client.page(b"pages", True, count=count, cursor=cursor)
                self.assertLessEqual(len(page), count)
                seen += [entry.name for entry in page]
            self.assertEqual(expected, seen)
        self.refused(wire.BAD_USAGE, lambda: client.page(b"pages", cursor=b"\xff none of yours"))

    def test_lists_a_folder_a_file_and_all(self):
        client = self.client()
        top = {entry.name: entry for entry in client.listing(b"")}
        self.assertLessEqual({b"empty", b"one", b"sub", b"two words\n\xff"}, set(top))
        self.assertEqual((wire.A_FOLDER, 0), top[b"sub"][:2])
        self.assertEqual((wire.A_FILE, 1), top[b"one"][:2])
        all_below = client.listing(b"sub", recursive=True)
        names = [entry.name for entry in all_below]
        self.assertEqual({b"odd", b"link", b"deep", b"deep/large"}, set(names))
        self.assertLess(names.index(b"deep"), names.index(b"deep/large"))
        self.assertIn((wire.A_LINK, b"link"), [(e.type, e.name) for e in all_below])
        (itself,) = client.listing(b"sub/odd")
        self.assertEqual((wire.A_FILE, 50_001, b"odd"), (itself.type, itself.size, itself.name))
        self.refused(wire.BAD_USAGE, client.listing, b"sub/odd/")

    def test_lists_more_names_than_one_frame_holds(self):
        for i in range(3000):
            self.home.write(f"served/many/{i:0100}", b"")
        self.assertEqual(3000, len({e.name for e in self.client("threes").listing(b"many")}))

    def test_echoes(self):
        for cuts in CUTS:
            client = self.client(cuts)
            for size in (0, 1, 11, 12, 13, 4096, 65536):
                self.assertEqual(content(size), client.echo(content(size)), (cuts, size))

    def test_tells_status_and_hashes(self):
        client = self.client("threes")
        seconds = os.stat(self.home.path("served/one")).st_mtime_ns
        self.assertEqual((wire.A_FILE, 1, seconds), client.status(b"one"))
        self.assertEqual(wire.A_LINK, client.status(b"sub/link")[0])
        self.assertEqual(wire.A_FOLDER, client.status(b"")[0])
        for name, data in self.files.items():
            for algorithm in (wire.CRC32C, wire.SHA256, wire.BEP52):
                self.assertEqual(wire.check_value(algorithm, data), client.hash(name, algorithm))
        self.refused(wire.UNSUPPORTED, client.hash, b"one", 99)

    def test_puts_in_parts_of_every_size(self):
        for cuts in CUTS:
            client = self.client(cuts)
            for size in (0, 1, 5000, 70_000):
                name = f"put/{cuts}/{size}"
                client.put(name.encode(), content(size), part=4999)
                self.assertEqual(content(size), self.home.read("served/" + name))

    def test_puts_many_and_waits_for_none(self):
        client = self.client()
        ids = [client.ask_put(b"several/%d" % i, content(i), check=i % 2) for i in range(60)]
        for i, id in enumerate(ids):
            client.wait(id)
            self.assertEqual(content(i), self.home.read(f"served/several/{i}"))

    def test_puts_that_interleave(self):
        client = self.client()
        ids = {client.ask(wire.PUT, {wire.PATH: b"woven/%d" % i, wire.SIZE: wire.u64(3000)}): i
               for i in range(8)}
        for at in range(0, 3000, 1000):
            for id, i in ids.items():
                part = content(3000 + i)[at : at + 1000]
                client.link.send(wire.Frame(wire.DATA, wire.PUT, id, part))
        for id in ids:
            end = wire.pack_fields({wire.TOTAL: wire.u64(3000)})
            client.link.send(wire.Frame(wire.END, wire.PUT, id, end))
        for id, i in ids.items():
            client.wait(id)
            self.assertEqual(content(3000 + i)[:3000], self.home.read(f"served/woven/{i}"))

    def test_a_put_that_is_taken_broken_or_given_up_changes_nothing(self):
        client = self.client()
        client.put(b"kept", b"old")
        self.refused(wire.EXISTS, client.put, b"kept", b"new")
        self.put_frames(client, wire.BROKEN, (wire.DATA, b"123456"), (wire.END, 6))
        self.put_frames(client, wire.BROKEN, (wire.DATA, b"1234"), (wire.END, 4))
        self.put_frames(client, wire.BROKEN, (wire.DATA, b"12345"), (wire.END, 4))
        self.put_frames(client, wire.INTEGRITY, (wire.DATA, b"12345"), (wire.END, 5), check=True)
        gave_up = (wire.ERROR, wire.error(wire.ENVIRONMENT, 0, 17, "stopped"))
        self.put_frames(client, 17, (wire.DATA, b"123"), gave_up)
        self.assertEqual(b"old", self.home.read("served/kept"))
        client.put(b"kept", b"new", replace=True)
        self.assertEqual(b"new", self.home.read("served/kept"))

    def put_frames(self, client, code, *frames, check=False):
        fields = {wire.PATH: b"kept", wire.SIZE: wire.u64(5), wire.REPLACE: b""}
        id = client.ask(wire.PUT, fields | ({wire.CHECK: b"\1"} if check else {}))
        for kind, body in frames:
            if kind == wire.END:
                wrong = {wire.CHECK_VALUE: b"\1none"} if check else {}
                body = wire.pack_fields({wire.TOTAL: wire.u64(body)} | wrong)
            client.link.send(wire.Frame(kind, wire.PUT, id, body))
        self.refused(code, client.wait, id)

    def test_makes_renames_and_deletes(self):
        client = self.client("threes")
        client.change(wire.MAKE_FOLDER, b"new/folder")
        client.change(wire.MAKE_FOLDER, b"new/folder")
        client.put(b"new/a", b"a")
        client.change(wire.RENAME, b"new/a", to=b"new/folder/b")
        self.assertEqual(b"a", client.get(b"new/folder/b"))
        client.put(b"new/c", b"c")
        self.refused(wire.EXISTS, lambda: client.change(wire.RENAME, b"new/c", to=b"new/folder/b"))
        client.change(wire.RENAME, b"new/c", to=b"new/folder/b", replace=b"")
        self.refused(wire.BAD_USAGE, lambda: client.change(wire.RENAME, b"new", to=b"new/x"))
        self.refused(wire.EXISTS, client.change, wire.DELETE, b"new/folder")
        for name in (b"new/folder/b", b"new/folder", b"new"):
            client.change(wire.DELETE, name)
        self.refused(wire.NOT_FOUND, client.status, b"new")
        self.refused(wire.DENIED, client.change, wire.DELETE, b"")

    def test_no_name_leads_out_of_the_root(self):
        self.home.write("secret", b"secret")
        os.symlink("../secret", self.home.path("served/out"))
        client = self.client()
        for path in (b"../secret", b"/etc/passwd", b"sub/../../secret", b"sub/..", b"/"):
            for act in (client.get, client.listing, client.status, lambda p: client.put(p, b"x"),
                        lambda p: client.change(wire.DELETE, p),
                        lambda p: client.change(wire.RENAME, b"one", to=p)):
                self.refused(wire.DENIED, act, path)
        with self.assertRaises(wire.Refused):
            client.get(b"out")
        for path in (b"a\0b", b"n" * 256):
            self.refused(wire.BAD_USAGE, client.get, path)
        self.assertEqual(b"secret", self.home.read("secret"))
        self.assertEqual(self.files[b"one"], client.get(b".//./one"))

    def test_requests_that_are_refused_leave_the_connection_whole(self):
        client = self.client()
        path = wire.pack_fields({wire.PATH: b"one"})
        for code, service, body in ((wire.UNSUPPORTED, 200, path),
                                    (wire.UNSUPPORTED, wire.FILE, path + b"\x10\0\0\1x"),
                                    (wire.UNSUPPORTED, wire.FILE, path + b"\0\2\0\0"),
                                    (wire.BROKEN, wire.FILE, path + path),
                                    (wire.BROKEN, wire.FILE, path[:-1]),
                                    (wire.BROKEN, wire.FILE, b""),
                                    (wire.NOT_FOUND, wire.FILE, path[:-1] + b"f")):
            self.refused(code, lambda: client.wait(client.ask(service, body)))
        self.refused(wire.BAD_USAGE, client.get, b"sub", detail=wire.IS_FOLDER)
        optional = path + b"\xf0\0\0\3new"
        self.assertEqual(self.files[b"one"], client.file(client.ask(wire.FILE, optional)).data)

    def test_optional_frames_are_skipped_and_others_end_the_connection(self):
        for cuts in CUTS:
            client = self.client(cuts)
            for kind, size in ((200, 0), (255, 30_000)):
                client.link.send(wire.Frame(kind, 77, 99, content(size)))
            self.assertEqual(b"there", client.echo(b"there"))
            client.link.send(wire.Frame(99, 0, 0))
            self.refused(wire.UNSUPPORTED, client.wait, client.ask(wire.ECHO, b""),
                         whole_connection=True)

    def test_what_breaks_the_rules_ends_the_connection(self):
        echo = wire.Frame(wire.REQUEST, wire.ECHO, 1, b"x")
        head = echo.encode()[:8]
        for code, data in ((wire.BROKEN, echo._replace(magic=0xC6)),
                           (wire.BROKEN, echo._replace(id=0)),
                           (wire.BROKEN, echo._replace(type=wire.DATA, service=wire.PUT)),
                           (wire.BROKEN, head + b"\0\0\0\x0b"),
                           (wire.BROKEN, head + (wire.LARGEST_FRAME + 1).to_bytes(4, "big")),
                           (wire.UNSUPPORTED, echo._replace(type=wire.RESPONSE)),
                           (wire.UNSUPPORTED, echo._replace(version=2))):
            client = self.client()
            client.link.send(data)
            frame = client.link.receive()
            self.assertEqual((wire.ERROR, 0, wire.VERSION), (frame.type, frame.id, frame.version))
            self.assertEqual(code, wire.Refused(frame.body).code, data)
            self.assertIsNone(client.link.receive())

    def test_an_id_is_used_once(self):
        client = self.client()
        client.echo(b"x")
        client.last_id = 0
        self.refused(wire.BROKEN, client.wait, client.ask(wire.ECHO, b"x"), whole_connection=True)

    def test_a_client_that_ends_its_side_is_still_answered(self):
        client = self.client()
        id = client.ask(wire.FILE, {wire.PATH: b"sub/deep/large"})
        client.link.finish()
        self.assertEqual(self.files[b"sub/deep/large"], client.file(id).data)
        self.assertIsNone(client.link.receive())

    def test_a_server_that_is_read_only_changes_nothing(self):
        with Served(self.home) as server:
            client = Client(server.port)
            self.addCleanup(client.close)
            self.refused(wire.DENIED, client.put, b"no", b"x")
            self.refused(wire.DENIED, client.change, wire.MAKE_FOLDER, b"no")
            self.refused(wire.DENIED, client.change, wire.DELETE, b"one")
            self.refused(wire.DENIED, lambda: client.change(wire.RENAME, b"one", to=b"no"))
            self.assertEqual(self.files[b"one"], client.get(b"one"))


if __name__ == "__main__":
    unittest.main()
