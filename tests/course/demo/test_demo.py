"""Demonstrations: every story fits its captures, frames give nothing away, and keys do what they say."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from lesson_engine import bundled
from lesson_engine.bundled import capture_path
from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.demo.demo import UNKNOWN, Demo
from lesson_engine.course.demo.presentation import LEAST_WAIT, SPEEDS, Presentation
from lesson_engine.course.demo.story import load_story, read_story, story_names
from lesson_engine.filters import Filter
from lesson_engine.lab.scenarios import SCENARIOS
from lesson_engine.messages import LANGUAGES
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.views.crossing import CrossingPicture
from lesson_engine.views.ladder import Arrow, Ladder, Notice

NAMES = story_names()


def captures_of(name: str) -> list[Capture]:
    return [Capture.open(capture_path(capture)) for capture in load_story(name).captures]


def demo_of(name: str) -> Demo:
    return Demo(load_story(name), captures_of(name))


def begun(capture: Capture, packets: int) -> Capture:
    return capture.select(bytes(index < packets for index in range(len(capture))))


def test_every_scenario_has_a_story() -> None:
    assert {*NAMES} == {*SCENARIOS}


@pytest.mark.parametrize("name", NAMES)
def test_a_story_fits_the_scenario_and_its_recording(name: str) -> None:
    demo = demo_of(name)
    vantages = [vantage.capture for vantage in SCENARIOS[name].vantages]
    # The mixture on "any" is for the lesson on interfaces.
    assert list(demo.story.captures) == (vantages[:1] if name == "mix" else vantages)
    told = [frame for frame in demo.frames if frame.kind == "reveal" and not frame.is_last]
    assert len(told) == len(demo.story.beats)
    for frame in demo.frames:
        for text in (frame.question, frame.reveal):
            for language in LANGUAGES if text is not None else ():
                assert UNKNOWN not in text.text(language)
                assert "{" not in text.text(language)
    assert sum(frame.kind == "question" for frame in demo.frames) >= 2 or name == "icmp_reject"


@pytest.mark.parametrize("name", NAMES)
def test_every_packet_is_shown_once_in_order_by_tcpdumps_line(name: str) -> None:
    demo = demo_of(name)
    shown = [(frame.part, frame.packets) for frame in demo.frames if frame.kind == "packet"]
    captures = demo.captures
    assert shown == [(part, index + 1) for part, capture in enumerate(captures) for index in range(len(capture))]
    for part, capture in enumerate(captures):
        printer = Printer(PrintOptions(numeric=2), capture.link_type)
        printed = [printer.print(packet).removesuffix("\n") for packet in capture]
        assert [demo.line(part, index) for index in range(len(capture))] == printed


def drawn(picture: Ladder | CrossingPicture | None) -> Sequence[int]:
    assert isinstance(picture, Ladder)
    return [row.number for row in picture.rows if isinstance(row, Arrow | Notice)]


@pytest.mark.parametrize("name", NAMES)
def test_no_frame_gives_away_what_comes_later(name: str) -> None:
    demo = demo_of(name)
    for place, frame in enumerate(demo.frames[:-2]):  # the last two are for when nothing more comes
        if frame.packets:
            # ARP that tells of no missing host is in no ladder: the one before it stays.
            seen_now = begun(demo.captures[frame.part], frame.packets)
            in_ladders = [*Filter("not arp", link_type=seen_now.link_type).select(seen_now).numbers]
            picture = demo.picture(frame)
            assert (drawn(picture)[-1:] if picture else []) == in_ladders[-1:]
        seen = [
            begun(capture, frame.packets if part == frame.part else len(capture))
            for part, capture in enumerate(demo.captures[: frame.part + 1])
        ]
        if frame.kind != "question":
            assert (
                Demo(demo.story, seen, is_complete=False).frames
                == demo.frames[: place + 1 + (frame.kind == "packet" and demo.frames[place + 1].kind == "reveal")]
            )


def test_no_answer_is_said_at_the_end_alone() -> None:
    demo = demo_of("no_answer")
    unanswered = []
    for frame in demo.frames:
        picture = demo.picture(frame)
        assert picture is None or isinstance(picture, Ladder)
        unanswered.append(sum(arrow.no_answer for arrow in picture.arrows) if picture else 0)
    assert unanswered[-1] == 4
    assert {*unanswered[:9]} == {0}
    assert isinstance(demo_of("lost_reply").picture(demo_of("lost_reply").frames[-1]), CrossingPicture)


@pytest.mark.parametrize("name", NAMES)
def test_a_demonstration_that_grows_keeps_its_frames(name: str) -> None:
    story, captures = load_story(name), captures_of(name)
    stages = [
        Demo(story, [*captures[:part], begun(capture, packets)], is_complete=False)
        for part, capture in enumerate(captures)
        for packets in range(len(capture) + 1)
    ]
    for before, after in pairwise([*stages, Demo(story, captures)]):
        assert after.frames[: len(before.frames)] == before.frames


def test_a_beat_whose_packet_does_not_come_is_waited_for_to_the_end() -> None:
    demo = Demo(load_story("retransmission"), captures_of("handshake"))
    assert [frame.packets for frame in demo.frames if frame.kind == "reveal"] == [3, 10]
    assert Demo(load_story("dns"), [Capture.from_frames([])]).frames[-1].is_last


TEXT = '{ ja = "a", en = "b" }'
STORY = f"""format = 1
captures = ["x", "y"]
title = {TEXT}
opening = {TEXT}
closing = {{ reveal = {TEXT} }}
"""


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("", "beats"),
        (f"[[beats]]\nreveal = {TEXT}", "beats[0].role"),
        (f'[[beats]]\nrole = "syn"\nfilter = "tcp"\nreveal = {TEXT}', "beats[0].role"),
        (f'[[beats]]\nrole = "first"\nreveal = {TEXT}', "beats[0].role"),
        (f'[[beats]]\nfilter = "prot 80"\nreveal = {TEXT}', "beats[0].filter"),
        ('[[beats]]\nrole = "syn"', "beats[0].reveal"),
        ('[[beats]]\nrole = "syn"\nreveal = { ja = "a" }', "beats[0].reveal.en"),
        ('[[beats]]\nrole = "syn"\nreveal = { ja = "{sequence}", en = "b" }', "beats[0].reveal"),
        ('[[beats]]\nrole = "syn"\nreveal = { ja = "{", en = "b" }', "beats[0].reveal"),
        ('[[beats]]\nrole = "syn"\nreveal = { ja = "{seq.real}", en = "b" }', "beats[0].reveal"),
        (f'[[beats]]\nnumber = 3\nrole = "syn"\nreveal = {TEXT}', "beats[0].number"),
        (
            f'[[beats]]\ncapture = "y"\nrole = "syn"\nreveal = {TEXT}\n[[beats]]\nrole = "syn"\nreveal = {TEXT}',
            "beats[1].capture",
        ),
    ],
)
def test_a_faulty_story_is_refused_with_its_place(more: str, key: str) -> None:
    with pytest.raises(ExerciseError) as caught:
        read_story(STORY + more, "made", "made.toml")
    assert (caught.value.file, caught.value.key) == ("made.toml", key)


def test_a_story_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ExerciseError, match=r"no demonstration \.\./exercises/course.*handshake"):
        load_story("../exercises/course")
    assert sorted(path.stem for path in Path(bundled.demos()).iterdir()) == NAMES


def test_next_and_back_go_by_frames_and_stop_at_the_ends() -> None:
    shown = Presentation(demo_of("closed_port"))
    assert not shown.do("back", 0)
    places = []
    while shown.do("next", 0):
        places.append(shown.place)
    assert places == list(range(1, len(shown.demo.frames)))
    assert shown.frame.is_last
    assert shown.do("back", 0)
    assert shown.do("begin", 0)
    assert shown.place == 0
    assert shown.do("end", 0)
    assert shown.is_at_end


def test_reveal_tells_what_is_asked_and_nothing_else() -> None:
    shown = Presentation(demo_of("handshake"))
    assert not shown.do("reveal", 0)
    shown.do("next", 0)
    assert shown.frame.kind == "question"
    assert shown.do("reveal", 0)
    assert (shown.frame.kind, shown.frame.packets) == ("reveal", 1)
    shown.place = next(
        place
        for place, frame in enumerate(shown.demo.frames)
        if (frame.kind, frame.packets, frame.question) == ("packet", 7, None)
    )
    assert not shown.do("reveal", 0)


def test_playing_keeps_the_captures_pace_and_stops_where_the_story_speaks() -> None:
    shown = Presentation(demo_of("no_answer"))
    shown.place = next(
        place for place, frame in enumerate(shown.demo.frames) if (frame.kind, frame.packets) == ("reveal", 3)
    )
    assert shown.wait(0) is None
    shown.do("play", 100)
    assert shown.tick(100)
    assert (shown.frame.kind, shown.frame.packets, shown.is_playing) == ("packet", 4, True)
    assert shown.wait(100) == LEAST_WAIT
    assert not shown.tick(100.1)
    assert shown.tick(100 + LEAST_WAIT)
    assert (shown.frame.kind, shown.is_playing) == ("reveal", False)


def test_a_change_of_speed_counts_for_the_wait_that_goes_on() -> None:
    shown = Presentation(demo_of("lost_reply"))
    frames = shown.demo.frames
    shown.place = next(
        place
        for place in range(len(frames) - 1)
        if frames[place].kind == "packet" and frames[place + 1].kind == "packet" and frames[place + 1].wait_ns > 10**9
    ) - 1  # fmt: skip
    shown.do("play", 0)
    shown.tick(0)
    wait = frames[shown.place + 1].wait_ns / 1e9
    assert shown.wait(0) == pytest.approx(wait)
    shown.do("faster", 1)
    assert shown.speed == 2
    assert shown.wait(1) == pytest.approx((wait - 1) / 2)
    while shown.do("slower", 1):
        pass
    assert shown.speed == SPEEDS[0]
    shown.do("next", 1)
    assert shown.wait(1) is None


def test_at_the_edge_of_a_capture_that_grows_playing_waits() -> None:
    story, (capture,) = load_story("handshake"), captures_of("handshake")
    shown = Presentation(Demo(story, [begun(capture, 7)], is_complete=False))
    shown.do("end", 0)
    shown.do("play", 0)
    assert (shown.wait(5), shown.tick(5), shown.is_playing) == (None, False, True)
    shown.grow(Demo(story, [capture]))
    assert shown.tick(5)
    assert shown.frame.packets == 8
