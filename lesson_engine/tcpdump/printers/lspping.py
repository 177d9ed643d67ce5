"""LSP ping (RFC 8029), which tries a label-switched path: the kind of message, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0001000001020000") + bytes(24))
>>> print_lspping(line, 0, 32)
>>> line.text()
'LSP-PINGv1, MPLS Echo Request, seq 0, length: 32'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 32
_MESSAGES = {1: "MPLS Echo Request", 2: "MPLS Echo Reply"}


def print_lspping(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "lspping"
    if length < _HEADER:
        line.write("\n\t\t packet is too short")
        return
    line.need(at, _HEADER)
    version = line.u16(at)
    if version != 1:
        line.write(f"LSP-PING version {version} packet not supported")
        return
    line.write(
        f"LSP-PINGv{version}, {named(_MESSAGES, line.u8(at + 4), 'unknown (%u)')},"
        f" seq {line.u32(at + 12)}, length: {length}"
    )
