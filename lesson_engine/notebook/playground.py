"""The filter playground: a filter as it is typed, the packets it matches, and why.

Most of what is typed is no filter yet: then the last one that was stays in force, and what is wrong is said beside it.
"""

from itertools import compress, count, islice

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.explain import Explanation, explain
from lesson_engine.filters.wireshark import WiresharkError, display_filter
from lesson_engine.messages import Message
from lesson_engine.messages.cells import caret
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply
from lesson_engine.notebook.listing import Listing
from lesson_engine.notebook.opened import the_capture
from lesson_engine.notebook.page import Still, html_lines, html_table, pieces, visible
from lesson_engine.packets import Capture
from lesson_engine.views.filter_tree import tree_clauses, tree_lines
from lesson_engine.views.text import line, plain

_STILL_ROWS = 20


class FilterPlayground(Exhibit):
    """Packets of `capture`, and a filter to begin with. Raises as `the_capture`."""

    kind = "playground"

    def __init__(self, capture: str | Capture, expression: str) -> None:
        super().__init__()
        self._listing = Listing(the_capture(capture), self.language)
        self._expression = expression
        self._filter = Filter("")

    def on_open(self, asked: Asked) -> Reply:
        return {"packets": len(self._listing), "filter": self._expression}

    def on_rows(self, asked: Asked) -> Reply:
        return self._listing.rows(asked)

    def on_detail(self, asked: Asked) -> Reply:
        return self._listing.detail(asked)

    def on_filter(self, asked: Asked) -> Reply:
        """What `filter` matches, how it was read, what it says of the packet at `index`, and so many of the `first`
        lines that it leaves."""
        try:
            # One that is right in itself may be wrong for this link type: all of it is tried before it counts.
            read = Filter(str(asked["filter"]), link_type=self._listing.capture.link_type)
            matches = read.matches(self._listing.capture)
        except FilterSyntaxError as error:
            return {
                "error": self.say(error.explanation),
                "caret": caret(error.source, error.span, 72).split("\n"),
                "hint": error.hint,
                "said": error.libpcap_text,
            }
        self._filter = read
        return {
            "count": sum(matches),
            "read": str(read) if str(read) != read.expression.strip() else "",
            "wireshark": self._wireshark(),
            "why": self._why(asked) if asked.get("index") is not None else None,
            # With these the browser can show what is left at once, without asking again.
            **self._listing.rows({"indices": [*islice(compress(count(), matches), asked.get("first", 0))]}),
            "buffers": [bytes(matches)],
        }

    def on_why(self, asked: Asked) -> Reply:
        """What the filter in force says of the packet at `index`."""
        return {"why": self._why(asked)}

    def _wireshark(self) -> str:
        try:
            return display_filter(self._filter).expression
        except WiresharkError as error:
            return self.say(error.message)

    def _why(self, asked: Asked) -> Reply:
        explanation = self._explained(self._listing.index(asked))
        clauses = tree_clauses(explanation)
        spans = [[[each.start, each.end] for each in clause.evidence if each.end] for clause in clauses]
        lines = tree_lines(explanation, self.language)
        return {"lines": [pieces(each) for each in lines], "spans": spans}

    def _explained(self, index: int) -> Explanation:
        return explain(self._filter, self._listing.capture[index])

    def still(self) -> Still:
        reply = self.on_filter({"filter": self._expression})
        total = f"{len(self._listing):,}"
        heading = self.say(Message("notebook.still_filter", filter=self._expression or "-"))
        shown = [line((heading, "title"))]
        if "error" in reply:
            shown += [line((text, "quote")) for text in reply["caret"]] + [line((reply["error"], "bad"))]
            return Still(html_lines(shown), visible(plain(shown)))
        matches = reply["buffers"][0]
        shown.append(
            line(Message("notebook.still_count", count=f"{reply['count']:,}", total=total).text(self.language))
        )
        if reply["wireshark"]:
            shown.append(line("Wireshark: ", (reply["wireshark"], "quote")))
        first = matches.find(1)
        rows = [
            ("●" if matches[index] else "", f"{self._listing.capture[index].number}", self._listing.lines[index])
            for index in range(min(_STILL_ROWS, len(self._listing)))
        ]
        texts = [line(f"{mark or ' '} {number:>4}  ", (text, "packet")) for mark, number, text in rows]
        why = [] if first < 0 else [self._listing.numbered(first), *tree_lines(self._explained(first), self.language)]
        columns = [Message(f"notebook.column.{key}").text(self.language) for key in ("match", "number", "line")]
        table = html_table(
            Message("notebook.still_rows", rows=len(rows), total=total).text(self.language), columns, rows
        )
        why_html = html_lines(why) if why else ""
        text = visible(plain([*shown, line(), *texts, line(), *why]))
        return Still(html_lines(shown) + table + why_html, text)
