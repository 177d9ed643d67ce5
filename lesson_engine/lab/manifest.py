"""The manifest of the sample captures: what is in manifest.toml, and how it is written.

What a recording found out (`Recorded`) is kept from one writing to the next; titles, descriptions and vantage points
come from the scenarios each time, so the manifest never disagrees with them. One table a capture, in the order of
the scenarios; a capture that was never recorded has none. Nothing here opens a savefile.

>>> found = Recorded("EN10MB", 8, "00ff", date(2024, 5, 1), "4.99.3")
>>> print(text({"ping": found}).splitlines()[7])
link_type = "EN10MB"
>>> recorded(tomllib.loads(text({"ping": found}))) == {"ping": found}
True
"""

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from lesson_engine.bundled import interfaces
from lesson_engine.lab.scenarios import SCENARIOS, Scenario, Vantage
from lesson_engine.messages import LANGUAGES

FILE = "manifest.toml"


class Recorded(NamedTuple):
    """What one recording found out: link type by name, SHA-256 in hexadecimal, UTC date, version of tcpdump."""

    link_type: str
    packets: int
    sha256: str
    recorded: date
    tcpdump: str


def load(directory: str) -> dict[str, Recorded]:
    """Capture name to what its recording found out; empty where `directory` has no manifest yet.

    Raises tomllib.TOMLDecodeError or KeyError for a manifest that this module did not write.
    """
    try:
        with open(os.path.join(directory, FILE), "rb") as file:
            return recorded(tomllib.load(file))
    except FileNotFoundError:
        return {}


def recorded(manifest: Mapping[str, Mapping[str, Any]]) -> dict[str, Recorded]:
    """The recorded part of a manifest's tables."""
    return {name: Recorded(*(table[field] for field in Recorded._fields)) for name, table in manifest.items()}


def text(captures: Mapping[str, Recorded]) -> str:
    """The manifest of `captures` as TOML."""
    lines = ["# Written by `python -m lesson_engine.lab.record`; change the scenario, not this file."]
    for scenario in SCENARIOS.values():
        for vantage in scenario.vantages:
            if vantage.capture in captures:
                table = _table(scenario, vantage, captures[vantage.capture])
                lines += ["", f"[{vantage.capture}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def file_name(vantage: Vantage) -> str:
    """The savefile's name, without a directory."""
    return f"{vantage.capture}.pcap"


def _table(scenario: Scenario, vantage: Vantage, found: Recorded) -> dict[str, object]:
    shown_as = [name for name, path in interfaces().items() if os.path.basename(path) == file_name(vantage)]
    return {
        "file": file_name(vantage),
        "scenario": scenario.name,
        "title": {language: vantage.title.text(language) for language in LANGUAGES},
        "description": {language: vantage.description.text(language) for language in LANGUAGES},
        **found._asdict(),
        "vantage": {"host": vantage.host, "interface": vantage.interface},
        **({"interface": shown_as[0]} if shown_as else {}),
    }


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
