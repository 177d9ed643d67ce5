"""The catalog: every message in both languages, with the same fields, and no key without a text."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from lesson_engine.messages import LANGUAGES, Message
from lesson_engine.messages.cells import cell_width, pad, wrap

PACKAGE = Path(__file__).parents[1] / "lesson_engine"
ROOMS = sorted(path.stem for path in (PACKAGE / "messages").glob("*.py") if path.stem not in {"__init__", "cells"})
TEXTS = {key: texts for room in ROOMS for key, texts in import_module(f"lesson_engine.messages.{room}").TEXTS.items()}


def fields(template: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(template) if name}


def strings_in_code() -> Iterator[str]:
    for path in [*PACKAGE.rglob("*.py")]:
        if path.parent.name != "messages":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_say_it_with_the_same_fields(key: str) -> None:
    japanese, english = TEXTS[key]
    assert len(TEXTS[key]) == len(LANGUAGES)
    assert fields(japanese) == fields(english)
    assert english.isascii() or not any("぀" <= character <= "ヿ" for character in english)


@pytest.mark.parametrize("room", ROOMS)
def test_a_key_begins_with_its_room(room: str) -> None:
    assert all(key.startswith(f"{room}.") for key in import_module(f"lesson_engine.messages.{room}").TEXTS)


def test_a_parameter_may_be_a_message_and_a_missing_one_is_an_error() -> None:
    inner = Message("packets.number", number=1)
    assert Message("packets.number", number=inner).text("en") == "packet packet 1"
    with pytest.raises(KeyError):
        Message("packets.number").text("ja")


def test_widths_are_cells() -> None:
    assert cell_width("日本語 abc") == 10
    assert cell_width("e\u0301") == 1
    assert pad("日本", 5) == "日本 "
    assert wrap("送信元が 10.0.0.3 です。", 12) == ["送信元が", "10.0.0.3 で", "す。"]
    assert wrap("日本の「通信」を", 8) == ["日本の", "「通信」", "を"]
    assert wrap("one two three", 7) == ["one two", "three"]
