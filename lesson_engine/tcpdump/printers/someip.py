"""SOME/IP (AUTOSAR, PRS SOME/IP Protocol): the header, in one line and an empty one.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00128001 00000008 00010002 01010200"))
>>> print_someip(line, 0, 16)
>>> line.text()
'SOMEIP, service 18, event 1, len 8, client 1, session 2, pver 1, iver 1, msgtype NOTIFICATION, retcode E_OK\\n'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 16
_EVENT = 0x8000
_MESSAGES = {
    0x00: "REQUEST",
    0x01: "REQUEST_NO_RETURN",
    0x02: "NOTIFICATION",
    0x80: "RESPONSE",
    0x81: "ERROR",
    0x20: "TP_REQUEST",
    0x21: "TP_REQUEST_NO_RETURN",
    0x22: "TP_NOTIFICATION",
    0xA0: "TP_RESPONSE",
    0xA1: "TP_ERROR",
}
_RESULTS = dict(
    enumerate(
        (
            "E_OK",
            "E_NOT_OK",
            "E_UNKNOWN_SERVICE",
            "E_UNKNOWN_METHOD",
            "E_NOT_READY",
            "E_NOT_REACHABLE",
            "E_TIMEOUT",
            "E_WRONG_PROTOCOL_VERSION",
            "E_WRONG_INTERFACE_VERSION",
            "E_MALFORMED_MESSAGE",
            "E_WRONG_MESSAGE_TYPE",
            "E_E2E_REPEATED",
            "E_E2E_WRONG_SEQUENCE",
            "E_E2E",
            "E_E2E_NOT_AVAILABLE",
            "E_E2E_NO_NEW_DATA",
        )
    )
)


def print_someip(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "someip"
    write = line.write
    write("SOMEIP")
    if length < _HEADER:
        line.invalid()
        return
    message = line.u32(at)
    write(f", service {message >> 16}, {'event' if message & _EVENT else 'method'} {message & 0x7FFF}")
    write(f", len {line.u32(at + 4)}")
    line.need(at + 8, 4)
    write(f", client {line.u16(at + 8)}, session {line.u16(at + 10)}")
    write(f", pver {line.u8(at + 12)}")
    write(f", iver {line.u8(at + 13)}")
    write(f", msgtype {named(_MESSAGES, line.u8(at + 14), 'Unknown')}")
    write(f", retcode {named(_RESULTS, line.u8(at + 15), 'Unknown')}\n")
