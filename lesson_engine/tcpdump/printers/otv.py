"""OTV (draft-hasmit-otv): overlay and instance, and on a line of its own the Ethernet frame inside.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("08000001 00000500"))
>>> print_otv(line, 0, 8)
>>> line.text()
'OTV, flags [I] (0x08), overlay 1, instance 5\\n [|ether]'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER = 8
_INSTANCE_IS_VALID = 0x08


def print_otv(line: Line, at: int, length: int) -> None:
    """A header at `at`, with a frame behind it."""
    from lesson_engine.tcpdump.printers.link import print_ethernet

    line.protocol = "otv"
    line.write("OTV, ")
    if length < _HEADER:
        line.write(f"[length {length} < {_HEADER}]")
        line.invalid()
        line.need(at, length)
        return
    flags = line.u8(at)
    line.write(f"flags [{'I' if flags & _INSTANCE_IS_VALID else '.'}] (0x{flags:02x}), ")
    line.write(f"overlay {line.u24(at + 1)}, ")
    line.write(f"instance {line.u24(at + 4)}\n")
    line.need(at, _HEADER)
    print_ethernet(line, at + _HEADER, length - _HEADER)
