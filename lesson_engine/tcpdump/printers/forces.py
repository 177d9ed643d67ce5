"""ForCES (RFC 5810), between what forwards packets and what decides how, over SCTP (RFC 5811): the message, and under
-v its header, and what is asked of which functional block.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("100f0006 00000001 40000001 0000000000000000 00000000"))
>>> print_forces(line, 0, 24)
>>> line.text()
'\\n\\tForCES HeartBeat '
"""

from lesson_engine.tcpdump.printers.forcespath import FULL_DATA, RESULT, SPARSE_DATA, TLVS, print_general, print_paths
from lesson_engine.tcpdump.printers.line import Line, named

_HEADER, _TLV, _ITEM = 24, 4, 8
_SETUP, _TEARDOWN, _EVENT, _REDIRECT, _HEARTBEAT, _SETUP_RESPONSE = 0x01, 0x02, 0x05, 0x06, 0x0F, 0x11
_RESERVED = 0x12
_NAMES = {
    _SETUP: "Association Setup",
    _TEARDOWN: "Association TearDown",
    0x03: "Config",
    0x04: "Query",
    _EVENT: "Event Notification",
    _REDIRECT: "Packet Redirect",
    _HEARTBEAT: "HeartBeat",
    _SETUP_RESPONSE: "Association Response",
    0x13: "Config Response",
    0x14: "Query Response",
}
_SIDES = {0: "FE", 1: "CE", 2: "ForCESreserved", 3: "AllMulticast"}
_ACKNOWLEDGMENTS = {0: "NoACK", 1: "SuccessACK", 2: "FailureACK", 3: "AlwaysACK"}
_EXECUTION = {0: "EMReserved", 1: "execute-all-or-none", 2: "execute-until-failure", 3: "continue-execute-on-failure"}
_ATOMICITY = {0: "Standalone", 1: "2PCtransaction"}
_PHASES = {0: "StartofTransaction", 1: "MiddleofTransaction", 2: "EndofTransaction", 3: "abort"}
_TEARDOWN_REASONS = {
    0: "Normal Teardown",
    1: "Loss of Heartbeats",
    2: "Out of bandwidth",
    3: "Out of Memory",
    4: "Application Crash",
}
_SETUP_RESULTS = {0: "Success", 1: "FE ID invalid", 2: "permission denied", 3: "Unknown"}
_COMMIT_RESPONSE = 13
_USERS_OWN = 0x8000
"""From here on, operations are for whoever wants some of their own."""
_OPERATION_NAMES = {
    1: "Set",
    2: "SetProp",
    3: "SetResp",
    4: "SetPropResp",
    5: "Del",
    6: "DelResp",
    7: "Get",
    8: "GetProp",
    9: "GetResp",
    10: "GetPropResp",
    11: "Report",
    12: "Commit",
    _COMMIT_RESPONSE: "RCommit",
    14: "RTRCOMP",
}
_OPERATIONS = {
    _SETUP: frozenset((11,)),
    0x03: frozenset((1, 2, 5, 12, 14)),
    0x04: frozenset((7, 8)),
    _EVENT: frozenset((11,)),
    0x13: frozenset((3, 4, 6, _COMMIT_RESPONSE)),
    0x14: frozenset((9, 10)),
}
"""By message, what it may ask of a functional block."""
_DATA = FULL_DATA | SPARSE_DATA
_FORMS = {
    1: _DATA,
    2: _DATA,
    3: RESULT,
    4: RESULT,
    5: 0,
    6: RESULT,
    7: 0,
    8: 0,
    9: _DATA | RESULT,
    10: FULL_DATA | RESULT,
    11: _DATA,
}
"""By operation with paths, the data at their ends."""
_RESULTS = frozenset((_TEARDOWN, _SETUP_RESPONSE))
_ONE_VALUE = _RESULTS | {_EVENT}
"""Messages of which one value alone is read."""
_CLASSES = {0: "Invalid TLV", 1: "FEObj LFB", 2: "FEProtoObj LFB"}
_SELECTOR = 8
_SMALLEST_OPERATION = 8
_METADATA, _REDIRECTED = 0x0115, 0x0116
_MARGIN = " " * 9


def print_forces(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "forces"
    if not line.has(at, _HEADER):
        line.truncated()
        return
    if not _print_message(line, at, length):
        line.write_hex(at, length, "\n\t[")
        line.write("\n\t]")
    elif line.verbose > 3:
        line.write("\n\t  Raw ForCES message\n\t [")
        line.write_hex(at, length, "\n\t ")
        line.write("\n\t ]")


def _print_message(line: Line, at: int, length: int) -> bool:
    """The message; False if it is to be dumped because it is wrong."""
    write = line.write
    kind, size = line.u8(at + 1), 4 * line.u16(at + 2)
    if kind == _RESERVED:
        write(f"\n\tUnknown ForCES message type=0x{kind:x}")
        return False
    if kind not in _NAMES:
        write(f"Invalid ForCES message type {kind}\n")
        return False
    write(f"\n\tForCES {_NAMES[kind]} ")
    if size != length or size < _HEADER:
        write(f"Illegal ForCES pkt len - min {_HEADER}, total recvd {length}, advertised {size} ")
        return False
    if line.verbose:
        _print_header(line, at, size)
    at += _HEADER
    left = size - _HEADER
    if left <= _TLV:
        if kind not in (_SETUP, _HEARTBEAT):
            write("\tTop level TLV Data missing!\n")
            return False
        return True
    if kind == _HEARTBEAT:
        write("<0x1>Illegal Top level TLV!\n")
        return False
    return _print_values(line, kind, at, left)


def _print_header(line: Line, at: int, size: int) -> None:
    write = line.write
    flags = line.u32(at + 20)
    write(f"\n\tForCES Version {line.u8(at) >> 4} len {size}B flags 0x{flags:08x} ")
    source, destination = line.u32(at + 4), line.u32(at + 8)
    write(f"\n\tSrcID 0x{source:x}({_SIDES[source >> 30]}) DstID 0x{destination:x}({_SIDES[destination >> 30]})")
    write(f" Correlator 0x{line.u64(at + 12):x}")
    if line.verbose > 1:
        acknowledgment, mode, atomic, phase = flags >> 30, flags >> 22 & 3, flags >> 21 & 1, flags >> 19 & 3
        write(
            f"\n\tForCES flags:\n\t  {_ACKNOWLEDGMENTS[acknowledgment]}(0x{acknowledgment:x}), prio={flags >> 27 & 7}"
            f", {_EXECUTION[mode]}(0x{mode:x}),\n\t  {_ATOMICITY[atomic]}(0x{atomic:x}), {_PHASES[phase]}(0x{phase:x})"
            f"\n\t  Extra flags: rsv(b5-7) 0x{flags >> 24 & 7:x} rsv(b13-31) 0x{flags & 0x7FFFF:x}\n"
        )


def _print_values(line: Line, kind: int, at: int, left: int) -> bool:
    """The values at the top: one of an association's messages, any number of the others."""
    first = True
    while left:
        value, size = line.u16(at), line.u16(at + 2)
        if size < _TLV or size > left or (not first and (kind in _ONE_VALUE or (left <= _TLV and kind != _REDIRECT))):
            line.write(f"\tMess TopTLV header: min {_TLV}, total {left} advertised {size} ")
            return False
        if value not in TLVS:
            line.write(f"\n\tInvalid ForCES Top TLV type=0x{value:x}")
            return False
        if line.verbose > 2:
            line.write(f"\t{TLVS[value]} TLV, length {size} (data length {size - _TLV} Bytes)")
        if not (
            _print_result(line, kind, at + _TLV, size - _TLV)
            if kind in _RESULTS
            else _print_redirect(line, at + _TLV, size - _TLV)
            if kind == _REDIRECT
            else _print_selector(line, kind, at + _TLV, size - _TLV)
        ):
            return False
        first = False
        step = min(size + -size % 4, left)
        at += step
        left -= step
    return True


def _print_result(line: Line, kind: int, at: int, size: int) -> bool:
    word = "ASTresult" if kind == _TEARDOWN else "ASRresult"
    if size != 4:
        line.write(f"illegal {word}-TLV: {size} bytes!\n")
        return False
    code = line.u32(at)
    if code > (0xFF if kind == _TEARDOWN else max(_SETUP_RESULTS)):
        line.write(f"illegal {word} result code: {code}!\n")
        return False
    if line.verbose > 2:
        if kind == _TEARDOWN:
            reason = named(_TEARDOWN_REASONS, code, "Unknown Teardown reason")
            line.write(f"Teardown reason:\n{_MARGIN}{reason}({code:x})")
        else:
            line.write(f"\n{_MARGIN}{_SETUP_RESULTS[code]} ({code:x})")
        line.write(f"\n{_MARGIN}")
    return True


def _print_selector(line: Line, kind: int, at: int, size: int) -> bool:
    """Which functional block is meant (RFC 5810 section 7.1.5), and what is asked of it."""
    if size <= _SELECTOR + _TLV:
        line.write(f"\n\t\ttruncated lfb selector: {_SELECTOR + _TLV - size} bytes missing! ")
        return False
    if line.verbose > 2:
        block = line.u32(at)
        name = named(_CLASSES, block, f"#{block - (block >> 31 << 32)}")
        line.write(f"\n{_MARGIN}{name}(Classid {block:x}) instance {line.u32(at + 4):x}\n")
    at += _SELECTOR
    left = size - _SELECTOR
    while left > 0:
        operation, length = line.u16(at), line.u16(at + 2)
        if length < _TLV or length + -length % 4 > left:
            excess = (left - length) % (1 << 32)
            line.write(f"\n\t\tMessy oper TLV header, type (0x{operation:x})\n\t\texcess of {excess} Bytes ")
            return False
        if operation >= _USERS_OWN or operation in _OPERATIONS[kind]:
            _print_operation(line, operation, at, length)
        else:
            start = "" if line.verbose > 2 else "\n"
            line.write(f"{start}\t\tINValid oper-TLV type 0x{operation:x} length {length} for this ForCES message\n")
            _print_wrong(line, at, left)
        length += -length % 4
        at += length
        left -= length
    return True


def _print_operation(line: Line, operation: int, at: int, size: int) -> None:
    name = named(_OPERATION_NAMES, operation, "Invalid OPTLV")
    title = f"Oper TLV {' ' * (operation < _USERS_OWN)}{name}(0x{operation:x}) length {size}\n"
    if line.verbose > 2:
        line.write(f"{_MARGIN} {title}")
    if size - _TLV < _SMALLEST_OPERATION:
        line.write(f"\t\t{title}\t\tTruncated data size {size - _TLV} minimum required {_SMALLEST_OPERATION}\n")
        _print_wrong(line, at + _TLV, size - _TLV)
    elif operation == _COMMIT_RESPONSE:
        print_general(line, at + _TLV, size - _TLV, len(_MARGIN) + 2)
    elif operation in _FORMS:
        print_paths(line, at + _TLV, size - _TLV, _FORMS[operation], len(_MARGIN) + 2)
    elif operation >= _USERS_OWN:
        _print_wrong(line, at + _TLV, size - _TLV, f"{_MARGIN} ")


def _print_wrong(line: Line, at: int, size: int, margin: str = _MARGIN) -> None:
    if line.verbose > 2:
        line.write(f"{margin}Data[")
        line.write_hex(at, size, f"\n{margin}")
        line.write(f"\n{margin}]\n")


def _print_redirect(line: Line, at: int, size: int) -> bool:
    """A packet that goes from one side to the other (RFC 5810 section 7.9), and what is known of it."""
    write = line.write
    smallest = 2 * _TLV
    if size <= smallest:
        write(f"\n\t\ttruncated Redirect TLV: {smallest - size} bytes missing! ")
        return False
    left = size
    while left > 0:
        kind, length = line.u16(at), line.u16(at + 2)
        if length < _TLV or length + -length % 4 > left:
            excess = (left - length) % (1 << 32)
            write("Bad Redirect data\n")
            write(f"\n\t\tMessy Redirect TLV header, type (0x{kind:x})\n\t\texcess of {excess} Bytes ")
            return False
        if kind == _METADATA:
            _print_metadata(line, at + _TLV, length - _TLV)
        elif kind == _REDIRECTED:
            write(f"\n{_MARGIN}  Redirect Data length {length - _TLV}\n")
            if line.verbose > 2:
                write("\t\t[")
                line.write_hex(at + _TLV, length - _TLV, "\n\t\t")
                write("\n\t\t]")
        else:
            write(f"Unknown REDIRECT TLV 0x{kind:x} len {length}\n")
        length += -length % 4
        at += length
        left -= length
    return True


def _print_metadata(line: Line, at: int, left: int) -> None:
    line.write(f"\n{_MARGIN}  METADATA length {left}\n")
    while left >= _ITEM:
        kind, size = line.u32(at), line.u32(at + 4)
        padded = size + -size % 4
        if size < _ITEM or padded > left:
            return
        line.write(f"{_MARGIN}  MetaID 0x{kind:x} length {size}\n")
        if line.verbose > 2:
            line.write_hex(at + _ITEM, size - _ITEM, "\t\t[")
            line.write(" ]\n")
        at += padded
        left -= padded
