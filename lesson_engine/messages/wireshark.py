"""What is said about a filter in Wireshark's language: how it differs from the capture filter, and why."""

TEXTS = {
    "wireshark.computed": (
        "「{words}」は Wireshark の表示フィルタでは書けません。パケットごとに位置や値を計算しているためです。"
        "この条件は tcpdump のキャプチャフィルタのまま使ってください",
        "a display filter cannot say {words}: it computes a place or a value for each packet. "
        "Keep this one as a capture filter, in tcpdump",
    ),
    "wireshark.too_deep": (
        "Wireshark の表示フィルタには入れ子が深すぎます。括弧を {limit} 段までに減らしてください",
        "this is nested too deeply for a display filter: at most {limit} levels of parentheses are read",
    ),
    "wireshark.tags": (
        "VLAN タグ: tcpdump は vlan と書いた数だけタグの後ろを見ます (書かなければタグの後ろは見ません)。"
        "Wireshark は何重のタグでも後ろを見ます。802.1ad のタグの名前は vlan ではなく ieee8021ad です",
        "VLAN tags: tcpdump looks behind one tag for each vlan in the filter, and behind none without it. "
        "Wireshark looks behind any number, and calls 802.1ad tags ieee8021ad, not vlan",
    ),
    "wireshark.inside": (
        "パケットの中のパケット: tcpdump は外側のヘッダだけを見ます。"
        "Wireshark は ICMP エラーが引用したパケット、トンネル (GRE、IP-in-IP、VXLAN、MPLS、PPPoE など) や "
        "LLC/SNAP の中も見ます",
        "packets inside packets: tcpdump looks at the outer headers only. Wireshark also looks into the packet "
        "that an ICMP error quotes, and into tunnels (GRE, IP-in-IP, VXLAN, MPLS, PPPoE ...) and LLC/SNAP",
    ),
    "wireshark.fragments": (
        "フラグメント: tcpdump は 1 つずつ判定します (ポートやフラグは先頭のフラグメントにしかありません)。"
        "Wireshark は再構成し、そろったときのフラグメントにだけ TCP や UDP を表示します",
        "fragments: tcpdump judges each by itself (only the first has ports and flags). "
        "Wireshark reassembles, and shows TCP or UDP only on the fragment that completes the packet",
    ),
    "wireshark.extensions": (
        "拡張ヘッダ: tcpdump は IPv6 の拡張ヘッダ (フラグメントヘッダの次の番号を除く) や AH の後ろを見ません。"
        "Wireshark は見ます",
        "extension headers: tcpdump does not look behind IPv6 extension headers (but for the number after a "
        "fragment header) or AH. Wireshark does",
    ),
    "wireshark.reverse_arp": (
        "RARP: tcpdump は Ethernet のタイプで ARP と RARP を分けます。"
        "Wireshark はどちらも arp と呼び、違いは arp.opcode (3 と 4 が RARP) に出ます",
        "RARP: tcpdump tells ARP from RARP by the Ethernet type. "
        "Wireshark calls both arp; they differ in arp.opcode (3 and 4 are RARP)",
    ),
    "wireshark.unusual": (
        "まれなヘッダ: Wireshark は意味で読むため、tcpdump と違うものがあります。UDP-Lite のポートも udp.port になり、"
        "送信元経路 (source route) オプションがあると ip.dst は最終の宛先、Ethernet と IPv4 以外の ARP のアドレスは別のフィールド、"
        "DVMRP は igmp ではなく dvmrp です",
        "rare headers, which Wireshark reads by their meaning: UDP-Lite's ports are udp.port too, with a source route "
        "option ip.dst is the final destination, ARP for other than Ethernet and IPv4 has other fields, and DVMRP is "
        "dvmrp, not igmp",
    ),
    "wireshark.damaged": (
        "途中で切れた、または壊れたパケット: tcpdump は決まった位置のバイトを比べ、そこまで届かなければ not を付けても一致しません。"
        "Wireshark は解釈できたヘッダだけを見て、無いものは偽として続けます",
        "packets cut short or damaged: tcpdump compares bytes at their places, and a packet that ends before them "
        "never matches, not even under not. Wireshark knows only the headers it could read, and takes the rest as false",
    ),
    "wireshark.bytes_beyond": (
        "短いパケット: 比べるバイトまで届かないパケットを、tcpdump は not や or があっても必ず捨てます。"
        "Wireshark はその比較だけを偽として続けます",
        "short packets: one that ends before a compared byte never matches in tcpdump, whatever not and or say. "
        "Wireshark takes that comparison alone as false",
    ),
    "wireshark.padding": (
        "パケットの末尾: tcpdump は IP の長さを見ないので、Ethernet の詰め物のバイトも読みます。"
        "Wireshark のペイロードは IP の長さで終わります (RST が運ぶデータはペイロードに数えません)",
        "the end of a packet: tcpdump does not look at the IP length and reads Ethernet's padding too. "
        "Wireshark's payload ends where IP says (and data that a RST carries is none)",
    ),
    "wireshark.cooked": (
        "リンク層: この式は Linux cooked (tcpdump -i any) のキャプチャで使えます。"
        "ほかのキャプチャには、パケットの向きやインターフェースが記録されていません",
        "link layer: this one is for Linux cooked captures (tcpdump -i any). "
        "Other captures do not record a packet's direction or interface",
    ),
    "wireshark.ethernet": (
        "リンク層: この式は Ethernet のキャプチャ用です。ほかのリンク層ではフィールドの名前やバイトの位置が違います",
        "link layer: this one is for Ethernet captures. On other link layers the fields or the places differ",
    ),
}
