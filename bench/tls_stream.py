#!/usr/bin/env python3
"""SecureStream beside openssl and nginx: bench/tls_stream.py build-bench/bin/tls_stream

Sends one file of tmpfs over TLS 1.3 on loopback, which the client throws away, by several pairs of
programs in turn in each round, so that all meet the same machine. All use one certificate and
TLS_AES_128_GCM_SHA256. Prints the median rate, the processor seconds of both ends per GiB, and the
ratio to the fastest of the others.
"""
import argparse, os, subprocess, sys, tempfile

import loopback

parser = argparse.ArgumentParser()
parser.add_argument("tls_stream")
parser.add_argument("--size", type=int, default=1024, help="MiB")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
ours = os.path.realpath(options.tls_stream)
scratch = tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-")
root = scratch.name
suite = "TLS_AES_128_GCM_SHA256"


def make_certificate():
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-subj", "/CN=127.0.0.1", "-days", "30", "-keyout", f"{root}/key",
                    "-out", f"{root}/cert"], check=True, capture_output=True)
    with open(os.open(f"{root}/both", os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
        out.write(open(f"{root}/key").read() + open(f"{root}/cert").read())


def start_openssl():
    port = loopback.free_port()
    server = subprocess.Popen(["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-cert",
                               f"{root}/cert", "-key", f"{root}/key", "-tls1_3", "-ciphersuites", suite,
                               "-WWW", "-quiet"], cwd=f"{root}/served", stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return server, loopback.wait_for(port)


def start_ours():
    server = subprocess.Popen([ours, "serve", f"{root}/both", f"{root}/served/file"],
                              stdout=subprocess.PIPE, text=True)
    return server, int(server.stdout.readline())


def check(received):
    if received < options.size << 20:
        sys.exit("not all has come")


def run_curl(port):
    got = subprocess.run(["curl", "-skf", "--tls13-ciphers", suite, "-o", "/dev/null", "-w",
                          "%{size_download}", f"https://127.0.0.1:{port}/file"], capture_output=True)
    check(int(got.stdout))


def run_s_client(port):
    client = subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_3",
                               "-ciphersuites", suite, "-quiet"], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client.communicate(b"GET /file HTTP/1.0\r\n\r\n")


def run_ours(port):
    check(int(subprocess.run([ours, "get", f"{root}/both", str(port)], capture_output=True,
                             check=True).stdout))


make_certificate()
os.mkdir(f"{root}/served")
loopback.make_file(f"{root}/served/file", options.size)
nginx, nginx_port = loopback.start_nginx(
    f"{root}/nginx", f"{root}/served", "sendfile on; output_buffers 2 256k; ssl_buffer_size 16k;",
    f"ssl_protocols TLSv1.3; ssl_conf_command Ciphersuites {suite}; "
    f"ssl_certificate {root}/cert; ssl_certificate_key {root}/key;")
openssl, openssl_port = start_openssl()
secure, secure_port = start_ours()
results = loopback.run_rounds({
    "nginx + curl": (nginx, lambda: run_curl(nginx_port)),
    "openssl s_server + s_client": (openssl, lambda: run_s_client(openssl_port)),
    "nginx + s_client": (nginx, lambda: run_s_client(nginx_port)),
    "SecureStream, both ends": (secure, lambda: run_ours(secure_port)),
}, options.rounds)

medians = loopback.median_seconds(results)
best = min(seconds for name, seconds in medians.items() if not name.startswith("SecureStream"))
print(f"{options.size} MiB, {options.rounds} rounds, {suite}, {os.cpu_count()} cores, "
      f"load {os.getloadavg()[0]:.1f}\n")
loopback.report(results, options.size / 1024, best, "vs best other")
