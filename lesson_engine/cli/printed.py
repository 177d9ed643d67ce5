"""One packet of a capture as the learner has seen it printed: for verbs that take --read FILE and --packet N."""

from lesson_engine.cli.arguments import UsageError
from lesson_engine.messages import Message
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


def packet_number(asked: str, capture: Capture, name: str = "--packet") -> int:
    """The number that the option or operand `name` gives. Raises UsageError if the capture has no such packet."""
    if not asked.isdecimal() or not 1 <= int(asked) <= len(capture):
        raise UsageError(Message("cli.no_such_packet", name=name, found=asked, packets=len(capture)))
    return int(asked)


def printed_packet(capture: Capture, number: int) -> tuple[str, Packet]:
    """The line of `tcpdump -nn -r` for the packet, and the packet; those before it make its numbers relative."""
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    shown = ""
    for index in range(number):
        shown = printer.print(capture[index])
    return shown.rstrip("\n"), capture[number - 1]
