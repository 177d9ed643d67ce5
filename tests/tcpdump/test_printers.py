"""The printers against the installed tcpdump: a corpus, option by option, whole, cut, and with wrong bytes."""

import random

import printer_corpus
import pytest
from printer_oracle import Cut, cuts, differences, ours
from printer_packets import ethernet, ip, tcp

from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW
from lesson_engine.tcpdump.printers.tcp import RANKS

LINK_TYPES = {link_type.name: link_type for link_type in (LINUX_SLL, LINUX_SLL2, NULL, LOOP, RAW)}
OPTIONS = ("-n", "", "-nv", "-nvv", "-nvvv", "-v", "-e", "-ne", "-nq", "-qe", "-qv", "-nS", "-vK", "-N", "-n#", "-nvb")
TIMES = ("-nt", "-ntt", "-nttt", "-ntttt", "-nttttt")
DUMPS = ("-nx", "-nxx", "-nX", "-nXX", "-nA", "-nAA", "-neX", "-nvA")


def _report(found: list[str]) -> str:
    return f"{len(found)} packets differ\n" + "\n".join(found[:3])


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("protocol", printer_corpus.ETHERNET)
@pytest.mark.parametrize("letters", OPTIONS + DUMPS)
def test_every_packet_is_printed_as_tcpdump_prints_it(protocol: str, letters: str) -> None:
    found = differences(printer_corpus.ETHERNET[protocol], letters, EN10MB)
    assert not found, _report(found)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("letters", ["-n", "", "-e", "-nq", "-nx"])
def test_services_are_printed_in_one_line_as_tcpdump_prints_them(letters: str) -> None:
    found = differences(printer_corpus.ONE_LINE_SERVICES, letters, EN10MB)
    assert not found, _report(found)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("letters", TIMES)
def test_times_are_printed_in_all_styles(letters: str) -> None:
    found = differences(printer_corpus.ETHERNET["arp"], letters, EN10MB)
    assert not found, _report(found)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("name", printer_corpus.OTHER_LINKS)
@pytest.mark.parametrize("letters", ["-n", "", "-e", "-nqe", "-nv", "-nx", "-nX", "-nA"])
def test_other_link_types(name: str, letters: str) -> None:
    records = printer_corpus.OTHER_LINKS[name]
    found = differences([*records, *cuts(records)], letters, LINK_TYPES[name])
    assert not found, _report(found)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("protocol", printer_corpus.ETHERNET)
@pytest.mark.parametrize("letters", ["-n", "-nvv", "-nx"])
def test_packets_cut_at_every_length(protocol: str, letters: str) -> None:
    frames = printer_corpus.ETHERNET[protocol]
    found = differences(cuts(frames[:: len(frames) // 25 + 1]), letters, EN10MB)
    assert not found, _report(found)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("letters", ["-n", "-nvv", "-neX"])
def test_packets_with_wrong_bytes(letters: str) -> None:
    # What decides the protocol stays, for tcpdump knows hundreds more; everything else may change.
    generator = random.Random(20230112)
    frames = [
        frame for protocol in ("arp", "tcp", "icmp", "ip", "udp", "dns") for frame in printer_corpus.ETHERNET[protocol]
    ]
    packets = []
    for _ in range(4000):
        frame = bytearray(generator.choice(frames))
        for _ in range(generator.choice((1, 1, 2, 4))):
            at = generator.randrange(len(frame))
            if at not in _DECIDES_THE_PROTOCOL:
                frame[at] = generator.choice((0, 1, 0xFF, generator.randrange(256)))
        length = generator.randrange(14, len(frame) + 1) if generator.random() < 0.3 else len(frame)
        packets.append(Cut(bytes(frame[:length]), len(frame)))
    found = differences(packets, letters, EN10MB)
    assert not found, _report(found)


# Ethernet and IP protocol, ports, and the ports in a packet that ICMP quotes.
_DECIDES_THE_PROTOCOL = frozenset((12, 13, 14, 23, *range(34, 38), *range(62, 66)))


@pytest.mark.needs("tcpdump")
def test_where_both_ports_are_services_the_same_one_is_taken() -> None:
    payloads = (b"GET / HTTP/1.1\r\n\r\n", b"SSH-2.0-x\r\n", bytes(40), bytes(range(1, 60)))
    frames = [
        ethernet(ip(tcp(payload, source=source, destination=destination, flags=0x18, acknowledgment=1)))
        for source in RANKS
        for destination in RANKS
        for payload in payloads
    ]
    found = differences(frames, "-n", EN10MB)
    assert not found, _report(found)


def test_any_bytes_give_a_line() -> None:
    generator = random.Random(7)
    for link_type in (EN10MB, *LINK_TYPES.values()):
        packets = [Cut(generator.randbytes(generator.randrange(1, 120)), 200) for _ in range(300)]
        for letters in ("", "-nvvveX"):
            assert all(text.endswith("\n") for text in ours(packets, letters, link_type))


def test_control_characters_never_reach_the_terminal() -> None:
    everything = [frame for frames in printer_corpus.ETHERNET.values() for frame in frames]
    for letters in ("", "-nvvv", "-A", "-X"):
        text = "".join(ours(everything, letters, EN10MB))
        assert {character for character in text if not character.isprintable()} <= {"\n", "\t"}
