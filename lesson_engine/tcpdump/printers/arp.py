"""ARP and its relatives (RFC 826, RFC 903 for RARP, RFC 2390 for InARP).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0001080006040001 020000000001 0a000001 000000000000 0a000002"))
>>> print_arp(line, 0, 28)
>>> line.text()
'ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28'
"""

from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES
from lesson_engine.tcpdump.printers.line import Line, named

# Header fields, in bytes
_HARDWARE = 0
_PROTOCOL = 2
_HARDWARE_LENGTH = 4
_PROTOCOL_LENGTH = 5
_OPERATION = 6
_ADDRESSES = 8

_ETHERNET, _FRAME_RELAY, _ATM = 1, 15, 19
_HARDWARE_NAMES = {
    _ETHERNET: "Ethernet",
    6: "TokenRing",
    7: "ArcNet",
    _FRAME_RELAY: "FrameRelay",
    23: "Strip",
    24: "IEEE 1394",
    _ATM: "ATM",
    32: "InfiniBand",
}
_IPV4 = 0x0800
_TRAILER = 0x1000

_REQUEST, _REPLY, _REVERSE_REQUEST, _REVERSE_REPLY, _INVERSE_REQUEST, _INVERSE_REPLY = 1, 2, 3, 4, 8, 9
OPERATION_NAMES = {
    _REQUEST: "Request",
    _REPLY: "Reply",
    _REVERSE_REQUEST: "Reverse Request",
    _REVERSE_REPLY: "Reverse Reply",
    _INVERSE_REQUEST: "Inverse Request",
    _INVERSE_REPLY: "Inverse Reply",
    10: "NACK Reply",
}


def print_arp(line: Line, at: int, length: int) -> None:
    """An ARP or RARP packet of `length` bytes at `at`."""
    line.protocol = "arp"
    write = line.write
    hardware, protocol = line.u16(at + _HARDWARE), line.u16(at + _PROTOCOL)
    if hardware == _ATM:
        from lesson_engine.tcpdump.printers.arpatm import print_arp_atm

        print_arp_atm(line, at, length)
        return
    hardware_length, protocol_length = line.u8(at + _HARDWARE_LENGTH), line.u8(at + _PROTOCOL_LENGTH)
    operation = line.u16(at + _OPERATION)
    size = _ADDRESSES + 2 * (hardware_length + protocol_length)
    line.need(at, size)
    write("" if line.link_header else "ARP, ")
    hardware_text = named(_HARDWARE_NAMES, hardware, "Unknown Hardware (%u)")
    protocol_text = named(ETHERTYPE_NAMES, protocol, "Unknown Protocol (0x%04x)")
    readable = protocol in (_IPV4, _TRAILER) and protocol_length == 4 and hardware_length > 0
    if not readable or line.verbose:
        write(f"{hardware_text} (len {hardware_length}), {protocol_text} (len {protocol_length})")
        if not line.verbose:
            write(f", length {length}")
            return
        write(", ")
    sender_hardware = at + _ADDRESSES
    sender = sender_hardware + hardware_length
    target_hardware = sender + protocol_length
    target = target_hardware + hardware_length

    def protocol_address(where: int) -> str:
        if protocol not in (_IPV4, _TRAILER):
            return "<wrong proto type>"
        return line.ipv4(where) if protocol_length == 4 else "<wrong len>"

    def hardware_address(where: int) -> str:
        address = line.bytes(where, hardware_length)
        if hardware == _FRAME_RELAY and address:
            from lesson_engine.tcpdump.printers.arpatm import frame_relay_address

            return frame_relay_address(address)
        return line.names.link_address(address)

    write(f"{named(OPERATION_NAMES, operation, 'Unknown (%u)')} ")
    if operation == _REQUEST:
        write(f"who-has {protocol_address(target)}")
        wanted = line.bytes(target_hardware, hardware_length)
        if any(wanted):
            write(f" ({hardware_address(target_hardware)})")
        write(f" tell {protocol_address(sender)}")
    elif operation == _REPLY:
        write(f"{protocol_address(sender)} is-at {hardware_address(sender_hardware)}")
    elif operation == _REVERSE_REQUEST:
        write(f"who-is {hardware_address(target_hardware)} tell {hardware_address(sender_hardware)}")
    elif operation == _REVERSE_REPLY:
        write(f"{hardware_address(target_hardware)} at {protocol_address(target)}")
    elif operation == _INVERSE_REQUEST:
        write(f"who-is {hardware_address(target_hardware)} tell {hardware_address(sender_hardware)}")
    elif operation == _INVERSE_REPLY:
        write(f"{hardware_address(sender_hardware)} at {protocol_address(sender)}")
    else:
        line.write_dump(at, line.end - at)
        return
    write(f", length {length}")
