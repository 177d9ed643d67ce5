"""The lessons as a person uses them: a real JupyterLab in headless Chromium, in both languages and both themes.

Filters are typed, a handshake is picked, exercises are checked, verdicts read; nothing may reach the browser's console
as an error, and axe-core finds no serious fault in what is shown. Pictures of it all go to the directory that
TUTOR_GALLERY names (`make gallery`), else to the test's own.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="the browser's tests need the extra `test`")

from chromium import browser, console_errors, pictures_in, serious_faults
from hostile import LINE, PAYLOADS, write_hostile_capture
from keystrokes import FILTERS, keystrokes, report, write_capture
from laboratory import EXHIBITS, Laboratory, is_jupyterlabs, laboratory, open_notebook, run_all, show_widget

from lesson_engine import Capture, Filter
from lesson_engine.bundled import capture_path, notebooks
from lesson_engine.course.demo.story import load_story
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import as_written
from lesson_engine.course.learner import Learner
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Language, Message
from lesson_engine.tcpdump.printed_lines import PrintedLines

pytestmark = pytest.mark.needs("chromium")

START = "from lesson_engine.notebook import *\nstart('{language}')"
LESSON = (
    "filter_playground('mix')",
    "packet_view('mix', 7)",
    "line_reader('mix', 8)",
    "flag_trainer(1)",
    "ladder('handshake')",
    "handshake_picker()",
    "predict('tcp port 80', seed=1)",
    "exercise_card('exercise3')",
    "checklist()",
    "quiz(1)",
    "%explain sudo tcpdump -nn -i eth0 port 80 or 443",
)
THEMES: dict[Language, str] = {"ja": "Light", "en": "Dark"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    with laboratory(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    size = {"width": 1280, "height": 1600}
    with browser(tmp_path_factory.mktemp("chromium"), viewport=size, locale="en-US") as context:
        yield context


@pytest.fixture(autouse=True)
def fresh_workspace(lab: Laboratory) -> None:
    """A learner who has done nothing yet."""
    shutil.rmtree(lab.workspace, ignore_errors=True)


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A tab whose console stays free of errors."""
    tab = chromium.new_page()
    errors = console_errors(tab, is_jupyterlabs)
    yield tab
    tab.close()
    assert errors == []


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pictures_in(tmp_path_factory.mktemp("pictures"))


def choose_packet(exhibit: Any, number: int) -> None:
    """Goes to a packet of a list by the keyboard."""
    packets = exhibit.get_by_role("listbox")
    packets.focus()
    packets.press("Home")
    for _ in range(number - 1):
        packets.press("ArrowDown")
    exhibit.locator(f".t-row.t-selected .t-number:text-is('{number}')").wait_for()


def words(language: Language, key: str, **fields: object) -> str:
    return Message(f"notebook.ui.{key}", **fields).text(language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_learner_goes_through_the_lesson(language: Language, lab: Laboratory, page: Any, pictures: Path) -> None:
    notebook = lab.add(f"{language}/lesson.ipynb", START.format(language=language), *LESSON)
    open_notebook(page, lab, notebook, theme=f"JupyterLab {THEMES[language]}")
    run_all(page)

    def picture(exhibit: Any, name: str) -> None:
        exhibit.screenshot(path=pictures / f"{name}-{language}.png")

    # The filter playground
    playground = show_widget(page, "playground")
    field = playground.get_by_label(words(language, "filter"), exact=True)
    field.click()
    for expression, count in typed("tcp.port == 80 "):
        field.press_sequentially(expression[-1])
        if count is None:
            playground.locator("[aria-invalid=true]").wait_for()
        assert field.evaluate("field => field === document.activeElement")
        assert field.input_value() == expression
    playground.get_by_text("^^^^^^^^", exact=True).wait_for()
    picture(playground, "playground-error")
    playground.get_by_role("button", name=words(language, "use")).click()
    counted(playground, language, "tcp port 80")
    field.fill("tcp port 80 or 443")
    counted(playground, language, "tcp port 80 or 443")
    playground.get_by_text("tcp.port == 80 || tcp.port == 443").wait_for()
    playground.locator(".t-row.t-match").first.click()
    playground.locator(".t-clause").filter(has_text="port 443").wait_for()
    playground.locator(".t-clause").filter(has_text="port 80").hover()
    assert playground.locator(".t-byte.t-on").all_inner_texts() == ["00", "50"]
    picture(playground, "playground")
    playground.get_by_label(words(language, "hide")).check()
    playground.locator(".t-row:not(.t-match)").first.wait_for(state="detached")
    assert playground.locator(".t-row").first.get_attribute("aria-setsize") == str(matching("tcp port 80 or 443"))

    # Packet view, line reader, ladder
    packets = show_widget(page, "packet")
    packets.locator("[data-offset='36'].t-byte").click()
    packets.locator(".t-node.t-selected").filter(has_text="36-37").wait_for()
    assert packets.locator(".t-byte.t-on").all_inner_texts() == ["00", "50"]
    packets.get_by_role("tree").press("ArrowUp")
    assert packets.locator(".t-byte.t-on").count() == 2
    picture(packets, "packet")
    reader = show_widget(page, "line")
    reader.get_by_role("button", name="Flags [S.]").hover()
    reader.locator(".t-meaning").filter(has_text="SYN").wait_for()
    assert reader.locator(".t-byte.t-on").all_inner_texts() == ["12"]
    reader.get_by_role("button", name="Flags [S.]").focus()
    page.keyboard.press("ArrowRight")
    reader.locator(".t-part[aria-pressed=true]").filter(has_text="seq").wait_for()
    picture(reader, "line")
    ladder = show_widget(page, "ladder")
    ladder.get_by_role("button", name=words(language, "first")).click()
    ladder.locator(".t-summary").filter(has_text="#1 ").wait_for()
    ladder.get_by_role("button", name=words(language, "forward")).click()
    ladder.locator(".t-summary").filter(has_text="#2 ").wait_for()
    ladder.locator("g[data-packet='6']").click()
    ladder.locator(".t-summary").filter(has_text="#6 ").wait_for()
    picture(ladder, "ladder")
    ladder.get_by_role("button", name=words(language, "play")).click()
    ladder.locator(".t-summary").filter(has_text="#10 ").wait_for()

    # Questions
    trainer = show_widget(page, "question", 0)
    trainer.get_by_role("radio").first.check()
    trainer.get_by_role("button", name=words(language, "check"), exact=True).click()
    trainer.get_by_role("button", name=words(language, "next")).wait_for()
    picture(trainer, "flags")
    page.keyboard.press("Enter")
    trainer.locator(".t-heading").filter(has_text="2  ").wait_for()
    predict = show_widget(page, "question", 1)
    predict.get_by_role("checkbox").first.check()
    predict.get_by_role("button", name=words(language, "run")).click()
    predict.locator(".t-result").first.filter(has_text=words(language, "matches")).wait_for()
    picture(predict, "predict")
    picture(show_widget(page, "question", 2), "quiz")

    # The handshake, and an exercise
    picker = show_widget(page, "handshake")
    pick_handshake(picker, language)
    picture(picker, "handshake")
    card = show_widget(page, "card")
    answer = card.get_by_label(words(language, "answer"))
    check(card, language, "sudo tcpdump -nn -i eth0 src host 192.168.1.100\n")
    card.locator(".t-failed").filter(has_text="one-direction").wait_for()
    card.get_by_role("button", name=words(language, "hint")).click()
    card.locator(".t-hints").filter(has_text="1").wait_for()
    picture(card, "exercise")
    answer.press("End")
    answer.press_sequentially(" ")
    card.get_by_text(words(language, "edited")).wait_for()
    assert card.locator(".t-failed").count() == 0
    answer.fill("sudo tcpdump -nn -i eth0 host 192.168.1.100\n")
    answer.press("Control+Enter")
    card.locator(".t-passed").wait_for()
    checklist = show_widget(page, "checklist")
    checklist.locator("li").filter(has_text="exercise3 ").filter(has_text="✓").wait_for()
    picture(checklist, "checklist")
    with Learner(Workspace(str(lab.workspace)), {}) as learner:
        assert learner.passed() >= {"exercise3", "exercise15"}
    page.screenshot(path=pictures / f"notebook-{language}.png")
    assert serious_faults(page, EXHIBITS) == []
    assert page.locator("[data-tutor-still]:visible").count() == 1  # %explain is never live


@pytest.mark.parametrize("language", ["ja", "en"])
def test_lessons_3_and_4(language: Language, lab: Laboratory, page: Any) -> None:
    shutil.copytree(notebooks(), lab.root / "lessons", dirs_exist_ok=True)
    open_notebook(page, lab, f"lessons/{language}/03-filters.ipynb", theme=f"JupyterLab {THEMES[language]}")
    run_all(page)
    playground = show_widget(page, "playground")
    counted(playground, language, "src host 192.168.1.100")
    playground.get_by_label(words(language, "filter"), exact=True).fill("host 192.168.1.100 and port 3306")
    counted(playground, language, "host 192.168.1.100 and port 3306")
    card = show_widget(page, "card")
    check(card, language, "")
    card.locator(".t-failed").wait_for()
    exercise = load_exercise(card.locator(".t-title .t-code").inner_text())
    check(card, language, as_written(exercise, exercise.solution) + "\n")
    card.locator(".t-passed").wait_for()
    # The cell that is graded where it stands, as it was handed out.
    page.locator(".jp-OutputArea-output").filter(has_text="exercise3").first.wait_for()
    assert serious_faults(page, EXHIBITS) == []

    open_notebook(page, lab, f"lessons/{language}/04-reading.ipynb", theme=f"JupyterLab {THEMES[language]}")
    run_all(page)
    pick_handshake(show_widget(page, "handshake"), language)
    assert serious_faults(page, EXHIBITS) == []
    with Learner(Workspace(str(lab.workspace)), {}) as learner:
        assert learner.passed() == {exercise.id, "exercise15"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_instructor_tells_a_story_in_a_notebook(
    language: Language, lab: Laboratory, page: Any, pictures: Path
) -> None:
    story = load_story("handshake")
    notebook = lab.add(f"story-{language}.ipynb", START.format(language=language), "demo('handshake')")
    open_notebook(page, lab, notebook, theme=f"JupyterLab {THEMES[language]}")
    run_all(page)
    exhibit = show_widget(page, "story")
    exhibit.get_by_text(story.opening.text(language)).wait_for()
    exhibit.get_by_role("button", name=Message("demo.page.next").text(language)).click()
    question = exhibit.get_by_text(story.beats[0].question.text(language))
    question.wait_for()
    exhibit.locator(".t-heading").click()
    exhibit.get_by_role("group", name=story.title.text(language)).get_by_role("button").first.focus()
    for key in ("r", "ArrowRight", "r", "PageDown", "PageUp"):
        page.keyboard.press(key)
    exhibit.get_by_text("1009101798", exact=False).first.wait_for()
    told = exhibit.locator(".t-story-told")
    told.get_by_text("1009101797 + 1", exact=False).wait_for()
    lines = PrintedLines(Capture.open(capture_path("handshake")))
    now = Message("demo.page.now").text(language)
    assert exhibit.locator(".t-story-lines li").all_inner_texts() == [lines[0], f"▶ {now} #2 {lines[1]}"]
    assert "SYN-ACK" in exhibit.locator("svg[role=img]").get_attribute("aria-label")
    assert serious_faults(page, EXHIBITS) == []
    exhibit.screenshot(path=pictures / f"story-{language}.png")
    exhibit.get_by_role("button", name=Message("demo.page.large").text(language)).click()
    page.wait_for_function("() => document.fullscreenElement?.classList.contains('tutor-story')")
    page.keyboard.press("End")
    exhibit.get_by_text(story.closing.text(language)).wait_for()
    page.keyboard.press("Escape")


def check(card: Any, language: Language, text: str) -> None:
    """Puts an answer into a card and has it checked."""
    card.get_by_label(words(language, "answer")).fill(text)
    card.get_by_role("button", name=words(language, "check"), exact=True).click()


def pick_handshake(picker: Any, language: Language) -> None:
    """Answers exercise15 by the keyboard and the buttons."""
    exercise = load_exercise("exercise15")
    for row in as_written(exercise, exercise.solution).split("\n"):
        name, _, number = row.partition(" = ")
        label = next(each.label for each in exercise.questions if each.name == name).text(language)
        choose_packet(picker, int(number))
        picker.get_by_role("button", name=words(language, "pick", name=label), exact=True).click()
    picker.get_by_role("button", name=words(language, "check"), exact=True).click()
    picker.locator(".t-passed").wait_for()


def typed(text: str) -> Iterator[tuple[str, int | None]]:
    """What stands in the field after each key, and how many packets it matches, None if it is no filter."""
    for end in range(1, len(text) + 1):
        try:
            yield text[:end], matching(text[:end])
        except ValueError:
            yield text[:end], None


def matching(expression: str) -> int:
    return sum(Filter(expression).matches(Capture.open(capture_path("mix"))))


def counted(playground: Any, language: Language, expression: str) -> None:
    """Waits until the playground says how many packets the filter matches."""
    text = words(language, "of", count=matching(expression), total=269)
    playground.locator("output").filter(has_text=text).wait_for()


def test_nothing_is_lost_by_a_restart_a_second_copy_or_cells_out_of_order(lab: Laboratory, page: Any) -> None:
    notebook = lab.add(
        "en/again.ipynb", "from lesson_engine.notebook import *", "exercise_card('exercise4')",
        "exercise_card('exercise4')", "checklist()",
    )  # fmt: skip
    path = Path(Workspace(str(lab.workspace)).answers) / "exercise4.sh"
    open_notebook(page, lab, notebook)
    run_all(page)
    one, other = (show_widget(page, "card", place) for place in (0, 1))
    one.get_by_label("Answer").fill("tcpdump first\n")
    one.get_by_role("button", name="Check", exact=True).click()
    one.locator(".t-failed").wait_for()
    assert path.read_text(encoding="utf-8").endswith("tcpdump first\n")
    # The copy takes up what the other wrote, as soon as it is gone to.
    other.get_by_label("Answer").focus()
    page.wait_for_function(
        "area => area.value === 'tcpdump first\\n'", arg=other.get_by_label("Answer").element_handle()
    )
    other.get_by_label("Answer").fill(load_exercise("exercise4").solution + "\n")
    other.get_by_role("button", name="Check", exact=True).click()
    other.locator(".t-passed").wait_for()
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.connectionStatus === 'connected'"
    )
    # The last cell, then the others: `start` was never called, and the folder says which language it is.
    page.evaluate(
        """async () => {
          const panel = window.jupyterapp.shell.currentWidget;
          for (const place of [0, 3, 1]) {
            panel.content.activeCellIndex = place;
            await window.jupyterapp.commands.execute('notebook:run-cell');
          }
        }"""
    )
    checklist = show_widget(page, "checklist")
    checklist.locator("li").filter(has_text="exercise4 ").filter(has_text="✓").wait_for()
    again = page.locator(".jp-Cell").nth(1).locator(".tutor-card")
    again.get_by_text("✓ passed before").wait_for()
    assert again.get_by_label("Answer").input_value() == load_exercise("exercise4").solution + "\n"


@pytest.mark.needs("tcpdump")
def test_each_key_of_a_filter_is_answered_on_a_big_capture(lab: Laboratory, page: Any, tmp_path: Path) -> None:
    path = tmp_path / "big.pcap"
    packets = write_capture(path, 100_000)
    taken = keystrokes(page, lab, path)
    print(report(taken, packets, path))
    assert len(taken) == sum(map(len, FILTERS))
    playground = show_widget(page, "playground")
    count = sum(Filter(FILTERS[-1]).matches(Capture.open(path)))
    playground.locator("output").filter(has_text=words("ja", "of", count=f"{count:,}", total=f"{packets:,}")).wait_for()
    # To the end and back: only the lines in sight are in the page.
    packets_shown = playground.get_by_role("listbox")
    packets_shown.press("End")
    playground.locator(f".t-row.t-selected .t-number:text-is('{packets}')").wait_for()
    assert playground.locator(".t-row").count() < 60
    packets_shown.press("Home")
    playground.locator(".t-row.t-selected .t-number:text-is('1')").wait_for()


def test_payloads_are_shown_and_never_run(lab: Laboratory, page: Any) -> None:
    write_hostile_capture(lab.root / "hostile.pcap")
    calls = (
        "filter_playground('../hostile.pcap')",
        "packet_view('../hostile.pcap', 5)",
        f"line_reader({LINE!r})",
        "ladder('../hostile.pcap')",
        "predict('tcp', '../hostile.pcap', seed=1)",
    )
    notebook = lab.add("en/hostile.ipynb", START.format(language="en"), *calls, "%tcpdump -A -r ../hostile.pcap")
    open_notebook(page, lab, notebook)
    run_all(page)
    for kind in ("playground", "packet", "line", "ladder", "question"):
        show_widget(page, kind)
    playground = show_widget(page, "playground")
    playground.get_by_label("Filter", exact=True).fill("<img src=x onerror=window.tutorHarmed=5>")
    playground.locator("[aria-invalid=true]").wait_for()
    playground.locator(".t-row").nth(4).click()
    playground.locator(".t-row").filter(has_text="<img/src=x/onerror=").wait_for()
    playground.locator(".t-row").filter(has_text="<script>").wait_for()
    assert len(PAYLOADS) == playground.locator(".t-row").filter(has_text="HTTP").count()
    page.locator(".jp-OutputArea-output").last.filter(has_text="<script>").wait_for()
    shown = page.evaluate("() => [...document.querySelectorAll('.tutor')].map(each => each.textContent).join('')")
    for control in ("\x1b", "\x07", "\u202e", "\u2066"):
        assert control not in shown
    assert "\\u202e" in shown
    assert page.locator(".tutor-live img, .tutor-live script").count() == 0
    assert page.evaluate("() => window.tutorHarmed") is None


def test_an_exported_page_shows_everything_without_a_kernel(lab: Laboratory, page: Any, tmp_path: Path) -> None:
    """Executed and exported as `jupyter nbconvert --execute` does, and opened without a network."""
    name = lab.add("ja/exported.ipynb", START.format(language="ja"), *LESSON)
    environment = {**os.environ, "TUTOR_WORKSPACE": str(tmp_path / "work"), "JUPYTER_DATA_DIR": str(tmp_path / "data")}
    environment |= {"IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    subprocess.run(
        [
            sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "--log-level=WARN",
            f"--output-dir={tmp_path}", str(lab.root / name),
        ],
        env=environment,
        check=True,
        capture_output=True,
    )  # fmt: skip
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.fulfill())
    page.goto((tmp_path / "exported.html").as_uri())
    stills = page.locator(".tutor-still")
    assert stills.count() == len(LESSON)
    for place in range(len(LESSON)):
        assert stills.nth(place).is_visible()
        box = stills.nth(place).bounding_box()
        assert box is not None
        assert box["height"] > 40
    stills.get_by_text("3ウェイハンドシェイクを見つける").wait_for()
    # Columns align: in a line, what stands behind Japanese stands where the same number of cells leads to.
    aligned = page.evaluate(
        """() => [...document.querySelectorAll('.t-cells')].every((box) => {
          const probe = document.createElement('span');
          probe.textContent = '0'.repeat(Number(box.style.getPropertyValue('--cells')));
          box.parentNode.append(probe);
          const wanted = probe.getBoundingClientRect().width;
          probe.remove();
          const range = document.createRange();
          range.selectNodeContents(box);
          const [frame, ink] = [box, range].map((each) => each.getBoundingClientRect().width);
          return Math.abs(frame - wanted) < 1 && (!box.matches('.t-wide') || Math.abs(ink - wanted) < 2);
        })"""
    )
    assert aligned
    assert serious_faults(page, EXHIBITS) == []


def test_the_gallery_has_every_picture_that_is_taken() -> None:
    folder = Path(__file__).parents[2] / "docs" / "gallery"
    source = Path(__file__).read_text(encoding="utf-8")
    taken = set(re.findall(r'picture\(.*, "([a-z-]+)"\)', source)) | {"notebook", "story", "demo"}
    for language in ("ja", "en"):
        page = folder / ("README.ja.md" if language == "ja" else "README.md")
        listed = re.findall(r"\]\(([a-z-]+)\.png\)", page.read_text(encoding="utf-8"))
        assert sorted(listed) == sorted(f"{name}-{language}" for name in taken)
        assert all((folder / f"{name}.png").exists() for name in listed)
