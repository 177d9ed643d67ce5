"""What is said about filter expressions: what is wrong with one, how one was read, what decided."""

TEXTS = {
    # The shape of an error
    "filters.hint": ("もしかして:\n  {expression}", "did you mean:\n  {expression}"),
    # Spelling
    "filters.illegal_character": (
        "「{character}」はフィルタ式に使えない文字です",
        "the character {character!r} has no place in a filter expression",
    ),
    "filters.octal": (
        "{text} は数として読めません。0 で始まる数は 8 進数なので 8 と 9 は使えません",
        "{text} is no number: a leading 0 means octal, which has no 8 or 9",
    ),
    "filters.overflow": (
        "{text} は大きすぎます。書けるのは 4294967295 (32 ビット) までです",
        "{text} is too large: numbers go up to 4294967295 (32 bits)",
    ),
    "filters.bogus_mac": (
        "{text} は MAC アドレスにも IPv6 アドレスにもなっていません",
        "{text} is neither a MAC address nor an IPv6 address",
    ),
    "filters.bogus_ipv6": ("{text} は IPv6 アドレスになっていません", "{text} is not an IPv6 address"),
    "filters.bad_ipv4": (
        "{text} は IPv4 アドレスになっていません。各部分は 10 進数の 0 から 255 です",
        "{text} is not an IPv4 address: each part is a decimal number from 0 to 255",
    ),
    "filters.bad_decnet": (
        "{text} は DECnet のアドレスになっていません (エリア.ノードの形です)",
        "{text} is not a DECnet address (they are area.node)",
    ),
    # Grammar
    "filters.unexpected": ("ここに「{found}」は置けません", "{found!r} cannot stand here"),
    "filters.incomplete": ("式が途中で終わっています", "the expression ends too early"),
    "filters.nothing_to_inherit": (
        "{id} が何を指すのか書かれていません。前に host、net、port などを付けてください",
        "nothing says what {id} is: write host, net or port before it",
    ),
    "filters.too_long": (
        "式が長すぎます ({length} 文字)。{limit} 文字までにしてください",
        "the expression is too long ({length} characters): at most {limit} are read",
    ),
    "filters.too_deep": (
        "入れ子が深すぎます。{limit} 段までにしてください",
        "the expression is nested too deeply: at most {limit} levels are read",
    ),
    # Qualifiers and ids
    "filters.ether_host": (
        "ether の後には MAC アドレスを書きます。{id} は IP のアドレスなので ether を外してください",
        "after ether comes a MAC address; {id} is an IP address: leave out ether",
    ),
    "filters.mac_without_ether": (
        "MAC アドレス {id} の前には ether が要ります (ether host {id})",
        "the MAC address {id} needs ether before it (ether host {id})",
    ),
    "filters.not_an_address": (
        "{id} はアドレスなので {type} の後には置けません。前の修飾子を引き継いでいないか確かめてください",
        "{id} is an address and cannot follow {type}; it may have inherited {type} from the primitive before",
    ),
    "filters.prefix_without_net": (
        "{id} はネットワークです。host ではなく net を使ってください",
        "{id} is a network: write net, not host",
    ),
    "filters.prefix_length": (
        "プレフィックス長 {length} は長すぎます。{maximum} までです",
        "the prefix length {length} is too long: at most {maximum}",
    ),
    "filters.host_bits": (
        "{id} はホスト部のビットが 0 ではないので、ネットワークになりません",
        "{id} is no network: bits of its host part are set",
    ),
    "filters.not_for_host": (
        "{protocol} は {type} の修飾子になりません。{protocol} and {type} {id} のように分けて書きます",
        "{protocol} does not qualify {type}: write {protocol} and {type} {id}",
    ),
    "filters.ip6_with_ipv4": (
        "{id} は IPv4 のアドレスなので ip6 とは合いません",
        "{id} is an IPv4 address, which does not go with ip6",
    ),
    "filters.ip_with_ipv6": (
        "{id} は IPv6 のアドレスなので ip とは合いません",
        "{id} is an IPv6 address, which does not go with ip",
    ),
    "filters.not_for_port": (
        "{type} の前に置けるプロトコルは tcp、udp、sctp だけです。{protocol} は and でつなぎます",
        "only tcp, udp and sctp go before {type}: join {protocol} with and",
    ),
    "filters.not_for_proto": (
        "{protocol} は {type} の前に置けません",
        "{protocol} cannot go before {type}",
    ),
    "filters.not_for_cast": (
        "{protocol} は {word} の前に置けません",
        "{protocol} cannot go before {word}",
    ),
    "filters.port_number": (
        "ポート番号 {port} はありません。0 から 65535 までです",
        "there is no port {port}: they go from 0 to 65535",
    ),
    "filters.unknown_port": (
        "{name} というサービス名は知られていません。番号で書いてください",
        "{name!r} is not a known service name: write the number",
    ),
    "filters.other_transport": (
        "{name} は {protocol} のサービス名です",
        "{name!r} is a service of {protocol}",
    ),
    "filters.unknown_protocol": (
        "{name} というプロトコル名は知られていません。番号で書けます",
        "{name!r} is not a known protocol name: a number will do",
    ),
    "filters.host_name": (
        "ホスト名 {name} は調べません。IP アドレスで書いてください",
        "host names are not looked up here: write the IP address instead of {name!r}",
    ),
    "filters.ether_name": (
        "ホスト名 {name} は調べません。MAC アドレスで書いてください",
        "host names are not looked up here: write the MAC address instead of {name!r}",
    ),
    "filters.network_name": (
        "ネットワーク名 {name} は調べません。10.0.0.0/8 のようにアドレスで書いてください",
        "network names are not looked up here: write an address such as 10.0.0.0/8 instead of {name!r}",
    ),
    "filters.gateway": (
        "この環境の tcpdump と同じく gateway は使えません",
        "gateway cannot be used, as in the tcpdump of today's systems",
    ),
    "filters.gateway_number": (
        "gateway の後にはアドレスではなく名前を書きます",
        "after gateway comes a name, not an address",
    ),
    "filters.arcnet": ("ARCnet のアドレスは使えません", "ARCnet addresses cannot be used here"),
    "filters.wlan_direction": (
        "{direction} は 802.11 (無線 LAN) の MAC アドレスにだけ使えます",
        "{direction} is for 802.11 (wireless LAN) MAC addresses only",
    ),
    "filters.link_alone": (
        "ether だけでは条件になりません。ether host や ether proto のように続けます",
        "ether alone says nothing: go on with ether host, ether proto ...",
    ),
    # Words that need some link type
    "filters.foreign": (
        "「{words}」は、無線 LAN、ATM、SS7、OpenBSD の pf など、ここでは扱わないリンク層のための条件です",
        "'{words}' is for link types that are not covered here (802.11, ATM, SS7, OpenBSD's pf)",
    ),
    "filters.radio": (
        "このキャプチャには無線 LAN の radio ヘッダがありません",
        "the capture has no radio header",
    ),
    "filters.link_type": (
        "リンク層 {name} のキャプチャにはフィルタを使えません",
        "captures of link type {name} cannot be filtered",
    ),
    "filters.no_vlan": (
        "{link_type} のキャプチャには VLAN タグがないので vlan は使えません",
        "a capture of {link_type} has no VLAN tags, so vlan cannot be used",
    ),
    "filters.vlan_after_mpls": ("mpls の後に vlan は使えません", "vlan cannot be used after mpls"),
    "filters.no_mpls": (
        "{link_type} のキャプチャでは mpls は使えません",
        "mpls cannot be used on a capture of {link_type}",
    ),
    "filters.below_mpls": (
        "mpls の後で見分けられるのは IPv4 と IPv6 だけです",
        "after mpls only IPv4 and IPv6 can be told apart",
    ),
    "filters.no_llc": (
        "{link_type} のキャプチャでは llc は使えません",
        "llc cannot be used on a capture of {link_type}",
    ),
    "filters.no_direction": (
        "{link_type} のキャプチャには向きの記録がないので inbound と outbound は使えません",
        "a capture of {link_type} does not record a direction, so inbound and outbound cannot be used",
    ),
    "filters.no_ifindex": (
        "{link_type} のキャプチャにはインターフェースの記録がないので ifindex は使えません",
        "a capture of {link_type} does not record the interface, so ifindex cannot be used",
    ),
    "filters.no_ethernet": (
        "{link_type} のキャプチャには Ethernet ヘッダがないので、MAC アドレスは調べられません",
        "a capture of {link_type} has no Ethernet header, so there are no MAC addresses to look at",
    ),
    "filters.chain_in_tunnel": (
        "geneve の後に protochain は使えません",
        "protochain cannot be used after geneve",
    ),
    "filters.too_large": (
        "{word} の番号 {number} はありません。{largest} までです",
        "there is no {word} {number}: they go up to {largest}",
    ),
    "filters.unknown_llc": ("llc の種類に {name} はありません", "{name!r} is not a type of llc"),
    # Arithmetic
    "filters.division": ("0 では割れません", "division by zero"),
    "filters.shift": (
        "{number} ビットはずらせません。31 ビットまでです",
        "a shift by {number} bits is too far: at most 31",
    ),
    "filters.access_size": (
        "読めるのは 1、2、4 バイトです ({size} バイトは読めません)",
        "1, 2 or 4 bytes can be read, not {size}",
    ),
    "filters.no_index": (
        "{protocol} のバイトは [ ] では読めません",
        "the bytes of {protocol} cannot be read with [ ]",
    ),
    "filters.too_complex": (
        "計算が込み入りすぎています。一度に覚えておける値は {limit} 個です",
        "the calculation is too complex: {limit} values can be held at once",
    ),
    # How it was read: which packets a clause is true of
    "filters.say.and": ("すべてが成り立つパケット", "packets for which all of these hold"),
    "filters.say.or": ("どれかが成り立つパケット", "packets for which any of these holds"),
    "filters.say.not": ("「{term}」が成り立たないパケット", "packets for which '{term}' does not hold"),
    "filters.say.within": ("{name} のうち、{said}", "{name}: {said}"),
    "filters.say.host_any": ("送信元か宛先が {id} のパケット", "packets to or from {id}"),
    "filters.say.host_src": ("送信元が {id} のパケット", "packets from {id}"),
    "filters.say.host_dst": ("宛先が {id} のパケット", "packets to {id}"),
    "filters.say.host_both": ("送信元も宛先も {id} のパケット", "packets both from and to {id}"),
    "filters.say.net_any": ("送信元か宛先が {id} の中にあるパケット", "packets to or from an address in {id}"),
    "filters.say.net_src": ("送信元が {id} の中にあるパケット", "packets from an address in {id}"),
    "filters.say.net_dst": ("宛先が {id} の中にあるパケット", "packets to an address in {id}"),
    "filters.say.net_both": ("送信元も宛先も {id} の中にあるパケット", "packets both from and to addresses in {id}"),
    "filters.say.mac_any": ("送信元か宛先の MAC アドレスが {id} のパケット", "packets to or from the MAC address {id}"),
    "filters.say.mac_src": ("送信元の MAC アドレスが {id} のパケット", "packets from the MAC address {id}"),
    "filters.say.mac_dst": ("宛先の MAC アドレスが {id} のパケット", "packets to the MAC address {id}"),
    "filters.say.mac_both": (
        "送信元も宛先も MAC アドレスが {id} のパケット",
        "packets both from and to the MAC address {id}",
    ),
    "filters.say.port_any": ("送信元か宛先のポートが {id} のパケット", "packets to or from port {id}"),
    "filters.say.port_src": ("送信元ポートが {id} のパケット", "packets from port {id}"),
    "filters.say.port_dst": ("宛先ポートが {id} のパケット", "packets to port {id}"),
    "filters.say.port_both": ("送信元も宛先もポートが {id} のパケット", "packets both from and to port {id}"),
    "filters.say.portrange_any": (
        "送信元か宛先のポートが {id} の範囲にあるパケット",
        "packets to or from a port in the range {id}",
    ),
    "filters.say.portrange_src": ("送信元ポートが {id} の範囲にあるパケット", "packets from a port in the range {id}"),
    "filters.say.portrange_dst": ("宛先ポートが {id} の範囲にあるパケット", "packets to a port in the range {id}"),
    "filters.say.portrange_both": (
        "送信元も宛先もポートが {id} の範囲にあるパケット",
        "packets both from and to ports in the range {id}",
    ),
    "filters.say.proto": ("{name} のプロトコル番号が {id} のパケット", "packets of {name} protocol {id}"),
    "filters.say.protochain": (
        "{name} のヘッダの連なりに {id} があるパケット",
        "packets of {name} whose chain of headers has {id}",
    ),
    "filters.say.ip": ("IPv4 のパケット", "IPv4 packets"),
    "filters.say.ip6": ("IPv6 のパケット", "IPv6 packets"),
    "filters.say.arp": ("ARP のパケット", "ARP packets"),
    "filters.say.rarp": ("RARP のパケット", "RARP packets"),
    "filters.say.tcp": ("TCP のパケット (IPv4 と IPv6)", "TCP packets, over IPv4 or IPv6"),
    "filters.say.udp": ("UDP のパケット (IPv4 と IPv6)", "UDP packets, over IPv4 or IPv6"),
    "filters.say.sctp": ("SCTP のパケット (IPv4 と IPv6)", "SCTP packets, over IPv4 or IPv6"),
    "filters.say.icmp": ("ICMP のパケット (IPv4 だけ)", "ICMP packets, over IPv4 only"),
    "filters.say.icmp6": ("ICMPv6 のパケット", "ICMPv6 packets"),
    "filters.say.igmp": ("IGMP のパケット", "IGMP packets"),
    "filters.say.stp": ("スパニングツリーのフレーム", "spanning tree frames"),
    "filters.say.protocol": ("{name} のパケット", "{name} packets"),
    "filters.say.broadcast": ("{name} のブロードキャスト", "{name} broadcasts"),
    "filters.say.multicast": ("{name} のマルチキャスト", "{name} multicasts"),
    "filters.say.less": ("長さが {limit} バイト以下のパケット", "packets of at most {limit} bytes"),
    "filters.say.greater": ("長さが {limit} バイト以上のパケット", "packets of at least {limit} bytes"),
    "filters.say.byte": (
        "リンク層のバイト {offset} について {text} が成り立つパケット",
        "packets whose link-layer byte {offset} passes '{text}'",
    ),
    "filters.say.inbound": ("このホストが受け取ったパケット", "packets that the capturing host received"),
    "filters.say.outbound": ("このホストが送ったパケット", "packets that the capturing host sent"),
    "filters.say.ifindex": ("番号 {index} のインターフェースのパケット", "packets on the interface with index {index}"),
    "filters.say.vlan": ("VLAN タグのあるパケット", "packets with a VLAN tag"),
    "filters.say.vlan_number": ("VLAN {number} のタグのあるパケット", "packets with the tag of VLAN {number}"),
    "filters.say.mpls": ("MPLS ラベルのあるパケット", "packets with an MPLS label"),
    "filters.say.mpls_number": ("MPLS ラベル {number} のあるパケット", "packets with the MPLS label {number}"),
    "filters.say.pppoed": ("PPPoE のディスカバリのパケット", "PPPoE discovery packets"),
    "filters.say.pppoes": ("PPPoE のセッションのパケット", "PPPoE session packets"),
    "filters.say.pppoes_number": ("PPPoE セッション {number} のパケット", "packets of PPPoE session {number}"),
    "filters.say.geneve": ("Geneve でカプセル化されたパケット", "packets encapsulated in Geneve"),
    "filters.say.geneve_number": (
        "VNI {number} の Geneve でカプセル化されたパケット",
        "packets encapsulated in Geneve with VNI {number}",
    ),
    "filters.say.everything": ("すべてのパケット", "all packets"),
    "filters.say.other": ("「{text}」に当たるパケット", "packets that are '{text}'"),
    "filters.say.relation": ("{text} が成り立つパケット", "packets for which {text}"),
    "filters.say.flags_exactly": (
        "TCP フラグがちょうど {flags} のパケット (IPv4 だけ)",
        "packets whose TCP flags are exactly {flags} (IPv4 only)",
    ),
    "filters.say.flags_any": (
        "TCP フラグ {flags} のどれかが立っているパケット (IPv4 だけ)",
        "packets with any of the TCP flags {flags} set (IPv4 only)",
    ),
    "filters.say.flags_none": (
        "TCP フラグ {flags} がどれも立っていないパケット (IPv4 だけ)",
        "packets with none of the TCP flags {flags} set (IPv4 only)",
    ),
    "filters.say.flags_all": (
        "TCP フラグ {flags} がすべて立っているパケット (IPv4 だけ)",
        "packets with all of the TCP flags {flags} set (IPv4 only)",
    ),
    "filters.say.flags_some": (
        "TCP フラグ {flags} が立っていて {others} は立っていないパケット (IPv4 だけ)",
        "packets with the TCP flags {flags} set and {others} not (IPv4 only)",
    ),
    # What surprises about a reading
    "filters.note.equal_rank": (
        "and と or は同じ強さで、左から右へ読みます。",
        "and and or have equal rank and are read left to right.",
    ),
    "filters.note.inherited": (
        "修飾子を書かない番号や名前は、直前の修飾子を引き継ぎます。",
        "An id without qualifiers takes those of the one before it.",
    ),
    "filters.note.moved": (
        "vlan、mpls、pppoes、geneve の後に書いた条件は、そのヘッダの内側を調べます。",
        "What is written after vlan, mpls, pppoes or geneve looks inside that header.",
    ),
    # What a clause looked at in a packet
    "filters.field.source_address": ("送信元", "source"),
    "filters.field.destination_address": ("宛先", "destination"),
    "filters.field.source_mac": ("送信元 MAC", "source MAC"),
    "filters.field.destination_mac": ("宛先 MAC", "destination MAC"),
    "filters.field.source_port": ("送信元ポート", "source port"),
    "filters.field.destination_port": ("宛先ポート", "destination port"),
    "filters.field.protocol": ("プロトコル", "protocol"),
    "filters.field.ether_type": ("Ethernet タイプ", "Ethernet type"),
    "filters.field.ip_version": ("IP のバージョン", "IP version"),
    "filters.field.family": ("アドレスファミリ", "address family"),
    "filters.field.fragment_offset": ("フラグメントオフセット", "fragment offset"),
    "filters.field.vlan_tag": ("VLAN 番号", "VLAN"),
    "filters.field.computed": ("{text} ", "{text}"),
    # The drawing
    "filters.answer.yes": ("はい", "yes"),
    "filters.answer.no": ("いいえ", "no"),
    "filters.answer.skipped": ("(見ない)", "(skipped)"),
    "filters.answer.beyond": ("(届かない)", "(cut off)"),
    "filters.why.field": ("{what}は {value} (バイト {first}-{last})", "{what} is {value} (bytes {first}-{last})"),
    "filters.why.byte": ("{what}は {value} (バイト {first})", "{what} is {value} (byte {first})"),
    "filters.why.value": ("{what}は {value}", "{what} is {value}"),
    "filters.why.beyond": ("バイト {last} まで取り込まれていません", "not captured up to byte {last}"),
    "filters.why.inherited": ("← {words} は引き継ぎ", "← {words} inherited"),
    "filters.why.decisive": ("← これが決め手", "← this decides"),
}
