#!/usr/bin/env python3
"""cs over a slow and distant link: bench/cs_link.py build/bin/gantry [--rate 100] [--rtt 200] [--size 512]

`cs serve` and its client run in two network namespaces that bench/link joins (as root): so many megabits
a second, so many milliseconds of round trip, and a queue of one round trip.

  get  one file of --size MiB. The figure is the file's bits by the seconds from the client's start to its
       end, as a share of what the link can carry of them: of each packet of 1500 bytes, 52 are the headers
       of IP and of TCP with its time stamps. Connecting and the start of TCP are in it.

Every run is printed and kept in build/bench/cs_link.json.
"""
import argparse, os, statistics, subprocess, sys, tempfile, time

import loopback

PAYLOAD = (1500 - 52) / 1500
parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--rate", type=float, default=100, help="megabits a second")
parser.add_argument("--rtt", type=float, default=200, help="milliseconds")
parser.add_argument("--size", type=int, default=512, help="MiB")
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)


class Link:
    """The link, while a `with` lasts."""

    def __enter__(self):
        for words in (["cmake", "--preset", "bench"],
                      ["cmake", "--build", "build-bench", "--target", "network_link"]):
            subprocess.run(words, cwd=loopback.top, check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            [f"{loopback.top}/build-bench/bin/network_link", "--rate", str(options.rate), "--delay",
             str(options.rtt / 2), "--queue", str(options.rtt)],
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


def seconds_of(root, *words):
    started = time.perf_counter()
    subprocess.run(words, env=loopback.environment(root), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def get(link, root, url):
    target = f"{root}/got"
    seconds = seconds_of(root, *link.at_client(), gantry, "cs", "get", f"{url}/file", "-o", target)
    if os.path.getsize(target) != options.size << 20:
        sys.exit("the copy has the wrong size")
    os.remove(target)
    share = (options.size << 20) * 8 / seconds / (options.rate * 1e6 * PAYLOAD)
    print(f"get: {seconds:.2f} s, {share:.1%} of the link", flush=True)
    return share


with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-") as root, Link() as link:
    os.mkdir(f"{root}/served")
    loopback.make_file(f"{root}/served/file", options.size)
    server, url = loopback.start_cs(gantry, root, f"{root}/served", "--insecure",
                                    before=link.at_server(), listen=f"{link.address}:0")
    try:
        control = open("/proc/sys/net/ipv4/tcp_congestion_control").read().strip()
        print(f"{options.rate:g} Mbit/s, {options.rtt:g} ms, {options.size} MiB, TCP with {control}")
        shares = [get(link, root, url) for _ in range(options.rounds)]
    finally:
        loopback.end(server)
print(f"get: median {statistics.median(shares):.1%} of the link\n{link.report}", end="")
loopback.keep_raw("cs_link", {"get": shares, "link": link.report.splitlines()})
