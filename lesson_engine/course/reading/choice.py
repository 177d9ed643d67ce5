"""Choices: the learner picks one of a question's options, and what the capture shows decides which is right.

A wrong option is answered with the packet that contradicts it, and with its author's remark or the misconception that
picking it here stands for.
"""

from collections.abc import Mapping, Sequence

from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Judgement, Mistake, by_misconception
from lesson_engine.course.reading.forms import Value
from lesson_engine.course.reading.scene import Scenes
from lesson_engine.course.verdict import Part
from lesson_engine.messages import Message, Text


def read_stated(question: Question, scenes: Scenes) -> "Choice":
    """`stated`: what no capture answers, such as why one looks where; the definition says which option is right."""
    return Choice(question, next(option.value for option in question.options if option.right))


READERS = {"stated": read_stated}


class Choice:
    """One of the question's options is right. `mistakes` are rules for wrong ones; what the options themselves say
    comes before them. `line` contradicts the others. Raises LookupError if `right` is none of the options."""

    form = staticmethod(forms.choice)

    def __init__(self, question: Question, right: str, mistakes: Sequence[Mistake] = (), line: str = "") -> None:
        self.question = question
        self.options = {option.value: option for option in question.options}
        if right not in self.options:
            raise LookupError(f"{question.name}: {right} is the answer and none of the options")
        self.right = right
        self.line = line
        stated = [
            Mistake(option.value, option.misconception, option.remark or Message("reading.not_this_option"))
            for option in question.options
            if option.misconception
        ]
        self.mistakes = [each for each in (*stated, *mistakes) if each.value in self.options and each.value != right]

    @property
    def example(self) -> Value:
        """The right option."""
        return self.right

    @property
    def variants(self) -> Mapping[str, Value]:
        """The options that misconceptions lead to."""
        return by_misconception(self.mistakes)

    def judge(self, given: Value) -> Judgement:
        """Right; or why the option is not, with the packet that says so."""
        label = self.question.label
        if given == self.right:
            return Judgement((Part(label, True),))
        option = self.options.get(str(given))
        if option is None:
            said: Text = Message("reading.no_such_option", found=forms.shown(given), options=", ".join(self.options))
            return Judgement((Part(label, False, said),))
        known = next((mistake for mistake in self.mistakes if mistake.value == given), None)
        said = known.remark if known else option.remark or Message("reading.not_this_option")
        return Judgement((Part(label, False, said, self.line, misconception=known.misconception if known else None),))
