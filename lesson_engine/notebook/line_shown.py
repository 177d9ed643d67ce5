"""The line reader: a line of tcpdump's output, each part with its meaning and its bytes."""

from lesson_engine.messages import Message
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply
from lesson_engine.notebook.listing import Listing
from lesson_engine.notebook.opened import the_capture
from lesson_engine.notebook.page import Still, html_lines, html_table, pieces, visible
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.line import Part, read_line
from lesson_engine.views.hexdump import hex_rows
from lesson_engine.views.text import escape_controls, line, plain


class LineReader(Exhibit):
    """A line as it was printed; or with a number that packet of a capture. Raises as `the_capture`."""

    kind = "line"

    def __init__(self, line_or_capture: str | Capture, number: int | None) -> None:
        super().__init__()
        self._packet: Packet | None = None
        if number is None and isinstance(line_or_capture, str) and " " in line_or_capture:
            self._text = line_or_capture
        else:
            listing = Listing(the_capture(line_or_capture), self.language)
            index = listing.index({"index": (number or 1) - 1})
            self._text, self._packet = listing.lines[index], listing.capture[index]
        self._parts = read_line(self._text, self._packet)

    def on_open(self, asked: Asked) -> Reply:
        """The line in order: what stands between the parts has no meaning."""
        shown: list[Reply] = []
        at = 0
        for part in self._parts:
            start, end = part.span
            if start > at:
                shown.append({"text": pieces(line(self._text[at:start]))})
            span = list(part.bytes) if part.bytes else None
            words = pieces(line((self._text[start:end], "packet")))
            name = escape_controls(self._text[start:end])
            shown.append(
                {
                    "text": words,
                    "name": name,
                    "meaning": self.say(part.meaning),
                    "span": span,
                    "place": self._place(part),
                }
            )
            at = end
        if at < len(self._text):
            shown.append({"text": pieces(line(self._text[at:]))})
        unknown = "" if self._parts else self.say(Message("notebook.not_a_line"))
        return {"parts": shown, "unknown": unknown, "hex": hex_rows(self._packet.data) if self._packet else []}

    def _place(self, part: Part) -> str:
        if part.bytes is None:
            return ""
        first, last = part.bytes[0], part.bytes[1] - 1
        key = "views.detail.byte" if first == last else "views.detail.bytes"
        return self.say(Message(key, bytes=str(first) if first == last else f"{first}-{last}"))

    def still(self) -> Still:
        head = [line((self._text, "packet"))]
        if not self._parts:
            head.append(line(self.say(Message("notebook.not_a_line"))))
            return Still(html_lines(head), visible(plain(head)))
        columns = [self.say(Message(f"notebook.column.{key}")) for key in ("part", "meaning", "bytes")]
        rows = [(self._text[slice(*part.span)], self.say(part.meaning), self._place(part)) for part in self._parts]
        table = html_table(self.say(Message("notebook.line_parts")), columns, rows)
        text = [*head, line(), *(line(f"{part}: {meaning} {place}".rstrip()) for part, meaning, place in rows)]
        return Still(html_lines(head) + table, visible(plain(text)))
