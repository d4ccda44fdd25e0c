#!/usr/bin/env bash
# The host's own figures: bench/host_figures.sh build/bin/gantry
#
# Time from process start to the result of a one-shot command, plugin load and unload, idle resident
# memory, bytes per idle connection. Medians; raw numbers below each.
set -euo pipefail
exec python3 - "$(readlink -f "$1")" <<'PY'
import os, re, resource, signal, socket, statistics, subprocess, sys, tempfile, time, json

gantry = sys.argv[1]
scratch = tempfile.TemporaryDirectory()
root = scratch.name
small = os.path.join(root, "small")
open(small, "wb").write(os.urandom(1024))
environment = dict(os.environ, XDG_CONFIG_HOME=root, XDG_STATE_HOME=root, NO_COLOR="1")


def show(name, unit, values):
    low, mid, high = min(values), statistics.median(values), max(values)
    print(f"{name:<44} {mid:10.2f} {unit:<6} (min {low:.2f}, max {high:.2f}, n {len(values)})")


def milliseconds(*words):
    started = time.perf_counter()
    subprocess.run([gantry, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000


def memory(pid, field):
    text = open(f"/proc/{pid}/smaps_rollup").read()
    return int(re.search(rf"^{field}:\s+(\d+) kB", text, re.M).group(1)) * 1024


def start_server():
    words = [gantry, "cs", "serve", root, "--listen", "127.0.0.1:0"]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    port = int(server.stdout.readline().rsplit(":", 1)[1])
    return server, port


for words in (["--safe", "version"], ["plugin", "list"], ["crypto", "digest", small]):
    milliseconds(*words)
    show("one-shot: gantry " + " ".join(words[:2]), "ms", [milliseconds(*words) for _ in range(51)])

for name in ("crypto", "cs"):
    loads, unloads = [], []
    for _ in range(21):
        text = subprocess.run([gantry, "-c", f"plugin load {name}; plugin unload {name}"],
                              env=environment, check=True, capture_output=True, text=True).stdout
        found = re.findall(r"([0-9.]+) ms", text)
        loads.append(float(found[0]))
        unloads.append(float(found[1]))
    show(f"plugin load {name}", "ms", loads)
    show(f"plugin unload {name}", "ms", unloads)

shell = subprocess.Popen([gantry], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         text=True)
shell.stdin.write("plugin load cs\nversion\n")
shell.stdin.flush()
while "gantry" not in shell.stdout.readline().lower():
    pass
show("idle shell with cs loaded: resident", "MiB", [memory(shell.pid, "Rss") / 2**20])
show("idle shell with cs loaded: private", "MiB", [memory(shell.pid, "Private_Dirty") / 2**20])
shell.stdin.close()
shell.wait()

server, port = start_server()
show("idle server: resident", "MiB", [memory(server.pid, "Rss") / 2**20])
count = min(5000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 200)
before = memory(server.pid, "Rss")
silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
last = socket.create_connection(("127.0.0.1", port))
time.sleep(0.5)
show(f"idle connection ({count} of them): resident", "bytes",
     [(memory(server.pid, "Rss") - before) / count])
for s in silent:
    s.close()
server.send_signal(signal.SIGINT)
server.wait()
PY
