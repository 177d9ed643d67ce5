"""What is said about the mistakes behind wrong filters, and about habits that are right but worth a word."""

TEXTS = {
    # Their names, by the ids that grading gives
    "misconceptions.name.and-binds-tighter": ("and は or より強いと思う", "and binds tighter than or"),
    "misconceptions.name.or-leaks": ("or の選択肢が外へ漏れる", "an alternative that leaks out"),
    "misconceptions.name.not-covers-one": ("not がひとつにしかかからない", "not covers one of two"),
    "misconceptions.name.not-and": ("not A and C を「A でも C でもない」と読む", "not A and C, read as neither"),
    "misconceptions.name.not-covers-too-much": ("not が広くかかりすぎる", "not covers too much"),
    "misconceptions.name.number-became-host": ("番号がホストになる", "a number became a host"),
    "misconceptions.name.and-for-either": ("「どちらか」を and で書く", "and where either would do"),
    "misconceptions.name.or-for-both": ("「どちらも」を or で書く", "or where both are needed"),
    "misconceptions.name.impossible": ("何にも一致しない条件", "a condition that nothing satisfies"),
    "misconceptions.name.one-direction": ("片方の向きだけ", "one direction only"),
    "misconceptions.name.port-is-not-tcp": ("ポートなら TCP だと思う", "a port taken for TCP"),
    "misconceptions.name.port-is-not-a-host": ("ポートでホストを選ぶ", "a port taken for a host"),
    "misconceptions.name.hides-icmp": ("ICMP が隠れる", "ICMP is hidden"),
    "misconceptions.name.right-by-luck": ("たまたま合っている", "right by luck"),
    "misconceptions.name.inherited-qualifier": ("修飾子の引き継ぎ", "an inherited qualifier"),
    "misconceptions.name.src-or-dst": ("src or dst", "src or dst"),
    "misconceptions.name.inverted": ("選ぶものと除くものが逆", "chosen and left out exchanged"),
    "misconceptions.name.missing-condition": ("条件が足りない", "a condition missing"),
    "misconceptions.name.extra-condition": ("条件が余分", "a condition too many"),
    "misconceptions.name.other-value": ("値が違う", "another value"),
    "misconceptions.name.display-filter": ("Wireshark の表示フィルタ", "Wireshark's display filter"),
    "misconceptions.name.qualifier-order": ("言葉の順序", "the order of words"),
    "misconceptions.name.range-or-mask": ("範囲やマスクの書き方", "how a range or a mask is written"),
    "misconceptions.name.short-address": ("省略したアドレス", "a shortened address"),
    "misconceptions.name.proto-host": ("プロトコルとホストの組み合わせ", "a protocol before host"),
    "misconceptions.name.unquoted": ("引用符がない", "quotes missing"),
    "misconceptions.name.options-after-filter": ("フィルタの後ろのオプション", "options behind the filter"),
    "misconceptions.name.missing-sudo": ("sudo がない", "sudo missing"),
    "misconceptions.name.needless-sudo": ("要らない sudo", "needless sudo"),
    "misconceptions.name.option-case": ("オプションの大文字と小文字", "an option's letter in the other case"),
    "misconceptions.name.missing-option": ("オプションが足りない", "an option missing"),
    "misconceptions.name.extra-option": ("オプションが余分", "an option too many"),
    "misconceptions.name.interface-is-not-a-filter": (
        "インターフェースをフィルタに書く",
        "an interface written as a filter",
    ),
    "misconceptions.name.exact-flag-byte": ("フラグの 8 ビットをまるごと比べる", "all eight flag bits compared"),
    "misconceptions.name.syn-bit-is-not-syn-packet": (
        "SYN のビットと SYN のパケット",
        "a SYN bit taken for a SYN packet",
    ),
    "misconceptions.name.any-of-mask": ("どれかのビットが立っていればよい", "any bit of the mask will do"),
    "misconceptions.name.tcp-index-ipv6": ("tcp[ ] は IPv4 だけ", "tcp[ ] is IPv4 only"),
    "misconceptions.name.later-fragments": ("2 番目以降のフラグメント", "later fragments"),
    "misconceptions.name.vlan-order": ("vlan の位置", "where vlan stands"),
    "misconceptions.name.any-is-not-ethernet": ("any は Ethernet ではない", "any is not Ethernet"),
    "misconceptions.name.own-ssh": ("自分の SSH", "one's own SSH"),
    "misconceptions.name.short-snaplen": ("切られたパケット", "packets cut short"),
    "misconceptions.name.redirect-is-not-pcap": ("リダイレクトでは保存できない", "a redirect saves no packets"),
    "misconceptions.name.silent-w": ("-w は何も表示しない", "-w shows nothing"),
    "misconceptions.name.grep-silence": ("grep が黙る", "a silent grep"),
    "misconceptions.name.dot-is-ack": ("ピリオドは ACK", "the dot is ACK"),
    "misconceptions.name.relative-ack": ("相対番号と絶対番号", "relative and absolute numbers"),
    "misconceptions.name.length-zero": ("length 0 の意味", "what length 0 means"),
    "misconceptions.name.filtered-numbers": ("絞り込むと番号が変わる", "numbers change under a filter"),
    "misconceptions.name.checksum-offload": ("チェックサムのオフロード", "checksum offload"),
    "misconceptions.name.n-or-nn": ("-n と -nn", "-n and -nn"),
    "misconceptions.name.permission-as-root": ("root なのに断られる", "refused though root"),
    "misconceptions.name.seen-so-not-blocked": ("見えたなら遮断されていないと思う", "seen, so not blocked"),
    "misconceptions.name.silent-means-input": ("応答がないなら INPUT だと思う", "silence taken for INPUT"),
    "misconceptions.name.refused-means-rst": ("拒否なら RST だと思う", "refused taken for RST"),
    "misconceptions.name.rst-means-closed": ("RST なら閉じていると思う", "RST taken for closed"),
    "misconceptions.name.retransmit-is-many": ("再送を別の接続と数える", "retransmissions counted as clients"),
    "misconceptions.name.fixed-backoff": ("再送の間隔は決まっていると思う", "fixed gaps of retransmission"),
    # What to ask where two of them explain an answer
    "misconceptions.question.and-binds-tighter": (
        "and でつないだ条件は、or より先にまとまると思いましたか",
        "did you expect and to bind tighter than or",
    ),
    "misconceptions.question.not-covers-one": (
        "not は、or の両側の条件にかかると思いましたか",
        "did you expect not to cover both sides of or",
    ),
    "misconceptions.question.one-direction": (
        "返事のパケットも、送信元と宛先の並びが同じだと思いましたか",
        "did you expect replies to have the same source and destination",
    ),
    "misconceptions.question.or-leaks": (
        "前に書いた条件が、or の後ろにもかかると思いましたか",
        "did you expect what stands before to hold behind or as well",
    ),
    "misconceptions.question.port-is-not-tcp": (
        "port と書けば、それだけで TCP に限られると思いましたか",
        "did you expect port alone to mean TCP",
    ),
    # What and, or and not cover
    "misconceptions.and_binds_tighter": (
        "and と or は同じ強さで、左から順に読まれます。この式は {read} と読まれるので、まとめたい条件を括弧で囲みます。",
        "and and or have the same rank and are read from left to right: this was read as {read}. Put parentheses around what belongs together.",
    ),
    "misconceptions.or_leaks": (
        "{leaking} は {rest} と結びついていないので、それだけで一致します。or の選択肢は ({group}) のように括弧でまとめます。",
        "{leaking} is not tied to {rest}, so it matches on its own. Put the alternatives in parentheses: ({group}).",
    ),
    "misconceptions.not_covers_one": (
        "not は {covered} だけにかかり、{uncovered} は否定されていません。not ({group}) のように括弧でまとめます。",
        "not covers only {covered}; {uncovered} is not negated. Put them in parentheses: not ({group}).",
    ),
    "misconceptions.not_and": (
        "not は {covered} だけにかかり、{uncovered} のほうは「一致すること」が条件になっています。両方を除くには not ({group}) と書きます。",
        "not covers only {covered}, and packets must match {uncovered}. To leave out both, write not ({group}).",
    ),
    "misconceptions.not_covers_too_much": (
        "括弧の前の not は、括弧の中の全体を否定します。否定したいのが {term} だけなら、not はそのすぐ前に置きます。",
        "not in front of parentheses negates all that is in them. To negate {term} alone, write not right before it.",
    ),
    "misconceptions.and_for_either": (
        "and なので、{term} は、ひとつのパケットがすべてを同時に満たすときだけ一致します。どれかひとつでよければ or です。",
        "With and, one packet must satisfy all of {term} at once. If any one of them will do, it is or.",
    ),
    "misconceptions.or_for_both": (
        "or では、どれかひとつを満たすだけで一致します。すべてを満たすパケットだけにするには and でつなぎます。",
        "With or, satisfying any one of the conditions is enough. For packets that satisfy all of them it is and.",
    ),
    "misconceptions.impossible": (
        "{term} に一致するパケットはありません。ひとつのパケットが同時には満たせない条件です。",
        "No packet matches {term}: no single packet can satisfy all of it.",
    ),
    "misconceptions.inverted": (
        "選ぶパケットと除くパケットが逆になっています。not がひとつ多いか、足りません。",
        "What should be shown is left out, and the other way round: there is one not too many or too few.",
    ),
    "misconceptions.inverted_missing": (
        "{term} は除くはずのものですが、それを選んでいます。前に not が要ります。",
        "{term} is what should be left out, but it is chosen: it needs not before it.",
    ),
    "misconceptions.inverted_extra": (
        "{term} は選ぶはずのものですが、not で除かれています。",
        "{term} is what should be chosen, but not leaves it out.",
    ),
    "misconceptions.right_by_luck": (
        "左から順に {read} と読まれるので、これで合っています。ただ and と or が混ざると読み違えやすいので、括弧を付けておくと安全です。",
        "This works, because it is read from left to right: {read}. Where and and or mix, parentheses make it plain to every reader.",
    ),
    "misconceptions.mixed": (
        "and と or が混ざっています。同じ強さで左から順に {read} と読まれるので、意図と違うなら括弧を付けます。",
        "and and or are mixed here; they have the same rank and are read from left to right: {read}. If that is not what you mean, add parentheses.",
    ),
    # Qualifiers
    "misconceptions.one_direction": (
        "{written} は片方の向きだけです。返事では送信元と宛先が入れ替わるので、両方向を見るには {wanted} と書きます。",
        "{written} is one direction only. In replies source and destination change places; for both directions write {wanted}.",
    ),
    "misconceptions.direction_missing": (
        "{written} は両方向に一致します。片方の向きだけにするには {wanted} と書きます。",
        "{written} matches both directions. For one of them write {wanted}.",
    ),
    "misconceptions.direction_swapped": (
        "{written} は向きが違います。src は送信元、dst は宛先なので、ここでは {wanted} です。",
        "{written} is the wrong direction: src is where a packet comes from, dst where it goes. Here it is {wanted}.",
    ),
    "misconceptions.port_is_not_tcp": (
        "ポート番号だけではプロトコルは決まらず、{written} は {protocol} 以外のパケットにも一致します。{protocol} であることも条件に加えます。",
        "A port does not decide the protocol: {written} matches packets that are not {protocol} too. Ask for {protocol} as well.",
    ),
    "misconceptions.port_is_not_a_host": (
        "{written} が選ぶのはサービスで、ホストではありません。ホストは {wanted} のように host で選びます。",
        "{written} chooses a service, not a host. A host is chosen with host: {wanted}.",
    ),
    "misconceptions.hides_icmp": (
        "{term} だけにすると ICMP が隠れ、ping や、接続を拒む ICMP の知らせが見えません。",
        "With {term} alone, ICMP is hidden: pings, and the messages with which a connection is refused.",
    ),
    "misconceptions.number_became_host": (
        "{number} は前の host を引き継いで、ホスト {address} と読まれました。ポートなら port {number} と書きます。",
        "{number} inherited host from before it and was read as the host {address}. For a port, write port {number}.",
    ),
    "misconceptions.short_address_number": (
        "{number} だけでは、ホスト {address} と読まれます。アドレスは四つの数で書きます。",
        "{number} alone is read as the host {address}. Write all four numbers of an address.",
    ),
    "misconceptions.short_address_network": (
        "{number} は、ネットワーク {address} の全体と読まれます。ホストのアドレスは四つの数で書きます。",
        "{number} is read as the whole network {address}. Write all four numbers of a host's address.",
    ),
    "misconceptions.inherited_qualifier": (
        "この書き方で合っています。前の修飾子が引き継がれて {read} と読まれます。",
        "This is right: the qualifiers before are inherited, and it is read as {read}.",
    ),
    "misconceptions.src_or_dst": (
        "この書き方で合っています。src or dst は何も書かないのと同じなので、{short} と短く書けます。",
        "This is right. src or dst is what no direction means too, so {short} will do.",
    ),
    # Conditions and values
    "misconceptions.other_value": (
        "{written} と書かれていますが、ここで必要なのは {wanted} です。",
        "It says {written} where {wanted} is needed.",
    ),
    "misconceptions.missing_condition": (
        "{term} という条件が足りません。",
        "The condition {term} is missing.",
    ),
    "misconceptions.missing_alternative": (
        "{term} に一致するパケットも必要です。",
        "Packets that match {term} are wanted too.",
    ),
    "misconceptions.extra_condition": (
        "{term} という条件が余分で、必要なパケットまで除かれます。",
        "The condition {term} is too much: it leaves out packets that are wanted.",
    ),
    "misconceptions.extra_alternative": (
        "{term} という選択肢が余分で、要らないパケットにも一致します。",
        "The alternative {term} is too much: it lets in packets that are not wanted.",
    ),
    "misconceptions.own_ssh": (
        "SSH (22 番ポート) の通信も表示されるので、SSH でログインしていると自分のセッションで画面が埋まります。not port 22 を加えます。",
        "SSH (port 22) is shown too, so your own session fills the screen when you are logged in over SSH. Add not port 22.",
    ),
    # Bytes and headers
    "misconceptions.exact_flag_byte": (
        "{written} は、フラグの 8 ビットすべてがその値のときだけ一致します。ECN 付きの SYN ([SEW]) のように他のビットも立つことがあるので、見たいビットだけを {wanted} のように比べます。",
        "{written} matches only if all eight flag bits have that value. Others may be set too, as in a SYN with ECN ([SEW]): compare only the bits that matter, as in {wanted}.",
    ),
    "misconceptions.syn_bit_is_not_syn_packet": (
        "SYN のビットは SYN-ACK にも立っているので、{written} はどちらにも一致します。ACK が立っていないことも {wanted} のように確かめます。",
        "SYN-ACKs have the SYN bit too, so {written} matches both. Make sure that ACK is not set: {wanted}.",
    ),
    "misconceptions.any_of_mask": (
        "{written} は、どれかひとつのビットが立っていれば一致します。ACK は最初の SYN 以外のほとんどのパケットに立っています。",
        "{written} matches if any one of the bits is set, and nearly every segment after the first SYN has ACK.",
    ),
    "misconceptions.any_of_mask_loose": (
        "& は | より先に計算されるので、{written} は TCP のほぼすべてのパケットに一致します。マスクを括弧で囲みます。",
        "& is computed before |, so {written} is true of nearly every TCP packet. Put the mask in parentheses.",
    ),
    "misconceptions.tcp_index_ipv6": (
        "{protocol}[ ] が調べるのは IPv4 のパケットだけです。IPv6 も含めるには、{protocol} や port のような言葉の条件で書きます。",
        "{protocol}[ ] looks at IPv4 packets only. To have IPv6 as well, use words such as {protocol} and port.",
    ),
    "misconceptions.later_fragments": (
        "ポート番号などのヘッダがあるのは最初のフラグメントだけなので、2 番目以降のフラグメントの扱いが違っています。",
        "Only the first fragment of a datagram holds ports and the like: it is the later fragments that are treated differently here.",
    ),
    "misconceptions.vlan_order": (
        "vlan より後ろに書いた条件は、VLAN タグの内側を調べます。順序に意味があるので、タグのないパケットの条件は vlan より前に書きます。",
        "What stands after vlan looks behind the VLAN tag, so order matters: conditions for untagged packets come before vlan.",
    ),
    "misconceptions.vlan_missing": (
        "vlan を書かない条件は、VLAN タグの付いたパケットには一致しません。{first} or (vlan and …) のように、タグ付きの場合を後ろに加えます。",
        "Without vlan, packets with a VLAN tag are not matched. Add them at the end: {first} or (vlan and ...).",
    ),
    # Expressions that cannot be used
    "misconceptions.display_filter": (
        "これは Wireshark の表示フィルタの書き方です。tcpdump のキャプチャフィルタでは tcp port 80 のように、修飾子と値を並べて書きます。",
        "That is how Wireshark's display filters are written. tcpdump's capture filters put words before values, as in tcp port 80.",
    ),
    "misconceptions.qualifier_order": (
        "条件は、プロトコル、向き (src、dst)、種類 (host、net、port)、値の順に書きます。条件と条件の間には and か or を置きます。",
        "A condition is protocol, direction (src, dst), type (host, net, port), value, in this order; and or or goes between two conditions.",
    ),
    "misconceptions.range_or_mask": (
        "ポートの範囲には portrange、ネットワークには net を使います。ネットワークのアドレスは、ホストの部分を 0 にして書きます。",
        "A range of ports takes portrange, a network takes net. In a network's address the host part is 0.",
    ),
    "misconceptions.short_address": (
        "アドレスは四つの数で書きます。たとえば 10/8 ではなく 10.0.0.0/8 です。",
        "Write all four numbers of an address: not 10/8 but 10.0.0.0/8.",
    ),
    "misconceptions.proto_host": (
        "この種類の前にそのプロトコルは置けません。tcp and host 10.0.0.1 のように and でつなぎます。",
        "That protocol cannot qualify this type. Join the two with and, as in tcp and host 10.0.0.1.",
    ),
    "misconceptions.capitals": (
        "host や tcp などの言葉は、小文字で書きます。",
        "Words such as host and tcp are written in lower case.",
    ),
    "misconceptions.any_is_not_ethernet": (
        "このキャプチャは Ethernet ではありません。-i any で取ると Linux cooked という形式になり、MAC アドレスや VLAN タグは調べられません。",
        "This capture is not Ethernet. With -i any the link type is Linux cooked, where MAC addresses and VLAN tags cannot be looked at.",
    ),
    "misconceptions.name.direction-swapped": ("送信元と宛先が逆", "source and destination exchanged"),
    "misconceptions.name.port-behind-dot": ("ポートまでアドレスだと思う", "the port taken for a part of the address"),
    "misconceptions.name.seq-ack-swapped": ("seq と ack が逆", "seq and ack exchanged"),
    "misconceptions.name.ack-is-next": ("ack は次に欲しい番号", "ack names what is expected next"),
    "misconceptions.name.range-end-is-next": (
        "seq の範囲の終わりは次の番号",
        "a range of seq ends behind the last byte",
    ),
    "misconceptions.name.fin-is-last": ("FIN が最後だと思う", "FIN taken for the end"),
    "misconceptions.name.mixed-conversations": ("別の接続を混ぜる", "packets of several connections"),
    "misconceptions.name.syn-is-not-open": ("SYN だけで接続したと思う", "a SYN taken for a connection"),
    "misconceptions.name.rejected-by-server": ("サーバーが断ったと思う", "a rejection taken for the server's"),
    "misconceptions.name.silent-means-closed": ("無応答ならポートが閉じている", "silence taken for a closed port"),
    "misconceptions.name.seen-before-output": (
        "OUTPUT の手前で見えると思う",
        "what leaves, taken to be seen before OUTPUT",
    ),
    "misconceptions.name.no-reply-means-no-request": ("返事がなければ届いていない", "no reply, so nothing arrived"),
}
