#!/usr/bin/env python3
"""SecureStream beside openssl and nginx: bench/tls_stream.py build-bench/bin/tls_stream

Sends one file of tmpfs over TLS 1.3 on loopback, which the client throws away, by several pairs of
programs in turn in each round, so that all meet the same machine. All use one certificate and
TLS_AES_128_GCM_SHA256. Prints the median rate, the processor seconds of both ends per GiB, and the
ratio to the fastest of the others.
"""
import argparse, os, signal, socket, statistics, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("tls_stream")
parser.add_argument("--size", type=int, default=1024, help="MiB")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
ours = os.path.realpath(options.tls_stream)
tick = os.sysconf("SC_CLK_TCK")
scratch = tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-")
root = scratch.name
suite = "TLS_AES_128_GCM_SHA256"


def prepare():
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-subj", "/CN=127.0.0.1", "-days", "30", "-keyout", f"{root}/key",
                    "-out", f"{root}/cert"], check=True, capture_output=True)
    with open(f"{root}/both", "w") as out:
        out.write(open(f"{root}/key").read() + open(f"{root}/cert").read())
    os.mkdir(f"{root}/served")
    block = os.urandom(16 << 20)
    with open(f"{root}/served/file", "wb") as out:
        for _ in range(options.size // 16):
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


def start_nginx():
    port = free_port()
    folder = f"{root}/nginx"
    os.mkdir(folder)
    with open(f"{folder}/conf", "w") as out:
        user = "user root; " if os.getuid() == 0 else ""
        out.write(f"""{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/err;
events {{ worker_connections 64; }}
http {{ access_log off; sendfile on; output_buffers 2 256k; ssl_buffer_size 16k;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port} ssl; root {root}/served; ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites {suite}; ssl_certificate {root}/cert; ssl_certificate_key {root}/key; }} }}""")
    server = subprocess.Popen(["nginx", "-e", f"{folder}/err", "-c", f"{folder}/conf"],
                              stderr=subprocess.DEVNULL)
    return server, wait_for(port)


def start_openssl():
    port = free_port()
    server = subprocess.Popen(["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-cert",
                               f"{root}/cert", "-key", f"{root}/key", "-tls1_3", "-ciphersuites", suite,
                               "-WWW", "-quiet"], cwd=f"{root}/served", stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return server, wait_for(port)


def start_ours():
    server = subprocess.Popen([ours, "serve", f"{root}/both", f"{root}/served/file"],
                              stdout=subprocess.PIPE, text=True)
    return server, int(server.stdout.readline())


def family(pid):
    children = open(f"/proc/{pid}/task/{pid}/children").read().split()
    return [pid] + [member for child in children for member in family(int(child))]


def processor_seconds(pid):
    total = 0
    for member in family(pid):
        fields = open(f"/proc/{member}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / tick


def run_curl(port):
    got = subprocess.run(["curl", "-skf", "--tls13-ciphers", suite, "-o", "/dev/null", "-w",
                          "%{size_download}", f"https://127.0.0.1:{port}/file"], capture_output=True)
    return int(got.stdout)


def run_s_client(port):
    client = subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_3",
                               "-ciphersuites", suite, "-quiet"], stdin=subprocess.PIPE,
                              stdout=open("/dev/null", "wb"), stderr=subprocess.DEVNULL)
    client.communicate(b"GET /file HTTP/1.0\r\n\r\n")
    return options.size << 20


def run_ours(port):
    return int(subprocess.run([ours, "get", f"{root}/both", str(port)], capture_output=True,
                              check=True).stdout)


def measure(server, run, port):
    before = processor_seconds(server.pid)
    client = os.times()
    started = time.perf_counter()
    if run(port) < options.size << 20:
        sys.exit("not all has come")
    seconds = time.perf_counter() - started
    after = os.times()
    own = after.children_user + after.children_system - client.children_user - client.children_system
    return seconds, processor_seconds(server.pid) - before, own


prepare()
started = [start_nginx(), start_openssl(), start_ours()]
(nginx, nginx_port), (openssl, openssl_port), (secure, secure_port) = started
pairs = {
    "nginx + curl": (nginx, run_curl, nginx_port),
    "openssl s_server + s_client": (openssl, run_s_client, openssl_port),
    "nginx + s_client": (nginx, run_s_client, nginx_port),
    "SecureStream, both ends": (secure, run_ours, secure_port),
}
results = {name: [] for name in pairs}
try:
    for server, run, port in pairs.values():
        measure(server, run, port)  # warm
    for _ in range(options.rounds):
        for name, (server, run, port) in pairs.items():
            results[name].append(measure(server, run, port))
    load = os.getloadavg()[0]
finally:
    for server, _ in started:
        server.send_signal(signal.SIGTERM)
        server.wait()

gib = options.size / 1024
medians = {name: statistics.median(s for s, _, _ in rows) for name, rows in results.items()}
best = min(seconds for name, seconds in medians.items() if not name.startswith("SecureStream"))
print(f"{options.size} MiB, {options.rounds} rounds, {suite}, {os.cpu_count()} cores, load {load:.1f}\n")
print(f"{'pair':<30}{'median s':>9}{'GiB/s':>8}{'server cpu s/GiB':>18}{'client cpu s/GiB':>18}{'vs best other':>15}")
for name, rows in results.items():
    server = statistics.median(s for _, s, _ in rows) / gib
    client = statistics.median(c for _, _, c in rows) / gib
    print(f"{name:<30}{medians[name]:>9.3f}{gib / medians[name]:>8.2f}{server:>18.2f}{client:>18.2f}{best / medians[name]:>15.2f}")
print("\nseconds of each round")
for name, rows in results.items():
    print(f"{name:<30}" + " ".join(f"{s:.3f}" for s, _, _ in rows))
