"""Spacing: what was missed comes back after one other question, then after three, then after seven.

Each time it is answered right it moves on to the next of these boxes (Leitner), and out of the last; missed again, it
begins anew. What was never missed is asked again only when everything else was asked since. The deck follows from the
history of answers alone, and so goes on across sessions.

>>> deck = Deck({"flags": ("means-S", "symbol-ACK"), "line": ("bytes",)})
>>> deck.record("flags", "means-S", right=False)
>>> deck.due() is None
True
>>> deck.record("line", "bytes", right=True)
>>> deck.due()
Item(topic='flags', kind='means-S')
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from lesson_engine.course.drills.question import Topic

INTERVALS = (1, 3, 7)
"""After how many other questions a missed one comes back, box by box."""


class Item(NamedTuple):
    """What is spaced: a kind of question, asked about other packets each time."""

    topic: Topic
    kind: str


class _Boxed(NamedTuple):
    """The box an item is in, and how many answers there must have been until it is due."""

    box: int
    due: int


class Deck:
    """Which kind of question comes next. `kinds` are those that there are, by topic."""

    def __init__(self, kinds: Mapping[Topic, Sequence[str]], history: Iterable[tuple[str, str, bool]] = ()) -> None:
        """`history` has topic, kind and whether it was answered right, the first answer first. What it knows of kinds
        that are no more is passed over."""
        self._items = [Item(topic, kind) for topic, its_kinds in kinds.items() for kind in its_kinds]
        self._answers = 0
        self._boxed: dict[Item, _Boxed] = {}
        self._last: dict[Item, int] = {}
        known: dict[tuple[str, str], Item] = {(item.topic, item.kind): item for item in self._items}
        for topic, kind, right in history:
            if (item := known.get((topic, kind))) is not None:
                self.record(*item, right=right)

    def record(self, topic: Topic, kind: str, *, right: bool) -> None:
        """Takes one answer in."""
        item = Item(topic, kind)
        self._answers += 1
        self._last[item] = self._answers
        if not right:
            box = 0
        elif item in self._boxed:
            box = self._boxed[item].box + 1
        else:
            return
        if box < len(INTERVALS):
            self._boxed[item] = _Boxed(box, self._answers + INTERVALS[box])
        else:
            del self._boxed[item]

    def due(self, topics: Collection[Topic] = ()) -> Item | None:
        """The missed item that has waited longest and long enough, of these topics (of all, if none is named)."""
        waiting = [
            (boxed.due, item)
            for item, boxed in self._boxed.items()
            if boxed.due <= self._answers and (not topics or item.topic in topics)
        ]
        return min(waiting)[1] if waiting else None

    def next(self, chance: Random, topics: Collection[Topic] = ()) -> Item:
        """The item to ask: what is due, else what was never asked or lies back furthest, of the topic that does."""
        if (due := self.due(topics)) is not None:
            return due
        items = [item for item in self._items if not topics or item.topic in topics]
        free = [item for item in items if item not in self._boxed] or items
        latest: dict[Topic, int] = {}
        for item in items:
            latest[item.topic] = max(latest.get(item.topic, 0), self._last.get(item, 0))
        # The last but one of a family counts too: four options in a row would be dull.
        families: dict[tuple[Topic, str], int] = {}
        for item in items:
            families[family(item)] = max(families.get(family(item), 0), self._last.get(item, 0))
        return min(
            chance.sample(free, len(free)),
            key=lambda item: (latest[item.topic], families[family(item)], self._last.get(item, 0)),
        )

    @property
    def waiting(self) -> int:
        """How many missed items are yet to come back."""
        return len(self._boxed)


def family(item: Item) -> tuple[Topic, str]:
    """What an item has in common with others that ask alike: the first word of its kind."""
    return item.topic, item.kind.partition("-")[0]
