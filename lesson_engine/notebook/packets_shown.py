"""The packet view: the list, the detail tree and the bytes of a capture, tied together as in Wireshark."""

from lesson_engine.messages import Message
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply
from lesson_engine.notebook.listing import Listing
from lesson_engine.notebook.opened import the_capture
from lesson_engine.notebook.page import Still, html_lines, html_table, visible
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views.detail import layer_summary, tree_lines, tree_rows
from lesson_engine.views.dissection import dissect
from lesson_engine.views.hexdump import hex_lines
from lesson_engine.views.text import line, plain

_INDENT = " " * 3


class PacketView(Exhibit):
    """Packets of `capture`, beginning with the one of that number; `lines` as for a Listing. Raises as
    `the_capture`."""

    kind = "packet"

    def __init__(self, capture: str | Capture, number: int, lines: PrintedLines | None = None) -> None:
        super().__init__()
        self._listing = Listing(the_capture(capture), self.language, lines)
        self._number = number

    @property
    def capture(self) -> Capture:
        """What is shown."""
        return self._listing.capture

    @property
    def _index(self) -> int:
        return self._listing.index({"index": self._number - 1})

    def on_open(self, asked: Asked) -> Reply:
        return {"packets": len(self._listing), "index": self._index}

    def on_rows(self, asked: Asked) -> Reply:
        return self._listing.rows(asked)

    def on_detail(self, asked: Asked) -> Reply:
        return self._listing.detail(asked)

    def still(self) -> Still:
        if not len(self._listing):
            nothing = [line(self.say(Message("notebook.no_packets")))]
            return Still(html_lines(nothing), visible(plain(nothing)))
        detail = dissect(self._listing.capture[self._index])
        head = [self._listing.numbered(self._index)]
        columns = [self.say(Message(f"notebook.column.{key}")) for key in ("field", "value", "bytes")]
        rows = [
            (_INDENT * (row.level - 1) + row.label, f"{row.value}  {row.remark}".strip(), row.place)
            for row in tree_rows(detail, self.language)
        ]
        dump = hex_lines(detail.data)
        table = html_table(layer_summary(detail, self.language), columns, rows)
        text = [*head, line(), *tree_lines(detail, self.language), line(), *dump]
        return Still(html_lines(head) + table + html_lines(dump), visible(plain(text)))
