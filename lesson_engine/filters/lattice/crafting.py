"""Readable frames: what a class of frames looks like, with as little out of the ordinary as it allows.

A class is what the search knows of a frame, a set of values for each of some cells. `Crafter.craft` begins with
the template that is nearest (a TCP SYN over IPv4 before all others), changes what the class forces, and mends
the lengths and checksums that were left free. Addresses are private and documentation ones. Whether the frame
does what the class promises is for the caller to see: cells may overlap in ways the class does not know.
Layouts: RFC 791, 793, 768, 792, 826, 8200, 4443, IEEE 802.1Q, 802.2.

>>> frame = Crafter(types=set()).craft({})
>>> len(frame), frame[23]
(54, 6)
"""

from typing import NamedTuple

from lesson_engine.filters.evaluate import number
from lesson_engine.filters.lattice.conditions import LONGEST, Cell
from lesson_engine.filters.lattice.solving import Bits, as_bits, folded, loads, solved
from lesson_engine.filters.lattice.valuesets import ValueSet, contains, meet, nearest
from lesson_engine.filters.program import Calculation, Choice, Compare, Constant, HeaderChain, Value, WireLength


class Template(NamedTuple):
    """A frame to begin with. `odd` is how far from ordinary it is, `network` the offset of the network header,
    `version` that of the Internet protocol, or 0."""

    odd: int
    frame: bytes
    network: int
    version: int
    weights: dict[int, int]
    """How odd a change to the byte at an offset is; `_SLIGHT` if not named."""


_SLIGHT = 5
_ELSEWHERE = 3
"""How odd anything is at a place no template reaches."""
_UNFIT = 1000

_ROOM = 32
"""Bytes that may hold the header of a tunnel."""

_MACS = bytes.fromhex("020000000001 020000000032")
_CLIENT, _SERVER = bytes((192, 168, 1, 50)), bytes((93, 184, 216, 34))
_CLIENT6 = bytes.fromhex("20010db8000000000000000000000050")
_SERVER6 = bytes.fromhex("20010db8000000000000000000000080")
_TCP = bytes.fromhex("c822 0050 12345678 00000000 50 02 fa f0 0000 0000")
_UDP = bytes.fromhex("c822 0035 0000 0000 1234 0100 0001 0000 0000 0000 07") + b"example\3com\0\0\1\0\1"
_IGMP = bytes.fromhex("11 64 ee9b 00000000")
_ECHO = bytes.fromhex("08 00 0000 1234 0001")
_SCTP = bytes.fromhex("c822 0050 00000000 00000000")
_EXPERIMENT = 253
_OVER_IP = [(0, 6, _TCP), (8, 17, _UDP), (12, 1, _ECHO), (45, 132, _SCTP), (50, 2, _IGMP), (60, _EXPERIMENT, bytes(20))]
_OVER_IP6 = [
    (25, 6, _TCP),
    (33, 17, _UDP),
    (37, 58, b"\x80" + _ECHO[1:]),
    (70, 132, _SCTP),
    (85, _EXPERIMENT, bytes(20)),
]
"""How odd, which protocol, and a packet of it; the last stands for all the rest (RFC 3692)."""


def _ipv4(protocol: int, payload: bytes) -> bytes:
    return bytes.fromhex("45000000 1a2b4000 40") + bytes((protocol, 0, 0)) + _CLIENT + _SERVER + payload


def _ipv6(following: int, payload: bytes) -> bytes:
    return bytes.fromhex("60000000 0000") + bytes((following, 64)) + _CLIENT6 + _SERVER6 + payload


def _arp(operation: int) -> bytes:
    header = bytes.fromhex("0001 0800 0604") + bytes((0, operation))
    return header + _MACS[6:] + _CLIENT + bytes(6) + bytes((192, 168, 1, 1))


def _weights(network: int, version: int, transport: int, protocol: int) -> dict[int, int]:
    weights = dict.fromkeys(range(12), 4)
    weights |= dict.fromkeys(range(12, network), 100)
    if version == 4:
        weights |= {network: 60, network + 6: 45, network + 7: 45, network + 9: 70}
        weights |= {network + 2: 20, network + 3: 20, network + 10: 30, network + 11: 30}
        weights |= dict.fromkeys(range(network + 12, network + 20), 2)
    elif version == 6:
        weights |= {network: 60, network + 4: 20, network + 5: 20, network + 6: 70}
        weights |= dict.fromkeys(range(network + 8, network + 40), 2)
    if version in (4, 6):
        weights |= dict.fromkeys(range(transport, transport + 4), 1)
        if protocol == 6:
            weights |= {transport + 12: 30, transport + 13: 2, transport + 16: 30, transport + 17: 30}
        elif protocol == _EXPERIMENT:
            weights[network + (9 if version == 4 else 6)] = _SLIGHT
        elif protocol == 17:
            weights |= {transport + 4: 20, transport + 5: 20, transport + 6: 30, transport + 7: 30}
    return weights


def _templates(types: set[int]) -> list[Template]:
    links = [(0, "", b"\x08\x00", b"\x86\xdd")]
    if types & {0x8100, 0x88A8, 0x9100}:
        links += [(40, "8100 0064", b"\x08\x00", b"\x86\xdd"), (60, "88a8 0064 8100 00c8", b"\x08\x00", b"\x86\xdd")]
    if 0x8864 in types:
        links.append((65, "8864 1100 0001 0000", b"\x00\x21", b"\x00\x57"))
    if 0x8847 in types:
        links.append((65, "8847 0001", b"\x01\x40", b"\x01\x40"))
    made = []
    for odd, link, ipv4, ipv6 in links:
        header = _MACS + bytes.fromhex(link)
        network = len(header) + 2
        for more, protocol, payload in _OVER_IP:
            weights = _weights(network, 4, network + 20, protocol)
            frame = header + ipv4 + _ipv4(protocol, payload)
            made.append(_finished(Template(odd + more, frame, network, 4, weights)))
        for more, protocol, payload in _OVER_IP6:
            weights = _weights(network, 6, network + 40, protocol)
            frame = header + ipv6 + _ipv6(protocol, payload)
            made.append(_finished(Template(odd + more, frame, network, 6, weights)))
        if ipv4 == b"\x08\x00":
            arp = header + b"\x08\x06" + _arp(1)
            made.append(Template(odd + 20, arp, network, 0, _weights(network, 0, 0, 0)))
    made.append(Template(55, _MACS + b"\x80\x35" + _arp(3), 14, 0, _weights(14, 0, 0, 0)))
    # A frame of nothing in particular: IEEE 802.2 where the type is a length, else an unassigned type's payload.
    made.append(Template(90, _MACS + b"\x88\xb5" + bytes(46), 14, 0, dict.fromkeys((12, 13), 5)))
    return made


def _finished(template: Template) -> Template:
    return template._replace(frame=_Draft(template, {}).finished())


class Crafter:
    """Makes frames of classes, and says how odd a class is. Tagged and tunnelled ones only if `types` name them."""

    def __init__(self, types: set[int]) -> None:
        self._templates = _templates(types)
        self._starts: dict[Value, list[int | None]] = {}
        self._ordinary: dict[Cell, dict[int, list[tuple[int, int]]]] = {}

    def oddness(self) -> list[int]:
        """How odd a class of which nothing is known is, seen from each template."""
        return [template.odd for template in self._templates]

    def odder(self, oddness: list[int], cell: Cell, before: ValueSet, after: ValueSet) -> list[int]:
        """How odd a class is once `cell`, which might have been any of `before`, is one of `after`."""
        changed = oddness
        for value, weights in self._of(cell).items():
            if contains(before, value) and not contains(after, value):
                if changed is oddness:
                    changed = oddness.copy()
                for template, weight in weights:
                    changed[template] += weight
        return changed

    def ordinary(self, cell: Cell) -> int:
        """What the most ordinary frame has in a cell."""
        return next(iter(self._of(cell)))

    def _of(self, cell: Cell) -> dict[int, list[tuple[int, int]]]:
        """By each value that templates have in a cell: which do, and how odd any other value is there."""
        if (found := self._ordinary.get(cell)) is None:
            found = self._ordinary[cell] = {}
            for index in range(len(self._templates)):
                value, weight = self._value(index, cell)
                found.setdefault(value, []).append((index, weight))
        return found

    def _value(self, index: int, cell: Cell) -> tuple[int, int]:
        """What a template has in a cell, and how odd anything else is."""
        template = self._templates[index]
        frame = template.frame
        if cell.kind in ("bits", "length"):
            start = self._start(index, cell.region)
            if start is None:
                return 0, _ELSEWHERE
            if cell.kind == "length":
                return len(frame) - start, 10
            position = 8 * start + cell.start
            if position + cell.width > 8 * len(frame):
                return 0, _ELSEWHERE
            return _read(frame, position, cell.width), template.weights.get(position // 8, _SLIGHT)
        value = number(cell.region, frame, len(frame)) if isinstance(cell.region, Value) else 0
        return (0, _UNFIT) if value is None else (value, 20)

    def _start(self, index: int, region: Value | HeaderChain | None) -> int | None:
        if not isinstance(region, Value):
            return 0
        if (starts := self._starts.get(region)) is None:
            frames = [template.frame for template in self._templates]
            starts = self._starts[region] = [number(region, frame, len(frame)) for frame in frames]
        return starts[index]

    def craft(self, known: dict[Cell, ValueSet]) -> bytes:
        """A frame of the class `known`, as ordinary as can be."""
        oddness = self.oddness()
        for cell, values in known.items():
            oddness = self.odder(oddness, cell, cell.full, values)
        template = self._templates[min(range(len(oddness)), key=oddness.__getitem__)]
        return _Draft(template, known).finished()


class _Draft:
    """One frame in the making; `_fixed` are the bytes that the class decides."""

    def __init__(self, template: Template, known: dict[Cell, ValueSet]) -> None:
        self._template = template
        self._known = known
        self._frame = bytearray(template.frame)
        self._fixed: set[int] = set()
        self._length_matters = any(cell.kind == "length" and values[-1][1] < LONGEST for cell, values in known.items())
        bits = [cell for cell in known if cell.kind == "bits"]
        for cell in bits:
            if cell.region is None:
                self._set(cell, known[cell])
        self._stretch_ipv4_header()
        # What lies at a computed place comes after what the place is computed from.
        for cell in sorted((cell for cell in bits if cell.region is not None), key=lambda cell: len(str(cell.region))):
            self._set(cell, known[cell])
        for cell, values in known.items():
            if cell.kind == "length":
                self._resize(cell, values)
        for cell, values in known.items():
            if cell.kind == "chain":
                self._chain(cell, values)
            elif cell.kind == "calculation":
                self._compute(cell, values)

    def _set(self, cell: Cell, values: ValueSet) -> None:
        frame = self._frame
        beginning = _beginning(cell, bytes(frame))
        if beginning is None:
            # What says where it begins lies behind the template's end.
            frame.extend(bytes(_ROOM))
            beginning = _beginning(cell, bytes(frame))
        if beginning is None:
            return
        start = 8 * beginning + cell.start
        end = start + cell.width
        if end > 8 << 16:
            return
        if end > 8 * len(frame):
            frame.extend(bytes((end + 7) // 8 - len(frame)))
        ordinary = _read(frame, start, cell.width)
        if not contains(values, ordinary):
            _write(frame, start, cell.width, _chosen(values, ordinary, cell.width))
        self._fixed.update(range(start // 8, (end + 7) // 8))

    def _stretch_ipv4_header(self) -> None:
        network = self._template.network
        frame = self._frame
        if not self._carries(4):
            return
        options = 4 * (frame[network] & 15) - 20
        if options > 0 and not any(place >= network + 20 for place in self._fixed):
            frame[network + 20 : network + 20] = b"\x01" * options

    def _resize(self, cell: Cell, values: ValueSet) -> None:
        start = _beginning(cell, bytes(self._frame))
        if start is None:
            return
        wanted = nearest(values, len(self._frame) - start) + start
        if wanted > len(self._frame):
            self._frame.extend(bytes(min(wanted, 1 << 17) - len(self._frame)))
        elif wanted >= 0:
            del self._frame[wanted:]

    def _compute(self, cell: Cell, values: ValueSet) -> None:
        """Change one of the numbers that a number is computed from, if it must be."""
        wanted = cell.region
        assert isinstance(wanted, Value)
        if self._is_among(wanted, values):
            return
        for bits in loads(wanted):
            solution = solved(self._but_for(wanted, bits), values)
            start = 0 if bits.load.base is None else self._number(bits.load.base)
            if solution is None or solution[0] != bits or start is None:
                continue
            first = start + bits.load.offset
            place = slice(first, first + bits.load.size)
            before = bytes(self._frame[place])
            numbers = meet(solution[1], ((0, bits.mask),))
            if not numbers or len(before) < bits.load.size:
                continue
            found = int.from_bytes(before, "big")
            chosen = nearest(numbers, found & bits.mask)
            self._frame[place] = (found & ~bits.mask | chosen).to_bytes(bits.load.size, "big")
            if self._is_among(wanted, values) and all(map(self._still, self._known)):
                self._fixed.update(range(place.start, place.stop))
                return
            self._frame[place] = before

    def _but_for(self, value: Value, bits: Bits) -> Value:
        """`value` with all other numbers than these bits put in."""
        if (own := as_bits(value)) is not None:
            return value if own == bits else Constant(self._number(value) or 0)
        match value:
            case Calculation(operator=operator, left=left, right=right):
                return folded(Calculation(operator, self._but_for(left, bits), self._but_for(right, bits)))
            case Choice(test=Compare(left=left, relation=relation, right=right), then=then, otherwise=otherwise):
                compared = Compare(self._but_for(left, bits), relation, self._but_for(right, bits))
                return Choice(compared, then, otherwise)
            case WireLength():
                return Constant(len(self._frame))
        return value

    def _number(self, value: Value) -> int | None:
        return number(value, bytes(self._frame), len(self._frame))

    def _is_among(self, value: Value, numbers: ValueSet) -> bool:
        found = self._number(value)
        return found is not None and contains(numbers, found)

    def _still(self, cell: Cell) -> bool:
        """Whether a cell has one of the values it was given."""
        if cell.kind != "bits":
            return True
        beginning = _beginning(cell, bytes(self._frame))
        return beginning is not None and contains(
            self._known[cell], _read(self._frame, 8 * beginning + cell.start, cell.width)
        )

    def _chain(self, cell: Cell, values: ValueSet) -> None:
        """The wanted protocol, or another, right behind the IP header."""
        chain = cell.region
        assert isinstance(chain, HeaderChain)
        place = chain.offset + (9 if chain.version == 4 else 6)
        if place in self._fixed or place >= len(self._frame):
            return
        ordinary = self._frame[place]
        if contains(values, 1):
            self._frame[place] = chain.protocol & 0xFF
        elif ordinary == chain.protocol:
            self._frame[place] = 6 if chain.protocol != 6 else 17
        self._fixed.add(place)

    def _carries(self, version: int) -> bool:
        """Whether the frame still is of a template for this version of the Internet protocol."""
        template = self._template
        link = slice(12, template.network)
        return template.version == version and self._frame[link] == template.frame[link]

    # Lengths and checksums

    def finished(self) -> bytes:
        """The frame, with lengths and checksums right where they are free."""
        frame, network = self._frame, self._template.network
        if self._carries(4) and len(frame) >= network + 20:
            self._finish_ipv4(network)
        elif self._carries(6) and len(frame) >= network + 40:
            self._fill(network + 4, network + 40)
            self._put(network + 4, (len(frame) - network - 40) & 0xFFFF)
            pseudo = bytes(frame[network + 8 : network + 40])
            self._finish_transport(frame[network + 6], network + 40, pseudo)
        elif len(frame) > 14 and frame[12] < 6:
            self._put(12, min(len(frame) - 14, 1500))
        return bytes(frame)

    def _finish_ipv4(self, network: int) -> None:
        frame = self._frame
        transport = network + 4 * (frame[network] & 15)
        if frame[network] >> 4 != 4 or not network + 20 <= transport <= len(frame):
            return
        self._fill(network + 2, network)
        self._put(network + 2, (len(frame) - network) & 0xFFFF)
        if not int.from_bytes(frame[network + 6 : network + 8], "big") & 0x3FFF:
            self._finish_transport(frame[network + 9], transport, bytes(frame[network + 12 : network + 20]))
        self._put_checksum(network + 10, network, transport, b"")

    def _finish_transport(self, protocol: int, transport: int, addresses: bytes) -> None:
        frame = self._frame
        length = len(frame) - transport
        checksum, shortest = {6: (16, 20), 17: (6, 8), 1: (2, 8), 58: (2, 8)}.get(protocol, (0, length + 1))
        if length < shortest:
            return
        if protocol == 17:
            self._put(transport + 4, length & 0xFFFF)
        pseudo = b"" if protocol == 1 else addresses + length.to_bytes(4, "big") + bytes((0, 0, 0, protocol))
        self._put_checksum(transport + checksum, transport, len(frame), pseudo)

    def _fill(self, place: int, counted_from: int) -> None:
        """Make the frame as long as two decided bytes say it is, if that is no more than Ethernet carries."""
        end = counted_from + int.from_bytes(self._frame[place : place + 2], "big")
        if place in self._fixed and len(self._frame) < end <= 1514 and not self._length_matters:
            self._frame.extend(bytes(end - len(self._frame)))

    def _put_checksum(self, place: int, start: int, end: int, pseudo: bytes) -> None:
        """The Internet checksum (RFC 1071) of the bytes from `start` to `end` and of a pseudo header."""
        self._put(place, 0)
        summed = pseudo + self._frame[start:end]
        if len(summed) % 2:
            summed += b"\0"
        total = sum(summed[0::2]) * 256 + sum(summed[1::2])
        while total > 0xFFFF:
            total = (total & 0xFFFF) + (total >> 16)
        self._put(place, total ^ 0xFFFF)

    def _put(self, place: int, value: int) -> None:
        """Two bytes, unless the class decides one of them."""
        if place not in self._fixed and place + 1 not in self._fixed:
            self._frame[place : place + 2] = value.to_bytes(2, "big")


def _beginning(cell: Cell, frame: bytes) -> int | None:
    """Where the region of a cell begins in a frame; None if nowhere."""
    return number(cell.region, frame, len(frame)) if isinstance(cell.region, Value) else 0


def _read(frame: bytes | bytearray, start: int, width: int) -> int:
    first, last = start // 8, (start + width + 7) // 8
    return int.from_bytes(frame[first:last], "big") >> (8 * last - start - width) & (1 << width) - 1


def _write(frame: bytearray, start: int, width: int, value: int) -> None:
    first, last = start // 8, (start + width + 7) // 8
    shift = 8 * last - start - width
    kept = int.from_bytes(frame[first:last], "big") & ~(((1 << width) - 1) << shift)
    frame[first:last] = (kept | value << shift).to_bytes(last - first, "big")


_WELL_KNOWN = {
    16: (80, 443, 22, 53, 3306, 51234, 0x0800),
    32: tuple(int.from_bytes(address, "big") for address in (_CLIENT, _SERVER, bytes((192, 168, 1, 60)))),
}


def _chosen(values: ValueSet, ordinary: int, width: int) -> int:
    """A value that a reader knows, or else the one nearest to the ordinary one."""
    for known in _WELL_KNOWN.get(width, ()):
        if contains(values, known):
            return known
    return nearest(values, ordinary)
