"""How a filter was read, as it is drawn."""

from lesson_engine.filters import Filter
from lesson_engine.filters.explain import explain
from lesson_engine.packets import Capture
from lesson_engine.views.filter_tree import clause_lines, plain, tree_lines

T443 = bytes.fromhex(
    "02000000000202000000000108004500002800010000400600000a0000020a00000101bb80e800000001000000015012faf000000000"
)
PACKET = Capture.from_frames([T443])[0]

JAPANESE = """\
or                        はい
├─ and                    いいえ
│  ├─ src host 10.0.0.1   いいえ     送信元は 10.0.0.2 (バイト 26-29)
│  └─ port 80             (見ない)
└─ port 443               はい       送信元ポートは 443 (バイト 34-35)   ← port は引き継ぎ   ← これが決め手

and と or は同じ強さで、左から右へ読みます。
修飾子を書かない番号や名前は、直前の修飾子を引き継ぎます。"""


GROUP = """\
and                 no
├─ not              no
│  └─ or            yes
│     ├─ port 80    no          source port is 443 (bytes 34-35)   destination port is 33000 (bytes 36-37)
│     └─ port 443   yes         source port is 443 (bytes 34-35)   ← port inherited   ← this decides
└─ ip               (skipped)

An id without qualifiers takes those of the one before it."""


def test_the_tree_with_a_packet() -> None:
    read = explain(Filter("src host 10.0.0.1 and port 80 or 443"), PACKET)
    assert plain(tree_lines(read, "ja")) == JAPANESE


def test_a_group_under_not() -> None:
    read = explain(Filter("not (port 80 or 443) and ip"), PACKET)
    assert plain(tree_lines(read, "en")) == GROUP


def test_the_clauses_one_a_line() -> None:
    read = explain(Filter("not host 10.0.0.1 or 10.0.0.3"), PACKET)
    assert plain(clause_lines(read, "ja")) == (
        "not host 10.0.0.1   いいえ   宛先は 10.0.0.1 (バイト 30-33)\n"
        "host 10.0.0.3       いいえ   送信元は 10.0.0.2 (バイト 26-29)   宛先は 10.0.0.1 (バイト 30-33)"
        "   ← host は引き継ぎ"
    )


def test_verdicts_carry_a_role_and_no_control_characters() -> None:
    (verdict,) = [run for run in clause_lines(explain(Filter("tcp"), PACKET), "en")[0] if run.role == "good"]
    assert verdict.text.strip() == "yes"


def test_of_no_filter_there_is_no_clause_to_list() -> None:
    packet = Capture.open("sample_pcaps/handshake.pcap")[0]
    assert clause_lines(explain(Filter(""), packet), "en") == []
