"""Questions on what the letters between the brackets of Flags [...] stand for; which packet shows them is drawn."""

from collections.abc import Sequence

from lesson_engine.course.questions import Question
from lesson_engine.course.reading import forms
from lesson_engine.course.reading.finding import Values
from lesson_engine.course.reading.lines import overlooked_dot, parts_of, values_of
from lesson_engine.course.reading.scene import Scene, Scenes


def read_flags(question: Question, scenes: Scenes) -> Values:
    """`flags`: to be answered by their names. Raises LookupError where no TCP packet matches."""
    scene = scenes.of(question)
    number = _drawn(question, scene)
    (right,) = values_of(parts_of(scene.line(number))["flags"])
    return Values(question, forms.flag_names, [right], overlooked_dot(right), line=scene.quoted(number))


READERS = {"flags": read_flags}


def material(asked: Sequence[tuple[Question, Scene]]) -> list[str]:
    """One line for each question, in their order."""
    width = max(len(question.name) for question, _ in asked)
    return [f"{question.name:{width}}   {scene.line(_drawn(question, scene), time=False)}" for question, scene in asked]


def _drawn(question: Question, scene: Scene) -> int:
    return scene.pick(question.of, lambda number: "flags" in parts_of(scene.line(number)))
