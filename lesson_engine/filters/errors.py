"""The error a filter expression that cannot be used gives: what, where, what was expected, what to write.

>>> str(FilterSyntaxError("tcp prt 80", (4, 7), Message("filters.unexpected", found="prt")).caret())
'tcp prt 80\\n    ^^^'
"""

from functools import cached_property

from lesson_engine.messages import Language, Message

SYNTAX = "can't parse filter expression: syntax error"
"""What tcpdump prints when the words do not make a sentence."""

LONGEST_QUOTE = 60
"""Characters of the learner's words that a message repeats."""


class FilterSyntaxError(ValueError):
    """A filter expression that cannot be used.

    `source` is the expression, `span` the offsets (start, end) of the place that matters, `message` what is
    wrong, `expected` what could stand there (words and "<kinds of thing>"), `libpcap_text` what tcpdump prints
    after "tcpdump: ", `hint` a corrected expression where one is likely, else None. `str()` is English, in lines.
    """

    def __init__(
        self,
        source: str,
        span: tuple[int, int],
        message: Message,
        *,
        libpcap_text: str = SYNTAX,
        expected: tuple[str, ...] = (),
    ) -> None:
        super().__init__(source, span, message)
        self.source = source
        self.span = span
        self.message = Message(message.key, **{name: _short(value) for name, value in message.params.items()})
        self.libpcap_text = libpcap_text
        self.expected = expected

    @cached_property
    def hint(self) -> str | None:
        """A corrected expression, known to be valid; None if none is likely."""
        from lesson_engine.filters.corrections import corrected

        return corrected(self)

    @cached_property
    def explanation(self) -> Message:
        """What to tell a learner: the habit of thought behind the fault where one shows, else what is wrong."""
        from lesson_engine.filters.misconceptions import of_error

        known = of_error(self)
        return self.message if known is None else known.message

    def caret(self, width: int = 76) -> str:
        """The source around the span, and carets under the span: two lines of at most `width` cells."""
        from lesson_engine.messages.cells import caret

        return caret(self.source, self.span, width)

    def text(self, language: Language) -> str:
        """Explanation, source, caret and corrected line, in `language`."""
        lines = [self.explanation.text(language), *(f"  {line}" for line in self.caret().splitlines())]
        if self.hint is not None:
            lines.append(Message("filters.hint", expression=self.hint).text(language))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")


def _short(value: object) -> object:
    """Text that is too long to be read, cut; anything else as it is."""
    text = str(value)
    return value if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."
