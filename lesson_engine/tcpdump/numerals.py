"""Numbers in option arguments, read as the C library reads them, oddities included.

tcpdump hands its arguments to atoi(3) and strtol(3), so `-c 10x` is ten and `-s 0x40` is 64. An `int` is 32 bits wide
and wraps. Knows no option.

>>> atoi("10x"), atoi(" 3"), atoi("x"), atoi("4294967297")
(10, 3, 0, 1)
>>> strtol("0x40", 0), strtol("010", 0), strtol("96x", 0)
(64, 8, None)
"""

from typing import Literal

_SPACE = " \t\n\v\f\r"


def atoi(text: str) -> int:
    """The number at the start of `text`, 0 if there is none."""
    digits, sign = _split(text)
    length = next((index for index, digit in enumerate(digits) if digit not in "0123456789"), len(digits))
    return _narrow(sign * _value(digits[:length], 10), 32)


def strtol(text: str, base: Literal[0, 10], *, bits: Literal[32, 64] = 32) -> int | None:
    """The number that `text` is, None unless all of it is one; base 0 takes 0x for hexadecimal and 0 for octal."""
    digits, sign = _split(text)
    if base == 0 and digits[:2] in ("0x", "0X"):
        digits, radix, allowed = digits[2:], 16, "0123456789abcdefABCDEF"
    elif base == 0 and digits.startswith("0"):
        radix, allowed = 8, "01234567"
    else:
        radix, allowed = 10, "0123456789"
    if not digits or any(digit not in allowed for digit in digits):
        return None
    return _narrow(sign * _value(digits, radix), bits)


# Digits after which every number has overflowed: an argument may be thousands of digits long.
_ENOUGH = 40


def _value(digits: str, radix: int) -> int:
    return int(digits.lstrip("0")[:_ENOUGH] or "0", radix)


def _split(text: str) -> tuple[str, int]:
    digits = text.lstrip(_SPACE)
    sign = -1 if digits.startswith("-") else 1
    return (digits[1:] if digits[:1] in ("-", "+") and digits else digits), sign


def _narrow(value: int, bits: int) -> int:
    """Clamped to a long as strtol does, then cut to `bits` in two's complement."""
    value = max(-(2**63), min(value, 2**63 - 1))
    half = 1 << (bits - 1)
    return (value + half) % (2 * half) - half
