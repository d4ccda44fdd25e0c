#!/usr/bin/env bash
# demo.sh GANTRY: makes real files, lets the host run demo.gantry on them, compares every file that
# was moved by its SHA-256 with tools that are not ours, and prints a table.
set -euo pipefail
gantry=$(readlink -f "$1")
script=$(dirname "$(readlink -f "$0")")/demo.gantry
large_mib=${GANTRY_DEMO_MIB:-256}

work=$(mktemp -d "${TMPDIR:-/tmp}/gantry-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p served/small copy config state
export XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state

echo "making a file of $large_mib MiB and a folder of 500 small ones"
head -c "${large_mib}M" /dev/urandom >served/large.bin
for n in $(seq -w 500); do
    head -c $((10#$n * 37 % 8192)) served/large.bin >"served/small/file-$n.dat"
done

echo "running $(basename "$script") in the host"
"$gantry" --events events.ndjson -f "$script"

mv served/back back
digests() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
digests served >want
digests copy >have
digests back | sed 's, \./, ./back/,' >>have
digests served/small | sed 's, \./, ./back/,' >>want
verified=$(comm -12 <(sort want) <(sort have) | wc -l)
total=$(wc -l <want)

python3 - events.ndjson "$verified" "$total" <<'PY'
import json, re, sys

titles = {}
print(f"\n{'what':<44} {'bytes':>12} {'seconds':>8} {'MiB/s':>8}")
for event in map(json.loads, open(sys.argv[1])):
    fields = event["fields"]
    if event["type"] == "job.started":
        titles[event["job"]] = fields["title"]
    title = titles.get(event.get("job"), "")
    if event["type"] != "job.finished" or not title.startswith(("get ", "put ")):
        continue
    size, seconds = fields["bytes"], fields["seconds"]
    title = re.sub(r"cs://[^/]*", "cs:", title)  # the port differs every time
    print(f"{title[:44]:<44} {size:>12} {seconds:>8.2f} {size / seconds / 2**20:>8.1f}")
print(f"\n{sys.argv[2]} of {sys.argv[3]} files that were moved have equal SHA-256 digests at both ends")
PY
if ! cmp -s want have; then
    echo "the copies differ:" >&2
    diff want have >&2 || true
    exit 10
fi
