"""`tutor timeline FILE [EXPRESSION]`: when who talked, a lane for each conversation or protocol."""

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.captures import open_and_select
from lesson_engine.cli.screen import Screen
from lesson_engine.messages import Message
from lesson_engine.views.timeline import BY, timeline, timeline_lines, timeline_svg


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the expression is no filter, or selects nothing."""
    by = next((each for each in BY if each == call.options.get("by", BY[0])), None)
    if by is None:
        raise UsageError(Message("cli.timeline_unknown", found=call.options["by"]))
    opened = open_and_select(call, screen)
    if opened is None:
        return 1
    _, capture = opened
    with screen.patience(Message("cli.working")):
        seen = timeline(capture, by=by)
    if not seen.lanes:
        screen.complain(Message("cli.timeline_none", file=call.operands[0]))
        return 1
    if "svg" in call.options:
        screen.write_picture(timeline_svg(seen, screen.language), call.options["svg"])
        return 0
    screen.show(timeline_lines(seen, screen.language))
    if capture.error is not None:
        raise capture.error
    return 0
