"""The code cells of a lesson at a terminal, without IPython: most of them are commands of `tutor` itself.

`%tcpdump …` is `tutor tcpdump …`; `%%check` is an answer to `tutor check`; what a notebook shows as a widget is the
command that shows the same as text. Only what is left is Python, and runs as it stands, in a namespace of the lesson.

>>> read_cell('from lesson_engine.notebook import ladder\\n\\nladder("handshake", "port 80")')
Commands(lines=(('ladder', 'handshake', 'port 80'),))
>>> read_cell("%%check exercise3\\nsudo tcpdump\\n")
Answer(exercise='exercise3', text='sudo tcpdump\\n')
"""

import ast
import shlex
from collections.abc import Callable
from typing import NamedTuple

from lesson_engine.tcpdump.line import read_line

Words = tuple[str, ...]

_NOTEBOOK = "lesson_engine.notebook"


class Commands(NamedTuple):
    """The words behind `tutor` of the commands that do what the cell does, one after the other."""

    lines: tuple[Words, ...]


class Answer(NamedTuple):
    """An answer to an exercise, as it stands in the cell."""

    exercise: str
    text: str


class Python(NamedTuple):
    """Python that is none of the above."""

    source: str


def read_cell(source: str) -> Commands | Answer | Python | None:
    """What a cell does at a terminal; None if that is only of use in a notebook. Raises SyntaxError."""
    if source.startswith("%%check "):
        line, _, text = source.partition("\n")
        return Answer(line.removeprefix("%%check ").strip(), text)
    if source.startswith("%"):
        return Commands(tuple(_magic(line) for line in source.split("\n") if line.strip()))
    called = _called(source)
    if called is None:
        return Python(source)
    name, positional, named = called
    return Commands(_SHOWN_BY[name](*positional, **named)) if name in _SHOWN_BY else None


def shown(cell: Commands | Answer | Python) -> list[str]:
    """The cell as it is to be read at a terminal."""
    if isinstance(cell, Commands):
        return [typed_command(words) for words in cell.lines]
    return (cell.text if isinstance(cell, Answer) else cell.source).rstrip("\n").split("\n")


def typed_command(words: Words) -> str:
    """The command as it is typed; `tutor` has no tshark of its own."""
    return shlex.join(words if words[:1] == ("tshark",) else ("tutor", *words))


def run_python(source: str, namespace: dict[str, object]) -> None:
    """Runs the cell, and prints what its last line is worth, as IPython does. Raises what the cell raises."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "lesson", "exec"), namespace)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "lesson", "eval"), namespace)
        if value is not None:
            print(value)


def _magic(line: str) -> Words:
    """The command that a line with a magic stands for."""
    name, _, rest = line.removeprefix("%").partition(" ")
    if name != "explain":
        return name, *shlex.split(rest)
    if rest.split()[0] in ("sudo", "tcpdump"):
        return "explain", rest
    return ("explain-line", rest) if len(read_line(rest)) > 1 else ("filter", "explain", rest)


def _called(source: str) -> tuple[str, list[str | int], dict[str, str | int]] | None:
    """The function of lesson_engine.notebook that the cell calls, and with what; None if it does anything else."""
    match ast.parse(source).body:
        case [
            ast.ImportFrom(module=module, names=[ast.alias(name=name)]),
            ast.Expr(ast.Call(func=ast.Name(id=called), args=positional, keywords=named)),
        ] if module == _NOTEBOOK and called == name:
            values = {each.arg: ast.literal_eval(each.value) for each in named if each.arg is not None}
            return name, [ast.literal_eval(each) for each in positional], values
    return None


def _filter_playground(capture: str = "mix", filter: str = "") -> tuple[Words, ...]:
    reads = ("-r", capture, *([filter] if filter else []))
    explains = (("filter", "explain", filter),) if filter else ()
    return (("tcpdump", "--count", *reads), *explains, ("tcpdump", "-nn", "-c", "8", *reads))


def _packet_view(capture: str, number: int = 1) -> tuple[Words, ...]:
    return (("packet", capture, str(number)),)


def _line_reader(line_or_capture: str, number: int | None = None) -> tuple[Words, ...]:
    if number is None:
        return (("explain-line", line_or_capture),)
    return (("explain-line", "-r", line_or_capture, "-p", str(number)),)


def _ladder(capture: str, filter: str = "") -> tuple[Words, ...]:
    return (("ladder", capture, *([filter] if filter else [])),)


def _handshake_picker(capture: str = "mix", exercise: str = "exercise15") -> tuple[Words, ...]:
    return (("start", exercise),)


def _exercise_card(exercise: str) -> tuple[Words, ...]:
    return (("start", exercise),)


def _flag_trainer(seed: int | None = None) -> tuple[Words, ...]:
    return (("practice", "flags", "--count", "5"),)


def _predict(filter: str, capture: str = "mix", count: int = 8, seed: int | None = None) -> tuple[Words, ...]:
    return (("practice", "matches", "--count", "3"),)


def _checklist() -> tuple[Words, ...]:
    return ((),)


def _quiz(seed: int | None = None) -> tuple[Words, ...]:
    return (("quiz",),)


_SHOWN_BY: dict[str, Callable[..., tuple[Words, ...]]] = {
    "filter_playground": _filter_playground,
    "packet_view": _packet_view,
    "line_reader": _line_reader,
    "ladder": _ladder,
    "handshake_picker": _handshake_picker,
    "exercise_card": _exercise_card,
    "flag_trainer": _flag_trainer,
    "predict": _predict,
    "checklist": _checklist,
    "quiz": _quiz,
}
"""What shows a thing in a notebook, with the same parameters, and the commands that show it at a terminal."""
