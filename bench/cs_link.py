#!/usr/bin/env python3
"""cs over a slow and distant link: bench/cs_link.py build/bin/gantry [--rate 100] [--rtt 200] [--only WORDS]

`cs serve` and its client run in two network namespaces that bench/link joins (as root): so many megabits
a second, so many milliseconds of round trip, and a queue of one round trip.

  get  one file of --size MiB. The figure is the file's bits by the seconds from the client's start to its
       end, as a share of what the link can carry of them: of each packet of 1500 bytes, 52 are the headers
       of IP and of TCP with its time stamps. Connecting and the start of TCP are in it.
  mirror  cs mirror of --files files of 1 KiB in 100 folders into an empty folder: round trips for each file

Every run is printed and kept in build/bench/cs_link.json.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

import loopback
from emulated_link import Link, need_root

PAYLOAD = (1500 - 52) / 1500
parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--rate", type=float, default=100, help="megabits a second")
parser.add_argument("--rtt", type=float, default=200, help="milliseconds")
parser.add_argument("--size", type=int, default=512, help="MiB")
parser.add_argument("--files", type=int, default=10_000)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--only", default="get", help="with commas")
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)
need_root()


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


def make_small_files(folder):
    for i in range(options.files):
        os.makedirs(f"{folder}/{i % 100}", exist_ok=True)
        with open(f"{folder}/{i % 100}/{i}", "wb") as out:
            out.write(os.urandom(1024))


def mirror(link, root, url):
    target = f"{root}/mirrored"
    seconds = seconds_of(root, *link.at_client(), gantry, "cs", "mirror", f"{url}/many", target)
    if sum(len(names) for _, _, names in os.walk(target)) != options.files:
        sys.exit("files are missing")
    shutil.rmtree(target)
    trips = seconds * 1000 / options.rtt / options.files
    print(f"mirror: {seconds:.2f} s, {trips:.4f} of a round trip for each file", flush=True)
    return trips


def rounds(name, what, link, root, url):
    if name not in options.only.split(","):
        return []
    figures = [what(link, root, url) for _ in range(options.rounds)]
    print(f"{name}: median {statistics.median(figures):.4f}", flush=True)
    return figures


with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-") as root, \
        Link(options.rate, options.rtt) as link:
    os.mkdir(f"{root}/served")
    loopback.make_file(f"{root}/served/file", options.size)
    server, url = loopback.start_cs(gantry, root, f"{root}/served", "--insecure",
                                    before=link.at_server(), listen=f"{link.address}:0")
    try:
        control = open("/proc/sys/net/ipv4/tcp_congestion_control").read().strip()
        print(f"{options.rate:g} Mbit/s, {options.rtt:g} ms, {options.size} MiB, TCP with {control}")
        shares = rounds("get", get, link, root, url)
        make_small_files(f"{root}/served/many")
        trips = rounds("mirror", mirror, link, root, url)
    finally:
        loopback.end(server)
print(link.report, end="")
loopback.keep_raw("cs_link", {"get": shares, "mirror": trips, "link": link.report.splitlines()})
