"""Syslog over UDP (RFC 3164): the priority that the message begins with, and under -v the message.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"<30>sshd started")
>>> print_syslog(line, 0, 16)
>>> line.text()
'SYSLOG daemon.info, length: 16'
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, named

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
    severity = _SEVERITIES[priority & 7]
    if not line.verbose:
        line.write(f"SYSLOG {named(_FACILITIES, priority >> 3, 'unknown (%u)')}.{severity}, length: {length}")
        return
    facility = named(_FACILITIES, priority >> 3, "unknown (%u)")
    line.write(
        f"SYSLOG, length: {length}\n\tFacility {facility} ({priority >> 3}), Severity {severity} ({priority & 7})"
    )
    line.write("\n\tMsg: ")
    text = at + offset + 1
    if line.printable(text, at + length - text):
        raise TruncatedError
    if line.verbose > 1:
        line.write_hex(at, length)
