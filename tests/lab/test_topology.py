"""The topology is the course's network, and its addresses are usable."""

from ipaddress import IPv4Interface

import pytest

from lesson_engine.lab.topology import COURSE, FIREWALL, in_host, mac_address


def test_the_addresses_are_those_of_the_course_text() -> None:
    assert {host.name: host.address for host in COURSE.hosts} == {
        "client": "192.168.1.50",
        "colleague": "192.168.1.51",
        "database": "192.168.1.100",
        "web": "93.184.216.34",
    }
    assert COURSE.networks[0].router == "192.168.1.1"


def test_every_host_reaches_its_router_directly() -> None:
    for host in COURSE.hosts:
        network = COURSE.network_of(host)
        assert IPv4Interface(f"{host.address}/{network.prefix_length}").network == (
            IPv4Interface(f"{network.router}/{network.prefix_length}").network
        )


def test_ethernet_addresses_are_unicast_locally_administered_and_differ() -> None:
    addresses = [mac_address(host.address) for host in COURSE.hosts]
    assert len(set(addresses)) == len(addresses)
    assert all(int(address[:2], 16) & 0b11 == 0b10 for address in addresses)


def test_an_interface_name_fits_the_kernel() -> None:
    names = [host.name for host in COURSE.hosts] + [network.name for network in COURSE.networks]
    assert all(0 < len(name.encode()) < 16 for name in names)
    assert len(set(names) | {FIREWALL}) == len(names) + 1


def test_an_unknown_host_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        COURSE.host("printer")


def test_a_command_on_a_host_is_passed_word_by_word() -> None:
    assert in_host("web", "sh", "-c", "a b") == ["ip", "netns", "exec", "web", "sh", "-c", "a b"]
