"""Filter expressions to syntax trees, by recursive descent in linear time.

Each function's docstring is its grammar rule. Qualifiers that an id inherits are filled in here. Every part is
handed to `check` as soon as it is complete, in reading order, because the fault to report is the first one in
that order, be it of grammar or of meaning; tokens are read one ahead at most. Knows the grammar, not what the
words mean: that is `meaning`. Grammar: pcap-filter(7).

>>> str(parse("port 80 or 443"))
'port 80 or port 443'
>>> str(parse("not host 10.0.0.1 or tcp and ip6"))
'(not host 10.0.0.1 or tcp) and ip6'
"""

from collections.abc import Callable
from typing import Literal, NamedTuple, NoReturn

from lesson_engine.filters import nodes
from lesson_engine.filters.errors import SYNTAX, FilterSyntaxError
from lesson_engine.filters.lexer import MTP3_FIELDS, Lexer, Token
from lesson_engine.messages import Message

MAXIMUM_LENGTH = 100_000
"""Characters of an expression."""
MAXIMUM_DEPTH = 150
"""Nesting of an expression: parentheses, indices, a `not`, an operator, a change from `and` to `or`."""

_LOOSENESS = {"|": 1, "&": 2, "<<": 3, ">>": 3, "+": 4, "-": 4, "*": 5, "/": 5}
"""Precedence of the operators that have one; a greater number binds tighter."""
_UNDECLARED = ("%", "^")
"""Operators without precedence: the left operand is what stands right before, the right one all that follows."""
_TIGHTEST = 6
_RELATIONS = (">", ">=", "<", "<=", "=", "!=")
_IDS = ("name", "dotted", "ipv6", "mac", "arcnet")
_DIRECTIONS = ("src", "dst", "wlan direction")
_ID_NAMES = ("<address>", "<number>", "<name>")


class Part(NamedTuple):
    """What was read: a number that may still become an id, a number, an id, or a term; and the qualifiers an id
    after it would inherit."""

    kind: Literal["number", "arithmetic", "id", "term"]
    node: nodes.Node
    qualifiers: nodes.Qualifiers | None = None


def parse(source: str, check: Callable[[nodes.Node], object] = id) -> nodes.Node:
    """The syntax tree of `source`.

    `check` is called with each primitive and each part of arithmetic as it is complete; what it raises ends the
    parse. Raises FilterSyntaxError.
    """
    if len(source) > MAXIMUM_LENGTH:
        message = Message("filters.too_long", length=len(source), limit=MAXIMUM_LENGTH)
        raise FilterSyntaxError(source, (MAXIMUM_LENGTH, MAXIMUM_LENGTH + 1), message)
    return _Parser(source, check).filter()


class _Parser:
    def __init__(self, source: str, check: Callable[[nodes.Node], object]) -> None:
        self._source = source
        self._check = check
        self._lexer = Lexer(source)
        self._ahead: Token | None = None
        self._end = 0  # where the last token taken ended
        self._depth = 0
        self._head_start = 0  # where the qualifiers written for the id being read began

    # Tokens

    def _peek(self) -> Token:
        if self._ahead is None:
            self._ahead = self._lexer.next()
        return self._ahead

    def _take(self) -> Token:
        token = self._peek()
        self._ahead = None
        self._end = token.end
        return token

    def _next_is(self, *kinds: str) -> bool:
        return self._peek().kind in kinds

    def _expect(self, kind: str, *expected: str) -> Token:
        if not self._next_is(kind):
            self._unexpected(*(expected or (kind,)))
        return self._take()

    def _unexpected(self, *expected: str) -> NoReturn:
        """The parser's own error, at the next token."""
        token = self._peek()
        span = (token.start, token.end)
        if token.kind == "end":
            before = len(self._source.rstrip())
            message, span = Message("filters.incomplete"), (before, before)
        elif self._lexer.fault is not None:
            raise self._lexer.fault
        elif token.kind == "illegal":
            character = str(token.value)
            shown = character if character.isprintable() else f"U+{ord(character):04X}"
            message = Message("filters.illegal_character", character=shown)
        else:
            message = Message("filters.unexpected", found=self._source[token.start : token.end])
        raise FilterSyntaxError(self._source, span, message, libpcap_text=SYNTAX, expected=expected)

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            message = Message("filters.too_deep", limit=MAXIMUM_DEPTH)
            raise FilterSyntaxError(self._source, (token.start, token.end), message)

    def _done(self, node: nodes.Node) -> nodes.Node:
        self._check(node)
        return node

    # Grammar

    def filter(self) -> nodes.Node:
        """filter : (nothing) | expr"""
        if self._next_is("end"):
            return self._done(nodes.Everything(span=(0, len(self._source))))
        part = self._expr(self._as_term(self._operand(None, ids=False, groups_of_ids=False)))
        if not self._next_is("end"):
            self._unexpected("and", "or")
        return part.node

    def _expr(self, first: Part) -> Part:
        """expr : term { ("and" | "or") ( term | id ) }

        Equal precedence, left to right. In a list of ids, which begins with an id, ids follow.
        """
        part, depth = first, self._depth
        terms: list[nodes.Node] = []
        connective: type[nodes.And] | type[nodes.Or] | None = None
        while self._next_is("and", "or"):
            token = self._take()
            kind = nodes.And if token.kind == "and" else nodes.Or
            if connective is not kind:
                if connective is not None:
                    self._deeper(token)
                    terms = [connective(tuple(terms), span=(first.node.span[0], part.node.span[1]))]
                else:
                    terms = _flattened(kind, part.node)
                connective = kind
            if first.kind == "id":
                part = self._id_operand(first.qualifiers)
            else:
                part = self._as_term(self._operand(part.qualifiers, ids=True, groups_of_ids=True))
            terms += _flattened(kind, part.node)
        self._depth = depth
        if connective is None:
            return part
        node = connective(tuple(terms), span=(first.node.span[0], self._end))
        return Part(first.kind, node, part.qualifiers)

    def _as_term(self, part: Part) -> Part:
        """A lone number where an id or a term could stand is an id; arithmetic without a relation is nothing."""
        if part.kind == "arithmetic":
            self._unexpected(*_RELATIONS)
        return part if part.kind == "term" else Part("term", part.node, part.qualifiers)

    def _operand(
        self, inherited: nodes.Qualifiers | None, *, ids: bool, groups_of_ids: bool, arith: bool = False
    ) -> Part:
        """term : "not" term | "(" expr ")" | head id | PROTO | relation | other

        With `ids`, an id too, with the qualifiers `inherited`; with `groups_of_ids`, a list of them in parentheses.
        With `arith`, a number without a relation is good as well: parentheses may hold one.
        """
        token = self._peek()
        match token.kind:
            case "not":
                return self._negated(inherited, ids=ids)
            case "(":
                part = self._group(inherited, ids=groups_of_ids)
            case "number":
                part = Part("number", self._number_node(self._take()), inherited)
            case "len" | "-":
                part = Part("arithmetic", self._arith(0))
            case "protocol":
                self._take()
                if self._next_is("["):
                    part = Part("arithmetic", self._accessor(token))
                else:
                    return self._after_protocol(token)
            case kind if kind in _IDS:
                if not ids:
                    self._unexpected("<protocol>", "<direction>", "<type>", "(", "not")
                return Part("id", self._id(inherited, inherited=True), inherited)
            case _:
                return self._other(token)
        if part.kind in ("id", "term"):
            return part
        return self._after_number(part, token.start, inherited, ids=ids, arith=arith)

    def _after_number(
        self, part: Part, start: int, inherited: nodes.Qualifiers | None, *, ids: bool, arith: bool
    ) -> Part:
        """relation : arith ( ">" | "<" | ">=" | "<=" | "=" | "!=" ) arith"""
        if self._next_is(*_LOOSENESS, *_UNDECLARED):
            part = Part("arithmetic", self._operators(self._checked(part), start, 0))
        if self._next_is(*_RELATIONS):
            left = self._checked(part)
            relation = self._take()
            right = self._arith(0)
            node = nodes.Relation(relation.kind, left, right, span=(start, self._end))  # type: ignore[arg-type]
            return Part("term", self._done(node))
        if arith and (part.kind == "arithmetic" or self._next_is(")")):
            return part
        if part.kind == "arithmetic" or not ids or not self._next_is("and", "or", ")", "end"):
            self._unexpected(*_RELATIONS, "+", "-", "&")
        return Part("id", self._number_id(part.node, inherited, inherited=True), inherited)

    def _checked(self, part: Part) -> nodes.Arith:
        """The part's number, known from here on to be no id."""
        assert isinstance(part.node, nodes.Arith)
        if part.kind == "number":
            self._check(part.node)
        return part.node

    def _negated(self, inherited: nodes.Qualifiers | None, *, ids: bool) -> Part:
        """term : "not" term     id : "not" id"""
        token, depth = self._take(), self._depth
        self._deeper(token)
        part = self._operand(inherited, ids=ids, groups_of_ids=ids)
        self._depth = depth
        if part.kind == "arithmetic":
            self._unexpected(*_RELATIONS)
        return Part(part.kind, nodes.Not(part.node, span=(token.start, self._end)), part.qualifiers)

    def _group(self, inherited: nodes.Qualifiers | None, *, ids: bool) -> Part:
        """term : "(" expr ")"     arith : "(" arith ")"     id : "(" idlist ")"

        A list of ids may not begin with a parenthesised list; its first element may be a number in parentheses.
        """
        opening, depth = self._take(), self._depth
        self._deeper(opening)
        first = self._operand(inherited, ids=ids, groups_of_ids=False, arith=True)
        if first.kind in ("number", "arithmetic"):
            self._expect(")", ")", "+", "-", "=")
            self._depth = depth
            return Part(first.kind, first.node, inherited)
        part = self._expr(first)
        self._expect(")", "and", "or", ")")
        self._depth = depth
        # After a list, its own qualifiers; after an expression, those from before the parenthesis: the same.
        return Part(part.kind, part.node, inherited)

    # Ids

    def _id_operand(self, qualifiers: nodes.Qualifiers | None, *, inherited: bool = True) -> Part:
        """id : "not" id | num | NAME | address | "(" idlist ")" """
        token = self._peek()
        depth = self._depth
        if token.kind == "not":
            self._take()
            self._deeper(token)
            part = self._id_operand(qualifiers, inherited=inherited)
            self._depth = depth
            return Part("id", nodes.Not(part.node, span=(token.start, self._end)), qualifiers)
        if token.kind != "(":
            return Part("id", self._id(qualifiers, inherited=inherited), qualifiers)
        self._take()
        self._deeper(token)
        if self._next_is("("):
            number = self._parenthesised_number()
            first = Part("id", self._number_id(number, qualifiers, inherited=inherited), qualifiers)
        else:
            first = self._id_operand(qualifiers, inherited=inherited)
        part = self._expr(first)
        self._expect(")", "and", "or", ")")
        self._depth = depth
        return part

    def _parenthesised_number(self) -> nodes.Arith:
        """num : NUMBER | "(" num ")" """
        token, depth = self._peek(), self._depth
        if token.kind == "number":
            return self._number_node(self._take())
        self._expect("(", *_ID_NAMES)
        self._deeper(token)
        number = self._parenthesised_number()
        self._expect(")", ")")
        self._depth = depth
        return number

    def _number_node(self, token: Token) -> nodes.Number:
        return nodes.Number(token.value, span=(token.start, token.end))  # type: ignore[arg-type]

    def _number_id(self, number: nodes.Node, qualifiers: nodes.Qualifiers | None, *, inherited: bool) -> nodes.Node:
        assert isinstance(number, nodes.Number)
        id_ = nodes.IdNumber(number.value, span=number.span)
        return self._done(
            nodes.Address(qualifiers, id_, inherited=inherited, span=self._span(id_, inherited=inherited))
        )

    def _id(self, qualifiers: nodes.Qualifiers | None, *, inherited: bool) -> nodes.Node:
        """id : num | NAME | DOTTED [ "/" NUMBER | "mask" DOTTED ] | IPV6 [ "/" NUMBER ] | MAC"""
        token = self._peek()
        if token.kind not in (*_IDS, "number"):
            self._unexpected(*_ID_NAMES, "not", "(")
        self._take()
        span, text = (token.start, token.end), str(token.value)
        id_: nodes.Id
        match token.kind:
            case "number":
                return self._number_id(self._number_node(token), qualifiers, inherited=inherited)
            case "name":
                id_ = nodes.Name(text, span=span)
            case "mac":
                id_ = nodes.Mac(text, span=span)
            case "arcnet":
                id_ = nodes.Arcnet(text, span=span)
            case "ipv6":
                length = self._prefix_length()
                id_ = nodes.Ipv6(text, length, span=(token.start, self._end))
            case _:
                id_ = self._dotted(token)
        return self._done(
            nodes.Address(qualifiers, id_, inherited=inherited, span=self._span(id_, inherited=inherited))
        )

    def _dotted(self, token: Token) -> nodes.Id:
        text = str(token.value)
        if self._next_is("mask"):
            self._take()
            mask = str(self._expect("dotted", "<address>").value)
            return nodes.DottedMask(text, mask, span=(token.start, self._end))
        if (length := self._prefix_length()) is not None:
            return nodes.DottedPrefix(text, length, span=(token.start, self._end))
        return nodes.Dotted(text, span=(token.start, token.end))

    def _prefix_length(self) -> int | None:
        if not self._next_is("/"):
            return None
        self._take()
        return self._bare_number()

    def _bare_number(self) -> int:
        """NUMBER, neither computed nor in parentheses"""
        return self._expect("number", "<number>").value  # type: ignore[return-value]  # of a number token

    def _span(self, id_: nodes.Node, *, inherited: bool) -> nodes.Span:
        """Of a primitive: from its first qualifier, which `_head_start` remembers, or the id's alone."""
        return (id_.span[0] if inherited else self._head_start, id_.span[1])

    # Primitives

    def _after_protocol(self, token: Token) -> Part:
        """term : PROTO | head id | PROTO "broadcast" | PROTO "multicast" """
        protocol = str(token.value)
        if self._next_is(*_DIRECTIONS, "type", "proto", "protochain", "gateway"):
            return self._head(token.start, protocol)
        if self._next_is("cast"):
            return self._cast(token.start, protocol)
        if self._next_is("wlan type", "wlan subtype", "wlan dir"):
            return self._wlan(token.start)
        if not self._next_is("and", "or", ")", "end"):
            self._unexpected("<direction>", "<type>", "proto", "and", "or")
        return Part("term", self._done(nodes.Protocol(protocol, span=(token.start, token.end))))

    def _head(self, start: int, protocol: str | None) -> Part:
        """head id

        head : [PROTO] dir [type] | [PROTO] type | [PROTO] ( "proto" | "protochain" | "gateway" )
        """
        direction = self._direction()
        kind: str | None = None
        if self._next_is("type") or (direction is None and self._next_is("proto", "protochain", "gateway")):
            kind = str(self._take().value)
        qualifiers = nodes.Qualifiers(protocol, direction, kind)
        if not self._next_is("not", "(", "number", *_IDS):
            self._unexpected(*_ID_NAMES, *(() if kind else ("host", "net", "port", "portrange")))
        self._head_start = start
        part = self._id_operand(qualifiers, inherited=False)
        return Part("term", part.node, qualifiers)

    def _direction(self) -> str | None:
        """dir : "src" | "dst" | "src" ( "or" | "and" ) "dst" | "dst" ( "or" | "and" ) "src" """
        if not self._next_is(*_DIRECTIONS):
            return None
        token = self._take()
        if token.kind == "wlan direction" or not self._next_is("and", "or"):
            return str(token.value)
        connective = self._take().kind
        other = "dst" if token.kind == "src" else "src"
        self._expect(other, other)
        return f"src {connective} dst"

    def _cast(self, start: int, protocol: str | None) -> Part:
        """other : [PROTO] ( "broadcast" | "multicast" )"""
        kind = self._take().value
        return Part("term", self._done(nodes.Cast(protocol, kind, span=(start, self._end))))  # type: ignore[arg-type]

    def _other(self, token: Token) -> Part:
        """other : ( "less" | "greater" ) NUMBER | "inbound" | "outbound" | "ifindex" NUMBER | "pppoed" | tunnel | llc
        | byte | foreign words"""
        node: nodes.Node
        match token.kind:
            case "src" | "dst" | "wlan direction" | "type" | "proto" | "protochain" | "gateway":
                return self._head(token.start, None)
            case "cast":
                return self._cast(token.start, None)
            case "limit":
                word = self._take().value
                node = nodes.LengthLimit(word, self._bare_number(), span=(token.start, self._end))  # type: ignore[arg-type]
            case "bound":
                node = nodes.Bound(self._take().value, span=(token.start, token.end))  # type: ignore[arg-type]
            case "ifindex":
                self._take()
                node = nodes.InterfaceIndex(self._bare_number(), span=(token.start, self._end))
            case "byte":
                node = self._byte(token)
            case "pppoed":
                self._take()
                node = nodes.Tunnel("pppoed", None, span=(token.start, token.end))
            case "tunnel":
                node = self._tunnel(token)
            case "llc":
                node = self._llc(token)
            case "wlan type" | "wlan subtype" | "wlan dir":
                return self._wlan(token.start)
            case "pf name" | "pf number" | "reason" | "action" | "atm word" | "mtp2 word" | "field":
                node = self._foreign(token)
            case _:
                self._unexpected("<protocol>", "<direction>", "<type>", "(", "not")
        return Part("term", self._done(node))

    def _byte(self, start: Token) -> nodes.Node:
        """other : "byte" NUMBER ( "=" | "<" | ">" | "&" | "|" ) NUMBER"""
        self._take()
        offset = self._bare_number()
        if not self._next_is("=", "<", ">", "&", "|"):
            self._unexpected("=", "<", ">", "&", "|")
        operator = self._take().kind
        value = self._bare_number()
        return nodes.ByteTest(offset, operator, value, span=(start.start, self._end))  # type: ignore[arg-type]

    def _tunnel(self, token: Token) -> nodes.Node:
        """other : ( "vlan" | "mpls" | "pppoes" | "geneve" ) [ num ]"""
        self._take()
        number = None
        if self._next_is("number", "("):
            node = self._parenthesised_number()
            assert isinstance(node, nodes.Number)
            number = node.value
        return nodes.Tunnel(token.value, number, span=(token.start, self._end))  # type: ignore[arg-type]

    def _llc(self, token: Token) -> nodes.Node:
        """other : "llc" [ NAME | "rnr" ]"""
        self._take()
        kind = None
        if self._next_is("name") or (self._next_is("pf number") and self._peek().value == "rnr"):
            kind = str(self._take().value)
        return nodes.Llc(kind, span=(token.start, self._end))

    def _wlan(self, start: int) -> Part:
        """other : [PROTO] ( "type" | "subtype" | "dir" ) name ..., words about 802.11"""
        word = self._take()
        if not self._next_is("name", *(() if word.value == "subtype" else ("number",))):
            self._unexpected("<name>")
        self._take()
        if word.value == "type" and self._next_is("wlan subtype"):
            self._take()
            if not self._next_is("name", "number"):
                self._unexpected("<name>")
            self._take()
        libpcap_text = "802.11 link-layer types supported only on 802.11"
        if word.value == "dir":
            libpcap_text = "frame direction supported only with 802.11 headers"
        return Part("term", self._done(self._foreign_node(start, libpcap_text)))

    def _foreign(self, token: Token) -> nodes.Node:
        """other : words about OpenBSD's pf, ATM and SS7"""
        word = str(self._take().value)
        match token.kind:
            case "pf name":
                self._expect("name", "<name>")
                link = "PF linktype"
            case "pf number":
                self._bare_number()
                link = "PF linktype"
            case "reason" | "action":
                if not self._next_is("name", *(("number",) if word == "reason" else ())):
                    self._unexpected("<name>")
                self._take()
                link = "PF linktype"
            case "field":
                # Refused at its first number, so what a list or a relation goes on with is never read.
                if self._next_is("(", *_RELATIONS):
                    self._take()
                self._bare_number()
                link = "SS7" if word in MTP3_FIELDS else "raw ATM"
            case _:
                link = "raw ATM" if token.kind == "atm word" else "MTP2"
        name = word if link == "PF linktype" else f"'{word}'"
        return self._foreign_node(token.start, f"{name} supported only on {link}")

    def _foreign_node(self, start: int, libpcap_text: str) -> nodes.Node:
        return nodes.Foreign(self._source[start : self._end], libpcap_text, span=(start, self._end))

    # Arithmetic

    def _arith(self, tightness: int) -> nodes.Arith:
        """arith : NUMBER | "len" | PROTO "[" arith [ ":" NUMBER ] "]" | "(" arith ")" | "-" arith | arith op arith"""
        token, depth = self._peek(), self._depth
        node: nodes.Arith
        match token.kind:
            case "number":
                node = self._number_node(self._take())
                self._check(node)
            case "len":
                self._take()
                node = nodes.Length(span=(token.start, token.end))
                self._check(node)
            case "-":
                self._take()
                self._deeper(token)
                operand = self._arith(_TIGHTEST)
                node = nodes.Negative(operand, span=(token.start, self._end))
                self._check(node)
            case "(":
                self._take()
                self._deeper(token)
                node = self._arith(0)
                self._expect(")", ")", "+", "-", "&")
                self._depth = depth
            case "protocol":
                self._take()
                node = self._accessor(token)
            case _:
                self._unexpected("<number>", "len", "<protocol>[", "(")
        self._depth = depth
        return self._operators(node, token.start, tightness)

    def _operators(self, left: nodes.Arith, start: int, tightness: int) -> nodes.Arith:
        """arith : arith op arith, the operators binding tighter than `tightness`"""
        depth = self._depth
        while True:
            token = self._peek()
            if token.kind in _UNDECLARED:
                bound = 0
            elif (bound := _LOOSENESS.get(token.kind, 0)) <= tightness:
                break
            self._take()
            self._deeper(token)
            right = self._arith(bound)
            left = nodes.Binary(token.kind, left, right, span=(start, self._end))  # type: ignore[arg-type]
            self._check(left)
        self._depth = depth
        return left

    def _accessor(self, protocol: Token) -> nodes.Arith:
        """PROTO "[" arith [ ":" NUMBER ] "]" """
        opening, depth = self._expect("[", "["), self._depth
        self._deeper(opening)
        index = self._arith(0)
        size = 1
        if self._next_is(":"):
            self._take()
            size = self._bare_number()
        self._expect("]", "]", ":")
        self._depth = depth
        node = nodes.Accessor(protocol.value, index, size, span=(protocol.start, self._end))  # type: ignore[arg-type]
        self._check(node)
        return node


def _flattened(connective: type[nodes.And] | type[nodes.Or], node: nodes.Node) -> list[nodes.Node]:
    return list(node.terms) if isinstance(node, nodes.And | nodes.Or) and type(node) is connective else [node]
