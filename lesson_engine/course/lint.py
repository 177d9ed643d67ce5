"""What an exercise must satisfy before a learner sees it: the author's checks, all of them through grading itself.

A starter that passes, a wrong answer that goes unnamed, a change to the reference that no packet shows: each is a
`Complaint` with the exercise's key and what to do. There is no second path to a verdict here; what the lint has
seen is what learners get.

>>> from lesson_engine.course.exercise import load_exercise
>>> list(lint(load_exercise("exercise3")))
[]
"""

import os
import re
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lesson_engine import bundled
from lesson_engine.course.exercise import Exercise, WrongAnswer
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.mutants import references, unseen_mutants
from lesson_engine.course.rehearsal import rehearse, writes_files
from lesson_engine.course.setting import ANYONE, Setting
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.verdict import Verdict
from lesson_engine.course.written import WrittenCommand
from lesson_engine.messages import LANGUAGES, Localized, Message
from lesson_engine.messages.course import TEXTS as COURSE_TEXTS
from lesson_engine.messages.misconceptions import TEXTS as MISCONCEPTION_TEXTS
from lesson_engine.packets.linktype import EN10MB

HINTS = 3
"""Rungs of hints; the solution is the last rung above them."""
RIGHT_ANSWERS = 3
"""How many differently written right answers an exercise brings, beside its solution."""

SAYS_NOTHING = ("", "\n", "# nothing\n", "tcpdump", "\x00", "'", "= = =")
"""Answers that no exercise may pass."""

_UNFINISHED = "TODO"

_KEY = re.compile(r"^(\w+) *=", re.MULTILINE)
"""A key of an answer in TOML, which has values to fill in yet."""


class Complaint(NamedTuple):
    """One thing that is wrong with an exercise: the definition's `key` it lies at, and what to do."""

    exercise: str
    key: str
    message: Message


def lint(exercise: Exercise) -> Iterator[Complaint]:
    """Everything that is wrong with one exercise. Raises SavefileError or OSError where its capture cannot be read."""
    for key, message in (*_captures(exercise), *_texts(exercise), *_wants(exercise)):
        yield Complaint(exercise.id, key, message)
    unusable = [*_captures(exercise), *_references(exercise)]
    checks = (_references,) if unusable else (_starter, _right_answers, _wrong_answers, _mutants)
    for check in checks:
        for key, message in check(exercise):
            yield Complaint(exercise.id, key, message)


def lint_course(directory: str) -> Iterator[Complaint]:
    """What is wrong with a directory of definitions as a whole: stray files, and what the syllabus leaves out."""
    syllabus = load_syllabus(directory)
    files = {name for name in os.listdir(directory) if not name.startswith(".")}
    for name in sorted(files - {f"{each}.toml" for each in syllabus.exercises} - {"course.toml"}):
        message = Message("author.not_in_course" if name.endswith(".toml") else "author.stray_file", file=name)
        yield Complaint(name.removesuffix(".toml"), "exercises", message)
    for each in syllabus.exercises:
        if f"{each}.toml" not in files:
            yield Complaint(each, "exercises", Message("author.no_such_file", file=f"{each}.toml"))
    for item in syllabus.checklist:
        for each in item.earned_by:
            if each not in syllabus.exercises:
                yield Complaint(each, "checklist", Message("author.checklist_unknown", item=item.id))


def graded(exercise: Exercise, answer: str) -> Verdict:
    """The verdict on one of the definition's own answers, with the files there that it would have written."""
    answer = as_written(exercise, answer)
    if not any(part.file for part in exercise.parts) or not writes_files(answer):
        return grade(exercise, answer, ANYONE)
    with TemporaryDirectory() as folder:
        rehearse(answer, folder, exercise.seed)
        return grade(exercise, answer, Setting((folder,)))


_Found = Iterator[tuple[str, Message]]


def _captures(exercise: Exercise) -> _Found:
    names = [("capture", exercise.capture)]
    names += [(f"captures.{name}", capture) for name, capture in exercise.captures.items() if name != capture]
    for key, name in names:
        if not os.path.exists(bundled.capture_path(name)):
            known = ", ".join(bundled.capture_names())
            yield key, Message("author.no_capture", name=name, known=known)


def _references(exercise: Exercise) -> _Found:
    """References that are no filter: nothing can be graded against them."""
    for key, _, line, _ in references(exercise):
        written = WrittenCommand(line)
        if written.filter(EN10MB) is None:
            why = written.fault.message if written.fault else Message("course.no_filter")
            yield key, Message("author.reference", line=line.strip(), why=why)


def _texts(exercise: Exercise) -> _Found:
    """Both languages of every text, and the number of hints."""
    forms = [("", exercise)]
    if exercise.live is not None and exercise.live.form is not None:
        forms.append(("live.", exercise.as_live()))
    for prefix, form in forms:
        for key, message in _texts_of_form(form):
            yield prefix + key, message


def _texts_of_form(exercise: Exercise) -> _Found:
    if len(exercise.hints) != HINTS:
        yield "hints", Message("author.hints", wanted=HINTS, found=len(exercise.hints))
    if len({*exercise.hints}) != len(exercise.hints):
        yield "hints", Message("author.hints_alike")
    for index, hint in enumerate(exercise.hints):
        for language in LANGUAGES:
            if " ".join(exercise.solution.split()) in " ".join(hint.text(language).split()):
                yield f"hints[{index}]", Message("author.hint_is_solution")
    texts: list[tuple[str, Localized]] = [("title", exercise.title), ("task", exercise.task)]
    texts += [(f"hints[{index}]", hint) for index, hint in enumerate(exercise.hints)]
    texts += [(f"wrong[{index}].remark", wrong.remark) for index, wrong in enumerate(exercise.wrong) if wrong.remark]
    texts += [(f"parts[{index}].name", part.name) for index, part in enumerate(exercise.parts)]
    texts += [(f"questions[{index}].label", each.label) for index, each in enumerate(exercise.questions)]
    for key, text in texts:
        for language in LANGUAGES:
            if _UNFINISHED in text.text(language):
                yield f"{key}.{language}", Message("author.unfinished", word=_UNFINISHED)
        if _has_japanese(text.en):
            yield f"{key}.en", Message("author.not_english")
        if text.ja == text.en and sum(map(str.isalpha, text.en.split())) >= 3:
            yield f"{key}.ja", Message("author.not_translated")


def _has_japanese(text: str) -> bool:
    return any("\u3040" <= character <= "\u30ff" or "\u4e00" <= character <= "\u9fff" for character in text)


def _starter(exercise: Exercise) -> _Found:
    if exercise.live is not None and exercise.live.form is not None:
        form = exercise.live.form
        asked = {question.name for question in form.questions}
        for key, answer in (("live.starter", form.starter), ("live.solution", form.solution)):
            if missing := sorted(asked - set(_KEY.findall(answer))):
                yield key, Message("author.live_keys", missing=", ".join(missing))
    if grade(exercise, as_written(exercise, exercise.starter)).passed:
        yield "starter", Message("author.starter_passes")
    for answer in SAYS_NOTHING:
        if grade(exercise, answer).passed:
            yield "solution", Message("author.nothing_passes", answer=repr(answer))


def _right_answers(exercise: Exercise) -> _Found:
    written = [" ".join(as_written(exercise, answer).split()) for answer in (exercise.solution, *exercise.right)]
    if len({*written[1:]} - {written[0]}) < RIGHT_ANSWERS:
        yield "right", Message("author.right_answers", wanted=RIGHT_ANSWERS, found=len({*written[1:]} - {written[0]}))
    answers = [("solution", exercise.solution)]
    answers += [(f"right[{index}]", answer) for index, answer in enumerate(exercise.right)]
    for key, answer in answers:
        verdict = graded(exercise, answer)
        if not verdict.passed or verdict.score != 1:
            yield key, Message("author.right_fails", why=verdict.summary, misconception=verdict.misconception or "-")
        elif verdict.misconception is not None:
            yield key, Message("author.right_scolded", misconception=verdict.misconception)


def _wrong_answers(exercise: Exercise) -> _Found:
    if not exercise.wrong:
        yield "wrong", Message("author.no_wrong_answers")
    for index, wrong in enumerate(exercise.wrong):
        for message in _wrong_answer(exercise, wrong):
            yield f"wrong[{index}]", message


def _wrong_answer(exercise: Exercise, wrong: WrongAnswer) -> Iterator[Message]:
    if f"misconceptions.name.{wrong.misconception}" not in MISCONCEPTION_TEXTS:
        yield Message("author.unknown_misconception", misconception=wrong.misconception)
    verdict = graded(exercise, wrong.answer)
    if wrong.remark is None and not any(part.remark and part.misconception for part in verdict.parts):
        yield Message("author.no_remark")
    if verdict.passed:
        yield Message("author.wrong_passes", answer=wrong.answer)
        return
    # What the answer shows by itself counts too: a learner's own may show the same, in words that no one has listed.
    found = {verdict.misconception, graded(exercise._replace(wrong=()), wrong.answer).misconception}
    for other in found - {wrong.misconception}:
        yield Message("author.other_misconception", wanted=wrong.misconception, found=other or "-")
    if wrong.remark is not None and wrong.remark not in verdict.remarks and verdict.fault is None:
        yield Message("author.remark_unseen")
    if not _has_grounds(verdict):
        yield Message("author.no_proof")


def _has_grounds(verdict: Verdict) -> bool:
    """Whether the verdict shows why: a packet, the place of a fault, or the part that is not done."""
    if verdict.proofs or verdict.fault is not None:
        return True
    if verdict.parts:
        failed = [part for part in verdict.parts if not part.passed]
        return bool(failed) and all(part.proofs or part.fault or part.remark or part.line for part in failed)
    # The filter is right: then it is an option, and the remark names it.
    return verdict.relation == "equivalent" and bool(verdict.remarks)


def _wants(exercise: Exercise) -> _Found:
    """A label for each option that may be lacking."""
    tables = [("wants", exercise.wants)]
    tables += [(f"parts[{index}].wants", part.wants) for index, part in enumerate(exercise.parts)]
    for key, wants in tables:
        for name in wants:
            if (label := f"course.wants.{name}") not in COURSE_TEXTS and name != "snapshot_length":
                yield f"{key}.{name}", Message("author.no_option_label", key=label)


def _mutants(exercise: Exercise) -> _Found:
    """Changes to a reference that no packet would show."""
    for key, mutant, hidden_by_counts in unseen_mutants(exercise):
        name = "author.mutant_not_counted" if hidden_by_counts else "author.mutant_unseen"
        yield key, Message(name, mutant=mutant)
