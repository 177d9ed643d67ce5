"""What a tcpdump command wants of a live capture: its options as the helper's, and a filter that was looked at before.

Guarantees: what the kernel is given has been read here first, so that no name is looked up and a fault is told with its
place. Nothing is captured here; `sources.live` does that. Reference: tcpdump(8).

>>> from lesson_engine.tcpdump.command import parse_line
>>> command = parse_line("tcpdump -i lo -c 3 tcp port 80")
>>> wanted(command, command.expression)[:4]
('lo', 'tcp port 80', 2048, 3)
"""

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.sources.live import BUFFER_SIZE, SNAPSHOT_LENGTH, Wanted, expected_link_type
from lesson_engine.tcpdump.arguments import Command


def wanted(command: Command, expression: str) -> Wanted:
    """What to capture for a command whose filter is `expression`. Raises FilterSyntaxError."""
    _check_for_kernel(expression, command.interface)
    length = SNAPSHOT_LENGTH
    if command.write_file is not None or any(option.key == "s" for option in command.given):
        length = command.snapshot_length  # what is saved is saved whole
    return Wanted(
        command.interface,
        expression,
        length,
        command.count,
        command.direction,
        promiscuous=not command.no_promiscuous,
        buffer_size=command.buffer_size or (BUFFER_SIZE if length <= SNAPSHOT_LENGTH else 4 * BUFFER_SIZE),
        nanoseconds=command.print_options.nanoseconds,
    )


def _check_for_kernel(expression: str, interface: str | None) -> None:
    """Raises FilterSyntaxError for a filter that cannot be used; but what only a live capture can know of a packet is
    the kernel's to judge."""
    try:
        Filter(expression, link_type=expected_link_type(interface))
    except FilterSyntaxError as error:
        if error.message.key not in ("filters.no_direction", "filters.no_ifindex"):
            raise
