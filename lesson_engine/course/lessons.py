"""The lessons: notebooks that are read as text and cells, so that a terminal shows what Jupyter shows.

The notebooks are the one source of the lessons' text. This reads nbformat 4, and knows neither Jupyter nor a terminal.
Cells with the tag `assertion` are the tests' (they hold the text to the captures); cells with the tag `jupyter` speak
of the notebook itself. Neither is of use elsewhere, and `sections` leaves them out.

>>> lesson = load_lesson(1, "en")
>>> lesson.title, lesson.minutes, lesson.sections()[1][0].source.split("\\n")[0]
('What packet capture is', 3, '## The story')
"""

import json
import os
from typing import Literal, NamedTuple

from lesson_engine import bundled
from lesson_engine.messages import Language, Message

_FOR_NOTEBOOKS_ALONE = frozenset({"assertion", "jupyter"})


class LessonError(ValueError):
    """There is no such lesson; `message` says which there are."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Cell(NamedTuple):
    """One cell: its stable id, whether it is text or code, and what it holds."""

    id: str
    kind: Literal["markdown", "code"]
    source: str
    tags: frozenset[str]


class Lesson(NamedTuple):
    """One lesson in one language. `path` is the bundled notebook, `minutes` the estimated reading time."""

    number: int
    title: str
    minutes: int
    path: str
    cells: tuple[Cell, ...]

    def sections(self) -> list[list[Cell]]:
        """The cells in groups that each begin with a heading; without those that only a notebook needs."""
        found: list[list[Cell]] = [[]]
        for cell in self.cells:
            if cell.tags & _FOR_NOTEBOOKS_ALONE:
                continue
            if cell.kind == "markdown" and cell.source.startswith("## "):
                found.append([])
            found[-1].append(cell)
        return [section for section in found if section]


def lesson_paths(language: Language) -> list[str]:
    """The bundled notebooks of a language, in the order of the lessons. Raises OSError where they are missing."""
    folder = os.path.join(bundled.notebooks(), language)
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".ipynb")]


def lessons(language: Language) -> list[Lesson]:
    """All lessons, in order."""
    return [read_lesson(path) for path in lesson_paths(language)]


def load_lesson(number: int, language: Language) -> Lesson:
    """The lesson of that number, counted from 1. Raises LessonError if there is none."""
    paths = lesson_paths(language)
    if not 1 <= number <= len(paths):
        raise LessonError(Message("course.no_lesson", number=number, last=len(paths)))
    return read_lesson(paths[number - 1])


def read_lesson(path: str) -> Lesson:
    """The lesson in one of the bundled notebooks."""
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    about = document["metadata"]["tutor"]
    cells = tuple(
        Cell(cell["id"], cell["cell_type"], "".join(cell["source"]), frozenset(cell["metadata"].get("tags", ())))
        for cell in document["cells"]
    )
    heading = cells[0].source.partition("\n")[0]
    return Lesson(about["lesson"], heading.partition(". ")[2], about["minutes"], path, cells)
