"""Small servers that stand in where the real ones are not installed: `python -I standins.py NAME ADDRESS PORT`.

Each says enough that its traffic can be told and read: a page over HTTP, a greeting of the database or of the secure
shell followed by the end, an answer to a question for a name. The deaf one listens, and a filter on its socket drops
every segment, so that the kernel answers nothing. They run as programs of their own, in the lab alone, and import
nothing of this package.

RFC 9110, RFC 1035, RFC 4253 (4.2); MySQL's protocol, handshake version 10; socket(7), SO_ATTACH_FILTER.

>>> question = bytes.fromhex("1234 0100 0001 0000 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001")
>>> answer(question)[:12].hex(" ", -2), answer(question)[-4:]
('1234 8580 0001 0001 0000 0000', b']\\xb8\\xd8"')
"""

import ctypes
import socket
import socketserver
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_NAMES = {b"\x03www\x07example\x03com\x00": "93.184.216.34", b"\x02db\x07example\x03com\x00": "192.168.1.100"}
_PAGE = b"<!DOCTYPE html>\n<title>Lab web server</title>\n<p>This page travelled in a packet you can capture.</p>\n"
_LINES = b"".join(b"line %04d of a longer file\n" % number for number in range(1, 401))
_NO_SUCH_NAME = 3
_SO_ATTACH_FILTER = 26  # asm-generic/socket.h


class _Web(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = _LINES if self.path == "/lines.txt" else _PAGE
        self._reply(200, body)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._reply(201, b"")

    def _reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Database(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        greeting = (
            b"\x0a5.5.5-stand-in\0" + struct.pack("<I", 1) + b"12345678\0" + bytes(2) + b"\x21\x02\x00" + bytes(2)
        )
        self._packet(0, greeting + b"\x15" + bytes(10) + b"123456789012\0")
        if self.rfile.read(4):
            self._packet(2, b"\xff\x15\x04#28000This is a stand-in: MariaDB is not installed")

    def _packet(self, number: int, content: bytes) -> None:
        self.wfile.write(len(content).to_bytes(3, "little") + bytes([number]) + content)


class _SecureShell(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"SSH-2.0-stand_in\r\n")
        self.rfile.readline(256)


class _Names(socketserver.DatagramRequestHandler):
    def handle(self) -> None:
        self.wfile.write(answer(self.rfile.read()))


def answer(question: bytes) -> bytes:
    """The answer to a DNS message with one question: an address, or that there is no such name."""
    end = question.find(b"\0", 12) + 1
    address = _NAMES.get(question[12:end].lower())
    asked = question[12 : end + 4]
    is_address = question[end : end + 4] == b"\0\1\0\1"
    code = 0x8580 | (0 if address else _NO_SUCH_NAME)
    header = question[:2] + struct.pack(">5H", code, 1, int(bool(address) and is_address), 0, 0)
    if address is None or not is_address:
        return header + asked
    return header + asked + struct.pack(">HHHIH", 0xC00C, 1, 1, 300, 4) + socket.inet_aton(address)


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def _be_deaf(listener: socket.socket) -> None:
    """A filter of one instruction, return 0: nothing that arrives gets as far as to the socket."""
    instruction = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
    program = struct.pack("HP", 1, ctypes.addressof(instruction))
    listener.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)


def main(name: str, address: str, port: int) -> None:
    """Serves until it is ended."""
    place = (address, port)
    server: socketserver.BaseServer
    if name == "web":
        server = ThreadingHTTPServer(place, _Web)
    elif name == "names":
        server = socketserver.UDPServer(place, _Names)
    else:
        tcp = _Tcp(place, {"database": _Database, "secure_shell": _SecureShell, "deaf": _SecureShell}[name])
        if name == "deaf":
            _be_deaf(tcp.socket)
        server = tcp
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
