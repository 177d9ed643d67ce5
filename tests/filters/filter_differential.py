"""The comparison with libpcap: random expressions over captures of every link type, in both carriers."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from filter_expressions import Expressions
from filter_oracle import Oracle, RefusedError
from filter_packets import varied_capture

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.evaluate import outcome
from lesson_engine.filters.frames import COVERED
from lesson_engine.packets.capture import Capture
from lesson_engine.packets.linktype import NULL


class Difference(NamedTuple):
    """What libpcap says of an expression on a link type (or of one packet), and what we say."""

    expression: str
    link_type: str
    packet: str
    libpcap: object
    ours: object


def captures(seed: int) -> list[Capture]:
    """One capture of each link type; of NULL one of each byte order."""
    made = [varied_capture(link_type, seed) for link_type in COVERED]
    return [*made, varied_capture(NULL, seed, "big")]


def differences(seed: int, expressions: int, counts: Counter[str]) -> Iterator[Difference]:
    """Where libpcap and we differ; `counts` learns how many pairs were compared, and how many were refused."""
    everything = captures(seed)
    source = Expressions(seed)
    for _ in range(expressions):
        expression = source.one()
        for capture in everything:
            counts["pairs"] += 1
            yield from _compare(expression, capture, counts)


def _compare(expression: str, capture: Capture, counts: Counter[str]) -> Iterator[Difference]:
    name = capture.link_type.name
    try:
        oracle, refused = Oracle(expression, capture.link_type, capture.byte_order), None
    except RefusedError as error:
        oracle, refused = None, str(error)
    try:
        ours, our_refusal = Filter(expression, link_type=capture.link_type), None
    except FilterSyntaxError as error:
        ours, our_refusal = None, error.libpcap_text
    if refused != our_refusal:
        yield Difference(expression, name, "", refused, our_refusal)
    if oracle is None or ours is None:
        counts["refused"] += 1
        return
    wanted = bytes(oracle.matches(packet.data, packet.original_length) for packet in capture)
    counts["packets"] += len(wanted)
    counts["matched"] += sum(wanted)
    program = ours.program(capture.link_type, capture.byte_order)
    answers = {"ints": bytes(ours.matches(capture)), "arrays": outcome(program, capture.columns).matched.tobytes()}
    for carrier, found in answers.items():
        if found != wanted:
            index = next(index for index, both in enumerate(zip(found, wanted, strict=True)) if both[0] != both[1])
            packet = capture[index].data.hex()
            yield Difference(expression, name, packet, f"{wanted[index]} ({carrier})", found[index])
