"""HSRP (RFC 2281): which router stands in for which address, and in what state it is.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0000 10 03 0a 78 01 00") + b"cisco" + bytes(3) + bytes([10, 0, 0, 254]))
>>> print_hsrp(line, 0, 20)
>>> line.text()
'HSRPv0-hello 20: state=active group=1 addr=10.0.0.254'
"""

from lesson_engine.tcpdump.printers.line import Line, named
from lesson_engine.tcpdump.printers.timestamps import duration

# Fields, in bytes from the message's start
_OPERATION, _STATE, _HELLO_TIME, _HOLD_TIME, _PRIORITY, _GROUP, _RESERVED = range(1, 8)
_PASSWORD, _PASSWORD_SIZE = 8, 8
_ADDRESS = 16

_OPERATIONS = {0: "hello", 1: "coup", 2: "resign"}
_STATES = {0: "initial", 1: "learn", 2: "listen", 4: "speak", 8: "standby", 16: "active"}


def print_hsrp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "hsrp"
    write = line.write
    version = line.u8(at)
    write(f"HSRPv{version}")
    if version:
        return
    write("-")
    write(f"{named(_OPERATIONS, line.u8(at + _OPERATION), 'unknown (%u)')} ")
    write(f"{length}: ")
    write(f"state={named(_STATES, line.u8(at + _STATE), 'Unknown (%u)')} ")
    write(f"group={line.u8(at + _GROUP)} ")
    reserved = line.u8(at + _RESERVED)
    if reserved:
        write(f"[reserved={reserved}!] ")
    write(f"addr={line.ipv4(at + _ADDRESS)}")
    if line.verbose:
        write(f" hellotime={duration(line.u8(at + _HELLO_TIME))} holdtime={duration(line.u8(at + _HOLD_TIME))}")
        write(f' priority={line.u8(at + _PRIORITY)} auth="')
        line.padded_text(at + _PASSWORD, _PASSWORD_SIZE)
        write('"')
