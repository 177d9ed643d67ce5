"""Records the sample captures again: `python -m lesson_engine.lab.record [NAME ...]`.

Each scenario is played in fresh namespaces by a child process, while real tcpdump records it. A capture replaces
the old one, in one step, only when tcpdump reads it without complaint and it holds what the scenario expects; then
the manifest names it. Scenarios run one after another and none longer than `LIMIT` seconds. However this ends, no
process, interface or file of the lab remains. Names are of captures or scenarios; none means all of them.

Exit status: 0 all recorded, 1 the lab refused or a capture was not as expected, 2 usage.

>>> [scenario.name for scenario in chosen(["ping", "lost_reply_server"])]
['ping', 'lost_reply']
"""

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from types import FrameType
from typing import NoReturn

from lesson_engine.bundled import sample_pcaps
from lesson_engine.lab import manifest
from lesson_engine.lab.manifest import Recorded, file_name
from lesson_engine.lab.namespaces import PATH, PROGRAMS, LabError, entering, require_namespaces, require_programs
from lesson_engine.lab.scenarios import SCENARIOS, Scenario, Vantage
from lesson_engine.messages import LANGUAGES, Language, Message
from lesson_engine.packets import LinkType

LIMIT = 40.0
"""Seconds after which a scenario is ended, whatever it is doing."""


class UnexpectedCaptureError(LabError):
    """A recording does not show what its scenario promises, or tcpdump complains of it."""


def chosen(names: Sequence[str]) -> list[Scenario]:
    """The scenarios with these names or with captures of these names, all if none. Raises LabError for another."""
    if not names:
        return list(SCENARIOS.values())
    owners = {vantage.capture: scenario for scenario in SCENARIOS.values() for vantage in scenario.vantages}
    owners |= SCENARIOS
    unknown = [name for name in names if name not in owners]
    if unknown:
        raise LabError(Message("lab.unknown_capture", name=unknown[0], known=", ".join(sorted(owners))))
    wanted = {owners[name].name for name in names}
    return [scenario for scenario in SCENARIOS.values() if scenario.name in wanted]


def record(scenario: Scenario, directory: str, language: Language = "ja") -> list[Vantage]:
    """Plays `scenario` and puts its captures and their manifest entries into `directory`.

    The captures appear together or not at all. What goes wrong inside the lab is told on stderr in `language`.
    Raises LabError.
    """
    require_programs((*PROGRAMS, *scenario.programs, "tcpdump"))
    with tempfile.TemporaryDirectory(prefix=".recording-", dir=directory) as fresh:
        _play_in_namespaces(scenario, fresh, language)
        found = {vantage.capture: _checked(vantage, fresh) for vantage in scenario.vantages}
        for vantage in scenario.vantages:
            os.replace(os.path.join(fresh, file_name(vantage)), os.path.join(directory, file_name(vantage)))
        with open(os.path.join(fresh, manifest.FILE), "w", encoding="utf-8") as file:
            file.write(manifest.text(manifest.load(directory) | found))
        os.replace(os.path.join(fresh, manifest.FILE), os.path.join(directory, manifest.FILE))
    return list(scenario.vantages)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m lesson_engine.lab.record", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="capture or scenario; all without one")
    parser.add_argument("--into", default=sample_pcaps(), metavar="DIR", help="directory of captures and manifest")
    parser.add_argument("--lang", choices=LANGUAGES, default=os.environ.get("TUTOR_LANG", "ja"))
    parser.add_argument("--play", metavar="SCENARIO", choices=SCENARIOS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    language: Language = options.lang if options.lang in LANGUAGES else "ja"
    signal.signal(signal.SIGTERM, _end)
    try:
        if options.play:
            _play(SCENARIOS[options.play], options.into)
            return 0
        scenarios = chosen(options.names)
        require_namespaces()
        for scenario in scenarios:
            started = time.monotonic()
            for vantage in record(scenario, options.into, language):
                seconds = f"{time.monotonic() - started:.1f}"
                print(Message("lab.recorded", file=file_name(vantage), seconds=seconds).text(language), flush=True)
    except LabError as error:
        print(error.message.text(language), file=sys.stderr)
        return 1
    except OSError as error:
        print(Message("lab.cannot_write", directory=options.into, error=error.strerror).text(language), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(Message("lab.interrupted").text(language), file=sys.stderr)
        return 130
    return 0


def _play_in_namespaces(scenario: Scenario, directory: str, language: Language) -> None:
    package_root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    player = subprocess.Popen(
        [
            *(*entering(), sys.executable, "-m", "lesson_engine.lab.record"),
            *("--play", scenario.name, "--into", os.path.abspath(directory), "--lang", language),
        ],
        stdin=subprocess.DEVNULL,
        # Nothing is written here, but tcpdump holds it too: its end says that nobody writes captures any more.
        stdout=subprocess.PIPE,
        # A Ctrl-C is for this process alone, which then ends the player and with it everything in its namespaces.
        start_new_session=True,
        env=os.environ | {"PATH": PATH, "PYTHONPATH": package_root, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        player.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired as error:
        raise LabError(Message("lab.scenario_too_slow", name=scenario.name, seconds=LIMIT)) from error
    finally:
        player.kill()
        player.communicate()
    if player.returncode != 0:
        raise LabError(Message("lab.scenario_failed", name=scenario.name))


def _play(scenario: Scenario, directory: str) -> None:
    from contextlib import ExitStack

    from lesson_engine.lab.stage import Stage
    from lesson_engine.lab.topology import COURSE

    stage = Stage(COURSE)
    scenario.prepare(stage)
    with ExitStack() as captures:
        for vantage in scenario.vantages:
            path = os.path.join(directory, file_name(vantage))
            captures.enter_context(stage.capturing(vantage.host, vantage.interface, path))
        scenario.play(stage)


def _checked(vantage: Vantage, directory: str) -> Recorded:
    path = os.path.join(directory, file_name(vantage))
    _refuse_flaws(path)
    for expectation in vantage.expectations:
        found = _count(path, expectation.expression)
        if found < expectation.least or (expectation.most is not None and found > expectation.most):
            raise UnexpectedCaptureError(
                Message("lab.not_as_expected", file=file_name(vantage), expression=expectation.expression, found=found)
            )
    with open(path, "rb") as file:
        content = file.read()
    version = subprocess.run(["tcpdump", "--version"], capture_output=True, text=True, env=_environment()).stdout
    return Recorded(
        link_type=LinkType.from_number(int.from_bytes(content[20:24], sys.byteorder)).name,
        packets=_count(path, ""),
        sha256=hashlib.sha256(content).hexdigest(),
        recorded=datetime.now(UTC).date(),
        tcpdump=version.split()[2],
    )


def _count(path: str, expression: str) -> int:
    """How many packets of the savefile match the expression, by the real tcpdump."""
    return int(_read(path, *([expression] if expression else []), "--count").split()[0])


def _refuse_flaws(path: str) -> None:
    """A captured checksum is wrong only if offload was on after all."""
    shown = _read(path, "-vv")
    if "incorrect" in shown or "bad cksum" in shown or "bad udp cksum" in shown:
        raise UnexpectedCaptureError(Message("lab.bad_checksum", file=os.path.basename(path)))


def _read(path: str, *words: str) -> str:
    command = ["tcpdump", "-nn", "-r", path, *words]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=_environment())
    if done.returncode != 0 or "truncated" in done.stderr:
        raise UnexpectedCaptureError(
            Message("lab.command_failed", command=" ".join(command), error=done.stderr.strip())
        )
    return done.stdout


def _environment() -> dict[str, str]:
    return os.environ | {"PATH": PATH, "TZ": "UTC"}


def _end(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
