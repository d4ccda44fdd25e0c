"""What the benches share: free ports, nginx, `cs serve`, processor time, rounds of pairs, raw numbers."""
import json, os, resource, signal, socket, statistics, subprocess, time
from typing import NamedTuple

tick = os.sysconf("SC_CLK_TCK")
top = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def make_file(path, mib):
    block = os.urandom(min(mib, 16) << 20)
    with open(path, "wb") as out:
        for _ in range(max(mib // 16, 1)):
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
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000; {transfer}
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}{" ssl" if ssl else ""}; root {served}; {ssl} }} }}""")
    server = subprocess.Popen(["nginx", "-e", f"{folder}/err", "-c", f"{folder}/conf"],
                              stderr=subprocess.DEVNULL)
    return server, wait_for(port)


def environment(root):
    """Of a gantry whose settings and other files of its own lie in `root`."""
    own = {f"XDG_{name}_HOME": f"{root}/{name.lower()}" for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    return dict(os.environ, NO_COLOR="1", HOME=root, **own)


def start_cs(gantry, root, folder, *words, before=(), listen="127.0.0.1:0"):
    """Answers the process and the URL of its root. `before` are words to run it with."""
    server = subprocess.Popen([*before, gantry, "cs", "serve", folder, "--listen", listen, *words],
                              env=environment(root), stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    return server, f"cs://{server.stdout.readline().split()[-1]}"


def end(*servers):
    for server in servers:
        server.send_signal(signal.SIGTERM)
    for server in servers:
        server.wait()


class Run(NamedTuple):
    seconds: float
    server: float  # processor seconds
    client: float
    others: float  # of whatever else ran on the machine


def family(pid):
    children = open(f"/proc/{pid}/task/{pid}/children").read().split()
    return [pid] + [member for child in children for member in family(int(child))]


def processor_seconds(pid):
    total = 0
    for member in family(pid):
        fields = open(f"/proc/{member}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / tick


def client_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def machine_seconds():
    user, nice, system, _, _, irq, softirq, steal = map(int, open("/proc/stat").readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / tick


def measure(server, transfer):
    """One Run; its client is the children that `transfer` starts and waits for."""
    begin = processor_seconds(server.pid), client_seconds(), machine_seconds()
    started = time.perf_counter()
    transfer()
    seconds = time.perf_counter() - started
    spent = processor_seconds(server.pid), client_seconds(), machine_seconds()
    served, used, all_of_it = (after - before for before, after in zip(begin, spent))
    return Run(seconds, served, used, max(0, all_of_it - served - used))


def run_rounds(pairs, rounds, keep=()):
    """`pairs` maps a name to a server and a transfer. Each is run once to warm up, then in turn in each
    round, every other round backwards; then the servers are ended, but for those in `keep`."""
    results = {name: [] for name in pairs}
    try:
        for server, transfer in pairs.values():
            measure(server, transfer)
        for number in range(rounds):
            turn = list(pairs.items())
            for name, (server, transfer) in turn[::-1] if number % 2 else turn:
                results[name].append(measure(server, transfer))
    finally:
        end(*({server for server, _ in pairs.values()} - set(keep)))
    return results


def median_seconds(results):
    return {name: statistics.median(run.seconds for run in rows) for name, rows in results.items()}


def report(results, gib, base, versus):
    """`base`: the seconds that the last column compares with, `versus` its title."""
    print(f"{'pair':<32}{'median s':>9}{'GiB/s':>8}{'server cpu s/GiB':>18}{'client cpu s/GiB':>18}{versus:>16}")
    for name, rows in results.items():
        seconds, server, client, _ = (statistics.median(column) for column in zip(*rows))
        print(f"{name:<32}{seconds:>9.3f}{gib / seconds:>8.2f}{server / gib:>18.2f}{client / gib:>18.2f}"
              f"{base / seconds:>16.2f}")
    print("\nseconds of each round")
    for name, rows in results.items():
        print(f"{name:<32}" + " ".join(f"{run.seconds:.3f}" for run in rows))
    runs = [run for rows in results.values() for run in rows]
    share = sum(run.others for run in runs) / sum(run.seconds for run in runs) / os.cpu_count()
    print(f"\nother programs took {share:.0%} of the machine meanwhile" + (
        ": these figures are worth little\n" if share > 0.05 else "\n"))


def keep_raw(name, what):
    """Keeps numbers below build/, with where and when they come from."""
    folder = f"{top}/build/bench"
    os.makedirs(folder, exist_ok=True)
    about = {"when": time.strftime("%FT%TZ", time.gmtime()), "kernel": os.uname().release,
             "cores": os.cpu_count(), "load": os.getloadavg()}
    with open(f"{folder}/{name}.json", "w") as out:
        json.dump(about | what, out, indent=1)
    print(f"raw numbers: {folder}/{name}.json")
