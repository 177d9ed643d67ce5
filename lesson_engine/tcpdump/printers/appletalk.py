"""AppleTalk: datagrams, names and transactions, on Ethernet or as the tunnels over UDP carried them.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0015 0000 000a 0014 01 02 80 fd 05 0102"))
>>> print_appletalk(line, 0, 15)
>>> line.text()
'AT 20.2.253 > 10.1.128:  at-rtmpReq 2'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named, visible

_LINK_HEADER = 3
SHORT, LONG = 1, 2
"""The types of a link header that stand for datagrams with a short header, and with a long one."""
_SHORT_HEADER, _LONG_HEADER = 5, 13
_NAMES, _TRANSACTIONS, _EIGRP = 2, 3, 88
_TYPES = {
    1: "rtmp",
    5: "rtmpReq",
    _NAMES: "nbp",
    _TRANSACTIONS: "atp",
    4: "echo",
    22: "IP",
    23: "ARP",
    75: "KLAP",
    _EIGRP: "eigrp",
}
_SOCKETS = {1: "rtmp", 2: "nis", 4: "echo", 6: "zip"}
_TRANSACTION_HEADER = 8
_EXACTLY_ONCE, _END, _STATUS = 0x20, 0x10, 0x08
_TRANSACTION_FLAGS = {_EXACTLY_ONCE: "XO", _END: "EOM", _STATUS: "STS"}
_LOOKUPS = {0x10: "brRq", 0x20: "lkup"}
_REPLY = 0x30
_TUPLE_HEADER = 5
_SMALLEST_TUPLE = 8
_LONGEST_NAME = 32


class Sender:
    """Who sent a datagram, against which names are compared."""

    __slots__ = ("network", "node", "socket")

    def __init__(self, network: int, node: int, socket: int) -> None:
        self.network = network
        self.node = node
        self.socket = socket


def print_appletalk(line: Line, at: int, length: int) -> None:
    """A datagram with a long header at `at`, in a frame with `length` bytes for it."""
    line.protocol = "atalk"
    if not line.link_header:
        line.write("AT ")
    if length < _LONG_HEADER:
        line.write(f" [|ddp {length}]")
        return
    if not line.has(at, _LONG_HEADER):
        line.write(" [|ddp]")
        return
    _print_long(line, at, length, " ")


def print_appletalk_link(line: Line, at: int, length: int) -> None:
    """A datagram with a LocalTalk header at `at`."""
    line.protocol = "llap"
    write = line.write
    if length < _LINK_HEADER:
        write(f" [|llap {length}]")
        return
    if not line.has(at, _LINK_HEADER):
        line.truncated()
        return
    destination, source, kind = line.bytes(at, _LINK_HEADER)
    at += _LINK_HEADER
    length -= _LINK_HEADER
    if kind == SHORT:
        if length < _SHORT_HEADER:
            write(f" [|sddp {length}]")
        elif not line.has(at, _SHORT_HEADER):
            write(" [|sddp]")
        else:
            socket = line.u8(at + 3)
            write(f"{_address(0, source)}.{_socket(line, socket)}")
            write(f" > {_address(0, destination)}.{_socket(line, line.u8(at + 2))}:")
            sender = Sender(0, source, socket)
            _print_datagram(line, line.u8(at + 4), at + _SHORT_HEADER, length - _SHORT_HEADER, sender)
    elif kind == LONG:
        if length < _LONG_HEADER:
            write(f" [|ddp {length}]")
        elif not line.has(at, _LONG_HEADER):
            write(" [|ddp]")
        else:
            _print_long(line, at, length, "")
    else:
        write(f"{source} > {destination} at-lap#{kind} {length}")


def print_appletalk_arp(line: Line, at: int, length: int) -> None:
    """A packet of AppleTalk's address resolution at `at`."""
    line.protocol = "aarp"
    write = line.write
    write("aarp ")
    if not line.has(at, 28):
        line.truncated()
        return
    if length < 28:
        write(f" [|aarp {length}]")
        return
    hardware, protocol, operation = line.u16(at), line.u16(at + 2), line.u16(at + 6)
    sizes = line.u8(at + 4), line.u8(at + 5)
    sender, target = (_address(line.u16(at + offset + 1), line.u8(at + offset + 3)) for offset in (14, 24))
    if hardware == 1 and protocol == 0x809B and sizes == (6, 4) and operation in (1, 2, 3):
        if operation == 2:
            write(f"reply {sender} is-at {line.mac(at + 8)}")
        else:
            write(f"{'who-has' if operation == 1 else 'probe'} {target} tell {sender}")
        return
    shown = f"{protocol:#x}" if protocol else "0"
    write(f"len {length} op {operation} htype {hardware} ptype {shown} halen {sizes[0]} palen {sizes[1]}")


def _address(network: int, node: int) -> str:
    return f"{network}.{node}" if node != 255 else str(network)


def _socket(line: Line, number: int) -> str:
    return str(number) if line.numeric else named(_SOCKETS, number, "%u")


def _print_long(line: Line, at: int, length: int, after: str) -> None:
    sender = Sender(line.u16(at + 6), line.u8(at + 9), line.u8(at + 11))
    line.write(f"{_address(sender.network, sender.node)}.{_socket(line, sender.socket)}")
    target = _address(line.u16(at + 4), line.u8(at + 8))
    line.write(f" > {target}.{_socket(line, line.u8(at + 10))}:{after}")
    _print_datagram(line, line.u8(at + 12), at + _LONG_HEADER, length - _LONG_HEADER, sender)


def _print_datagram(line: Line, kind: int, at: int, length: int, sender: Sender) -> None:
    if kind == _NAMES:
        _print_names(line, at, length, sender)
    elif kind == _TRANSACTIONS:
        _print_transaction(line, at, length)
    elif kind == _EIGRP:
        from lesson_engine.tcpdump.printers.eigrp import print_eigrp

        print_eigrp(line, at, length)
    else:
        line.write(f" at-{named(_TYPES, kind)} {length}")


def _print_transaction(line: Line, at: int, length: int) -> None:
    """The AppleTalk Transaction Protocol."""
    write = line.write
    if not line.has(at, _TRANSACTION_HEADER):
        line.truncated()
        return
    if length < _TRANSACTION_HEADER:
        write(f" [|atp {length}]")
        return
    length -= _TRANSACTION_HEADER
    control, bitmap, number = line.u8(at), line.u8(at + 1), line.u16(at + 2)
    if control >> 6 == 1:
        write(f" atp-req{' ' if control & _EXACTLY_ONCE else '*'} {number}{_bitmap(bitmap)}")
        if length:
            write(f" [len={length}]")
        write(_flags(control & (_END | _STATUS), " "))
    elif control >> 6 == 2:
        write(f" atp-resp{'*' if control & _END else ' '}{number}:{bitmap} ({length})")
        write(_flags(control & (_EXACTLY_ONCE | _STATUS), " "))
    elif control >> 6 == 3:
        write(f" atp-rel  {number}{_bitmap(bitmap)}")
        if length:
            write(f" [len={length}]")
        # With a status flag alone tcpdump opens no bracket differently: each name has its own sign before it.
        write(_flags(control, ""))
    else:
        write(f" atp-0x{control:x}  {number} ({length})")
    data = line.u32(at + 4)
    if data:
        write(f" 0x{data:x}")


def _flags(control: int, before: str) -> str:
    names = bits(_TRANSACTION_FLAGS, control, "", ",")
    return f"{before}[{names}]" if names else ""


def _bitmap(bitmap: int) -> str:
    """Which packets are asked for."""
    if bitmap + 1 & bitmap & 0xFF:
        return f"<{','.join(str(bit) for bit in range(8) if bitmap >> bit & 1)}>"
    return f"<0-{bitmap.bit_length() - 1}>" if bitmap.bit_length() > 1 else "<0>"


def _print_names(line: Line, at: int, length: int, sender: Sender) -> None:
    """The Name Binding Protocol."""
    write = line.write
    if length < 2 or length - 2 < _SMALLEST_TUPLE:
        write(f" truncated-nbp {length}")
        return
    if at + 2 > line.end:
        line.truncated()
        return
    control, number = line.u8(at), line.u8(at + 1)
    kind, count = control & 0xF0, control & 0x0F
    at += 2
    if kind in _LOOKUPS:
        write(f" nbp-{_LOOKUPS[kind]} {number}:")
        if not line.has(at, _TUPLE_HEADER):
            line.truncated()
            return
        _print_name(line, at)
        if count != 1:
            write(f" [ntup={count}]")
        if line.u8(at + 4):
            write(f" [enum={line.u8(at + 4)}]")
        network, node, socket = line.u16(at), line.u8(at + 2), line.u8(at + 3)
        if (network, node, socket) != (sender.network, sender.node, sender.socket):
            write(f" [addr={_address(network, node)}.{socket}]")
    elif kind == _REPLY:
        write(f" nbp-reply {number}:")
        for _ in range(count):
            after = _print_tuple(line, at, sender)
            if after is None:
                return
            at = after
    else:
        write(f" nbp-0x{control:x}  {number} ({length - 2})")


def _print_tuple(line: Line, at: int, sender: Sender) -> int | None:
    """A name and its address. Returns where the next one starts, if that is known."""
    if not line.has(at, _TUPLE_HEADER):
        line.truncated()
        return None
    after = _print_name(line, at)
    if line.u8(at + 4) != 1:
        line.write(f"({line.u8(at + 4)})")
    if line.u8(at + 3) != sender.socket:
        line.write(f" {line.u8(at + 3)}")
    network, node = line.u16(at), line.u8(at + 2)
    if (network, node) != (sender.network, sender.node):
        line.write(f" [addr={_address(network, node)}]")
    return after


def _print_name(line: Line, at: int) -> int | None:
    """Object, type and zone. Returns where they end, if they do."""
    line.write(' "')
    where = at + _TUPLE_HEADER
    for after in (":", "@", '"'):
        if where >= line.end:
            line.truncated()
            return None
        size = line.u8(where)
        where += 1
        if size > _LONGEST_NAME:
            line.write(f"[len={size}]")
            return None
        line.write(visible(line.data[where : min(where + size, line.end)]))
        where += size
        if where > line.end:
            line.truncated()
            return None
        line.write(after)
    return where
