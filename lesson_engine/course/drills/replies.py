"""What a learner typed, brought into the normal form of a question's answers.

Tolerant where nothing is lost by it: full-width characters (NFKC), brackets, number signs, commas of either language,
names of flags or their symbols, a choice by its number, its letter or its words. What is no answer of the form is None.

>>> flags("[S.]"), flags("syn-ack"), flags("ＳＹＮ，ＡＣＫ"), flags("hello")
('SYN,ACK', 'SYN,ACK', 'SYN,ACK', None)
>>> numbers("＃１ と 3", most=5), numbers("なし", most=5), numbers("9", most=5)
((1, 3), (), None)
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

MAXIMUM_REPLY = 4096
"""Characters of a reply that are looked at."""

_PUNCTUATION = str.maketrans({"。": ".", "、": ",", "・": ",", "「": " ", "」": " ", "｡": "."})
_NONE = {"none", "nothing", "no", "0", "-", "なし", "無し", "ない", "ありません"}
_FLAGS = {
    "syn": "SYN", "ack": "ACK", "fin": "FIN", "rst": "RST", "reset": "RST", "psh": "PSH", "push": "PSH",
    "urg": "URG", "ece": "ECE", "cwr": "CWR",
}  # fmt: skip
_SYMBOLS = {"S": "SYN", ".": "ACK", "F": "FIN", "R": "RST", "P": "PSH", "U": "URG", "E": "ECE", "W": "CWR"}
_ORDER = ("SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR")


def plain(reply: str) -> str:
    """The reply in compatible characters, without blanks around it and with single ones inside."""
    return " ".join(normalize("NFKC", reply[:MAXIMUM_REPLY]).translate(_PUNCTUATION).split())


def choice(reply: str, texts: Sequence[str]) -> int | None:
    """The number, from 1, of the choice that was meant: by number, by letter (a for the first) or by its words."""
    said = plain(reply)
    for number, text in enumerate(texts, 1):
        if said.casefold() == plain(text).casefold():
            return number
    matched = re.fullmatch(r"[(\[]?(?:([0-9]{1,2})|([a-zA-Z]))[)\].]?(?: ?番)?", said)
    if matched is None:
        return None
    number = int(matched[1]) if matched[1] else ord(matched[2].lower()) - ord("a") + 1
    return number if 1 <= number <= len(texts) else None


def numbers(reply: str, most: int) -> tuple[int, ...] | None:
    """Numbers of lines from 1 to `most` in the order given, () where none is said to be right."""
    said = plain(reply).casefold()
    if said in _NONE:
        return ()
    words = re.split(r"(?:[\s,;/>#→と]|and|番|行目|line)+", said)
    given = [word for word in words if word]
    if not given or not all(re.fullmatch(r"[0-9]{1,4}", word) for word in given):
        return None
    found = tuple(map(int, given))
    return found if all(1 <= number <= most for number in found) else None


def value(reply: str) -> int | None:
    """A number that is no line's; thousands may be parted by commas, and a unit may follow."""
    matched = re.fullmatch(
        r"(?:ack |seq |length |win )?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,20})(?: ?[^\W\d]+)?", plain(reply)
    )
    return int(matched[1].replace(",", "")) if matched else None


def flags(reply: str) -> str | None:
    """Flags such as "SYN,ACK", from their names or from tcpdump's symbols."""
    said = re.sub(r"^flags\s*", "", plain(reply), flags=re.IGNORECASE).strip("[]() ")
    names = [name for name in re.split(r"[\s,+/&-]+|(?<=[a-z])と|and", said.casefold()) if name]
    if names and all(name in _FLAGS for name in names):
        found = {_FLAGS[name] for name in names}
    elif said and all(symbol in _SYMBOLS for symbol in said.upper()):
        found = {_SYMBOLS[symbol] for symbol in said.upper()}
    else:
        return None
    return ",".join(name for name in _ORDER if name in found)


def word(reply: str) -> str:
    """A part of a line, without the punctuation around it."""
    return plain(reply).strip("[](),:;'\" ").casefold()
