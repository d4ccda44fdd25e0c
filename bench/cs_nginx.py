#!/usr/bin/env python3
"""`cs get` beside nginx and curl: bench/cs_nginx.py build/bin/gantry [--only WORDS] [--size 1024] [--rounds 5]

Each group of programs moves the same files over loopback from tmpfs to tmpfs, in turn in each round, every
other round backwards, so that all meet the same machine:

  plain     one file; nginx with sendfile and with buffers of 256 KiB, curl; cs get --no-verify
  verified  one file; curl followed by sha256sum; cs get
  tls       one file over TLS 1.3; nginx (sendfile, and AES-128 or what both choose) and curl; cs get with the
            certificate pinned, --no-verify and not; and cs get --encrypt without TLS
  small     many files of 1 KiB; one curl for all of them, one after the other and with -Z; cs get of the folder

Prints median seconds and rate, the processor seconds of both ends per GiB, and the speed against the
fastest of the others. Every run is printed below and kept in build/bench/cs_nginx.json.
"""
import argparse, hashlib, os, shutil, ssl, subprocess, sys, tempfile

import loopback

parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--only", default="plain,verified,tls,small", help="groups, with commas")
parser.add_argument("--size", type=int, default=1024, help="MiB of the one file")
parser.add_argument("--files", type=int, default=10_000, help="of 1 KiB")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)
scratch = tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-")
root = scratch.name
served, got = f"{root}/served", f"{root}/got"
raw = {}


def run(*words):
    subprocess.run(words, env=loopback.environment(root), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def fetch(*words, then=()):
    run(*words, got)
    if then:
        run(*then, got)
    if os.path.getsize(got) != os.path.getsize(f"{served}/file"):
        sys.exit("the copy has the wrong size")
    os.remove(got)


def fetch_folder(*words):
    os.mkdir(got)
    run(*words)
    if len(os.listdir(got)) != options.files:
        sys.exit("files are missing")
    shutil.rmtree(got)


def group(name, gib, make_pairs):
    """Runs and reports pairs; those that begin with "cs" are compared with the best of the others."""
    if name not in options.only.split(","):
        return
    results = loopback.run_rounds(make_pairs(), options.rounds, keep=servers)
    medians = loopback.median_seconds(results)
    best = min(seconds for pair, seconds in medians.items() if not pair.startswith("cs"))
    print(f"== {name}\n")
    loopback.report(results, gib, best, "vs best other")
    raw[name] = results


def make_small_files():
    os.mkdir(f"{served}/many")
    with open(f"{root}/urls", "w") as urls:
        for i in range(options.files):
            with open(f"{served}/many/{i}", "wb") as out:
                out.write(os.urandom(1024))
            urls.write(f'url = "{sendfile_url}/many/{i}"\noutput = "{got}/{i}"\n')


def start_nginx(name, transfer, secured=""):
    server, port = loopback.start_nginx(f"{root}/{name}", served, transfer, secured)
    return server, f"http{'s' if secured else ''}://127.0.0.1:{port}"


def make_certificate():
    """Answers its fingerprint. root/cert is the certificate, root/key its key, root/both both."""
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "30",
        "-keyout", f"{root}/key", "-out", f"{root}/cert")
    with open(os.open(f"{root}/both", os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
        out.write(open(f"{root}/cert").read() + open(f"{root}/key").read())
    der = ssl.PEM_cert_to_DER_cert(open(f"{root}/cert").read())
    return "sha256:" + hashlib.sha256(der).hexdigest()


def tls_pairs():
    pin = make_certificate()
    nginx, url = start_nginx("tls", "sendfile on; output_buffers 2 256k; ssl_buffer_size 16k;",
                             f"ssl_protocols TLSv1.3; ssl_certificate {root}/cert; "
                             f"ssl_certificate_key {root}/key;")
    servers.append(nginx)
    secure, cs_url = loopback.start_cs(gantry, root, served, "--cert", f"{root}/both")
    servers.append(secure)
    run(gantry, "crypto", "keygen", "-o", f"{root}/cs.key")
    sealed, sealed_url = loopback.start_cs(gantry, root, served, "--tls", "off", "--key-file",
                                           f"{root}/cs.key")
    servers.append(sealed)
    sealed_get = [gantry, "cs", "get", f"{sealed_url}/file", "--encrypt", "--key-file", f"{root}/cs.key"]
    curl = ["curl", "-sf", "--cacert", f"{root}/cert"]
    get = [gantry, "cs", "get", f"{cs_url}/file", "--pin", pin]
    aes128 = ["--tls13-ciphers", "TLS_AES_128_GCM_SHA256"]
    return {
        "nginx + curl, AES-128": (nginx, lambda: fetch(*curl, *aes128, f"{url}/file", "-o")),
        "nginx + curl": (nginx, lambda: fetch(*curl, f"{url}/file", "-o")),
        "cs get --pin --no-verify": (secure, lambda: fetch(*get, "--no-verify", "-o")),
        "cs get --pin": (secure, lambda: fetch(*get, "-o")),
        "cs get --encrypt --no-verify": (sealed, lambda: fetch(*sealed_get, "--no-verify", "-o")),
        "cs get --encrypt": (sealed, lambda: fetch(*sealed_get, "-o")),
    }


print(f"{options.size} MiB; {options.files} files of 1 KiB; {options.rounds} rounds, tmpfs to tmpfs over "
      f"loopback, {os.cpu_count()} cores\n")
os.mkdir(served)
loopback.make_file(f"{served}/file", options.size)
sendfile, sendfile_url = start_nginx("sendfile", "sendfile on; sendfile_max_chunk 2m;")
buffers, buffers_url = start_nginx("buffers", "sendfile off; output_buffers 2 256k;")
cs, cs_url = loopback.start_cs(gantry, root, served)
servers = [sendfile, buffers, cs]
try:
    group("plain", options.size / 1024, lambda: {
        "nginx sendfile + curl": (sendfile, lambda: fetch("curl", "-sf", f"{sendfile_url}/file", "-o")),
        "nginx 256 KiB buffers + curl": (
            buffers, lambda: fetch("curl", "-sf", f"{buffers_url}/file", "-o")),
        "cs get --no-verify": (
            cs, lambda: fetch(gantry, "cs", "get", f"{cs_url}/file", "--no-verify", "-o")),
    })
    group("verified", options.size / 1024, lambda: {
        "nginx sendfile + curl, sha256sum": (
            sendfile, lambda: fetch("curl", "-sf", f"{sendfile_url}/file", "-o", then=["sha256sum"])),
        "nginx buffers + curl, sha256sum": (
            buffers, lambda: fetch("curl", "-sf", f"{buffers_url}/file", "-o", then=["sha256sum"])),
        "cs get": (cs, lambda: fetch(gantry, "cs", "get", f"{cs_url}/file", "-o")),
    })
    group("tls", options.size / 1024, tls_pairs)
    os.remove(f"{served}/file")
    make_small_files()
    group("small", options.files / (1 << 20), lambda: {
        "nginx + curl, one by one": (sendfile, lambda: fetch_folder("curl", "-sf", "-K", f"{root}/urls")),
        "nginx + curl -Z": (sendfile, lambda: fetch_folder("curl", "-sfZ", "-K", f"{root}/urls")),
        "cs get of the folder": (
            cs, lambda: fetch_folder(gantry, "cs", "get", f"{cs_url}/many/", "-o", got)),
    })
finally:
    loopback.end(*servers)
loopback.keep_raw("cs_nginx", raw)
