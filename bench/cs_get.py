#!/usr/bin/env python3
"""`cs get` beside nginx and curl: bench/cs_get.py build/bin/gantry [--size 1024] [--rounds 5]

Moves one file over loopback from tmpfs to tmpfs, by four pairs of programs in turn in each round, so
that all meet the same machine. Prints each pair's seconds, the median rate, the processor seconds
that both ends spent per GiB, and the ratio of medians to nginx with sendfile. Raw numbers below.
"""
import argparse, os, subprocess, sys, tempfile

import loopback

parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--size", type=int, default=1024, help="MiB")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)
scratch = tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-")
root = scratch.name
environment = dict(os.environ, XDG_CONFIG_HOME=root, XDG_STATE_HOME=root, NO_COLOR="1")


def start_gantry():
    server = subprocess.Popen([gantry, "cs", "serve", f"{root}/served", "--listen", "127.0.0.1:0"],
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True)
    return server, f"cs://{server.stdout.readline().split()[-1]}/file"


def fetch(*words):
    target = f"{root}/got"
    subprocess.run([*words, target], env=environment, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    if os.path.getsize(target) != options.size << 20:
        sys.exit("the copy has the wrong size")
    os.remove(target)


def start_nginx(name, transfer):
    server, port = loopback.start_nginx(f"{root}/{name}", f"{root}/served", transfer)
    return server, f"http://127.0.0.1:{port}/file"


os.mkdir(f"{root}/served")
loopback.make_file(f"{root}/served/file", options.size)
sendfile, sendfile_url = start_nginx("sendfile", "sendfile on; sendfile_max_chunk 2m;")
buffers, buffers_url = start_nginx("buffers", "sendfile off; output_buffers 2 256k;")
served, cs_url = start_gantry()
results = loopback.run_rounds({
    "nginx sendfile + curl": (sendfile, lambda: fetch("curl", "-sf", sendfile_url, "-o")),
    "nginx 256 KiB buffers + curl": (buffers, lambda: fetch("curl", "-sf", buffers_url, "-o")),
    "cs serve + cs get": (served, lambda: fetch(gantry, "cs", "get", cs_url, "-o")),
    "cs serve + cs get --no-verify": (
        served, lambda: fetch(gantry, "cs", "get", cs_url, "--no-verify", "-o")),
}, options.rounds)

print(f"{options.size} MiB, {options.rounds} rounds, tmpfs to tmpfs over loopback, {os.cpu_count()} cores\n")
base = loopback.median_seconds(results)["nginx sendfile + curl"]
loopback.report(results, options.size / 1024, base, "speed vs nginx")
