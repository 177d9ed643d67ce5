"""`tutor ladder CLIENT --and SERVER [EXPRESSION]`: conversations captured at two points, side by side."""

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.captures import open_capture
from lesson_engine.cli.screen import Screen
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Message
from lesson_engine.views.crossing import crossings_of
from lesson_engine.views.crossing_text import crossing_lines

_MOST = 3
"""Pictures that are shown where not all are asked for."""


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the expression is no filter, no conversation is selected, or a file breaks off."""
    names = (call.operands[0], call.options["and"])
    first, second = (open_capture(name, screen) for name in names)
    expression = " ".join(call.operands[1:])
    try:
        chosen = [
            frozenset(Filter(expression, link_type=capture.link_type).select(capture).numbers)
            for capture in (first, second)
        ]
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return 1
    with screen.patience(Message("cli.working")):
        pictures = crossings_of(first, second, absolute="absolute" in call.options, whole="all" in call.options)
    # The expression chooses conversations, by the packets of either capture.
    found = [each for each in pictures if any(not a.isdisjoint(b) for a, b in zip(chosen, each.numbers, strict=True))]
    if not found:
        screen.complain(Message("cli.ladder_none", file=names[0]))
        return 1
    if "svg" in call.options:
        from lesson_engine.views.crossing_svg import crossing_svg

        screen.write_picture(crossing_svg(found[0], screen.language), call.options["svg"])
        return 0
    shown = found if "all" in call.options else found[:_MOST]
    for place, picture in enumerate(shown):
        if place:
            screen.blank()
        screen.show(crossing_lines(picture, screen.language))
    screen.blank()
    if len(found) > len(shown):
        screen.say(Message("cli.ladder_others", count=len(found) - len(shown)))
    command = f"tutor diagnose {names[0]} --and {names[1]}"
    screen.show([screen.next_line(command)])
    for capture in (first, second):
        if capture.error is not None:
            raise capture.error
    return 0
