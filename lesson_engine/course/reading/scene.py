"""What questions are asked about: a capture, the packets of it that matter, and their lines as a learner sees them.

Lines are printed from the first packet on, as `tcpdump -nn -r` does, so that relative sequence numbers are those of
the learner's own screen. What is chosen for a learner (a line, an order) follows from the capture's bytes: where
captures differ from learner to learner, so do the choices, and nothing has to be remembered between start and check.
"""

from collections.abc import Callable
from zlib import crc32

from lesson_engine.conversations.tcp import Segment, segment_of
from lesson_engine.course.captures import open_capture
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.questions import Question
from lesson_engine.filters import Filter
from lesson_engine.messages import Message
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


class Scene:
    """A capture that questions are about. Its lines and segments are made on first use and kept."""

    def __init__(self, name: str, capture: Capture) -> None:
        self.name = name
        self.capture = capture
        self._lines: dict[PrintOptions, tuple[Printer, list[str]]] = {}
        self._segments: dict[int, Segment | None] = {}

    def select(self, expression: str) -> Capture:
        """The packets that match; they keep their numbers."""
        return Filter(expression, link_type=self.capture.link_type).select(self.capture)

    def packet(self, number: int) -> Packet:
        """The packet of that number, counting from 1. Raises IndexError if there is none."""
        return self.capture[number - 1] if number > 0 else self.capture[len(self.capture)]

    def segment(self, number: int) -> Segment | None:
        """The TCP segment in that packet, or None."""
        if number not in self._segments:
            self._segments[number] = segment_of(self.packet(number))
        return self._segments[number]

    def line(self, number: int, *, time: bool = True, absolute: bool = False) -> str:
        """The packet's line in the output of `tcpdump -nn -r`, with -t or -S where asked."""
        options = PrintOptions(numeric=2, time_style=not time, absolute_sequence=absolute)
        printer, lines = self._lines.setdefault(options, (Printer(options, self.capture.link_type), []))
        while len(lines) < number:
            lines.append(printer.print(self.packet(len(lines) + 1)).split("\n")[0])
        return lines[number - 1]

    def quoted(self, number: int) -> str:
        """The line with its number before it, as feedback quotes it."""
        return f"#{number}  {self.line(number)}"

    def no_such(self, number: int) -> Message | None:
        """What to say of a number that no packet has; None if there is one."""
        if 1 <= number <= len(self.capture):
            return None
        return Message("reading.no_such_packet", number=number, packets=len(self.capture), capture=self.name)

    def pick(self, expression: str, suits: Callable[[int], bool]) -> int:
        """A packet that matches and suits, the same for the same capture. Raises LookupError if there is none."""
        numbers = self.select(expression).numbers
        start = self.draw % max(1, len(numbers))
        for number in (*numbers[start:], *numbers[:start]):
            if suits(number):
                return number
        raise LookupError(f"{self.name}: no packet of {expression} can be asked about")

    @property
    def draw(self) -> int:
        """The number that choices follow from."""
        return crc32(self.capture.buffer)


class Scenes:
    """The scenes of one exercise, in its learner's variant; each capture is opened once."""

    def __init__(self, exercise: Exercise) -> None:
        self._captures = exercise.captures
        self._seed = exercise.seed
        self._scenes: dict[str, Scene] = {}

    def __getitem__(self, name: str) -> Scene:
        """The scene of the capture that goes by that name. Raises OSError or SavefileError if it cannot be read."""
        if name not in self._scenes:
            self._scenes[name] = Scene(name, open_capture(self._captures[name], self._seed))
        return self._scenes[name]

    def of(self, question: Question) -> Scene:
        """The scene of the question's own capture."""
        return self[question.capture]
