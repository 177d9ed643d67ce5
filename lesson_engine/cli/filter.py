"""`tutor filter explain`: how tcpdump reads a filter, and what each clause says of a packet."""

from lesson_engine.cli.arguments import Call, UsageError, usage
from lesson_engine.cli.screen import Screen
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.explain import explain
from lesson_engine.messages import Message
from lesson_engine.packets import Capture, Packet
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.views.filter_tree import tree_lines
from lesson_engine.views.text import line


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the expression is no filter."""
    action, *words = call.operands
    if call.verb is None or action != "explain":
        raise UsageError(Message("cli.unknown_action", found=action, usage=usage(call.verb) if call.verb else ""))
    packet, shown = _packet(call, screen)
    try:
        read = Filter(" ".join(words), link_type=packet.link_type if packet else None)
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return 1
    screen.show(tree_lines(explain(read, packet), screen.language))
    if packet is not None:
        screen.blank()
        screen.show([line((f"#{packet.number}  ", "accent"), (shown, "packet"))])
    return 0


def _packet(call: Call, screen: Screen) -> tuple[Packet | None, str]:
    """The packet that --read and --packet name, and its tcpdump line."""
    if ("read" in call.options) != ("packet" in call.options):
        raise UsageError(Message("cli.read_and_packet"))
    if "read" not in call.options:
        return None, ""
    path = call.options["read"]
    with screen.patience(Message("cli.reading", path=path)):
        capture = Capture.open(path)
    asked = call.options["packet"]
    if not asked.isdecimal() or not 1 <= int(asked) <= len(capture):
        raise UsageError(Message("cli.no_such_packet", found=asked, packets=len(capture)))
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    shown = ""
    for index in range(int(asked)):
        shown = printer.print(capture[index])
    return capture[int(asked) - 1], shown.rstrip("\n")
