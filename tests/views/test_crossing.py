"""Two capture points side by side: what passed, was lost or was made stands where it was seen, in words as well."""

import random
import re
import xml.etree.ElementTree as ET

import pytest

from lesson_engine import Capture
from lesson_engine.bundled import capture_path
from lesson_engine.conversations.connection import connections
from lesson_engine.conversations.vantage import join
from lesson_engine.messages.cells import cell_width
from lesson_engine.views.crossing import Crossed, CrossingPicture, Folded, crossings_of
from lesson_engine.views.crossing_svg import crossing_svg
from lesson_engine.views.crossing_text import crossing_lines, plain

LANGUAGES = ("ja", "en")


def lost_reply() -> tuple[Capture, Capture]:
    client, server = (Capture.open(capture_path(f"lost_reply_{side}")) for side in ("client", "server"))
    return client, server


def without(capture: Capture, numbers: set[int]) -> Capture:
    return capture.select(number not in numbers for number in capture.numbers)


def picture_without(lost: set[int], *, whole: bool = False) -> CrossingPicture:
    """The retransmission sample at its sender, and what another point would have seen of it without some packets."""
    client = Capture.open(capture_path("retransmission"))
    (picture,) = crossings_of(client, without(client, lost), whole=whole)
    return picture


def test_every_packet_is_in_one_row() -> None:
    for first, second in (lost_reply(), lost_reply()[::-1]):
        (picture,) = crossings_of(first, second, whole=True)
        assert picture.numbers == (frozenset(first.numbers), frozenset(second.numbers))
        shown = [
            arrow.number for row in picture.rows if isinstance(row, Crossed) for arrow in (row.near, row.far) if arrow
        ]
        assert len(shown) == len(first) + len(second)


@pytest.mark.parametrize("seed", range(8))
def test_random_losses_are_the_rows_that_are_not_joined(seed: int) -> None:
    client = Capture.open(capture_path("retransmission"))
    inner = list(client.numbers)[1:-1]
    lost = set(random.Random(seed).sample(inner, 5))
    picture = picture_without(lost, whole=True)
    (crossing,) = join(client, without(client, lost))
    alone = {row.arrow.number for row in picture.rows if isinstance(row, Crossed) and row.fate != "passed"}
    assert alone == lost
    assert (picture.passed, picture.lost + picture.made) == (
        len(client) - 5,
        len(crossing.lost_to_server) + len(crossing.made_to_client),
    )
    numbers = [row.near.number for row in picture.rows if isinstance(row, Crossed) and row.near]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lost", [set(), {4}, {2, 5, 9}])
def test_lifelines_stand_at_the_same_cells(language: str, lost: set[int]) -> None:
    text = plain(crossing_lines(picture_without(lost), language))  # type: ignore[arg-type]
    rails = [
        tuple(cell_width(line[: match.start()]) for match in re.finditer("│", line))
        for line in text.splitlines()
        if "│" in line
    ]
    assert len(rails) > 10
    assert len(set(rails)) == 1


def test_what_is_lost_and_what_may_not_be_is_told_apart() -> None:
    (picture,) = crossings_of(*lost_reply())
    text = plain(crossing_lines(picture, "en"))
    assert text.count(" ✕ ◀── SYN-ACK") == 6
    assert text.count("lost in between") == 7  # six rows and the legend
    assert text.count(" ? ◀── SYN-ACK") == 1
    assert "Seen at both: 4. Lost in between: 6. Made in between: 0." in text
    assert "made in between" not in text


def test_what_came_out_and_was_not_sent_is_made() -> None:
    client = Capture.open(capture_path("retransmission"))
    (connection,) = connections(client)
    from_server = [segment.number for segment in connection.segments if segment.source == connection.server]
    (row,) = [
        row
        for row in picture_without({from_server[3]}).rows
        if isinstance(row, Crossed) and row.fate != "passed"
    ]  # fmt: skip
    assert (row.fate, row.to_server, row.far) == ("made", False, None)
    text = plain(crossing_lines(picture_without({from_server[3]}), "en"))
    assert re.search(rf"#{from_server[3]} .*│ ◀── .* ── \+ ", text)
    assert "Made in between: 1." in text


def test_long_stretches_are_folded_and_counted() -> None:
    picture = picture_without({4})
    folds = [row for row in picture.rows if isinstance(row, Folded)]
    shown = [row for row in picture.rows if isinstance(row, Crossed)]
    whole = picture_without({4}, whole=True)
    assert not [row for row in whole.rows if isinstance(row, Folded)]
    assert sum(fold.count for fold in folds) + len(shown) == len(whole.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_well_formed_and_says_the_same(language: str) -> None:
    (picture,) = crossings_of(*lost_reply())
    document = crossing_svg(picture, language)  # type: ignore[arg-type]
    root = ET.fromstring(document)
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    text = plain(crossing_lines(picture, language))  # type: ignore[arg-type]
    assert texts.count("✕") == 6
    sequences = {f"seq {row.arrow.sequence}" for row in picture.rows if isinstance(row, Crossed)}
    for words in (*sequences, picture.client, picture.server):
        assert words in text
        assert any(words in each for each in texts)
    width = float(root.attrib["viewBox"].split()[2])
    for element in root.iter("{http://www.w3.org/2000/svg}line"):
        assert 0 <= float(element.attrib["x1"]) <= width
        assert 0 <= float(element.attrib["x2"]) <= width
    description = next(root.iter("{http://www.w3.org/2000/svg}desc")).text or ""
    assert description.count("SYN-ACK") == 7
