#!/usr/bin/env python3
"""`crypto encrypt` beside other ways: bench/crypto_encrypt.py build/bin/gantry [--size 1024] [--rounds 7]

Encrypts one file from tmpfs to tmpfs, by five programs in turn in each round, so that all meet the same
machine: crypto encrypt, a plain loop of pread, OpenSSL's AES-256-GCM and pwrite on as many threads as
there are cores, openssl enc -aes-256-ctr, age with a key, and cp. Then seals packets of 1400 bytes by a
plain loop around OpenSSL and by batches of the service gantry.aead. Prints medians; each round below.

The loops are the program build-bench/bin/crypto_loops, which is built when it is not there.
"""
import argparse, os, statistics, subprocess, sys, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--size", type=int, default=1024, help="MiB")
parser.add_argument("--rounds", type=int, default=7)
parser.add_argument("--loops", help="the program crypto_loops")
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)
top = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
cores = len(os.sched_getaffinity(0))
scratch = tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-")
root = scratch.name
source, target, key = f"{root}/file", f"{root}/out", f"{root}/key"
environment = dict(os.environ, XDG_CONFIG_HOME=root, XDG_STATE_HOME=root, NO_COLOR="1")


def find_loops():
    if options.loops:
        return os.path.realpath(options.loops)
    for words in (["cmake", "--preset", "bench"],
                  ["cmake", "--build", "build-bench", "--target", "crypto_loops"]):
        subprocess.run(words, cwd=top, check=True, stdout=subprocess.DEVNULL)
    return f"{top}/build-bench/bin/crypto_loops"


def make_file():
    block = os.urandom(16 << 20)
    with open(source, "wb") as out:
        for _ in range(options.size // 16):
            out.write(block)


def run(words):
    if os.path.exists(target):
        os.remove(target)
    before = os.times()
    started = time.perf_counter()
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    if os.path.getsize(target) < options.size << 20:
        sys.exit("what was written is too short")
    return seconds, used


def packets(loops, cipher):
    done = subprocess.run([loops, "packets", cipher], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


loops = find_loops()
make_file()
subprocess.run([gantry, "crypto", "keygen", "-o", key], env=environment, check=True,
               stdout=subprocess.DEVNULL)
subprocess.run(["age-keygen", "-o", f"{root}/age"], check=True, stderr=subprocess.DEVNULL)
recipient = next(line.split()[-1] for line in open(f"{root}/age") if "public key" in line)
open(f"{root}/passphrase", "w").write("open sesame\n")
ways = {
    "crypto encrypt": [gantry, "crypto", "encrypt", source, "-o", target, "--key-file", key],
    f"pread + EVP + pwrite, {cores} threads": [loops, "file", source, target, str(cores)],
    "openssl enc -aes-256-ctr": ["openssl", "enc", "-aes-256-ctr", "-pbkdf2", "-pass",
                                 f"file:{root}/passphrase", "-in", source, "-out", target],
    "age": ["age", "-r", recipient, "-o", target, source],
    "cp": ["cp", source, target],
}
results = {name: [] for name in ways}
for words in ways.values():
    run(words)  # warm
for _ in range(options.rounds):
    for name, words in ways.items():
        results[name].append(run(words))

print(f"{options.size} MiB, {options.rounds} rounds, tmpfs to tmpfs, {cores} cores, "
      f"load {os.getloadavg()[0]:.2f}\n")
gib = options.size / 1024
ours = statistics.median(seconds for seconds, _ in results["crypto encrypt"])
print(f"{'way':<34}{'median s':>10}{'GiB/s':>8}{'cpu s/GiB':>11}{'crypto encrypt is':>19}")
for name, rows in results.items():
    seconds = statistics.median(s for s, _ in rows)
    used = statistics.median(u for _, u in rows) / gib
    print(f"{name:<34}{seconds:>10.3f}{gib / seconds:>8.2f}{used:>11.2f}{seconds / ours:>18.2f}x")
print("\nseconds of each round")
for name, rows in results.items():
    print(f"{name:<34}" + " ".join(f"{s:.3f}" for s, _ in rows))

print("\nprocessor ns for each packet of 1400 bytes")
print(f"{'cipher':<22}{'plain loop':>12}{'batches':>10}{'batches are':>13}")
for cipher in ("aes128-gcm", "aes256-gcm", "chacha20-poly1305"):
    rounds = [packets(loops, cipher) for _ in range(options.rounds)]
    loop, batches = (statistics.median(column) for column in zip(*rounds))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"{cipher:<22}{loop:>12.1f}{batches:>10.1f}{ratio:>12.2f}x")
