"""LMP (RFC 4204), the link management of optical networks: the kind of message, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("10000004 00080000"))
>>> print_lmp(line, 0, 8)
>>> line.text()
'LMPv1 Hello Message, length: 8'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 8
_MESSAGES = {
    1: "Config",
    2: "Config ACK",
    3: "Config NACK",
    4: "Hello",
    5: "Begin Verify",
    6: "Begin Verify ACK",
    7: "Begin Verify NACK",
    8: "End Verify",
    9: "End Verify ACK",
    10: "Test",
    11: "Test Status Success",
    12: "Test Status Failure",
    13: "Test Status ACK",
    14: "Link Summary",
    15: "Link Summary ACK",
    16: "Link Summary NACK",
    17: "Channel Status",
    18: "Channel Status ACK",
    19: "Channel Status Request",
    20: "Channel Status Response",
    50: "Service Config",
    51: "Service Config ACK",
    52: "Service Config NACK",
}


def print_lmp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "lmp"
    line.need(at, _HEADER)
    version = line.u8(at) >> 4
    if version != 1:
        line.write(f"LMP version {version} packet not supported")
        return
    line.write(f"LMPv{version} {named(_MESSAGES, line.u8(at + 3), 'unknown (%u)')} Message, length: {length}")
