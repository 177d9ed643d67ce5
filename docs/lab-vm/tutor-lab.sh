#!/bin/sh
# Makes a fresh Debian or Ubuntu machine the lab VM that docs/LAB-VM.md describes, and looks after it:
#
#   tutor-lab setup             everything below; to be run again after a change of the settings
#   tutor-lab passwords         new passwords for all learners, printed and kept nowhere
#   tutor-lab reset learner3    an empty home for learner3; the old one is put aside
#   tutor-lab remove            takes all of it away but packages, accounts and homes
#
# It runs as root. Its settings are in /etc/default/tutor-lab; what is not set there has these values.
set -eu
umask 022
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH DEBIAN_FRONTEND=noninteractive

LEARNERS=10      # accounts learner1, learner2, ...
COURSE=          # what pip installs: a wheel, a directory, an address of either, or git+ and a repository's address
COURSE_LANG=ja   # ja or en
MEMORY=1G        # for all that one learner runs
if [ -e /etc/default/tutor-lab ]; then . /etc/default/tutor-lab; fi

GROUP=pcap       # may use tcpdump on the VM's own interfaces
VENV=/opt/tutor
PRIVATE=/usr/local/lib/tutor-lab

# For the lab, for live capture, and for those who sit in front of it. mariadb-server, which would bring a service, is
# not among them: its programs are in packages of their own (database_packages).
PACKAGES='apparmor bash bash-completion bind9-dnsutils ca-certificates curl dnsmasq-base iproute2 iputils-ping less
    libcap2-bin libpam-systemd locales mount nano nftables nginx openssh-client openssh-server openssl procps python3
    tcpdump util-linux'
SERVICES='nginx.service mariadb.service'

fail() { printf 'tutor-lab: %s\n' "$1" >&2; exit 1; }

install_packages() {
    # On a machine's first boot its automatic updates may hold the lock for minutes.
    apt-get -o DPkg::Lock::Timeout=600 install -y -q --no-install-recommends "$@"
}

database_packages() {
    if apt-cache show mariadb-server-core >/dev/null 2>&1; then
        echo mariadb-server-core mariadb-client-core
    else
        echo mariadb-server-core-10.6 mariadb-client-core-10.6   # Ubuntu 22.04
    fi
}

packages() {
    apt-get -o DPkg::Lock::Timeout=600 update -q
    # Each lab starts servers of its own. Masked before they are there, the machine's never start, upgrades included.
    # shellcheck disable=SC2086  # one word a unit is meant
    systemctl mask --quiet --now $SERVICES 2>/dev/null || systemctl mask --quiet $SERVICES
    # shellcheck disable=SC2046,SC2086  # one word a package is meant
    install_packages $PACKAGES $(database_packages)
    python=python3
    # Ubuntu 22.04 has 3.10, and this one beside it.
    if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=python3.11; fi
    install_packages "$python" "$python-venv"
    case $COURSE in git+*) install_packages git ;; esac
}

languages() {
    for locale in ja_JP.UTF-8 en_US.UTF-8; do
        sed -i "s/^# *\($locale UTF-8\)/\1/" /etc/locale.gen
    done
    locale-gen
    case $COURSE_LANG in
        ja) update-locale LANG=ja_JP.UTF-8 ;;
        en) update-locale LANG=en_US.UTF-8 ;;
        *) fail "COURSE_LANG is '$COURSE_LANG'; ja or en is meant" ;;
    esac
}

capture() {
    getent group $GROUP >/dev/null || groupadd --system $GROUP
    tcpdump=$(readlink -f "$(command -v tcpdump)")
    # An upgrade keeps owner and mode of an override, but a new file has no capabilities: dpkg itself puts them back,
    # whoever called it. Never on a tcpdump that everyone may run.
    dpkg-statoverride --list "$tcpdump" >/dev/null || dpkg-statoverride --update --add root $GROUP 0750 "$tcpdump"
    give="if [ \"\$(stat -c %a:%G $tcpdump 2>/dev/null)\" = 750:$GROUP ] && command -v setcap >/dev/null; \
then setcap cap_net_raw,cap_net_admin=eip $tcpdump; fi"
    printf '# tutor-lab: tcpdump for the group %s.\npost-invoke=%s\n' "$GROUP" "$give" >/etc/dpkg/dpkg.cfg.d/tutor-lab
    sh -c "$give"
}

namespaces() {
    # The lab is made of user namespaces. Most systems allow them; some are told not to.
    cat >/etc/sysctl.d/60-tutor-lab.conf <<END
user.max_user_namespaces = 10000
# Debian's own switch; other kernels do not have it.
-kernel.unprivileged_userns_clone = 1
# Debian 13 has a ping without capabilities, and without this from a package that is only recommended.
net.ipv4.ping_group_range = 0 2147483647
END
    sysctl --quiet --load /etc/sysctl.d/60-tutor-lab.conf
    # Ubuntu 24.04 lets only programs with an AppArmor profile have capabilities in them. The profile is for a copy of
    # unshare that the group alone may run: a profile for unshare itself would open them to everyone, as would
    # kernel.apparmor_restrict_unprivileged_userns=0.
    install -d -m 755 $PRIVATE
    [ -e /etc/apparmor.d/abi/4.0 ] || return 0
    install -m 750 -g $GROUP "$(command -v unshare)" $PRIVATE/unshare
    cat >/etc/apparmor.d/tutor-lab <<END
abi <abi/4.0>,
include <tunables/global>

profile tutor-lab $PRIVATE/unshare flags=(unconfined) {
  userns,
}
END
    if aa-enabled --quiet; then apparmor_parser --replace /etc/apparmor.d/tutor-lab; fi
}

course() {
    [ -n "$COURSE" ] || fail 'COURSE is not set in /etc/default/tutor-lab. Say there what pip shall install.'
    # One that is damaged, or of a Python that is gone, is made anew.
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear $VENV
    # By these two steps a course with the same version number is replaced too, and what it needs stays as it is.
    "$VENV/bin/python" -m pip install --quiet --force-reinstall --no-deps "$COURSE"
    "$VENV/bin/python" -m pip install --quiet 'packet-capture-tutor[notebook]'

    # The workspace is no hidden directory: Debian's and Ubuntu's AppArmor profile keeps tcpdump out of those.
    cat >/usr/local/bin/tutor.new <<END
#!/bin/sh
export TUTOR_LANG="\${TUTOR_LANG:-$COURSE_LANG}" TUTOR_WORKSPACE="\${TUTOR_WORKSPACE:-\$HOME/tutor}"
PATH=$PRIVATE:\$PATH exec $VENV/bin/tutor "\$@"
END
    chmod 755 /usr/local/bin/tutor.new
    mv /usr/local/bin/tutor.new /usr/local/bin/tutor
    install -d /usr/local/share/bash-completion/completions
    tutor completion bash >/usr/local/share/bash-completion/completions/tutor

    # Members of the group can read what passes the loopback interface, tokens included. So nothing of JupyterLab does.
    install -d $VENV/etc/jupyter
    cat >$VENV/etc/jupyter/jupyter_server_config.py <<END
import os

c.ServerApp.sock = os.path.expanduser("~/jupyter.sock")
c.ServerApp.sock_mode = "0600"
c.KernelManager.transport = "ipc"
END
}

each_learner() {
    number=1
    while [ $number -le "$LEARNERS" ]; do
        "$1" "learner$number"
        number=$((number + 1))
    done
}

account() {
    # No password yet: nobody gets in before `passwords`, or a key in .ssh/authorized_keys.
    id "$1" >/dev/null 2>&1 || useradd --create-home --shell /bin/bash "$1"
    usermod --append --groups $GROUP "$1"
    chmod 700 "/home/$1"
    limits=/etc/systemd/system/user-$(id -u "$1").slice.d
    install -d "$limits"
    printf '[Slice]\nMemoryMax=%s\nTasksMax=500\n' "$MEMORY" >"$limits/tutor-lab.conf"
}

password() {
    # Letters and digits that nobody takes for each other.
    new=$(LC_ALL=C tr -dc 'a-km-np-z2-9' </dev/urandom | head -c 12)
    printf '%s:%s\n' "$1" "$new" | chpasswd
    printf '%s  %s\n' "$1" "$new"
}

passwords() {
    # Cloud images let nobody in by password; this opens it for the group alone.
    printf 'Match Group %s\n    PasswordAuthentication yes\n' $GROUP >/etc/ssh/sshd_config.d/60-tutor-lab.conf
    systemctl try-reload-or-restart ssh.service
    each_learner password
}

end_processes() {
    loginctl terminate-user "$1" 2>/dev/null || true
    pkill -KILL -u "$1" || true
}

reset() {
    case $1 in learner[1-9]*) ;; *) fail "'$1' is no learner" ;; esac
    id "$1" >/dev/null 2>&1 || fail "there is no $1"
    end_processes "$1"
    aside=/home/$1.$(date +%Y%m%d-%H%M%S)
    mv "/home/$1" "$aside"
    cp -a /etc/skel "/home/$1"
    if [ -d "$aside/.ssh" ]; then cp -a "$aside/.ssh" "/home/$1/"; fi
    chown -R "$1:$1" "/home/$1"
    chmod 700 "/home/$1"
    chown root:root "$aside"
    echo "$1 begins anew. What was there is in $aside; delete it when nobody needs it."
}

remove() {
    each_learner end_processes
    tcpdump=$(readlink -f "$(command -v tcpdump)")
    rm -f /etc/dpkg/dpkg.cfg.d/tutor-lab
    setcap -r "$tcpdump" 2>/dev/null || true
    if dpkg-statoverride --list "$tcpdump" >/dev/null; then dpkg-statoverride --remove "$tcpdump"; fi
    chown root:root "$tcpdump"
    chmod 755 "$tcpdump"
    if [ -e /etc/apparmor.d/tutor-lab ]; then
        if aa-enabled --quiet; then apparmor_parser --remove /etc/apparmor.d/tutor-lab; fi
        rm /etc/apparmor.d/tutor-lab
    fi
    rm -f /etc/sysctl.d/60-tutor-lab.conf /etc/ssh/sshd_config.d/60-tutor-lab.conf /usr/local/bin/tutor \
        /usr/local/share/bash-completion/completions/tutor /etc/systemd/system/user-*.slice.d/tutor-lab.conf
    rm -rf $VENV $PRIVATE
    # shellcheck disable=SC2086  # one word a unit is meant
    systemctl unmask --quiet $SERVICES
    systemctl daemon-reload
    systemctl try-reload-or-restart ssh.service
    echo 'What is left: the packages, the group pcap, and the learners (deluser --remove-home learner1).'
}

setup() {
    packages
    languages
    capture
    namespaces
    each_learner account
    systemctl daemon-reload
    course
    echo "The lab VM is ready: learner1 to learner$LEARNERS. Next: sudo tutor-lab passwords"
}

[ "$(id -u)" = 0 ] || fail 'to be run as root: sudo tutor-lab ...'
case $LEARNERS in '' | *[!0-9]*) fail "LEARNERS is '$LEARNERS'; a number is meant" ;; esac
case ${1-}:$# in
    setup:1 | passwords:1 | remove:1) "$1" ;;
    reset:2) reset "$2" ;;
    *) fail 'usage: tutor-lab setup | passwords | reset LEARNER | remove' ;;
esac
