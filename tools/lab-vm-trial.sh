#!/bin/sh
# Tries docs/lab-vm on a machine that did not exist before: makes a root file system of Debian $1 (bookworm unless
# said), boots it as a virtual machine with user-data.yaml, waits for cloud-init, and does what a learner and an
# instructor do. Everything lies in one directory that is removed in the end, except after a failure.
#
# Needs root, the package mirror that apt here has, and the programs below. With /dev/kvm it takes some minutes, without
# it half an hour. The packages that pip installs are fetched beforehand by this machine's pip, so that the VM needs no
# settings of its own for it.
# shellcheck disable=SC2016  # what stands in single quotes is for apt, or for a shell of the machine
set -eu
suite=${1:-bookworm}
python=${PYTHON:-python3}
cd "$(dirname "$0")/.."

for program in debootstrap:debootstrap qemu-system-x86_64:qemu-system-x86 xorriso:xorriso mke2fs:e2fsprogs \
    ssh:openssh-client curl:curl; do
    command -v "${program%%:*}" >/dev/null || missing="${missing-} ${program##*:}"
done
[ -z "${missing-}" ] || { echo "Missing. To install: apt install$missing" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "To be run as root: a root file system is made" >&2; exit 1; }

work=$(mktemp -d /var/tmp/lab-vm-trial.XXXXXX)
machine=
failures=0
finish() {
    if [ -n "$machine" ]; then kill "$machine" 2>/dev/null || true; fi
    if [ "$1" = 0 ]; then rm -rf "$work"; else echo "Left for a look: $work (console.log, *.log)" >&2; fi
}
trap 'finish $?' EXIT
trap 'exit 1' INT TERM

# ---- The course, and what it needs, for the Python of the suite.
case $suite in bookworm) version=3.11 ;; trixie) version=3.13 ;; *) echo "Which Python has $suite?" >&2; exit 1 ;; esac
echo "Fetching the course's packages ..."
mkdir "$work/course"
"$python" -m pip wheel --quiet --no-deps --wheel-dir "$work/course" .
course=$(basename "$work"/course/*.whl)
"$python" -m pip download --quiet --only-binary=:all: --python-version $version --dest "$work/course" \
    "$work/course/${course}[notebook]" 2>"$work/pip.log" || { cat "$work/pip.log" >&2; exit 1; }

# ---- A fresh machine, as far as a cloud image has more than debootstrap's own choice.
archives=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages')
mirror=$(echo "$archives" | grep -v security | head -n 1)
security=$(echo "$archives" | grep security | head -n 1)
echo "Making the root file system of $suite ..."
root=$work/root
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
    { tail "$work/debootstrap.log" >&2; exit 1; }
{
    echo "deb $mirror $suite main"
    echo "deb $mirror $suite-updates main"
    [ -z "$security" ] || echo "deb $security $suite-security main"
} >"$root/etc/apt/sources.list"
apt-config dump | grep '^Acquire::Check-' >"$root/etc/apt/apt.conf.d/90trial" || true
cp /etc/resolv.conf "$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
# In namespaces of its own: what is mounted and started there is gone afterwards.
unshare --mount --pid --fork sh -c 'mount -t proc proc "$1/proc" && exec chroot "$1" sh -c "apt-get update -q &&
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends apparmor cloud-init dbus e2fsprogs \
    initramfs-tools iproute2 libpam-systemd linux-image-cloud-amd64 locales netplan.io openssh-server sudo \
    systemd-resolved systemd-sysv unattended-upgrades && apt-get clean"' sh "$root" >"$work/packages.log" 2>&1 ||
    { tail "$work/packages.log" >&2; exit 1; }
rm "$root/usr/sbin/policy-rc.d"
printf '/dev/vda / ext4 defaults 0 1\n' >"$root/etc/fstab"
# As cloud images have it; the sources are those above, and no locale is there yet that could be chosen.
printf 'apt: {preserve_sources_list: true}\nlocale: false\nmanage_etc_hosts: true\n' \
    >"$root/etc/cloud/cloud.cfg.d/90-trial.cfg"
mv "$work/course" "$root/srv/course"
printf '[global]\nno-index = true\nfind-links = /srv/course\n' >"$root/etc/pip.conf"
cp "$root"/boot/vmlinuz-* "$work/kernel"
cp "$root"/boot/initrd.img-* "$work/initrd"
disk_before=$(du -sm "$root" | cut -f 1)
mke2fs -q -t ext4 -d "$root" "$work/disk" 8G
rm -rf "$root"

# ---- The seed: user-data as it is in docs, with two settings filled in.
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
mkdir "$work/seed"
sed -e "s|^\( *\)LEARNERS=.*|\1LEARNERS=3|" -e "s|^\( *\)COURSE= .*|\1COURSE=/srv/course/$course|" \
    docs/lab-vm/user-data.yaml >"$work/seed/user-data"
printf 'instance-id: trial\nlocal-hostname: lab\npublic-keys: ["%s"]\n' "$(cat "$work/key.pub")" >"$work/seed/meta-data"
xorriso -as mkisofs -quiet -V cidata -J -r -o "$work/seed.iso" "$work/seed" 2>"$work/xorriso.log"

free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
boot() {
    # A processor without these has a /dev/kvm that an ordinary kernel does not survive in.
    if [ -e /dev/kvm ] && grep -qwE 'vmx|svm' /proc/cpuinfo; then accelerator=kvm; else accelerator=tcg; fi
    qemu-system-x86_64 -machine accel=$accelerator -cpu max -smp 2 -m 2048 -display none -no-reboot \
        -kernel "$work/kernel" -initrd "$work/initrd" -append 'root=/dev/vda rw console=ttyS0' \
        -drive "file=$work/disk,format=raw,if=virtio" -drive "file=$work/seed.iso,format=raw,if=virtio,readonly=on" \
        -nic "user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:$port-:22" -serial "file:$work/console.log" &
    machine=$!
}
on() { # on USER COMMAND: what a login of USER gives; sshd begins again now and then, so a refused login is repeated
    user=$1
    shift
    attempt=0
    while :; do
        status=0
        timeout 1800 ssh -q -i "$work/key" -p "$port" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
            -o ConnectTimeout=10 -o IdentitiesOnly=yes -o SetEnv=LC_ALL=C.UTF-8 "$user@127.0.0.1" "$@" </dev/null ||
            status=$?
        attempt=$((attempt + 1))
        if [ $status != 255 ] || [ $attempt -ge 10 ]; then return $status; fi
        sleep 3
    done
}
await_login() {
    rounds=0
    until on debian true; do
        rounds=$((rounds + 1))
        if [ $rounds -ge 10 ] || ! kill -0 "$machine"; then tail -n 30 "$work/console.log" >&2; exit 1; fi
    done
}
memory_of() { # what its processes have, and files in memory such as the database of a lab
    echo "        of $1, in MB:" "$(on debian "sed -n 's/^\(anon\|shmem\) \([0-9]*\).\{6\}$/\1 \2/p' \
        /sys/fs/cgroup/user.slice/user-\$(id -u $1).slice/memory.stat | xargs")"
}
see() { # see WHAT WORDS USER COMMAND: the command succeeds and prints the words
    what=$1 words=$2
    shift 2
    if said=$(on "$@" 2>&1) && printf '%s\n' "$said" | grep -q -e "$words"; then
        printf 'ok      %s\n' "$what"
    else
        failures=$((failures + 1))
        printf 'FAILED  %s (%s)\n%s\n' "$what" "$*" "$said"
    fi
}

port=$(free_port)
echo "Booting ..."
boot
await_login
echo "Waiting for cloud-init ..."
see 'cloud-init takes the file for valid' '[Vv]alid' debian 'sudo cloud-init schema --system'
see 'cloud-init ends without error' 'status: done' debian 'cloud-init status --wait'
on debian sudo cat /var/log/cloud-init-output.log >"$work/cloud-init-output.log"
see 'the setup came to its end' 'The lab VM is ready' debian 'sudo cat /var/log/cloud-init-output.log'

echo "The machine:"
owner='stat -c "%A %U:%G" /usr/bin/tcpdump; sudo getcap /usr/bin/tcpdump'
see 'tcpdump belongs to the group' '^-rwxr-x--- root:pcap$' debian "$owner"
see 'tcpdump has its capabilities' 'cap_net_admin,cap_net_raw=eip' debian "$owner"
see 'others may not run tcpdump' 'denied' debian 'tcpdump --version 2>&1 || true'
see 'no server of the machine runs' '^0$' debian 'ps --no-headers -C nginx,mariadbd,dnsmasq | wc -l'
see 'nginx stays masked' '^masked$' debian 'systemctl is-enabled nginx || true'
see 'no password opens a learner' '^learner1 L' debian 'sudo passwd --status learner1'
see 'AppArmor is on' 'Yes' debian 'sudo aa-enabled'
see 'nothing has failed' '^0 loaded' debian 'systemctl list-units --failed'

see 'the instructor puts a key' '' debian 'for n in 1 2; do
    sudo install -d -o learner$n -g learner$n -m 700 /home/learner$n/.ssh
    sudo install -o learner$n -g learner$n -m 600 ~/.ssh/authorized_keys /home/learner$n/.ssh; done'

echo "A learner:"
see 'learner1 is in the group and may no more' '^learner1 pcap$' learner1 'id -nG'
see 'learner1 has no sudo' 'password is required' learner1 'sudo -n true 2>&1 || true'
see 'tutor is on the PATH' 'tutor' learner1 'tutor --version'
see 'Japanese is set' 'LANG=ja_JP.UTF-8' debian 'cat /etc/default/locale; locale -a | grep ja_JP'
see 'a task is shown' '答えを書くファイル' learner1 'tutor start exercise3'
see 'its answer file is in a visible folder' 'exercise3' learner1 'ls -R tutor'
see 'a right answer passes' '合格' learner1 "tutor check exercise3 --answer 'tcpdump -nn host 192.168.1.100'"
see 'completion knows the verbs' 'list live' learner1 '. /usr/share/bash-completion/bash_completion
    _completion_loader tutor; COMP_WORDS=(tutor li) COMP_CWORD=1; _tutor; echo "${COMPREPLY[*]}"'
see 'live capture sees a ping' 'ICMP echo request' learner1 \
    'ping -q -c 120 -i 0.5 127.0.0.1 >/dev/null & timeout 100 tutor live -i lo -nn -c 1 icmp; kill $!'
see 'live capture writes a file' '^1$' learner1 \
    'ping -q -c 120 -i 0.5 127.0.0.1 >/dev/null &
    timeout 100 tutor live -i lo -c 1 -w one.pcap icmp 2>/dev/null; kill $!
    tcpdump -r one.pcap 2>/dev/null | wc -l'
see 'the lab comes up with real servers' 'database  *動作中' learner1 'tutor lab up && tutor lab status'
memory_of learner1
see 'a handshake is played' '再現しました' learner1 'tutor lab run handshake'
see 'a fault is played' '' learner1 'tutor lab run no_answer && tutor lab restore'
see 'and captured' 'Flags \[S\.\]' learner1 'tutor lab run --save . handshake && tcpdump -nn -r handshake_client.pcap'
see 'tcpdump works on a host of the lab' 'listening on' learner1 \
    'tutor lab shell client -- timeout 2 tcpdump -nn -i any 2>&1 || true'
see 'two labs stand side by side' '' learner2 'tutor lab up && tutor lab run handshake && tutor lab down'
see 'a learner cannot enter another home' 'denied' learner2 'ls /home/learner1 2>&1 || true'
see 'the lab goes' '' learner1 'tutor lab down'
see 'and leaves nothing' '^0$' learner1 'ps --no-headers -C nginx,mariadbd,dnsmasq,unshare | wc -l'

echo "JupyterLab, through a tunnel to a socket:"
on learner1 'tutor jupyter' >"$work/jupyter.log" 2>&1 &
jupyter=$!
tries=0
until grep -q 'token=' "$work/jupyter.log" || [ $tries -ge 300 ]; do tries=$((tries + 1)); sleep 1; done
token=$(sed -n 's/.*token=\([0-9a-f]*\).*/\1/p' "$work/jupyter.log" | head -n 1)
tunnel=$(free_port)
ssh -q -N -i "$work/key" -p "$port" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes \
    -o ExitOnForwardFailure=yes -L "$tunnel:/home/learner1/jupyter.sock" learner1@127.0.0.1 </dev/null &
forward=$!
tries=0
until curl --silent --fail "http://127.0.0.1:$tunnel/lab?token=$token" >"$work/lab.html" || [ $tries -ge 60 ]; do
    tries=$((tries + 1))
    sleep 1
done
if "$python" - "$tunnel" "$token" >"$work/cell.log" 2>&1 <<'END'
import json, sys, urllib.request
import websocket
port, token = sys.argv[1:]
begin = urllib.request.Request(f"http://127.0.0.1:{port}/api/kernels?token={token}", b"{}", method="POST")
kernel = json.load(urllib.request.urlopen(begin, timeout=60))["id"]
channels = websocket.create_connection(f"ws://127.0.0.1:{port}/api/kernels/{kernel}/channels?token={token}", timeout=60)
code = "%tcpdump -nn -r mix.pcap -c 1 tcp"
header = {"msg_id": "1", "msg_type": "execute_request", "session": "trial"}
header |= {"username": "", "version": "5.3", "date": ""}
content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
channels.send(json.dumps(message))
while not (said := json.loads(channels.recv()))["msg_type"] == "execute_reply":
    print(said["msg_type"], said["content"])
sys.exit(said["content"]["status"] != "ok")
END
then echo 'ok      the lessons open, and a cell runs'
else
    failures=$((failures + 1))
    echo 'FAILED  the lessons open, and a cell runs'
    cat "$work/jupyter.log" "$work/cell.log"
fi
see 'its server has no port' '^0$' debian 'sudo ss -Hltnp | grep -c jupyter || true'
see 'nobody else may open the socket' 'srw------- .*learner1' debian 'sudo ls -l /home/learner1/jupyter.sock'
memory_of learner1
kill $forward $jupyter 2>/dev/null || true

echo "The instructor:"
see 'an upgrade of tcpdump keeps the mode' '^-rwxr-x--- root:pcap$' debian \
    "sudo apt-get install -q --reinstall -y tcpdump >/dev/null 2>&1 && $owner"
see 'and the capabilities' 'cap_net_admin,cap_net_raw=eip' debian "$owner"
see 'so does dpkg alone' 'cap_net_admin,cap_net_raw=eip' debian \
    "cd /tmp && apt-get download -q tcpdump >/dev/null 2>&1 && sudo dpkg -i tcpdump_*.deb >/dev/null && $owner"
see 'passwords are given' '^learner3  [a-z0-9]\{12\}$' debian 'sudo tutor-lab passwords'
printf '#!/bin/sh\necho %s\n' "$(printf '%s\n' "$said" | sed -n 's/^learner3  //p')" >"$work/askpass"
chmod 700 "$work/askpass"
if SSH_ASKPASS=$work/askpass SSH_ASKPASS_REQUIRE=force ssh -q -p "$port" -o PubkeyAuthentication=no \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null learner3@127.0.0.1 true </dev/null
then echo 'ok      one of them logs in'
else failures=$((failures + 1)); echo 'FAILED  one of them logs in'
fi
see 'they open the learners alone' '^passwordauthentication yes' debian \
    'sudo sshd -T -C user=learner1,host=x,addr=10.0.0.1 | grep -i ^passwordauth'
see 'and nobody else' '^passwordauthentication no' debian \
    'sudo sshd -T -C user=debian,host=x,addr=10.0.0.1 | grep -i ^passwordauth'
see 'a learner is reset' 'begins anew' debian 'sudo tutor-lab reset learner2'
see 'and can log in to an empty home' '^0$' learner2 'ls | wc -l'
see 'setup can be run again' 'The lab VM is ready' debian 'sudo tutor-lab setup'
see 'and answers are kept' 'exercise3' debian 'sudo ls /home/learner1/tutor/answers'
echo "Disk, in MB: $disk_before before, now:"
on debian "df -m / | tail -n 1"
see 'everything can be taken away' 'What is left' debian 'sudo tutor-lab remove'
see 'tcpdump is for everyone again, without capabilities' '^-rwxr-xr-x root:root$' debian "{ $owner; } | tail -n 1"

[ $failures = 0 ] || { echo "$failures failed" >&2; exit 1; }
echo "All of it works."
