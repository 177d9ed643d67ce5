"""The Multipath TCP option (RFC 8684; its subtypes in version 0 are RFC 6824's).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("1e035100"))
>>> print_mptcp(line, 0, 3, 0x10)
True
>>> line.text()
' 3 prio backup'
"""

from lesson_engine.tcpdump.printers.line import Line

_NAMES = ("capable", "join", "dss", "add-addr", "rem-addr", "prio", "fail", "fast-close")
_CAPABLE, _JOIN, _DATA_SEQUENCE, _ADD_ADDRESS, _REMOVE_ADDRESS, _PRIORITY, _FAIL, _FAST_CLOSE = range(8)
_SYN, _ACK = 0x02, 0x10


def print_mptcp(line: Line, at: int, size: int, flags: int) -> bool:
    """The option of `size` bytes, all captured, in a segment with these TCP flags; False if it is malformed."""
    line.protocol = "mptcp"
    if size < 3:
        return False
    subtype = line.u8(at + 2) >> 4
    line.write(f" {size} {_NAMES[subtype] if subtype < len(_NAMES) else 'unknown'}")
    if subtype == _CAPABLE:
        return _print_capable(line, at, size, flags)
    if subtype == _JOIN:
        return _print_join(line, at, size, flags)
    if subtype == _DATA_SEQUENCE:
        return not flags & _SYN and _print_data_sequence(line, at, size)
    if subtype == _ADD_ADDRESS:
        return _print_add_address(line, at, size)
    if subtype == _REMOVE_ADDRESS:
        if size < 4:
            return False
        line.write(" id" + "".join([f" {identifier}" for identifier in line.bytes(at + 3, size - 3)]))
    elif subtype == _PRIORITY:
        if size not in (3, 4):
            return False
        line.write(" backup" if line.u8(at + 2) & 1 else " non-backup")
        if size == 4:
            line.write(f" id {line.u8(at + 3)}")
    elif subtype in (_FAIL, _FAST_CLOSE):
        if size != 12:
            return False
        value = line.u64(at + 4)
        line.write(f" seq {value}" if subtype == _FAIL else f" key 0x{value:x}")
    return True


def _print_capable(line: Line, at: int, size: int, flags: int) -> bool:
    if size not in ((4, 12) if flags & _SYN else (20, 22) if flags & _ACK else ()):
        return False
    version = line.u8(at + 2) & 0x0F
    if version > 1:
        line.write(f" Unknown Version ({version})")
        return True
    line.write(f" v{version}{' csum' if line.u8(at + 3) & 0x80 else ''}")
    if size >= 12:
        receiver = f",0x{line.u64(at + 12):x}" if size >= 20 else ""
        line.write(f" {{0x{line.u64(at + 4):x}{receiver}}}")
    return True


def _print_join(line: Line, at: int, size: int, flags: int) -> bool:
    needed = {12: _SYN, 16: _SYN | _ACK, 24: _ACK}.get(size)
    if needed is None or flags & needed != needed:
        return False
    if size == 24:
        line.write(f" hmac 0x{line.bytes(at + 4, 20).hex()}")
        return True
    line.write(f"{' backup' if line.u8(at + 2) & 1 else ''} id {line.u8(at + 3)}")
    if size == 12:
        line.write(f" token 0x{line.u32(at + 4):x} nonce 0x{line.u32(at + 8):x}")
    else:
        line.write(f" hmac 0x{line.u64(at + 4):x} nonce 0x{line.u32(at + 12):x}")
    return True


def _print_data_sequence(line: Line, at: int, size: int) -> bool:
    if size < 4:
        return False
    flags = line.u8(at + 3)
    at, size = at + 4, size - 4
    if flags & 0x10:
        line.write(" fin")
    for present, wide, name in ((0x01, 0x02, "ack"), (0x04, 0x08, "seq")):
        if not flags & present:
            continue
        line.write(f" {name} ")
        width = 8 if flags & wide else 4
        if size < width:
            return False
        line.write(str(line.u64(at) if width == 8 else line.u32(at)))
        at, size = at + width, size - width
    if flags & 0x04:
        if size < 4:
            return False
        line.write(f" subseq {line.u32(at)}")
        at, size = at + 4, size - 4
        if size < 2:
            return False
        line.write(f" len {line.u16(at)}")
        at, size = at + 2, size - 2
        if size >= 2:
            line.write(f" csum 0x{line.u16(at):x}")
            size -= 2
    return size == 0


def _print_add_address(line: Line, at: int, size: int) -> bool:
    kind = line.u8(at + 2) & 0x0F
    # Only the length tells the address family apart in version 1, where an HMAC follows unless it is an echo.
    sizes = {0: (16, 18, 28, 30), 1: (8, 10, 20, 22), 4: (8, 10), 6: (20, 22)}.get(kind, (8, 10, 20, 22))
    if size not in sizes:
        return False
    line.write({0: " v1", 1: " v1-echo", 4: " v0-ip4", 6: " v0-ip6"}.get(kind, " [bad version/echo]"))
    hashed = 8 if kind == 0 else 0
    version6 = size - hashed >= 20
    line.write(f" id {line.u8(at + 3)} {line.ipv6(at + 4) if version6 else line.ipv4(at + 4)}")
    where = at + (20 if version6 else 8)
    if size - hashed in (10, 22):
        line.write(f":{line.u16(where)}")
        where += 2
    if hashed:
        line.write(f" hmac 0x{line.u64(where):x}")
    return True
