"""`tutor lab …`: the private network, brought up, used and taken down."""

import os
import time

from lesson_engine import privilege
from lesson_engine.cli.arguments import Call, UsageError, relative, usage
from lesson_engine.cli.screen import Screen
from lesson_engine.lab.keeper import down, enter, require, up
from lesson_engine.lab.namespaces import LabError, NamespacesRefusedError
from lesson_engine.messages import Message
from lesson_engine.messages.cells import cell_width
from lesson_engine.views.text import line

_SHELL = ("bash", "--rcfile", "/run/lab/bashrc", "-i")


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where the lab cannot do it; that of the command, for `shell`."""
    action, *words = call.operands
    actions = {"up": _up, "shell": _shell, "run": _run, "restore": _restore, "status": _status, "down": _down}
    if action not in actions:
        assert call.verb is not None
        raise UsageError(Message("cli.unknown_action", found=action, usage=usage(call.verb)))
    inside = os.environ.get("TUTOR_LAB_HOST")
    if inside is not None:
        screen.complain(Message("lab.in_lab", host=inside))
        return 1
    who = privilege.caller() if privilege.HAS_CAPABILITIES else None
    if who is not None:
        # A lab is its user's, also where only root may make namespaces.
        privilege.become(who, keeping=(privilege.SYS_ADMIN,) if action == "up" else ())
    status = actions[action](words, call, screen)
    if who is not None and action == "up" and status == 0:
        screen.advise(Message("lab.no_sudo_from_here", user=who.name or who.user_id))
    return status


def _up(words: list[str], call: Call, screen: Screen) -> int:
    _most(words, 0, call)
    began = time.monotonic()
    try:
        with up() as lab:
            screen.say(Message("cli.lab_up", seconds=f"{time.monotonic() - began:.1f}"))
            with screen.patience(Message("cli.lab_starting")):
                status = lab.keep()
            _show(status, screen)
    except NamespacesRefusedError as error:
        screen.complain(error.message)
        screen.complain(Message("lab.without"))
        return 1
    except KeyboardInterrupt:
        screen.complain(Message("lab.interrupted"))
        raise
    _next(screen, "tutor lab shell client")
    return 0


def _down(words: list[str], call: Call, screen: Screen) -> int:
    _most(words, 0, call)
    began = time.monotonic()
    if not down():
        raise LabError(Message("lab.not_up"))
    screen.say(Message("cli.lab_down", seconds=f"{time.monotonic() - began:.1f}"))
    return 0


def _status(words: list[str], call: Call, screen: Screen) -> int:
    _most(words, 0, call)
    with require() as lab:
        _show(lab.ask("status"), screen)
    return 0


def _shell(words: list[str], call: Call, screen: Screen) -> int:
    if not words:
        assert call.verb is not None
        raise UsageError(Message("cli.too_few", usage=usage(call.verb)))
    host, *command = words
    with require() as lab, screen.patience(Message("cli.lab_starting")):
        lab.ask("ready")
    with require() as lab:
        screen.out.flush()
        return enter(lab, host, command or _SHELL)


def _run(words: list[str], call: Call, screen: Screen) -> int:
    _most(words, 1, call)
    if not words:
        _list(screen)
        return 0
    (name,) = words
    into = os.path.abspath(call.options["save"]) if "save" in call.options else None
    with require() as lab, screen.patience(Message("cli.lab_playing", name=name)):
        captures = lab.run(name, seed=_seed(call), into=into)
    screen.say(Message("cli.lab_played", name=name))
    for path in captures:
        screen.advise(Message("cli.written", path=path))
    if len(captures) == 2 and name != "mix":
        _next(screen, f"tutor ladder {relative(captures[0])} --and {relative(captures[1])}")
    return 0


def _restore(words: list[str], call: Call, screen: Screen) -> int:
    _most(words, 0, call)
    with require() as lab:
        lab.restore()
    screen.say(Message("cli.lab_restored"))
    return 0


def _list(screen: Screen) -> None:
    from lesson_engine.lab.faults import FAULTS
    from lesson_engine.lab.scenarios import SCENARIOS

    titles = {name: scenario.vantages[0].title for name, scenario in SCENARIOS.items()}
    for heading, known in (
        ("cli.lab_scenarios", titles),
        ("cli.lab_faults", {name: fault.title for name, fault in FAULTS.items()}),
    ):
        screen.show([line((Message(heading).text(screen.language), "title"))])
        width = max(map(cell_width, known))
        screen.show(line(f"  {name:<{width}}  ", title.text(screen.language)) for name, title in known.items())


def _show(status: dict[str, dict[str, str]], screen: Screen) -> None:
    for name, address in status["hosts"].items():
        screen.show([line(f"  {name:<12}  ", address)])
    screen.blank()
    for name, state in status["services"].items():
        screen.show([line(f"  {name:<12}  ", Message(f"cli.lab_state_{state}").text(screen.language))])
    if status["fault"]:
        screen.blank()
        screen.say(Message("cli.lab_faulty"))


def _seed(call: Call) -> int:
    asked = call.options.get("seed")
    if asked is None:
        return int.from_bytes(os.urandom(4))
    if not asked.isdecimal():
        raise UsageError(Message("cli.number", option="--seed", found=asked))
    return int(asked)


def _most(words: list[str], most: int, call: Call) -> None:
    if len(words) > most:
        assert call.verb is not None
        raise UsageError(Message("cli.too_many", extra=words[most], usage=usage(call.verb)))


def _next(screen: Screen, command: str) -> None:
    screen.show([screen.next_line(command)])
