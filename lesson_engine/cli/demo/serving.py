"""A demonstration in browsers: the presenter's page drives it, and every other page shows the same step.

Listens on loopback, unless another address is asked for by name. Guarantees: only who has the presenter's token can
change anything, and on an address that others reach, only who has the class's token sees anything; tokens are random,
told once, and compared in constant time; a request for another host's name is refused, so that no page of the Internet
can come here by rebinding a name (RFC 9110, 7.4); nothing is loaded from elsewhere, and no text becomes markup.

RFC 9110, Content Security Policy Level 3.

>>> is_our_name("127.0.0.1:8765", "127.0.0.1"), is_our_name("evil.example:8765", "127.0.0.1")
(True, False)
"""

import json
import re
import secrets
import socket
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs

from lesson_engine.cli.arguments import Call, UsageError
from lesson_engine.cli.demo.page import ASSETS, Role, asset, page, picture, state
from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.screen import Screen
from lesson_engine.course.demo.presentation import ACTIONS, Action
from lesson_engine.messages import Language, Message
from lesson_engine.views.text import line

LONGEST_WAIT = 20.0
"""Seconds that a page's question for the next step is left open."""

_LOOPBACK = "127.0.0.1"
_LARGEST_REQUEST = 1024
_PATIENCE = 30
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def serve(showing: Showing, call: Call, screen: Screen) -> int:
    """Serves until Ctrl-C. Raises UsageError for an address or port that cannot be one, and OSError where it is
    taken."""
    address, port = call.options.get("address", _LOOPBACK), _port(call)
    try:
        server = DemoServer((address, port), showing, screen.language)
    except OSError as error:
        screen.complain(Message("demo.cannot_listen", address=address, port=port, fault=error.strerror or str(error)))
        return 1
    with server:
        screen.say(Message("demo.serving"))
        for key, role in (("demo.url_presenter", "presenter"), ("demo.url_class", "class")):
            label = Message(key).text(screen.language)
            screen.show([line(f"  {label}  ", (server.url(role), "accent"))])  # type: ignore[arg-type]
        if server.is_everywhere:
            screen.say(Message("demo.every_address"))
        screen.out.flush()
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            screen.blank()
    return 0


def _port(call: Call) -> int:
    asked = call.options.get("port", "0")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked) < 65536):
        raise UsageError(Message("cli.number", option="--port", found=asked))
    return int(asked)


def is_loopback(address: str) -> bool:
    """Whether nobody but this machine reaches `address`."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def is_our_name(host: str, address: str) -> bool:
    """Whether a request's Host field may mean the server at `address`: by a number, which nobody can rebind, or by the
    very name it was told to listen on."""
    written = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9A-Za-z.-]+))(?::[0-9]*)?", host)
    if written is None:
        return False
    name = (written[1] or written[2]).lower()
    if is_loopback(address):
        return is_loopback(name)
    if name == address.lower():
        return True
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


class DemoServer(ThreadingHTTPServer):
    """One presentation for many pages. `presenter_token` is for who drives it, `class_token` for who looks on; the
    latter is empty on loopback. Leaving its context ends it."""

    daemon_threads = True

    def __init__(self, place: tuple[str, int], showing: Showing, language: Language) -> None:
        self.address = place[0]
        if ":" in self.address:
            self.address_family = socket.AF_INET6
        self.presenter_token = secrets.token_urlsafe(18)
        self.class_token = "" if is_loopback(self.address) else secrets.token_urlsafe(18)
        self.showing = showing
        self.language = language
        self.version = 0
        self._changed = threading.Condition()
        self._is_over = False
        self._conductor = threading.Thread(target=self._conduct, daemon=True)
        super().__init__(place, _Handler)
        self._conductor.start()

    def server_bind(self) -> None:
        """As HTTPServer's, which would look up a name for the address on top, and may wait long for none."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.address, self.server_address[1]

    @property
    def is_everywhere(self) -> bool:
        """Whether it listens on all of this machine's addresses."""
        return self.address in ("", "0.0.0.0", "::")

    def url(self, role: Role) -> str:
        """Where a page is to be had."""
        host = "ADDRESS" if self.is_everywhere else f"[{self.address}]" if ":" in self.address else self.address
        token = self.presenter_token if role == "presenter" else self.class_token
        return f"http://{host}:{self.server_address[1]}/{token}{'/' if token else ''}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that was closed in the middle is nobody's fault."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        super().server_close()
        if self._conductor.is_alive():
            self._conductor.join()

    def role_of(self, token: str) -> Role | None:
        """Whose token it is; None if it is nobody's."""
        given = token.encode()
        if secrets.compare_digest(given, self.presenter_token.encode()):
            return "presenter"
        return "class" if secrets.compare_digest(given, self.class_token.encode()) else None

    def do(self, action: Action) -> None:
        """What the presenter asks for."""
        with self._changed:
            self.showing.presentation.do(action, time.monotonic())
            self._tell()

    def state(self, after: int) -> dict[str, Any]:
        """What is shown, once it is another than the state with the version `after`, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != after or self._is_over, LONGEST_WAIT)
            return state(self.showing.presentation, self.version, self.language)

    def picture(self, place: int, rows: int) -> str | None:
        """The picture of a frame that the class has seen, with so many rows."""
        with self._changed:
            return picture(self.showing.presentation, place, self.language, rows)

    def title(self) -> str:
        """The story's."""
        return self.showing.presentation.demo.story.title.text(self.language)

    def _conduct(self) -> None:
        """Lets it play, and grow."""
        with self._changed:
            while not self._is_over:
                self._changed.wait(self.showing.wait(time.monotonic()))
                has_grown = self.showing.grow()
                if self.showing.presentation.tick(time.monotonic()) or has_grown:
                    self._tell()

    def _tell(self) -> None:
        self.version += 1
        self._changed.notify_all()


class _Handler(BaseHTTPRequestHandler):
    server: DemoServer
    server_version = "tutor"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def do_GET(self) -> None:
        found = self._found()
        if found is None:
            return
        role, path, query = found
        if path == "":
            text = page(self.server.title(), role, self.server.language)
            self._send("text/html", text.encode())
        elif path in ASSETS:
            self._send(ASSETS[path], asset(path))
        elif path == "state":
            self._send("application/json", json.dumps(self.server.state(_whole(query, "after"))).encode())
        elif path == "picture" and (drawn := self._picture(query)) is not None:
            self._send("image/svg+xml", drawn.encode(), policy=_PICTURE_POLICY)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        self.close_connection = True  # what a refused request has in its body is not read
        found = self._found()
        if found is None:
            return
        role, path, _ = found
        origin = self.headers.get("Origin")
        if role != "presenter" or (origin is not None and origin != f"http://{self.headers['Host']}"):
            self._refuse(HTTPStatus.FORBIDDEN)
        elif path != "do":
            self._refuse(HTTPStatus.NOT_FOUND)
        elif self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        else:
            action = self._asked()
            if action is None:
                self._refuse(HTTPStatus.BAD_REQUEST)
            else:
                self.server.do(action)
                self._send("application/json", b"{}")

    def _found(self) -> tuple[Role, str, str] | None:
        """Who asks, for what, and with what; None once it is refused."""
        if not is_our_name(self.headers.get("Host", ""), self.server.address):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        path, _, query = self.path.partition("?")
        first, slash, rest = path.removeprefix("/").partition("/")
        role = self.server.role_of(first) if slash else None
        if role is None:
            # Without a token in front; on loopback that is the class's.
            role, rest = self.server.role_of(""), path.removeprefix("/")
        if role is None:
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        return role, rest, query

    def _picture(self, query: str) -> str | None:
        return self.server.picture(_whole(query, "place"), _whole(query, "rows"))

    def _asked(self) -> Action | None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or len(length) > 4 or int(length) > _LARGEST_REQUEST:
            return None
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            return None
        action = asked.get("do") if isinstance(asked, dict) else None
        return action if action in ACTIONS else None

    def _send(self, kind: str, content: bytes, status: HTTPStatus = HTTPStatus.OK, *, policy: str = _POLICY) -> None:
        self.send_response(status)
        charset = "" if kind == "application/json" else "; charset=utf-8"
        self.send_header("Content-Type", f"{kind}{charset}")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._send("text/plain", f"{status.value} {status.phrase}\n".encode(), status)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the presenter's terminal is for the presenter."""


def _whole(query: str, name: str) -> int:
    """A number of the query; -1 if it has none."""
    given = parse_qs(query).get(name, [""])[0]
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
