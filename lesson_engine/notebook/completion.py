"""Completion behind the magics: options, interfaces and captures for tcpdump and tshark, exercises for check."""

import re
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from lesson_engine import bundled
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.tcpdump.manual import OPTIONS

_FILTER_WORDS = (
    "and", "arp", "dst", "ether", "host", "icmp", "icmp6", "ip", "ip6", "net", "not", "or", "port", "portrange", "src",
    "tcp", "udp", "vlan",
)  # fmt: skip


def complete_magics(shell: InteractiveShell) -> None:
    """Registers the completers in `shell`."""
    for pattern, completer in ((r"%+tcpdump\b", _tcpdump), (r"%+tshark\b", _tshark), (r"%+check\b", _check)):
        shell.set_hook("complete_command", completer, re_key=pattern)
    shell.set_hook("complete_command", _tcpdump, re_key=r"%+explain\b")


def _tcpdump(_: InteractiveShell, event: Any) -> list[str]:
    return _after(event.line, event.symbol, [f"-{option}" for option in sorted(OPTIONS) if len(option) == 1])


def _tshark(_: InteractiveShell, event: Any) -> list[str]:
    return _after(event.line, event.symbol, ["-r", "-i", "-Y", "-T", "-e", "-c", "-V", "-x", "-O"])


def _check(_: InteractiveShell, event: Any) -> list[str]:
    return [each for each in load_syllabus().exercises if each.startswith(event.symbol)]


def _after(line: str, symbol: str, options: list[str]) -> list[str]:
    """What may stand at the end of `line`, where `symbol` has been begun."""
    before = line[: len(line) - len(symbol)] if symbol and line.endswith(symbol) else line
    if re.search(r"\s-i\s*$", before):
        words = [*bundled.interfaces()]
    elif re.search(r"\s-r\s*$", before):
        words = bundled.capture_names()
    elif symbol.startswith("-"):
        words = options
    else:
        words = [*_FILTER_WORDS]
    return [word for word in words if word.startswith(symbol)]
