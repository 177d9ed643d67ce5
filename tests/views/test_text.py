"""Runs, lines, and control characters made visible."""

from lesson_engine.views.text import Run, escape_controls, line, plain


def test_lines_keep_roles_and_lose_them_in_plain_text() -> None:
    lines = [line("a ", ("b", "bad")), line()]
    assert lines[0] == (Run("a ", "plain"), Run("b", "bad"))
    assert plain(lines) == "a b\n"


def test_controls_and_bidi_marks_are_visible() -> None:
    assert escape_controls("日本 ok") == "日本 ok"
    assert escape_controls("a\x1b[31m\tb\u202ec\n") == "a\\x1b[31m b\\u202ec\\x0a"
