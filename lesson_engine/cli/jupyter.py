"""`tutor jupyter`: the lessons in JupyterLab, in copies that are the learner's, with settings of the course alone.

JupyterLab gets a configuration directory in the workspace: the learner's own settings are neither read nor changed, and
a kernel that is this very Python, in which the lessons' magics are there whatever cell is run first.
"""

import json
import os
import sys
from importlib.util import find_spec

from lesson_engine.cli.arguments import Call, UsageError, relative
from lesson_engine.cli.learner import Learner
from lesson_engine.cli.screen import Screen
from lesson_engine.course.lesson_copies import copy_lessons
from lesson_engine.course.lessons import LessonError
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Message

CODE_FONTS = (
    '"Noto Sans Mono CJK JP", "Sarasa Mono J", "BIZ UDGothic", "MS Gothic", "Osaka-Mono", "DejaVu Sans Mono", monospace'
)
"""Fonts in which a Japanese character is as wide as two others, so that columns align in cells and in their output."""

_SETTINGS: dict[str, dict[str, object]] = {
    "@jupyterlab/apputils-extension/themes.jupyterlab-settings": {"overrides": {"code-font-family": CODE_FONTS}},
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
}


def run(call: Call, screen: Screen) -> int:
    """Exit status 1 where JupyterLab is not installed, else its own."""
    asked = call.operands[0] if call.operands else "1"
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4):
        raise UsageError(Message("cli.lesson_number", found=asked))
    number = int(asked)
    with Learner(call, screen) as learner:
        workspace = learner.workspace
    copies = copy_lessons(workspace, screen.language)
    if not 1 <= number <= len(copies):
        raise LessonError(Message("course.no_lesson", number=number, last=len(copies)))
    for copy in copies:
        if copy.is_new and copy.older is not None:
            screen.say(Message("cli.jupyter_newer", older=relative(copy.older), newer=relative(copy.path)))
    path = copies[number - 1].path
    if "copy" in call.options:
        screen.say(Message("cli.jupyter_copied", folder=relative(os.path.dirname(path))))
        return 0
    if find_spec("jupyterlab") is None or find_spec("ipykernel") is None:
        screen.complain(Message("cli.jupyter_missing", python=sys.executable, number=number))
        return 1
    screen.say(Message("cli.jupyter_opens", path=relative(path)))
    screen.out.flush()
    return _start(workspace, path, screen)


def _start(workspace: Workspace, path: str, screen: Screen) -> int:
    """Runs JupyterLab until it is stopped."""
    import subprocess

    folder = os.path.join(workspace.path, "jupyter")
    for name, settings in _SETTINGS.items():
        # One that is there may have been changed in JupyterLab, and is kept.
        workspace.add(os.path.join(folder, "lab", "user-settings", name), _as_json(settings))
    kernel = os.path.join(folder, "share", "kernels", "python3", "kernel.json")
    if not workspace.add(kernel, _as_json(_kernel())):
        # Another Python may have written it, which is perhaps no longer there.
        workspace.replace(kernel, _as_json(_kernel()))
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": folder,
        "JUPYTER_PATH": os.path.join(folder, "share"),
        "TUTOR_WORKSPACE": workspace.path,
        "TUTOR_LANG": screen.language,
    }
    root = os.path.dirname(path)
    words = ["lab", f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{os.path.basename(path)}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # JupyterLab refuses root; in a container there may be no other user.
        screen.advise(Message("cli.jupyter_root"))
        words.append("--allow-root")
    server = subprocess.Popen([sys.executable, "-m", "jupyter", *words], env=environment, cwd=root)
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:
            # The terminal interrupts JupyterLab too, which asks whether it is meant to stop.
            continue


def _kernel() -> dict[str, object]:
    """The kernel of the lessons: this Python, with their magics from the start."""
    return {
        "argv": [
            sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}",
            "--InteractiveShellApp.extra_extensions=lesson_engine.notebook",
        ],
        "display_name": "Python 3 (tutor)",
        "language": "python",
    }  # fmt: skip


def _as_json(content: dict[str, object]) -> bytes:
    return (json.dumps(content, indent=2) + "\n").encode()
