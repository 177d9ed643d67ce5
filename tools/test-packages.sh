#!/bin/sh
# Installs the Debian packages that the tests compare with, where that is allowed; says what is missing where it is not.
set -eu

# program:package
wanted='tcpdump:tcpdump tshark:tshark ip:iproute2 nft:nftables nginx:nginx-light mariadbd:mariadb-server-core
mariadb-install-db:mariadb-server-core mariadb:mariadb-client-core sshd:openssh-server ssh:openssh-client
dnsmasq:dnsmasq-base dig:bind9-dnsutils ping:iputils-ping curl:curl openssl:openssl setpriv:util-linux
unshare:util-linux chromium:chromium fc-match:fontconfig'

PATH=$PATH:/usr/sbin:/sbin
programs=
packages=
for pair in $wanted; do
    if ! command -v "${pair%%:*}" >/dev/null; then
        programs="$programs ${pair%%:*}"
        packages="$packages ${pair##*:}"
    fi
done
if ! fc-list :lang=ja 2>/dev/null | grep -q .; then packages="$packages fonts-noto-cjk"; programs="$programs (Japanese font)"; fi
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else as_root=none; fi
if [ "$as_root" = none ] || ! command -v apt-get >/dev/null; then
    echo "Missing:$programs. Tests that need them are skipped. To install them: sudo apt install$packages" >&2
    exit 0
fi

# The tests start the daemons themselves; their packages must not start them as services of this machine.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
    trap '$as_root rm -f "$policy"' EXIT
fi
echo "Installing for the tests:$packages" >&2
$as_root apt-get update -qq
# shellcheck disable=SC2086  # one word a package is meant
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
