"""Floor 5: the lessons' side of the engine in IPython: magics that speak the notebook's language.

`start("en")` in a notebook's first cell, or `%load_ext lesson_engine.notebook`, provides

- `%tcpdump …`: tcpdump on savefiles and on the recorded network, exactly as `tutor tcpdump`;
- `%%check EXERCISE`: grades the cell's text, exactly as `tutor check`, and keeps it in the progress.

The only package that imports IPython.
"""

import os
import sys

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

from lesson_engine.messages import LANGUAGES, Language
from lesson_engine.notebook.magics import LessonMagics


def start(language: Language) -> None:
    """Registers the magics in the running IPython, speaking `language`."""
    shell = get_ipython()
    if shell is None:
        raise RuntimeError("start() belongs in a notebook or in IPython")
    _register(shell, language)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext lesson_engine.notebook` calls; the language is TUTOR_LANG's, else Japanese."""
    asked = os.environ.get("TUTOR_LANG")
    _register(shell, next((language for language in LANGUAGES if language == asked), "ja"))


def _register(shell: InteractiveShell, language: Language) -> None:
    # Jupyter's streams are UTF-8 whatever the locale; a terminal IPython's may not be.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    shell.register_magics(LessonMagics(shell, language))
