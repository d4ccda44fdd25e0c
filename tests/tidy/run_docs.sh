#!/usr/bin/env bash
# Runs every command that README.md and docs/ show: run_docs.sh BUILD_DIR
#
# A fence marked `sh` is run by bash and one marked `gantry` by the host's shell, in order, each
# document in an empty folder of its own with the built program on the PATH. Fences of other marks
# (text, json, cpp, cmake ...) are not commands; a fence without a mark is an error. The verbs of
# ./dev, which would run this very test again, are only checked to exist.
set -euo pipefail
top=$PWD
build=$(readlink -f "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PATH="$build/bin:$PATH" HOME="$scratch/home" NO_COLOR=1
export XDG_CONFIG_HOME="$scratch/config" XDG_STATE_HOME="$scratch/state"
mkdir -p "$HOME"

# Writes each fence of document $1 to $2/NNN.MARK.
split_fences() {
    awk -v out="$2" '
        /^```/ && !inside { inside = 1; mark = substr($0, 4); n++;
            if (mark == "") { print FILENAME ":" FNR ": a fence without a mark" > "/dev/stderr"; bad = 1; mark = "none" }
            file = sprintf("%s/%03d.%s", out, n, mark); printf "" > file; next }
        /^```/ { inside = 0; next }
        inside { print > file }
        END { exit bad }' "$1"
}

check_dev_verbs() { # FILE: every ./dev line names a verb, and is then dropped
    local verb
    while read -r verb; do
        "$top/dev" | grep -q "^  $verb " || { echo "no such verb: ./dev $verb" >&2; return 1; }
    done < <(sed -n 's/^\.\/dev \([a-z]*\).*/\1/p' "$1")
    sed -i '/^\.\/dev\b/d; /^git clone\b/d; /^cd gantry$/d' "$1"
}

status=0
count=0
for doc in README.md CONTRIBUTING.md $(find docs examples -name '*.md' | sort); do
    place=$scratch/$(echo "$doc" | tr / _)
    mkdir -p "$place/fences" "$place/work"
    split_fences "$doc" "$place/fences" || status=1
    for fence in "$place/fences"/*; do
        case "$fence" in
            *.sh) check_dev_verbs "$fence" || status=1
                  run=(timeout 60 bash -euo pipefail "$fence") ;;
            *.gantry) run=(timeout 60 gantry -f "$fence") ;;
            *) continue ;;
        esac
        count=$((count + 1))
        if ! (cd "$place/work" && "${run[@]}" >"$place/output" 2>&1 </dev/null); then
            echo "$doc: this does not run:"; sed 's/^/    /' "$fence"
            echo "it printed:"; sed 's/^/    /' "$place/output"
            status=1
        fi
    done
done
echo "$count fences run"
[ "$count" -gt 0 ] || status=1
exit $status
