#!/usr/bin/env python3
"""`cs get` beside nginx and curl: bench/cs_get.py build/bin/gantry [--size 1024] [--rounds 5]

Moves one file over loopback from tmpfs to tmpfs, by four pairs of programs in turn in each round, so
that all meet the same machine. Prints each pair's seconds, the median rate, the processor seconds
that both ends spent per GiB, and the ratio of medians to nginx with sendfile. Raw numbers below.
"""
import argparse, os, signal, statistics, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--size", type=int, default=1024, help="MiB")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)
tick = os.sysconf("SC_CLK_TCK")
scratch = tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-")
root = scratch.name
os.mkdir(f"{root}/served")
environment = dict(os.environ, XDG_CONFIG_HOME=root, XDG_STATE_HOME=root, NO_COLOR="1")


def make_file():
    block = os.urandom(16 << 20)
    with open(f"{root}/served/file", "wb") as out:
        for _ in range(options.size // 16):
            out.write(block)


def free_port():
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_nginx(name, transfer):
    port = free_port()
    folder = f"{root}/{name}"
    os.mkdir(folder)
    with open(f"{folder}/conf", "w") as out:
        user = "user root; " if os.getuid() == 0 else ""
        out.write(f"""{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/err;
events {{ worker_connections 64; }}
http {{ access_log off; {transfer}
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; root {root}/served; }} }}""")
    server = subprocess.Popen(["nginx", "-e", f"{folder}/err", "-c", f"{folder}/conf"],
                              stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/file"
    while subprocess.run(["curl", "-sIo", "/dev/null", url]).returncode:
        time.sleep(0.02)
    return server, url


def start_gantry():
    server = subprocess.Popen([gantry, "cs", "serve", f"{root}/served", "--listen", "127.0.0.1:0"],
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True)
    return server, f"cs://{server.stdout.readline().split()[-1]}/file"


def family(pid):
    found = [pid]
    for path in (f"/proc/{pid}/task/{pid}/children",):
        found += [child for c in open(path).read().split() for child in family(int(c))]
    return found


def processor_seconds(pid):
    total = 0
    for member in family(pid):
        fields = open(f"/proc/{member}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / tick


def measure(server, words):
    target = f"{root}/got"
    before = processor_seconds(server.pid)
    client = os.times()
    started = time.perf_counter()
    subprocess.run([w.replace("TARGET", target) for w in words], env=environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    after = os.times()
    own = after.children_user + after.children_system - client.children_user - client.children_system
    if os.path.getsize(target) != options.size << 20:
        sys.exit("the copy has the wrong size")
    os.remove(target)
    return seconds, processor_seconds(server.pid) - before, own


make_file()
sendfile, sendfile_url = start_nginx("sendfile", "sendfile on; sendfile_max_chunk 2m;")
buffers, buffers_url = start_nginx("buffers", "sendfile off; output_buffers 2 256k;")
served, cs_url = start_gantry()
pairs = {
    "nginx sendfile + curl": (sendfile, ["curl", "-sfo", "TARGET", sendfile_url]),
    "nginx 256 KiB buffers + curl": (buffers, ["curl", "-sfo", "TARGET", buffers_url]),
    "cs serve + cs get": (served, [gantry, "cs", "get", cs_url, "-o", "TARGET"]),
    "cs serve + cs get --no-verify": (served, [gantry, "cs", "get", cs_url, "-o", "TARGET",
                                               "--no-verify"]),
}
results = {name: [] for name in pairs}
try:
    for name, (server, words) in pairs.items():
        measure(server, words)  # warm
    for _ in range(options.rounds):
        for name, (server, words) in pairs.items():
            results[name].append(measure(server, words))
finally:
    for server in (sendfile, buffers, served):
        server.send_signal(signal.SIGTERM)
        server.wait()

gib = options.size / 1024
base = statistics.median(s for s, _, _ in results["nginx sendfile + curl"])
print(f"{options.size} MiB, {options.rounds} rounds, tmpfs to tmpfs over loopback, {os.cpu_count()} cores\n")
print(f"{'pair':<32}{'median s':>9}{'GiB/s':>8}{'server cpu s/GiB':>18}{'client cpu s/GiB':>18}{'speed vs nginx':>16}")
for name, rows in results.items():
    seconds = statistics.median(s for s, _, _ in rows)
    server = statistics.median(s for _, s, _ in rows) / gib
    client = statistics.median(c for _, _, c in rows) / gib
    print(f"{name:<32}{seconds:>9.3f}{gib / seconds:>8.2f}{server:>18.2f}{client:>18.2f}{base / seconds:>16.2f}")
print("\nseconds of each round")
for name, rows in results.items():
    print(f"{name:<32}" + " ".join(f"{s:.3f}" for s, _, _ in rows))
