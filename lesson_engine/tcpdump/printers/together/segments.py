"""TCP segments in plain IPv4 and IPv6 packets on Ethernet, thousands at a time: the text that `tcp` gives for each.

Made with NumPy, a column of text for each part of the line. What has no fixed form, such as options other than
timestamps and what the payload says, is printed by `tcp` itself and put into its line. Only the default verbosity is
known here. The table of conversations is the `Line`'s, so that packets printed one by one in between see the same.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lesson_engine.packets.capture import Capture
from lesson_engine.tcpdump.printers.line import Line, TruncatedError
from lesson_engine.tcpdump.printers.tcp import (
    ACK,
    FIN,
    FLAGS,
    RANKS,
    RST,
    SERVICES,
    SYN,
    URG,
    Segment,
    print_options,
    print_payload,
)
from lesson_engine.tcpdump.printers.text import COMMANDS, LONGEST_WORD, message_starts
from lesson_engine.tcpdump.printers.together.relative import Conversations, relative_numbers
from lesson_engine.tcpdump.printers.together.textcolumns import Texts, chosen, decimal, joined, repeated, where

HEADER_WIDTH = 96
"""Bytes of each packet that are looked at: up to the timestamps behind an IPv6 header, and more."""

_Mask = npt.NDArray[np.bool_]
_Words = npt.NDArray[np.uint32]

_ETHERNET = 14
_IPV6_HEADER = 40
_TCP = 6
_SHORTEST_HEADER = 20
_HEADER_WITH_TIMESTAMP = 32
_ALIGNED_TIMESTAMP = 0x0101080A
_MADE_APART = b"\1"
"""Stands in a line for options that `tcp` prints. No printed text has this byte."""
_MOST_TEXTS = 1 << 16
"""Conversations whose addresses are remembered as text."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
                 0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
                 0x1D8E4E27C47D124F], np.uint64)  # fmt: skip
"""Odd numbers with no pattern: they make one number of a conversation's key, by which conversations are sorted."""


class Version(NamedTuple):
    """How tcpdump calls an IP version, and where a frame of it has what matters here, in bytes from its start."""

    word: bytes
    ethertype: int
    protocol: int
    addresses: int
    tcp: int


IPV4 = Version(b"IP ", 0x0800, 23, 26, 34)
IPV6 = Version(b"IP6 ", 0x86DD, 20, 22, 54)


class Heads(NamedTuple):
    """The beginnings of packets: `octets` (rows, HEADER_WIDTH), and one number a row: where in the capture's buffer
    they lie, how much was captured, and how long they were on the wire."""

    octets: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    captured: npt.NDArray[np.int64]
    original: npt.NDArray[np.int64]

    def rows(self, rows: npt.NDArray[np.intp]) -> "Heads":
        """Some of them."""
        return Heads(self.octets[rows], self.offsets[rows], self.captured[rows], self.original[rows])


class _Fields(NamedTuple):
    """The fields of TCP headers, one item a row. `header` and `payload` are their lengths in bytes, `end` is where
    the IP packet ends in its frame, or what was captured of it; `options` are three words from where options start."""

    source_port: npt.NDArray[np.uint16]
    destination_port: npt.NDArray[np.uint16]
    sequence: _Words
    acknowledgment: _Words
    header: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    window: npt.NDArray[np.uint16]
    urgent: npt.NDArray[np.uint16]
    options: _Words
    payload: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    is_whole: _Mask


def plain_segments(heads: Heads, version: Version) -> _Mask:
    """The rows that `SegmentPrinter` can print: an IP header without options or extensions, nothing missing of the
    TCP header, and lengths that agree."""
    octets = heads.octets
    found: _Mask = _u16(octets, _ETHERNET - 2) == version.ethertype
    if not found.any():
        return found
    size = _network_length(octets, version)
    header = (octets[:, version.tcp + 12] >> 2 & 0x3C).astype(np.int64)
    found &= octets[:, version.protocol] == _TCP
    if version is IPV4:
        found &= octets[:, _ETHERNET] == 0x45
        found &= _u16(octets, _ETHERNET + 6) & 0x1FFF == 0
    else:
        found &= octets[:, _ETHERNET] & 0xF0 == 0x60
        found &= size > _IPV6_HEADER
    found &= header >= _SHORTEST_HEADER
    found &= version.tcp + header <= np.minimum(heads.captured, _ETHERNET + size)
    found &= np.maximum(heads.captured, _ETHERNET + size) <= heads.original
    return found


class SegmentPrinter:
    """Prints plain segments of one run, in their order. `line` has the table of conversations."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._texts: dict[bytes, tuple[bytes, bytes]] = {}
        self._ranks = np.full(1 << 16, len(SERVICES) - 1, np.uint8)
        self._ranks[list(RANKS)] = list(RANKS.values())

    def lines(self, capture: Capture, heads: Heads, version: Version, times: Texts) -> bytes | list[bytes] | None:
        """The text of all rows, whole or line by line; `times` are what the lines begin with. None, and nothing
        done, if they must be printed one by one."""
        fields = _fields(heads, version)
        conversations = _conversations(heads.octets, version, fields)
        if conversations is None:
            return None
        rows = len(times)
        flags = fields.flags
        acknowledges = flags & ACK != 0
        sequence, acknowledgment, other_first = self._numbers(conversations, fields, acknowledges)
        has_payload = fields.payload > 0
        shows_sequence = has_payload | (flags & (SYN | FIN | RST) != 0)
        urgent = flags & URG != 0
        stamped = (fields.header == _HEADER_WITH_TIMESTAMP) & (fields.options[:, 0] == _ALIGNED_TIMESTAMP)
        apart = (fields.header > _SHORTEST_HEADER) & ~stamped
        service = np.minimum(self._ranks[fields.source_port], self._ranks[fields.destination_port])
        service[~has_payload] = len(SERVICES) - 1
        goes_on = _goes_on(capture, heads, version, fields, service)
        parts = [
            times,
            repeated(version.word, rows),
            self._directions(conversations, version),
            chosen(_FLAGS_AND_SEQUENCE, flags + np.uint16(256) * shows_sequence),
            where(shows_sequence, decimal(sequence)),
            *_optional(b":", has_payload, sequence + fields.payload.astype(np.uint32)),
            *_optional(b", ack ", acknowledges, acknowledgment),
            repeated(b", win ", rows),
            decimal(fields.window),
            *_optional(b", urg ", urgent, fields.urgent),
            *_optional(b", options [nop,nop,TS val ", stamped, fields.options[:, 1]),
            *_optional(b" ecr ", stamped, fields.options[:, 2], b"]"),
            chosen((b", length ", _MADE_APART + b", length "), apart.view(np.uint8)),
            decimal(fields.payload),
            chosen(_GOES_ON, np.where(goes_on, service, len(SERVICES) - 1)),
            repeated(b"\n", rows),
        ]
        text = joined(parts)
        speaks = (service < len(SERVICES) - 1) & ~goes_on
        special = np.flatnonzero(apart | speaks)
        if not len(special):
            return text
        lines = text.splitlines(keepends=True)
        for row in special.tolist():
            start = int(heads.offsets[row])
            self._line.begin(capture.buffer[start : start + int(fields.end[row])])
            if apart[row] and not self._put_options(lines, row, version, fields, int(other_first[row])):
                continue
            if speaks[row]:
                lines[row] = lines[row][:-1] + self._payload(row, version, fields) + b"\n"
        return lines

    def _numbers(
        self, conversations: Conversations, fields: _Fields, acknowledges: _Mask
    ) -> tuple[_Words, _Words, _Words]:
        """Sequence and acknowledgment numbers as they are printed, and what selective acknowledgments count from."""
        sequence, acknowledgment = fields.sequence, fields.acknowledgment
        none = np.zeros_like(sequence)
        if self._line.absolute_sequence or not acknowledges.any():
            return sequence, acknowledgment, none
        table = self._line.conversations
        restarts = fields.flags & SYN != 0
        if acknowledges.all():
            return relative_numbers(table, conversations, sequence, acknowledgment, restarts)
        rows = np.flatnonzero(acknowledges)
        some = Conversations(conversations.keys, conversations.whose[rows], conversations.reverse[rows])
        shown = relative_numbers(table, some, sequence[rows], acknowledgment[rows], restarts[rows])
        every = sequence.copy(), acknowledgment.copy(), none
        for whole, part in zip(every, shown, strict=True):
            whole[rows] = part
        return every

    def _directions(self, conversations: Conversations, version: Version) -> Texts:
        """Who sends to whom."""
        texts = self._texts
        if len(texts) > _MOST_TEXTS:
            texts.clear()
        both: list[bytes] = []
        for key in conversations.keys:
            text = texts.get(key)
            if text is None:
                text = texts[key] = self._both_directions(key, version)
            both += text
        return chosen(both, conversations.whose * 2 + conversations.reverse)

    def _both_directions(self, key: bytes, version: Version) -> tuple[bytes, bytes]:
        names = self._line.names
        size = (len(key) - 4) // 2
        address = names.ipv4 if version is IPV4 else names.ipv6
        lower = f"{address(key[:size])}.{names.tcp_port(int.from_bytes(key[-4:-2]))}"
        higher = f"{address(key[size:-4])}.{names.tcp_port(int.from_bytes(key[-2:]))}"
        return f"{lower} > {higher}: ".encode(), f"{higher} > {lower}: ".encode()

    def _put_options(self, lines: list[bytes], row: int, version: Version, fields: _Fields, other_first: int) -> bool:
        """Put the options into their line; False if it ends with them, because they are bad."""
        line = self._line
        segment = Segment(int(fields.flags[row]), other_first, bool(fields.is_whole[row]))
        length = int(fields.header[row]) - _SHORTEST_HEADER
        go_on = print_options(line, version.tcp + _SHORTEST_HEADER, length, segment)
        before, _, after = lines[row].partition(_MADE_APART)
        lines[row] = before + line.text().encode() + (after if go_on else b"\n")
        line.pieces.clear()
        return go_on

    def _payload(self, row: int, version: Version, fields: _Fields) -> bytes:
        line = self._line
        line.protocol = "tcp"
        ports = int(fields.source_port[row]), int(fields.destination_port[row])
        at = version.tcp + int(fields.header[row])
        try:
            print_payload(line, at, int(fields.payload[row]), *ports, int(fields.flags[row]))
        except TruncatedError:
            line.truncated()
        return line.text().encode()


_GOES_ON = [f": {name.upper()}".encode() if name in COMMANDS else b"" for name in SERVICES]
"""What tcpdump prints, by service, of a payload that goes on with a message begun before."""
_FLAGS_AND_SEQUENCE = [text.encode() for text in FLAGS] + [f"{text}, seq ".encode() for text in FLAGS]


def _optional(before: bytes, condition: _Mask, numbers: npt.NDArray[np.integer], after: bytes = b"") -> list[Texts]:
    """A number between two texts, in the rows where `condition` holds."""
    if not condition.any():
        return []
    which = condition.view(np.uint8)
    parts = [chosen((b"", before), which), where(condition, decimal(numbers))]
    return [*parts, chosen((b"", after), which)] if after else parts


def _goes_on(
    capture: Capture, heads: Heads, version: Version, fields: _Fields, service: npt.NDArray[np.uint8]
) -> _Mask:
    """The rows whose payload is of a text protocol and begins no message."""
    goes_on = np.zeros(len(service), np.bool_)
    for rank, name in enumerate(SERVICES):
        if name not in COMMANDS:
            continue
        rows = np.flatnonzero(service == rank)
        goes_on[rows] = True
        begins = heads.offsets[rows] + version.tcp + fields.header[rows]
        ends = heads.offsets[rows] + fields.end[rows]
        may_begin = _may_begin_a_message(name, capture, begins, ends)
        rows, begins, ends = rows[may_begin], begins[may_begin], ends[may_begin]
        is_cut = ~fields.is_whole[rows]
        spans = zip(begins.tolist(), ends.tolist(), is_cut.tolist(), strict=True)
        goes_on[rows] = ~np.array(message_starts(name, capture.buffer, spans), np.bool_)
    return goes_on


def _may_begin_a_message(
    protocol: str, capture: Capture, begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> _Mask:
    """The payloads that must be looked at closely: those that start like a command, and those where a digit or a
    space follows the first space, as before a status. Most others are binary, and that shows in the first byte."""
    octets = np.frombuffer(capture.buffer, np.uint8)
    last = len(octets) - 1
    start = [octets[np.minimum(begins + place, last)] for place in range(3)]
    is_text = (start[0] > 0x20) & (start[0] < 0x7F)
    capitals = [(octet & 0xDF).astype(np.uint32) for octet in start]
    like_a_command = np.isin(capitals[0] << 16 | capitals[1] << 8 | capitals[2], _command_starts(protocol))
    others = np.flatnonzero(is_text & ~like_a_command)
    find = capture.buffer.find
    limits = np.minimum(ends[others], begins[others] + LONGEST_WORD + 1)
    spaces = np.array([find(b" ", at, stop) for at, stop in zip(begins[others].tolist(), limits.tolist(), strict=True)])
    following = octets[np.minimum(spaces + 1, last).astype(np.int64)]
    before_a_status = (following == 0x20) | ((following >= 0x30) & (following <= 0x39))
    found: _Mask = is_text & like_a_command
    found[others] = (spaces >= 0) & before_a_status
    return found


def _command_starts(protocol: str) -> list[int]:
    """The first three letters of the protocol's commands, as numbers; none of those over TCP is shorter."""
    return [int.from_bytes(command[:3]) for command in COMMANDS[protocol]]


def _network_length(octets: npt.NDArray[np.uint8], version: Version) -> npt.NDArray[np.int64]:
    """Bytes from the start of the IP header to the end of its payload, as the header says."""
    if version is IPV4:
        return _u16(octets, _ETHERNET + 2).astype(np.int64)
    return _u16(octets, _ETHERNET + 4).astype(np.int64) + _IPV6_HEADER


def _u16(octets: npt.NDArray[np.uint8], at: int) -> npt.NDArray[np.uint16]:
    return np.ascontiguousarray(octets[:, at : at + 2]).view(">u2")[:, 0].astype(np.uint16)


def _fields(heads: Heads, version: Version) -> _Fields:
    header = np.ascontiguousarray(heads.octets[:, version.tcp : version.tcp + _HEADER_WITH_TIMESTAMP])
    words = header.view(">u4").astype(np.uint32)
    halves = header.view(">u2")
    header_length = (header[:, 12] >> 2 & 0x3C).astype(np.int64)
    end = _network_length(heads.octets, version) + _ETHERNET
    return _Fields(
        source_port=halves[:, 0].astype(np.uint16),
        destination_port=halves[:, 1].astype(np.uint16),
        sequence=words[:, 1],
        acknowledgment=words[:, 2],
        header=header_length,
        flags=header[:, 13],
        window=halves[:, 7].astype(np.uint16),
        urgent=halves[:, 9].astype(np.uint16),
        options=words[:, 5:],
        payload=end - version.tcp - header_length,
        end=np.minimum(end, heads.captured),
        is_whole=heads.captured >= end,
    )


def _conversations(octets: npt.NDArray[np.uint8], version: Version, fields: _Fields) -> Conversations | None:
    """Whose segments they are; None in the one case in 2**64 where two conversations cannot be told apart."""
    key = np.ascontiguousarray(octets[:, version.addresses : version.tcp + 4])
    size = (version.tcp - version.addresses) // 2
    reverse = fields.source_port > fields.destination_port
    for row in np.flatnonzero(fields.source_port == fields.destination_port).tolist():
        reverse[row] = key[row, :size].tobytes() > key[row, size : 2 * size].tobytes()
    source, destination, ports = key[:, :size], key[:, size : 2 * size], key[:, 2 * size :]
    swapped = np.concatenate((destination, source, ports[:, 2:], ports[:, :2]), axis=1)
    key = np.where(reverse[:, np.newaxis], swapped, key)
    words = key.view(np.uint32).astype(np.uint64)
    mixed = (words * _MIX[: words.shape[1]]).sum(axis=1, dtype=np.uint64)
    _, first, whose = np.unique(mixed, return_index=True, return_inverse=True)
    keys = key[first]
    if not np.array_equal(keys[whose], key):
        return None
    raw, width = keys.tobytes(), keys.shape[1]
    return Conversations([raw[at : at + width] for at in range(0, len(raw), width)], whose, reverse)
