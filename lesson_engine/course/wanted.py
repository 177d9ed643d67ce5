"""What an exercise wants of a tcpdump command's options, compared by meaning."""

from collections.abc import Mapping

from lesson_engine.tcpdump.command import Command


def lacking(command: Command, wants: Mapping[str, object]) -> str | None:
    """The first key of `wants` whose value the command does not have, or None. A list gives alternatives."""
    meaning = command.meaning()
    for key, wanted in wants.items():
        source = meaning.print_options if key in meaning.print_options._fields else meaning
        alternatives = wanted if isinstance(wanted, list) else [wanted]
        if getattr(source, key) not in alternatives:
            return key
    return None
