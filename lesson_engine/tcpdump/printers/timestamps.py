"""The time before each line, in tcpdump's six styles (tcpdump(1), -t to -ttttt), and durations within lines.

Times come as nanoseconds since the epoch and are printed to the microsecond, or to the nanosecond where
asked; clock and date are local time, as the TZ variable says (tzset(3)).

>>> clock = Clock(time_style=5)
>>> clock.text(1_700_000_000_000_000_000), clock.text(1_700_000_001_500_000_000)
(' 00:00:00.000000 ', ' 00:00:01.500000 ')
>>> Clock(time_style=2).text(1_700_000_000_000_250_000)
'1700000000.000250 '
"""

from time import localtime

_NANOSECONDS = 1_000_000_000

CLOCK, NONE, EPOCH, SINCE_PREVIOUS, DATE, SINCE_FIRST = range(6)


class Clock:
    """Writes times in one style, and remembers what the styles compare with."""

    __slots__ = ("_fraction_digits", "_reference", "_second", "_second_text", "_style")

    def __init__(self, time_style: int = CLOCK, *, nanoseconds: bool = False) -> None:
        self._style = time_style
        self._fraction_digits = 9 if nanoseconds else 6
        self._reference: int | None = None
        self._second = -1
        self._second_text = ""

    def text(self, time_ns: int) -> str:
        """The time with the space after it; empty for -t."""
        style = self._style
        if style == NONE:
            return ""
        if style in (SINCE_PREVIOUS, SINCE_FIRST):
            return self._since(time_ns)
        second, fraction = divmod(time_ns, _NANOSECONDS)
        # A savefile's seconds are 32 bits; tcpdump takes them as signed and refuses those before 1970.
        if not 0 <= second < 1 << 31:
            return "[Error converting time] "
        if second != self._second:
            # Packets share seconds, and converting to local time costs more than the rest of this.
            self._second = second
            self._second_text = self._whole(second)
        if self._fraction_digits == 6:
            return f"{self._second_text}.{fraction // 1000:06} "
        return f"{self._second_text}.{fraction:09} "

    def _whole(self, second: int) -> str:
        if self._style == EPOCH:
            return str(second)
        local = localtime(second)
        clock = f"{local.tm_hour:02}:{local.tm_min:02}:{local.tm_sec:02}"
        if self._style == DATE:
            return f"{local.tm_year:04}-{local.tm_mon:02}-{local.tm_mday:02} {clock}"
        return clock

    def _since(self, time_ns: int) -> str:
        unit = 10 ** (9 - self._fraction_digits)
        now = time_ns // unit
        if self._reference is None:
            self._reference = now
        passed = now - self._reference
        if self._style == SINCE_PREVIOUS:
            self._reference = now
        sign, passed = ("-", -passed) if passed < 0 else (" ", passed)
        second, fraction = divmod(passed, 10**self._fraction_digits)
        # Hours count to 23 only: tcpdump prints the difference as a time of day.
        hours, minutes = divmod(second // 60 % 1440, 60)
        return f"{sign}{hours:02}:{minutes:02}:{second % 60:02}.{fraction:0{self._fraction_digits}} "


def duration(seconds: int) -> str:
    """Seconds as weeks, days, hours, minutes and seconds.

    >>> duration(0), duration(90061), duration(604800)
    ('0s', '1d1h1m1s', '1w')
    """
    if not seconds:
        return "0s"
    text = ""
    for unit, size in (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            text += f"{count}{unit}"
    return text
