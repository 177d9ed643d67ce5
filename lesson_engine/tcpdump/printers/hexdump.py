"""The packet's bytes as tcpdump shows them: -x, -X and -A.

Sixteen bytes a row, in pairs, each row after a newline and a tab, with its offset; ASCII shows `.` for what
is not printable. Only these texts and what the printers quote carry payload to a terminal, and neither lets
a control character through but newline and tab, as tcpdump does under -A.

>>> print(hex_and_ascii(b"GET / HTTP/1.1\\r\\n.", "\\n").lstrip())
0x0000:  4745 5420 2f20 4854 5450 2f31 2e31 0d0a  GET./.HTTP/1.1..
0x0010:  2e                                       .
"""

_ASCII = bytes(byte if 0x21 <= byte < 0x7F else 0x2E for byte in range(256))
_TEXT = bytes(byte if 0x20 <= byte < 0x7F or byte in b"\t\n" else 0x2E for byte in range(256))


def hex_and_ascii(data: bytes, indent: str = "\n\t") -> str:
    """Rows of offset, byte pairs and ASCII (-X), each after `indent`."""
    rows = []
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        rows.append(f"{indent}0x{at:04x}:  {row.hex(' ', -2):<39}  {row.translate(_ASCII).decode('ascii')}")
    return "".join(rows)


def hex_only(data: bytes, indent: str = "\n\t") -> str:
    """Rows of offset and byte pairs (-x), each after `indent`."""
    return "".join([f"{indent}0x{at:04x}:  {data[at : at + 16].hex(' ', -2)}" for at in range(0, len(data), 16)])


def text_only(data: bytes) -> str:
    """The bytes as text (-A), after a newline: tabs and newlines stand, CR before a newline is dropped, and so is
    CR among the last two bytes, where tcpdump does not look for the newline."""
    head, tail = data[:-2], data[-2:]
    if tail.startswith(b"\n"):
        head = head.removesuffix(b"\r")
    shown = head.replace(b"\r\n", b"\n") + tail.replace(b"\r", b"")
    return "\n" + shown.translate(_TEXT).decode("ascii")
