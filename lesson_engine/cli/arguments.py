"""From the words of a command line to a Call, and help: both read from the table of verbs.

The standard library's getopt does the splitting, because its errors name the option and so can be told in
the learner's language; argparse would print English sentences of its own.
"""

import os
from getopt import GetoptError, getopt, gnu_getopt
from typing import NamedTuple

from lesson_engine.cli.verbs import GLOBAL_OPTIONS, VERBS, Option, Verb
from lesson_engine.messages import LANGUAGES, Language, Message
from lesson_engine.views.text import Line, line


class UsageError(ValueError):
    """The command line cannot be understood; `message` says what would be."""

    exit_status = 2

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Call(NamedTuple):
    """A parsed command line. `verb` is None for `tutor` alone; `options` maps names to values ("" for a switch)."""

    verb: Verb | None
    operands: list[str]
    options: dict[str, str]


def parse(argv: list[str]) -> Call:
    """Reads the words after `tutor`. Raises UsageError."""
    options, rest = _split(argv, GLOBAL_OPTIONS, permute=False)
    if not rest:
        return Call(None, [], _checked(options))
    name, *words = rest
    verb = next((each for each in VERBS if each.name == name), None)
    if verb is None:
        raise UsageError(_unknown("cli.unknown_verb", name, [each.name for each in VERBS]))
    if verb.raw:
        return Call(verb, words, _checked(options))
    more, operands = _split(words, GLOBAL_OPTIONS + verb.options, permute=True)
    options.update(more)
    if not {"help", "version"} & options.keys():
        if len(operands) < verb.least:
            raise UsageError(Message("cli.too_few", usage=usage(verb)))
        if len(operands) > verb.most:
            raise UsageError(Message("cli.too_many", extra=operands[verb.most], usage=usage(verb)))
    return Call(verb, operands, _checked(options))


def usage(verb: Verb) -> str:
    """How `verb` is written, in one line."""
    options = "".join(f" [{_spelled(option)}]" for option in verb.options)
    return f"tutor {verb.name}{options} {verb.operands}".rstrip()


def verb_help(verb: Verb, language: Language) -> list[Line]:
    """What `tutor VERB --help` shows."""
    lines = [line((usage(verb), "title")), line(), *_paragraph(f"cli.{verb.name}", language)]
    lines += [line(), *_paragraph(f"cli.{verb.name}_more", language)]
    if verb.options:
        lines.append(line())
        lines += [_row(_spelled(option), f"cli.{verb.name}_{option.name}", language) for option in verb.options]
    return lines


def general_help(language: Language) -> list[Line]:
    """What `tutor --help` shows."""
    lines = [line((Message("cli.what").text(language), "title")), line()]
    lines += [_row(f"tutor {verb.name} {verb.operands}".rstrip(), f"cli.{verb.name}", language) for verb in VERBS]
    lines.append(line())
    lines += [_row(_spelled(option), f"cli.option_{option.name}", language) for option in GLOBAL_OPTIONS]
    return [*lines, line(), *_paragraph("cli.environment", language)]


def _split(words: list[str], known: tuple[Option, ...], *, permute: bool) -> tuple[dict[str, str], list[str]]:
    short = "".join(option.short + (":" if option.value else "") for option in known if option.short)
    long = [option.name + ("=" if option.value else "") for option in known]
    try:
        found, rest = (gnu_getopt if permute else getopt)(words, short, long)
    except GetoptError as error:
        if error.opt in {option.name for option in known} | {option.short for option in known if option.short}:
            raise UsageError(Message("cli.option_value", option=_dashed(error.opt))) from None
        raise UsageError(
            _unknown("cli.unknown_option", _dashed(error.opt), [f"--{option.name}" for option in known])
        ) from None
    names = {f"-{option.short}": option.name for option in known} | {f"--{o.name}": o.name for o in known}
    return {names[flag]: value for flag, value in found}, rest


def _checked(options: dict[str, str]) -> dict[str, str]:
    if options.get("lang", "ja") not in LANGUAGES:
        raise UsageError(Message("cli.lang", found=options["lang"]))
    if "workspace" in options and not options["workspace"]:
        raise UsageError(Message("cli.option_value", option="--workspace"))
    return options


def _unknown(key: str, found: str, known: list[str]) -> Message:
    from difflib import get_close_matches

    near = get_close_matches(found, known, n=1)
    return Message(f"{key}_near", found=found, near=near[0]) if near else Message(key, found=found)


def _dashed(name: str) -> str:
    return f"-{name}" if len(name) == 1 else f"--{name}"


def _spelled(option: Option) -> str:
    long = f"--{option.name} {option.value}".rstrip()
    return f"-{option.short}, {long}" if option.short else long


def _row(left: str, key: str, language: Language) -> Line:
    return line(f"  {left:<34}  ", Message(key).text(language))


def _paragraph(key: str, language: Language) -> list[Line]:
    return [line(each) for each in Message(key).text(language).split("\n")]


def asked_language(words: list[str]) -> Language | None:
    """The language that --lang asks for, found without parsing, so that even a usage error is told in it."""
    for index, word in enumerate(words):
        if word in ("tcpdump", "live"):
            break
        value = word.removeprefix("--lang=") if word != "--lang" else "".join(words[index + 1 : index + 2])
        if word.startswith("--lang"):
            return next((language for language in LANGUAGES if language == value), None)
    return None


def relative(path: str) -> str:
    """`path` as the learner would type it from here: relative where that is shorter, else with ~ for home."""
    home = os.path.expanduser("~")
    try:
        from_here = os.path.relpath(path)
    except ValueError:  # another drive
        from_here = path
    from_home = "~" + path[len(home) :] if path.startswith(home + os.sep) else path
    return from_here if not from_here.startswith("..") else from_home
