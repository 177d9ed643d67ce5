"""What `%explain` shows: a command line, a filter, or a line of tcpdump's output, whichever the text is."""

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.explain import explain
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import caret
from lesson_engine.notebook.line_shown import LineReader
from lesson_engine.notebook.page import Still, html_lines, html_table, still_lines, visible
from lesson_engine.tcpdump.advice import advise
from lesson_engine.tcpdump.command import CommandError, explain_command, parse_line
from lesson_engine.tcpdump.line import read_line
from lesson_engine.views.filter_tree import tree_lines
from lesson_engine.views.text import Line, line, plain

_COMMANDS = ("tcpdump", "sudo")


def explained(text: str, language: Language) -> Still:
    """The text in words; or what is wrong with it."""
    text = text.strip()
    if not text:
        return still_lines([line(Message("notebook.explain_what").text(language))])
    if text.split()[0] in _COMMANDS:
        return _command(text, language)
    if len(read_line(text)) > 1:
        return LineReader(text, None).still()
    try:
        tree = tree_lines(explain(Filter(text)), language)
    except FilterSyntaxError as error:
        return still_lines([line((each, "bad")) for each in error.text(language).split("\n")])
    return still_lines(tree)


def _command(text: str, language: Language) -> Still:
    try:
        command = parse_line(text)
    except CommandError as error:
        shown, marks = caret(error.source, error.span).split("\n")
        lines: list[Line] = [line((shown, "quote")), line((marks, "bad")), line((error.message.text(language), "bad"))]
        if error.hint is not None:
            lines.append(line(Message("tcpdump.session.hint", line=error.hint).text(language)))
        return still_lines(lines)
    rows = [(part.text, part.message.text(language)) for part in explain_command(command)]
    head = [line((command.source, "quote"))]
    tail: list[Line] = []
    if command.expression:
        try:
            tail += [line(), *tree_lines(explain(Filter(command.expression)), language)]
        except FilterSyntaxError as error:
            tail += [line(), *(line((each, "bad")) for each in error.text(language).split("\n"))]
    for advice in advise(command):
        tail += [line(), line(advice.message.text(language))]
    columns = [Message(f"notebook.column.{key}").text(language) for key in ("part", "meaning")]
    table = html_table(command.source, columns, rows)
    texts = [*head, line(), *(line(f"{part}: {meaning}") for part, meaning in rows), *tail]
    return Still(table + html_lines(tail), visible(plain(texts)))
