"""What a learner typed, brought into the normal form of a question's answers.

Tolerant where nothing is lost by it: full-width characters (NFKC) and Japanese punctuation, brackets, number signs, a
choice by its number, its letter or its words; for the rest as answer files are (`course.reading.forms`). What is no
answer of the form is None.

>>> flags("[S.]"), flags("syn-ack"), flags("ＳＹＮ，ＡＣＫ"), flags("hello")
('ACK,SYN', 'ACK,SYN', 'ACK,SYN', None)
>>> numbers("＃１ と 3", most=5), numbers("なし", most=5), numbers("9", most=5)
((1, 3), (), None)
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from lesson_engine.course.reading import forms
from lesson_engine.messages import Message

MAXIMUM_REPLY = 4096
"""Characters of a reply that are looked at."""

_PUNCTUATION = str.maketrans({"。": ".", "、": ",", "「": " ", "」": " "})
_NONE = {"none", "nothing", "0", "-", "なし", "無し", "ない", "ありません"}


def plain(reply: str) -> str:
    """The reply in compatible characters, without blanks around it and with single ones inside."""
    return " ".join(normalize("NFKC", reply[:MAXIMUM_REPLY]).translate(_PUNCTUATION).split())


def choice(reply: str, texts: Sequence[str]) -> int | None:
    """The number, from 1, of the choice that was meant: by its words, its number, or its letter (a for the first)."""
    said = plain(reply)
    for number, text in enumerate(texts, 1):
        if said == plain(text):
            return number
    matched = re.fullmatch(r"[(\[#]?(?:([0-9]{1,2})|([a-zA-Z]))[)\].]?(?: ?番)?", said)
    if matched is None:
        return None
    number = int(matched[1]) if matched[1] else ord(matched[2].lower()) - ord("a") + 1
    return number if 1 <= number <= len(texts) else None


def numbers(reply: str, most: int) -> tuple[int, ...] | None:
    """Numbers of lines from 1 to `most` in the order given, () where none is said to be right."""
    said = plain(reply).casefold()
    if said in _NONE:
        return ()
    found = forms.packets(re.sub(r"番|行目|行|と|and|lines?", " ", said))
    if isinstance(found, Message) or not all(1 <= number <= most for number in found):
        return None
    return found


def value(reply: str) -> int | None:
    """A number that is no line's; thousands may be parted by commas, and a unit may follow."""
    found = forms.number(re.sub(r"(?<=[0-9]),(?=[0-9]{3})|(?<=[0-9]) ?[^\W\d_]+$", "", plain(reply)))
    return None if isinstance(found, Message) else found


def flags(reply: str) -> str | None:
    """Flags in normal form, from their names or from tcpdump's letters."""
    found = forms.flags(plain(reply))
    return None if isinstance(found, Message) or not found else normal_flags(found)


def normal_flags(names: Iterable[str]) -> str:
    """Flags in normal form: their names in capitals, sorted."""
    return ",".join(sorted(name.upper() for name in names))


def word(reply: str) -> str:
    """A part of a line, without the punctuation around it."""
    return plain(reply).strip("[](),:;'\" ").casefold()
