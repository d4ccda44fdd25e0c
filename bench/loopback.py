"""What the benches over loopback share: free ports, nginx, processor time, and rounds of pairs."""
import os, signal, socket, statistics, subprocess, time

tick = os.sysconf("SC_CLK_TCK")


def make_file(path, mib):
    block = os.urandom(16 << 20)
    with open(path, "wb") as out:
        for _ in range(mib // 16):
            out.write(block)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.02)


def start_nginx(folder, served, transfer, ssl=""):
    """Answers the process and its port. `transfer` and `ssl` are lines of its configuration."""
    port = free_port()
    os.mkdir(folder)
    with open(f"{folder}/conf", "w") as out:
        user = "user root; " if os.getuid() == 0 else ""
        out.write(f"""{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/err;
events {{ worker_connections 64; }}
http {{ access_log off; {transfer}
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}{" ssl" if ssl else ""}; root {served}; {ssl} }} }}""")
    server = subprocess.Popen(["nginx", "-e", f"{folder}/err", "-c", f"{folder}/conf"],
                              stderr=subprocess.DEVNULL)
    return server, wait_for(port)


def family(pid):
    children = open(f"/proc/{pid}/task/{pid}/children").read().split()
    return [pid] + [member for child in children for member in family(int(child))]


def processor_seconds(pid):
    total = 0
    for member in family(pid):
        fields = open(f"/proc/{member}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / tick


def measure(server, transfer):
    """Seconds, and processor seconds of the server and of the client, a child that has ended."""
    before, client, started = processor_seconds(server.pid), os.times(), time.perf_counter()
    transfer()
    seconds, after = time.perf_counter() - started, os.times()
    own = after.children_user + after.children_system - client.children_user - client.children_system
    return seconds, processor_seconds(server.pid) - before, own


def run_rounds(pairs, rounds):
    """`pairs` maps a name to a server and a transfer. Each is run once to warm up, then in turn in
    each round; then the servers are ended."""
    results = {name: [] for name in pairs}
    try:
        for server, transfer in pairs.values():
            measure(server, transfer)
        for _ in range(rounds):
            for name, (server, transfer) in pairs.items():
                results[name].append(measure(server, transfer))
    finally:
        for server in {server for server, _ in pairs.values()}:
            server.send_signal(signal.SIGTERM)
            server.wait()
    return results


def median_seconds(results):
    return {name: statistics.median(s for s, _, _ in rows) for name, rows in results.items()}


def report(results, gib, base, versus):
    """`base`: the seconds that the last column compares with, `versus` its title."""
    print(f"{'pair':<32}{'median s':>9}{'GiB/s':>8}{'server cpu s/GiB':>18}{'client cpu s/GiB':>18}{versus:>16}")
    for name, rows in results.items():
        seconds = statistics.median(s for s, _, _ in rows)
        server = statistics.median(s for _, s, _ in rows) / gib
        client = statistics.median(c for _, _, c in rows) / gib
        print(f"{name:<32}{seconds:>9.3f}{gib / seconds:>8.2f}{server:>18.2f}{client:>18.2f}{base / seconds:>16.2f}")
    print("\nseconds of each round")
    for name, rows in results.items():
        print(f"{name:<32}" + " ".join(f"{s:.3f}" for s, _, _ in rows))
