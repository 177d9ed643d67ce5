"""`tutor replay FILE`: a capture's tcpdump lines at the pace the packets came."""

import sys
import time

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.captures import open_and_select
from lesson_engine.cli.screen import Screen
from lesson_engine.messages import Message
from lesson_engine.sources.replay import AT_ONCE, play
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer


def run(call: Call, screen: Screen) -> int:
    """Plays the file to its end; exit status 1 if the file breaks off."""
    speed = _speed(call)
    opened = open_and_select(call, screen)
    if opened is None:
        return 1
    _, selected = opened
    printer = Printer(PrintOptions(numeric=2), selected.link_type)
    stepping = "step" in call.options and sys.stdin.isatty()
    if stepping:
        screen.advise(Message("cli.replay_enter"))
    for packet in play(selected, speed=AT_ONCE if stepping else speed, clock=time.monotonic, sleep=time.sleep):
        screen.out.write(printer.print(packet))
        screen.out.flush()
        if stepping and not sys.stdin.readline():
            break
    if selected.error is not None:
        raise selected.error
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
