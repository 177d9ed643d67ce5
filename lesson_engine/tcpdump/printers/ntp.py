"""NTP (RFC 5905): version and mode, and under -v the clock's state, its times, and what they differ by.

Times are seconds since 1900, followed by the date in UTC. They end in 2036: the eras that follow are not known here.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x23" + bytes(47))
>>> print_ntp(line, 0, 48)
>>> line.text()
'NTPv4, Client, length 48'
"""

from time import gmtime

from lesson_engine.tcpdump.printers.line import Line, TruncatedError

# Fields, in bytes from the message's start
_STRATUM, _POLL, _PRECISION = 1, 2, 3
_ROOT_DELAY, _ROOT_DISPERSION, _REFERENCE_ID = 4, 8, 12
_REFERENCE, _ORIGINATOR, _RECEIVE, _TRANSMIT = 16, 24, 32, 40
_TIME_HEADER, _KEY = 48, 48
_DIGEST = 52
_CONTROL_HEADER = 12

_MODES = (
    "unspecified",
    "symmetric active",
    "symmetric passive",
    "Client",
    "Server",
    "Broadcast",
    "Control Message",
    "Reserved",
)
_CONTROL, _PRIVATE = 6, 7
_LEAPS = ("", "+1s", "-1s", "clock unsynchronized")

_UNSPECIFIED, _PRIMARY, _INFO_QUERY, _INFO_REPLY = 0, 1, 62, 63
_STRATA = {_UNSPECIFIED: "unspecified", _PRIMARY: "primary reference"}
_LAST_SECONDARY = 15

_SECONDS_1900_TO_1970 = 2_208_988_800


def print_ntp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "ntp"
    first = line.u8(at)
    mode = first & 7
    line.write(f"NTPv{first >> 3 & 7}, {_MODES[mode]}, length {length}")
    if not line.verbose:
        return
    line.write(f"\n\tLeap indicator: {_LEAPS[first >> 6]} ({first & 0xC0})")
    if mode == _CONTROL:
        _print_control(line, at, length)
    elif mode != _PRIVATE:
        _print_times(line, at, length)


def _print_times(line: Line, at: int, length: int) -> None:
    write = line.write
    if length < _TIME_HEADER:
        _invalid(line, at, length)
        return
    stratum = line.u8(at + _STRATUM)
    state = _STRATA.get(stratum) or ("secondary reference" if stratum <= _LAST_SECONDARY else "reserved")
    write(f", Stratum {stratum} ({state})")
    write(f", poll {_signed(line.u8(at + _POLL))}")
    _print_interval(line, _signed(line.u8(at + _POLL)))
    write(f", precision {_signed(line.u8(at + _PRECISION))}")
    try:
        whole = _print_readings(line, at, stratum)
    except TruncatedError:
        # A cut reading ends the message alone, not the packet: its dump (-A) is a whole packet's.
        line.truncated()
        return
    if whole:
        _print_authentication(line, at, length)


def _print_readings(line: Line, at: int, stratum: int) -> bool:
    """The clock's readings; False if what they say leaves no room for more."""
    write = line.write
    for name, offset in (("\n\tRoot Delay: ", _ROOT_DELAY), (", Root dispersion: ", _ROOT_DISPERSION)):
        line.need(at + offset, 4)
        write(name + _short(line.u32(at + offset)))
    line.need(at + _REFERENCE_ID, 4)
    write(", Reference-ID: ")
    if stratum in (_INFO_QUERY, _INFO_REPLY):
        # These are of a private mode, and have nothing more that NTP defines.
        write(f"{line.ipv4(at + _REFERENCE_ID)} {'INFO_QUERY' if stratum == _INFO_QUERY else 'INFO_REPLY'}")
        return False
    if stratum == _UNSPECIFIED:
        write("(unspec)")
    elif stratum == _PRIMARY:
        line.printable(at + _REFERENCE_ID, 4)
    else:
        write(f"0x{line.u32(at + _REFERENCE_ID):08x}")
    times = {}
    for name, offset in (
        ("Reference Timestamp:  ", _REFERENCE),
        ("Originator Timestamp: ", _ORIGINATOR),
        ("Receive Timestamp:    ", _RECEIVE),
        ("Transmit Timestamp:   ", _TRANSMIT),
    ):
        times[offset] = line.u64(at + offset)
        write(f"\n\t  {name}{timestamp(times[offset])}")
    write(f"\n\t    Originator - Receive Timestamp:  {_difference(times[_ORIGINATOR], times[_RECEIVE])}")
    write(f"\n\t    Originator - Transmit Timestamp: {_difference(times[_ORIGINATOR], times[_TRANSMIT])}")
    return True


def _print_interval(line: Line, poll: int) -> None:
    if -32 < poll < 32:
        line.write(f" (1/{1 << -poll}s)" if poll < 0 else f" ({1 << poll}s)")


def _print_authentication(line: Line, at: int, length: int) -> None:
    more = length - _TIME_HEADER
    if more in (4, 20, 24):
        line.write(f"\n\tKey id: {line.u32(at + _KEY)}")
        if more > 4 and not line.has(at + _DIGEST, more - 4):
            line.truncated()
        elif more > 4:
            line.write(f"\n\tAuthentication: {line.bytes(at + _DIGEST, more - 4).hex()}")
    elif more:
        line.write(f"\n\t({more} more bytes after the header)")


def _print_control(line: Line, at: int, length: int) -> None:
    """A control message (RFC 9327)."""
    if length < _CONTROL_HEADER:
        _invalid(line, at, length)
        return
    flags = line.u8(at + 1)
    kind, state = "Response" if flags & 0x80 else "Request", "Error" if flags & 0x40 else "OK"
    line.write(f", {kind}, {state}, {'More' if flags & 0x20 else 'Last'}, OpCode={flags & 0x1F}\n")
    line.write(f"\tSequence={line.u16(at + 2)}")
    status = line.u16(at + 4)
    line.write(f", Status={f'0x{status:x}' if status else 0}")
    for name, offset in (("Assoc.", 6), ("Offset", 8), ("Count", 10)):
        line.write(f", {name}={line.u16(at + offset)}")
    count = line.u16(at + 10)
    if _CONTROL_HEADER + count > length:
        _invalid(line, at, length)
    elif count:
        if not line.has(at + _CONTROL_HEADER, count):
            line.truncated()
            return
        line.write("\n\tTO-BE-DONE: data not interpreted")


def _invalid(line: Line, at: int, length: int) -> None:
    line.invalid()
    if not line.has(at, length):
        line.truncated()


def _signed(byte: int) -> int:
    return byte - 256 if byte & 0x80 else byte


def _short(value: int) -> str:
    """Sixteen bits of seconds and sixteen of their fraction."""
    return f"{value >> 16}.{(value & 0xFFFF) * 1_000_000 >> 16:06}"


def _fraction(value: int) -> str:
    # tcpdump computes in floating point, and a double holds every product of this size exactly.
    return f"{(value & 0xFFFFFFFF) * 1_000_000_000 >> 32:09}"


def timestamp(value: int) -> str:
    """Seconds since 1900 in 32 bits, and 32 of their fraction."""
    seconds = value >> 32
    text = f"{seconds}.{_fraction(value)}"
    if not seconds:
        return text
    date = gmtime(seconds - _SECONDS_1900_TO_1970)
    return (
        f"{text} ({date.tm_year:04}-{date.tm_mon:02}-{date.tm_mday:02}T"
        f"{date.tm_hour:02}:{date.tm_min:02}:{date.tm_sec:02}Z)"
    )


def _difference(earlier: int, later: int) -> str:
    """From one timestamp to another; the later one itself where there is no earlier one."""
    if not earlier:
        return timestamp(later)
    # Equal times count as negative.
    if later > earlier:
        sign, passed = "+", later - earlier
    else:
        sign, passed = "-", earlier - later
    return f"{sign}{passed >> 32}.{_fraction(passed)}"
