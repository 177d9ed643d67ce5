"""What drills and the quiz ask, and what is said of answers."""

TEXTS = {
    "drills.none": ("どれも当てはまらない", "none of them"),
    "drills.cannot_tell": ("このキャプチャだけでは分からない", "this capture alone cannot tell"),
    "drills.topic.line": ("出力の一行を読む", "Reading a line"),
    "drills.topic.flags": ("フラグを読む", "Reading flags"),
    "drills.topic.matches": ("フィルタの一致を予想する", "Predicting matches"),
    "drills.topic.filter": ("フィルタを書く", "Writing filters"),
    "drills.topic.handshake": ("3ウェイハンドシェイク", "The three-way handshake"),
    "drills.topic.symptom": ("つながらないときの症状", "When a connection fails"),
    "drills.topic.command": ("tcpdump のコマンド", "tcpdump commands"),
    # How to answer
    "drills.answer.choice": (
        "1 から {last} の番号か、a、b などの文字で答えます。",
        "Answer with a number from 1 to {last}, or a letter: a, b, ...",
    ),
    "drills.answer.packet": (
        "行の番号 (1 から {last}) をひとつ答えます。",
        "Answer with the number of one line, 1 to {last}.",
    ),
    "drills.answer.packets": (
        "行の番号 (1 から {last}) をすべて、空白で区切って答えます。なければ「なし」です。",
        "Answer with the numbers of all such lines (1 to {last}) with blanks between, or none.",
    ),
    "drills.answer.order": (
        "1 から {last} の番号を、順に空白で区切って並べます。",
        "Write the numbers 1 to {last} in order, with blanks between.",
    ),
    "drills.answer.value": ("数で答えます。", "Answer with a number."),
    "drills.answer.flags": (
        "フラグを答えます。[F.] のような記号でも、FIN,ACK のような名前でもかまいません。",
        "Answer with the flags: as symbols like [F.], or as names like FIN,ACK.",
    ),
    "drills.answer.word": ("行の中の文字を、そのまま書き写して答えます。", "Answer by copying that part of the line."),
    "drills.answer.filter": ("フィルタを一行で書きます。", "Write a filter, on one line."),
    "drills.answer.command": ("tcpdump のコマンドを一行で書きます。", "Write a tcpdump command, on one line."),
    # The parts of a line
    "drills.part.time": ("パケットを捕まえた時刻", "the time of capture"),
    "drills.part.source": ("送信元の IP アドレス", "the source IP address"),
    "drills.part.source_port": ("送信元のポート番号", "the source port"),
    "drills.part.destination": ("宛先の IP アドレス", "the destination IP address"),
    "drills.part.destination_port": ("宛先のポート番号", "the destination port"),
    "drills.part.sequence": ("このパケットのシーケンス番号", "this packet's sequence number"),
    "drills.part.acknowledgment": (
        "確認応答番号 (次に欲しいシーケンス番号)",
        "the acknowledgment number (the sequence number wanted next)",
    ),
    "drills.part.window": ("受信ウィンドウ (まだ受け取れる量)", "the receive window (room for more data)"),
    "drills.part.length": ("運んでいるデータの長さ", "the length of the data carried"),
    "drills.part.dns_id": ("DNS の問い合わせ番号", "the id of the DNS query"),
    "drills.part.dns_question": ("DNS で尋ねている種類と名前", "the type and name that DNS is asked for"),
    "drills.part.dns_counts": ("DNS の答えの数 (回答/権威/追加)", "how many DNS records are in the answer"),
    "drills.part.icmp_sequence": ("何回目の ping か", "which ping of the run it is"),
    "drills.part.arp_target": (
        "MAC アドレスを尋ねられている IP アドレス",
        "the IP address whose MAC address is asked for",
    ),
    "drills.part.arp_sender": ("尋ねている側の IP アドレス", "the IP address of the one who asks"),
    "drills.part.arp_owner": ("答えたホストの IP アドレス", "the IP address of the one who answers"),
    "drills.part.arp_mac": ("尋ねられたホストの MAC アドレス", "the MAC address that was asked for"),
    "drills.part.interface": ("パケットが通ったインターフェース", "the interface that the packet came through"),
    "drills.part.direction": ("受信したか、送信したか", "whether it was received or sent"),
    "drills.part.option_mss": (
        "1 セグメントで受け取れるデータの上限 (MSS)",
        "the most data that may come in one segment (MSS)",
    ),
    "drills.part.option_window_scale": ("ウィンドウに掛ける倍率", "the factor by which windows are to be multiplied"),
    # Reading a line
    "drills.line.means": ("この行の {text} は何ですか。", "What is {text} in this line?"),
    "drills.line.means_hint": (
        "行は、時刻、プロトコル、送信元 > 宛先、中身の順に並びます。TCP の中身は Flags、seq、ack、win、length です。",
        "A line goes: time, protocol, source > destination, content. For TCP the content is Flags, seq, ack, win, length.",
    ),
    "drills.line.find": ("この行から、{name}を書き写してください。", "Copy from this line: {name}."),
    "drills.line.find_hint": (
        "> の左が送信元、右が宛先です。IPv4 アドレスは四つの数で、ポートがあれば最後の . の後ろに付きます。",
        "Left of > is the source, right of it the destination. An IPv4 address is four numbers; a port follows after one more dot.",
    ),
    "drills.line.meaning": ("{text} は「{meaning}」です。", "{text}: {meaning}."),
    "drills.line.that_is": ("{name}は、この行では {text} です。", "In this line, {name} is {text}."),
    "drills.line.bytes": (
        "この行のパケットは、TCP のデータを何バイト運んでいますか。",
        "How many bytes of TCP data does this packet carry?",
    ),
    "drills.line.bytes_explained": (
        "length が TCP のデータの長さで、ここでは {bytes} バイトです。ヘッダーは含みません。",
        "length is the length of the TCP data without any headers: here {bytes} bytes.",
    ),
    "drills.line.bytes_hint": ("length を見ます。", "Look at length."),
    "drills.line.length_zero": (
        "この行の length 0 から分かることはどれですか。",
        "What does length 0 say in this line?",
    ),
    "drills.line.no_data": ("TCP のデータを運んでいない", "it carries no TCP data"),
    "drills.line.empty_packet": ("パケットの中身が空である", "the packet is empty"),
    "drills.line.empty_packet_thought": (
        "このフレームは {bytes} バイトあります。Ethernet、IP、TCP のヘッダーは入っています。",
        "This frame has {bytes} bytes: there are the Ethernet, IP and TCP headers.",
    ),
    "drills.line.cut_packet": ("途中で切れて保存されている", "it was cut off when it was captured"),
    "drills.line.cut_packet_thought": (
        "切れたパケットには [|tcp] のような印が付きます。",
        "A packet that was cut is marked, for example by [|tcp].",
    ),
    "drills.line.closed": ("接続が終わった", "the connection is over"),
    "drills.line.closed_thought": (
        "接続の終わりは Flags の F か R で分かります。",
        "The end of a connection shows in the flags, as F or R.",
    ),
    "drills.line.length_zero_explained": (
        "length は TCP のデータだけの長さです。SYN や ACK だけのパケットでは 0 になりますが、フレームは {bytes} バイトあります。",
        "length counts the TCP data alone. It is 0 for a mere SYN or ACK, though the frame has {bytes} bytes.",
    ),
    "drills.line.length_zero_hint": (
        "length は、何の長さを数えたものでしょうか。",
        "What is it that length counts?",
    ),
    "drills.line.relative_ack": ("3 行目が ack 1 となっているのはなぜですか。", "Why does line 3 say ack 1?"),
    "drills.line.ack_is_relative": (
        "相手の最初のシーケンス番号を 0 として数え直した値だから",
        "it is counted from the other side's first sequence number",
    ),
    "drills.line.ack_counts_packets": ("パケットを 1 個受け取ったから", "one packet has been received"),
    "drills.line.ack_counts_packets_thought": (
        "TCP が数えるのはパケットではなくバイトです (SYN と FIN は 1 と数えます)。",
        "TCP counts bytes, not packets; SYN and FIN count one each.",
    ),
    "drills.line.ack_counts_bytes": ("データを 1 バイト受け取ったから", "one byte of data has been received"),
    "drills.line.ack_counts_bytes_thought": (
        "まだデータは届いていません (length 0)。1 は SYN の分です。",
        "No data has come yet (length 0). The 1 stands for the SYN.",
    ),
    "drills.line.ack_is_absolute": ("シーケンス番号はいつも 1 から始まるから", "sequence numbers always begin at 1"),
    "drills.line.ack_is_absolute_thought": (
        "最初の番号は 1 行目と 2 行目の seq にある大きな数です。接続ごとに変わります。",
        "The first numbers are the large ones in lines 1 and 2 (seq). They differ for each connection.",
    ),
    "drills.line.relative_ack_explained": (
        "実際の値は {acknowledgment} です。tcpdump は SYN を見た接続では番号を相対値で表示します。-S を付けると実際の値になります。",
        "The real number is {acknowledgment}. Once tcpdump has seen the SYN it prints relative numbers; with -S, the real ones.",
    ),
    "drills.line.relative_ack_hint": (
        "2 行目の seq の値と見比べてみてください。",
        "Compare it with seq in line 2.",
    ),
    # Flags
    "drills.flags.means": (
        "この行の Flags [{symbols}] は何を表しますか。",
        "What does Flags [{symbols}] mean in this line?",
    ),
    "drills.flags.explained": (
        "[{symbols}] は {names} です。. は ACK を表します。",
        "[{symbols}] is {names}. The dot stands for ACK.",
    ),
    "drills.flags.hint": (
        "S、F、R、P は、それぞれの英語名の頭文字です。ACK だけは文字ではなく . で表します。",
        "S, F, R and P are first letters. ACK alone has no letter: it is the dot.",
    ),
    "drills.flags.shown_as": ("それは Flags [{symbols}] と表示されます。", "That is shown as Flags [{symbols}]."),
    "drills.flags.symbol": (
        "tcpdump の出力で、{name} を表す記号はどれですか。",
        "Which symbol does tcpdump print for {name}?",
    ),
    "drills.flags.stands_for": ("{symbol} は {name} を表します。", "{symbol} stands for {name}."),
    "drills.flags.dot": (". は ACK を表します。", "The dot stands for ACK."),
    "drills.flags.no_a": ("A という記号はありません。", "There is no symbol A."),
    "drills.flags.has": (
        "{name} が立っているのはどの行ですか。すべて選んでください。",
        "In which lines is {name} set? Name all of them.",
    ),
    "drills.flags.blank": ("____ に入るフラグは何ですか。", "Which flags belong in place of ____?"),
    "drills.flags.blank_explained": (
        "3ウェイハンドシェイクは [S]、[S.]、[.] の順に進みます。",
        "A three-way handshake goes [S], [S.], [.].",
    ),
    "drills.flags.blank_hint": (
        "どちらの向きの、何番目のパケットかを考えます。3 行で 3ウェイハンドシェイクになっています。",
        "Look at its direction and its place: the three lines are a three-way handshake.",
    ),
    "drills.flags.filter_hint": (
        "& の右側は、見るビットを選ぶマスクです。= は、そのビットがちょうどその値であることを求めます。",
        "What stands right of & chooses the bits to look at; = asks for exactly that value of them.",
    ),
    "drills.flags.only_syn": (
        "接続を始める SYN だけに一致し、SYN-ACK には一致しないフィルタはどれですか。ECN 付きの SYN も含めます。",
        "Which filter matches the SYNs that open connections, those with ECN too, but no SYN-ACKs?",
    ),
    "drills.flags.only_syn_explained": (
        "SYN と ACK の二つのビットだけを見て、SYN が立ち、ACK が立っていないことを求めます。",
        "It looks at the bits of SYN and ACK alone: SYN must be set, ACK must not.",
    ),
    "drills.flags.only_rst": (
        "RST が立っているパケットすべてに一致するフィルタはどれですか。",
        "Which filter matches all packets that have RST set?",
    ),
    "drills.flags.only_rst_explained": (
        "RST のビットだけを見ます。接続を断る RST には ACK も立っています ([R.])。",
        "It looks at the bit of RST alone. A RST that refuses a connection has ACK too: [R.].",
    ),
    "drills.flags.only_syn_ack": (
        "SYN-ACK だけに一致するフィルタはどれですか。",
        "Which filter matches SYN-ACKs and nothing else?",
    ),
    "drills.flags.only_syn_ack_explained": (
        "SYN と ACK のビットを見て、両方が立っていることを求めます。!= 0 では、どちらか一方でも一致します。",
        "Of the bits of SYN and ACK both must be set. With != 0, either of them would do.",
    ),
    # Predicting matches
    "drills.matches.reads": (
        "次のフィルタに一致するのはどの行ですか。すべて選んでください。\n{filter}",
        "Which of these lines does this filter match? Name all of them.\n{filter}",
    ),
    "drills.matches.reads_host": (
        "src も dst も付けない host は、送るパケットにも届くパケットにも一致します。",
        "host without src or dst matches what the host sends and what it receives.",
    ),
    "drills.matches.reads_source": (
        "src host は、そのホストが送るパケットだけに一致します。",
        "src host matches only what the host sends.",
    ),
    "drills.matches.reads_destination-port": (
        "dst port は、宛先がそのポートのパケットだけに一致します。返事では送信元がそのポートです。",
        "dst port matches only packets to that port. In replies it is the source port.",
    ),
    "drills.matches.reads_source-port": (
        "src port は、送信元がそのポートのパケット、つまりサーバーからの返事に一致します。",
        "src port matches packets from that port: the server's replies.",
    ),
    "drills.matches.reads_port": (
        "port だけでは、TCP と UDP のどちらにも一致します。",
        "port alone matches TCP and UDP.",
    ),
    "drills.matches.reads_tcp-port": (
        "tcp port は、TCP のパケットだけに一致します。DNS は普段 UDP を使います。",
        "tcp port matches TCP alone; DNS mostly uses UDP.",
    ),
    "drills.matches.reads_and": (
        "and では、両方の条件を満たすパケットだけに一致します。",
        "With and, a packet must satisfy both conditions.",
    ),
    "drills.matches.reads_or": (
        "or では、どちらか一方を満たせば一致します。",
        "With or, either of the conditions is enough.",
    ),
    "drills.matches.reads_inherited": (
        "{second} は前の修飾子 port を引き継ぎ、{read} と読まれます。",
        "{second} inherits port from before it, so it is read as {read}.",
    ),
    "drills.matches.reads_both-ports": (
        "ひとつのパケットが、同時に両方のポートを使うことはまずありません。どちらかでよければ or です。",
        "One packet hardly ever has both of these ports. If either will do, it is or.",
    ),
    "drills.matches.reads_not": (
        "TCP であり、かつ {port} 番ポートではないパケットだけに一致します。UDP や ICMP、ARP には一致しません。",
        "It matches what is TCP and is not port {port}: no UDP, no ICMP, no ARP.",
    ),
    "drills.matches.reads_not-or": (
        "not は host {host} だけにかかり、{read} と読まれます。{other} の通信は残ります。",
        "not covers host {host} alone: {read}. The traffic of {other} stays.",
    ),
    "drills.matches.reads_not-and": (
        "not は host {host} だけにかかります。{other} の通信のうち、{host} とのものを除いた残りに一致します。",
        "not covers host {host} alone: it matches the traffic of {other}, but for that with {host}.",
    ),
    "drills.matches.reads_mixed": (
        "and と or は同じ強さで、左から順に {read} と読まれます。53 番ポートでないものには一致しません。",
        "and and or have equal rank, from left to right: {read}. Whatever is not port 53 is not matched.",
    ),
    "drills.matches.reads_or-leaks": (
        "左から順に {read} と読まれるので、{second} 番ポートはどのホストのものでも一致します。",
        "From left to right it is read as {read}: port {second} matches for any host.",
    ),
    "drills.matches.reads_became-host": (
        "{port} は前の host を引き継いで、{read} と読まれます。そのようなパケットはありません。ポートなら port {port} と書きます。",
        "{port} inherits host, so it is read as {read}: no packet is that. For a port, write port {port}.",
    ),
    "drills.matches.reads_group": (
        "括弧の中が先にまとまるので、{host} の通信のうち、どちらかのポートのものに一致します。",
        "The parentheses come first: of the traffic of {host}, either of the ports.",
    ),
    "drills.matches.reads_icmp": (
        "{host} の ICMP だけに一致します。TCP や UDP には一致しません。",
        "It matches the ICMP of {host} alone: no TCP, no UDP.",
    ),
    "drills.matches.hint": (
        "host と port は、src や dst がなければ両方向に一致します。and と or は同じ強さで、左から順に読みます。",
        "host and port match both directions unless src or dst says otherwise. and and or have equal rank, from left to right.",
    ),
    "drills.matches.extra": ("この行には一致しません。", "This line is not matched."),
    "drills.matches.missed": ("この行にも一致します。", "This line is matched too."),
    "drills.matches.printed": (
        "この中から {numbers} 行目だけが表示されました。どのフィルタを付けたのでしょうか。",
        "Of these lines, a filter printed {numbers} and no other. Which filter was it?",
    ),
    "drills.matches.printed_explained": (
        "{filter} は「{wish}」を選びます。",
        "{filter} chooses: {wish}.",
    ),
    "drills.matches.printed_hint": (
        "表示されなかった行にも一致してしまうフィルタを、ひとつずつ除いていきます。",
        "Rule out the filters that would have matched one of the lines not printed.",
    ),
    # Wishes
    "drills.wish.host": (
        "{host} が送る IP パケットと、{host} に届く IP パケット",
        "IP packets sent by {host} and IP packets sent to {host}",
    ),
    "drills.wish.from_host": ("{host} が送る IP パケットだけ", "only the IP packets that {host} sends"),
    "drills.wish.to_host": ("{host} に届く IP パケットだけ", "only the IP packets that are sent to {host}"),
    "drills.wish.service": (
        "TCP の {port} 番ポート ({service}) の通信を両方向とも",
        "TCP port {port} ({service}), both directions",
    ),
    "drills.wish.services": (
        "TCP の {port} 番ポート ({service}) と {second} 番ポート ({second_service}) の通信を両方向とも",
        "TCP port {port} ({service}) and TCP port {second} ({second_service}), both directions",
    ),
    "drills.wish.host_service": (
        "{host} の通信のうち、TCP の {port} 番ポート ({service}) のもの",
        "of the traffic of {host}, only TCP port {port} ({service})",
    ),
    "drills.wish.host_services": (
        "{host} の通信のうち、TCP の {port} 番か {second} 番ポートのもの",
        "of the traffic of {host}, only TCP port {port} or {second}",
    ),
    "drills.wish.tcp_but": (
        "TCP の通信のうち、{port} 番ポート ({service}) 以外",
        "all TCP but port {port} ({service})",
    ),
    "drills.wish.neither": (
        "{host} の通信でも {other} の通信でもないもの",
        "everything but the traffic of {host} and of {other}",
    ),
    "drills.wish.between": ("{host} と {other} の間の通信を両方向とも", "what {host} and {other} send each other"),
    "drills.wish.ping": ("{host} の ICMP (ping など) だけ", "only ICMP (pings and the like) of {host}"),
    "drills.wish.dns": (
        "53 番ポート (DNS) の通信を UDP も TCP も、両方向とも",
        "port 53 (DNS), UDP and TCP, both directions",
    ),
    "drills.wish.udp": ("UDP のパケットだけ", "only UDP packets"),
    "drills.wish.refusals": (
        "{host} の通信のうち、TCP の {port} 番ポートか ICMP のもの (拒否の知らせも見るため)",
        "of the traffic of {host}, TCP port {port} or ICMP, so that rejections show too",
    ),
    # Choosing and writing filters
    "drills.filter.choose": (
        "次のパケットだけに一致するフィルタはどれですか。\n{wish}",
        "Which filter matches these packets and no others?\n{wish}",
    ),
    "drills.filter.write": (
        "次のパケットだけに一致するフィルタを書いてください。\n{wish}",
        "Write a filter that matches these packets and no others:\n{wish}",
    ),
    "drills.filter.extra": (
        "{filter} は、選ばないはずのこの行にも一致します。",
        "{filter} matches this line too, which is not wanted.",
    ),
    "drills.filter.missed": (
        "{filter} は、選ぶはずのこの行に一致しません。",
        "{filter} does not match this line, which is wanted.",
    ),
    "drills.filter.extra_made": (
        "{filter} は、選ばないはずのこのパケット (確かめるために作ったもの) にも一致します。",
        "{filter} matches this packet too (one made to show it), which is not wanted.",
    ),
    "drills.filter.missed_made": (
        "{filter} は、選ぶはずのこのパケット (確かめるために作ったもの) に一致しません。",
        "{filter} does not match this packet (one made to show it), which is wanted.",
    ),
    "drills.filter.explained": ("たとえば {filter} と書きます。", "For example: {filter}"),
    "drills.filter.hint_host": (
        "src も dst も付けない host は、両方向です。",
        "host without src or dst means both directions.",
    ),
    "drills.filter.hint_from_host": ("送る側は送信元 (source) です。", "The sender is the source."),
    "drills.filter.hint_to_host": ("届く側は宛先 (destination) です。", "The receiver is the destination."),
    "drills.filter.hint_service": (
        "port だけでは UDP にも一致します。返事では、送信元がそのポートです。",
        "port alone matches UDP too. In replies it is the source port.",
    ),
    "drills.filter.hint_services": (
        "ひとつのパケットは、どちらか一方のポートにしか当てはまりません。",
        "One packet belongs to one of these ports, not to both.",
    ),
    "drills.filter.hint_host_service": ("二つの条件の両方を満たすものです。", "Both conditions must hold."),
    "drills.filter.hint_host_services": (
        "and と or は左から順に読まれます。まとめたいところに括弧が要ります。",
        "and and or are read from left to right: put parentheses around what belongs together.",
    ),
    "drills.filter.hint_tcp_but": (
        "not は、すぐ後ろの条件だけにかかります。",
        "not covers only the condition right behind it.",
    ),
    "drills.filter.hint_neither": (
        "not は、すぐ後ろの条件だけにかかります。二つとも否定するには括弧を使います。",
        "not covers only the condition right behind it. To negate two, use parentheses.",
    ),
    "drills.filter.hint_between": (
        "どのパケットでも、一方が送信元で、もう一方が宛先です。",
        "In each packet one of them is the source and the other the destination.",
    ),
    "drills.filter.hint_ping": (
        "プロトコルの名前も、それだけで条件になります。",
        "A protocol's name is a condition by itself.",
    ),
    "drills.filter.hint_dns": (
        "port の前にプロトコルを書かなければ、両方に一致します。",
        "Without a protocol before it, port matches both.",
    ),
    "drills.filter.hint_udp": ("プロトコルの名前だけで足ります。", "The protocol's name is enough."),
    "drills.filter.hint_refusals": (
        "ICMP にはポートがありません。port の条件とは or でつなぎ、括弧でまとめます。",
        "ICMP has no ports: join it to the port with or, in parentheses.",
    ),
    # The handshake
    "drills.handshake.which_syn": (
        "{client} から {server} への接続の SYN はどの行ですか。",
        "Which line is the SYN of the connection from {client} to {server}?",
    ),
    "drills.handshake.which_syn_ack": (
        "{client} から {server} への接続の SYN-ACK はどの行ですか。",
        "Which line is the SYN-ACK of the connection from {client} to {server}?",
    ),
    "drills.handshake.which_ack": (
        "{client} から {server} への接続で、3ウェイハンドシェイクを完了させる ACK はどの行ですか。",
        "Which line is the ACK that completes the handshake of the connection from {client} to {server}?",
    ),
    "drills.handshake.which_syn_explained": (
        "SYN は [S] だけで、クライアントからサーバーへ向かいます。",
        "The SYN has [S] alone and goes from the client to the server.",
    ),
    "drills.handshake.which_syn_ack_explained": (
        "SYN-ACK は [S.] で、サーバーからクライアントへ戻ります。",
        "The SYN-ACK has [S.] and goes back from the server to the client.",
    ),
    "drills.handshake.which_ack_explained": (
        "SYN-ACK の次にクライアントが送る [.] です。そのあとの ACK は、データや切断の確認です。",
        "It is the client's [.] after the SYN-ACK. Later ACKs confirm data, or the end.",
    ),
    "drills.handshake.which_hint": (
        "まず、二つのアドレスとポートの両方が書かれた行だけを見ます。",
        "First look only at the lines that name both addresses with their ports.",
    ),
    "drills.handshake.next": ("同じ接続で、次に現れるのはどの行ですか。", "Which line comes next in this connection?"),
    "drills.handshake.after_syn": (
        "SYN には、同じポートの組でサーバーから [S.] が返ります。ack は SYN の seq に 1 を足した値です。",
        "A SYN is answered by the server's [S.] between the same ports; its ack is the SYN's seq plus 1.",
    ),
    "drills.handshake.after_syn_ack": (
        "SYN-ACK にはクライアントが [.] を返し、接続が確立します。",
        "The client answers the SYN-ACK with [.], and the connection is established.",
    ),
    "drills.handshake.next_hint": (
        "[S]、[S.]、[.] の順です。アドレスとポートの組も確かめます。",
        "It goes [S], [S.], [.]. Check the addresses and ports too.",
    ),
    "drills.handshake.other_connection": (
        "ポートの組が違うので、別の接続の行です。",
        "The ports differ: that line belongs to another connection.",
    ),
    "drills.handshake.not_after_syn": (
        "これはクライアントの ACK です。サーバーの SYN-ACK が先に来ます。",
        "That is the client's ACK. The server's SYN-ACK comes before it.",
    ),
    "drills.handshake.not_after_syn_ack": (
        "これは、もう上に出ている SYN-ACK です。",
        "That is the SYN-ACK already shown.",
    ),
    "drills.handshake.too_late": (
        "同じ接続の行ですが、ハンドシェイクが終わったあとのものです。",
        "It is the same connection, but after the handshake.",
    ),
    "drills.handshake.ack_number": (
        "この SYN に返る SYN-ACK の ack の値は、いくつになりますか。",
        "What will ack be in the SYN-ACK that answers this SYN?",
    ),
    "drills.handshake.ack_number_explained": (
        "SYN は 1 と数えるので、{sequence} に 1 を足した {next} です。",
        "A SYN counts one, so it is {sequence} plus 1: {next}.",
    ),
    "drills.handshake.ack_number_hint": (
        "ack は、次に欲しいシーケンス番号です。SYN は 1 と数えます。",
        "ack is the sequence number wanted next, and a SYN counts one.",
    ),
    "drills.handshake.complete_or_not": (
        "この接続の 3ウェイハンドシェイクは、どこまで進みましたか。",
        "How far did the three-way handshake of this connection come?",
    ),
    "drills.handshake.complete_or_not_hint": (
        "[S]、[S.]、[.] の三つを、向きに気を付けて探します。",
        "Look for [S], [S.] and [.], and mind their directions.",
    ),
    "drills.handshake.complete": ("三つともそろい、接続が確立した", "all three steps are there: it is established"),
    "drills.handshake.half": ("SYN-ACK まで。ACK が返っていない", "up to the SYN-ACK; the ACK is missing"),
    "drills.handshake.silent": ("SYN だけ。SYN-ACK が返っていない", "the SYN alone; the SYN-ACK is missing"),
    "drills.handshake.if_complete": (
        "確立していれば、[S.] のあとにクライアントの [.] があるはずです。",
        "If it were established, the client's [.] would follow the [S.].",
    ),
    "drills.handshake.if_half": (
        "SYN-ACK で止まっているなら、[S.] の行があって、クライアントの [.] がないはずです。",
        "If it had stopped there, you would see a [S.] and no [.] of the client.",
    ),
    "drills.handshake.if_silent": (
        "[S.] の行があるので、SYN-ACK は返っています。",
        "There is a [S.]: the SYN-ACK did come.",
    ),
    "drills.handshake.complete_explained": (
        "[S]、[S.]、[.] が、行き、戻り、行きの順に並んでいます。",
        "[S], [S.] and [.] are there: forth, back and forth.",
    ),
    "drills.handshake.half_explained": (
        "[S.] は返っていますが、それを確認するクライアントの [.] がありません。",
        "There is a [S.], but no [.] of the client that confirms it.",
    ),
    "drills.handshake.silent_explained": (
        "クライアントの [S] だけがあり、同じ番号の [S] は再送です。",
        "There is only the client's [S]; a [S] with the same seq is a retransmission.",
    ),
    "drills.handshake.attempts": ("接続の試みは、何回ありますか。", "How many attempts to connect are there?"),
    "drills.handshake.attempts_explained": (
        "ポートの組と seq が同じ SYN は、一回の試みの再送です。",
        "SYNs with the same ports and the same seq are one attempt, retransmitted.",
    ),
    "drills.handshake.attempts_hint": (
        "同じポートと同じ seq の行を、ひとつにまとめて数えます。",
        "Count lines with the same ports and the same seq once.",
    ),
    "drills.handshake.established": (
        "この中で確立した接続は、いくつですか。",
        "How many connections were established here?",
    ),
    "drills.handshake.established_explained": (
        "[S]、[S.]、[.] の三つがそろった接続だけを数えます。",
        "Only those with all three of [S], [S.] and [.] count.",
    ),
    "drills.handshake.established_hint": (
        "クライアントのポートごとに、三つの行がそろっているかを確かめます。",
        "Go by the client's port, and look for all three lines of each.",
    ),
    "drills.handshake.order": (
        "ばらばらになった行を、送られた順に並べてください。",
        "Put these lines into the order in which they were sent.",
    ),
    "drills.handshake.order_explained": (
        "[S]、[S.]、[.] のあとにデータが流れます。",
        "[S], [S.], [.], and then data.",
    ),
    "drills.handshake.order_hint": (
        "最初は ack のない [S] です。データは、接続が確立してから流れます。",
        "The first is the [S] without ack. Data comes when the connection is established.",
    ),
    "drills.handshake.place": (
        "{number} の行は {place} 番目です。{meaning}",
        "Line {number} is number {place} in order. {meaning}",
    ),
    "drills.handshake.client": (
        "この SYN-ACK の行から考えて、接続を求めたのはどちらですか。",
        "Going by this SYN-ACK, who asked for the connection?",
    ),
    "drills.handshake.client_explained": (
        "SYN-ACK はサーバー {server} から、接続を求めたクライアント {client} へ返ります。",
        "A SYN-ACK goes from the server, {server}, back to the client that asked: {client}.",
    ),
    "drills.handshake.client_hint": (
        "SYN-ACK は、SYN と逆の向きに進みます。",
        "A SYN-ACK goes the way opposite to the SYN.",
    ),
    "drills.handshake.server_answers": (
        "SYN-ACK を送るのは、接続を求められたサーバーです。",
        "The one who sends a SYN-ACK is the server, which was asked.",
    ),
    "drills.handshake.can_tell_client": (
        "SYN-ACK の向きだけで分かります。",
        "The direction of a SYN-ACK is enough to tell.",
    ),
    # Symptoms
    "drills.symptom.at_client": ("クライアント", "client"),
    "drills.symptom.at_server": ("サーバー", "server"),
    "drills.symptom.what": (
        "{client} から {server} への接続を、{at}の側でキャプチャしました。何が起きていますか。",
        "The connection from {client} to {server} was captured at the {at}. What happened?",
    ),
    "drills.symptom.what_hint": (
        "最初の SYN に対して、何が返ってきたかを見ます。何も返らないことも手がかりです。",
        "Look at what came back for the first SYN. That nothing came is a clue too.",
    ),
    "drills.symptom.complete": ("接続が確立している", "the connection was established"),
    "drills.symptom.refused": ("RST で断られている", "it was refused by a RST"),
    "drills.symptom.rejected": ("ICMP で断られている", "it was rejected by ICMP"),
    "drills.symptom.half": ("SYN-ACK は出ているが、ACK が届かない", "a SYN-ACK is sent, but no ACK arrives"),
    "drills.symptom.silent": ("SYN を送っても何も返らない", "SYNs are sent and nothing comes back"),
    "drills.symptom.if_complete": (
        "確立していれば、[S]、[S.]、[.] がそろっています。",
        "If it were established, [S], [S.] and [.] would all be there.",
    ),
    "drills.symptom.if_refused": (
        "RST で断られたなら、[R.] の行があります。",
        "If a RST had refused it, there would be a line with [R.].",
    ),
    "drills.symptom.if_rejected": (
        "ICMP で断られたなら、ICMP … unreachable の行があります。",
        "If ICMP had rejected it, there would be a line with ICMP ... unreachable.",
    ),
    "drills.symptom.if_half": (
        "SYN-ACK が出ているなら、[S.] の行だけがあって、クライアントの [.] がありません。",
        "In that case there would be [S.] and no [.] of the client.",
    ),
    "drills.symptom.if_silent": (
        "何も返らないなら、クライアントの [S] だけが並びます。",
        "If nothing came back, there would be the client's [S] alone.",
    ),
    "drills.symptom.what-complete_explained": (
        "[S]、[S.]、[.] がそろっているので、接続は確立しています。",
        "[S], [S.] and [.] are all there: the connection was established.",
    ),
    "drills.symptom.what-refused_explained": (
        "SYN に [R.] が返っています。誰かがすぐに断ったということです。",
        "The SYN was answered with [R.]: someone refused it at once.",
    ),
    "drills.symptom.what-rejected_explained": (
        "SYN に ICMP の unreachable が返っています。port だけで絞ると、この行は見えません。",
        "The SYN was answered with ICMP unreachable. A filter on the port alone would hide this line.",
    ),
    "drills.symptom.what-half_explained": (
        "サーバーは [S.] を返していますが、クライアントは同じ SYN を再送しています。",
        "The server answers with [S.], but the client goes on to retransmit its SYN.",
    ),
    "drills.symptom.what-silent_explained": (
        "クライアントの [S] だけが並んでいます。同じ seq の [S] は再送です。",
        "There is the client's [S] alone; a [S] with the same seq is a retransmission.",
    ),
    "drills.symptom.why_hint": (
        "行に書かれていることと、そこからの推測を分けて考えます。",
        "Keep what the lines say apart from what one might guess.",
    ),
    "drills.symptom.why-silent": (
        "{client} から {server} への接続を、{at}の側でキャプチャしました。返事がない理由はどれですか。",
        "The connection from {client} to {server} was captured at the {at}. Why is there no answer?",
    ),
    "drills.symptom.why-silent_explained": (
        "SYN が途中で捨てられても、サーバーが黙っていても、返事が途中で捨てられても、ここでは同じに見えます。",
        "A SYN dropped on its way, a silent server, a reply dropped on its way back: here they all look the same.",
    ),
    "drills.symptom.server_down": ("サーバーが停止している", "the server is down"),
    "drills.symptom.server_down_thought": (
        "そうかもしれませんが、停止しているかどうかは、この行からは分かりません。",
        "It may be so, but these lines do not say whether it is down.",
    ),
    "drills.symptom.switched_off": ("サーバーが停止している", "the server is down"),
    "drills.symptom.switched_off_thought": (
        "停止しているホストは RST を返せません。",
        "A host that is down sends no RST.",
    ),
    "drills.symptom.syn_dropped": ("途中のファイアウォールが SYN を捨てている", "a firewall drops the SYN"),
    "drills.symptom.syn_dropped_thought": (
        "そうかもしれませんが、SYN がどこまで届いたかは、この行からは分かりません。",
        "It may be so, but these lines do not say how far the SYN came.",
    ),
    "drills.symptom.reply_dropped": (
        "返ってくる SYN-ACK が途中で捨てられている",
        "the SYN-ACK is dropped on its way back",
    ),
    "drills.symptom.reply_dropped_thought": (
        "そうかもしれませんが、SYN-ACK が送られたかどうかも、この行からは分かりません。",
        "It may be so, but these lines do not even say whether a SYN-ACK was sent.",
    ),
    "drills.symptom.why-refused": (
        "{client} から {server} への接続を、{at}の側でキャプチャしました。確かに言えることはどれですか。",
        "The connection from {client} to {server} was captured at the {at}. What is certain?",
    ),
    "drills.symptom.why-refused_explained": (
        "RST は、ポートを開いているプロセスがないときのほか、ファイアウォールが RST で断るときにも返ります。",
        "A RST comes where no process listens on the port, but also from a firewall that rejects with RST.",
    ),
    "drills.symptom.someone_answered": (
        "SYN は届き、誰かが RST で断った",
        "the SYN arrived, and someone refused it with a RST",
    ),
    "drills.symptom.firewall_dropped": ("ファイアウォールが黙って捨てた", "a firewall dropped it silently"),
    "drills.symptom.firewall_dropped_thought": (
        "黙って捨てたのなら、RST は返りません。",
        "Had it been dropped silently, no RST would have come.",
    ),
    "drills.symptom.network_down": (
        "経路が切れていて、SYN が届いていない",
        "the route is broken, and the SYN did not arrive",
    ),
    "drills.symptom.network_down_thought": (
        "RST が返っているので、SYN は誰かに届いています。",
        "A RST came back, so the SYN reached someone.",
    ),
    "drills.symptom.why-rejected": (
        "{client} から {server} への接続を、{at}の側でキャプチャしました。確かに言えることはどれですか。",
        "The connection from {client} to {server} was captured at the {at}. What is certain?",
    ),
    "drills.symptom.why-rejected_explained": (
        "ICMP の行の送信元が、断ったホストです。クライアントのプログラムには、これも接続エラーとして伝わります。",
        "The source of the ICMP line is who rejected it. The client's program sees a failed connection here too.",
    ),
    "drills.symptom.icmp_refuses": ("ICMP を送ったホストが、通信を断った", "the host that sent the ICMP rejected it"),
    "drills.symptom.port_closed": (
        "サーバーのポートが閉じていて、RST が返った",
        "the server's port is closed, and a RST came back",
    ),
    "drills.symptom.port_closed_thought": (
        "RST の行 ([R.]) はありません。返ったのは ICMP です。",
        "There is no RST ([R.]). What came back is ICMP.",
    ),
    "drills.symptom.nothing_came": ("何も返ってきていない", "nothing came back"),
    "drills.symptom.nothing_came_thought": (
        "2 行目の ICMP が、この SYN への返事です。",
        "The ICMP in line 2 answers this SYN.",
    ),
    "drills.symptom.can_tell_rejected": (
        "ICMP の行に、断ったホストと理由が書かれています。",
        "The ICMP line names who rejected it, and why.",
    ),
    "drills.symptom.why-half": (
        "{client} から {server} への接続を、{at}の側でキャプチャしました。確かに言えることはどれですか。",
        "The connection from {client} to {server} was captured at the {at}. What is certain?",
    ),
    "drills.symptom.why-half_explained": (
        "クライアントが SYN を再送するのは、SYN-ACK を受け取っていないからです。戻り道のどこかで失われています。",
        "The client retransmits its SYN because it has no SYN-ACK: that is lost somewhere on its way back.",
    ),
    "drills.symptom.reply_lost": ("SYN-ACK がクライアントに届いていない", "the SYN-ACK does not reach the client"),
    "drills.symptom.never_arrived": ("SYN がサーバーに届いていない", "the SYN does not reach the server"),
    "drills.symptom.never_arrived_thought": ("サーバーの側で SYN が見えています。", "The SYN is seen at the server."),
    "drills.symptom.not_listening": ("サーバーでプログラムが待ち受けていない", "no program listens on the server"),
    "drills.symptom.not_listening_thought": (
        "待ち受けていなければ、SYN-ACK ではなく RST が返ります。",
        "Then a RST would be sent, not a SYN-ACK.",
    ),
    "drills.symptom.can_tell_half": (
        "サーバーが [S.] を送り、クライアントが SYN を再送している。この二つから言えることがあります。",
        "The server sends [S.] and the client retransmits its SYN: the two together do say something.",
    ),
    "drills.symptom.where_hint": (
        "分からないのは、SYN がサーバーに届いたかどうかです。",
        "What is not known is whether the SYN reached the server.",
    ),
    "drills.symptom.where-silent": (
        "{client} から {server} への接続に、返事がありません。これは{at}の側のキャプチャです。次にどこを調べますか。",
        "The connection from {client} to {server} gets no answer. This was captured at the {at}. Where do you look next?",
    ),
    "drills.symptom.where-silent_explained": (
        "サーバーの側で SYN が見えるか、SYN-ACK が出ているかを確かめると、どこで失われたかが絞れます。",
        "Whether the SYN is seen at the server, and whether a SYN-ACK leaves it, tells where packets are lost.",
    ),
    "drills.symptom.at_the_server": (
        "サーバーの側で、同じホストとポートをキャプチャする",
        "capture the same host and port at the server",
    ),
    "drills.symptom.longer_here": ("同じ場所で、もっと長くキャプチャする", "capture here for longer"),
    "drills.symptom.longer_here_thought": (
        "ここに届かないものは、待っても見えません。",
        "What does not arrive here will not show, however long you wait.",
    ),
    "drills.symptom.with_verbose": ("同じ場所で、-vvv を付けてもう一度見る", "look again here with -vvv"),
    "drills.symptom.with_verbose_thought": (
        "-v は表示を詳しくするだけで、届いていないパケットは増えません。",
        "-v prints more of each packet; it does not make more packets arrive.",
    ),
    "drills.symptom.other_port": ("同じ場所で、別のポートをキャプチャする", "capture another port here"),
    "drills.symptom.other_port_thought": (
        "別のポートの通信を見ても、この SYN の行き先は分かりません。",
        "Traffic of another port does not tell what became of this SYN.",
    ),
    "drills.symptom.again_hint": (
        "行と行で、ポートと seq を見比べます。",
        "Compare the ports and seq from line to line.",
    ),
    "drills.symptom.again-silent": (
        "似た行が繰り返されています。これは何ですか。",
        "Much the same line comes again and again. What is it?",
    ),
    "drills.symptom.again-silent_explained": (
        "ポートも seq も同じなので、同じ SYN の再送です。間隔は OS の設定で変わります。",
        "Ports and seq are the same: it is one SYN, retransmitted. The intervals are the system's choice.",
    ),
    "drills.symptom.same_syn": ("返事のない SYN の再送", "one SYN, retransmitted because nothing answered"),
    "drills.symptom.several_clients": ("いくつものクライアントからの接続", "connections of several clients"),
    "drills.symptom.several_clients_thought": (
        "送信元のアドレスもポートも同じなので、クライアントはひとつです。",
        "The source address and port are the same, so there is one client.",
    ),
    "drills.symptom.several_connections": (
        "同じクライアントからの、いくつもの接続",
        "several connections of one client",
    ),
    "drills.symptom.several_connections_thought": (
        "別の接続なら、送信元のポートか seq が変わります。",
        "Another connection would have another source port or seq.",
    ),
    "drills.symptom.answers": ("サーバーからの返事", "the server's answers"),
    "drills.symptom.answers_thought": (
        "SYN の向きは、クライアントからサーバーです。",
        "These SYNs go from the client to the server.",
    ),
    # Commands
    "drills.command.option": (
        "次の働きをするオプションはどれですか。\n{summary}",
        "Which option does this?\n{summary}",
    ),
    "drills.command.option_hint": (
        "オプションは大文字と小文字で働きが違います。tutor explain 'tcpdump …' でも調べられます。",
        "Options differ by case. To look one up: tutor explain 'tcpdump ...'",
    ),
    "drills.command.does": ("{option} は「{summary}」オプションです。", "{option}: {summary}."),
    "drills.command.means": ("このコマンドの {option} の働きはどれですか。", "What does {option} do in this command?"),
    "drills.command.is_option": ("それは {option} の働きです。", "That is what {option} does."),
    "drills.command.wrong": ("このコマンドについて、正しいのはどれですか。", "Which is true of this command?"),
    "drills.command.wrong_hint": (
        "sudo が要るか、シェルに解釈される文字はないか、値の抜けたオプションはないか、フィルタとして読めるかの順に確かめます。",
        "Check in this order: is sudo needed; would the shell take a character for its own; does an option lack its value; is it a filter.",
    ),
    "drills.command.finding": ("{finding}", "{finding}"),
    "drills.command.nothing_wrong": ("このままで問題ない", "it is fine as it is"),
    "drills.command.not_that": (
        "それが当てはまるのは、たとえば次のコマンドです: {line}",
        "That would be true of, for example: {line}",
    ),
    "drills.command.choose": ("次の働きをするコマンドはどれですか。\n{task}", "Which command does this?\n{task}"),
    "drills.command.write": (
        "次の働きをするコマンドを書いてください。\n{task}",
        "Write a command that does this:\n{task}",
    ),
    "drills.command.explained": ("たとえば {command} と書きます。", "For example: {command}"),
    "drills.command.too_much": ("{option} ({summary}) が余分です。", "{option} is too much ({summary})."),
    "drills.task.interface": ("インターフェース eth0 でキャプチャを始める", "start a capture on the interface eth0"),
    "drills.task.count": (
        "eth0 で {count} パケットだけキャプチャして終わる",
        "capture {count} packets on eth0, and stop",
    ),
    "drills.task.save": (
        "eth0 でキャプチャし、{port} 番ポートのパケットを web.pcap に保存する",
        "capture on eth0, and save the packets of port {port} in web.pcap",
    ),
    "drills.task.read": (
        "保存してある web.pcap から、{host} のパケットだけを表示する",
        "from the saved web.pcap, print only the packets of {host}",
    ),
    "drills.task.list": (
        "キャプチャできるインターフェースの一覧を表示する",
        "list the interfaces that can be captured on",
    ),
    "drills.task.service": (
        "eth0 で、TCP の {port} 番ポートの通信を両方向ともキャプチャする",
        "capture TCP port {port} on eth0, both directions",
    ),
    "drills.task.again": (
        "web.pcap から {port} 番ポートのパケットを取り出し、{service}.pcap に保存する",
        "take the packets of port {port} out of web.pcap, and save them in {service}.pcap",
    ),
    "drills.command.hint_interface": ("インターフェースは -i で選びます。", "-i chooses the interface."),
    "drills.command.hint_count": ("数 (count) の頭文字です。", "It is the first letter of count."),
    "drills.command.hint_save": (
        "保存は -w です。> で保存されるのは画面の文字です。",
        "-w saves packets; > would save what is printed.",
    ),
    "drills.command.hint_read": (
        "読むのは -r で、フィルタも付けられます。",
        "-r reads a file, and takes a filter too.",
    ),
    "drills.command.hint_list": ("大文字のオプションです。", "It is a capital letter."),
    "drills.command.hint_service": (
        "src も dst も付けないと、両方向です。",
        "Without src or dst it is both directions.",
    ),
    "drills.command.hint_again": (
        "-r で読み、-w で別の名前に書きます。",
        "Read with -r, and write to another name with -w.",
    ),
    # Sessions
    "drills.right": ("✓ 正解です。", "✓ Right."),
    "drills.wrong": ("✗ 答え: {answer}", "✗ Answer: {answer}"),
    "drills.not_yet": ("✗ まだです。", "✗ Not yet."),
    "drills.shown": ("答え: {answer}", "Answer: {answer}"),
    "drills.choice_shown": ("{number}. {text}", "{number}. {text}"),
    "drills.hint": ("ヒント: {hint}", "Hint: {hint}"),
    "drills.place": ("{number} / {of}", "{number} / {of}"),
    "drills.again": ("もう一度", "once more"),
    "drills.practice_keys": (
        "Enter で答え、? でヒント (もう一度 ? で答え)、q で終わります。",
        "Enter answers, ? gives a hint (and ? again the answer), q ends.",
    ),
    "drills.quiz_keys": (
        "Enter で答え、? で「分からない」、q で中断します。続きはあとで始められます。",
        "Enter answers, ? is for “I do not know”, q leaves. You can go on later.",
    ),
    "drills.practice_done": ("{asked} 問のうち {right} 問が正解でした。", "{right} of {asked} were right."),
    "drills.practice_waiting": (
        "間違えた {waiting} 種類の問題は、次に続けるときにまた出ます。",
        "{waiting} kinds of question that you missed will come again when you go on.",
    ),
    "drills.unknown_topic": (
        "{found} という題目はありません。次のどれかです: {topics}",
        "There is no topic {found}. There are: {topics}",
    ),
    "drills.quiz_resumed": (
        "{answered} 問まで答えてあります。続きから始めます。",
        "{answered} questions are answered already. Going on from there.",
    ),
    "drills.quiz_left": (
        "{questions} 問のうち {answered} 問まで答えました。答えは残してあります。",
        "{answered} of {questions} are answered, and kept.",
    ),
    "drills.quiz_result": ("理解度チェックの結果", "Result of the quiz"),
    "drills.quiz_passed": ("✓ 合格です ({percent}%)。", "✓ Passed ({percent}%)."),
    "drills.quiz_not_passed": (
        "✗ まだです ({percent}%)。合格は {mark}% からです。",
        "✗ Not yet ({percent}%). {mark}% is needed to pass.",
    ),
    "drills.quiz_repeat": ("もう一度見ておくとよいところ", "Worth another look"),
    "drills.quiz_questions": (
        "--questions には {least} から {most} までの数を書きます ({found} は使えません)。",
        "--questions takes a number from {least} to {most}, not {found}.",
    ),
    "drills.count": (
        "--count には 1 以上の数を書きます ({found} は使えません)。",
        "--count takes a number of 1 or more, not {found}.",
    ),
    "drills.seed": (
        "--seed には 0 以上の数を書きます ({found} は使えません)。",
        "--seed takes a whole number, 0 or more, not {found}.",
    ),
}
