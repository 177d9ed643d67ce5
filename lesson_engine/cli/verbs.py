"""The verbs of the `tutor` command: one table that dispatch, help and completion are made from.

It names modules and does not import them: a verb pays for itself alone at start-up.
"""

from typing import NamedTuple


class Option(NamedTuple):
    """An option of a verb; `value` names its argument in help, or is empty for a switch."""

    name: str
    value: str = ""
    short: str = ""


class Verb(NamedTuple):
    """One verb: `module` of lesson_engine.cli has `run(call) -> exit status`.

    `operands` are shown in help as they are written; `most` is how many are taken. `raw` verbs get their
    arguments untouched, as another program's.
    """

    name: str
    module: str
    operands: str = ""
    least: int = 0
    most: int = 0
    options: tuple[Option, ...] = ()
    raw: bool = False


GLOBAL_OPTIONS = (
    Option("workspace", "DIR"),
    Option("lang", "ja|en"),
    Option("help", short="h"),
    Option("version"),
)

VERBS = (
    Verb("lesson", "lesson", "[N]", most=1, options=(Option("run"),)),
    Verb("jupyter", "jupyter", "[N]", most=1, options=(Option("copy"),)),
    Verb("list", "exercises"),
    Verb("start", "exercises", "[EXERCISE]", most=1, options=(Option("seed", "N"), Option("name", "NAME"))),
    Verb("next", "exercises"),
    Verb("check", "check", "[EXERCISE]", most=1, options=(Option("answer", "TEXT"), Option("all"), Option("json"))),
    Verb("watch", "watch", "[EXERCISE]", most=1),
    Verb("hint", "exercises", "[EXERCISE]", most=1),
    Verb(
        "practice", "practice", "[TOPIC]", most=1, options=(Option("count", "N"), Option("seed", "N"), Option("json"))
    ),
    Verb("quiz", "quiz", options=(Option("seed", "N"), Option("questions", "N"), Option("json"))),
    Verb("solution", "exercises", "[EXERCISE]", most=1),
    Verb("progress", "progress", "[export|import|reset] [FILE|EXERCISE]", most=2, options=(Option("json"),)),
    Verb("tcpdump", "tcpdump", "...", raw=True),
    Verb("live", "tcpdump", "...", raw=True),
    Verb("explain", "explain", "COMMAND", 1, 99),
    Verb("explain-line", "explain", "[LINE]", 0, 99, (Option("read", "FILE", "r"), Option("packet", "N", "p"))),
    Verb(
        "filter",
        "filter",
        "explain|compare|wireshark EXPRESSION ...",
        2,
        99,
        (Option("read", "FILE", "r"), Option("packet", "N", "p"), Option("json")),
    ),
    Verb("replay", "replay", "FILE [EXPRESSION]", 1, 99, (Option("speed", "N"), Option("step"))),
    Verb(
        "ladder",
        "ladder",
        "FILE [EXPRESSION]",
        1,
        99,
        (Option("and", "FILE"), Option("svg", "OUT.svg"), Option("absolute", short="S"), Option("all")),
    ),
    Verb("timeline", "timeline", "FILE [EXPRESSION]", 1, 99, (Option("by", "WHAT"), Option("svg", "OUT.svg"))),
    Verb("packet", "packet", "FILE N", 2, 2, (Option("layer", "NAME", "l"),)),
    Verb("diagnose", "diagnose", "FILE [EXPRESSION]", 1, 99, (Option("and", "FILE"), Option("json"))),
    Verb(
        "demo",
        "demo",
        "[SCENARIO]",
        most=1,
        options=(Option("live"), Option("serve"), Option("address", "ADDRESS"), Option("port", "N")),
    ),
    Verb(
        "author",
        "author",
        "new|lint|preview [EXERCISE ...]",
        1,
        99,
        (Option("kind", "KIND"), Option("directory", "DIR")),
    ),
    Verb(
        "lab",
        "lab",
        "up|shell HOST|run [SCENARIO]|restore|status|down",
        1,
        99,
        (Option("seed", "N"), Option("save", "DIR")),
    ),
    Verb("completion", "completion", "bash|zsh|fish", 1, 1),
)
