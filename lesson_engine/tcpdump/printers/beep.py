"""BEEP (RFC 3080): the kind of frame a segment begins with.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"RPY 0 1 . 0 110")
>>> print_beep(line, 0, 15)
>>> line.text()
' BEEP RPY'
"""

from lesson_engine.tcpdump.printers.line import Line

_KEYWORDS = (b"MSG\0", b"RPY ", b"ERR ", b"ANS ", b"NUL ", b"SEQ ", b"END\0")
"""With the byte that must follow, which for two of them is the zero that ends their name in tcpdump."""


def print_beep(line: Line, at: int, length: int) -> None:
    """A segment of `length` bytes at `at`."""
    line.protocol = "beep"
    beginning = line.bytes(at, 4) if length >= 4 and line.has(at, 4) else b""
    keyword = beginning[:3].decode("ascii") if beginning in _KEYWORDS else "(payload or undecoded)"
    line.write(f" BEEP {keyword}")
