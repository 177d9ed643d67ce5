"""What stands after `port` and `portrange` when it is a name: services and ranges, read as libpcap reads them.

>>> named_port("http"), named_port("80")
(Service(port=80, protocol='tcp'), Service(port=80, protocol=None))
>>> read_range("80-90"), read_range("ftp-http")
((80, 90), None)
"""

import re

from lesson_engine.packets.numbers import Service, service_port

_RANGE = re.compile(r"([-+]?[0-9]+)-([-+]?[0-9]+)")


def named_port(name: str) -> Service | None:
    """The port a service name stands for and the transport protocol it narrows to; None if it is unknown.

    Digits, which reach here after a backslash or in a range, are a number of 16 bits.
    """
    if name.isascii() and name.isdigit():
        return Service(int(name[-9:]) & 0xFFFF, None)
    return service_port(name)


def read_range(text: str) -> tuple[int, int] | None:
    """The two numbers of `A-B` as written, text after them ignored, in 32-bit signed arithmetic; else None."""
    if (found := _RANGE.match(text)) is None:
        return None
    first, second = (_signed(number) for number in found.groups())
    return first, second


def _signed(text: str) -> int:
    return (int(text[:1000]) + (1 << 31)) % (1 << 32) - (1 << 31)
