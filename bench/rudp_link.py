#!/usr/bin/env python3
"""rudp over a long link that loses packets: bench/rudp_link.py build/bin/gantry [--rate 100] [--rtt 100] [--loss 0,1,5]

For each loss, programs move bytes between two network namespaces that bench/link joins (as root), in turn in each
round, every other round backwards:

  cs over rudp   cs get --over rudp of one file of --size MiB, from the client's start to its end, verified
  iperf3 -C X    the system's TCP for --seconds, with the controllers bbr and cubic; the bytes that arrived
  srt            srt-file-transmit of the same file, given up after 4 times --seconds; what had arrived by then

The figure is megabits of content a second. Programs that are not installed are left out. Every run is printed and
kept in build/bench/rudp_link.json.
"""
import argparse, json, os, shutil, statistics, subprocess, sys, tempfile, time

import loopback
from emulated_link import Link, need_root

parser = argparse.ArgumentParser()
parser.add_argument("gantry")
parser.add_argument("--rate", type=float, default=100, help="megabits a second")
parser.add_argument("--rtt", type=float, default=100, help="milliseconds")
parser.add_argument("--loss", default="0,0.1,1,2,5,10", help="percent, with commas")
parser.add_argument("--size", type=int, default=112, help="MiB")
parser.add_argument("--seconds", type=int, default=10, help="of iperf3")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--only", default="", help="words that the names of the pairs must have one of, with commas")
options = parser.parse_args()
gantry = os.path.realpath(options.gantry)
need_root()


def rate_of(size, seconds):
    return size * 8 / seconds / 1e6


class Site:
    """What runs over one link: the servers, and a figure from each client."""

    def __init__(self, link, root):
        self.link, self.root, self.servers = link, root, []
        self.cs, self.url = loopback.start_cs(gantry, root, f"{root}/served", "--insecure", "--over", "rudp",
                                              before=link.at_server(), listen=f"{link.address}:0")
        self.servers.append(self.cs)

    def rudp(self):
        target = f"{self.root}/got"
        started = time.perf_counter()
        subprocess.run([*self.link.at_client(), gantry, "cs", "get", f"{self.url}/file", "--over", "rudp", "-o",
                        target], env=loopback.environment(self.root), check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        if os.path.getsize(target) != options.size << 20:
            sys.exit("the copy has the wrong size")
        os.remove(target)
        return rate_of(options.size << 20, seconds)

    def iperf(self, control):
        server = subprocess.Popen([*self.link.at_server(), "iperf3", "-s", "-1", "-p", "5201"],
                                  stdout=subprocess.DEVNULL)
        time.sleep(0.3)
        try:
            report = subprocess.run(
                [*self.link.at_client(), "iperf3", "-c", self.link.address, "-p", "5201", "-R", "-C", control, "-J",
                 "-t", str(options.seconds)], check=True, capture_output=True, text=True).stdout
        finally:
            server.terminate()
            server.wait()
        return json.loads(report)["end"]["sum_received"]["bits_per_second"] / 1e6

    def srt(self):
        target = f"{self.root}/srt"
        os.makedirs(target, exist_ok=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen([*self.link.at_server(), "srt-file-transmit", f"file://{self.root}/served/file",
                                   "srt://:5202?mode=listener"], **quiet)
        time.sleep(0.3)
        started = time.perf_counter()
        client = subprocess.Popen([*self.link.at_client(), "srt-file-transmit",
                                   f"srt://{self.link.address}:5202?mode=caller", f"file://{target}/file"], **quiet)
        try:
            client.wait(4 * options.seconds)
        except subprocess.TimeoutExpired:
            client.terminate()
            client.wait()
        seconds = time.perf_counter() - started
        server.terminate()
        server.wait()
        arrived = sum(os.path.getsize(f"{target}/{name}") for name in os.listdir(target))
        shutil.rmtree(target)
        return rate_of(arrived, seconds)

    def pairs(self):
        found = {"cs over rudp": self.rudp}
        if shutil.which("iperf3"):
            found["iperf3 -C bbr"] = lambda: self.iperf("bbr")
            found["iperf3 -C cubic"] = lambda: self.iperf("cubic")
        if shutil.which("srt-file-transmit"):
            found["srt"] = self.srt
        words = options.only.split(",")
        return {name: run for name, run in found.items() if any(word in name for word in words)}


def run_loss(loss, root):
    with Link(options.rate, options.rtt, loss) as link:
        site = Site(link, root)
        try:
            pairs = list(site.pairs().items())
            figures = {name: [] for name, _ in pairs}
            for number in range(options.rounds):
                for name, run in pairs[::-1] if number % 2 else pairs:
                    figures[name].append(run())
        finally:
            loopback.end(*site.servers)
    # IP, UDP, the header and tag of a data packet, and the frame of a stream.
    ceiling = options.rate * (1 - loss / 100) * (1500 - 28 - 13 - 16 - 8) / 1500
    for name, rates in figures.items():
        middle = statistics.median(rates)
        each = " ".join(f"{rate:.1f}" for rate in rates)
        print(f"{loss:>5g} %  {name:<16}{middle:>8.1f} Mbit/s{middle / ceiling:>7.1%} of {ceiling:.1f}   {each}",
              flush=True)
    print(link.report, end="", flush=True)
    return {"rates": figures, "link": link.report.splitlines()}


with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="gantry-bench-") as root:
    os.mkdir(f"{root}/served")
    loopback.make_file(f"{root}/served/file", options.size)
    print(f"{options.rate:g} Mbit/s, {options.rtt:g} ms of round trip, queue of one round trip, {options.size} MiB, "
          f"{options.rounds} rounds\n", flush=True)
    loopback.keep_raw("rudp_link", {loss: run_loss(float(loss), root) for loss in options.loss.split(",")})
