"""The audio and video of vat and vt, tools of the early multicast backbone.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00010002 00000003"))
>>> print_vat(line, 0, 8)
>>> line.text()
'udp/vat 0 c2 3 f1'
"""

from lesson_engine.tcpdump.printers.line import Line

_VIDEO = 0xF060


def print_vat(line: Line, at: int, length: int) -> None:
    """A payload of `length` bytes at `at`."""
    line.protocol = "vat"
    write = line.write
    if length < 2:
        write(f"udp/va/vat, length {length} < 2")
        return
    first = line.u16(at)
    if first & _VIDEO:
        write(f"udp/vt {length} {first & 0x3FF} / {first >> 10}")
        return
    if length < 8:
        write(f"udp/vat, length {length} < 8")
        return
    word = line.u32(at)
    write(f"udp/vat {length - 8} c{word & 0xFFFF} {line.u32(at + 4)}{'*' if word & 0x800000 else ''}")
    if word & 0x1F0000:
        write(f" f{word >> 16 & 0x1F}")
    if word & 0x3F000000:
        write(f" s{word >> 24 & 0x3F}")
