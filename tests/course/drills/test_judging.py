"""Judgements: wrong answers meet the thought behind them and the line that proves them wrong."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesson_engine.course.drills.catalog import all_kinds, draw
from lesson_engine.course.drills.comparing import difference
from lesson_engine.course.drills.judging import judge
from lesson_engine.course.drills.question import Question
from lesson_engine.course.drills.report import judgement_lines
from lesson_engine.filters import Filter
from lesson_engine.views.text import plain

KINDS = [(topic, kind) for topic, kinds in all_kinds().items() for kind in kinds]
SAVE = "sudo tcpdump -i eth0 -w web.pcap port 80"


def report(question: Question, answer: str, language: str = "en") -> str:
    return plain(judgement_lines(question, judge(question, answer), language))  # type: ignore[arg-type]


def test_a_line_that_is_not_matched_is_shown_with_what_each_clause_said() -> None:
    question = draw("matches", "reads-mixed", Random(2))
    wrong = " ".join(str(each) for each in range(1, 6) if str(each) not in question.accepted[0].split())
    judgement = judge(question, wrong)
    assert not judgement.right
    assert len(judgement.evidence) == 2
    for evidence in judgement.evidence:
        number, line = evidence.line.split("  ", 1)
        assert question.lines[int(number) - 1] == line
        assert evidence.explanation is not None
        right = number in question.accepted[0].split()
        assert evidence.explanation.matches == right
    assert str(Filter(question.filter)) in " ".join(report(question, wrong).split())


def test_a_wrong_choice_of_filter_names_its_misconception() -> None:
    question = draw("filter", "choose-tcp_but", Random(1))
    named = {
        choice.text("en").replace(question.filter.split()[-1], "N"): judge(question, str(number)).misconception
        for number, choice in enumerate(question.choices, 1)
    }
    wrong = {
        "not port N": "port-is-not-tcp",
        "tcp or not port N": "or-for-both",
        "tcp and not dst port N": "one-direction",
    }
    assert {text: name for text, name in named.items() if text in wrong} == {
        text: name for text, name in wrong.items() if text in named
    }
    assert len(named.keys() & wrong.keys()) >= 2


@pytest.mark.parametrize("wish", [kind for kind in all_kinds()["filter"] if kind.startswith("choose")])
def test_every_wrong_filter_has_a_thought_behind_it(wish: str) -> None:
    for seed in range(6):
        question = draw("filter", wish, Random(seed))
        for number in range(1, len(question.choices) + 1):
            judgement = judge(question, str(number))
            assert judgement.right or judgement.misconception, question.choices[number - 1]
            assert judgement.right or judgement.evidence, question.choices[number - 1]


def test_a_packet_that_is_something_else_is_told_what_it_is() -> None:
    question = draw("handshake", "which-syn_ack", Random(4))
    place = next(place for place, line in enumerate(question.lines, 1) if "Flags [S]," in line)
    shown = report(question, str(place))
    assert "SYN: the client asks for a connection" in shown
    assert question.lines[int(question.accepted[0]) - 1] in shown


def test_a_part_of_the_line_that_is_something_else_is_told_what_it_is() -> None:
    question = draw("line", "find-destination", Random(1))
    source = question.lines[0].split(" > ")[0].split()[-1]
    address = source.rpartition(".")[0] if source.count(".") > 3 else source
    assert "the sender's IP address" in report(question, address)


def test_an_address_with_its_port_is_told_where_the_port_begins() -> None:
    question = draw("line", "find-source", Random(2))
    ends = question.lines[0].split(" > ")[0].split()[-1]
    judgement = judge(question, ends)
    assert (judgement.right, judgement.misconception) == (False, "port-is-behind-the-dot")
    assert judge(question, ends.rpartition(".")[0]).right


@pytest.mark.parametrize(
    "answer",
    [
        "tcp port {n}",
        "tcp and port {n}",
        "'tcp port {n}'",
        "sudo tcpdump -nn 'tcp port {n}'",
        "tcp dst port {n} or tcp src port {n}",
    ],
)
def test_a_filter_is_graded_by_what_it_does(answer: str) -> None:
    question = draw("filter", "write-service", Random(1))
    assert judge(question, answer.format(n=question.filter.split()[-1])).right


def test_a_wrong_filter_is_met_with_a_proof_and_parentheses_need_no_quotes_here() -> None:
    question = draw("filter", "write-neither", Random(1))
    first, second = (word for word in question.filter.replace(")", "").split() if word[0].isdigit())
    assert judge(question, f"not (host {first} or host {second})").right
    judgement = judge(question, f"not host {first} or host {second}")
    assert judgement.verdict is not None
    assert judgement.verdict.proofs
    assert judgement.misconception == "not-covers-one"
    assert "not-covers-one" in report(question, f"not host {first} or host {second}", "ja")


def test_a_filter_that_cannot_be_read_is_met_with_a_caret() -> None:
    question = draw("filter", "write-service", Random(1))
    assert "^" in report(question, "tcp prot 80")


@pytest.mark.parametrize(
    "line",
    [
        SAVE,
        "tcpdump -w web.pcap -i eth0 port 80",
        "sudo tcpdump -nn -v -i1 -w web.pcap 'port 80'",
        "sudo tcpdump --interface=eth0 -U -w web.pcap src port 80 or dst port 80",
    ],
)
def test_commands_that_do_the_same(line: str) -> None:
    assert difference(line, SAVE) is None


@pytest.mark.parametrize(
    ("line", "misconception"),
    [
        ("sudo tcpdump -i eth0 port 80 > web.pcap", "redirect-is-not-pcap"),
        ("sudo tcpdump -i eth0 -r web.pcap port 80", None),
        ("sudo tcpdump -i eth0 -w web.pcap dst port 80", "one-direction"),
        ("sudo tcpdump -i eth0 -w web.pcap (port 80)", "unquoted"),
        ("sudo tcpdump -i eth0 -w web.pcap 'tcp.port == 80'", "display-filter"),
        ("sudo tcpdump -i eth0 -c 3 -w web.pcap port 80", "extra-option"),
        ("sudo tcpdump -i eth0 -w web.pcap", None),
        ("port 80", None),
        ("ls", None),
    ],
)
def test_commands_that_do_something_else(line: str, misconception: str | None) -> None:
    found = difference(line, SAVE)
    assert found is not None
    assert found.message.text("ja")
    if misconception is not None:
        assert found.misconception == misconception


@settings(max_examples=150)
@given(st.sampled_from(KINDS), st.integers(0, 50), st.text(max_size=40))
def test_any_text_is_judged_and_told(pair: tuple[str, str], seed: int, answer: str) -> None:
    question = draw(*pair, Random(seed))  # type: ignore[arg-type]
    judgement = judge(question, answer)
    assert judgement_lines(question, judgement, "ja")
    assert judgement.as_json("en")["right"] == judgement.right
