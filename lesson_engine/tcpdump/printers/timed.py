"""The time synchronization protocol of 4.3BSD's timed(8).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("02 01 0007 0000000000000000") + b"host" + bytes(60))
>>> print_timed(line, 0, 76)
>>> line.text()
'TSP_ACK vers 1 seq 7 name host'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_TIME, _NAME, _NAME_SIZE = 4, 12, 256
_NAMES = dict(
    enumerate(
        (
            "TSP_ANY",
            "TSP_ADJTIME",
            "TSP_ACK",
            "TSP_MASTERREQ",
            "TSP_MASTERACK",
            "TSP_SETTIME",
            "TSP_MASTERUP",
            "TSP_SLAVEUP",
            "TSP_ELECTION",
            "TSP_ACCEPT",
            "TSP_REFUSE",
            "TSP_CONFLICT",
            "TSP_RESOLVE",
            "TSP_QUIT",
            "TSP_DATE",
            "TSP_DATEREQ",
            "TSP_DATEACK",
            "TSP_TRACEON",
            "TSP_TRACEOFF",
            "TSP_MSITE",
            "TSP_MSITEREQ",
            "TSP_TEST",
            "TSP_SETDATE",
            "TSP_SETDATEREQ",
            "TSP_LOOP",
        )
    )
)
_LOOP = 24
_WITH_TIME = frozenset((1, 5, 22, 23))


def print_timed(line: Line, at: int, length: int) -> None:
    """A message at `at`, whose size is fixed."""
    line.protocol = "timed"
    write = line.write
    kind = line.u8(at)
    write(named(_NAMES, kind, "(tsp_type 0x%x)"))
    write(f" vers {line.u8(at + 1)}")
    write(f" seq {line.u16(at + 2)}")
    if kind == _LOOP:
        write(f" hopcnt {line.u8(at + _TIME)}")
    elif kind in _WITH_TIME:
        seconds, microseconds = _signed(line.u32(at + _TIME)), _signed(line.u32(at + _TIME + 4))
        if microseconds < 0:
            return
        write(" time ")
        if seconds < 0 and microseconds:
            seconds += 1
            if seconds == 0:
                write("-")
            microseconds = 1_000_000 - microseconds
        write(f"{seconds}.{microseconds:06}")
    write(" name ")
    line.padded_text(at + _NAME, _NAME_SIZE)


def _signed(value: int) -> int:
    return value - (1 << 32) if value >> 31 else value
