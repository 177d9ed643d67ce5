#!/bin/sh
# The main job, shown once: a wrong answer and its proof, then a right one. Leaves the learner's own progress alone.
set -eu
tutor=$1
TUTOR_WORKSPACE=$(mktemp -d)
export TUTOR_WORKSPACE
trap 'rm -rf "$TUTOR_WORKSPACE"' EXIT

attempt() {
    printf '\n$ tutor check exercise3 --answer "%s"\n' "$1"
    "$tutor" check exercise3 --answer "$1"
}

if attempt 'sudo tcpdump -i eth0 -nn src host 192.168.1.100'; then
    echo "make try: a wrong answer passed" >&2
    exit 1
fi
attempt 'sudo tcpdump -i eth0 -nn host 192.168.1.100'

unset TUTOR_WORKSPACE
printf '\n次 / next:   . .venv/bin/activate   &&   tutor\n'
