"""`tutor packet FILE N`: a packet's layers and fields, and the bytes they were read from."""

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.captures import open_capture
from lesson_engine.cli.printed import packet_number, printed_packet
from lesson_engine.cli.screen import Screen
from lesson_engine.messages import Message
from lesson_engine.views.detail import Detail, Node, layer_summary, tree_lines
from lesson_engine.views.dissection import dissect
from lesson_engine.views.hexdump import hex_lines
from lesson_engine.views.text import line


def run(call: Call, screen: Screen) -> int:
    """Shows the packet, or the layer or field of it that --layer names."""
    name = call.operands[0]
    capture = open_capture(name, screen)
    number = packet_number(call.operands[1], capture, "N")
    shown, packet = printed_packet(capture, number)
    detail = dissect(packet)
    only = _asked(call, detail, number, screen)
    summary = layer_summary(detail, screen.language)
    size = Message("views.detail.size", bytes=packet.original_length).text(screen.language)
    screen.show([line((f"#{number}  ", "accent"), (shown, "packet")), line(), line((summary, "title"), f"   {size}")])
    screen.blank()
    screen.show(tree_lines(detail, screen.language, only))
    screen.blank()
    screen.show(hex_lines(detail.data, [only.span] if only is not None and only.span else []))
    if only is None and detail.layers:
        inner = [layer for layer in detail.layers if layer.children and layer.kind != "data"] or detail.layers
        screen.blank()
        command = f"tutor packet {name} {number} --layer {inner[-1].kind}"
        screen.show([screen.next_line(command)])
    return 0


def _asked(call: Call, detail: Detail, number: int, screen: Screen) -> Node | None:
    if "layer" not in call.options:
        return None
    found = detail.find(call.options["layer"])
    if found is None:
        layers = layer_summary(detail, screen.language)
        raise UsageError(Message("cli.no_such_layer", number=number, found=call.options["layer"], layers=layers))
    return found
