#!/usr/bin/env python3
"""Gets and puts under random kills: cs_soak.py [--seconds 600] [--seed N] [--workers 4]

GANTRY names the program. Several workers fetch and send files of 0 bytes to 16 MiB, one after the other,
while now and then a client or the server is killed (SIGKILL), and the server started again. A transfer that
was cut is started again until it succeeds. Ends with status 1 when

- a transfer said that it succeeded and the bytes differ, or a name held anything but the whole file;
- a client ended in another way than by success, a kill, or an error that a dying server explains;
- at the end there are other files than the whole ones and the parts that a kill may leave.
"""
import argparse
import collections
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../integration/cs_peer"))
from program import PATIENCE, Home, Served

LARGEST = 16 << 20
PAUSE = 0.1, 0.8  # seconds between two kills
# What a client may end with when its server dies: time-out, network, interrupted.
EXPLAINED = (4, 5, 7)
# docs/adr/005: a new content is written under this name first. A kill leaves it. What a later attempt
# goes on with (docs/formats/cs-part.md) must have gone with the file's success.
PART = re.compile(r"(.*/)?\.[^/]+\.gantry-(?!resume|pieces)[^/]+\.part")

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, default=600)
parser.add_argument("--seed", type=int, default=None)
parser.add_argument("--workers", type=int, default=4)
options = parser.parse_args()


class Soak:
    def __init__(self, home, seed):
        self.home, self.seed = home, seed
        self.lock, self.up = threading.Lock(), threading.Event()
        self.clients, self.tally, self.failures = set(), collections.Counter(), []
        self.over = False
        os.mkdir(home.path("served"))
        self.listen = "127.0.0.1:0"
        self.start_server()

    def start_server(self):
        self.server = Served(self.home, "--writable", listen=self.listen)
        self.listen = f"127.0.0.1:{self.server.port}"
        self.up.set()

    # The killer.

    def kill_now_and_then(self, seconds):
        chance = random.Random(self.seed)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.failures:
            time.sleep(chance.uniform(*PAUSE))
            if chance.random() < 0.3:
                self.kill_server()
            else:
                self.kill_client(chance)

    def kill_server(self):
        self.up.clear()
        self.server.process.kill()
        self.server.process.wait()
        self.tally["servers killed"] += 1
        self.start_server()

    def kill_client(self, chance):
        with self.lock:
            running = [client for client in self.clients if client.poll() is None]
            if running:
                chance.choice(running).kill()
                self.tally["clients killed"] += 1

    # The workers.

    def work(self, number):
        chance = random.Random(self.seed * 1000 + number)
        count = 0
        while not self.over and not self.failures:
            count += 1
            data = chance.randbytes(int(LARGEST ** chance.random()) - 1)
            if chance.random() < 0.5:
                self.transfer("get", f"served/{number}/{count}", f"got/{number}/{count}", data)
            else:
                self.transfer("put", f"made/{number}/{count}", f"served/{number}/{count}", data)

    def transfer(self, word, source, target, data):
        """Moves one file, however often it must be begun, and removes both copies."""
        self.home.write(source, data)
        while not self.attempt(word, source, target):
            self.check_target(target, data)
            self.tally["begun again"] += 1
        if self.failures:
            return
        self.check_target(target, data, needed=True)
        self.tally[word + "s"] += 1
        self.tally["bytes"] += len(data)
        for path in (source, target):
            os.remove(self.home.path(path))

    def attempt(self, word, source, target):
        self.up.wait()
        if word == "get":
            words = ("cs", "get", self.server.url(source.removeprefix("served/")), "-o", target)
        else:
            words = ("cs", "put", source, self.server.url(target.removeprefix("served/")))
        client = self.home.start(*words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
        with self.lock:
            self.clients.add(client)
        try:
            _, told = client.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            client.kill()
            told = f"no end within {PATIENCE} s"
        with self.lock:
            self.clients.discard(client)
        status = client.wait()
        if status not in (0, -signal.SIGKILL, *EXPLAINED) or told.startswith("no end"):
            self.failures.append(f"status {status} of {' '.join(words)}: {told}")
        elif status in EXPLAINED:
            self.tally[f"ended with status {status}"] += 1
        return status == 0 or bool(self.failures)

    def check_target(self, target, data, needed=False):
        """Under the name lies the whole file, or none."""
        try:
            if self.home.read(target) != data:
                self.failures.append(f"{target} differs from what was sent")
        except FileNotFoundError:
            if needed:
                self.failures.append(f"{target} is missing")

    # The end.

    def run(self):
        threads = [threading.Thread(target=self.work, args=(number,))
                   for number in range(options.workers)]
        for thread in threads:
            thread.start()
        self.kill_now_and_then(options.seconds)
        self.over = True
        for thread in threads:
            thread.join()
        self.server.__exit__()
        self.check_leftovers()

    def check_leftovers(self):
        for name in self.home.names():
            if PART.fullmatch(name):
                self.tally["parts left"] += 1
            elif not name.startswith(".") and not self.failures:
                self.failures.append(f"left behind: {name}")
        if self.tally["parts left"] > self.tally["begun again"]:
            self.failures.append("more parts are left than transfers were cut")


def main():
    seed = options.seed if options.seed is not None else int.from_bytes(os.urandom(3), "big")
    with Home() as home:
        soak = Soak(home, seed)
        soak.run()
    print(f"seed {seed}: " + ", ".join(f"{soak.tally[what]} {what}" for what in sorted(soak.tally)))
    for failure in soak.failures:
        print(failure)
    enough = soak.tally["gets"] and soak.tally["puts"]
    sys.exit(1 if soak.failures or not enough else 0)


if __name__ == "__main__":
    main()
