"""Telnet commands (RFC 854, options of RFC 855): what the two ends negotiate before the text.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("fffd18 fffb1f"))
>>> print_telnet(line, 0, 6)
>>> line.text()
' [telnet DO TERMINAL TYPE, WILL NAWS]'
"""

from collections.abc import Mapping

from lesson_engine.tcpdump.printers.line import Line

_END, _BEGIN, _ESCAPE = 0xF0, 0xFA, 0xFF
_WITH_OPTION = frozenset((0xFB, 0xFC, 0xFD, 0xFE))
_COMMAND_NAMES = dict(
    enumerate(
        (
            *("EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DMARK", "BRK", "IP", "AO"),
            *("AYT", "EC", "EL", "GA", "SB", "WILL", "WONT", "DO", "DONT", "IAC"),
        ),
        start=0xEC,
    )
)
_OPTION_NAMES = dict(
    enumerate(
        (
            *("BINARY", "ECHO", "RCP", "SUPPRESS GO AHEAD", "NAME", "STATUS", "TIMING MARK", "RCTE", "NAOL", "NAOP"),
            *("NAOCRD", "NAOHTS", "NAOHTD", "NAOFFD", "NAOVTS", "NAOVTD", "NAOLFD", "EXTEND ASCII", "LOGOUT"),
            *("BYTE MACRO", "DATA ENTRY TERMINAL", "SUPDUP", "SUPDUP OUTPUT", "SEND LOCATION", "TERMINAL TYPE"),
            *("END OF RECORD", "TACACS UID", "OUTPUT MARKING", "TTYLOC", "3270 REGIME", "X.3 PAD", "NAWS", "TSPEED"),
            *("LFLOW", "LINEMODE", "XDISPLOC", "OLD-ENVIRON", "AUTHENTICATION", "ENCRYPT", "NEW-ENVIRON"),
        )
    )
)
_QUALIFIERS = {0: "IS", 1: "SEND", 2: "INFO"}
_AUTHENTICATION_COMMANDS = {0: "IS", 1: "SEND", 2: "REPLY", 3: "NAME"}
_AUTHENTICATION_TYPES = {
    **dict(enumerate(("NULL", "KERBEROS_V4", "KERBEROS_V5", "SPX", "MINK", "SRP", "RSA", "SSL"))),
    **dict(enumerate(("LOKI", "SSA", "KEA_SJ", "KEA_SJ_INTEG", "DSS", "NTLM"), start=10)),
}
_ENCRYPTION_COMMANDS = dict(
    enumerate(("IS", "SUPPORT", "REPLY", "START", "END", "REQUEST-START", "REQUEST-END", "END_KEYID", "DEC_KEYID"))
)
_ENCRYPTION_TYPES = {
    **dict(enumerate(("NULL", "DES_CFB64", "DES_OFB64", "DES3_CFB64", "DES3_OFB64"))),
    **dict(enumerate(("CAST5_40_CFB64", "CAST5_40_OFB64", "CAST128_CFB64", "CAST128_OFB64"), start=6)),
}
_TABLES: dict[int, tuple[Mapping[int, str], ...]] = {
    37: (_AUTHENTICATION_COMMANDS, _AUTHENTICATION_TYPES),
    38: (_ENCRYPTION_COMMANDS, _ENCRYPTION_TYPES),
}
"""What the first and the second byte of a subnegotiation mean; in other options the first is a qualifier."""


def print_telnet(line: Line, at: int, length: int) -> None:
    """A payload of `length` bytes at `at`: its commands up to the first byte of text."""
    line.protocol = "telnet"
    stop = at + length
    separator = " [telnet "
    # An incomplete subnegotiation at the very end carries tcpdump past it.
    while at != stop:
        command, at = _command(line, at, stop)
        if not command:
            break
        line.write(separator + command)
        separator = ", "
    if separator == ", ":
        line.write("]")


def _command(line: Line, at: int, stop: int) -> tuple[str, int]:
    """The command at `at`, and where the next one starts; an empty text if there is none."""
    if line.u8(at) != _ESCAPE or at + 1 == stop:
        return "", at
    code = line.u8(at + 1)
    if code not in _COMMAND_NAMES:
        return "", at
    name = _COMMAND_NAMES[code]
    at += 2
    if code == _ESCAPE:
        return "IAC IAC", at
    if code in _WITH_OPTION or code == _BEGIN:
        if at == stop:
            return "", at
        option = line.u8(at)
        name = f"{name} {_named(_OPTION_NAMES, option)}"
        at += 1
        if code == _BEGIN:
            return _subnegotiation(line, name, option, at, stop)
    return name, at


def _subnegotiation(line: Line, name: str, option: int, at: int, stop: int) -> tuple[str, int]:
    end = at
    while stop > end + 1:
        line.need(end, 2)
        if line.data[end] == _ESCAPE and line.data[end + 1] == _END:
            break
        end += 1
    if line.u8(end) != _ESCAPE:
        return "", at
    tables = _TABLES.get(option, (_QUALIFIERS,))
    values = line.bytes(at, end - at)
    words = [_named(tables[index] if index < len(tables) else {}, value) for index, value in enumerate(values)]
    return " ".join((name, *words, "SE")), end + 2


def _named(table: Mapping[int, str], value: int) -> str:
    return table.get(value) or (f"0x{value:x}" if value else "0")
