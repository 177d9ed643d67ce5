"""Zephyr, the notices of MIT's Athena: fields that end at zero bytes.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"ZEPH0.2\\0" + b"0x11\\0" + b"2\\0" + b"\\0" * 14)
>>> print_zephyr(line, 0, 29)
>>> line.text()
' zephyr acked to <,,*>'
"""

from lesson_engine.tcpdump.printers.line import Line, named, visible

_TYPES = dict(
    enumerate(("unsafe", "unacked", "acked", "hm-ack", "hm-ctl", "serv-ack", "serv-nak", "client-ack", "stat"))
)
_SERVER_ACKNOWLEDGMENT = 5
_FIELDS = 16
"""Fields after the version that every notice has."""
_EXPOSURES = frozenset((b"NONE", b"OPSTAFF", b"REALM-VISIBLE", b"REALM-ANNOUNCED", b"NET-VISIBLE", b"NET-ANNOUNCED"))
_SUBSCRIPTIONS = {b"SUBSCRIBE": "sub", b"SUBSCRIBE_NODEFS": "unsub-nodefs", b"UNSUBSCRIBE": "unsub"}
_CLIENT_WORDS = {b"GIMME": "ret", b"GIMMEDEFS": "gimme-defs", b"CLEARSUB": "clear-subs"}
_REALM_WORDS = {
    b"ADD_SUBSCRIBE": "add-subs",
    b"REQ_SUBSCRIBE": "req-subs",
    b"RLM_SUBSCRIBE": "rlm-sub",
    b"RLM_UNSUBSCRIBE": "rlm-unsub",
}
_LONGEST = 255


class _Fields:
    """Takes one field after the other; None once there is none."""

    __slots__ = ("_line", "_stop", "at", "lost")

    def __init__(self, line: Line, at: int, length: int) -> None:
        self._line = line
        self._stop = at + length
        self.at = at
        self.lost = False

    def take(self) -> bytes | None:
        """The next field."""
        line = self._line
        end = line.data.find(0, self.at, min(self._stop, line.end))
        if end < 0:
            line.need(self.at, self._stop - self.at)
            self.at = self._stop
            self.lost = True
            return None
        field = line.data[self.at : end]
        self.at = end + 1
        return None if self.lost else field


def print_zephyr(line: Line, at: int, length: int) -> None:
    """A notice of `length` bytes at `at`."""
    line.protocol = "zephyr"
    fields = _Fields(line, at, length)
    version = fields.take()
    if version is None:
        line.invalid()
        return
    if not version.startswith(b"ZEPH"):
        return
    notice = [fields.take() or b"" for _ in range(_FIELDS)]
    if fields.lost:
        line.invalid()
        return
    line.write(" zephyr")
    if not version[4:].startswith(b"0.2"):
        line.write(f" v{visible(version[4:])}")
        return
    _print_notice(line, fields, notice)


def _hexadecimal(field: bytes) -> int:
    """What strtol makes of a field, in 32 bits."""
    text = field.lstrip(b" \t\n\v\f\r")
    negative = text[:1] == b"-"
    if text[:1] in (b"-", b"+"):
        text = text[1:]
    if text[:2].lower() == b"0x" and text[2:3] and text[2:3] in b"0123456789abcdefABCDEF":
        text = text[2:]
    digits = 0
    while digits < len(text) and text[digits] in b"0123456789abcdefABCDEF":
        digits += 1
    value = int(text[:digits] or b"0", 16)
    value = max(min(-value if negative else value, (1 << 63) - 1), -(1 << 63))
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


def _lower(field: bytes) -> str:
    return visible(field[:_LONGEST].lower())


def _triple(first: bytes, second: bytes, recipient: bytes) -> str:
    return visible(b"<%s,%s,%s>" % (first, second, recipient or b"*"))[:_LONGEST]


def _print_notice(line: Line, fields: _Fields, notice: list[bytes]) -> None:
    write = line.write
    kind = _hexadecimal(notice[1])
    group, instance, operation, sender, recipient = notice[7:12]
    write(f" {named(_TYPES, kind, f'type {kind}')}")
    if kind == _SERVER_ACKNOWLEDGMENT:
        answer = fields.take()
        if answer is not None and answer != b"SENT":
            write(f"/{_lower(answer)}")
    if sender:
        write(f" {visible(sender)}")
    if group == b"USER_LOCATE":
        words = {b"USER_HIDE": " hide", b"USER_UNHIDE": " unhide"}
        write(words.get(operation) or f" locate {visible(instance)}")
    elif group == b"ZEPHYR_ADMIN":
        write(f" zephyr-admin {_lower(operation)}")
    elif group == b"ZEPHYR_CTL" and instance == b"CLIENT":
        _print_client(line, fields, kind, operation)
    elif group == b"ZEPHYR_CTL" and instance == b"HM":
        write(f" {_lower(operation)}")
    elif group == b"ZEPHYR_CTL" and instance == b"REALM":
        if operation in _REALM_WORDS:
            write(f" realm {_REALM_WORDS[operation]}")
    elif group in (b"HM_CTL", b"WG_CTL"):
        write(f" {_lower(group)} {_lower(instance)} {_lower(operation)}")
    elif (group, instance, operation) == (b"HM_STAT", b"HMST_CLIENT", b"GIMMESTATS"):
        write(" get-client-stats")
    elif group == b"LOGIN" and operation == b"USER_FLUSH":
        write(" flush_locs")
    elif group == b"LOGIN" and operation in _EXPOSURES:
        write(f" set-exposure {_lower(operation)}")
    else:
        write(f" to {_triple(group, instance, recipient)}")
        if operation:
            write(f" op {visible(operation)}")


def _print_client(line: Line, fields: _Fields, kind: int, operation: bytes) -> None:
    if operation in _SUBSCRIPTIONS:
        line.write(f" {_SUBSCRIPTIONS[operation]}")
        if kind != _SERVER_ACKNOWLEDGMENT:
            names = [fields.take() for _ in range(3)]
            first, second, recipient = (name or b"" for name in names)
            if not fields.lost:
                line.write(f" {_triple(first, second, recipient)}")
    elif operation in _CLIENT_WORDS:
        line.write(f" {_CLIENT_WORDS[operation]}")
    else:
        line.write(f" {_lower(operation)}")
