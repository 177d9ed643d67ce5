"""The ladder diagram: a conversation as a picture that is walked through packet by packet."""

import base64

from lesson_engine.filters import Filter
from lesson_engine.messages import Message
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply
from lesson_engine.notebook.listing import Listing
from lesson_engine.notebook.opened import the_capture
from lesson_engine.notebook.page import Still, html_lines, visible
from lesson_engine.packets import Capture
from lesson_engine.views import svg
from lesson_engine.views.ladder import Arrow, Ladder, Notice
from lesson_engine.views.ladder_svg import ladder_svg, ladder_table
from lesson_engine.views.ladder_text import ladder_lines, ladder_summary
from lesson_engine.views.ladders import Ladders
from lesson_engine.views.text import line, plain

_MOST = 20
"""Conversations that can be chosen from; a filter finds the others."""


class LadderView(Exhibit):
    """The conversations of `capture` that have packets which the filter matches. Raises as `the_capture`, and
    FilterSyntaxError."""

    kind = "ladder"

    def __init__(self, capture: str | Capture, expression: str) -> None:
        super().__init__()
        self._listing = Listing(the_capture(capture), self.language)
        whole = self._listing.capture
        selected = Filter(expression, link_type=whole.link_type).select(whole) if expression.strip() else None
        self._ladders = Ladders(whole)
        self._found = self._ladders.chosen(None if selected is None else selected.numbers)[:_MOST]
        self._indices = {number: index for index, number in enumerate(whole.numbers)}

    def on_open(self, asked: Asked) -> Reply:
        drawn = [self._ladders.of(symptom) for symptom in self._found]
        return {
            "names": [f"{each.lifelines[0]} ▸ {each.lifelines[1]}  ({each.packets})" for each in drawn],
            "none": self.say(Message("notebook.no_conversations")),
        }

    def on_ladder(self, asked: Asked) -> Reply:
        """The picture, and its packets with the time from the first one, in nanoseconds."""
        symptom = self._found[int(asked["place"])]
        ladder = self._ladders.of(symptom)
        rows = [row for row in ladder.rows if isinstance(row, Arrow | Notice)]
        kind = self.say(Message(f"conversations.kind.{symptom.kind}"))
        evidence = " ".join(f"#{number}" for number in symptom.evidence[:8])
        return {
            "svg": ladder_svg(ladder, self.language),
            "steps": [[row.number, row.time_ns - ladder.start_ns, self._indices[row.number]] for row in rows],
            "symptom": f"{kind}  {evidence}",
            "trouble": symptom.is_trouble,
        }

    def on_detail(self, asked: Asked) -> Reply:
        return self._listing.detail(asked)

    def still(self) -> Still:
        if not self._found:
            nothing = [line(self.say(Message("notebook.no_conversations")))]
            return Still(html_lines(nothing), visible(plain(nothing)))
        ladder = self._ladders.of(self._found[0])
        return Still(self._picture(ladder), visible(plain(ladder_lines(ladder, self.language))))

    def _picture(self, ladder: Ladder) -> str:
        # As an image nothing of it is taken away where pages are cleaned of SVG; the table says the same.
        data = base64.b64encode(ladder_svg(ladder, self.language).encode()).decode()
        summary = svg.escape(ladder_summary(ladder, self.language))
        image = f'<img class="t-picture" alt="{summary}" src="data:image/svg+xml;base64,{data}">'
        heading = svg.escape(self.say(Message("notebook.as_a_table")))
        return f"{image}<details><summary>{heading}</summary>{ladder_table(ladder, self.language)}</details>"
