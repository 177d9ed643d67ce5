"""SNMP (RFC 1157, RFC 3416, RFC 3412 with RFC 3414): the message and what its variables are.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions())
>>> line.begin(bytes.fromhex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010101000500"))
>>> print_snmp(line, 0, 40)
>>> line.text()
' GetRequest(25)  system.sysDescr.0'
"""

from contextlib import suppress

from lesson_engine.tcpdump.printers.ber import (
    ADDRESS,
    IDENTIFIER,
    INTEGER,
    MESSAGE,
    NULL,
    OCTETS,
    SEQUENCE,
    STRING,
    UNSIGNED,
    BadElementError,
    Element,
    read_element,
    write_element,
)
from lesson_engine.tcpdump.printers.line import Line

_VERSIONS = {0: "SNMPv1", 1: "SNMPv2c", 3: "SNMPv3"}
_VERSION_1, _VERSION_2, _VERSION_3 = 0, 1, 3
_GET, _GET_NEXT, _RESPONSE, _SET, _TRAP, _GET_BULK, _INFORM, _TRAP_2, _REPORT = range(9)
_NO_VALUES = (_GET, _GET_NEXT, _GET_BULK)
_USER_SECURITY = 3
_AUTHENTICATED, _PRIVATE, _REPORTABLE = 1, 2, 4
_FLAGS = {0: "", 1: "a", 3: "ap", 4: "r", 5: "ar", 7: "apr"}

_ERRORS = (
    "noError",
    "tooBig",
    "noSuchName",
    "badValue",
    "readOnly",
    "genErr",
    "noAccess",
    "wrongType",
    "wrongLength",
    "wrongEncoding",
    "wrongValue",
    "noCreation",
    "inconsistentValue",
    "resourceUnavailable",
    "commitFailed",
    "undoFailed",
    "authorizationError",
    "notWritable",
    "inconsistentName",
)
_TRAPS = (
    "coldStart",
    "warmStart",
    "linkDown",
    "linkUp",
    "authenticationFailure",
    "egpNeighborLoss",
    "enterpriseSpecific",
)
_ENTERPRISE = 6


class _Reader:
    """Takes one element after the other from a run of bytes."""

    __slots__ = ("_line", "at", "left")

    def __init__(self, line: Line, at: int, length: int) -> None:
        self._line = line
        self.at = at
        self.left = length

    def take(self, kind: int, complaint: str) -> Element:
        """The next element, which must be of this kind."""
        element = self.any()
        if element.kind != kind:
            self._line.write(complaint)
            write_element(self._line, element)
            raise BadElementError
        return element

    def any(self) -> Element:
        """The next element."""
        element = read_element(self._line, self.at, self.left)
        self.at += element.size
        self.left -= element.size
        return element

    def inside(self, element: Element) -> "_Reader":
        """A reader of what an element holds."""
        return _Reader(self._line, element.at, element.length)


def print_snmp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "snmp"
    line.write(" ")
    with suppress(BadElementError):
        _print_message(line, _Reader(line, at, length))


def _print_message(line: Line, reader: _Reader) -> None:
    sequence = reader.take(SEQUENCE, "[!init SEQ]")
    if reader.left:
        line.write(f"[{reader.left} extra after iSEQ]")
    reader = reader.inside(sequence)
    version = reader.take(INTEGER, "[version!=INT]").value
    if version not in _VERSIONS:
        line.write(f"SNMP [version = {version}]")
        return
    if line.verbose:
        line.write(f"{{ {_VERSIONS[version]} ")
    with suppress(BadElementError):
        if version == _VERSION_3:
            _print_version_3(line, reader)
        else:
            community = reader.take(STRING, "[comm!=STR]")
            if line.bytes(community.at, community.length) != b"public":
                line.write("C=")
                write_element(line, community)
                line.write(" ")
            _print_body(line, reader, version)
    if line.verbose:
        line.write("} ")


def _print_version_3(line: Line, outer: _Reader) -> None:
    reader = outer.inside(outer.take(SEQUENCE, "[!message]"))
    if line.verbose:
        line.write("{ ")
    reader.take(INTEGER, "[msgID!=INT]")
    reader.take(INTEGER, "[msgMaxSize!=INT]")
    flags = reader.take(STRING, "[msgFlags!=STR]")
    if flags.length != 1:
        line.write(f"[msgFlags size {flags.length}]")
        return
    value = line.u8(flags.at)
    if value not in _FLAGS:
        line.write(f"[msgFlags=0x{value:02X}]")
        return
    line.write(f"F={_FLAGS[value]} ")
    element = reader.take(INTEGER, "[msgSecurityModel!=INT]")
    model = element.value
    if reader.left > element.size:
        line.write(f"[{reader.left - element.size} extra after message SEQ]")
    if line.verbose:
        line.write("} ")
    if model != _USER_SECURITY:
        line.write(f"[security model {model}]")
        return
    if line.verbose:
        line.write("{ USM ")
    # What follows is looked for where the header's fields ended, not where the header says it ends.
    following = _Reader(line, reader.at, outer.at + outer.left - reader.at)
    parameters = following.take(STRING, "[msgSecurityParameters!=STR]")
    with suppress(BadElementError):
        _print_user(line, following.inside(parameters))
    if line.verbose:
        line.write("} { ScopedPDU ")
    with suppress(BadElementError):
        _print_scoped(line, following)
    if line.verbose:
        line.write("} ")


def _print_user(line: Line, reader: _Reader) -> None:
    """Who sent the message, by the user-based security model (RFC 3414)."""
    reader = reader.inside(reader.take(SEQUENCE, "[!usm]"))
    reader.take(STRING, "[msgAuthoritativeEngineID!=STR]")
    boots = reader.take(INTEGER, "[msgAuthoritativeEngineBoots!=INT]").value
    if line.verbose:
        line.write(f"B={boots} ")
    seconds = reader.take(INTEGER, "[msgAuthoritativeEngineTime!=INT]").value
    if line.verbose:
        line.write(f"T={seconds} ")
    user = reader.take(STRING, "[msgUserName!=STR]")
    line.write("U=")
    write_element(line, user)
    line.write(" ")
    reader.take(STRING, "[msgAuthenticationParameters!=STR]")
    element = reader.take(STRING, "[msgPrivacyParameters!=STR]")
    if reader.left > element.size:
        line.write(f"[{reader.left - element.size} extra after usm SEQ]")


def _print_scoped(line: Line, reader: _Reader) -> None:
    reader = reader.inside(reader.take(SEQUENCE, "[!scoped PDU]"))
    engine = reader.take(STRING, "[contextEngineID!=STR]")
    line.write("E=")
    write_element(line, engine._replace(kind=OCTETS))
    line.write(" ")
    context = reader.take(STRING, "[contextName!=STR]")
    line.write("C=")
    write_element(line, context)
    line.write(" ")
    _print_body(line, reader, _VERSION_3)


def _print_body(line: Line, reader: _Reader, version: int) -> None:
    message = reader.any()
    if message.kind != MESSAGE:
        line.write("[no PDU]")
        raise BadElementError
    if reader.left:
        line.write(f"[{reader.left} extra after PDU]")
    if line.verbose:
        line.write("{ ")
    write_element(line, message)
    line.write(" ")
    kind = message.tag
    if version == _VERSION_1 and kind in (_GET_BULK, _INFORM, _TRAP_2, _REPORT):
        line.write("[v2 PDU in v1 message]")
        return
    if version == _VERSION_2 and kind == _TRAP:
        line.write("[v1 PDU in v2 message]")
        return
    with suppress(BadElementError):
        if kind == _TRAP:
            _print_trap(line, reader.inside(message))
        else:
            _print_request(line, kind, reader.inside(message))
    if line.verbose:
        line.write(" } ")


def _print_request(line: Line, kind: int, reader: _Reader) -> None:
    request = reader.take(INTEGER, "[reqId!=INT]").value
    if line.verbose:
        line.write(f"R={request} ")
    status = reader.take(INTEGER, "[errorStatus!=INT]").value
    name = _ERRORS[status] if 0 <= status < len(_ERRORS) else f"err={status & 0xFFFFFFFF}"
    failed = False
    if kind == _GET_BULK:
        line.write(f" N={status}")
    elif status and kind == _RESPONSE:
        line.write(f" {name}")
        failed = True
    elif status:
        line.write(f"[errorStatus({name})!=0]")
    index = reader.take(INTEGER, "[errorIndex!=INT]").value
    if kind == _GET_BULK:
        line.write(f" M={index}")
    elif kind != _RESPONSE:
        if index:
            line.write(f"[errorIndex({index})!=0]")
    elif index:
        line.write(f"@{index}" if failed else f"[errorIndex({index}) w/o errorStatus]")
    elif failed:
        line.write("[errorIndex==0]")
    _print_variables(line, kind, reader)


def _print_trap(line: Line, reader: _Reader) -> None:
    line.write(" ")
    write_element(line, reader.take(IDENTIFIER, "[enterprise!=OID]"))
    line.write(" ")
    write_element(line, reader.take(ADDRESS, "[agent-addr!=INETADDR]"))
    generic = reader.take(INTEGER, "[generic-trap!=INT]").value
    line.write(f" {_TRAPS[generic] if 0 <= generic < len(_TRAPS) else f'gt={generic}'}")
    specific = reader.take(INTEGER, "[specific-trap!=INT]").value
    if generic == _ENTERPRISE:
        line.write(f" s={specific}")
    elif specific:
        line.write(f"[specific-trap({specific})!=0]")
    line.write(" ")
    write_element(line, reader.take(UNSIGNED, "[time-stamp!=TIMETICKS]"))
    _print_variables(line, _TRAP, reader)


def _print_variables(line: Line, kind: int, reader: _Reader) -> None:
    bindings = reader.take(SEQUENCE, "[!SEQ of varbind]")
    if reader.left:
        line.write(f"[{reader.left} extra after SEQ of varbind]")
    reader = reader.inside(bindings)
    while reader.left > 0:
        line.write(" ")
        binding = reader.inside(reader.take(SEQUENCE, "[!varbind]"))
        write_element(line, binding.take(IDENTIFIER, "[objName!=OID]"))
        if kind not in _NO_VALUES:
            line.write("=")
        value = binding.any()
        if value.kind == NULL:
            continue
        if kind in _NO_VALUES:
            line.write("[objVal!=NULL]")
        write_element(line, value)
