"""DHCP and BOOTP (RFC 2131, RFC 951): who asks, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("01010600") + bytes(24) + bytes.fromhex("020000000001") + bytes(202))
>>> print_dhcp(line, 0, 236)
>>> line.text()
'BOOTP/DHCP, Request from 02:00:00:00:00:01, length 236'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HARDWARE_TYPE, _HARDWARE_LENGTH = 1, 2
_HARDWARE_ADDRESS = 28
_REQUEST = 1
_OPERATION_NAMES = {_REQUEST: "Request", 2: "Reply"}


def print_dhcp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "bootp"
    operation = line.u8(at)
    line.write(f"BOOTP/DHCP, {named(_OPERATION_NAMES, operation, 'unknown (0x%02x)')}")
    hardware, size = line.u8(at + _HARDWARE_TYPE), line.u8(at + _HARDWARE_LENGTH)
    if (operation, hardware, size) == (_REQUEST, 1, 6):
        line.write(f" from {line.mac(at + _HARDWARE_ADDRESS)}")
    line.write(f", length {length}")
