"""The demonstration in browsers: who may do what, that nothing becomes markup, and that all pages go in step."""

import http.client
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from demo_served import served

from lesson_engine.cli.arguments import parse
from lesson_engine.cli.demo import recorded, run, serving
from lesson_engine.cli.demo.serving import DemoServer, is_our_name
from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.demo import Demo
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.course.demo.story import Story, load_story
from lesson_engine.messages import LANGUAGES, Language, Localized
from lesson_engine.packets import Capture

MARKUP = "</title><script>alert(1)</script><img src=x onerror=alert(2)>&\"'"
HOSTILE = f"{MARKUP}\x1b[2J\u202e"


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with served(recorded(load_story("closed_port"))) as running:
        yield running


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()


def ask(server: DemoServer, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    host = "127.0.0.1" if server.address == "0.0.0.0" else server.address
    connection = http.client.HTTPConnection(host, server.server_address[1], timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def do(server: DemoServer, action: Any, token: str | None = None, **headers: str) -> int:
    token = server.presenter_token if token is None else token
    path = f"/{token}/do" if token else "/do"
    return ask(
        server, path, "POST", json.dumps({"do": action}), **({"Content_Type": "application/json"} | headers)
    ).status


def state(server: DemoServer, after: int = -1, token: str = "") -> dict[str, Any]:
    answer = ask(server, f"/{token}{'/' if token else ''}state?after={after}")
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_two_pages_go_in_step_with_the_presenter(server: DemoServer) -> None:
    seen: list[list[tuple[int, int]]] = [[], []]
    began = threading.Barrier(3)

    def follow(place: int) -> None:
        version = state(server)["version"]
        began.wait()
        while len(seen[place]) < 1 or seen[place][-1][1] < 2:
            found = state(server, version)
            version = found["version"]
            seen[place].append((version, len(found["lines"])))

    pages = [threading.Thread(target=follow, args=(place,)) for place in (0, 1)]
    for each in pages:
        each.start()
    began.wait()
    for _ in range(5):
        assert do(server, "next") == 200
    for each in pages:
        each.join(20)
    assert seen[0][-1] == seen[1][-1] == (5, 2)


def test_a_page_waits_for_the_next_step(server: DemoServer) -> None:
    answers: list[dict[str, Any]] = []
    waiting = threading.Thread(target=lambda: answers.append(state(server, 0)))
    waiting.start()
    do(server, "reveal")  # nothing is asked yet
    waiting.join(20)
    assert answers[0]["version"] == 1


def test_what_comes_later_is_not_to_be_had(server: DemoServer) -> None:
    assert state(server)["lines"] == []
    assert ask(server, "/picture?place=2").status == 404
    do(server, "next")
    assert (state(server)["question"], state(server)["reveal"]) != (None, None)
    assert state(server)["reveal"] is None
    do(server, "next")
    assert ask(server, "/picture?place=2").status == 200
    assert [ask(server, f"/picture?place={place}").status for place in (3, -1, "x", "9" * 30)] == [404] * 4


def test_only_the_presenter_may_change_anything(server: DemoServer) -> None:
    assert do(server, "next", "") == 403
    assert do(server, "next", server.presenter_token[:-1]) == 403
    assert do(server, "next", server.presenter_token.upper()) == 403
    assert do(server, "next", Origin="http://evil.example") == 403
    assert do(server, "next", Content_Type="text/plain") == 415
    assert [do(server, action) for action in ("explode", None, ["next"], {})] == [400] * 4
    assert (
        ask(server, f"/{server.presenter_token}/do", "POST", "[" * 1000, Content_Type="application/json").status == 400
    )
    long = json.dumps({"do": "next", "more": "x" * 2000})
    assert ask(server, f"/{server.presenter_token}/do", "POST", long, Content_Type="application/json").status == 400
    assert state(server)["version"] == 0
    assert do(server, "next", Origin=f"http://127.0.0.1:{server.server_address[1]}") == 200
    assert state(server)["version"] == 1
    assert "data-do" in ask(server, f"/{server.presenter_token}/").text
    assert "data-do" not in ask(server, "/").text


def test_a_request_for_anothers_name_is_refused(server: DemoServer) -> None:
    port = server.server_address[1]
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "10.0.0.1",
        "127.0.0.1.evil.example",
        "",
        "[",
        "127.0.0.1@evil",
    ):
        assert ask(server, "/", Host=host).status == 421, host
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert ask(server, "/", Host=host).status == 200, host
    assert do(server, "next", Host="evil.example") == 421


@pytest.mark.parametrize(
    ("host", "address", "is_ours"),
    [
        ("192.168.1.5:80", "192.168.1.5", True),
        ("192.168.1.6", "0.0.0.0", True),
        ("[fe80::1]:80", "::", True),
        ("Classroom.Example:80", "classroom.example", True),
        ("evil.example", "0.0.0.0", False),
        ("evil.example", "classroom.example", False),
    ],
)
def test_a_name_is_ours_by_number_or_as_it_was_given(host: str, address: str, is_ours: bool) -> None:
    assert is_our_name(host, address) is is_ours


def test_on_an_address_that_others_reach_a_token_is_needed() -> None:
    with served(recorded(load_story("closed_port")), "0.0.0.0") as server, served(server.showing) as other:
        assert len({server.presenter_token, server.class_token, other.presenter_token, other.class_token, ""}) == 4
        for path in ("/", "/state", "/page.js", "/x/", f"/{server.class_token[:-1]}/", "//", "/%2e/"):
            assert ask(server, path).status == 403, path
        assert state(server, token=server.class_token)["lines"] == []
        assert do(server, "next", server.class_token) == 403
        assert do(server, "next") == 200
        assert server.url("class") == f"http://ADDRESS:{server.server_address[1]}/{server.class_token}/"


def test_the_page_is_whole_in_itself_and_strict(server: DemoServer) -> None:
    answer = ask(server, "/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    linked = re.findall(r'(?:src|href)="([^"]*)"', answer.text)
    assert linked == ["icon.svg", "page.css", "page.js"]
    for name in linked:
        text = ask(server, f"/{name}").text.removeprefix('<svg xmlns="http://www.w3.org/2000/svg"')
        assert not re.search(r"https?://|innerHTML|insertAdjacent|document\.write|eval\(", text)
    assert not re.search(r"<script>|style=|\son\w+=", answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_packet_or_a_story_holds_stays_text(language: Language) -> None:
    request = f"GET /{MARKUP} HTTP/1.1\r\n\r\n".encode()
    total = (40 + len(request)).to_bytes(2)
    frame = bytes.fromhex("020000000002020000000001 0800 4500") + total + bytes.fromhex(
        "00004000400600000a0000010a000002 c3500050 00000001 00000001 5018ffff 00000000".replace(" ", "")
    ) + request  # fmt: skip
    text = Localized(HOSTILE, HOSTILE)
    story = Story("made", text, text, ("handshake",), (), text, text)
    showing = Showing(Presentation(Demo(story, [Capture.from_frames([frame])])))
    with served(showing, language=language) as server:
        do(server, "end")
        shown = state(server)
        assert f"GET /{MARKUP} HTTP" in shown["lines"][0]["text"]
        assert "\x1b" not in shown["lines"][0]["text"]
        for page in (ask(server, "/").text, ask(server, f"/{shown['picture']}").text):
            assert "<script>" not in page.replace('<script src="page.js" defer></script>', "")
            assert "<img src=x" not in page
            assert "\x1b" not in page
            assert "\u202e" not in page
        assert ask(server, f"/{shown['picture']}").headers["Content-Type"].startswith("image/svg+xml")


def test_it_plays_and_grows_by_itself() -> None:
    story = load_story("handshake")
    capture = recorded(story).presentation.demo.captures[0]
    begun = capture.select(bytes(index < 9 for index in range(len(capture))))
    grown = iter([Demo(story, [begun], is_complete=False), Demo(story, [capture])])
    showing = Showing(
        Presentation(Demo(story, [Capture.from_frames([])], is_complete=False)), lambda: next(grown, None)
    )
    with served(showing) as server:
        version = 0
        while not showing.presentation.demo.is_complete:
            version = state(server, version)["version"]
        showing.presentation.place = next(
            place for place, frame in enumerate(showing.presentation.demo.frames) if frame.packets == 6
        )
        do(server, "faster")
        do(server, "faster")
        do(server, "play")
        while len(state(server, version)["lines"]) < 8:
            version = state(server)["version"]


def test_an_address_that_is_not_ours_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    call = parse(["demo", "handshake", "--serve", "--address", "192.0.2.1"])
    assert serving.serve(recorded(load_story("handshake")), call, Screen("en")) == 1
    assert "Cannot listen on port 0 of 192.0.2.1" in capsys.readouterr().err


def test_without_a_scenario_it_begins_with_the_first_of_the_course(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []

    def serve(showing: Showing, call: object, screen: object) -> int:
        told.append(showing.presentation.demo.story.name)
        return 0

    monkeypatch.setattr(serving, "serve", serve)
    assert run(parse(["demo", "--serve"]), Screen("en")) == 0
    assert told == ["handshake"]
    assert run(parse(["demo"]), Screen("en")) == 0
    assert "closed_port" in capsys.readouterr().out
