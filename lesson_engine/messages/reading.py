"""What is said about answers that are read off a capture: their forms, and what is wrong with them."""

TEXTS = {
    # The answer file
    "reading.not_toml": (
        "{line} 行目を読めません。「名前 = 値」の形で、一行にひとつずつ書きます。",
        "Line {line} cannot be read. Write name = value, one a line.",
    ),
    "reading.quote_it": (
        '{line} 行目を読めません。数のほかは引用符 " " で囲みます。',
        'Line {line} cannot be read. What is not a number goes between quotes: " ".',
    ),
    "reading.not_answered": ("{key} がまだ書かれていません。", "{key} is not answered yet."),
    "reading.unknown_key": (
        "{key} という名前の問いはありません。{known} の綴りを確かめてください。",
        "No question is called {key}. Check the spelling: {known}.",
    ),
    "reading.twice": ("{what} が二度書かれています。", "{what} is there twice."),
    # Forms
    "reading.form.packet": (
        "パケットの番号を 7 のように書きます (答えは {found})。",
        "write a packet's number, such as 7 (the answer says {found}).",
    ),
    "reading.form.packets": (
        "パケットの番号を [1, 2] のように並べて書きます (答えは {found})。",
        "write packets' numbers, such as [1, 2] (the answer says {found}).",
    ),
    "reading.form.handshakes": (
        "接続ごとに三つの番号を [[1, 2, 3], [7, 8, 9]] のように書きます (答えは {found})。",
        "write three numbers for each connection, such as [[1, 2, 3], [7, 8, 9]] (the answer says {found}).",
    ),
    "reading.form.order": (
        '行の記号を ["A", "B"] のように順に書きます (答えは {found})。',
        'write the lines\' letters in order, such as ["A", "B"] (the answer says {found}).',
    ),
    "reading.form.number": (
        "数を書きます (答えは {found})。",
        "write a number (the answer says {found}).",
    ),
    "reading.form.sequence": (
        'seq の数を 1 か "1:80" のように書きます (答えは {found})。',
        'write the numbers behind seq, such as 1 or "1:80" (the answer says {found}).',
    ),
    "reading.form.port": (
        "ポートの番号を 80 のように書きます (答えは {found})。",
        "write a port's number, such as 80 (the answer says {found}).",
    ),
    "reading.form.address": (
        'アドレスを "192.168.1.50" のように書きます (答えは {found})。',
        'write an address, such as "192.168.1.50" (the answer says {found}).',
    ),
    "reading.form.time": (
        "行の先頭の時刻を、そのまま書きます (答えは {found})。",
        "write the time at the start of the line as it stands there (the answer says {found}).",
    ),
    "reading.form.flags": (
        'フラグを "S." か "SYN,ACK" のように書きます (答えは {found})。',
        'write flags such as "S." or "SYN,ACK" (the answer says {found}).',
    ),
    "reading.form.flag_names": (
        'フラグの名前を "SYN,ACK" のように書きます (答えは {found})。',
        'write the flags\' names, such as "SYN,ACK" (the answer says {found}).',
    ),
    "reading.form.choice": (
        '選択肢の記号を "a" のように書きます (答えは {found})。',
        'write an option, such as "a" (the answer says {found}).',
    ),
    # Packets
    "reading.no_such_packet": (
        "{number} 番のパケットはありません。{capture} は {packets} 番までです。",
        "There is no packet {number}; {capture} ends at {packets}.",
    ),
    "reading.not_this": ("{found} ではありません。", "It is not {found}."),
    "reading.is_not_tcp": ("TCP のパケットではありません。", "It is not TCP."),
    "reading.is_rst": ("R があるので RST (接続のリセット) です。", "It has R: a RST, which resets the connection."),
    "reading.is_syn_ack": ("S と . (ACK) があるので SYN-ACK です。", "It has S and the dot (ACK): a SYN-ACK."),
    "reading.is_syn": ("S だけなので SYN です。", "It has S alone: a SYN."),
    "reading.is_fin": ("F があるので FIN (切断要求) です。", "It has F: a FIN, which closes the connection."),
    "reading.is_data": (
        "データを運んでいるパケットです (length が 0 ではありません)。",
        "It carries data: its length is not 0.",
    ),
    "reading.is_ack": (
        "ACK ですが、ここで求めているものではありません。",
        "It is an ACK, but not the one asked for.",
    ),
    "reading.other_conversation": (
        "種類は合っていますが、別の接続 ({source} > {destination}) のものです。",
        "It is of the right kind, but of another connection ({source} > {destination}).",
    ),
    "reading.filtered_numbers": (
        "フィルタを付けて表示すると、番号は表示された行だけで数え直されます。フィルタなしの番号を答えてください。",
        "With a filter, tcpdump numbers only the lines it prints. Answer with the numbers of the unfiltered output.",
    ),
    # Handshakes
    "reading.row": ("{numbers}", "{numbers}"),
    "reading.connection": ("{client} > {server}   {numbers}", "{client} > {server}   {numbers}"),
    "reading.one_more_connection": (
        "ほかにも、確立した接続があります。",
        "There is one more connection that came about.",
    ),
    "reading.retransmit_is_many": (
        "{client} から seq {sequence} の SYN が何度か出ています。ポートも seq も同じなら、同じ接続の再送です。",
        "{client} sends the SYN with seq {sequence} more than once. Same port and same seq: one connection, retransmitting.",
    ),
    "reading.steps_out_of_order": (
        "この三つは順に {found} です。SYN、SYN-ACK、ACK の順に書きます。. は ACK を表します。",
        "These three are {found}, in this order. Write SYN, SYN-ACK, ACK; the dot is the ACK.",
    ),
    "reading.never_answered": (
        "{client} から {server} への SYN には、SYN-ACK が返っていません。SYN だけでは接続は確立していません。",
        "No SYN-ACK answers the SYN from {client} to {server}. A SYN alone is no connection.",
    ),
    "reading.mixed_conversations": (
        "三つのパケットが、ひとつの接続のものではありません。両端の IP アドレスとポートをそろえて見ます。",
        "These packets are not all of one connection. Compare the addresses and ports of both ends.",
    ),
    "reading.not_the_handshake": (
        "同じ接続のパケットですが、この三つはハンドシェイクではありません。",
        "They are of one connection, but these three are not its handshake.",
    ),
}
