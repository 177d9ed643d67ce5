#!/bin/sh
# The main job, shown once: a wrong answer and its proof, then a right one. Leaves the learner's own progress alone.
set -eu
tutor=$1
workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT

attempt() {
    printf '\n$ tutor check exercise3 --answer "%s"\n' "$1"
    "$tutor" --workspace "$workspace" check exercise3 --answer "$1"
}

if attempt 'sudo tcpdump -i eth0 -nn src host 192.168.1.100'; then
    echo "make try: a wrong answer passed" >&2
    exit 1
fi
attempt 'sudo tcpdump -i eth0 -nn host 192.168.1.100'

printf '\n次 / next:   . .venv/bin/activate   &&   tutor\n'
