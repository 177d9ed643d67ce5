"""What is said about tcpdump commands: their options, what the shell does to them, and how a run ended."""

TEXTS = {
    # What the shell does with a character that nothing protects
    "tcpdump.shell.parenthesis": (
        "引用符の外の {text} はシェルの文法の一部なので、シェルが構文エラーにします。tcpdump は起動しません。"
        "フィルタ全体を '…' で囲みます。",
        "Outside quotes, {text} belongs to the shell's own grammar: the shell reports a syntax error and tcpdump never "
        "starts. Put the whole filter in '…'.",
    ),
    "tcpdump.shell.background": (
        "引用符の外の & は「ここまでをバックグラウンドで実行」の意味です。tcpdump には & の前までしか渡りません。"
        "フィルタ全体を '…' で囲みます。",
        "Outside quotes, & runs what stands before it in the background; tcpdump gets only that part. Put the whole "
        "filter in '…'.",
    ),
    "tcpdump.shell.and_then": (
        "引用符の外の && は「成功したら次のコマンドを実行」の意味です。tcpdump には && の前までしか渡りません。"
        "フィルタの中では and と書きます。",
        "Outside quotes, && runs another command after this one; tcpdump gets only the part before it. In a filter, "
        "write and.",
    ),
    "tcpdump.shell.or_else": (
        "引用符の外の || は「失敗したら次のコマンドを実行」の意味です。tcpdump には || の前までしか渡りません。"
        "フィルタの中では or と書きます。",
        "Outside quotes, || runs another command if this one fails; tcpdump gets only the part before it. In a filter, "
        "write or.",
    ),
    "tcpdump.shell.pipe": (
        "引用符の外の | は出力を次のコマンドに渡すパイプです。tcpdump には | の前までしか渡りません。"
        "フィルタの一部なら全体を '…' で囲みます。",
        "Outside quotes, | pipes the output into another command; tcpdump gets only the part before it. If it belongs "
        "to the filter, put the whole filter in '…'.",
    ),
    "tcpdump.shell.separator": (
        "引用符の外の {text} でコマンドが終わります。続きは別のコマンドになります。",
        "Outside quotes, {text} ends the command; what follows is another one.",
    ),
    "tcpdump.shell.redirect": (
        "引用符の外の {text} はリダイレクトです。比較にはならず、次の語がファイル名になります。"
        "フィルタの一部なら全体を '…' で囲みます。",
        "Outside quotes, {text} redirects: it compares nothing, and the next word becomes a file's name. If it belongs "
        "to the filter, put the whole filter in '…'.",
    ),
    "tcpdump.shell.history": (
        "引用符の外の ! は、対話中の bash では履歴の呼び出しになり event not found で止まります。not と書くか、"
        "全体を '…' で囲みます。",
        "At a bash prompt an unquoted ! recalls an earlier command and stops with 'event not found'. Write not, or put "
        "the whole filter in '…'.",
    ),
    "tcpdump.shell.glob": (
        "引用符の外の {text} はファイル名のパターンになります。合うファイルがあれば置き換えられ、zsh "
        "では無ければエラーになります。全体を '…' で囲むと安全です。",
        "Outside quotes, {text} makes the word a file name pattern: a matching file would replace it, and zsh "
        "reports an "
        "error where none matches. Quotes '…' around the filter are safe.",
    ),
    "tcpdump.shell.variable": (
        "{text} はシェルが変数の値 (無ければ空) に置き換えます。その値はここでは分かりません。値そのものを書くか、"
        "'…' で囲みます。",
        "The shell replaces {text} by the variable's value, or by nothing, and that value is not known here. Write the "
        "value itself, or use '…'.",
    ),
    "tcpdump.shell.substitution": (
        "{text} から始まる部分を、シェルは別のコマンドとして実行して結果に置き換えます。ここでは実行しません。'…' "
        "で囲むか、値そのものを書きます。",
        "From {text} on, the shell runs another command and puts its output here. Nothing is run here: use '…', or "
        "write the value itself.",
    ),
    "tcpdump.shell.unclosed_quote": (
        "引用符 {text} が閉じていません。シェルは続きの入力を待ちます。終わりにも {text} を書きます。",
        "The quote {text} is never closed, so the shell waits for more. Write another {text} at the end.",
    ),
    "tcpdump.shell.wide_character": (
        "「{text}」は全角文字か、ワープロが置き換えた記号です。シェルと tcpdump には別の文字なので、半角で書きます。",
        "'{text}' is a full-width or typographic character, which the shell and tcpdump do not take for the plain one. "
        "Write it in ASCII.",
    ),
    # Lines that are no tcpdump command
    "tcpdump.command.empty": (
        "コマンドがありません。tcpdump の行を書きます。",
        "There is no command. Write a tcpdump line.",
    ),
    "tcpdump.command.other": (
        "tcpdump のコマンドではありません。最初の語は {word} です。tcpdump か sudo tcpdump で始めます。",
        "This is no tcpdump command: it begins with {word}. Begin with tcpdump, or sudo tcpdump.",
    ),
    "tcpdump.command.misspelt": (
        "{word} というコマンドはありません。tcpdump の綴りを確かめます。",
        "There is no command {word}. Check the spelling of tcpdump.",
    ),
    "tcpdump.command.prompt": (
        "行頭の {text} はプロンプトの記号で、コマンドの一部ではありません。その後ろだけを書きます。",
        "The {text} at the beginning is the prompt, not part of the command. Leave it out.",
    ),
    "tcpdump.command.several": (
        "tcpdump のコマンドが {count} 個あります。1 つだけにします。",
        "There are {count} tcpdump commands here. Leave one.",
    ),
    "tcpdump.command.nul": (
        "コマンドに NUL 文字が入っています。取り除きます。",
        "The command has a NUL character in it. Remove it.",
    ),
    "tcpdump.command.too_long": (
        "コマンドが長すぎます。{limit} 文字までです。",
        "The command is too long. The limit is {limit} characters.",
    ),
    # Options that tcpdump refuses
    "tcpdump.command.unknown": (
        "{option} というオプションは tcpdump にありません。フィルタの語 (port や host など) にハイフンは付けません。"
        "一覧は tutor tcpdump -h で見られます。",
        "tcpdump has no option {option}. Words of a filter (port, host, ...) take no hyphen. To see all options: "
        "tutor tcpdump -h",
    ),
    "tcpdump.command.unknown_long": (
        "{option} というオプションは tcpdump にありません。一覧は tutor tcpdump -h で見られます。",
        "tcpdump has no option {option}. To see all options: tutor tcpdump -h",
    ),
    "tcpdump.command.ambiguous": (
        "{option} だけでは、どのオプションの省略形か決まりません。もう少し長く書きます。",
        "{option} could be short for several options. Write more of it.",
    ),
    "tcpdump.command.missing_argument": (
        "{option} には値が必要です。すぐ後ろに書きます。",
        "{option} needs a value. Write it right after the option.",
    ),
    "tcpdump.command.needless_argument": ("{option} は値を取りません。", "{option} takes no value."),
    "tcpdump.command.count": (
        "-c にはパケットの個数 (1 以上) を書きます。{value} は使えません。",
        "-c takes a number of packets, 1 or more; {value} is none.",
    ),
    "tcpdump.command.snaplen": (
        "-s にはバイト数 (0 から 262144) を書きます。{value} は使えません。",
        "-s takes a number of bytes, 0 to 262144; {value} is none.",
    ),
    "tcpdump.command.file_size": (
        "-C にはファイルの大きさを 100 万バイト単位の整数で書きます。{value} は使えません。",
        "-C takes a file size, a whole number of millions of bytes; {value} is none.",
    ),
    "tcpdump.command.seconds": (
        "-G には秒数 (0 以上) を書きます。{value} は使えません。",
        "-G takes a number of seconds, 0 or more; {value} is none.",
    ),
    "tcpdump.command.files": (
        "-W にはファイルの個数 (1 以上) を書きます。{value} は使えません。",
        "-W takes a number of files, 1 or more; {value} is none.",
    ),
    "tcpdump.command.buffer": (
        "-B にはバッファの大きさ (KiB、1 以上) を書きます。{value} は使えません。",
        "-B takes a buffer size in KiB, 1 or more; {value} is none.",
    ),
    "tcpdump.command.direction": (
        "-Q に書けるのは in、out、inout です。{value} は使えません。",
        "-Q takes in, out or inout; {value} is none of them.",
    ),
    "tcpdump.command.precision": (
        "--time-stamp-precision に書けるのは micro と nano です。{value} は使えません。",
        "--time-stamp-precision takes micro or nano; {value} is neither.",
    ),
    "tcpdump.command.times": ("-t は 5 個 (-ttttt) までです。", "-t can be given up to five times (-ttttt)."),
    "tcpdump.command.foreign": (
        "-f はファイルを読むとき (-r) には使えません。",
        "-f cannot be used when a file is read (-r).",
    ),
    # The parts of a command line, in words
    "tcpdump.program": ("パケットを捕まえて表示するコマンド", "the command that captures packets and prints them"),
    "tcpdump.prefix.sudo": (
        "管理者権限で実行する (キャプチャには必要、ファイルを読むだけなら不要)",
        "run as root: needed for capturing, not for reading a file",
    ),
    "tcpdump.prefix.assignment": (
        "このコマンドの間だけ環境変数を設定する",
        "set an environment variable for this command only",
    ),
    "tcpdump.prefix.other": ("続くコマンドを {word} を通して実行する", "run the command that follows through {word}"),
    "tcpdump.expression": (
        "フィルタ: {expression} に当てはまるパケットだけを対象にする",
        "the filter: only packets that match {expression}",
    ),
    "tcpdump.expression_ignored": (
        "フィルタ。ただし -F のファイルが優先され、これは使われない",
        "a filter, but the one in the file of -F is used instead",
    ),
    "tcpdump.redirect": (
        "シェルのリダイレクト ({text})。tcpdump には渡らない。保存されるのは画面の文字で、.pcap の形式ではない",
        "a redirection ({text}) by the shell, which tcpdump never sees; it saves the printed text, not a pcap file",
    ),
    "tcpdump.option.A": ("パケットの中身を ASCII 文字で表示する", "print each packet's contents as ASCII"),
    "tcpdump.option.a": ("何もしない (古い版のためのオプション)", "does nothing; kept for old command lines"),
    "tcpdump.option.b": ("BGP の AS 番号をドット区切りで表示する", "print BGP AS numbers in dotted notation"),
    "tcpdump.option.B": (
        "OS のキャプチャ用バッファを {value} KiB にする",
        "set the operating system's capture buffer to {value} KiB",
    ),
    "tcpdump.option.c": ("{value} パケットで終わる", "stop after {value} packets"),
    "tcpdump.option.count": ("パケットを表示せず、数だけを表示する", "print only how many packets there are"),
    "tcpdump.option.C": (
        "保存ファイルが {value} 百万バイトを超えたら次のファイルに移る",
        "go on to a new savefile once one is larger than {value} million bytes",
    ),
    "tcpdump.option.d": (
        "フィルタを BPF の命令に翻訳したものを表示して終わる",
        "print the filter compiled to BPF instructions, and stop",
    ),
    "tcpdump.option.dd": (
        "フィルタを翻訳した BPF の命令を C の配列で表示して終わる",
        "print the filter compiled to BPF as a C array, and stop",
    ),
    "tcpdump.option.ddd": (
        "フィルタを翻訳した BPF の命令を数値で表示して終わる",
        "print the filter compiled to BPF as numbers, and stop",
    ),
    "tcpdump.option.D": ("キャプチャできるインターフェースの一覧を表示する", "list the interfaces one can capture on"),
    "tcpdump.option.e": (
        "リンク層のヘッダー (MAC アドレスなど) も表示する",
        "print the link-level header (MAC addresses) too",
    ),
    "tcpdump.option.E": ("IPsec ESP を鍵 {value} で復号する", "decrypt IPsec ESP with {value}"),
    "tcpdump.option.f": (
        "外部の IPv4 アドレスを名前にせず数字で表示する",
        "print foreign IPv4 addresses as numbers",
    ),
    "tcpdump.option.F": ("フィルタをファイル {value} から読む", "read the filter from the file {value}"),
    "tcpdump.option.fp-type": (
        "浮動小数点数の計算を確かめて終わる",
        "check how this machine calculates fractions, and stop",
    ),
    "tcpdump.option.G": (
        "{value} 秒ごとに次の保存ファイルに移る",
        "go on to a new savefile every {value} seconds",
    ),
    "tcpdump.option.h": ("使い方を表示して終わる", "print the usage, and stop"),
    "tcpdump.option.H": ("802.11s のメッシュヘッダーを見分ける", "detect 802.11s mesh headers"),
    "tcpdump.option.i": ("インターフェース {value} でキャプチャする", "capture on the interface {value}"),
    "tcpdump.option.I": ("無線 LAN をモニターモードにする", "put a Wi-Fi interface in monitor mode"),
    "tcpdump.option.immediate-mode": (
        "パケットをためずにすぐ受け取る",
        "deliver packets as they arrive, without buffering",
    ),
    "tcpdump.option.j": ("タイムスタンプの種類を {value} にする", "set the time stamp type to {value}"),
    "tcpdump.option.J": ("使えるタイムスタンプの種類の一覧を表示する", "list the time stamp types one can choose"),
    "tcpdump.option.K": ("チェックサムを検査しない", "do not verify checksums"),
    "tcpdump.option.l": (
        "1 行ごとに出力する (grep や tee に渡すときに使う)",
        "write each line at once, for example into grep or tee",
    ),
    "tcpdump.option.L": ("リンク層の種類の一覧を表示する", "list the link types one can choose"),
    "tcpdump.option.m": ("SNMP の MIB 定義 {value} を読み込む", "load the SNMP MIB module {value}"),
    "tcpdump.option.M": ("TCP-MD5 の検査に共有鍵 {value} を使う", "check TCP-MD5 digests with the secret {value}"),
    "tcpdump.option.micro": ("時刻をマイクロ秒まで表示する", "print times with microseconds"),
    "tcpdump.option.n": (
        "アドレスとポートを名前にせず数字で表示する",
        "print addresses and ports as numbers, not names",
    ),
    "tcpdump.option.N": ("ホスト名のドメイン部分を省く", "leave the domain out of host names"),
    "tcpdump.option.nano": ("時刻をナノ秒まで表示する", "print times with nanoseconds"),
    "tcpdump.option.#": ("行頭にパケットの番号を付ける", "print each packet's number before its line"),
    "tcpdump.option.O": ("フィルタを最適化しない", "do not optimize the compiled filter"),
    "tcpdump.option.p": (
        "プロミスキャスモードにしない (自分あて以外のフレームを受け取らない)",
        "no promiscuous mode: leave out frames addressed to other machines",
    ),
    "tcpdump.option.print": (
        "-w で保存しながら画面にも表示する",
        "print the packets too while -w saves them",
    ),
    "tcpdump.option.q": ("短く表示する", "print less, for shorter lines"),
    "tcpdump.option.Q": (
        "向きが {value} のパケットだけを対象にする (in 受信、out 送信、inout 両方)",
        "only packets of the direction {value}: in received, out sent, inout both",
    ),
    "tcpdump.option.r": (
        "保存したファイル {value} から読む (管理者権限は不要)",
        "read packets from the file {value}; needs no root",
    ),
    "tcpdump.option.s": (
        "1 パケットにつき先頭 {value} バイトだけを取る (0 は 262144)",
        "capture only the first {value} bytes of each packet (0 means 262144)",
    ),
    "tcpdump.option.S": (
        "TCP のシーケンス番号を相対値にせず、そのままの値で表示する",
        "print TCP sequence numbers as they are, not relative ones",
    ),
    "tcpdump.option.t": ("時刻を表示しない", "print no time"),
    "tcpdump.option.tt": (
        "時刻を 1970 年からの秒数で表示する",
        "print the time as seconds since 1970",
    ),
    "tcpdump.option.ttt": ("直前の行からの経過時間を表示する", "print the time since the previous line"),
    "tcpdump.option.tttt": ("日付と時刻を表示する", "print date and time"),
    "tcpdump.option.ttttt": ("最初の行からの経過時間を表示する", "print the time since the first line"),
    "tcpdump.option.time-stamp-precision": (
        "時刻の細かさを {value} にする (micro か nano)",
        "print times with the precision {value} (micro or nano)",
    ),
    "tcpdump.option.T": ("パケットの中身を {value} として読む", "take the packets' payload for {value}"),
    "tcpdump.option.u": ("NFS のハンドルを復号せずに表示する", "print NFS handles undecoded"),
    "tcpdump.option.U": (
        "パケットごとにすぐ書き出す (-w のファイルも)",
        "write out each packet at once, also into the file of -w",
    ),
    "tcpdump.option.v": (
        "詳しく表示する (TTL、ID、長さ、オプション、チェックサム)",
        "print more: TTL, id, lengths, options, checksums",
    ),
    "tcpdump.option.vv": ("さらに詳しく表示する", "print still more"),
    "tcpdump.option.vvv": ("最も詳しく表示する", "print as much as tcpdump can"),
    "tcpdump.option.version": ("版を表示して終わる", "print the version, and stop"),
    "tcpdump.option.V": (
        "ファイル {value} に書かれた名前のファイルを順に読む",
        "read the files named in the file {value}, one after the other",
    ),
    "tcpdump.option.w": (
        "表示せずに、パケットをファイル {value} に保存する",
        "save the packets in the file {value} instead of printing them",
    ),
    "tcpdump.option.W": (
        "保存ファイルを {value} 個までにする",
        "keep at most {value} savefiles",
    ),
    "tcpdump.option.x": (
        "リンク層のヘッダーを除いた中身を 16 進数で表示する",
        "print each packet in hex, without its link-level header",
    ),
    "tcpdump.option.xx": (
        "リンク層のヘッダーも含めて 16 進数で表示する",
        "print each packet in hex, link-level header included",
    ),
    "tcpdump.option.X": (
        "リンク層のヘッダーを除いた中身を 16 進数と ASCII で表示する",
        "print each packet in hex and ASCII, without its link-level header",
    ),
    "tcpdump.option.XX": (
        "リンク層のヘッダーも含めて 16 進数と ASCII で表示する",
        "print each packet in hex and ASCII, link-level header included",
    ),
    "tcpdump.option.y": ("リンク層の種類を {value} にする", "capture with the link type {value}"),
    "tcpdump.option.z": (
        "保存ファイルを閉じるたびにコマンド {value} を実行する",
        "run the command {value} on each savefile once it is closed",
    ),
    "tcpdump.option.Z": (
        "キャプチャを始めたらユーザー {value} の権限に落とす",
        "give up root for the user {value} once the capture is open",
    ),
    # What a command that works could do better
    "tcpdump.advice.redirect_is_not_pcap": (
        "> で {name} に入るのは画面の文字で、パケットではありません。後で読むには -w {name} と書きます。",
        "> puts the printed text into {name}, not the packets. To read them later, write -w {name}.",
    ),
    "tcpdump.advice.extension": (
        "-w の形式は拡張子では変わりません。{name} はテキストではなく pcap 形式なので、tcpdump -r で読みます。",
        "The name does not change what -w writes: {name} is no text but a pcap file, to be read with tcpdump -r.",
    ),
    "tcpdump.advice.grep_silence": (
        "パイプへの出力はまとめて送られるため、しばらく何も表示されません。-l を付けると 1 行ずつ届きます。",
        "Output into a pipe is held back until there is much of it. With -l every line arrives at once.",
    ),
    "tcpdump.advice.needless_sudo": (
        "ファイルを読むだけなら管理者権限は不要です。sudo は省けます。",
        "Reading a file needs no root: leave sudo out.",
    ),
    "tcpdump.advice.missing_sudo": (
        "本物のキャプチャには管理者権限が必要です。普通は sudo tcpdump と書きます。",
        "A real capture needs root: usually sudo tcpdump.",
    ),
    "tcpdump.advice.options_after_filter": (
        "フィルタの後ろの {option} が効くのは Linux (GNU) だけです。どこでも動くように、オプションはフィルタの前に書きます。",
        "{option} after the filter works on Linux (GNU) only. Put options before the filter, and it works everywhere.",
    ),
    "tcpdump.advice.short_snaplen": (
        "-s {length} ではヘッダーの途中で切れることがあります。切れた所は [|tcp] のように表示されます。",
        "-s {length} may cut packets within their headers; such a cut is shown as in [|tcp].",
    ),
    # The parts of a printed line
    "tcpdump.line.number": ("パケットの番号 (-#)", "the packet's number (-#)"),
    "tcpdump.line.time": ("タイムスタンプ: パケットを捕まえた時刻", "the time at which the packet was captured"),
    "tcpdump.line.interface": ("通ったインターフェース", "the interface it came through"),
    "tcpdump.line.interface_index": ("通ったインターフェースの番号", "the number of the interface it came through"),
    "tcpdump.line.fragment": (
        "2 つ目以降の断片: 運ぶプロトコルは分かるが、ポートは最初の断片にしかない",
        "a later fragment: its protocol is known, but only the first one has ports",
    ),
    "tcpdump.line.direction": (
        "向き: In 受信、Out 送信、B ブロードキャスト、M マルチキャスト、P 他のホストあて",
        "the direction: In received, Out sent, B broadcast, M multicast, P for another host",
    ),
    "tcpdump.line.source_mac": ("送信元 MAC アドレス", "the sender's MAC address"),
    "tcpdump.line.destination_mac": ("宛先 MAC アドレス", "the receiver's MAC address"),
    "tcpdump.line.ethertype": ("イーサネットフレームが運ぶプロトコル", "the protocol that the Ethernet frame carries"),
    "tcpdump.line.frame_length": ("フレーム全体の長さ (バイト)", "the whole frame's length in bytes"),
    "tcpdump.line.vlan": ("VLAN の番号", "the VLAN's number"),
    "tcpdump.line.protocol": (
        "ネットワーク層のプロトコル (IP は IPv4、IP6 は IPv6)",
        "the network protocol (IP means IPv4, IP6 means IPv6)",
    ),
    "tcpdump.line.tos": ("優先度と輻輳の印 (DSCP と ECN)", "priority and congestion marks (DSCP and ECN)"),
    "tcpdump.line.ttl": (
        "残り {value} 台のルーターまで通れる",
        "may pass {value} more routers",
    ),
    "tcpdump.line.ip_id": (
        "IP の識別番号 (断片を組み立てるときに使う)",
        "the datagram's id, for putting fragments together",
    ),
    "tcpdump.line.offset": ("断片の位置 (0 は先頭)", "where this fragment begins (0: the first)"),
    "tcpdump.line.ip_flags": (
        "断片化のフラグ: DF 分割禁止、+ 続きがある",
        "fragmentation: DF forbids it, + means more follow",
    ),
    "tcpdump.line.ip_protocol": ("IP が運ぶプロトコル", "the protocol that IP carries"),
    "tcpdump.line.ip_length": ("IP の長さ (バイト)", "the IP length in bytes"),
    "tcpdump.line.ip_options": ("IP オプション", "IP options"),
    "tcpdump.line.flow_label": ("IPv6 のフローラベル", "the IPv6 flow label"),
    "tcpdump.line.source": ("送信元 IP アドレス", "the sender's IP address"),
    "tcpdump.line.source_port": ("送信元ポート", "the sender's port"),
    "tcpdump.line.destination": ("宛先 IP アドレス", "the receiver's IP address"),
    "tcpdump.line.destination_port": ("宛先ポート", "the receiver's port"),
    "tcpdump.line.flags": ("TCP フラグ: {names}", "TCP flags: {names}"),
    "tcpdump.line.flags S": ("SYN: 接続要求", "SYN: the client asks for a connection"),
    "tcpdump.line.flags S.": (
        "SYN と ACK: 接続要求を承認する",
        "SYN and ACK: the server accepts the connection",
    ),
    "tcpdump.line.flags .": ("ACK: 受け取ったことの確認", "ACK: confirms what was received"),
    "tcpdump.line.flags P.": (
        "PSH と ACK: データを送り、すぐアプリケーションに渡すよう頼む",
        "PSH and ACK: data, to be handed to the application at once",
    ),
    "tcpdump.line.flags F.": (
        "FIN と ACK: こちらからはもう送らない (切断要求)",
        "FIN and ACK: this side has no more to send",
    ),
    "tcpdump.line.flags FP.": (
        "FIN、PSH、ACK: 最後のデータと切断要求",
        "FIN, PSH and ACK: the last data, and no more to send",
    ),
    "tcpdump.line.flags R": ("RST: 接続を打ち切る", "RST: the connection is cut off"),
    "tcpdump.line.flags R.": (
        "RST と ACK: 接続を断る、または打ち切る",
        "RST and ACK: the connection is refused or cut off",
    ),
    "tcpdump.line.checksum": ("チェックサムと検査の結果", "the checksum, and whether it is right"),
    "tcpdump.line.sequence": (
        "シーケンス番号 {value} (SYN を見た接続では、以後は相対値)",
        "sequence number {value} (after a SYN was seen, numbers are relative to it)",
    ),
    "tcpdump.line.sequence_range": (
        "データの範囲: シーケンス番号 {first} から {last} の手前まで",
        "the data's range: sequence numbers {first} up to, not including, {last}",
    ),
    "tcpdump.line.acknowledgment": (
        "次に欲しいシーケンス番号は {value} (その手前まで受け取った)",
        "wants sequence number {value} next: all before it has arrived",
    ),
    "tcpdump.line.window": (
        "受信ウィンドウ: あと {value} 受け取れる (wscale があればその倍率を掛ける)",
        "the receive window: room for {value} more (times the window scale, if there is one)",
    ),
    "tcpdump.line.urgent": ("緊急ポインター", "the urgent pointer"),
    "tcpdump.line.option_mss": (
        "MSS: 1 セグメントで受け取れるデータは {value} バイトまで",
        "MSS: takes up to {value} bytes of data in a segment",
    ),
    "tcpdump.line.option_sack_permitted": ("選択的確認応答 (SACK) が使える", "selective acknowledgments may be used"),
    "tcpdump.line.option_timestamps": (
        "TCP タイムスタンプ: 自分の値と、相手から受け取った値",
        "TCP timestamps: its own, and the last one received",
    ),
    "tcpdump.line.option_nop": ("詰め物 (意味はない)", "padding without meaning"),
    "tcpdump.line.option_window_scale": (
        "ウィンドウの倍率: 2 の {value} 乗",
        "the window scale: 2 to the power of {value}",
    ),
    "tcpdump.line.option_sack": ("届いている離れた範囲 (SACK)", "ranges that arrived out of order (SACK)"),
    "tcpdump.line.option_end": ("オプションの終わり", "the end of the options"),
    "tcpdump.line.length": (
        "中身の長さ (バイト)。TCP ではデータだけの長さで、0 はデータなし",
        "the payload's length in bytes; for TCP that is the data alone, and 0 means none",
    ),
    "tcpdump.line.application": ("アプリケーションのデータ", "the application's data"),
    "tcpdump.line.icmp": ("ICMP のメッセージの種類", "the kind of ICMP message"),
    "tcpdump.line.icmp_id": ("ping の識別番号 (1 回の実行で同じ)", "the ping's id, the same during one run"),
    "tcpdump.line.icmp_sequence": ("ping の通し番号", "which ping of the run"),
    "tcpdump.line.udp": ("UDP のデータグラム", "a UDP datagram"),
    "tcpdump.line.tcp": ("TCP のセグメント (-q で短く表示)", "a TCP segment (short because of -q)"),
    "tcpdump.line.dns_id": (
        "DNS の問い合わせ番号と印 (+ 再帰を要求、* 権威ある答え)",
        "the DNS query's id and marks (+ asks for recursion, * authoritative)",
    ),
    "tcpdump.line.dns_question": ("DNS の質問: 種類と名前", "the DNS question: type and name"),
    "tcpdump.line.dns_error": ("DNS のエラー (NXDomain は名前が存在しない)", "the DNS error (NXDomain: no such name)"),
    "tcpdump.line.dns_counts": (
        "DNS の答えの数: 回答/権威/追加",
        "how many DNS records: answer/authority/additional",
    ),
    "tcpdump.line.dns_answers": ("DNS の答え", "the DNS answer"),
    "tcpdump.line.dns_length": ("DNS メッセージの長さ (バイト)", "the DNS message's length in bytes"),
    "tcpdump.line.arp_request": ("ARP の質問: この IP アドレスは誰か", "an ARP request: who has this IP address"),
    "tcpdump.line.arp_target": ("探している IP アドレス", "the IP address that is looked for"),
    "tcpdump.line.arp_sender": ("質問した人の IP アドレス", "the IP address of the one who asks"),
    "tcpdump.line.arp_reply": ("ARP の答え", "an ARP reply"),
    "tcpdump.line.arp_owner": ("答えた人の IP アドレス", "the IP address of the one who answers"),
    "tcpdump.line.arp_mac": ("その MAC アドレス", "its MAC address"),
    # How a run ended
    "tcpdump.session.unsupported": (
        "{option} は本物の tcpdump にはありますが、この tutor tcpdump にはまだありません。",
        "The real tcpdump has {option}; this one does not.",
    ),
    "tcpdump.session.no_interface": (
        "{name} というインターフェースはありません。使えるのは {known} です。一覧は tutor tcpdump -D で見られます。",
        "There is no interface {name}. There are: {known}. To list them: tutor tcpdump -D",
    ),
    "tcpdump.session.link_type_unknown": (
        "リンク層の種類 {number} は libpcap が知らない番号です。ファイルの先頭が壊れているかもしれません。",
        "libpcap knows no link type {number}. The beginning of the file may be damaged.",
    ),
    "tcpdump.session.no_packets": (
        "{name} にはパケットがひとつも入っていません。キャプチャ中に該当する通信がなかったか、すぐに止めたのでしょう。",
        "{name} holds no packets: nothing matched while it was captured, or the capture was stopped at once.",
    ),
    "tcpdump.session.hint": ("直すと: {line}", "Corrected: {line}"),
    "tcpdump.session.direction_unknown": (
        "{interface} の記録には送受信の向きがないので、-Q {direction} では選べません。-Q を外すか -i any を使います。",
        "The recording on {interface} does not tell sent from received packets, so -Q {direction} cannot choose. Leave "
        "-Q out, or use -i any.",
    ),
    "tcpdump.session.own_input": (
        "{path} は読み込み中のファイルです。上書きすると中身が消えるので、-w には別の名前を書きます。",
        "{path} is the file being read; writing it would empty it. Give -w another name.",
    ),
    "tcpdump.session.disk_full": (
        "{path} を書いている途中でディスクがいっぱいになりました。ファイルは最後まで書かれていません。"
        "空きを作ってからやり直します。",
        "The disk became full while {path} was written; the file is incomplete. Free some space and try again.",
    ),
}
