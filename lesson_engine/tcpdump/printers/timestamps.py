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

    __slots__ = ("_digits", "_reference", "_second", "_second_text", "_unit", "style")

    def __init__(self, time_style: int = CLOCK, *, nanoseconds: bool = False) -> None:
        self.style = time_style
        self._digits = 9 if nanoseconds else 6
        self._unit = 1 if nanoseconds else 1000
        self._reference = (0, 0)
        self._second = -1
        self._second_text = ""

    def text(self, time_ns: int, odd_time: tuple[int, int] | None = None) -> str:
        """The time with the space after it; empty for -t. `odd_time` is the record's own seconds and nanoseconds
        where they make no proper time, such as a fraction of more than a second: tcpdump prints it as it is."""
        style = self.style
        if style == NONE:
            return ""
        second, nanoseconds = odd_time or divmod(time_ns, _NANOSECONDS)
        # As C divides: an odd fraction may be below zero, and is rounded towards it.
        fraction = nanoseconds // self._unit if nanoseconds >= 0 else -(-nanoseconds // self._unit)
        if style in (SINCE_PREVIOUS, SINCE_FIRST):
            return self._since((second, fraction))
        # A savefile's seconds are 32 bits; tcpdump takes them as signed and refuses those before 1970.
        if not 0 <= second < 1 << 31:
            return "[Error converting time] "
        if second != self._second:
            # Packets share seconds, and converting to local time costs more than the rest of this.
            self._second = second
            self._second_text = self.whole(second)
        return f"{self._second_text}.{self._decimals(fraction)} "

    def _decimals(self, fraction: int) -> str:
        return f"{fraction & 0xFFFFFFFF:0{self._digits}}"

    def whole(self, second: int) -> str:
        """A whole number of seconds since the epoch, in the clock's style."""
        if self.style == EPOCH:
            return str(second)
        local = localtime(second)
        clock = f"{local.tm_hour:02}:{local.tm_min:02}:{local.tm_sec:02}"
        if self.style == DATE:
            return f"{local.tm_year:04}-{local.tm_mon:02}-{local.tm_mday:02} {clock}"
        return clock

    def _since(self, now: tuple[int, int]) -> str:
        """The time passed, by tcpdump's arithmetic on seconds and fraction, which odd fractions do not upset. A
        reference of zero counts as none."""
        reference = self._reference if any(self._reference) else now
        if self.style == SINCE_PREVIOUS or not any(self._reference):
            self._reference = now
        sign, (later, earlier) = ("-", (reference, now)) if now < reference else (" ", (now, reference))
        second, fraction = later[0] - earlier[0], later[1] - earlier[1]
        if fraction < 0:
            second, fraction = second - 1, fraction + 10**self._digits
        if not 0 <= second < 1 << 31:
            return f"{sign}[Error converting time] "
        # Hours count to 23 only: tcpdump prints the difference as a time of day.
        hours, minutes = divmod(second // 60 % 1440, 60)
        return f"{sign}{hours:02}:{minutes:02}:{second % 60:02}.{self._decimals(fraction)} "


def duration(seconds: int) -> str:
    """Seconds as years, weeks, days, hours, minutes and seconds.

    >>> duration(0), duration(90061), duration(604800)
    ('0s', '1d1h1m1s', '1w')
    """
    if not seconds:
        return "0s"
    text = ""
    for unit, size in (("y", 31536000), ("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            text += f"{count}{unit}"
    return text
