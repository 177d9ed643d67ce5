"""EAP over LAN (IEEE 802.1X) and, under -v, the EAP message in it (RFC 3748).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("01010000"))
>>> print_eapol(line, 0, 4)
>>> line.text()
'EAPOL start (1) v1, len 0'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_EAP_PACKET = 0
_NAMES = {
    _EAP_PACKET: "EAP packet",
    1: "EAPOL start",
    2: "EAPOL logoff",
    3: "EAPOL key",
    4: "Encapsulated ASF alert",
}


def print_eapol(line: Line, at: int, length: int) -> None:
    """A frame of `length` bytes at `at`."""
    line.protocol = "eap"
    if not line.has(at, 4):
        line.truncated()
        return
    kind, size = line.u8(at + 1), line.u16(at + 2)
    line.write(f"{named(_NAMES, kind, 'unknown')} ({kind}) v{line.u8(at)}, len {size}")
    if line.verbose and kind == _EAP_PACKET:
        from lesson_engine.tcpdump.printers.eap import print_eap

        if size == 0:
            line.truncated()
            return
        line.write(", ")
        if not print_eap(line, at + 4, size):
            line.truncated()
