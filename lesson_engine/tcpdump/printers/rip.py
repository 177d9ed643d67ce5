"""RIP (RFC 1058, RFC 2453): version and command, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("02020000") + bytes(20))
>>> print_rip(line, 0, 24)
>>> line.text()
'RIPv2, Response, length: 24'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_COMMAND_NAMES = {
    1: "Request",
    2: "Response",
    3: "Trace on",
    4: "Trace off",
    5: "Poll",
    6: "Poll Entry",
}


def print_rip(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "rip"
    if not line.has(at, 4):
        line.truncated()
        return
    if length < 4:
        line.invalid()
        return
    command, version = line.u8(at), line.u8(at + 1)
    line.write(f"RIPv{version}")
    if version == 0:
        line.write_hex(at, length)
        return
    line.write(f", {named(_COMMAND_NAMES, command, f'unknown command ({command})')}, length: {length}")
