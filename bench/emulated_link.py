"""Two network namespaces that bench/link joins, for the benches that run programs in them."""
import os, subprocess, sys

import loopback


def need_root():
    if os.getuid() != 0:
        print("skipped: network namespaces need root")
        sys.exit(0)


class Link:
    """The link, while a `with` lasts: megabits a second, milliseconds of round trip, percent of loss."""

    def __init__(self, rate, rtt, loss=0):
        self.options = ["--rate", str(rate), "--delay", str(rtt / 2), "--queue", str(rtt), "--loss", str(loss)]

    def __enter__(self):
        for words in (["cmake", "--preset", "bench"],
                      ["cmake", "--build", "build-bench", "--target", "network_link"]):
            subprocess.run(words, cwd=loopback.top, check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            [f"{loopback.top}/build-bench/bin/network_link", *self.options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().split()
        if line[:1] != ["up"]:
            sys.exit("the link does not come up (it needs root and /dev/net/tun)")
        self.server, self.address, self.client, _ = line[1:]
        return self

    def __exit__(self, *_):
        self.report = self.process.communicate()[0]

    def at_server(self):
        return ["ip", "netns", "exec", self.server]

    def at_client(self):
        return ["ip", "netns", "exec", self.client]
