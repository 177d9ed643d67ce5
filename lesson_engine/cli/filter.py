"""`tutor filter`: how tcpdump reads a filter, how two of them differ, and the same one for Wireshark."""

from lesson_engine.cli.arguments import Call, UsageError, usage
from lesson_engine.cli.captures import open_capture
from lesson_engine.cli.printed import packet_number, printed_packet
from lesson_engine.cli.screen import Screen
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.explain import explain
from lesson_engine.messages import Message
from lesson_engine.messages.cells import wrap
from lesson_engine.packets import Packet
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.views.filter_tree import tree_lines
from lesson_engine.views.text import line


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where an expression is no filter, or has no counterpart in Wireshark."""
    action, *words = call.operands
    actions = {"explain": _explain, "compare": _compare, "wireshark": _wireshark}
    if action not in actions:
        raise UsageError(Message("cli.unknown_action", found=action, usage=_usage(call)))
    if action != "explain" and {"read", "packet"} & call.options.keys():
        raise UsageError(Message("cli.only_explain", usage=_usage(call)))
    try:
        return actions[action](words, call, screen)
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return 1


def _usage(call: Call) -> str:
    assert call.verb is not None
    return usage(call.verb)


def _explain(words: list[str], call: Call, screen: Screen) -> int:
    from lesson_engine.filters.misconceptions import advice

    packet, shown = _packet(call, screen)
    read = Filter(" ".join(words), link_type=packet.link_type if packet else None)
    screen.show(tree_lines(explain(read, packet), screen.language))
    for slip in filter(lambda each: each.is_fault, advice(read)):
        screen.blank()
        screen.say(slip.message)
        screen.say(Message("course.misconception", id=slip.id), "faint")
    if packet is not None:
        screen.blank()
        screen.show([line((f"#{packet.number}  ", "accent"), (shown, "packet"))])
    return 0


def _compare(words: list[str], call: Call, screen: Screen) -> int:
    if len(words) != 2:
        raise UsageError(Message("cli.two_expressions", usage=_usage(call)))
    from lesson_engine.filters.lattice import compare

    one, other = (Filter(word, link_type=EN10MB) for word in words)
    comparison = compare(one, other)
    printer = Printer(PrintOptions(numeric=2, time_style=1), EN10MB)
    proofs = [
        (proof, printer.print(Packet(0, 0, proof.data, len(proof.data), EN10MB)).rstrip("\n"))
        for proof in comparison.proofs
    ]
    if "json" in call.options:
        import json

        value = {
            "relation": comparison.relation,
            "complete": comparison.complete,
            "packets_tried": comparison.packets_tried,
            "proofs": [
                {"matched_by": proof.matched_by, "packet": proof.data.hex(), "line": shown} for proof, shown in proofs
            ],
        }
        screen.out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
        return 0
    screen.show([line("A  ", (words[0], "quote")), line("B  ", (words[1], "quote")), line()])
    screen.say(Message(f"cli.compare_{comparison.relation}"))
    tried = f"{comparison.packets_tried:,}"
    screen.say(Message("cli.compare_proven" if comparison.complete else "cli.compare_tested", packets=tried), "faint")
    for proof, shown in proofs:
        screen.blank()
        screen.say(Message("cli.compare_only", matched="AB"["ab".index(proof.matched_by)]))
        screen.show([line("  ", (shown, "packet"))])
    return 0


def _wireshark(words: list[str], call: Call, screen: Screen) -> int:
    from lesson_engine.filters.wireshark import WiresharkError, display_filter

    try:
        shown = display_filter(Filter(" ".join(words)))
    except WiresharkError as error:
        screen.complain(error.message)
        return 1
    screen.show([line((shown.expression, "quote"))])
    if shown.differences:
        screen.blank()
        screen.say(Message("cli.wireshark_differs"))
    for difference in shown.differences:
        first, *others = wrap(difference.text(screen.language), screen.width - 4)
        screen.show([line("  - ", first), *(line("    ", text) for text in others)])
    return 0


def _packet(call: Call, screen: Screen) -> tuple[Packet | None, str]:
    """The packet that --read and --packet name, and its tcpdump line."""
    if ("read" in call.options) != ("packet" in call.options):
        raise UsageError(Message("cli.read_and_packet"))
    if "read" not in call.options:
        return None, ""
    capture = open_capture(call.options["read"], screen)
    shown, packet = printed_packet(capture, packet_number(call.options["packet"], capture))
    return packet, shown
