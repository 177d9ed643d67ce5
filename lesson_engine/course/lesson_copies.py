"""The learner's copies of the lessons: notes and results stay in them, and the bundled notebooks stay clean.

A copy remembers in its metadata from which version it was made. When a lesson has changed since, the new version comes
beside the learner's copy under a name of its own; a file that is there is never written to, not even an untouched one.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as directory:
...     first = copy_lessons(Workspace(directory), "en")[0]
...     again = copy_lessons(Workspace(directory), "en")[0]
>>> os.path.basename(first.path), first.is_new, again.is_new, again.path == first.path
('01-story.ipynb', True, False, True)
"""

import hashlib
import json
import os
from typing import NamedTuple

from lesson_engine.course.lessons import lesson_paths
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Language


class LessonCopy(NamedTuple):
    """A learner's copy of the current version of a lesson; `is_new` if it was made just now, and `older` is the
    learner's copy of the version before, or None."""

    path: str
    is_new: bool
    older: str | None


def copy_lessons(workspace: Workspace, language: Language) -> list[LessonCopy]:
    """The learner's copies of all lessons, made where the current version has none. Raises WorkspaceError, OSError."""
    return [
        _copy(workspace, original, os.path.join(workspace.notebooks, language)) for original in lesson_paths(language)
    ]


def _copy(workspace: Workspace, original: str, folder: str) -> LessonCopy:
    with open(original, "rb") as file:
        content = file.read()
    version = hashlib.sha256(content).hexdigest()[:16]
    stem = os.path.basename(original).removesuffix(".ipynb")
    older: str | None = None
    number = 1
    while True:
        path = os.path.join(folder, f"{stem}.ipynb" if number == 1 else f"{stem}-{number}.ipynb")
        if workspace.add(path, _marked(content, version)):
            return LessonCopy(path, True, older)
        if _version_of(path) == version:
            return LessonCopy(path, False, older)
        older = path
        number += 1


def _marked(content: bytes, version: str) -> bytes:
    """The notebook with its version in its metadata, laid out as Jupyter saves it."""
    document = json.loads(content)
    document["metadata"]["tutor"]["version"] = version
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _version_of(path: str) -> str | None:
    """The version that a copy was made from; None where the file does not say."""
    try:
        with open(path, encoding="utf-8") as file:
            version = json.load(file)["metadata"]["tutor"]["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return version if isinstance(version, str) else None
