"""Which misconception lies behind an expression that cannot be used, by how it is written.

Told from the words around the fault and from how the corrected expression differs. Only what is said of the way
to write filters is looked for: a misspelt word or a missing parenthesis is no misconception.

>>> from lesson_engine.filters import Filter, FilterSyntaxError
>>> try:
...     Filter("tcp host 10.0.0.1")
... except FilterSyntaxError as error:
...     habit(error)
Habit(id='proto-host', key='proto_host')
"""

import re
from typing import NamedTuple

from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.lexer import PROTOCOLS


class Habit(NamedTuple):
    """A misconception's id, and the key of what is said about this form of it."""

    id: str
    key: str


LONGEST = 4096
"""Characters; nobody wrote a longer expression by hand."""

_BY_FAULT = {
    "filters.no_ethernet": Habit("any-is-not-ethernet", "any_is_not_ethernet"),
    "filters.no_vlan": Habit("any-is-not-ethernet", "any_is_not_ethernet"),
    "filters.not_for_host": Habit("proto-host", "proto_host"),
    "filters.not_for_port": Habit("proto-host", "proto_host"),
    "filters.host_bits": Habit("range-or-mask", "range_or_mask"),
    "filters.prefix_without_net": Habit("range-or-mask", "range_or_mask"),
    "filters.prefix_length": Habit("range-or-mask", "range_or_mask"),
}

_DISSECTORS = (
    "eth frame ip ipv6 tcp udp sctp icmp icmpv6 arp vlan http http2 dns mdns tls ssl ssh mysql dhcp bootp ntp quic smb"
)
_DISPLAY_FIELD = re.compile(rf"(?<![\w.-])(?:{_DISSECTORS.replace(' ', '|')})\.[a-z_]+(?:\.[a-z_]+)*")
_DISPLAY_COMPARISON = re.compile(
    r"\b(?:port|host|net|src|dst|tcp|udp|ip)\s*(?:==|!=|\b(?:eq|ne|contains|matches)\b)|\b(?:contains|matches)\b\s*[\"'/]"
)
_BEFORE_A_NAME = re.compile(r"\b(?:host|net|src|dst|port|gateway)\s+$")
_RANGE = re.compile(r"\bport(?:range)?\s+\w+\s*(?:-|\.\.|:|~|\bto\b|\s)\s*\d+")
_PREFIX = re.compile(r"\d+(?:\.\d+){1,3}\s*/\s*\d+")
_SHORT_PREFIX = re.compile(r"\b\d+\s*/\s*\d+")
_APPLICATIONS = frozenset("http https tls ssl ssh dns mysql ping dhcp ntp ftp smtp".split())  # noqa: SIM905
_WORDS = frozenset("host net port portrange src dst and or not less greater proto".split()) | PROTOCOLS  # noqa: SIM905
_FILLED_IN = frozenset("host net port and or tcp udp icmp".split())  # noqa: SIM905


def habit(error: FilterSyntaxError) -> Habit | None:
    """The habit that led to `error`, or None if it looks like a mere slip."""
    source = error.source
    if len(source) > LONGEST:
        return None
    if error.message.key in ("filters.no_ethernet", "filters.no_vlan"):
        return _BY_FAULT[error.message.key]
    if _looks_like_display_filter(source):
        return Habit("display-filter", "display_filter")
    if any(word != word.lower() and word.lower() in _WORDS for word in re.findall(r"[A-Za-z]\w*", source)):
        return Habit("proto-host", "capitals")
    if (known := _BY_FAULT.get(error.message.key)) is not None:
        return known
    around = source[: error.span[1] + 20]
    if source[slice(*error.span)] == "/" and _SHORT_PREFIX.search(around):
        return Habit("short-address", "short_address")
    if error.message.key in ("filters.unexpected", "filters.unknown_port") and (
        _RANGE.search(around) and error.hint is not None and "portrange" in error.hint
    ):
        return Habit("range-or-mask", "range_or_mask")
    if error.message.key == "filters.unexpected" and _PREFIX.match(source, error.span[0]):
        return Habit("range-or-mask", "range_or_mask")
    return Habit("qualifier-order", "qualifier_order") if _is_out_of_order(error) else None


def _looks_like_display_filter(source: str) -> bool:
    fields = (found for found in _DISPLAY_FIELD.finditer(source) if not _BEFORE_A_NAME.search(source[: found.start()]))
    return any(fields) or _DISPLAY_COMPARISON.search(source) is not None


def _is_out_of_order(error: FilterSyntaxError) -> bool:
    """Whether the words are right but for their order, for qualifiers and connectives left out, and for commas."""
    if error.hint is None:
        return False
    written, right = re.findall(r"[\w.:/-]+", error.source), re.findall(r"[\w.:/-]+", error.hint)
    if any(word in _APPLICATIONS for word in written):
        return any(word not in right for word in written if word in _APPLICATIONS)
    if written == right and "," not in error.source:
        return False
    filled = list(right)
    for word in written:
        if word not in filled:
            return False
        filled.remove(word)
    return all(word in _FILLED_IN for word in filled)
