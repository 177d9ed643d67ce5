"""What is shown below a cell, asked as the browser asks it: the engine's own answers, and nothing lost or let pass."""

import json
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("anywidget", reason="what is shown in notebooks needs the extra `notebook`")

from hostile import LINE, PAYLOADS, write_hostile_capture

from lesson_engine import Capture, Filter, notebook
from lesson_engine.bundled import capture_path
from lesson_engine.course.captures import open_capture
from lesson_engine.course.demo.story import load_story
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import as_written
from lesson_engine.course.learner import Learner
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages.notebook import TEXTS
from lesson_engine.notebook import language as told
from lesson_engine.notebook.exhibit import SCRIPTS, Exhibit
from lesson_engine.tcpdump.printed_lines import PrintedLines

EXHIBITS: dict[str, Callable[[], Exhibit]] = {
    "filter_playground": lambda: notebook.filter_playground("mix", "tcp port 80 or 443"),
    "packet_view": lambda: notebook.packet_view("mix", 7),
    "line_reader": lambda: notebook.line_reader("mix", 8),
    "flag_trainer": lambda: notebook.flag_trainer(1),
    "ladder": lambda: notebook.ladder("handshake"),
    "handshake_picker": lambda: notebook.handshake_picker(),
    "predict": lambda: notebook.predict("tcp port 80", seed=1),
    "exercise_card": lambda: notebook.exercise_card("exercise3"),
    "checklist": lambda: notebook.checklist(),
    "quiz": lambda: notebook.quiz(1),
    "demo": lambda: notebook.demo("lost_reply"),
}


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "work"))
    monkeypatch.setenv("TUTOR_LANG", "en")
    monkeypatch.setattr(told, "_told", [])
    return Workspace(str(tmp_path / "work"))


class Page(HTMLParser):
    """The elements of a page, its text, and whether each element that was opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("img", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def asked(exhibit: Exhibit, ask: str, **more: Any) -> dict[str, Any]:
    """The answer as it comes out on the browser's side of a message."""
    reply = exhibit.answer({"ask": ask, **more})
    buffers = reply.pop("buffers", None)
    reply = json.loads(json.dumps(reply))
    return {**reply, "buffers": buffers}


def said(lines: list[list[list[Any]]]) -> str:
    """The text of lines that came in pieces."""
    return "\n".join("".join(piece[0] for piece in line) for line in lines)


@pytest.mark.parametrize("name", EXHIBITS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_has_a_still_form_and_opens_in_both_languages(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_LANG", language)
    exhibit = EXHIBITS[name]()
    still = exhibit.still()
    page = Page(still.html)
    assert page.open == []
    assert page.text.strip()
    assert "script" not in {tag for tag, _ in page.elements}
    assert any("぀" <= character <= "ヿ" for character in still.text + page.text) == (language == "ja")
    assert asked(exhibit, "open")


def test_every_function_of_the_lessons_is_there() -> None:
    assert set(EXHIBITS) < set(notebook.__all__)
    # A module of that name would take the function's place in the package.
    modules = {path.stem for path in Path(notebook.__file__).parent.glob("*.py")}
    assert modules.isdisjoint(notebook.__all__)


def test_it_is_published_live_and_still(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr("lesson_engine.notebook.exhibit.publish_display_data", lambda data, **_: shown.append(data))
    notebook.checklist()._ipython_display_()
    live, still = shown
    assert [*live] == ["application/vnd.jupyter.widget-view+json"]
    page = Page(still["text/html"])
    assert page.elements[0][1]["data-tutor-still"]
    assert page.open == []
    assert "0 / " in still["text/plain"]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: notebook.filter_playground("no_such"), "no_such"),
        (lambda: notebook.packet_view(__file__), "is a text file"),
        (lambda: notebook.ladder("mix", "tcp prt 80"), "tcp port 80"),
        (lambda: notebook.predict("tcp.port == 80"), "tcp port 80"),
        (lambda: notebook.exercise_card("exercise99"), "exercise99"),
        (lambda: notebook.handshake_picker("mix", "exercise99"), "exercise99"),
        (lambda: notebook.handshake_picker("dns", "exercise15"), "exercise15"),
    ],
)
def test_what_cannot_be_shown_is_told(make: Callable[[], Exhibit], told: str) -> None:
    exhibit = make()
    assert told in exhibit.still().text
    assert told in "\n".join(asked(exhibit, "open")["lines"])


# Filters as they are typed


@pytest.mark.parametrize("expression", ["", "tcp port 80 or 443", "not host 192.168.1.50", "tcp[13] & 2 != 0", "vlan"])
def test_the_playground_matches_what_the_filter_matches(expression: str) -> None:
    capture = Capture.open(capture_path("mix"))
    playground = notebook.filter_playground("mix")
    reply = asked(playground, "filter", filter=expression, index=0, first=3)
    mask = bytes(Filter(expression).matches(capture))
    assert reply["buffers"] == [mask]
    assert reply["count"] == sum(mask)
    first = [index for index, matched in enumerate(mask) if matched][:3]
    assert [row[0] for row in reply["rows"]] == first
    assert len(reply["why"]["spans"]) <= len(reply["why"]["lines"])


def test_what_is_no_filter_yet_leaves_the_last_one_in_force() -> None:
    playground = notebook.filter_playground("mix", "icmp")
    for length in range(1, len("tcp port 80 and host ") + 1):
        reply = asked(playground, "filter", filter="tcp port 80 and host "[:length], index=7)
        assert ("error" in reply) != ("count" in reply)
    assert reply["error"]
    assert said(asked(playground, "why", index=7)["why"]["lines"]).startswith("tcp port 80")
    wrong = asked(playground, "filter", filter="tcp.port == 80", index=7)
    assert wrong["hint"] == "tcp port 80"
    assert wrong["caret"] == ["tcp.port == 80", "^^^^^^^^"]


def test_a_clause_points_at_the_bytes_that_it_looked_at() -> None:
    playground = notebook.filter_playground("mix")
    why = asked(playground, "filter", filter="icmp or tcp dst port 80", index=6)["why"]
    assert why["spans"][2] == [[36, 38]]


def test_only_rows_that_are_there_are_sent() -> None:
    rows = asked(notebook.packet_view("handshake"), "rows", indices=[-1, 0, 9, 10, 10**9])["rows"]
    assert [(row[0], row[1]) for row in rows] == [(0, 1), (9, 10)]


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("name", ["mix", "ssh", "retransmission"])
def test_lines_are_those_of_tcpdump(name: str) -> None:
    path = capture_path(name)
    real = subprocess.run(["tcpdump", "-nn", "-r", path], capture_output=True, check=True).stdout.decode()
    lines = PrintedLines(Capture.open(path))
    # From the end, so that what an earlier line was needed for is asked for later.
    assert [lines[index] for index in reversed(range(len(lines)))][::-1] == real.splitlines()


@pytest.mark.needs("tcpdump")
def test_lines_of_a_big_capture_are_those_of_tcpdump(tmp_path: Path) -> None:
    from lesson_engine.sources.writing import SavefileWriter

    capture = Capture.open(capture_path("mix"))
    writer = SavefileWriter.like(capture)
    records = b"".join(map(writer.record_bytes, capture))
    path = tmp_path / "big.pcap"
    path.write_bytes(writer.header_bytes() + records * 90)
    big = Capture.open(path)
    assert big.suits_columns
    real = subprocess.run(["tcpdump", "-nn", "-r", path], capture_output=True, check=True).stdout.decode()
    lines = PrintedLines(big)
    shown = [lines[20_000]]
    assert shown == [real.splitlines()[20_000]]
    assert [lines[index] for index in range(len(lines))] == real.splitlines()


def test_every_byte_leads_to_the_narrowest_field_that_holds_it() -> None:
    detail = asked(notebook.packet_view("mix", 7), "detail", index=6)
    labels = [node[1] for node in detail["nodes"]]
    assert labels[detail["owners"][36]] == "Destination port"
    assert detail["nodes"][detail["owners"][36]][5] == [36, 38]
    assert len(detail["owners"]) == sum(len(row[1]) for row in detail["hex"])


def test_a_ladder_steps_through_every_packet_of_its_picture() -> None:
    exhibit = notebook.ladder("mix", "tcp port 3306")
    names = asked(exhibit, "open")["names"]
    assert names
    assert all(".3306" in name for name in names)
    reply = asked(exhibit, "ladder", place=0)
    assert reply["steps"]
    for number, since_ns, index in reply["steps"]:
        assert f'<g data-packet="{number}">' in reply["svg"]
        assert since_ns >= 0
        assert asked(exhibit, "detail", index=index)["number"] == number


# Exercises


def answer_file(workspace: Workspace, name: str = "exercise3.sh") -> Path:
    return Path(workspace.answers) / name


def test_a_story_goes_frame_by_frame_and_gives_nothing_away() -> None:
    exhibit = notebook.demo("closed_port")
    story = load_story("closed_port")

    def do(action: str) -> dict[str, Any]:
        return exhibit.answer({"ask": "do", "action": action})

    opening = exhibit.answer({"ask": "open"})
    assert (opening["now"]["opening"], opening["svg"], opening["wait"]) == (story.opening.text("en"), None, None)
    asked = do("next")
    assert asked["now"]["question"]
    assert not asked["now"]["lines"]
    assert asked["svg"] is None
    told = do("reveal")
    assert told["now"]["reveal"] == story.beats[0].reveal.text("en")
    assert "seq" in told["svg"]
    assert "RST" not in told["svg"] + told["now"]["lines"][-1]["text"]
    assert do("play")["wait"] == 0
    assert exhibit.answer({"ask": "tick"})["now"]["question"] is not None
    assert do("no such action")["now"] == do("faster")["now"] | {"status": "packet 1 of 2"}
    assert do("end")["now"]["isLast"]


def test_a_card_writes_the_answer_file_and_the_progress_of_the_command(workspace: Workspace) -> None:
    card = notebook.exercise_card("exercise3")
    opening = asked(card, "open")
    assert answer_file(workspace).read_text(encoding="utf-8") == opening["head"] + opening["answer"]
    assert opening["head"].startswith("# exercise3")
    assert not opening["answer"].startswith("#")
    assert not asked(card, "check", head=opening["head"], answer=opening["answer"])["passed"]
    wrong = asked(card, "check", head=opening["head"], answer="tcpdump src host 192.168.1.100\n")
    assert not wrong["passed"]
    assert "one-direction" in said(wrong["lines"])
    right = asked(card, "check", head=opening["head"], answer="sudo tcpdump host 192.168.1.100\n")
    assert right["passed"]
    assert "Next: " in said(right["next"])
    assert answer_file(workspace).read_text(encoding="utf-8").endswith("sudo tcpdump host 192.168.1.100\n")
    with Learner(workspace, {}) as learner:
        assert learner.passed() == {"exercise3"}
        assert [attempt.passed for attempt in learner.progress.attempts()] == [False, False, True]
    assert asked(notebook.exercise_card("exercise3"), "open")["passed"]
    checklist = asked(notebook.checklist(), "open")
    assert checklist["passed"] == 1


def _writes_files(name: str) -> bool:
    return any(part.file is not None and not part.file.optional for part in load_exercise(name).parts)


@pytest.mark.parametrize("name", [each for each in load_syllabus().exercises if not _writes_files(each)])
def test_every_exercise_can_be_answered_on_a_card(name: str) -> None:
    exercise = load_exercise(name)
    card = notebook.exercise_card(name)
    opening = asked(card, "open")
    assert not asked(card, "check", head=opening["head"], answer=opening["answer"])["passed"]
    assert not asked(card, "check", head=opening["head"], answer="")["passed"]
    assert asked(card, "check", head="", answer=as_written(exercise, exercise.solution) + "\n")["passed"]


def test_a_copy_of_a_card_never_loses_what_the_other_wrote(workspace: Workspace) -> None:
    one, other = notebook.exercise_card("exercise3"), notebook.exercise_card("exercise3")
    head = asked(one, "open")["head"]
    asked(other, "open")
    assert asked(one, "save", head=head, answer="tcpdump one\n")["remark"] == ""
    remark = asked(other, "save", head=head, answer="tcpdump other\n")["remark"]
    kept = answer_file(workspace, "exercise3.sh.1.kept")
    assert str(kept) in remark
    assert kept.read_text(encoding="utf-8") == head + "tcpdump one\n"
    assert asked(one, "refresh")["answer"] == "tcpdump other\n"
    # Having seen it, the card may go on from it.
    assert asked(one, "save", head=head, answer="tcpdump third\n")["remark"] == ""
    assert sorted(path.name for path in answer_file(workspace).parent.iterdir()) == [
        "exercise3.sh",
        "exercise3.sh.1.kept",
    ]


def test_hints_go_up_the_ladder_of_the_command(workspace: Workspace) -> None:
    card = notebook.exercise_card("exercise3")
    hints = [asked(card, "hint") for _ in range(5)]
    assert [hint["last"] for hint in hints] == [False, False, False, True, True]
    assert said(hints[-1]["lines"]) == load_exercise("exercise3").solution
    with Learner(workspace, {}) as learner:
        assert learner.progress.hints_taken("exercise3") == 4


def test_an_answer_file_that_cannot_be_used_is_told_and_the_verdict_stands(workspace: Workspace) -> None:
    answer_file(workspace).mkdir(parents=True)
    card = notebook.exercise_card("exercise3")
    opening = asked(card, "open")
    assert "exercise3.sh" in opening["remark"]
    reply = asked(card, "check", head="", answer="tcpdump host 192.168.1.100\n")
    assert reply["passed"]
    assert "exercise3.sh" in reply["remark"]


def test_the_picker_answers_with_packets(workspace: Workspace) -> None:
    picker = notebook.handshake_picker()
    opening = asked(picker, "open")
    assert [slot[:2] for slot in opening["slots"]] == [["syn", "SYN"], ["syn_ack", "SYN-ACK"], ["ack", "ACK"]]
    assert opening["packets"] == len(open_capture("mix"))
    exercise = load_exercise("exercise15")
    solution = as_written(exercise, exercise.solution)
    assert asked(picker, "check", head=opening["head"], answer=solution)["passed"]
    picked = asked(notebook.handshake_picker(), "open")["slots"]
    assert "\n".join(f"{name} = {number}" for name, _, number in picked) == solution.strip()


# Questions


def test_the_flag_trainer_goes_on_and_is_remembered(workspace: Workspace) -> None:
    trainer = notebook.flag_trainer(7)
    forms = set()
    for place in range(1, 31):
        question = asked(trainer, "open")
        assert question["place"] == str(place)
        forms.add(question["form"])
        assert asked(trainer, "answer", answer="")["unclear"]
        right = trainer._question.accepted[0]  # type: ignore[attr-defined]
        assert asked(trainer, "answer", answer=right or "none")["right"]
        asked(trainer, "next")
    assert len(forms) >= 3
    given_up = asked(trainer, "give_up")
    assert not given_up["right"]
    assert given_up["lines"]
    with Learner(workspace, {}) as learner:
        assert [drill.right for drill in learner.progress.drill_history()] == [True] * 30 + [False]


def test_a_prediction_is_compared_with_what_the_filter_does() -> None:
    expression = "tcp port 80 and not host 192.168.1.50"
    exhibit = notebook.predict(expression, seed=3)
    question = asked(exhibit, "open")
    assert len(question["lines"]) == 8
    reply = asked(exhibit, "answer", answer="none")
    assert not reply["right"]
    assert 0 < sum(reply["matched"]) < 8
    foretold = " ".join(str(place) for place, matched in enumerate(reply["matched"], 1) if matched)
    assert asked(exhibit, "answer", answer=foretold)["right"]
    capture = Capture.open(capture_path("mix"))
    lines, read = PrintedLines(capture), Filter(expression)
    matched = {lines[index] for index, packet in enumerate(capture) if read.matches_packet(packet)}
    assert [said([line]) in matched for line in question["lines"]] == reply["matched"]


@pytest.mark.parametrize(
    ("expression", "count", "shown"), [("", 8, 8), ("vlan", 8, 8), ("tcp", 1000, 269), ("tcp", 0, 1)]
)
def test_a_prediction_takes_what_packets_there_are(expression: str, count: int, shown: int) -> None:
    assert len(asked(notebook.predict(expression, count=count, seed=1), "open")["lines"]) == shown


def test_the_quiz_is_gone_on_with_and_ends_with_its_result(workspace: Workspace) -> None:
    first = notebook.quiz(4)
    for _ in range(10):
        asked(first, "answer", answer=first._question.accepted[0] or "none")  # type: ignore[attr-defined]
        asked(first, "next")
    other = notebook.quiz()
    assert asked(other, "open")["place"] == "11 / 30"
    for _ in range(20):
        asked(other, "answer", answer=other._question.accepted[0] or "none")  # type: ignore[attr-defined]
        asked(other, "next")
    assert "30 / 30" in said(asked(other, "next")["result"])
    with Learner(workspace, {}) as learner:
        assert sum(quiz.right for quiz in learner.progress.quiz_history()) == 30


# Hostile payloads


@pytest.mark.parametrize("make", [notebook.filter_playground, notebook.packet_view, notebook.ladder])
def test_payloads_stay_text(make: Callable[[str], Exhibit], tmp_path: Path) -> None:
    path = tmp_path / "hostile.pcap"
    write_hostile_capture(path)
    holds_only_text(make(str(path)))


def test_a_hostile_line_stays_text() -> None:
    holds_only_text(notebook.line_reader(LINE))
    assert len(PAYLOADS) == 5


def holds_only_text(exhibit: Exhibit) -> None:
    still = exhibit.still()
    page = Page(still.html)
    for tag, attributes in page.elements:
        assert tag not in ("script", "svg", "iframe", "style")
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "img" or str(attributes["src"]).startswith("data:image/svg+xml;base64,")
    for character in still.text + page.text + json.dumps(asked(exhibit, "open"), ensure_ascii=False):
        assert character.isprintable() or character == "\n"


def test_the_browser_says_what_the_catalog_has_for_it_and_nothing_else() -> None:
    folder = Path(notebook.__file__).parent / "widgets"
    scripts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))
    said = {key.removeprefix("notebook.ui.") for key in TEXTS if key.startswith("notebook.ui.")}
    assert set(re.findall(r'\bsay\("(\w+)"', scripts)) <= said
    assert [key for key in said if f'"{key}"' not in scripts] == []
    # Japanese or English sentences have no place in the scripts.
    assert not re.search(r"[ぁ-ヿ一-鿿]{3,}", scripts)


def test_the_browser_never_parses_text_as_html() -> None:
    folder = Path(notebook.__file__).parent / "widgets"
    sources = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.js")}
    assert sorted(sources) == sorted(SCRIPTS)
    for source in sources.values():
        for parser in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert parser not in source
    # The one parser is for the views' own pictures.
    assert [name for name, source in sources.items() if "DOMParser" in source] == ["ladder"]
