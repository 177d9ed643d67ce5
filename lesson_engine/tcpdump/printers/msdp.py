"""MSDP (RFC 3618): which multicast sources are active.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\x04\\x00\\x03")
>>> print_msdp(line, 0, 3)
>>> line.text()
': msdp Keepalive'
"""

from lesson_engine.tcpdump.printers.line import Line

_ACTIVE, _REQUEST, _RESPONSE, _KEEP_ALIVE, _NOTIFICATION = 1, 2, 3, 4, 5
_LARGEST, _LAST_TYPE = 1500, 7


def print_msdp(line: Line, at: int, length: int) -> None:
    """Messages in `length` bytes at `at`."""
    line.protocol = "msdp"
    write = line.write
    write(": msdp")
    kind, size = line.u8(at), line.u16(at + 1)
    if not 3 <= size <= _LARGEST or not 1 <= kind <= _LAST_TYPE:
        line.truncated()
        return
    while length:
        kind, size = line.u8(at), line.u16(at + 1)
        if size > 1400 or line.verbose:
            write(f" [len {size}]")
        if size < 3 or length < size:
            line.truncated()
            return
        if kind in (_ACTIVE, _RESPONSE):
            write(f" {'SA' if kind == _ACTIVE else 'SA-Response'}")
            entries = line.u8(at + 3)
            write(f" {entries} entries")
            data = 8 + 12 * entries
            if data < size:
                write(" [w/data]")
                if line.verbose > 1:
                    from lesson_engine.tcpdump.printers.ip import print_ip

                    write(" ")
                    print_ip(line, at + data, size - data)
        elif kind == _REQUEST:
            write(" SA-Request")
            write(f" for {line.ipv4(at + 4)}")
        elif kind == _KEEP_ALIVE:
            write(" Keepalive")
            if size != 3:
                write(f"[len={size}] ")
        elif kind == _NOTIFICATION:
            write(" Notification")
        else:
            write(f" [type={kind} len={size}]")
        at += size
        length -= size
