"""SVG pictures and their tables: well-formed whatever they hold, named for screen readers, readable in both schemes."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine import Capture
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.conversations.connection import connections
from lesson_engine.messages import LANGUAGES, Language
from lesson_engine.views import svg
from lesson_engine.views.ladder import Notice, ladder_of, ladder_of_notices
from lesson_engine.views.ladder_svg import ladder_svg, ladder_table
from lesson_engine.views.timeline import timeline, timeline_svg, timeline_table

SVG = "{http://www.w3.org/2000/svg}"


@given(st.text(), st.text(), st.text())
def test_any_text_is_well_formed_and_comes_back_visible(title: str, description: str, content: str) -> None:
    picture = ET.fromstring(svg.document(10, 10, title, description, [svg.text(0, 0, content)], "en"))
    shown = [picture.find(f"{SVG}title"), picture.find(f"{SVG}desc"), picture.find(f"{SVG}text")]
    for element, given_text in zip(shown, (title, description, content), strict=True):
        assert element is not None
        text = element.text or ""
        assert all(character.isprintable() for character in text)
        assert not given_text.isprintable() or text == given_text
    table = ET.fromstring(svg.table(title, [description], [[content]]))
    assert len(list(table.iter("td"))) == 1


def test_controls_and_bidirectional_marks_are_visible_and_markup_is_text() -> None:
    made = svg.text(0, 0, "<script>\x1b[31m\u202e&\ud800")
    assert "&lt;script&gt;\\x1b[31m\\u202e&amp;\\ud800" in made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", capture_names())
def test_a_ladder_has_name_description_and_every_packet(name: str, language: Language) -> None:
    for connection in connections(Capture.open(capture_path(name)))[:3]:
        ladder = ladder_of(connection)
        picture = ET.fromstring(ladder_svg(ladder, language))
        assert picture.get("role") == "img"
        labels = (picture.get("aria-labelledby") or "").split()
        named = {element.get("id"): element.text for element in picture if element.get("id")}
        assert set(labels) == set(named)
        assert all(named.values())
        description = picture.find(f"{SVG}desc").text
        texts = " ".join(element.text or "" for element in picture.iter(f"{SVG}text"))
        for arrow in ladder.arrows:
            assert re.search(rf"#{arrow.number}\b", description)
            assert re.search(rf"#{arrow.number}\b", texts)
        _, _, width, height = map(float, (picture.get("viewBox") or "").split())
        for element in picture.iter(f"{SVG}text"):
            assert 0 <= float(element.get("x", "0")) <= width
            assert 0 <= float(element.get("y", "0")) <= height
        table = ET.fromstring(ladder_table(ladder, language))
        assert len(list(table.iter("tr"))) == len(ladder.rows) + 1
        assert len({len(list(row)) for row in table.iter("tr")}) == 1


def test_marks_differ_by_shape_not_by_colour_alone() -> None:
    picture = ET.fromstring(ladder_svg(ladder_of(connections(Capture.open(capture_path("no_answer")))[0]), "en"))
    strokes = [element for element in picture.iter(f"{SVG}line") if "faint" not in element.get("class", "")]
    assert [element.get("stroke-dasharray") is not None for element in strokes] == [False, True, True, True]
    texts = [element.text for element in picture.iter(f"{SVG}text")]
    assert texts.count("?") == 4
    assert sum("sent again" in (text or "") for text in texts) == 3


def test_hostile_names_stay_text() -> None:
    hostile = '"><script>alert(1)</script>\x07'
    ladder = ladder_of_notices((hostile, hostile), [])._replace(rows=(Notice(1, 0, None, None, 0, Hostile()),))
    for made in (ladder_svg(ladder, "en"), ladder_table(ladder, "en")):
        tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(made).iter()}
        assert "script" not in tags
        assert "\x07" not in made


class Hostile:
    """A text that would like to be markup."""

    def text(self, language: Language) -> str:
        return "</text><script>\u202e"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_timeline_has_a_bar_for_each_stretch_with_packets(language: Language) -> None:
    seen = timeline(Capture.open(capture_path("mix")))
    picture = ET.fromstring(timeline_svg(seen, language))
    bars = [element for element in picture.iter(f"{SVG}rect") if "bar" in element.get("class", "")]
    assert len(bars) == sum(bool(count) for lane in seen.lanes for count in lane.counts)
    assert len(list(ET.fromstring(timeline_table(seen, language)).iter("tr"))) == len(seen.lanes) + 1


def test_an_empty_timeline_is_a_picture_too() -> None:
    assert ET.fromstring(timeline_svg(timeline([]), "ja")).get("role") == "img"


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_text_has_contrast_in_light_and_in_dark() -> None:
    style = svg.document(1, 1, "a", "b", [], "en")
    schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in style.split("@media")]
    assert len(schemes) == 2
    for scheme in schemes:
        ground = luminance(scheme.pop("ground"))
        assert scheme.keys() == {"ink", "faint", "accent", "bad"}
        for colour in scheme.values():
            bright, dark = sorted((luminance(colour), ground), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, colour
