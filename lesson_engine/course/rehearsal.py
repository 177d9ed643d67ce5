"""Running an author's own answers on the recorded network, so that the files they write are there to be graded.

Only answers of exercise definitions are run, never a learner's. They run inside this process by the engine's own
tcpdump, on the recorded network and in a folder of the caller's; other programs' commands are passed over.

>>> import os, tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     rehearse("sudo tcpdump -i eth0 -c 3 -w three.pcap", folder)
...     os.listdir(folder)
['three.pcap']
"""

import io
import os

from lesson_engine.course.network import network
from lesson_engine.course.written import commands_of
from lesson_engine.tcpdump.command import Command
from lesson_engine.tcpdump.session import run


def writes_files(answer: str) -> bool:
    """Whether an answer leaves files behind that grading may look at."""
    commands = (each.command for each in commands_of(answer))
    return any(command is not None and bool(command.write_file or command.redirects) for command in commands)


def rehearse(answer: str, folder: str, seed: int | None = None) -> None:
    """Runs the tcpdump commands of an author's answer one after the other, with `folder` as their directory, on the
    network that belongs to `seed`."""
    for each in commands_of(answer):
        if each.command is not None:
            _run(each.command, folder, seed)


def _run(command: Command, folder: str, seed: int | None) -> None:
    placed = command._replace(
        write_file=_inside(command.write_file, folder), read_file=_inside(command.read_file, folder)
    )
    shown = io.BytesIO()
    run(placed, sources=network(seed), stdout=shown, stderr=io.StringIO())
    for redirect in command.redirects:
        if redirect.target is not None and redirect.operator in (">", "1>", ">|", ">>"):
            with open(
                os.path.join(folder, os.path.basename(redirect.target.text)),
                "ab" if redirect.operator == ">>" else "wb",
            ) as file:
                file.write(shown.getvalue())


def _inside(name: str | None, folder: str) -> str | None:
    """The file of that name in the folder; whatever directories the name has, it never leads out of it."""
    return os.path.join(folder, os.path.basename(name)) if name and name != "-" else name
