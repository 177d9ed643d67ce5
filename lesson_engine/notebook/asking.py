"""Questions below a cell: the flag trainer, prediction, and the quiz; all judged and remembered as at the terminal."""

from random import Random

from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.judging import how_to_answer, judge
from lesson_engine.course.drills.question import Question
from lesson_engine.course.drills.quiz import LEAST_QUESTIONS, quiz, score
from lesson_engine.course.drills.record import Row, answered, next_seed, practised, quiz_row, unfinished
from lesson_engine.course.drills.report import answer_lines, judgement_lines, question_lines, score_lines
from lesson_engine.course.drills.spacing import Deck
from lesson_engine.course.progress import ProgressError
from lesson_engine.filters import Filter
from lesson_engine.messages import Message, Text
from lesson_engine.messages.cells import wrap
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply, fault
from lesson_engine.notebook.opened import the_capture, the_learner
from lesson_engine.notebook.page import Still, html_lines, pieces, still_lines, visible
from lesson_engine.packets import Capture
from lesson_engine.packets.numbers import TCP_FLAGS
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views import svg
from lesson_engine.views.text import PROSE_WIDTH, Line, line, plain


class Asking(Exhibit):
    """One question after the other, of which `_question` is asked now."""

    kind = "question"
    _question: Question

    def _asked(self, place: str = "") -> Reply:
        """The question as values, without its answer."""
        question = self._question
        return {
            "topic": self.say(Message(f"drills.topic.{question.topic}")),
            "place": place,
            "prompt": self.say(question.prompt).split("\n"),
            "form": question.form,
            "numbered": question.is_numbered,
            "lines": [pieces(line((text, "packet"))) for text in question.lines],
            # What tcpdump or a shell would show is set as that, and words as words.
            "choices": [
                pieces(line((choice.shown, "quote"))) if isinstance(choice.shown, str) else choice.text(self.language)
                for choice in question.choices
            ],
            "how": self.say(how_to_answer(question)),
            "flags": [name.upper() if name != "push" else "PSH" for name in TCP_FLAGS],
        }

    def on_give_up(self, asked: Asked) -> Reply:
        """The right answer, for one who does not know it: that counts as a wrong one."""
        return {
            "right": False,
            "unclear": False,
            "lines": [pieces(each) for each in answer_lines(self._question, self.language)],
            **self._counted(right=False),
        }

    def on_answer(self, asked: Asked) -> Reply:
        """What there is to say of `answer`; what is none can be given again, and does not count."""
        judgement = judge(self._question, str(asked["answer"]))
        lines = judgement_lines(self._question, judgement, self.language)
        reply = {
            "right": judgement.right,
            "unclear": judgement.unclear is not None,
            "lines": [pieces(each) for each in lines],
        }
        return reply if reply["unclear"] else {**reply, **self._counted(right=judgement.right)}

    def _counted(self, *, right: bool) -> Reply:
        """Takes the answer in; what there is to say of that."""
        raise NotImplementedError

    def on_hint(self, asked: Asked) -> Reply:
        hint = self.say(Message("drills.hint", hint=self._question.hint))
        return {"lines": [pieces(line(each)) for each in wrap(hint, PROSE_WIDTH)]}

    def still(self) -> Still:
        return still_lines(self._still_lines())

    def _still_lines(self) -> list[Line]:
        return question_lines(self._question, self.language)

    def _with_answer(self) -> Still:
        """The question, with its answer for those who unfold it."""
        asked, answer = self._still_lines(), answer_lines(self._question, self.language)
        heading = svg.escape(self.say(Message("notebook.ui.answer")))
        folded = f"<details><summary>{heading}</summary>{html_lines(answer)}</details>"
        return Still(html_lines(asked) + folded, visible(plain([*asked, line(), *answer])))


class FlagTrainer(Asking):
    """Practice with flags; the same seed begins with the same questions."""

    def __init__(self, seed: int | None) -> None:
        super().__init__()
        self._chance = Random(seed)
        self._deck = Deck({"flags": all_kinds()["flags"]}, practised(_remembered()) if seed is None else ())
        self._right = self._answers = 0
        self._step()

    def _step(self) -> None:
        self._question = draw(*self._deck.next(self._chance), self._chance)

    def on_open(self, asked: Asked) -> Reply:
        return {**self._asked(str(self._answers + 1)), "endless": True}

    def on_next(self, asked: Asked) -> Reply:
        self._step()
        return self.on_open(asked)

    def _counted(self, *, right: bool) -> Reply:
        topic, kind = self._question.topic, self._question.kind
        self._answers += 1
        self._right += right
        self._deck.record(topic, kind, right=right)
        return {
            "remark": _remember_drill(self, topic, kind, right=right),
            "score": self.say(Message("drills.practice_done", right=self._right, asked=self._answers)),
        }

    def still(self) -> Still:
        return self._with_answer()


class Predict(Asking):
    """Which of `count` packets of `capture` the filter matches; the same seed asks about the same packets.

    Raises as `the_capture`, and FilterSyntaxError.
    """

    def __init__(self, expression: str, capture: str | Capture, count: int, seed: int | None) -> None:
        super().__init__()
        whole = the_capture(capture)
        read = Filter(expression, link_type=whole.link_type)
        mask = bytes(read.matches(whole))
        chosen = _mixed(mask, count, Random(seed))
        lines = PrintedLines(whole)
        self._matched = [bool(mask[index]) for index in chosen]
        right = " ".join(str(place) for place, matched in enumerate(self._matched, 1) if matched)
        self._question = Question(
            "matches",
            "predict",
            Message("drills.matches.reads", filter=expression or "-"),
            "packets",
            (right,),
            Message("notebook.ran", filter=expression, count=sum(self._matched), of=len(chosen)),
            Message("drills.matches.hint"),
            lines=tuple(lines[index] for index in chosen),
            packets=tuple(whole[index] for index in chosen),
            filter=expression,
        )

    def on_open(self, asked: Asked) -> Reply:
        return {**self._asked(), "predicts": True}

    def _counted(self, *, right: bool) -> Reply:
        """What the filter did, to be shown beside what was foreseen."""
        return {"matched": self._matched}

    def still(self) -> Still:
        return self._with_answer()


class QuizShown(Asking):
    """The quiz of that seed; without one, the quiz that was left, else a new one. It can be left at any time."""

    def __init__(self, seed: int | None) -> None:
        super().__init__()
        rows = _remembered()
        left = unfinished(rows)
        self._seed, self._length = (
            (seed, LEAST_QUESTIONS) if seed is not None else left or (next_seed(rows), LEAST_QUESTIONS)
        )
        self._questions = quiz(self._seed, self._length)
        self._given = answered(rows, self._seed, self._length)
        self._take_up()

    def _take_up(self) -> None:
        self._question = self._questions[min(len(self._given), self._length - 1)]

    def on_open(self, asked: Asked) -> Reply:
        if len(self._given) == self._length:
            return {"result": [pieces(each) for each in self._result()]}
        self._take_up()
        place = self.say(Message("drills.place", number=len(self._given) + 1, of=self._length))
        return self._asked(place)

    def on_next(self, asked: Asked) -> Reply:
        return self.on_open(asked)

    def _counted(self, *, right: bool) -> Reply:
        if len(self._given) == self._length or self._question is not self._questions[len(self._given)]:
            # Another view of this quiz has answered it meanwhile.
            return {}
        place = len(self._given)
        row = quiz_row(self._seed, self._length, place, self._question.topic, self._question.kind)
        self._given.append(right)
        remark = _remember_drill(self, *row, right=right)
        if len(self._given) == self._length:
            remark = self._remember_result() or remark
        return {"remark": remark}

    def _remember_result(self) -> str:
        try:
            with the_learner() as learner:
                for item, share in score(self._questions, self._given).by_item.items():
                    learner.progress.record_quiz(item, *share)
        except (ProgressError, OSError) as error:
            return self.say(fault(error))
        return ""

    def _result(self) -> list[Line]:
        with the_learner() as learner:
            titles: dict[str, Text] = {item.id: item.title for item in learner.syllabus.checklist}
        return score_lines(score(self._questions, self._given), titles, self.language)

    def _still_lines(self) -> list[Line]:
        command = line((f"tutor quiz --seed {self._seed}", "accent"))
        if len(self._given) == self._length:
            return [*self._result(), line(), command]
        heading = Message("notebook.still_quiz", number=len(self._given) + 1, of=self._length)
        return [line((self.say(heading), "title")), line(), *super()._still_lines(), line(), command]


def _mixed(mask: bytes, count: int, chance: Random) -> list[int]:
    """Indices of `count` packets in order, matched ones and others, as near to half and half as there are any."""
    sides = [[index for index, matched in enumerate(mask) if matched == side] for side in (1, 0)]
    count = min(max(1, count), len(mask))
    matched = min(len(sides[0]), max(count // 2, count - len(sides[1])))
    return sorted([*chance.sample(sides[0], matched), *chance.sample(sides[1], count - matched)])


def _remembered() -> list[Row]:
    """What was answered so far; nothing where the store cannot be read."""
    try:
        with the_learner() as learner:
            return [(drill.topic, drill.item, drill.right) for drill in learner.progress.drill_history()]
    except (ProgressError, OSError):
        return []


def _remember_drill(exhibit: Exhibit, topic: str, item: str, *, right: bool) -> str:
    """Remembers one answer; returns why it could not be, else ""."""
    try:
        with the_learner() as learner:
            learner.progress.record_drill(topic, item, right)
    except (ProgressError, OSError) as error:
        return exhibit.say(fault(error))
    return ""
