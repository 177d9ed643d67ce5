"""What captures say to questions, against the real tcpdump where it can say it; and wrong answers no author listed."""

import re
import subprocess
import tomllib

import pytest

from lesson_engine.bundled import capture_path
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.questions import CHOICES, READS
from lesson_engine.course.reading import findings, reader_of
from lesson_engine.course.reading.scene import Scenes
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.verdict import Part, Verdict
from lesson_engine.messages import LANGUAGES

SEEDS = (None, 1, 2, 3)
READING = [each for each in load_syllabus().exercises if load_exercise(each).kind == "reading"]


def said(exercise: Exercise, **changed: str) -> Verdict:
    """The verdict on the solution with some answers changed; {name} and its like stand for computed values."""
    lines = exercise.solution.strip().split("\n")
    keys = [line.partition("=")[0].strip() for line in lines]
    written = [f"{key} = {changed[key]}" if key in changed else line for key, line in zip(keys, lines, strict=True)]
    return grade(exercise, as_written(exercise, "\n".join(written)))


def failed(verdict: Verdict) -> Part:
    """The one part that is wrong."""
    (part,) = [part for part in verdict.parts if not part.passed]
    return part


def tcpdump(capture: str, *words: str) -> list[str]:
    done = subprocess.run(
        ["tcpdump", "-nn", "-r", capture_path(capture), *words], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_every_reading_has_its_reader() -> None:
    asked = {question.reads for each in READING for question in load_exercise(each).questions}
    assert asked <= {*READS}
    for each in READING:
        for question in load_exercise(each).questions:
            assert question.reads in reader_of(question).READERS
            assert bool(question.options) == (question.reads in CHOICES)
            assert len({option.value for option in question.options}) == len(question.options)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", READING)
def test_every_learner_can_solve_it_and_is_told_their_mistake(name: str, seed: int | None) -> None:
    exercise = load_exercise(name, seed)
    for answer in (exercise.solution, *exercise.right):
        assert grade(exercise, as_written(exercise, answer)).passed
    for wrong in exercise.wrong:
        verdict = grade(exercise, as_written(exercise, wrong.answer))
        assert (verdict.passed, verdict.misconception) == (False, wrong.misconception)


@pytest.mark.parametrize("name", READING)
def test_no_answer_of_one_learner_is_written_into_the_definition(name: str) -> None:
    """Numbers of packets and of sequences come from the capture alone."""
    exercise = load_exercise(name)
    for answer in (exercise.solution, *exercise.right, *(wrong.answer for wrong in exercise.wrong)):
        assert not re.search(r"\d", re.sub(r"\{.*?\}|#.*|\"\[.*?\]\"", "", answer))


@pytest.mark.needs("tcpdump")
def test_the_line_is_one_that_tcpdump_prints() -> None:
    exercise = load_exercise("exercise8")
    values = tomllib.loads(as_written(exercise, exercise.solution))
    (line,) = [line for line in tcpdump("mix") if line.startswith(values["time"])]
    ends = f"{values['source']}.{values['source_port']} > {values['destination']}.{values['destination_port']}:"
    assert f" IP {ends} Flags [P.], " in line
    for key in ("seq", "ack", "win", "length"):
        assert re.search(rf"\b{key} {values[key]}\b", line)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("name", ["first", "second"])
def test_what_is_predicted_is_what_tcpdump_prints(name: str) -> None:
    exercise = load_exercise("exercise9")
    question = next(question for question in exercise.questions if question.name == name)
    finding = findings(exercise)[name]
    everything = tcpdump("mix", "-tt")
    printed = tcpdump("mix", "-tt", question.of)
    for number in finding.listed:  # type: ignore[attr-defined]
        assert (number in finding.right) == (everything[number - 1].split()[0] in {line.split()[0] for line in printed})  # type: ignore[attr-defined]


@pytest.mark.needs("tcpdump")
def test_blanks_are_what_tcpdump_prints_with_and_without_the_option() -> None:
    exercise = load_exercise("exercise18")
    values = tomllib.loads(as_written(exercise, exercise.solution))
    relative, absolute = tcpdump("handshake", "-t"), tcpdump("handshake", "-t", "-S")
    assert f"ack {values['a']}," in relative[1]
    assert f"seq {values['b']}," in relative[5]
    assert f"ack {values['c']}," in relative[4]
    assert f"ack {values['f']}," in absolute[4]
    assert f"seq {values['d']}," in relative[7]
    assert f"seq {values['g']}," in absolute[7]
    assert f"ack {values['e']}," in relative[8]


# ---- wrong answers that no definition lists


@pytest.mark.parametrize(
    ("name", "changed", "misconception"),
    [
        ("exercise8", {"source_port": "{destination_port}"}, "direction-swapped"),
        ("exercise8", {"flags": "'PSH'"}, "dot-is-ack"),
        ("exercise8", {"flags": "'P'"}, "dot-is-ack"),
        ("exercise8", {"ack": "{ack[relative-ack]}"}, "relative-ack"),
        ("exercise8", {"source": "{source[port-behind-dot]}"}, "port-behind-dot"),
        ("exercise8", {"win": "{length}"}, None),
        ("exercise18", {"c": "7"}, None),
        ("exercise18", {"d": "'5:6'"}, None),
        ("exercise22", {"attempts": "99"}, None),
        ("exercise24", {"by": "'8.8.8.8'"}, None),
        ("exercise8", {"time": "'12:00:00.000000'"}, None),
        ("exercise9", {"second": "{second[or-leaks]}"}, "or-leaks"),
        ("exercise15", {"ack": "{syn_ack}"}, "dot-is-ack"),
        ("exercise15", {"syn": "{syn[filtered-numbers]}"}, "filtered-numbers"),
        ("exercise15", {"syn": "{ack}"}, None),
        ("exercise15", {"ack": "7"}, None),
        ("exercise15", {"syn": "7"}, None),
        ("exercise18", {"e": "{e[ack-is-next]}"}, "ack-is-next"),
        ("exercise18", {"f": "{c}"}, "relative-ack"),
        ("exercise18", {"a": "1"}, "relative-ack"),
        ("exercise18", {"b": "{b[range-end-is-next]}"}, "range-end-is-next"),
        ("exercise8", {"seq": "{seq[range-end-is-next]}"}, "range-end-is-next"),
        ("exercise21", {"b": "'silent'"}, None),
        ("exercise21", {"c": "'refused'"}, "refused-means-rst"),
        ("exercise21", {"d": "'refused'"}, None),
        ("exercise21", {"a_packets": "{a_packets[not-enough]}"}, None),
        ("exercise21", {"b_packets": "{b_packets[everything]}"}, None),
        ("exercise22", {"packets": "{packets[not-enough]}"}, None),
        ("exercise22", {"attempts": "{attempts[retransmit-is-many]}"}, "retransmit-is-many"),
        ("exercise23", {"lost": "'cannot_tell'"}, None),
        ("exercise23", {"at_server": "{at_client}"}, None),
        ("exercise24", {"by": "{by[direction-swapped]}"}, "direction-swapped"),
        ("exercise24", {"after": "'silent'"}, None),
        ("exercise24", {"after_packets": "{after_packets[not-enough]}"}, None),
    ],
)
@pytest.mark.parametrize("seed", SEEDS)
def test_one_wrong_answer_costs_its_part_alone(
    name: str, changed: dict[str, str], misconception: str | None, seed: int | None
) -> None:
    exercise = load_exercise(name, seed)
    verdict = said(exercise, **changed)
    part = failed(verdict)
    assert part.misconception == verdict.misconception == misconception
    assert verdict.score == pytest.approx(1 - 1 / len(verdict.parts))
    for language in LANGUAGES:
        assert part.remark is not None
        assert part.remark.text(language)


def test_a_value_that_stands_elsewhere_in_the_line_is_told_what_it_is() -> None:
    verdict = said(load_exercise("exercise8"), win="{ack}")
    assert "is another part of the line" in str(failed(verdict).remark)
    assert verdict.evidence[0].line.startswith(tomllib.loads(as_written(load_exercise("exercise8"), "t = {time}"))["t"])


def test_a_wrong_forecast_shows_the_tree_and_packets_with_their_clauses() -> None:
    part = failed(said(load_exercise("exercise9"), first="{first[and-binds-tighter]}"))
    assert part.filter_read == "((tcp and port 80) or udp) and port 53"
    assert [proof.missed for proof in part.proofs] == [False]
    answers = [clause.answer for clause in part.proofs[0].explanation.primitives()]
    assert (answers[:2], answers[-1]) == (["yes", "yes"], "no")


def test_a_packet_that_is_not_on_the_list_is_told_so() -> None:
    exercise = load_exercise("exercise9")
    listed = findings(exercise)["first"].listed  # type: ignore[attr-defined]
    stray = next(number for number in range(1, 100) if number not in listed)
    assert str(stray) in str(failed(said(exercise, first=f"[{stray}]")).remark)


@pytest.mark.parametrize(
    ("rows", "right", "wrong"),
    [
        ("{handshakes}", 3, []),
        ("{handshakes[another-copy]}", 3, []),
        ("{handshakes[retransmit-is-many]}", 3, ["retransmit-is-many"]),
        ("{handshakes[syn-is-not-open]}", 3, ["syn-is-not-open"]),
        ("{handshakes[dot-is-ack]}", 0, ["dot-is-ack"] * 3),
        ("{handshakes[filtered-numbers]}", 0, ["filtered-numbers"] * 3),
        ("[[33, 34, 35]]", 1, [None, None]),
        ("[[33, 34, 94], [92, 93, 35]]", 0, ["mixed-conversations"] * 2 + [None]),
        ("[[1, 2, 3]]", 0, ["filtered-numbers", None, None]),
        ("[[33, 34, 36]]", 0, [None, None, None]),
        ("[[7, 8, 9]]", 0, [None, None, None]),
        ("[[999, 1, 2]]", 0, [None, None, None]),
    ],
)
def test_rows_are_judged_one_by_one(rows: str, right: int, wrong: list[str | None]) -> None:
    exercise = load_exercise("exercise16")
    verdict = grade(exercise, as_written(exercise, f"handshakes = {rows}"))
    assert sum(part.passed for part in verdict.parts) == right
    assert [part.misconception for part in verdict.parts if not part.passed] == wrong
    assert verdict.passed == (wrong == [])


def test_evidence_is_given_back_with_what_it_shows() -> None:
    exercise = load_exercise("exercise23")
    verdict = grade(exercise, as_written(exercise, exercise.solution))
    assert [(packet.capture, packet.number) for packet in verdict.evidence] == [
        ("client", 1),
        ("server", 1),
        ("server", 2),
    ]
    assert "SYN-ACK" in str(verdict.evidence[2].shows)


def test_names_of_captures_do_not_give_the_answer_away() -> None:
    exercise = load_exercise("exercise21")
    verdict = grade(exercise, "a = 'open'\na_packets = [99]")
    assert "closed" not in " ".join(str(part.remark) for part in verdict.parts)


def test_scenes_open_each_capture_once() -> None:
    exercise = load_exercise("exercise21")
    scenes = Scenes(exercise)
    assert scenes["a"] is scenes["a"]
    assert len({id(scenes.of(question)) for question in exercise.questions}) == 4
