"""What is said about conversations: their symptoms, what the packets prove, and what they leave open."""

TEXTS = {
    "conversations.kind.host_not_there": ("相手のホストが見つからない", "host not there"),
    "conversations.kind.no_answer": ("応答なし", "no answer"),
    "conversations.kind.rejected": ("ICMP で拒否された", "rejected by ICMP"),
    "conversations.kind.refused": ("RST で拒否された", "refused by RST"),
    "conversations.kind.half_open": ("接続が途中で止まっている", "handshake left half-open"),
    "conversations.kind.stopped": ("途中から返事がない", "answers stopped"),
    "conversations.kind.reset": ("RST で打ち切られた", "reset"),
    "conversations.kind.lost_between": ("2 点の間で失われた", "lost between the two points"),
    "conversations.kind.made_between": ("送り主の側では出ていない", "not seen to leave its sender"),
    "conversations.kind.one_way": ("片方向しか見えない", "one way only"),
    "conversations.kind.zero_window": ("受信ウィンドウが 0 になった", "zero window"),
    "conversations.kind.loss": ("損失と再送", "loss and retransmission"),
    "conversations.kind.in_the_middle": ("途中だけが写っている", "seen in part"),
    "conversations.kind.established": ("接続確立", "established"),
    "conversations.kind.closed": ("正常に終了", "closed in order"),
    "conversations.label.known": ("分かること", "known"),
    "conversations.label.unknown": ("分からないこと", "not known"),
    "conversations.label.next": ("次に調べる場所", "look next"),
    "conversations.at_host": ("{host} で", "on {host}"),
    "conversations.between_points": ("2 点の間の機器で", "on a box between the two points"),
    "conversations.from_capture": ("{name} から:", "from {name}:"),
    "conversations.left_out": ("… {count} 個省略", "… {count} more"),
    "conversations.same_again": ("同じ症状がほかに {count} 件", "the same again: {count}"),
    "conversations.well": (
        "問題のない TCP の会話 {count} 件 ({kinds})",
        "TCP conversations without trouble: {count} ({kinds})",
    ),
    "conversations.well_others": (
        "ほかの TCP の会話 {count} 件に問題はありません ({kinds})",
        "other TCP conversations, without trouble: {count} ({kinds})",
    ),
    "conversations.nothing": ("調べる TCP の会話がありません。", "There is no TCP conversation to look at."),
    "conversations.seconds": ("{seconds} 秒", "{seconds} s"),
    "conversations.milliseconds": ("{milliseconds} ミリ秒", "{milliseconds} ms"),
    "conversations.reason.net_unreachable": ("ネットワークに到達できない", "network unreachable"),
    "conversations.reason.host_unreachable": ("ホストに到達できない", "host unreachable"),
    "conversations.reason.protocol_unreachable": ("プロトコルに到達できない", "protocol unreachable"),
    "conversations.reason.port_unreachable": ("ポートに到達できない", "port unreachable"),
    "conversations.reason.prohibited": ("管理者の設定で禁止", "administratively prohibited"),
    "conversations.reason.too_big": ("大きすぎて転送できない", "too big to forward"),
    "conversations.reason.hops_exceeded": ("TTL が尽きた", "hop limit exceeded in transit"),
    "conversations.reason.unreachable": ("到達できない", "unreachable"),
    "conversations.known.host_not_there": (
        "{asker} が {protocol} で {address} を {time}のあいだに {count} 回尋ね、誰も答えていません。",
        "{asker} asked for {address} by {protocol} {count} times within {time}, and nobody answered.",
    ),
    "conversations.known.nothing_sent": (
        "相手の MAC アドレスが分からないので、{address} 宛てのパケットはまだ 1 つも送り出されていません。",
        "Without its hardware address not one packet to {address} can leave: there is no SYN to look for.",
    ),
    "conversations.unknown.host_not_there": (
        "{address} の電源が入っていないのか、ケーブルや VLAN が違うのか、アドレスの書き間違いなのか。",
        "Whether {address} is switched off, on another cable or VLAN, or simply the wrong address.",
    ),
    "conversations.known.no_answer": (
        "{client} は SYN を送り、{time}たっても {server} からは何も返っていません。",
        "{client} sent its SYN, and for {time} nothing came back from {server}.",
    ),
    "conversations.known.same_syn": (
        "{count} 個の SYN は seq {sequence} が同じです。1 つの接続の再送で、クライアントが何台もいるのではありません。",
        "All {count} SYNs have the same seq {sequence}: one connection retransmitting, not several clients.",
    ),
    "conversations.unknown.no_answer": (
        "{server} が黙っているのか、行きの SYN か帰りの SYN-ACK が途中で捨てられたのか。"
        "このキャプチャだけでは区別できません。",
        "Whether {server} keeps silent, or the SYN or its answer was dropped on the way. This capture cannot tell which.",
    ),
    "conversations.unknown.seen_is_not_received": (
        "サーバーで取ったキャプチャでも同じです。tcpdump は受信パケットを netfilter より手前で見るので、"
        "SYN が写っていても INPUT や OUTPUT で捨てられていることがあります。",
        "That holds at the server, too: tcpdump sees what comes in before netfilter does, so a SYN that is shown may "
        "still be dropped by INPUT, and its answer by OUTPUT.",
    ),
    "conversations.known.unfinished": (
        "ハンドシェイクの途中でキャプチャが終わっています。最後のパケットから 1 秒もたっていません。",
        "The capture ends in the middle of the handshake, less than a second after its last step.",
    ),
    "conversations.unknown.unfinished": (
        "このあと返事が来たのかどうか。",
        "Whether the answer came later.",
    ),
    "conversations.known.rejected": (
        "{by} が {to} 宛てのパケットを ICMP で拒否しました: {reason}。",
        "{by} rejected the packet to {to} by ICMP: {reason}.",
    ),
    "conversations.known.goes_on_trying": (
        "拒否されたあとの分も含めて、SYN は {count} 個あります。",
        "There are {count} SYNs, counting those after the rejection.",
    ),
    "conversations.known.quoted_only": (
        "拒否されたパケットそのものは写っていません。ICMP が引用したヘッダーから読み取りました。",
        "The rejected packet itself is not in the capture; its addresses and ports are those that the ICMP error quotes.",
    ),
    "conversations.unknown.rejected_by_server": (
        "{server} 自身が拒否したのか、手前のファイアウォールが {server} の名で ICMP を返したのか。"
        "「connection refused」は RST だけでなく ICMP でも出ます。",
        "Whether {server} itself rejects, or a firewall before it answers in its name. “Connection refused” is "
        "said for ICMP as well as for RST.",
    ),
    "conversations.unknown.rejected_on_the_way": (
        "{by} を通れば {server} が答えるのかどうか。パケットはそこまで届いていません。",
        "Whether {server} would answer: the packet got no farther than {by}.",
    ),
    "conversations.known.refused": (
        "{server} の名で RST が {time}後に返りました。SYN は誰かに届き、返事も戻ってきています。",
        "A RST came back from {server} after {time}: somebody got the SYN, and the way back works.",
    ),
    "conversations.unknown.refused": (
        "{server} のポートで何も待ち受けていないのか、ファイアウォールが RST で断っているのか (reject with tcp reset)。",
        "Whether nothing listens on that port of {server}, or a firewall refuses in its name (reject with tcp reset).",
    ),
    "conversations.known.same_hop_limit": (
        "RST の TTL は {found} で、同じアドレスからのほかのパケット ({others}) と同じです。",
        "The RST has TTL {found}, as other packets from that address have ({others}).",
    ),
    "conversations.known.other_hop_limit": (
        "RST の TTL は {found} で、同じアドレスからのほかのパケット ({others}) と違います。"
        "別の機器が代わりに送った疑いがあります。",
        "The RST has TTL {found}, other packets from that address {others}: it may come from another box.",
    ),
    "conversations.known.half_open": (
        "{server} は SYN-ACK を {count} 回送りましたが、それへの ACK がありません。",
        "{server} sent its SYN-ACK (times seen: {count}), and no ACK for it followed.",
    ),
    "conversations.known.syn_after_answer": (
        "SYN-ACK が出たあとも {client} は同じ SYN を {count} 回送っています。SYN-ACK を受け取っていません。",
        "{client} sent its SYN again after that (times: {count}): the SYN-ACK does not reach it.",
    ),
    "conversations.unknown.answer_lost": (
        "SYN-ACK がここから {client} までのどこで失われたのか。",
        "Where between here and {client} the SYN-ACK gets lost.",
    ),
    "conversations.unknown.ack_missing": (
        "SYN-ACK が {client} に届いていないのか、{client} の ACK がここに届いていないのか、"
        "{client} がもういないのか。送信元を偽った SYN かもしれません。",
        "Whether the SYN-ACK does not reach {client}, its ACK does not reach this point, or it is gone. The SYN may "
        "also have a forged source.",
    ),
    "conversations.known.old_connection": (
        "{server} は SYN に SYN-ACK でも RST でもなく ACK を返しました。前の接続がまだ生きていると思っています。",
        "{server} answered the SYN by a plain ACK, neither SYN-ACK nor RST: to it an older connection is still open.",
    ),
    "conversations.unknown.old_connection": (
        "前の接続がなぜ {server} にだけ残ったのか。クライアントの再起動や、FIN・RST の喪失が考えられます。",
        "Why only {server} still has that connection: the client may have restarted, or its FIN or RST was lost.",
    ),
    "conversations.known.reset": (
        "{by} が RST で接続を打ち切りました。始まりから {time}後、{bytes} バイトを運んだところです。",
        "{by} ended the connection by RST, {time} after it began and with {bytes} bytes carried.",
    ),
    "conversations.known.reset_before_open": (
        "ハンドシェイクが終わる前に {by} が RST を送りました。",
        "{by} sent a RST before the handshake was complete.",
    ),
    "conversations.known.reset_alone": (
        "{by} からの RST です。その前のやり取りは写っていません。",
        "A RST from {by}; what it answers is not in the capture.",
    ),
    "conversations.known.reset_after_fin": (
        "{by} は先に FIN を送っています。閉じたあとに届いたデータへの RST なら、珍しいことではありません。",
        "{by} had sent its FIN before. A RST for data that comes after one's own close is not unusual.",
    ),
    "conversations.unknown.reset": (
        "{by} のアプリケーションが打ち切ったのか、途中の機器が {by} の名で RST を送ったのか。理由も写りません。",
        "Whether the application on {by} gave up, or a box on the way sent the RST in its name; and why.",
    ),
    "conversations.known.stopped": (
        "{silent} は #{last} を最後に黙りました。{sender} はそのあと {time}のあいだに {count} 回送り直しています。",
        "Nothing came from {silent} after #{last}, while {sender} sent again {count} times within {time}.",
    ),
    "conversations.known.too_big": (
        "{by} が「大きすぎて転送できない」と ICMP で知らせています。次の区間の MTU は {mtu} です。",
        "{by} says by ICMP that a packet is too big to forward: the next hop's MTU is {mtu}.",
    ),
    "conversations.known.only_long_ones": (
        "届かないのは {lost} バイト以上のデータで、{through} バイトまでは届いています。経路の MTU を疑ってください。",
        "Segments of {lost} bytes and more do not get through, those of up to {through} did: suspect the path's MTU.",
    ),
    "conversations.unknown.stopped": (
        "データが {silent} に届いていないのか、返事が戻ってこないのか、{silent} が止まっているのか。",
        "Whether the data does not reach {silent}, its answers do not come back, or it hangs.",
    ),
    "conversations.known.answers_only": (
        "{sender} の SYN-ACK だけが写っています。その前に {other} の SYN があったはずです。",
        "Only the SYN-ACKs of {sender} are here; the SYN of {other} that they answer must have been sent.",
    ),
    "conversations.known.acks_advance": (
        "{sender} から {other} への向きしか写っていません。ack の値が進んでいるので、{other} も送っています。",
        "Only what {sender} sends to {other} is here. Its ack numbers advance, so {other} does send.",
    ),
    "conversations.known.one_way": (
        "{sender} から {other} への向きしか写っていません。",
        "Only what {sender} sends to {other} is here.",
    ),
    "conversations.known.client_goes_on": (
        "サーバーからのパケットは 1 つもないのに、{client} は #{number} で先へ進んでいます。"
        "SYN-ACK を受け取ったはずです。",
        "No packet from the server is here, yet {client} goes on in #{number}: it must have got a SYN-ACK.",
    ),
    "conversations.unknown.one_way": (
        "{other} からのパケットが別の経路を通っているのか、キャプチャの条件 (フィルタ、インターフェース、"
        "ミラーポートの向き) で落ちているのか。",
        "Whether the packets of {other} take another way, or this capture leaves them out: by its filter, its interface, "
        "or a mirror port of one direction.",
    ),
    "conversations.known.zero_window_opened": (
        "{by} が「もう受け取れない」(win 0) と知らせ、{time}後に再開しました。",
        "{by} announced that it has no room (win 0), and opened again after {time}.",
    ),
    "conversations.known.zero_window_to_the_end": (
        "{by} が「もう受け取れない」(win 0) と知らせたまま、{time}後のキャプチャの終わりまで開いていません。",
        "{by} announced that it has no room (win 0), and had not opened again when the capture ended {time} later.",
    ),
    "conversations.unknown.zero_window": (
        "{by} のアプリケーションがなぜ読まないのか。ネットワークの問題ではありません。",
        "Why the application on {by} does not read. The network is not at fault.",
    ),
    "conversations.known.sent_again": (
        "{count} 個のセグメントが送り直されています。",
        "Segments sent again: {count}.",
    ),
    "conversations.known.lost_behind": (
        "そのうち {count} 個は元のパケットも写っています。失われたのは、ここより先か、戻ってくる ACK です。",
        "Of {count} the first copy is here, too: what got lost was lost behind this point, or it was the ACK.",
    ),
    "conversations.known.gaps": (
        "seq が飛んだところが {count} か所あります。間のパケットはここに来る前に失われたか、遅れて届きました。",
        "Places where seq jumps ahead: {count}. What lies between was lost before this point, or came late.",
    ),
    "conversations.known.acks_unseen": (
        "写っていないデータへの ACK が {count} 個あります。失われたのではなく、キャプチャが取りこぼしたものです。",
        "ACKs for data that is not here: {count}. That data arrived; it is the capture that missed it.",
    ),
    "conversations.unknown.loss": (
        "どの区間で失われたのか。両端で同時に取って比べれば分かります。",
        "On which part of the way. Captures at both ends, taken at the same time, would show it.",
    ),
    "conversations.known.in_the_middle": (
        "接続の始まりか終わりが写っていません。写っている範囲に問題はありません。",
        "Its beginning or its end is not in the capture. What is here shows no trouble.",
    ),
    "conversations.known.captured_twice": (
        "{count} 個のパケットは 2 回写っています (IP の ID が同じ)。再送ではなく、2 つのインターフェースで取れたものです。",
        "Packets captured twice: {count}, with the same IP id. No retransmissions: two interfaces on the way were captured.",
    ),
    "conversations.known.established": (
        "3 ウェイハンドシェイクは完了し、キャプチャの終わりまで開いたままです。",
        "The three-way handshake is complete, and the connection was open when the capture ended.",
    ),
    "conversations.known.closed_fin": (
        "{by} が先に FIN を送り、両側とも閉じました。",
        "{by} sent the first FIN, and both sides closed.",
    ),
    "conversations.known.closed_simultaneous": (
        "両側が同時に FIN を送って閉じました。",
        "Both sides sent their FIN at the same time.",
    ),
    "conversations.next.syn_arrives": (
        "SYN が届くか、SYN-ACK が出ていくかを見ます。出ていかなければ、ss -ltn と nft list ruleset の番です。",
        "Does the SYN arrive, does a SYN-ACK leave? If none leaves, look at ss -ltn and nft list ruleset.",
    ),
    "conversations.next.rejects": (
        "パケットがここで拒否されるのを見ます。あわせてルールを調べます (nft list ruleset、ip route)。",
        "See it rejected there, and look at its rules (nft list ruleset, ip route).",
    ),
    "conversations.next.rst_leaves": (
        "{host} から本当に RST が出ているかを見ます。出ていなければ、途中の機器が作った RST です。",
        "Does the RST really leave {host}? If not, a box on the way made it.",
    ),
    "conversations.next.answer_arrives": (
        "SYN-ACK が {host} まで届くか、ACK が出ていくかを見ます。",
        "Does the SYN-ACK reach {host}, and does its ACK leave?",
    ),
    "conversations.next.old_connection": (
        "{host} でやり取りを見ます。古い接続が残っていないかは ss -tn で分かります。",
        "Watch it on {host}; ss -tn shows whether the old connection is still there.",
    ),
    "conversations.next.data_arrives": (
        "送り直されたデータが {host} に届くか、ACK が出ていくかを見ます。",
        "Does the repeated data reach {host}, and does an ACK leave?",
    ),
    "conversations.next.question_arrives": (
        "{asker} からの問い合わせが {host} に届いているかを見ます。届いていなければ L2 (ケーブル、VLAN、スイッチ) です。",
        "Does the question of {asker} reach {host}? If not, look at cables, VLANs and switches.",
    ),
    "conversations.next.both_ways": (
        "{host} のすべてのインターフェースで両方向を見ます。",
        "See both directions, on all interfaces of {host}.",
    ),
    "conversations.next.window": (
        "win 0 が続く時間を測ります。あわせて ss -tmn で受信バッファを、top でアプリケーションを見ます。",
        "See how long win 0 lasts; look at the receive buffer with ss -tmn, and at the application.",
    ),
    "conversations.next.both_ends": (
        "反対側の {host} でも同時に取ります。そのあと tutor diagnose HERE --and there.pcap で比べられます。",
        "Capture at the other end, {host}, at the same time; then compare: tutor diagnose HERE --and there.pcap",
    ),
    "conversations.known.seen_at_both": (
        "もう一方のキャプチャにも同じパケットが {count} 個あり、2 点の間では何も失われていません。",
        "The other capture has the same packets ({count}): nothing was lost between the two points.",
    ),
    "conversations.known.seen_at_one": (
        "もう一方のキャプチャにはこの会話が写っていません。別の経路を通ったか、フィルタで外れています。",
        "The other capture has nothing of this conversation: it takes another way there, or the filter left it out.",
    ),
    "conversations.known.lost_between": (
        "{to} へ向かうパケットのうち {lost} 個は、送り主の側にだけ写っています。両方に写っているのは {passed} 個です。",
        "Packets to {to} that only the capture on the sender's side has: {lost}. Seen at both: {passed}.",
    ),
    "conversations.known.made_between": (
        "{by} を名乗る{kinds}が {made} 個ありますが、{by} に近い側のキャプチャにはありません。",
        "{kinds} in the name of {by} that the capture nearer to it lacks: {made}.",
    ),
    "conversations.known.untold": (
        "ほかに {count} 個は、もう一方のキャプチャが動いていない時間のもので、判断できません。",
        "Of {count} more nothing can be said: the other capture had not begun or was over.",
    ),
    "conversations.unknown.lost_between": (
        "2 点の間のどの機器が捨てたのか。tcpdump 自身が取りこぼした場合もこう見えるので、"
        "終了時の「dropped by kernel」が 0 だったかを確かめてください。",
        "Which box between the two points drops them. Packets that tcpdump itself missed look the same: check that it "
        "ended with 0 “dropped by kernel”.",
    ),
    "conversations.unknown.made_between": (
        "2 点の間の機器が作ったのか (RST を返すファイアウォールなど)、別の経路を通ったのか。"
        "tcpdump が取りこぼした場合もこう見えます。",
        "Whether a box between the two points made them, such as a firewall that resets, or they took another way. "
        "Packets that tcpdump missed look the same.",
    ),
    "conversations.unknown.clock": (
        "両方に写っているパケットが 1 つもないので、2 台の時計のずれは分かりません。ずれはないものとして比べました。",
        "How far the two clocks differ: no packet is in both captures. They were taken to agree.",
    ),
    "conversations.next.between": (
        "2 点の間のルーターやファイアウォールで取り、どこまで届くかを見ます。",
        "On a router or firewall between the two: how far do they get?",
    ),
    "conversations.flags.rst": (" RST ", "RSTs"),
    "conversations.flags.syn_ack": (" SYN-ACK ", "SYN-ACKs"),
    "conversations.flags.any": ("パケット", "Packets"),
}
