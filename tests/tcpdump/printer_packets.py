"""Packets made field by field, right and wrong, for the tests of the printers."""

import ipaddress
import socket
import struct

HERE = bytes.fromhex("020000000001")
THERE = bytes.fromhex("020000000002")
BROADCAST = b"\xff" * 6


def checksum(data: bytes) -> int:
    """The Internet checksum, the slow way round."""
    words = struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) & 1))
    total = sum(words)
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def with_checksum(message: bytes, at: int, pseudo_header: bytes = b"") -> bytes:
    """The message with the right checksum at `at`."""
    blank = message[:at] + b"\0\0" + message[at + 2 :]
    return message[:at] + struct.pack(">H", checksum(pseudo_header + blank)) + message[at + 2 :]


def ethernet(payload: bytes, ethertype: int = 0x0800, source: bytes = HERE, destination: bytes = THERE) -> bytes:
    return destination + source + struct.pack(">H", ethertype) + payload


def ieee_802_3(payload: bytes, length: int | None = None) -> bytes:
    frame = ethernet(payload, len(payload) if length is None else length, destination=bytes.fromhex("0180c2000000"))
    return frame.ljust(60, b"\0")


def ip(
    payload: bytes,
    protocol: int = 6,
    *,
    source: str = "10.0.0.1",
    destination: str = "10.0.0.2",
    options: bytes = b"",
    time_to_live: int = 64,
    identification: int = 1,
    fragment: int = 0x4000,
    traffic_class: int = 0,
    total_length: int | None = None,
) -> bytes:
    words = 5 + len(options) // 4
    length = words * 4 + len(payload) if total_length is None else total_length
    header = struct.pack(
        ">BBHHHBBH4s4s",
        0x40 | words,
        traffic_class,
        length,
        identification,
        fragment,
        time_to_live,
        protocol,
        0,
        socket.inet_aton(source),
        socket.inet_aton(destination),
    )
    return with_checksum(header + options, 10) + payload


def ip6(
    payload: bytes,
    next_header: int = 17,
    *,
    source: str = "fe80::1",
    destination: str = "ff02::1",
    hop_limit: int = 255,
    traffic_class: int = 0,
    flow_label: int = 0,
    payload_length: int | None = None,
) -> bytes:
    length = len(payload) if payload_length is None else payload_length
    first = 6 << 28 | traffic_class << 20 | flow_label
    addresses = ipaddress.ip_address(source).packed + ipaddress.ip_address(destination).packed
    return struct.pack(">IHBB", first, length, next_header, hop_limit) + addresses + payload


def udp(payload: bytes, source: int = 40000, destination: int = 40001, length: int | None = None) -> bytes:
    return struct.pack(">HHHH", source, destination, 8 + len(payload) if length is None else length, 0) + payload


def tcp(
    payload: bytes = b"",
    *,
    source: int = 1000,
    destination: int = 80,
    sequence: int = 1,
    acknowledgment: int = 0,
    flags: int = 0x02,
    window: int = 100,
    options: bytes = b"",
    urgent: int = 0,
) -> bytes:
    options = options.ljust(-(-len(options) // 4) * 4, b"\0")
    offset = 5 + len(options) // 4 << 4
    fields = (source, destination, sequence, acknowledgment, offset, flags, window, 0, urgent)
    return struct.pack(">HHIIBBHHH", *fields) + options + payload


def over_udp(port: int, *payloads: bytes) -> list[bytes]:
    return [ethernet(ip(udp(payload, 40000, port), 17)) for payload in payloads]


def over_tcp(port: int, *payloads: bytes) -> list[bytes]:
    segments = (tcp(payload, source=port, destination=40000, flags=0x18, acknowledgment=1) for payload in payloads)
    return [ethernet(ip(segment)) for segment in segments]


def over_ip(protocol: int, *payloads: bytes) -> list[bytes]:
    return [ethernet(ip(payload, protocol)) for payload in payloads]


def over_ip6(next_header: int, *payloads: bytes) -> list[bytes]:
    return [ethernet(ip6(payload, next_header), 0x86DD) for payload in payloads]


def icmp(kind: int, code: int, rest: bytes = b"") -> bytes:
    return ethernet(ip(with_checksum(bytes((kind, code, 0, 0)) + rest, 2), 1))


def icmp6(kind: int, code: int, rest: bytes = b"") -> bytes:
    message = bytes((kind, code, 0, 0)) + rest
    packet = ip6(message, 58)
    pseudo_header = packet[8:40] + struct.pack(">II", len(message), 58)
    return ethernet(packet[:40] + with_checksum(message, 2, pseudo_header), 0x86DD)


def address6(text: str) -> bytes:
    return ipaddress.ip_address(text).packed


def dns_name(text: str) -> bytes:
    return b"".join(bytes((len(label),)) + label.encode() for label in text.split(".") if label) + b"\0"


def dns_question(name: bytes, kind: int = 1, record_class: int = 1) -> bytes:
    return name + struct.pack(">HH", kind, record_class)


def dns_record(name: bytes, kind: int, data: bytes, record_class: int = 1, seconds: int = 300) -> bytes:
    return name + struct.pack(">HHIH", kind, record_class, seconds, len(data)) + data


def dns_options(data: bytes = b"", upper: int = 0, size: int = 1232) -> bytes:
    return dns_record(b"\0", 41, data, size, upper)


def dns(
    flags: int,
    questions: tuple[bytes, ...] = (),
    answers: tuple[bytes, ...] = (),
    authorities: tuple[bytes, ...] = (),
    additionals: tuple[bytes, ...] = (),
) -> bytes:
    sections = (questions, answers, authorities, additionals)
    header = struct.pack(">HHHHHH", 1234, flags, *map(len, sections))
    return header + b"".join(b"".join(section) for section in sections)


def cooked(ethertype: int, payload: bytes, *, way: int = 0, address_length: int = 6) -> bytes:
    return struct.pack(">HHH", way, 1, address_length) + HERE + b"\0\0" + struct.pack(">H", ethertype) + payload


def cooked2(ethertype: int, payload: bytes, *, way: int = 0, address_length: int = 6) -> bytes:
    # No machine has an interface of this index, so tcpdump has no name for it.
    header = struct.pack(">HHIHBB", ethertype, 0, 999_999, 1, way, address_length)
    return header + HERE + b"\0\0" + payload


def sctp(*chunks: bytes) -> bytes:
    return struct.pack(">HHII", 5000, 6000, 0x1234, 0) + b"".join(chunks)


def sctp_chunk(kind: int, flags: int, data: bytes) -> bytes:
    return struct.pack(">BBH", kind, flags, 4 + len(data)) + data + b"\0" * (-len(data) % 4)
