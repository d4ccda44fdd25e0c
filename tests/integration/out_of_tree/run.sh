#!/usr/bin/env bash
# Installs the build, moves what was installed, and uses it as somebody does who has no source tree:
# every public header compiles alone, the example plugin builds with both compilers, and the moved
# host loads it, runs it and lets it go.
#   run.sh SOURCE_DIR BUILD_DIR
set -euo pipefail
source_dir=$1
build_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/moved

fail() { echo "FAILED: $*" >&2; exit 1; }
expect() { # WHAT WANTED ACTUAL
    [ "$2" = "$3" ] || fail "$1: wanted '$2', got '$3'"
}

install_and_move() {
    cmake --install "$build_dir" --prefix "$work/first" >"$work/install.log" ||
        fail "install: $(cat "$work/install.log")"
    mv "$work/first" "$prefix"
    local named
    named=$(grep -rlF -e "$work/first" -e "$source_dir/" -e "$build_dir" "$prefix"/lib/cmake \
            "$prefix/include" || true)
    expect "installed text files that name the place they came from" "" "$named"
}

headers_compile_alone() { # COMPILER
    (cd "$prefix/include" && find gantry -name '*.h' | sort) >"$work/headers"
    [ -s "$work/headers" ] || fail "no header was installed"
    xargs -P 2 -I {} sh -c 'echo "#include <{}>" |
        "$0" -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Werror -I "$1" -x c++ - ||
        { echo "does not compile alone: {}" >&2; exit 255; }' \
        "$1" "$prefix/include" <"$work/headers" || fail "a header does not compile alone with $1"
    echo "$(wc -l <"$work/headers") headers compile alone"
}

build_example() { # COMPILER
    local folder=$work/build-$1
    cmake -G Ninja -S "$work/echo_plugin" -B "$folder" -DCMAKE_CXX_COMPILER="$1" \
        -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_FLAGS=-Werror >"$work/log" 2>&1 ||
        fail "configure with $1: $(cat "$work/log")"
    cmake --build "$folder" >"$work/log" 2>&1 || fail "build with $1: $(cat "$work/log")"
    expect "symbols that the plugin exports ($1)" gantry_plugin_entry \
        "$(nm -D --defined-only "$folder/echo.so" | awk '{print $3}')"
    echo "the example builds with $1"
}

gantry() {
    env -i PATH="$PATH" HOME="$work/home" XDG_RUNTIME_DIR="$work/home" "$prefix/bin/gantry" "$@"
}

run_example() { # COMPILER
    local folder=$work/build-$1 said
    mkdir -p "$work/home"
    said=$(gantry --plugin-path "$folder" echo say hello there) || fail "echo say exits with $?"
    expect "echo say ($1)" "hello there" "$said"
    said=$(gantry --json --plugin-path "$folder" echo say hello) || fail "--json exits with $?"
    [[ $said == *'"text":"hello"'* ]] || fail "--json ($1): $said"
    said=$(gantry plugin inspect "$folder/echo.so") || fail "plugin inspect exits with $?"
    [[ $said == *"Says what it is told"* ]] || fail "plugin inspect ($1): $said"
    gantry --plugin-path "$folder" -c 'plugin load echo; echo say hello; plugin unload echo' \
        >"$work/log" 2>&1 || fail "load, use, unload ($1): $(cat "$work/log")"
    grep -qi retained "$work/log" && fail "the plugin stayed mapped ($1): $(cat "$work/log")"
    echo "the moved host loads, runs and unloads what $1 built"
}

# The guide shows the example as it is.
guide_shows() { # LANGUAGE FILE
    awk -v fence="\`\`\`$1" '$0 == fence {on = 1; next} on && $0 == "```" {exit} on' \
        "$source_dir/docs/writing-a-plugin.md" | diff - "$source_dir/examples/echo_plugin/$2" ||
        fail "docs/writing-a-plugin.md shows another $2"
}

guide_shows cmake CMakeLists.txt
guide_shows json plugin.json
guide_shows cpp echo.cpp
lines=$(cat "$source_dir"/examples/echo_plugin/{CMakeLists.txt,plugin.json,echo.cpp} | wc -l)
[ "$lines" -lt 60 ] || fail "the example has $lines lines"
install_and_move
cp -r "$source_dir/examples/echo_plugin" "$work/echo_plugin"
for compiler in g++ clang++; do
    build_example $compiler
    if [ -x "$prefix/bin/gantry" ]; then run_example $compiler; fi
done
headers_compile_alone g++
