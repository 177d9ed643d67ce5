"""`tutor tcpdump …`: tcpdump itself, on savefiles and the recorded network; `tutor live …`: on real interfaces."""

import sys
from contextlib import nullcontext

from lesson_engine.cli.arguments import Call
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.network import network
from lesson_engine.messages import Message
from lesson_engine.tcpdump.command import CommandError, parse_command
from lesson_engine.tcpdump.report import report
from lesson_engine.tcpdump.session import run as run_session

LIVE = "--live"
"""The one option that tcpdump itself has not: capture on the interfaces of this machine."""


def run(call: Call, screen: Screen) -> int:
    """Runs tcpdump with the words behind the verb; the exit status is tcpdump's own."""
    words = list(call.operands)
    live = call.verb is not None and call.verb.name == "live"
    if LIVE in words:
        words.remove(LIVE)
        live = True
    if live:
        _give_root_to_the_helper_alone(screen)
    try:
        command = parse_command(words)
    except CommandError as error:
        return report(error, screen.err, screen.language)
    silent = (command.write_file is not None or command.count_only) and not command.print_always
    with screen.patience(Message("cli.working")) if silent else nullcontext():
        return run_session(
            command,
            sources=network(None if live or command.read_file is not None else _seed(call, screen)),
            stdout=sys.stdout.buffer,
            stderr=screen.err,
            language=screen.language,
            stdin=sys.stdin.buffer,
            live=live,
        )


def _give_root_to_the_helper_alone(screen: Screen) -> None:
    """Through sudo: from here on, what is read, parsed and written is the caller's, and only the helper may capture."""
    from lesson_engine import privilege

    who = privilege.caller()
    if who is None:
        return
    if privilege.HAS_CAPABILITIES:
        privilege.become(who, keeping=(privilege.NET_RAW, privilege.NET_ADMIN))
    else:
        screen.advise(Message("sources.live.needless_root"))


def _seed(call: Call, screen: Screen) -> int | None:
    """The seed of the network that this learner is asked about."""
    with Learner(call, screen) as learner:
        return learner.seed
