"""Scripts of several commands: each part is done or not by itself, and says why."""

import pytest

from lesson_engine.course.commands import MOST_COMMANDS
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.report import report
from lesson_engine.messages import LANGUAGES, Message
from lesson_engine.views.text import plain

BOTH = load_exercise("exercise4")
SIX = load_exercise("exercise13")
THREE = load_exercise("exercise1")
FROM, TO = "tcpdump src host 192.168.1.100", "tcpdump dst host 192.168.1.100"


def test_each_part_shows_its_own_proof() -> None:
    verdict = grade(BOTH, "tcpdump host 192.168.1.100\ntcpdump host 192.168.1.50")
    assert [part.relation for part in verdict.parts] == ["wider", "overlapping"]
    assert [len(part.proofs) for part in verdict.parts] == [1, 2]
    assert verdict.parts[0].misconception == verdict.misconception == "one-direction"
    for language in LANGUAGES:
        shown = plain(report(verdict, BOTH, language))
        assert shown.count("192.168.1.100") >= 4
        assert all(part.name.text(language) in shown for part in verdict.parts)


def test_an_ordered_script_is_read_in_its_order() -> None:
    assert grade(BOTH, f"{FROM}\n{TO}").passed
    swapped = grade(BOTH, f"{TO}\n{FROM}")
    assert (swapped.score, swapped.misconception) == (0.0, "one-direction")


def test_what_is_left_out_does_not_move_the_others() -> None:
    lines = SIX.solution.strip().split("\n")
    for gone in range(6):
        verdict = grade(SIX, "\n".join(lines[:gone] + lines[gone + 1 :]))
        assert [part.passed for part in verdict.parts] == [place != gone for place in range(6)]
        assert verdict.parts[gone].remark == Message("course.part_not_written")


def test_other_commands_between_them_do_no_harm() -> None:
    assert grade(BOTH, f"cd /tmp\n{FROM}\nls -l\n{TO}\n").passed
    assert grade(BOTH, f"{FROM} -c x\n{FROM}\n{TO}").passed


def test_one_broken_line_spoils_no_other() -> None:
    lines = SIX.solution.strip().split("\n")
    for place, broken in enumerate(SIX.starter.strip().split("\n\n")):
        verdict = grade(SIX, "\n".join([*lines[:place], broken.split("\n")[-1], *lines[place + 1 :]]))
        assert [part.passed for part in verdict.parts] == [other != place for other in range(6)]
        assert round(verdict.score, 4) == round(5 / 6, 4)
        assert verdict.parts[place].fault is not None
        assert verdict.misconception == verdict.parts[place].misconception is not None


def test_an_unclosed_quote_spoils_one_line_only() -> None:
    verdict = grade(BOTH, f"tcpdump 'src host 192.168.1.100\n{TO}")
    assert [part.passed for part in verdict.parts] == [False, True]


def test_the_order_makes_no_difference_where_nothing_asks_for_one() -> None:
    assert grade(THREE, "sudo tcpdump -i eth0\ntcpdump -D\nwhich tcpdump").passed
    one = grade(THREE, "tcpdump -D")
    assert [part.passed for part in one.parts] == [False, True, False]


def test_an_idle_command_is_mentioned() -> None:
    verdict = grade(THREE, "which tcpdump\ntcpdump -D\nls -l /tmp")
    assert Message("course.idle_command", line="ls -l /tmp") in verdict.remarks


@pytest.mark.parametrize("line", ["tcpdump -i eth0 (port 80)", "sudo tcpdump -i", "sudo tcpdump -i eth0 prt 80"])
def test_a_command_that_would_not_run_does_no_part(line: str) -> None:
    verdict = grade(THREE, f"which tcpdump\ntcpdump -D\n{line}")
    assert [part.passed for part in verdict.parts] == [True, True, False]
    assert verdict.parts[2].fault is not None or verdict.parts[2].remark is not None


def test_a_very_long_script_is_not_read_to_its_end() -> None:
    verdict = grade(BOTH, "tcpdump host 10.0.0.1\n" * 3000)
    assert not verdict.passed
    assert MOST_COMMANDS < 3000
    assert not grade(BOTH, f"{'tcpdump host 10.0.0.1' + chr(10)}" * MOST_COMMANDS + f"{FROM}\n{TO}").passed
