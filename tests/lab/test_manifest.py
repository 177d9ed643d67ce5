"""The manifest is TOML that says what was recorded, whatever its texts hold."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from lesson_engine.lab import manifest
from lesson_engine.lab.manifest import Recorded
from lesson_engine.messages import lab

FOUND = Recorded("EN10MB", 3, "0" * 64, date(2024, 2, 29), "4.99.3")


def test_what_is_written_can_be_loaded(tmp_path: Path) -> None:
    assert manifest.load(str(tmp_path)) == {}
    (tmp_path / manifest.FILE).write_text(manifest.text({"mix": FOUND, "any": FOUND}), encoding="utf-8")
    assert manifest.load(str(tmp_path)) == {"mix": FOUND, "any": FOUND}


def test_a_table_says_what_where_and_what_for() -> None:
    table = tomllib.loads(manifest.text({"any": FOUND}))["any"]
    assert (table["file"], table["scenario"], table["interface"]) == ("any.pcap", "mix", "any")
    assert table["vantage"] == {"host": "client", "interface": "any"}
    assert set(table["title"]) == set(table["description"]) == {"ja", "en"}
    assert table["recorded"] == date(2024, 2, 29)


def test_any_text_survives(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'a "quoted" \\ back-slash, 日本語'
    monkeypatch.setitem(lab.TEXTS, "lab.ping.title", (text, text))
    assert tomllib.loads(manifest.text({"ping": FOUND}))["ping"]["title"] == {"ja": text, "en": text}
