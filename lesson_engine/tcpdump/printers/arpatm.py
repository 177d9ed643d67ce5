"""ARP over ATM and Frame Relay (RFC 2225, RFC 2390), which name hosts by other addresses than Ethernet's.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0013 0800 01 00 0008 04 00 00 04 55 0a000001 0a000002"))
>>> print_arp_atm(line, 0, 21)
>>> line.text()
'ARP, Inverse Request who-is <No address> tell 55, length 21'
>>> frame_relay_address(bytes.fromhex("1841"))
'DLCI 100'
"""

from lesson_engine.tcpdump.printers.dispatch import ETHERTYPE_NAMES
from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 12
_ADDRESS_LENGTH = 0x3F
_IPV4, _TRAILER = 0x0800, 0x1000
_REQUEST, _REPLY, _INVERSE_REQUEST, _INVERSE_REPLY, _REFUSAL = 1, 2, 8, 9, 10
_LAST = 0x01


def print_arp_atm(line: Line, at: int, length: int) -> None:
    """A packet of `length` bytes at `at`, for the hardware type of ATM."""
    write = line.write
    line.need(at, _HEADER)
    protocol, operation = line.u16(at + 2), line.u16(at + 6)
    sizes = [line.u8(at + offset) & (0xFF if offset in (8, 11) else _ADDRESS_LENGTH) for offset in (4, 5, 8, 9, 10, 11)]
    starts = [at + _HEADER + sum(sizes[:index]) for index in range(6)]
    line.need(starts[5], sizes[5])
    write("" if line.link_header else "ARP, ")
    addresses = protocol in (_IPV4, _TRAILER)
    if not addresses or sizes[2] != 4 or sizes[5] != 4 or line.verbose:
        name = named(ETHERTYPE_NAMES, protocol, "Unknown Protocol (0x%04x)")
        write(f"ATM, {name} (len {sizes[2]}/{sizes[5]})")
        if not line.verbose:
            write(f", length {length}")
            return
        write(", ")

    def protocol_address(index: int) -> str:
        if not addresses:
            return "<wrong proto type>"
        if sizes[index] != 4:
            return f"<wrong {'splen' if index == 2 else 'tplen'}>"
        return line.ipv4(starts[index])

    def hardware_address(index: int) -> str:
        if not sizes[index]:
            return "<No address>"
        shown = line.bytes(starts[index], sizes[index]).hex(":")
        if sizes[index + 1]:
            shown += f",{line.bytes(starts[index + 1], sizes[index + 1]).hex(':')}"
        return shown

    from lesson_engine.tcpdump.printers.arp import OPERATION_NAMES

    write(f"{named(OPERATION_NAMES, operation, 'Unknown (%u)')} ")
    if operation == _REQUEST:
        write(f"who-has {protocol_address(5)}")
        if sizes[3]:
            write(f" ({hardware_address(3)})")
        write(f" tell {protocol_address(2)}")
    elif operation == _REPLY:
        write(f"{protocol_address(2)} is-at {hardware_address(0)}")
    elif operation == _INVERSE_REQUEST:
        write(f"who-is {hardware_address(3)} tell {hardware_address(0)}")
    elif operation == _INVERSE_REPLY:
        write(f"{hardware_address(0)}at {protocol_address(2)}")
    elif operation == _REFUSAL:
        write(f"for {protocol_address(2)}")
    else:
        line.write_dump(at, line.end - at)
        return
    write(f", length {length}")


def frame_relay_address(address: bytes) -> str:
    """A Q.922 address of two to four bytes, the last of which is marked."""
    if address[0] & _LAST:
        return "<Invalid DLCI>"
    if len(address) < 2:
        return "<Truncated>"
    number = (address[0] & 0xFC) << 2 | address[1] >> 4
    if address[1] & _LAST:
        return f"DLCI {number}"
    rest = address[2:]
    if rest and not rest[0] & _LAST:
        number = number << 7 | rest[0] >> 1
        rest = rest[1:]
    if not rest:
        return "<Truncated>"
    return f"DLCI {number << 6 | rest[0] >> 2}" if rest[0] & _LAST else "<Invalid DLCI>"
