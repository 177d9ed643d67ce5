"""Syslog over UDP (RFC 3164): the priority that the message begins with.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"<30>sshd started")
>>> print_syslog(line, 0, 16)
>>> line.text()
'SYSLOG daemon.info, length: 16'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_MOST_DIGITS = 4
_SEVERITIES = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
_FACILITIES = dict(
    enumerate(
        (
            "kernel",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "ntp",
            "security",
            "console",
            "cron",
            *(f"local{number}" for number in range(8)),
        )
    )
)


def print_syslog(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "syslog"
    if line.u8(at) != ord("<"):
        line.invalid()
        return
    priority = 0
    for offset in range(1, _MOST_DIGITS + 1):
        byte = line.u8(at + offset)
        if byte == ord(">"):
            break
        if not ord("0") <= byte <= ord("9"):
            line.invalid()
            return
        priority = priority * 10 + byte - ord("0")
    else:
        line.invalid()
        return
    facility = named(_FACILITIES, priority >> 3, "unknown (%u)")
    line.write(f"SYSLOG {facility}.{_SEVERITIES[priority & 7]}, length: {length}")
