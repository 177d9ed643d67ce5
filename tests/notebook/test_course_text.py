"""The Japanese lessons say all that the course's text says, and what they say of tcpdump is what tcpdump does."""

import re

import pytest
from course_lines import FILES, SHOWN
from course_text import COMMANDS, HEADINGS, PRINTED, PURPOSES, ROWS, SENTENCES

from lesson_engine.course.lessons import lessons
from lesson_engine.messages import Language

TEXT: dict[Language, str] = {
    "ja": "\n".join(cell.source for lesson in lessons("ja") for cell in lesson.cells if cell.kind == "markdown"),
    "en": "\n".join(cell.source for lesson in lessons("en") for cell in lesson.cells if cell.kind == "markdown"),
}
# Emphasis and code marks are no words.
SAID = re.sub(r"\*\*|`", "", TEXT["ja"])
LINES: dict[Language, list[str]] = {language: text.split("\n") for language, text in TEXT.items()}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("command", [*SHOWN, *FILES, *COMMANDS, *PRINTED])
def test_every_command_and_every_printed_line_is_there(command: str, language: Language) -> None:
    assert command in LINES[language]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_its_tables_is_there(row: tuple[str, ...]) -> None:
    assert f"| {' | '.join(row)} |" in LINES["ja"]


def test_in_english_the_tables_have_the_same_rows() -> None:
    rows = {language: [line.count("|") for line in lines if line.startswith("|")] for language, lines in LINES.items()}
    assert rows["ja"] == rows["en"]


@pytest.mark.parametrize("sentence", [*SENTENCES, *PURPOSES])
def test_every_sentence_is_there(sentence: str) -> None:
    assert sentence in SAID


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_heading_is_there(heading: str) -> None:
    assert any(line.startswith("#") and line.endswith(heading) for line in LINES["ja"])


def test_code_is_the_same_in_both_languages() -> None:
    """Comments are translated; commands, and what they print, are not."""
    blocks = {
        language: [
            [line for line in block.split("\n") if not line.startswith("#")]
            for block in re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        ]
        for language, text in TEXT.items()
    }
    assert blocks["ja"] == blocks["en"] != []
