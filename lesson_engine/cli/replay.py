"""`tutor replay FILE`: a capture's tcpdump lines at the pace the packets came."""

import sys
import time

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.captures import open_capture
from lesson_engine.cli.screen import Screen
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.messages import Message
from lesson_engine.sources.replay import AT_ONCE, play
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


def run(call: Call, screen: Screen) -> int:
    """Plays the file to its end; exit status 1 if the file breaks off."""
    speed = _speed(call)
    expression = " ".join(call.operands[1:])
    try:
        capture = open_capture(call.operands[0], screen)
        selected = Filter(expression, link_type=capture.link_type).select(capture)
    except FilterSyntaxError as error:
        screen.err.write(error.text(screen.language) + "\n")
        return 1
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    stepping = "step" in call.options and sys.stdin.isatty()
    if stepping:
        screen.advise(Message("cli.replay_enter"))
    for packet in play(selected, speed=AT_ONCE if stepping else speed, clock=time.monotonic, sleep=time.sleep):
        screen.out.write(printer.print(packet))
        screen.out.flush()
        if stepping and not sys.stdin.readline():
            break
    if capture.error is not None:
        raise capture.error
    return 0


def _speed(call: Call) -> float:
    asked = call.options.get("speed", "1")
    try:
        speed = float(asked)
    except ValueError:
        speed = 0.0
    if not 0 < speed < AT_ONCE:
        raise UsageError(Message("cli.number", option="--speed", found=asked))
    return speed
