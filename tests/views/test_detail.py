"""The tree of a packet's layers and fields in lines, and the way from a byte to its field."""

from lesson_engine.messages import Message
from lesson_engine.views.detail import Detail, Node, layer_summary, plain, tree_lines

FLAGS = Node("TCP.flags", Message("views.TCP.flags"), "SYN\x1b[31m", (46, 48), (7, 9))
OFFSET = Node(
    "TCP.dataofs", Message("views.TCP.dataofs"), Message("views.value.words", words=5, bytes=20), (46, 47), (0, 4)
)
URGENT = Node("TCP.x", "x", "1", (48, 49), (0, 1))
TCP = Node("TCP", "TCP", "", (34, 54), children=(OFFSET, FLAGS, URGENT), remark=Message("views.detail.cut"))
DETAIL = Detail(bytes(54), (Node("Ether", "Ethernet", "", (0, 14)), TCP))


def test_labels_are_aligned_by_cells_and_controls_are_visible() -> None:
    assert plain(tree_lines(DETAIL, "ja", TCP)) == (
        "TCP                            バイト 34-53   ← このヘッダーは途中で終わっています\n"
        "├─ ヘッダー長   5 (20 バイト)  46 (ビット 0-3)\n"
        "├─ フラグ       SYN\\x1b[31m    46-47 (ビット 7-15)\n"
        "└─ x            1              48 (ビット 0)"
    )


def test_a_byte_leads_to_its_field() -> None:
    assert [node.kind for node in DETAIL.path_to(47)] == ["TCP", "TCP.flags"]
    assert [node.kind for node in DETAIL.path_to(20)] == []


def test_a_node_is_found_by_its_name_in_either_language() -> None:
    assert DETAIL.find("tcp.FLAGS") == DETAIL.find("フラグ") == FLAGS
    assert DETAIL.find("ethernet") == DETAIL.layers[0]
    assert DETAIL.find("UDP") is None


def test_the_layers_in_one_line() -> None:
    assert layer_summary(DETAIL, "en") == "Ethernet ▸ TCP"


def test_a_value_wider_than_its_column_keeps_its_distance() -> None:
    wide = Node("x.y", "y" * 50, "v" * 60, (0, 1))
    shown = plain(tree_lines(Detail(b"a", (Node("x", "x", "", (0, 1), children=(wide,)),)), "en"))
    assert f"{'y' * 50}  {'v' * 60}  0" in shown
