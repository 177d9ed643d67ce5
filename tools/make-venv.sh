#!/bin/sh
# Makes the virtual environment $1 with Python 3.11 or newer, or says exactly what is missing.
set -eu
venv=$1
python=${PYTHON:-python3}

say() { printf '%s\n' "$@" >&2; }

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Python 3.11 以上が必要です ($python では足りません)。 例: make PYTHON=python3.12 try" \
        "Python 3.11 or newer is needed ($python is not). For example: make PYTHON=python3.12 try"
    exit 1
fi

# Debian and Ubuntu keep the part of Python that puts pip into a virtual environment in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else as_root=none; fi
    if [ "$as_root" = none ] || ! command -v apt-get >/dev/null; then
        say "Python の venv モジュールがありません。 sudo apt install $package を実行してから、もう一度どうぞ。" \
            "Python's venv module is missing. Run sudo apt install $package, then try again."
        exit 1
    fi
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
fi

rm -rf "$venv"
"$python" -m venv "$venv"
