"""The demonstration's pages in a real browser: presenter and class go in step, and only one of them by keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="the browser's tests need the extra `test`")

from chromium import browser, console_errors, pictures_in, serious_faults
from demo_served import served

from lesson_engine.cli.demo import recorded
from lesson_engine.course.demo.story import load_story
from lesson_engine.messages import Language, Message

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browser(tmp_path_factory.mktemp("chromium"), viewport={"width": 1280, "height": 720}) as context:
        yield context


def opened(context: Any, url: str, errors: list[list[str]]) -> Any:
    page = context.new_page()
    errors.append(console_errors(page))
    page.goto(url)
    return page


def place(language: Language, packet: int, packets: int) -> str:
    return Message("demo.place", packet=packet, packets=packets).text(language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_presenter_and_class_go_through_a_story_in_step(chromium: Any, language: Language, tmp_path: Path) -> None:
    errors: list[list[str]] = []
    story = load_story("lost_reply")
    with served(recorded(load_story("lost_reply")), language=language) as server:
        presenter, classroom = (opened(chromium, server.url(role), errors) for role in ("presenter", "class"))
        for page in (presenter, classroom):
            page.emulate_media(color_scheme="dark" if language == "en" else "light")
            page.get_by_text(story.opening.text(language)).wait_for()
        assert classroom.get_by_role("button").count() == 0
        presenter.keyboard.press("Space")
        for page in (presenter, classroom):
            page.locator("li[aria-current=step]", has_text="Flags [S]").wait_for()
            picture = page.locator("#picture")
            picture.wait_for()
            page.wait_for_function("() => document.getElementById('picture').naturalWidth > 0")
            assert "192.168.1.100" in picture.get_attribute("alt")
        # Keys of the class change nothing; the presenter's next does, and comes after them.
        for key in ("Space", "Home", "r", "End"):
            classroom.keyboard.press(key)
        presenter.get_by_role("button", name=Message("demo.page.next").text(language)).click()
        for page in (presenter, classroom):
            page.get_by_text(story.beats[0].reveal.text(language)).wait_for()
            assert page.locator("#status").inner_text() == place(
                language, 1, len(server.showing.presentation.demo.captures[0])
            )
        question = story.beats[1].question
        assert question is not None
        presenter.keyboard.press("ArrowRight")
        for page in (presenter, classroom):
            page.get_by_text(question.text(language)).wait_for()
            assert page.locator("#told").is_hidden()
            assert page.locator("#lines li").count() == 1  # what was asked about is not there yet
        presenter.keyboard.press("r")
        presenter.locator("#told").wait_for()
        presenter.keyboard.press("PageUp")
        presenter.locator("#told").wait_for(state="hidden")
        presenter.keyboard.press("End")
        for page in (presenter, classroom):
            page.get_by_text(story.closing.text(language)).wait_for()
            page.locator("#title", has_text=story.title.text(language)).wait_for()
            assert serious_faults(page) == []
            # Everything fits: who looks on from afar cannot scroll.
            assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")
        presenter.wait_for_function("() => document.getElementById('picture').complete")
        presenter.screenshot(path=pictures_in(tmp_path) / f"demo-{language}.png")
        late = opened(chromium, server.url("class"), errors)
        late.get_by_text(story.closing.text(language)).wait_for()
        for page in (presenter, classroom, late):
            page.close()
    assert [*filter(None, errors)] == []


@pytest.mark.parametrize("name", ["handshake", "retransmission", "mix"])
def test_the_text_is_never_pushed_off_the_screen(chromium: Any, name: str) -> None:
    errors: list[list[str]] = []
    with served(recorded(load_story(name)), language="ja") as server:
        page = opened(chromium, server.url("presenter"), errors)
        for width, height in ((1024, 768), (1280, 720), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            page.keyboard.press("Home")
            page.locator("#opening").wait_for()
            for _ in range(14):
                before = page.locator("#status").inner_text(), page.locator("#story").inner_text()
                page.keyboard.press("Space")
                page.wait_for_function(
                    "before => [document.getElementById('status').innerText, "
                    "document.getElementById('story').innerText].join('|') !== before",
                    arg="|".join(before),
                )
                below = page.evaluate("() => document.querySelector('footer').getBoundingClientRect().bottom")
                assert below <= height
        page.close()
    assert [*filter(None, errors)] == []


def test_a_page_says_when_the_presenter_has_gone_and_comes_back_with_them(chromium: Any) -> None:
    with served(recorded(load_story("ping"))) as server:
        page = chromium.new_page()
        page.goto(server.url("class"))
        page.get_by_text(load_story("ping").opening.text("en")).wait_for()
        page.route("**/state?*", lambda route: route.abort())
        server.do("next")
        page.get_by_text(Message("demo.page.lost").text("en")).wait_for()
        page.unroute("**/state?*")
        page.get_by_text("which port", exact=False).wait_for()
        page.close()
