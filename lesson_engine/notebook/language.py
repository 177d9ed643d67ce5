"""The language that a notebook speaks: what `start` was told, else TUTOR_LANG, else its folder's name, else Japanese.

>>> _of({"TUTOR_LANG": "en"}, "/notebooks/ja"), _of({}, "/notebooks/en"), _of({}, "/tmp")
('en', 'en', 'ja')
"""

import os
from collections.abc import Mapping

from lesson_engine.messages import LANGUAGES, Language

_told: list[Language] = []


def speak(language: Language) -> None:
    """From now on this kernel speaks `language`."""
    _told[:] = [language]


def spoken() -> Language:
    """The language of what is shown now."""
    return _told[0] if _told else _of(os.environ, os.getcwd())


def _of(environment: Mapping[str, str], directory: str) -> Language:
    asked = environment.get("TUTOR_LANG"), os.path.basename(directory)
    return next((language for name in asked for language in LANGUAGES if language == name), "ja")
