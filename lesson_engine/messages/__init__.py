"""Everything said to a learner, in Japanese and in English, from one catalog.

A `Message` is a key and its parameters; it becomes text when it is shown, in the language of the one who
reads. The catalog lies in one module a room (`messages.filters`, `messages.course`, ...), each with a dict
`TEXTS` of key to (Japanese, English); it is imported when its first message is shown. tcpdump's own output
is never translated and does not come from here.

>>> Message("packets.number", number=3).text("ja")
'3 番のパケット'
>>> str(Message("packets.number", number=3))
'packet 3'
"""

from importlib import import_module
from typing import Literal, NamedTuple, Protocol, get_args, runtime_checkable

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@runtime_checkable
class Text(Protocol):
    """Whatever can be said in either language."""

    def text(self, language: Language) -> str:
        """The text in `language`."""
        ...


class Localized(NamedTuple):
    """A text that an author wrote in both languages: an exercise's title, a hint."""

    ja: str
    en: str

    def text(self, language: Language) -> str:
        """The text in `language`."""
        return self.ja if language == "ja" else self.en


class Message:
    """Something to say: `key` is "room.what", the parameters fill its text's {fields}.

    A parameter may itself be a Text. `str()` is English, for developers and logs.
    """

    __slots__ = ("key", "params")

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = params

    def text(self, language: Language) -> str:
        """The text in `language`. Raises KeyError if the catalog lacks the key or a parameter is missing."""
        room = self.key.partition(".")[0]
        texts = import_module(f"{__name__}.{room}").TEXTS[self.key]
        template: str = texts[LANGUAGES.index(language)]
        shown = {
            name: value.text(language) if isinstance(value, Message | Localized) else value
            for name, value in self.params.items()
        }
        return template.format_map(shown)

    def __str__(self) -> str:
        return self.text("en")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.key, self.params) == (other.key, other.params)

    __hash__ = None  # type: ignore[assignment]  # parameters may be lists

    def __repr__(self) -> str:
        return f"Message({self.key!r}, **{self.params!r})"
