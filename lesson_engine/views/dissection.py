"""Dissecting one packet: scapy's layers and fields, each with the bytes it was read from.

scapy's own classes say which fields a layer has, how each is read, and which layer follows; the walk over them is ours,
because scapy does not keep where a field stood, and gives up a whole layer of which a byte is missing. Here the
fields before that byte stay. Guarantees: any bytes give a Detail, never an exception; the layers' spans cover every
captured byte once; no name is looked up, no route is read, nothing is written to a terminal.

>>> from lesson_engine.packets import Capture
>>> detail = dissect(Capture.from_frames([bytes.fromhex("02000000000202000000000108004500001e0001000040116acc"
...     "0a0000010a00000223280009000a0000") + bytes(2)])[0])
>>> [(node.kind, node.span) for node in detail.layers]
[('Ether', (0, 14)), ('IP', (14, 34)), ('UDP', (34, 42)), ('data', (42, 44))]
>>> detail.find("IP.frag").bits, detail.find("UDP.dport").value
((3, 13), '9 discard')
"""

from typing import Any, NamedTuple

from lesson_engine.messages import Message, Text
from lesson_engine.messages.views import TEXTS
from lesson_engine.packets.capture import Packet
from lesson_engine.packets.linktype import EN10MB, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW
from lesson_engine.views.detail import Detail, Node, Span
from lesson_engine.views.field_values import data_value, field_value, option_value, text_lines
from lesson_engine.views.located import Located
from lesson_engine.views.scapy_layers import Scapy, load_scapy

_MOST_LAYERS = 64
_DEEPEST = 4
"""Packets inside of fields of packets are taken apart down to here: each level is dissected once more than the one
above it, and DHCPv6 relays nest without end."""
_MOST_CHILDREN = 256

_SAME_AS = {"IPerror": "IP", "TCPerror": "TCP", "UDPerror": "UDP", "ICMPerror": "ICMP", "IPerror6": "IPv6",
            "Dot1AD": "Dot1Q", "CookedLinuxV2": "CookedLinux"}  # fmt: skip
"""Classes whose fields are those of another."""
_FAMILIES = ("ICMPv6", "DNSRR")
"""Beginnings of the names of classes that share fields."""
_TITLES = {
    "Ether": "Ethernet", "Dot3": "IEEE 802.3", "Dot1Q": "VLAN (802.1Q)", "Dot1AD": "VLAN (802.1ad)", "IP": "IPv4",
    "CookedLinux": "Linux cooked v1", "CookedLinuxV2": "Linux cooked v2", "TCP": "TCP", "UDP": "UDP", "ICMP": "ICMP",
}  # fmt: skip


def dissect(packet: Packet) -> Detail:
    """The layers of `packet`."""
    scapy = load_scapy()
    data = Located(packet.data, 0)
    scapy.quiet(True)
    try:
        layers = _link(packet, data, scapy)
    finally:
        scapy.quiet(False)
    missing = packet.original_length - len(packet.data)
    if missing > 0:
        layers.append(Node("missing", Message("views.detail.missing"), _size(missing), None))
    return Detail(packet.data, tuple(layers))


def _link(packet: Packet, data: Located, scapy: Scapy) -> list[Node]:
    link_type = packet.link_type
    if link_type in (NULL, LOOP):
        return _loopback(data, scapy)
    if link_type in (RAW, IPV4, IPV6):
        return _network(data, scapy)
    known = {EN10MB: scapy.ether, LINUX_SLL: scapy.cooked, LINUX_SLL2: scapy.cooked2}
    return _chain(known.get(link_type, scapy.raw), data, scapy)


def _network(data: Located, scapy: Scapy) -> list[Node]:
    """A packet that begins with its IP header."""
    version = data[0] >> 4 if data else 0
    return _chain({4: scapy.ip, 6: scapy.ipv6}.get(version, scapy.raw), data, scapy)


def _loopback(data: Located, scapy: Scapy) -> list[Node]:
    """BSD's four bytes of address family; written here because scapy reads them in one byte order only."""
    from lesson_engine.tcpdump.printers.loopback import FAMILIES, HEADER, address_family

    if len(data) < HEADER:
        return _rest(data)
    family = address_family(data)
    name = FAMILIES.get(family, "")
    field = Node("Loopback.family", _label("Loopback", "family"), f"{family} {name}".rstrip(), (0, HEADER))
    header = Node("Loopback", "BSD loopback", "", (0, HEADER), children=(field,))
    follows = {"IPv4": scapy.ip, "IPv6": scapy.ipv6}.get(name, scapy.raw)
    return [header, *_chain(follows, data[HEADER:], scapy)]


def _chain(kind: Any, data: Located, scapy: Scapy) -> list[Node]:
    """The layers from `kind` on, and the padding behind them."""
    layers: list[Node] = []
    paddings: list[Node] = []
    underlayer = None
    while data:
        kind = _dispatched(kind, data, underlayer, scapy)
        if kind is scapy.padding:
            layers.append(_padding(data))
            break
        walk = None if kind is scapy.raw or len(layers) == _MOST_LAYERS else _walk(kind, data, scapy, underlayer)
        if walk is None or (walk.broken is not None and not walk.node.children):
            # No layer, or none of which so much as a field is there.
            layers.append(_payload(data))
            break
        layers.append(walk.node)
        if walk.broken is not None:
            layers += _rest(walk.broken)
            break
        paddings[:0] = walk.trailers + ([_padding(walk.padding)] if walk.padding else [])
        kind, data, underlayer = _next(walk, scapy), walk.payload, walk.packet
    return layers + paddings


def _dispatched(kind: Any, data: Located, underlayer: Any, scapy: Scapy) -> Any:
    """The class that `kind` leaves these bytes to: it may be a function, or have a hook, that choose by the bytes."""
    try:
        if not isinstance(kind, type):
            return type(kind(data, _underlayer=underlayer))
        hook = getattr(kind, "dispatch_hook", None)
        return kind if hook is None else hook(data, _underlayer=underlayer)
    except Exception:
        return scapy.raw


class _Walk(NamedTuple):
    """A layer taken apart. `trailers` are fields that stand behind the payload; `broken` is what is left from the field
    on that could not be read, else None."""

    node: Node
    packet: Any
    payload: Located
    padding: Located
    trailers: list[Node]
    broken: Located | None


def _walk(kind: Any, data: Located, scapy: Scapy, underlayer: Any = None, parent: Any = None, depth: int = 0) -> _Walk:
    """What `Packet.dissect` does up to the payload, noting where each field stands."""
    packet = kind(_underlayer=underlayer, _parent=parent)
    packet.original = data
    children: list[Node] = []
    trailers: list[Node] = []
    at, bit = data, 0
    payload = padding = data[:0]
    broken: Located | None = None
    try:
        remaining = packet.pre_dissect(data)
        for field in packet.fields_desc:
            remaining, value = field.getfield(packet, remaining)
            behind, behind_bit = remaining if isinstance(remaining, tuple) else (remaining, 0)
            behind = _placed(behind, at)
            optional = isinstance(field, scapy.fields.ConditionalField)
            if optional and value is None:
                continue
            packet.fields[field.name] = value
            inner = _inner(field, packet, scapy)
            if behind.end < at.end:
                piece = Located(at[len(behind) :], behind.end)
                trailers.append(_field(inner, value, piece, None, packet, scapy, depth))
                at = behind
                continue
            piece = at[: behind.start - at.start + bool(behind_bit)]
            size = inner.size if isinstance(inner, scapy.fields._BitField) else None
            bits = None if size is None or (not bit and not behind_bit) else (bit, size)
            if piece:
                children.append(_field(inner, value, piece, bits, packet, scapy, depth))
            at, bit = behind, behind_bit
            if not behind and not behind_bit and isinstance(field.fld if optional else field, scapy.fields.MayEnd):
                break
        payload, padding = packet.extract_padding(_placed(packet.post_dissect(at), at))
        payload, padding = _placed(payload or b"", at), _placed(padding or b"", at)
        end = at.start
    except Exception:
        broken = at[bool(bit) :]
        end = broken.start
    remark = Message("views.detail.cut") if broken is not None else None
    if remark is None and "error" in kind.__name__:
        remark = Message("views.detail.quoted")
    title = _TITLES.get(_name(kind), packet.name)
    node = Node(_name(kind), title, "", (data.start, end), children=tuple(children), remark=remark)
    return _Walk(node, packet, payload, padding, trailers, broken)


def _placed(left: bytes, whole: Located) -> Located:
    """What is left of `whole` with its place, which a copy on the way may have lost. Raises _PlaceLostError if it is
    not the end of `whole`."""
    if isinstance(left, Located):
        return left
    if not whole.endswith(left):
        raise _PlaceLostError
    return Located(left, whole.end - len(left))


class _PlaceLostError(Exception):
    """scapy handed on bytes that are no slice of the frame."""


def _next(walk: _Walk, scapy: Scapy) -> Any:
    try:
        return walk.packet.guess_payload_class(walk.payload) or scapy.raw
    except Exception:
        return scapy.raw


def _inner(field: Any, packet: Any, scapy: Scapy) -> Any:
    """The field inside of its containers: conditional ones, and those of several types."""
    while isinstance(field, scapy.fields._FieldContainer):
        field = field._find_fld_pkt(packet) if isinstance(field, scapy.fields.MultipleTypeField) else field.fld
    return field


def _field(
    field: Any, value: Any, piece: Located, bits: tuple[int, int] | None, packet: Any, scapy: Scapy, depth: int
) -> Node:
    layer = _name(type(packet))
    kind = f"{layer}.{field.name}"
    children = _children(field, value, piece, packet, scapy, depth)
    shown: Text | str = ""
    if not children:
        shown = data_value(piece) if children is None else field_value(kind, field, packet, value, bytes(piece))
    return Node(kind, _label(layer, field.name), shown, (piece.start, piece.end), bits, tuple(children or ()))


def _children(field: Any, value: Any, piece: Located, packet: Any, scapy: Scapy, depth: int) -> list[Node] | None:
    """What a field holds that has parts of its own: packets, options, a list of values. None where they are too many
    or too deep to be taken apart."""
    if field.holds_packets:
        inside = [each for each in (value if isinstance(value, list) else [value]) if each is not None]
        if depth == _DEEPEST or len(inside) > _MOST_CHILDREN:
            return None
        return _packets_in_field(inside, piece, packet, scapy, depth)
    if type(field).__name__ in _OPTION_FIELDS:
        return _options(field, piece, packet)
    if isinstance(field, scapy.fields.FieldListField):
        return _items(field, piece, packet)
    return []


def _packets_in_field(inside: list[Any], piece: Located, packet: Any, scapy: Scapy, depth: int) -> list[Node]:
    """The packets that are a field's value, one behind the other, each with what it carries inside of the field."""
    nodes: list[Node] = []
    for each in inside:
        if isinstance(each, scapy.raw) or not piece:
            break
        data = each.original
        if isinstance(data, Located) and piece.start <= data.start <= piece.end:
            piece = piece[data.start - piece.start :]
            piece, behind = piece[: len(data)], piece[len(data) :]
        else:
            behind = piece[len(piece) :]
        walk = _walk(type(each), piece, scapy, each.underlayer, packet, depth + 1)
        nodes.append(walk.node)
        if walk.broken is not None:
            return nodes + _rest(walk.broken) + _rest(behind)
        if walk.payload and _next(walk, scapy) is not scapy.padding:
            nodes.append(_payload(walk.payload))
            piece = walk.padding or behind
        else:
            piece = piece[walk.payload.start - piece.start :] + behind if walk.payload else (walk.padding or behind)
    return nodes + _rest(piece)


_OPTION_FIELDS = {"TCPOptionsField": (0, 1), "DHCPOptionsField": (255, 0)}
"""Fields whose value is a list of names and values, with the two options that have no length: end and pad."""


def _options(field: Any, piece: Located, packet: Any) -> list[Node]:
    """Options of a kind, a length and a value; in TCP the length counts all three, in DHCP the value alone."""
    end, pad = _OPTION_FIELDS[type(field).__name__]
    counted = 0 if end == 0 else 2
    layer = _name(type(packet))
    nodes: list[Node] = []
    while piece and len(nodes) < _MOST_CHILDREN:
        kind = piece[0]
        if kind == end:
            nodes.append(_option(field, piece[:1], packet, layer))
            if len(piece) > 1:
                nodes.append(_padding(piece[1:]))
            return nodes
        length = 1 if kind == pad else max(2, piece[1] + counted) if len(piece) > 1 else len(piece)
        nodes.append(_option(field, piece[:length], packet, layer))
        piece = piece[length:]
    return nodes + _rest(piece)


def _option(field: Any, piece: Located, packet: Any, layer: str) -> Node:
    label, value = option_value(layer, field.m2i(packet, bytes(piece)), bytes(piece))
    return Node(f"{layer}.option", label, value, (piece.start, piece.end))


def _items(field: Any, piece: Located, packet: Any) -> list[Node] | None:
    """The items of a list of equal fields."""
    nodes: list[Node] = []
    kind = f"{_name(type(packet))}.{field.name}"
    while piece and len(nodes) < _MOST_CHILDREN:
        try:
            behind, value = field.field.getfield(packet, piece)
            item = piece[: behind.start - piece.start]
        except Exception:
            return None
        if not item:
            return None
        shown = field_value(kind, field.field, packet, value, bytes(item))
        nodes.append(Node(f"{kind}[]", str(len(nodes) + 1), shown, (item.start, item.end)))
        piece = behind
    return None if piece else nodes


def _name(kind: Any) -> str:
    name: str = kind.__name__
    return name if name in _TITLES else _SAME_AS.get(name, name)


def _label(layer: str, field: str) -> Text | str:
    """The catalog's word for a field, else scapy's own name for it."""
    family = next((each for each in _FAMILIES if layer.startswith(each)), _SAME_AS.get(layer, layer))
    for key in (f"views.{layer}.{field}", f"views.{family}.{field}"):
        if key in TEXTS:
            return Message(key)
    return field


def _payload(data: Located) -> Node:
    """Bytes that no layer takes apart; where they are text, its lines."""
    span: Span = (data.start, data.end)
    lines = text_lines(data)
    children = tuple(
        Node("data.line", str(number), text, (data.start + begin, data.start + end))
        for number, (text, begin, end) in enumerate(lines[:_MOST_CHILDREN], 1)
    )
    return Node(
        "data",
        Message("views.detail.data"),
        _size(len(data)) if children else data_value(data),
        span,
        children=children,
    )


def _size(count: int) -> Message:
    return Message("views.detail.size", bytes=count)


def _padding(data: Located) -> Node:
    return Node("padding", Message("views.detail.padding"), data_value(data), (data.start, data.end))


def _rest(data: Located) -> list[Node]:
    """What could not be read: the frame, or what quotes it, ended within a field, or the bytes make no sense."""
    return [Node("rest", Message("views.detail.rest"), data_value(data), (data.start, data.end))] if data else []
