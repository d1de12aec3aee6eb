#!/bin/sh
# What the image is made of, step by step: build the wheel from SOURCE and install it, with the versions that the project is
# tested with, into an environment of its own at TARGET. Dockerfile runs this in an image; .ci/image runs it in a plain folder.
set -eu
source="$1"
target="$2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

python3 -m venv "$target"
grep -v -- --hash "$source/requirements.lock" | sed 's/ *\\$//' > "$work/pins.txt"
"$target/bin/pip" --quiet wheel --no-deps --no-cache-dir --wheel-dir "$work" "$source"
wheel="$(echo "$work"/peerstay-*.whl)"
"$target/bin/pip" --quiet install --no-cache-dir --constraint "$work/pins.txt" "$wheel[page,brief,export,cluster,sign,signin,excel]"
"$target/bin/python" -m compileall -q "$target/lib" || true # the root is read-only when it runs, so bytecode is made now
