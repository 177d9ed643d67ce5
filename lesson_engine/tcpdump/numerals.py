"""Numbers in option arguments, read as the C library reads them, oddities included.

tcpdump hands its arguments to atoi(3) and strtol(3), so `-c 10x` is ten and `-s 0x40` is 64. An `int` is 32 bits wide
and wraps. Knows no option.

>>> atoi("10x"), atoi(" 3"), atoi("x"), atoi("4294967297")
(10, 3, 0, 1)
>>> strtol("0x40"), strtol("010"), strtol("96x")
(64, 8, None)
"""

_SPACE = " \t\n\v\f\r"
_DIGITS = "0123456789"

# Digits after which every number has overflowed: an argument may be thousands of digits long.
_ENOUGH = 40


def atoi(text: str) -> int:
    """The decimal number at the start of `text`, 0 if there is none."""
    digits, sign = _split(text)
    length = next((index for index, digit in enumerate(digits) if digit not in _DIGITS), len(digits))
    return _to_int(sign * _value(digits[:length], 10))


def strtol(text: str) -> int | None:
    """The number that `text` is, in an int, None unless all of it is one; 0x begins hexadecimal and 0 octal ones."""
    digits, sign = _split(text)
    if digits[:2] in ("0x", "0X"):
        digits, radix, allowed = digits[2:], 16, _DIGITS + "abcdefABCDEF"
    elif digits.startswith("0"):
        radix, allowed = 8, "01234567"
    else:
        radix, allowed = 10, _DIGITS
    if not digits or any(digit not in allowed for digit in digits):
        return None
    return _to_int(sign * _value(digits, radix))


def int64(text: str) -> int | None:
    """The decimal number that `text` is, None unless all of it is one that fits 64 bits."""
    digits, sign = _split(text)
    if not digits or any(digit not in _DIGITS for digit in digits):
        return None
    value = sign * _value(digits, 10)
    return value if -(2**63) <= value < 2**63 else None


def _split(text: str) -> tuple[str, int]:
    digits = text.lstrip(_SPACE)
    if digits[:1] in ("-", "+"):
        return digits[1:], -1 if digits[0] == "-" else 1
    return digits, 1


def _value(digits: str, radix: int) -> int:
    return int(digits.lstrip("0")[:_ENOUGH] or "0", radix)


def _to_int(value: int) -> int:
    """A long, which stops at its bounds, cut to an int in two's complement."""
    value = max(-(2**63), min(value, 2**63 - 1))
    return (value + 2**31) % 2**32 - 2**31
