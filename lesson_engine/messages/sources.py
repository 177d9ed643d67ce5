"""What is said about savefiles."""

TEXTS = {
    # A file that is no savefile, or cannot be opened.
    "sources.no_such_file": (
        "{path} が見つかりません。ファイル名と場所を確かめてください。",
        "There is no file {path}. Check its name and where it is.",
    ),
    "sources.directory": (
        "{path} はディレクトリです。その中のキャプチャファイルを指定してください。",
        "{path} is a directory. Name a capture file in it.",
    ),
    "sources.permission": (
        "{path} を読む権限がありません。ls -l {path} で持ち主と権限を確かめてください。",
        "You may not read {path}. See who may with: ls -l {path}",
    ),
    "sources.unreadable": ("{path} を読めません ({reason})。", "{path} cannot be read: {reason}."),
    "sources.empty": (
        "空のファイルです。キャプチャが始まる前に終わったか、コピーに失敗しています。",
        "The file is empty: the capture ended before it began, or a copy failed.",
    ),
    "sources.header_cut": (
        "先頭の {size} バイトでファイルが終わっています。"
        "キャプチャファイルのヘッダーには、あと {missing} バイト必要です。",
        "The file ends after {size} bytes, within its header: {missing} more bytes are missing.",
    ),
    "sources.not_a_savefile": (
        "キャプチャファイル (pcap, pcapng) ではありません。先頭のバイトは {start} です。",
        "This is no capture file (pcap or pcapng). It begins with the bytes {start}.",
    ),
    "sources.text_file": (
        "テキストファイルです。tcpdump の画面出力ではなく、tcpdump -w で保存したファイルを指定してください。",
        "This is a text file. Give a file saved with tcpdump -w, not what tcpdump printed.",
    ),
    "sources.compressed": (
        "{format} で圧縮されています。展開してから指定してください (gzip だけはそのまま読めます)。",
        "The file is compressed with {format}. Decompress it first (only gzip is read as it is).",
    ),
    "sources.version": (
        "形式のバージョン {version} には対応していません。Wireshark の editcap で変換できることがあります。",
        "Version {version} of the file format is not supported. Wireshark's editcap may convert it.",
    ),
    # pcap.
    "sources.record_cut": (
        "ファイルが途中で切れています。{number} 番のパケット (オフセット {offset}) に {missing} バイト足りません。"
        "その前の {good} 個は読めました。",
        "The file is cut short: packet {number} (at offset {offset}) lacks {missing} bytes. "
        "The {good} before it are good.",
    ),
    "sources.captured_length": (
        "{number} 番のパケット (オフセット {offset}) の長さが {length} バイトになっていますが、"
        "上限は {limit} バイトです。ファイルが壊れているので、ここまでを読みました。",
        "Packet {number} (at offset {offset}) says it is {length} bytes long, but the limit is {limit}. "
        "The file is damaged; reading stopped here.",
    ),
    # pcapng.
    "sources.block_cut": (
        "ファイルが途中で切れています。オフセット {offset} のブロックに {missing} バイト足りません。",
        "The file is cut short: the block at offset {offset} lacks {missing} bytes.",
    ),
    "sources.block_length": (
        "オフセット {offset} のブロックの長さが {length} になっています。"
        "これはあり得ないので、ファイルが壊れています。",
        "The block at offset {offset} says its length is {length}, which cannot be. The file is damaged.",
    ),
    "sources.block_lengths_differ": (
        "オフセット {offset} のブロックの長さが、前後で食い違っています ({length} と {trailer})。"
        "ファイルが壊れています。",
        "The block at offset {offset} has one length before it ({length}) and another after it ({trailer}). "
        "The file is damaged.",
    ),
    "sources.block_too_short": (
        "オフセット {offset} のブロック (種類 {type}) が、中身より短くなっています。ファイルが壊れています。",
        "The block at offset {offset} (type {type}) is shorter than what it should hold. The file is damaged.",
    ),
    "sources.byte_order_changes": (
        "オフセット {offset} からのセクションは、バイト順が前と違います。tcpdump と同じく、ここまでを読みました。"
        "mergecap でまとめ直すと全部読めます。",
        "The section at offset {offset} has another byte order than the one before. Like tcpdump, this reads no "
        "further; mergecap can rewrite the file as one.",
    ),
    "sources.bad_section": (
        "オフセット {offset} のセクションヘッダーが壊れています。",
        "The section header at offset {offset} is damaged.",
    ),
    "sources.no_interface": (
        "インターフェースの記述が 1 つもないので、パケットを読めません。ファイルが途中で切れているかもしれません。",
        "The file describes no interface, so it cannot hold packets. It may have been cut short.",
    ),
    "sources.packet_before_interface": (
        "オフセット {offset} のパケットより前に、インターフェースの記述がありません。ファイルが壊れています。",
        "The packet at offset {offset} comes before any interface is described. The file is damaged.",
    ),
    "sources.unknown_interface": (
        "オフセット {offset} のパケットはインターフェース {interface} のものですが、その記述がありません。",
        "The packet at offset {offset} is from interface {interface}, which the file does not describe.",
    ),
    "sources.link_type_changes": (
        "オフセット {offset} のインターフェースのリンクタイプ ({other}) が、最初のもの ({first}) と違います。"
        "tcpdump と同じく、ここまでを読みました。tshark なら最後まで読めます。",
        "The interface at offset {offset} has another link type ({other}) than the first ({first}). "
        "Like tcpdump, this reads no further; tshark can.",
    ),
    "sources.snapshot_length_changes": (
        "オフセット {offset} のインターフェースのスナップ長 ({other}) が、最初のもの ({first}) と違います。"
        "tcpdump と同じく、ここまでを読みました。tshark なら最後まで読めます。",
        "The interface at offset {offset} has another snapshot length ({other}) than the first ({first}). "
        "Like tcpdump, this reads no further; tshark can.",
    ),
    "sources.interface_option": (
        "オフセット {offset} のインターフェースの記述に誤りがあります ({problem})。",
        "The interface description at offset {offset} is wrong: it {problem}.",
    ),
    # gzip.
    "sources.gzip_cut": (
        "gzip のデータが途中で終わっています。コピーやダウンロードをやり直してください。読めたところまでを使います。",
        "The gzip data end early. Copy or download the file again; what could be read is used.",
    ),
    "sources.gzip_damaged": (
        "gzip のデータが壊れています。コピーやダウンロードをやり直してください。読めたところまでを使います。",
        "The gzip data are damaged. Copy or download the file again; what could be read is used.",
    ),
    "sources.gzip_too_large": (
        "展開すると {limit} MiB を超えるので、読むのをやめました。"
        "信頼できるファイルなら、gunzip で展開してから指定してください。",
        "Decompressed, the file is larger than {limit} MiB, so reading stopped. If you trust it, gunzip it first.",
    ),
    "sources.inside_gzip": ("gzip の中身: {fault}", "Inside the gzip file: {fault}"),
    # Live capture.
    "sources.live.no_helper": (
        "tcpdump も dumpcap も見つからないので、ライブキャプチャはできません。{install}\n"
        "収録済みのキャプチャなら、どちらもなしで使えます: tutor tcpdump -i eth0",
        "Neither tcpdump nor dumpcap is installed, so nothing can be captured live. {install}\n"
        "The recorded captures need neither: tutor tcpdump -i eth0",
    ),
    "sources.live.install_linux": (
        "Debian / Ubuntu では: sudo apt install tcpdump",
        "On Debian or Ubuntu: sudo apt install tcpdump",
    ),
    "sources.live.install_elsewhere": (
        "tcpdump か Wireshark (dumpcap) をインストールしてください。",
        "Install tcpdump, or Wireshark for its dumpcap.",
    ),
    "sources.live.permission": (
        "このユーザーにはキャプチャする権限がありません。次のどれかで始められます。\n{steps}",
        "This user may not capture. Any of these will do:\n{steps}",
    ),
    "sources.live.step_and_next": ("{step}\n{next}", "{step}\n{next}"),
    "sources.live.permission_wireshark": (
        "- dumpcap に権限を持たせる (一度だけ。そのあとログインし直します):\n"
        "    sudo dpkg-reconfigure wireshark-common\n"
        "    sudo usermod -aG wireshark $USER",
        "- Let dumpcap capture (once; log in again afterwards):\n"
        "    sudo dpkg-reconfigure wireshark-common\n"
        "    sudo usermod -aG wireshark $USER",
    ),
    "sources.live.permission_setcap": (
        "- tcpdump に権限を持たせ、使える人を {group} グループに限る (一度だけ。そのあとログインし直します):\n"
        "    sudo groupadd -f {group}\n"
        "    sudo usermod -aG {group} $USER\n"
        "    sudo chgrp {group} {path}\n"
        "    sudo chmod 750 {path}\n"
        "    sudo setcap cap_net_raw,cap_net_admin=eip {path}",
        "- Let tcpdump capture, for the members of the group {group} alone (once; log in again afterwards):\n"
        "    sudo groupadd -f {group}\n"
        "    sudo usermod -aG {group} $USER\n"
        "    sudo chgrp {group} {path}\n"
        "    sudo chmod 750 {path}\n"
        "    sudo setcap cap_net_raw,cap_net_admin=eip {path}",
    ),
    "sources.live.permission_macos": (
        "- Wireshark に付属の ChmodBPF をインストールすると、管理者は /dev/bpf* を読めるようになります。",
        "- Install ChmodBPF, which comes with Wireshark: administrators may then read /dev/bpf*.",
    ),
    "sources.live.permission_sudo": (
        "- tcpdump だけを sudo で動かし、パイプで渡す (tutor や Jupyter は root で動かしません):\n"
        "    sudo tcpdump -U -w - -i IF | tutor tcpdump -r -",
        "- Run tcpdump alone with sudo and pipe it here (never tutor or Jupyter as root):\n"
        "    sudo tcpdump -U -w - -i IF | tutor tcpdump -r -",
    ),
    "sources.live.needless_root": (
        "Python 全体が root で動いています。root が必要なのは tcpdump だけです。"
        "一般ユーザーで実行すると、tcpdump だけに権限を持たせる方法を表示します。",
        "All of Python runs as root here, and only tcpdump needs to. Run this as an ordinary user, and you are told how to "
        "let tcpdump alone capture.",
    ),
    "sources.live.permission_lab": (
        "- 権限なしで使えるラボの中でキャプチャする:\n    tutor lab up\n    tutor lab shell client",
        "- Capture in the private lab, which needs no permission:\n    tutor lab up\n    tutor lab shell client",
    ),
    "sources.live.no_interface": (
        "{name} というインターフェースはありません。一覧は tutor live -D で見られます。",
        "There is no interface {name}. To list them: tutor live -D",
    ),
    "sources.live.interface_down": (
        "{name} は停止しています。sudo ip link set {name} up で動かしてから、もう一度実行してください。",
        "{name} is down. Bring it up with sudo ip link set {name} up, then try again.",
    ),
    "sources.live.interface_gone": (
        "キャプチャの途中で {name} が停止したか、なくなりました。ここまでのパケットは失われていません。",
        "{name} went down or vanished during the capture. The packets until then are not lost.",
    ),
    "sources.live.dropped": (
        "カーネルが {count} 個のパケットを取りこぼしました。フィルタで絞るか、-s を小さく、-B を大きくしてください。",
        "The kernel dropped {count} packets. Narrow the filter, or try a smaller -s or a larger -B.",
    ),
    "sources.live.cut": (
        "{length} バイトより長いパケットが {count} 個あり、先頭の {length} バイトだけを取りました。"
        "ネットワークカードがセグメントをまとめると、このように長くなります。全部取るには -s 0 を付けます。",
        "Packets longer than {length} bytes, of which only the beginning was kept: {count}. Segments that a network "
        "card has merged are that long. To keep all: -s 0",
    ),
}
