"""Every kind of question, for many seeds: exactly one right answer, told from the wrong ones by the engine."""

import os
import subprocess
from random import Random

import pytest

from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.judging import how_to_answer, judge
from lesson_engine.course.drills.question import CHECKLIST, TOPICS, Question
from lesson_engine.course.drills.report import answer_lines, judgement_lines, question_lines
from lesson_engine.course.drills.scenes import Scene, as_capture
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare
from lesson_engine.messages import LANGUAGES
from lesson_engine.sources.writing import SavefileWriter
from lesson_engine.tcpdump.advice import advise
from lesson_engine.tcpdump.command import CommandError, parse_line
from lesson_engine.views.text import plain

KINDS = [(topic, kind) for topic, kinds in all_kinds().items() for kind in kinds]
SEEDS = range(20)
GARBAGE = ("", " ", "zzz", "99999", "１２３４", "\x00", "?", "((", "'", "- 1 x", "tcp and", "tcpdump -i", "あ" * 5000)


def questions(topic: str, kind: str) -> list[Question]:
    return [draw(topic, kind, Random(seed)) for seed in SEEDS]


@pytest.mark.parametrize(("topic", "kind"), KINDS)
def test_a_question_is_well_formed(topic: str, kind: str) -> None:
    for question in questions(topic, kind):
        assert (question.topic, question.kind) == (topic, kind)
        assert question.accepted
        for language in LANGUAGES:
            said = [question.prompt, question.explanation, question.hint, question.right_answer]
            assert all(text.text(language).strip() for text in [*said, how_to_answer(question)])
            choices = [choice.text(language) for choice in question.choices]
            assert len({*choices}) == len(choices)
            shown = plain([*question_lines(question, language, 80), *answer_lines(question, language)])
            assert all(line.split()[0] in shown for line in question.lines)
        assert bool(question.choices) == (question.form == "choice")
        if question.choices:
            assert 3 <= len(question.choices) <= 4
            assert len(question.accepted) == 1
        if question.packets:
            assert len(question.packets) == len(question.lines)


@pytest.mark.parametrize(("topic", "kind"), KINDS)
def test_right_answers_are_right_and_wrong_choices_name_the_thought(topic: str, kind: str) -> None:
    for question in questions(topic, kind)[:8]:
        assert all(judge(question, accepted or "none").right for accepted in question.accepted)
        for number, choice in enumerate(question.choices, 1):
            judgement = judge(question, str(number))
            assert judgement.right == (str(number) in question.accepted), choice
            if not judgement.right:
                assert judgement.remark is not None
                assert all(judgement.remark.text(language).strip() for language in LANGUAGES)


@pytest.mark.parametrize(("topic", "kind"), KINDS)
def test_a_choice_may_be_made_by_number_letter_or_words(topic: str, kind: str) -> None:
    question = draw(topic, kind, Random(1))
    for accepted in question.accepted if question.choices else ():
        number = int(accepted)
        choice = question.choices[number - 1]
        for answer in (
            chr(ord("a") + number - 1),
            choice.text("ja"),
            choice.text("en"),
            f" （{number}）",
            f"{number}.",
        ):
            assert judge(question, answer).right, answer


@pytest.mark.parametrize(("topic", "kind"), KINDS)
def test_garbage_is_wrong_and_answered_in_both_languages(topic: str, kind: str) -> None:
    question = draw(topic, kind, Random(1))
    for answer in GARBAGE:
        judgement = judge(question, answer)
        assert not judgement.right, answer
        for language in LANGUAGES:
            assert judgement_lines(question, judgement, language)
            assert judgement.as_json(language)["right"] is False


@pytest.mark.parametrize(("topic", "kind"), KINDS)
def test_the_same_seed_gives_the_same_question(topic: str, kind: str) -> None:
    one, other = (draw(topic, kind, Random(5)) for _ in range(2))
    assert one.as_json("ja") == other.as_json("ja")
    assert one.accepted == other.accepted


@pytest.mark.parametrize(("topic", "kind"), [pair for pair in KINDS if pair[0] == "filter" or "filter-" in pair[1]])
def test_wrong_filters_do_something_else(topic: str, kind: str) -> None:
    for question in questions(topic, kind)[:5]:
        right = Filter(question.filter)
        for number, choice in enumerate(question.choices, 1):
            relation = compare(Filter(choice.text("en")), right).relation
            assert (relation == "equivalent") == (str(number) in question.accepted), choice


@pytest.mark.parametrize("kind", [kind for kind in all_kinds()["matches"] if kind.startswith("printed")])
def test_wrong_filters_would_have_printed_other_lines(kind: str) -> None:
    for question in questions("matches", kind):
        capture = as_capture(Scene(question.packets, question.lines))
        printed = bytes(Filter(question.filter).matches(capture))
        assert 1 in printed
        for number, choice in enumerate(question.choices, 1):
            same = bytes(Filter(choice.text("en")).matches(capture)) == printed
            assert same == (str(number) in question.accepted), choice


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("kind", all_kinds()["matches"])
def test_matches_are_tcpdumps(kind: str) -> None:
    for question in questions("matches", kind)[:5]:
        writer = SavefileWriter(question.packets[0].link_type)
        savefile = writer.header_bytes() + b"".join(map(writer.record_bytes, question.packets))
        command = ["tcpdump", "-nn", "-O", "-r", "-", question.filter]
        environment = {**os.environ, "TZ": "UTC"}
        done = subprocess.run(command, input=savefile, capture_output=True, env=environment, timeout=60, check=True)
        times = [line.split()[0] for line in done.stdout.decode().splitlines()]
        matched = [place for place, line in enumerate(question.lines, 1) if line.split()[0] in times]
        assert len(times) == len(matched)
        if question.form == "packets":
            assert question.accepted == (" ".join(map(str, matched)),)
        else:
            assert ", ".join(map(str, matched)) in question.prompt.text("en")


@pytest.mark.parametrize("kind", [kind for kind in all_kinds()["command"] if kind.startswith("wrong")])
def test_there_is_one_thing_to_say_of_a_faulty_line(kind: str) -> None:
    for question in questions("command", kind):
        try:
            advice = advise(parse_line(question.lines[0]))
        except CommandError:
            continue
        texts = {each.message.text("en") for each in advice}
        assert len(texts) <= 1
        right = question.choices[int(question.accepted[0]) - 1].text("en")
        assert texts <= {right}


def test_kinds_differ_from_seed_to_seed() -> None:
    same = [pair for pair in KINDS if len({question.identity for question in questions(*pair)}) == 1]
    # Which symbol is SYN has but one question in it.
    assert len(same) < len(KINDS) / 10


def test_topics_cover_the_checklist_of_the_course() -> None:
    assert {*TOPICS} == {*CHECKLIST}
    assert {*CHECKLIST.values()} == {item.id for item in load_syllabus().checklist}


def test_json_gives_nothing_away() -> None:
    question = draw("filter", "write-host", Random(1))
    assert question.as_json("en").keys() == {"topic", "kind", "checklist", "form", "prompt", "lines", "choices"}
