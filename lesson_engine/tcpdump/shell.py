"""What a POSIX shell would make of a line the learner wrote, without ever running it.

Guarantees: nothing is executed, expanded or looked up; time and memory are linear in the text; every character of
every word knows where in the source it came from, and whether quoting protected it. What the shell would have done
to unprotected special characters is told as findings. Knows nothing of tcpdump or filters.
Rules: POSIX.1-2017, Shell Command Language, sections 2.2 (quoting) and 2.3 (tokens); history expansion as bash(1).

>>> script = lex("sudo tcpdump -c 3 'port 80' > out.txt  # web only")
>>> [word.text for word in script.commands[0].words]
['sudo', 'tcpdump', '-c', '3', 'port 80']
>>> script.commands[0].redirects[0].target.text
'out.txt'
>>> [(finding.kind, finding.text) for finding in lex("tcpdump tcp[13] & 2 != 0").findings]
[('glob', '['), ('background', '&')]
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from lesson_engine.messages import Message

Span = tuple[int, int]
"""Start and end offsets into a source text, in characters."""

FindingKind = Literal[
    "parenthesis",
    "background",
    "and_then",
    "or_else",
    "pipe",
    "separator",
    "redirect",
    "history",
    "glob",
    "variable",
    "substitution",
    "unclosed_quote",
    "wide_character",
]

UNRUNNABLE: frozenset[FindingKind] = frozenset(
    {"parenthesis", "variable", "substitution", "unclosed_quote", "wide_character"}
)
"""Kinds after which the words are not what the learner meant, whatever the command is. History expansion is not
among them: only an interactive bash does it, a script does not."""


class Word(NamedTuple):
    """One argument as a program would receive it. `offsets[i]` is where `text[i]` stands in the source and
    `quoted[i]` whether quotes or a backslash protected it; `span` includes the quotes."""

    text: str
    span: Span
    offsets: tuple[int, ...]
    quoted: tuple[bool, ...]

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the source that text[start:end] came from (start < end, both within the text)."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Redirect(NamedTuple):
    """A redirection; `operator` includes a file descriptor number if one was written."""

    operator: str
    target: Word | None
    span: Span


class SimpleCommand(NamedTuple):
    """The words of one command, its redirections, and the operator that ended it ("" at the end of the text)."""

    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    operator: str

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        spans = [word.span for word in self.words[:1]] + [redirect.span for redirect in self.redirects[:1]]
        return min(spans)[0]


class Finding(NamedTuple):
    """A special character that nothing protected, and what the shell does because of it."""

    kind: FindingKind
    span: Span
    text: str

    @property
    def consequence(self) -> Message:
        """What the shell does, in words."""
        return Message(f"tcpdump.shell.{self.kind}", text=self.text)


class Script(NamedTuple):
    """The commands of a text, and everything the shell would have treated specially, in reading order."""

    source: str
    commands: tuple[SimpleCommand, ...]
    findings: tuple[Finding, ...]


def lex(source: str, *, literal: bool = False) -> Script:
    """Split `source` as a shell does. With `literal`, operators and expansions are taken for ordinary characters
    (quotes, comments and line ends still count): the words the learner probably had in mind."""
    return _Lexer(source, literal).run()


def quote(text: str) -> str:
    """`text` written so that a shell passes it on unchanged as one word.

    >>> print(quote("tcp port 80"), quote("-c"), quote("it's"))
    'tcp port 80' -c 'it'"'"'s'
    """
    if text and all(character in _SAFE for character in text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def join(words: Iterable[str]) -> str:
    """The line that gives a program these words."""
    return " ".join(map(quote, words))


_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_#") - {"#"}

# Longest first: the shell always takes the longest operator it can.
_REDIRECTS = ("&>>", "<<<", "<<-", "&>", ">>", ">&", ">|", "<<", "<&", "<>", ">", "<")
_SEPARATORS: tuple[tuple[str, FindingKind], ...] = (
    ("&&", "and_then"),
    ("||", "or_else"),
    ("|&", "pipe"),
    (";;", "separator"),
    ("&", "background"),
    ("|", "pipe"),
    (";", "separator"),
)
_BRACKETS = re.compile(r"\[[^\]\s]{1,200}\]").match
_NO_HISTORY_AFTER = " \t\r\n="
_PARAMETER_STARTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789{?@*#$!-")

# What an input method or a word processor writes for the ASCII a command needs. Full-width forms are FF01-FF5E.
_LOOKALIKES = {
    "\u3000": " ", "\u00a0": " ", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-",
    "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
}  # fmt: skip


def ascii_form(character: str) -> str | None:
    """The ASCII character that this one is easily mistaken for, or None.

    >>> ascii_form("\\u3000"), ascii_form("\\uff48"), ascii_form("h")
    (' ', 'h', None)
    """
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return _LOOKALIKES.get(character)


class _Lexer:
    """One pass over the source; each method consumes what its name says and moves `position`."""

    def __init__(self, source: str, literal: bool) -> None:
        self.source = source
        self.literal = literal
        self.position = 0
        self.commands: list[SimpleCommand] = []
        self.findings: list[Finding] = []
        self.words: list[Word] = []
        self.redirects: list[Redirect] = []
        self.redirect: tuple[str, int] | None = None  # an operator that still waits for its target, and its start
        self.start: int | None = None  # of the word being read
        self.text: list[str] = []
        self.offsets: list[int] = []
        self.quoted: list[bool] = []

    def run(self) -> Script:
        source = self.source
        while self.position < len(source):
            character = source[self.position]
            if character in " \t" or source.startswith("\r\n", self.position):
                self.end_word()
                self.position += 1
            elif character == "\n":
                self.end_command("\n")
                self.position += 1
            elif character == "#" and self.start is None:
                end = source.find("\n", self.position)
                self.position = len(source) if end < 0 else end
            elif character == "\\":
                self.backslash()
            elif character == "'":
                self.single_quotes()
            elif character == '"':
                self.double_quotes()
            elif self.literal or not self.operator():
                self.plain(character)
        self.end_command("")
        self.findings.sort(key=lambda finding: finding.span)
        return Script(source, tuple(self.commands), tuple(self.findings))

    def find(self, kind: FindingKind, start: int, end: int) -> None:
        if not self.literal:
            self.findings.append(Finding(kind, (start, end), self.source[start:end]))

    def begin_word(self) -> None:
        if self.start is None:
            self.start = self.position

    def add(self, character: str, offset: int, quoted: bool) -> None:
        self.text.append(character)
        self.offsets.append(offset)
        self.quoted.append(quoted)
        if not quoted and ascii_form(character) is not None:
            self.find("wide_character", offset, offset + 1)

    def end_word(self) -> None:
        if self.start is None:
            return
        span = (self.start, self.position)
        word = Word("".join(self.text), span, tuple(self.offsets), tuple(self.quoted))
        self.forget_word()
        if self.redirect is None:
            self.words.append(word)
        else:
            operator, start = self.redirect
            self.redirects.append(Redirect(operator, word, (start, span[1])))
            self.redirect = None

    def forget_word(self) -> None:
        self.start = None
        self.text, self.offsets, self.quoted = [], [], []

    def end_command(self, operator: str) -> None:
        self.end_word()
        if self.redirect is not None:
            name, start = self.redirect
            self.redirects.append(Redirect(name, None, (start, start + len(name))))
            self.redirect = None
        if self.words or self.redirects:
            self.commands.append(SimpleCommand(tuple(self.words), tuple(self.redirects), operator))
            self.words, self.redirects = [], []

    def plain(self, character: str) -> None:
        self.begin_word()
        position = self.position
        following = self.source[position + 1 : position + 2]
        if character in "*?" or (character == "[" and _BRACKETS(self.source, position)):
            self.find("glob", position, position + 1)
        elif character == "!" and following and following not in _NO_HISTORY_AFTER:
            self.find("history", position, position + 1)
        self.expansion(character)
        for _ in range(2 if character + following == "$(" else 1):  # the two are one token
            self.add(self.source[self.position], self.position, False)
            self.position += 1

    def expansion(self, character: str) -> None:
        """Report `$name`, `$(...)` and backticks, which the shell replaces outside quotes and within double ones."""
        position = self.position
        following = self.source[position + 1 : position + 2]
        if character == "`" or (character == "$" and following == "("):
            self.find("substitution", position, position + (1 if character == "`" else 2))
        elif character == "$" and following in _PARAMETER_STARTS and following:
            end = position + 2
            while end < len(self.source) and (self.source[end].isalnum() or self.source[end] == "_"):
                end += 1
            self.find("variable", position, end)

    def backslash(self) -> None:
        following = self.source[self.position + 1 : self.position + 3]
        if following.startswith(("\n", "\r\n")):  # the line goes on
            self.position += 2 if following[0] == "\n" else 3
            return
        self.begin_word()
        if following:
            self.add(following[0], self.position + 1, True)
            self.position += 2
        else:
            self.add("\\", self.position, False)
            self.position += 1

    def single_quotes(self) -> None:
        self.begin_word()
        opening = self.position
        closing = self.source.find("'", opening + 1)
        if closing < 0:
            self.find("unclosed_quote", opening, opening + 1)
            closing = len(self.source)
        for offset in range(opening + 1, closing):
            self.add(self.source[offset], offset, True)
        self.position = min(closing + 1, len(self.source))

    def double_quotes(self) -> None:
        self.begin_word()
        opening = self.position
        source = self.source
        self.position += 1
        while self.position < len(source) and source[self.position] != '"':
            character = source[self.position]
            following = source[self.position + 1 : self.position + 2]
            if character == "\\" and following and following in '$`"\\\n':
                if following != "\n":
                    self.add(following, self.position + 1, True)
                self.position += 2
                continue
            if character == "!" and following and following not in _NO_HISTORY_AFTER + '"':
                self.find("history", self.position, self.position + 1)
            self.expansion(character)
            self.add(character, self.position, True)
            self.position += 1
        if self.position >= len(source):
            self.find("unclosed_quote", opening, opening + 1)
        else:
            self.position += 1

    def operator(self) -> bool:
        """Consume an operator if one stands here."""
        source, position = self.source, self.position
        if source[position] in "()":
            self.find("parenthesis", position, position + 1)
            self.end_word()
            self.position += 1
            return True
        if source[position] not in "<>&|;":
            return False
        for operator in _REDIRECTS:
            if source.startswith(operator, position):
                self.begin_redirect(operator)
                return True
        for operator, kind in _SEPARATORS:
            if source.startswith(operator, position):
                self.find(kind, position, position + len(operator))
                self.end_command(operator)
                self.position += len(operator)
                return True
        return False

    def begin_redirect(self, operator: str) -> None:
        start, name = self.position, operator
        if self.start is not None and "".join(self.text).isdecimal() and not any(self.quoted):
            # digits that touch the operator are a file descriptor, not an argument
            start, name = self.start, "".join(self.text) + operator
            self.forget_word()
        self.end_word()
        self.position += len(operator)
        self.find("redirect", start, self.position)
        self.redirect = (name, start)
