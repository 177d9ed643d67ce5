"""A capture whose payloads try to be more than text: markup, scripts, terminal controls, and writing turned round."""

from pathlib import Path

from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.sources.writing import SavefileWriter

PAYLOADS = (
    b"GET /<script>window.tutorHarmed=1</script> HTTP/1.1\r\n\r\n",
    b'GET /"><img/src=x/onerror=window.tutorHarmed=2> HTTP/1.1\r\n\r\n',
    b"GET /\x1b[31mred\x1b]0;title\x07 HTTP/1.1\r\n\r\n",
    "GET /\u202ecod.exe\u2066 HTTP/1.1\r\n\r\n".encode(),
    b"GET /'-->${alert(1)}{{7*7}}</style></textarea><svg/onload=window.tutorHarmed=3> HTTP/1.1\r\n\r\n",
)
LINE = (
    "14:30:01.123456 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 1:9, ack 1, win 64, length 8: "
    "HTTP: GET /<img src=x onerror=window.tutorHarmed=4>\u202e\x1b[31m HTTP/1.1"
)


def write_hostile_capture(path: Path) -> None:
    """One handshake, then one segment a payload."""
    client, server = bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2])
    frames = [
        _frame(client, server, 40000, 80, 0, 0, 0x02, b""),
        _frame(server, client, 80, 40000, 0, 1, 0x12, b""),
        _frame(client, server, 40000, 80, 1, 1, 0x10, b""),
    ]
    at = 1
    for payload in PAYLOADS:
        frames.append(_frame(client, server, 40000, 80, at, 1, 0x18, payload))
        at += len(payload)
    times = [1_700_000_000_000_000_000 + index * 1_000_000 for index in range(len(frames))]
    capture = Capture.from_frames(frames, EN10MB, times_ns=times)
    writer = SavefileWriter.like(capture)
    path.write_bytes(writer.header_bytes() + b"".join(map(writer.record_bytes, capture)))


def _frame(
    source: bytes,
    destination: bytes,
    port: int,
    other: int,
    sequence: int,
    acknowledgment: int,
    flags: int,
    data: bytes,
) -> bytes:
    ethernet = bytes.fromhex("0200000000020200000000010800")
    length = 40 + len(data)
    ip = bytes([0x45, 0]) + length.to_bytes(2, "big") + bytes.fromhex("0001400040060000") + source + destination
    tcp = port.to_bytes(2, "big") + other.to_bytes(2, "big") + sequence.to_bytes(4, "big")
    tcp += acknowledgment.to_bytes(4, "big") + bytes([0x50, flags]) + bytes.fromhex("01f600000000")
    return ethernet + ip + tcp + data
