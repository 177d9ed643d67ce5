"""What a reading exercise shows beside its task: tcpdump's own lines, taken from the learner's capture.

A line to label, a shuffled conversation, numbers blanked out: each reader in `course.reading` whose questions need
something to look at says what. Most exercises have none, and the learner looks at the capture itself.

>>> from lesson_engine.course.exercise import load_exercise
>>> material(load_exercise("exercise3"))
[]
"""

from lesson_engine.course.exercise import Exercise


def material(exercise: Exercise) -> list[str]:
    """The lines to show; empty where there are none. Raises SavefileError or OSError where a capture cannot be read."""
    if not exercise.questions or exercise.in_lab:
        return []
    from lesson_engine.course.reading import reader_of
    from lesson_engine.course.reading.scene import Scenes

    scenes = Scenes(exercise)
    asked: dict[object, list[object]] = {}
    for question in exercise.questions:
        asked.setdefault(reader_of(question), []).append((question, scenes.of(question)))
    return [line for reader, about in asked.items() if hasattr(reader, "material") for line in reader.material(about)]
