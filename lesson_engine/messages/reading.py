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
    "reading.full_width": (
        "{line} 行目に全角の文字が混ざっています。数も記号も半角で書きます。",
        "Line {line} has characters of full width or curly quotes. Use plain ones.",
    ),
    "reading.not_answered": ("{key} がまだ書かれていません。", "{key} is not answered yet."),
    "reading.unknown_key": (
        "{key} という名前の問いはありません。{known} の綴りを確かめてください。",
        "No question is called {key}. Check the spelling: {known}.",
    ),
    "reading.twice": ("{what} が二度書かれています。", "{what} is there twice."),
    "reading.unanswered": (
        "{id} の問い {question} に、キャプチャから答えが出ません ({fault})。",
        "{id}, question {question}: its capture does not answer it ({fault}).",
    ),
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
    "reading.count_connections": (
        "接続は SYN の行数ではなく、両端のポートと seq の組で数えます。",
        "Count connections by both ports and the seq of their SYN, not by lines.",
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
    # Parts of a line
    "reading.other_part": (
        "「{found}」は行の別の部分です ({meaning})。",
        "“{found}” is another part of the line: {meaning}.",
    ),
    "reading.port_behind_dot": (
        "最後のドットより後ろはポート番号です。アドレスは四つの数までです。",
        "What stands behind the last dot is the port. The address is the four numbers before it.",
    ),
    "reading.length_is_payload": (
        "length は TCP が運ぶデータだけの長さです。ヘッダは含みません。",
        "length counts the data that TCP carries, without any header.",
    ),
    "reading.whole_time": (
        "小数点より後ろ (マイクロ秒) まで書きます。",
        "Write it with the digits behind the point, down to microseconds.",
    ),
    "reading.absolute_given": (
        "それは絶対値です。SYN から見ていれば、tcpdump は SYN を 0 とした相対値で表示します。絶対値で見るには -S を付けます。",
        "That is the absolute number. Where tcpdump has seen the SYN it prints numbers relative to it; -S prints absolute ones.",
    ),
    "reading.relative_given": (
        "それは SYN を 0 とした相対値です。ここは -S を付けた絶対値なので、SYN の seq に足した値になります。",
        "That is relative to the SYN. With -S the numbers are absolute: add it to the seq of the SYN.",
    ),
    "reading.syn_is_absolute": (
        "相対値なら 1 ですが、SYN のある行の seq と ack を、tcpdump はいつも絶対値で表示します。",
        "In relative numbers it would be 1, but tcpdump always prints absolute ones on lines that have a SYN.",
    ),
    "reading.range_end_is_next": (
        "seq の範囲の二つ目は、最後のバイトではなく、その次の番号です。引き算するとバイト数になります。",
        "The second number of a range is not the last byte but the one behind it: their difference is the length.",
    ),
    "reading.ack_is_next": (
        "ack は最後に受け取った番号ではなく、次に受け取りたい番号です。SYN と FIN も 1 と数えます。",
        "ack is not the last number received but the next one expected, and SYN and FIN count one each.",
    ),
    "reading.dot_overlooked": (
        ". が抜けています。. も ACK というフラグです。",
        "The dot is left out: it is a flag too, ACK.",
    ),
    "reading.no_dot": (
        ". がないので、ACK は立っていません。",
        "There is no dot, so ACK is not set.",
    ),
    "reading.the_line": ("問われている行です。", "The line that is asked about."),
    "reading.not_in_line": (
        "この行に {found} という値はありません。",
        "The line has no {found}.",
    ),
    "reading.rule.acknowledgment": (
        "ack は、相手から届いた最後の seq に、そのバイト数を足した数です。SYN と FIN は 1 と数えます。",
        "ack is the seq of what last came from the other side plus its bytes; SYN and FIN count one each.",
    ),
    "reading.rule.sequence": (
        "seq は、同じ側がそれまでに送ったところの続きです。相手の ack も、同じ数を待っています。",
        "seq goes on where the same side left off, which is the number that the other side's ack waits for.",
    ),
    # Predictions
    "reading.forecast_missed": (
        "答えに入っていませんが、一致するパケット ({found} 個のうちの一つ)",
        "A packet that it matches and the answer lacks (one of {found})",
    ),
    "reading.forecast_extra": (
        "答えに入っていますが、一致しないパケット ({found} 個のうちの一つ)",
        "A packet that the answer has and it does not match (one of {found})",
    ),
    "reading.not_on_the_list": (
        "{number} 番は一覧にありません。一覧にあるのは {listed} です。",
        "Packet {number} is not on the list, which has {listed}.",
    ),
    "reading.and_binds_tighter": (
        "and を or より先にまとめて読むと、この答えになります。tcpdump では and と or は同じ強さで、左から順に {read} と読まれます。",
        "This is what you get if and binds tighter than or. To tcpdump they have the same rank and are read from left to right: {read}.",
    ),
    "reading.or_leaks": (
        "or の前後だけをまとめて読むと、この答えになります。実際には左から順に {read} と読まれるので、or の後ろはそれだけで一致します。",
        "This is what you get if only the two sides of or belong together. It is read from left to right: {read}. What stands behind or matches on its own.",
    ),
    "reading.read_left_to_right": (
        "and と or は同じ強さで、左から順に読まれます。パケットごとに、条件をひとつずつ当てはめてみます。",
        "and and or have the same rank and are read from left to right. Try the conditions on a packet one by one.",
    ),
    # Order
    "reading.no_such_line": ("{letter} という行はありません。", "There is no line {letter}."),
    "reading.lines_missing": (
        "ここまでの順は合っています。まだ書かれていない行: {letters}",
        "The order is right so far. Lines still missing: {letters}",
    ),
    "reading.order.begins_without_syn": (
        "{letter} からは始まりません。接続は SYN ([S] だけの行) で始まります。",
        "It cannot begin with {letter}. A connection begins with a SYN, the line that has [S] alone.",
    ),
    "reading.order.acknowledges_unsent": (
        "{letter} の ack は、相手がまだ送っていないところまで受け取ったと言っています。",
        "{letter} acknowledges more than the other side has sent up to here.",
    ),
    "reading.order.acknowledges_less": (
        "{letter} の ack が、同じ側の前の行より小さくなっています。ack は減りません。",
        "{letter} has a smaller ack than a line of the same side before it. It never goes back.",
    ),
    "reading.order.leaves_a_gap": (
        "{letter} の前に、同じ側が先に送ったはずのものが抜けています。",
        "Before {letter} something is missing that its own side sent earlier.",
    ),
    "reading.order.comes_too_late": (
        "{letter} は、同じ側の前の行より先に送られたものです。",
        "{letter} was sent before a line of the same side that stands in front of it here.",
    ),
    # Choices, diagnosis and evidence
    "reading.no_such_option": (
        "{found} という選択肢はありません。{options} のどれかを書きます。",
        "There is no option {found}. Write one of {options}.",
    ),
    "reading.not_this_option": (
        "このキャプチャのパケットと合いません。",
        "The packets of this capture say otherwise.",
    ),
    "reading.refused_means_rst": (
        "返ってきたのは RST ではなく、{by} からの ICMP です。クライアントの表示が connection refused でも、RST とは限りません。",
        "What came back is no RST but ICMP from {by}. A client may say “connection refused” for either.",
    ),
    "reading.hides_icmp": (
        "返事はあります。{by} からの ICMP です。tcp port だけのフィルタでは ICMP が隠れるので、host でも見ます。",
        "There is an answer: ICMP from {by}. A filter on tcp port alone hides it; look by host as well.",
    ),
    "reading.syn_is_not_open": (
        "SYN が出ただけで、SYN-ACK は返っていません。接続は確立していません。",
        "There are SYNs only, and no SYN-ACK. Nothing was opened.",
    ),
    "reading.rejected_by_server": (
        "ICMP の文面に {server} が出てきますが、送信元は {by} です。> の左を見ます。",
        "The ICMP message speaks of {server}, but it comes from {by}: look left of the >.",
    ),
    "reading.who_sent_it": (
        "返ってきた行の > の左が、断った側のアドレスです。",
        "Who turned it away stands left of the > in the line that came back.",
    ),
    "reading.client_is_told": (
        "{client} は断られた側です。送信元は > の左にあります。",
        "{client} is the one that was turned away. Who sent it stands left of the >.",
    ),
    "reading.is_icmp": (
        "届けられなかったことを知らせる ICMP です。",
        "It is ICMP, which says that a packet was not delivered.",
    ),
    "reading.is_arp": (
        "アドレスの持ち主を尋ねる ARP、またはその返事です。",
        "It is ARP, which asks for the owner of an address, or answers.",
    ),
    "reading.shows_ack": (". だけなので ACK です。", "It has the dot alone: an ACK."),
    "reading.no_evidence": (
        "これは根拠になりません。{what}",
        "This is no evidence for it. {what}",
    ),
    "reading.one_syn_is_no_silence": (
        "SYN ひとつでは、まだ返事を待っているだけかもしれません。再送も根拠に加えます。",
        "A single SYN may only be waiting for its answer. Add a retransmission.",
    ),
    "reading.needs_the_answer": (
        "相手から返ってきたパケットが根拠になります。それが入っていません。",
        "What decides it is the packet that came back, and it is not among these.",
    ),
    "reading.one_question_is_no_silence": (
        "ARP の問い合わせひとつでは、まだ返事を待っているだけかもしれません。繰り返しも根拠に加えます。",
        "A single ARP request may only be waiting for its answer. Add another one.",
    ),
    "reading.needs_the_syn": ("SYN が入っていません。", "The SYN is not among these."),
    "reading.needs_the_syn_ack": ("SYN-ACK が入っていません。", "The SYN-ACK is not among these."),
}
