"""Exercises below a cell: the task, the answer, check, hints and verdict, with the answer files and the progress of
`tutor`; and the picker, which answers a reading exercise by choosing packets.

The answer file is the one truth: a card shows what it holds, and what another program or a copy of the card has put
there meanwhile is kept beside it before it is written over.
"""

import os
import tomllib

from lesson_engine.course.answers import answer_path, read_answer, starter, write_answer, write_starter
from lesson_engine.course.captures import provide_captures
from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.exercise import Exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.hints import ladder
from lesson_engine.course.learner import Learner
from lesson_engine.course.material import material
from lesson_engine.course.progress import ProgressError
from lesson_engine.course.report import report
from lesson_engine.course.verdict import Verdict
from lesson_engine.course.workspace import WorkspaceError
from lesson_engine.messages import Message
from lesson_engine.messages.cells import wrap
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply, fault
from lesson_engine.notebook.listing import Listing
from lesson_engine.notebook.opened import the_capture, the_learner
from lesson_engine.notebook.page import Piece, Still, pieces, still_lines
from lesson_engine.packets import Capture
from lesson_engine.views.text import PROSE_WIDTH, Line, line


class ExerciseCard(Exhibit):
    """The exercise of that id. Raises ExerciseError, ProgressError."""

    kind = "card"

    def __init__(self, exercise_id: str) -> None:
        super().__init__()
        with the_learner() as learner:
            self._exercise: Exercise = learner.load(exercise_id)
        self._known: str | None = None
        """What the answer file held when this card last read or wrote it."""

    def on_open(self, asked: Asked) -> Reply:
        """The task, the answer as it stands in its file, and how far the learner is."""
        exercise = self._exercise
        with the_learner() as learner:
            text, remark = self._stored(learner)
            passed = exercise.id in learner.passed()
            path = answer_path(learner.workspace, exercise)
            place = os.path.relpath(path, learner.workspace.path)
        head, body = _parted(text)
        return {
            "exercise": exercise.id,
            "title": self.say(exercise.title),
            "stars": exercise.stars,
            "task": self.say(exercise.task).strip().split("\n"),
            "material": [pieces(line((each, "packet"))) for each in material(exercise)],
            "head": head,
            "answer": body,
            "path": path,
            "place": place,
            "passed": passed,
            "remark": remark,
            "rows": max(3, body.count("\n") + 2),
        }

    def on_refresh(self, asked: Asked) -> Reply:
        """The answer as it stands in its file now."""
        with the_learner() as learner:
            text, remark = self._stored(learner)
        head, body = _parted(text)
        return {"head": head, "answer": body, "remark": remark}

    def on_save(self, asked: Asked) -> Reply:
        """Puts `answer` into its file."""
        with the_learner() as learner:
            return {"remark": self._save(learner, asked)}

    def on_check(self, asked: Asked) -> Reply:
        """The verdict on `answer`, which is kept in its file and remembered."""
        with the_learner() as learner:
            remarks = [self._save(learner, asked)]
            # Graded is what was sent, whatever has become of the file.
            verdict = grade(self._exercise, str(asked["head"]) + str(asked["answer"]), learner.setting(self._exercise))
            try:
                learner.progress.record(verdict)
            except (ProgressError, OSError) as error:
                remarks.append(self.say(fault(error)))
            return {
                "passed": verdict.passed,
                "lines": [pieces(each) for each in report(verdict, self._exercise, self.language)[2:]],
                "next": self._next(learner, verdict),
                "remark": "\n".join(filter(None, remarks)),
            }

    def on_hint(self, asked: Asked) -> Reply:
        """The next hint; after the last one, a solution."""
        with the_learner() as learner:
            exercise = self._exercise
            rungs = ladder(exercise, as_written(exercise, exercise.solution, learner.setting(exercise)))
            remark = ""
            try:
                rung = learner.progress.take_hint(exercise.id, len(rungs))
            except (ProgressError, WorkspaceError) as error:
                rung, remark = min(learner.hints_taken(exercise) + 1, len(rungs)), self.say(fault(error))
        is_solution = rung == len(rungs)
        key = "notebook.solution" if is_solution else "notebook.hint"
        text = self.say(rungs[rung - 1]).strip()
        # A solution is lines of a shell or of TOML: wrapped they would be others.
        lines = text.split("\n") if is_solution else wrap(text, PROSE_WIDTH)
        return {
            "title": self.say(Message(key, rung=rung, rungs=len(rungs) - 1)),
            "lines": [pieces(line((each, "quote" if is_solution else "plain"))) for each in lines],
            "last": is_solution,
            "remark": remark,
        }

    def _stored(self, learner: Learner) -> tuple[str, str]:
        """The answer file's text, made if there is none; and what is to be said of it."""
        try:
            write_starter(learner.workspace, self._exercise, self.language)
            provide_captures(learner.workspace, self._exercise)
            self._known = read_answer(learner.workspace, self._exercise)
        except (WorkspaceError, OSError) as error:
            # The card can be answered all the same; only keeping the answer will fail, and say so.
            return starter(self._exercise, self.language), self.say(fault(error))
        return self._known, ""

    def _save(self, learner: Learner, asked: Asked) -> str:
        text = str(asked["head"]) + str(asked["answer"])
        try:
            kept = write_answer(learner.workspace, self._exercise, text, self._known)
        except (WorkspaceError, OSError) as error:
            return self.say(fault(error))
        self._known = text
        return self.say(Message("notebook.kept", path=kept)) if kept else ""

    def _next(self, learner: Learner, verdict: Verdict) -> list[list[Piece]]:
        """What the answer has earned, and what comes next; or the next hint."""
        if not verdict.passed:
            hint = verdict.next_hint
            return _wrapped(self.say(Message("notebook.next_hint", hint=hint))) if hint is not None else []
        passed = learner.passed() | {verdict.exercise}
        shown: list[Line] = []
        for item in learner.syllabus.checklist:
            if verdict.exercise in item.earned_by:
                earned = len(passed & {*item.earned_by})
                counted = Message("notebook.earned", item=item.title, earned=earned, total=len(item.earned_by))
                shown.append(line(self.say(counted)))
        upcoming = learner.syllabus.next_after(passed, verdict.exercise)
        if upcoming is None:
            shown.append(line(self.say(Message("notebook.all_passed"))))
        else:
            title = learner.load(upcoming).title
            shown.append(line((self.say(Message("notebook.next", id=upcoming, title=title)), "accent")))
        return [pieces(each) for each in shown]

    def still(self) -> Still:
        exercise = self._exercise
        with the_learner() as learner:
            passed = exercise.id in learner.passed()
        mark: Line = line(("   ✓ ", "good"), self.say(Message("course.passed")).removeprefix("✓ ")) if passed else ()
        lines: list[Line] = [
            (*line((f"{exercise.id}  {self.say(exercise.title)}", "title"), f"  {'★' * exercise.stars}"), *mark),
            line(),
            *(line(f"  {text}") for text in self.say(exercise.task).strip().split("\n")),
            line(),
            *(line("  ", (text, "packet")) for text in material(exercise)),
            line("  ", (f"tutor start {exercise.id}", "accent")),
            line("  ", (f"tutor check {exercise.id}", "accent")),
        ]
        return still_lines(lines)


class HandshakePicker(ExerciseCard):
    """A reading exercise whose questions are each answered by a packet of `capture`. Raises as `ExerciseCard` and
    `the_capture`."""

    kind = "handshake"

    def __init__(self, capture: str | Capture, exercise_id: str) -> None:
        super().__init__(exercise_id)
        if isinstance(capture, str) and capture not in self._exercise.captures.values():
            raise ExerciseError(Message("notebook.other_packets", id=exercise_id, capture=capture))
        self._listing = Listing(the_capture(capture), self.language)

    def on_open(self, asked: Asked) -> Reply:
        reply = super().on_open(asked)
        picked = _numbers(reply["answer"])
        slots = [
            [question.name, self.say(question.label), picked.get(question.name, 0)]
            for question in self._exercise.questions
        ]
        return {**reply, "packets": len(self._listing), "slots": slots}

    def on_rows(self, asked: Asked) -> Reply:
        return self._listing.rows(asked)


def _wrapped(text: str) -> list[list[Piece]]:
    return [pieces(line(each)) for each in wrap(text, PROSE_WIDTH)]


def _parted(text: str) -> tuple[str, str]:
    """The comments at the top of an answer file, which repeat the task, and what is below them."""
    lines = text.splitlines(keepends=True)
    end = next((place for place, each in enumerate(lines) if not each.startswith("#")), len(lines))
    while end and end < len(lines) and not lines[end].strip():
        end += 1
    return "".join(lines[:end]), "".join(lines[end:])


def _numbers(answer: str) -> dict[str, int]:
    """The packets that an answer names; none where it cannot be read."""
    try:
        given = tomllib.loads(answer)
    except tomllib.TOMLDecodeError:
        return {}
    return {
        name: int(text)
        for name, value in given.items()
        if (text := str(value).lstrip("#")).isascii() and text.isdecimal() and len(text) < 10
    }
