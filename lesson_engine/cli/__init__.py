"""Floor 5: the `tutor` command. The only place where the engine's errors become text and exit statuses.

Exit statuses: 0 passed or done, 1 not passed or failed, 2 usage.
"""

import os
import sys
from importlib import import_module

from lesson_engine.cli.arguments import Call, UsageError, asked_language, general_help, parse, verb_help
from lesson_engine.cli.screen import Screen, language_of_environment
from lesson_engine.messages import Message


def main(argv: list[str] | None = None) -> int:
    """Runs `tutor` with the words of `argv` (else of the process) and returns the exit status."""
    _speak_utf8()
    words = sys.argv[1:] if argv is None else argv
    screen = Screen(asked_language(words) or language_of_environment(os.environ))
    try:
        call = parse(words)
        status = _run(call, screen)
        sys.stdout.flush()
    except UsageError as error:
        screen.complain(error.message)
        screen.complain(Message("cli.see_help"))
        return error.exit_status
    except BrokenPipeError:
        # The reader has left (`tutor list | head`); what Python still holds must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("TUTOR_DEBUG"):
            raise
        screen.complain(_told(error))
        return 1
    return status


def _told(error: Exception) -> Message:
    """What to say of an error: its own message, the file the system names, or that it is a fault of ours."""
    message = getattr(error, "message", None)
    if isinstance(message, Message):
        return message
    if isinstance(error, OSError) and error.filename is not None:
        return Message("cli.file_fault", path=str(error.filename), fault=error.strerror)
    # Never a pass, and never a page of Python for the learner.
    return Message("cli.our_fault", fault=f"{type(error).__name__}: {error}")


def _run(call: Call, screen: Screen) -> int:
    if "version" in call.options:
        from lesson_engine import __version__

        screen.out.write(f"tutor {__version__}\n")
        return 0
    if "help" in call.options:
        screen.show(verb_help(call.verb, screen.language) if call.verb else general_help(screen.language))
        return 0
    module = import_module(f"lesson_engine.cli.{call.verb.module if call.verb else 'home'}")
    status: int = module.run(call, screen)
    return status


def _speak_utf8() -> None:
    """Japanese must come out whole under a C locale and on a Windows console too."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
