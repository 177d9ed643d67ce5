"""The hosts, networks and addresses of the lab, and the kernel objects they become.

A topology is data: networks, each with a router address on the one firewall, and hosts on them. `build` turns it
into network namespaces, one a host, joined by virtual Ethernet pairs to bridges on the firewall. It must run inside
namespaces of its own (see `namespaces.entering`): addresses exist there only, and no packet can leave. What hosts
see on the wire is what a real card would put there: checksums are computed and segments are not merged, because
transmit offload is off on both ends of every pair. Nothing is started on the hosts; that is for `daemons`.

ip-netns(8), veth(4), ethtool's numbers from linux/ethtool.h.

>>> COURSE.host("web").address
'93.184.216.34'
>>> mac_address("192.168.1.50")
'02:00:c0:a8:01:32'
"""

import os
import socket
import struct
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from lesson_engine.lab.namespaces import PATH, LabError
from lesson_engine.messages import Message


class Network(NamedTuple):
    """One Ethernet: a bridge named `name` on the firewall, which has `router` as its address there."""

    name: str
    router: str
    prefix_length: int


class Host(NamedTuple):
    """A host with one interface, eth0, on the network of this name."""

    name: str
    address: str
    network: str


class Topology(NamedTuple):
    """Networks around one host called `FIREWALL`, and the hosts on them."""

    networks: tuple[Network, ...]
    hosts: tuple[Host, ...]

    def host(self, name: str) -> Host:
        """The host of this name; KeyError if there is none."""
        for host in self.hosts:
            if host.name == name:
                return host
        raise KeyError(name)

    def network_of(self, host: Host) -> Network:
        """The network that `host` is on."""
        return next(network for network in self.networks if network.name == host.network)


FIREWALL = "firewall"

COURSE = Topology(
    networks=(Network("lan", "192.168.1.1", 24), Network("wan", "93.184.216.1", 24)),
    hosts=(
        Host("client", "192.168.1.50", "lan"),
        Host("colleague", "192.168.1.51", "lan"),
        Host("database", "192.168.1.100", "lan"),
        Host("web", "93.184.216.34", "wan"),
    ),
)
"""The network the course text speaks of; DNS is on the firewall, 192.168.1.1."""


def mac_address(address: str) -> str:
    """A locally administered Ethernet address that spells the IPv4 address, so that recordings stay comparable."""
    return ":".join(f"{byte:02x}" for byte in b"\x02\x00" + socket.inet_aton(address))


def build(topology: Topology) -> None:
    """Makes the hosts and links, up and addressed. Raises LabError with the failing command's own words."""
    _ip("netns add " + FIREWALL, *(f"netns add {host.name}" for host in topology.hosts))
    _set_up_kernel(FIREWALL)
    _ip(
        *(
            line
            for network in topology.networks
            for line in (
                # A bridge that snoops sends IGMP of its own.
                f"link add {network.name} address {mac_address(network.router)} type bridge mcast_snooping 0",
                f"link set {network.name} up",
                f"address add {network.router}/{network.prefix_length} dev {network.name}",
            )
        ),
        within=FIREWALL,
    )
    for host in topology.hosts:
        _connect(topology, host)


def introduce(topology: Topology) -> None:
    """Tells every host its neighbours' Ethernet addresses for good, so that no ARP comes between the packets."""
    for name, interface, others in _neighbours(topology):
        _ip(
            *(
                f"neighbour replace {address} lladdr {mac_address(address)} dev {interface} nud permanent"
                for address in others
            ),
            within=name,
        )


def forget(topology: Topology) -> None:
    """Undoes `introduce`: hosts ask for each other's addresses by ARP again."""
    for name, interface, _ in _neighbours(topology):
        _ip(f"neighbour flush dev {interface} nud permanent", f"neighbour flush dev {interface}", within=name)


def _neighbours(topology: Topology) -> Iterator[tuple[str, str, list[str]]]:
    """Each host with its interface and the addresses of the others on its network; the firewall once a network."""
    for network in topology.networks:
        members = [host for host in topology.hosts if host.network == network.name]
        interfaces = [
            (FIREWALL, network.name, network.router),
            *((host.name, "eth0", host.address) for host in members),
        ]
        for name, interface, own in interfaces:
            yield name, interface, [address for _, _, address in interfaces if address != own]


def in_host(host: str, *command: str) -> list[str]:
    """The argv that runs `command` on `host`; ip(8) executes it in place, so the process id is the command's own."""
    return ["ip", "netns", "exec", host, *command]


def _connect(topology: Topology, host: Host) -> None:
    network = topology.network_of(host)
    # Made here and then moved: Python reaches only its own namespace's interfaces with an ioctl, and offload stays
    # off through the move. Interface number 2 is what a machine's first card has; `tcpdump -i any` records it.
    _ip(f"link add eth0 index 2 address {mac_address(host.address)} type veth peer name {host.name} index 3")
    for interface in ("eth0", host.name):
        _turn_offload_off(interface)
    _ip(f"link set {host.name} netns {FIREWALL}", f"link set eth0 netns {host.name}")
    _ip(f"link set {host.name} master {network.name} up", within=FIREWALL)
    _set_up_kernel(host.name)
    _ip(
        f"address add {host.address}/{network.prefix_length} dev eth0",
        "link set eth0 up",
        f"route add default via {network.router}",
        within=host.name,
    )


def _set_up_kernel(host: str) -> None:
    group = os.getgid()
    settings = [
        # Daemons here have no capabilities, yet listen on the ports the course names.
        ("net/ipv4/ip_unprivileged_port_start", "0"),
        ("net/ipv4/ping_group_range", f"{group} {group}" if group else "0 65534"),
        # The gaps between unanswered SYNs are then 1, 2 and 4 seconds, as every book says.
        ("net/ipv4/tcp_syn_linear_timeouts", "0"),
        ("net/ipv6/conf/all/disable_ipv6", "1"),
        ("net/ipv6/conf/default/disable_ipv6", "1"),
        ("net/ipv4/ip_forward", "1" if host == FIREWALL else "0"),
    ]
    # An older kernel lacks some of these, and works without.
    script = "; ".join(f"! [ -e /proc/sys/{name} ] || echo {value} > /proc/sys/{name}" for name, value in settings)
    _run(in_host(host, "sh", "-ec", script))
    _ip("link set lo up", within=host)


_SIOCETHTOOL = 0x8946
# Transmit checksum, segmentation and generic segmentation offload, and merging on receipt.
_OFFLOADS = (0x17, 0x1F, 0x24, 0x2C)


def _turn_offload_off(interface: str) -> None:
    import ctypes
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for command in _OFFLOADS:
            value = ctypes.create_string_buffer(struct.pack("=II", command, 0))
            request = struct.pack("16sP", interface.encode(), ctypes.addressof(value))
            fcntl.ioctl(control, _SIOCETHTOOL, request)


def _ip(*lines: str, within: str | None = None) -> None:
    namespace = ["-n", within] if within else []
    _run(["ip", *namespace, "-batch", "-"], "\n".join(lines) + "\n")


def _run(command: list[str], text: str = "") -> None:
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=os.environ | {"PATH": PATH})
    if done.returncode != 0:
        raise LabError(Message("lab.command_failed", command=" ".join(command), error=done.stderr.strip()))
