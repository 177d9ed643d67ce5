"""Options and operands of a command line, in the order GNU getopt_long(3) would meet them.

Guarantees: the same reading as glibc: clusters (`-nnc10`), attached and separate arguments, options after operands,
`--`, unique abbreviations of long names; and the same words for what it refuses. Knows no option's meaning.

>>> from lesson_engine.tcpdump.shell import lex
>>> words = lex("-nc3 port --cou 80 -- -x").commands[0].words
>>> read = getopt(words, {"n": False, "c": True}, {"count": "count"})
>>> [item.key if isinstance(item, Given) else item.text for item in read]
['n', 'c', 'port', 'count', '80', '-x']
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from lesson_engine.tcpdump.shell import Span, Word


class Given(NamedTuple):
    """An option as given: `key` is its letter, or its long name if it has no letter; `value` its argument.
    `span` covers the option and `value_span` the argument; both lie in the source of the words."""

    key: str
    spelling: str
    span: Span
    value: str | None = None
    value_span: Span | None = None


Fault = Literal["unknown", "ambiguous", "missing_argument", "needless_argument"]


class GetoptError(ValueError):
    """A word that is no valid option. `text` is what getopt says, without the program's name."""

    def __init__(self, fault: Fault, text: str, spelling: str, span: Span) -> None:
        super().__init__(text)
        self.fault = fault
        self.text = text
        self.spelling = spelling
        self.span = span


def getopt(words: Sequence[Word], letters: Mapping[str, bool], long_names: Mapping[str, str]) -> Iterator[Given | Word]:
    """Options as `Given`, operands as the `Word` they are.

    `letters` tells of each key whether it takes an argument (a key of more than one character has no letter);
    `long_names` maps long names to keys, in the order in which getopt lists the possibilities.
    Raises GetoptError when the iteration reaches a word that is no option.
    """
    remaining = iter(words)
    for word in remaining:
        if word.text == "--":
            yield from remaining
        elif word.text.startswith("--"):
            yield _long(word, remaining, letters, long_names)
        elif word.text.startswith("-") and word.text != "-":
            yield from _cluster(word, remaining, letters)
        else:
            yield word


def _cluster(word: Word, remaining: Iterator[Word], letters: Mapping[str, bool]) -> Iterator[Given]:
    for index in range(1, len(word.text)):
        letter = word.text[index]
        spelling = f"-{letter}"
        # the hyphen belongs to the first letter
        span = word.source_span(0 if index == 1 else index, index + 1)
        if letter not in letters:
            raise GetoptError("unknown", f"invalid option -- '{letter}'", spelling, span)
        if not letters[letter]:
            yield Given(letter, spelling, span)
            continue
        if index + 1 < len(word.text):
            yield Given(letter, spelling, span, word.text[index + 1 :], word.source_span(index + 1, len(word.text)))
        else:
            argument = next(remaining, None)
            if argument is None:
                raise GetoptError("missing_argument", f"option requires an argument -- '{letter}'", spelling, span)
            yield Given(letter, spelling, span, argument.text, argument.span)
        return


def _long(word: Word, remaining: Iterator[Word], letters: Mapping[str, bool], long_names: Mapping[str, str]) -> Given:
    typed, equals, attached = word.text[2:].partition("=")
    matching = [typed] if typed in long_names else [name for name in long_names if name.startswith(typed)]
    if not matching:
        raise GetoptError("unknown", f"unrecognized option '{word.text}'", word.text, word.span)
    if len(matching) > 1:
        possibilities = " ".join(f"'--{name}'" for name in matching)
        text = f"option '{word.text}' is ambiguous; possibilities: {possibilities}"
        raise GetoptError("ambiguous", text, word.text, word.span)
    spelling = f"--{matching[0]}"
    key = long_names[matching[0]]
    name_span = word.source_span(0, 2 + len(typed))
    takes_argument = letters.get(key, False)
    if not takes_argument:
        if equals:
            text = f"option '{spelling}' doesn't allow an argument"
            raise GetoptError("needless_argument", text, spelling, word.span)
        return Given(key, spelling, name_span)
    if equals:
        begin = len(word.text) - len(attached)
        value_span = word.source_span(begin, len(word.text)) if attached else (word.span[1], word.span[1])
        return Given(key, spelling, name_span, attached, value_span)
    argument = next(remaining, None)
    if argument is None:
        raise GetoptError("missing_argument", f"option '{spelling}' requires an argument", spelling, word.span)
    return Given(key, spelling, name_span, argument.text, argument.span)
