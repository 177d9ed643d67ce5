"""What is said about exercises, answers and verdicts."""

TEXTS = {
    # Definitions, for authors
    "course.unknown_exercise": (
        "{id} という練習問題はありません。一覧は tutor list で見られます。",
        "There is no exercise called {id}. To see them all: tutor list",
    ),
    "course.unknown_exercise_near": (
        "{id} という練習問題はありません。{near} のことですか。",
        "There is no exercise called {id}. Did you mean {near}?",
    ),
    "course.not_toml": ("{file} は TOML として読めません: {fault}", "{file} is not valid TOML: {fault}"),
    "course.definition": ("{file} のキー {key}: {fault}", "{file}, key {key}: {fault}"),
    "course.format": (
        "形式の版は {known} だけを読めますが、{found} と書かれています。",
        "this engine reads format {known}, but the file says {found}.",
    ),
    "course.id_is_file_name": (
        "id はファイル名と同じにします。{id} と書かれています。",
        "the id must be the file's name, but is {id}.",
    ),
    "course.key_missing": ("このキーが必要です。", "this key is missing."),
    "course.key_type": ("{wanted} が必要ですが、{found} が書かれています。", "{wanted} expected, {found} found."),
    "course.key_empty": ("空にはできません。", "it must not be empty."),
    "course.key_range": (
        "{low} から {high} までの数です。{found} は範囲外です。",
        "{found} is not in {low} to {high}.",
    ),
    "course.key_choice": ("{choices} のどれかです。{found} ではありません。", "{found} is none of {choices}."),
    "course.key_unknown": (
        "知らないキーです。綴りを確かめてください。",
        "no such key exists here; check its spelling.",
    ),
    "course.key_twice": ("{found} が二度使われています。", "{found} is used twice."),
    "course.live_kind": (
        "[live] は command と reading の練習問題だけに書けます。",
        "only command and reading exercises have a [live] table.",
    ),
    "course.watch_without_interface": (
        "{part} 番目の部分はインターフェースを求めていないので、watch に指定できません。",
        "part {part} wants no interface, so there is nothing to watch.",
    ),
    "course.lab_question_missing": (
        "ラボでの問いに {reads} が足りません。",
        "the questions in the lab lack {reads}.",
    ),
    "course.one_option_is_right": (
        "right = true を付ける選択肢は、ちょうどひとつです。",
        "exactly one option has right = true.",
    ),
    # Workspace and answer files
    "course.workspace": (
        "作業ディレクトリ {path} を作れません ({fault})。書き込める場所を --workspace で指定してください。",
        "The workspace directory {path} cannot be made ({fault}). Choose a writable place with --workspace.",
    ),
    "course.cannot_write": (
        "{path} に書けません ({fault})。空き容量と書き込み権限を確かめるか、別の場所を --workspace で指定してください。",
        "{path} cannot be written ({fault}). Check free space and permissions, or choose another place with --workspace.",
    ),
    "course.starter_how": (
        "下の行を書き直して保存し、tutor check {id} で確かめます。",
        "Complete the lines below, save, then check with: tutor check {id}",
    ),
    "course.no_lesson": (
        "レッスン {number} はありません。レッスンは 1 から {last} までです。",
        "There is no lesson {number}. The lessons are 1 to {last}.",
    ),
    "course.answer_missing": (
        "答えのファイルがまだありません ({path})。tutor start {id} で作れます。",
        "There is no answer file yet ({path}). To make one: tutor start {id}",
    ),
    "course.answer_not_a_file": (
        "{path} は普通のファイルではありません。どけてから tutor start {id} を実行してください。",
        "{path} is not a regular file. Move it away, then: tutor start {id}",
    ),
    "course.answer_unreadable": (
        "答えのファイル {path} を読めません ({fault})。",
        "The answer file {path} cannot be read ({fault}).",
    ),
    "course.answer_too_long": (
        "答えのファイル {path} が {limit} KiB を超えています。別のファイルを置いていませんか。",
        "The answer file {path} is larger than {limit} KiB. Is it another file by mistake?",
    ),
    "course.answer_not_utf8": (
        "答えのファイル {path} は UTF-8 の文章ではありません ({offset} バイト目)。UTF-8 で保存し直してください。",
        "The answer file {path} is not UTF-8 text (byte {offset}). Save it as UTF-8.",
    ),
    # Progress
    "course.progress_newer": (
        "進み具合の記録 {path} は新しい版の tutor が書いたものです。tutor を更新してください。記録はそのまま残してあります。",
        "The progress file {path} was written by a newer tutor. Update tutor; the file is left as it is.",
    ),
    "course.progress_busy": (
        "進み具合の記録 {path} を使えません ({fault})。場所の権限と空き容量を確かめてください。",
        "The progress file {path} cannot be used ({fault}). Check permissions and free space.",
    ),
    "course.progress_damaged": (
        "進み具合の記録 {path} が壊れています ({fault})。名前を変えて取っておけば、新しい記録で続けられます。",
        "The progress file {path} is damaged ({fault}). Rename it to keep it aside, and a new one will be made.",
    ),
    "course.progress_kept_aside": (
        "進み具合の記録 {path} が壊れていたので、{kept} に移して新しい記録を始めました (引き継げた記録 {saved} 件)。",
        "The progress file {path} was damaged. It is kept as {kept}, and a new one was begun with the {saved} records"
        " that could be read.",
    ),
    "course.import_not_json": (
        "JSON として読めません ({fault})。tutor progress export で書き出したファイルを指定してください。",
        "This is not JSON ({fault}). Give a file that tutor progress export wrote.",
    ),
    "course.import_other": (
        "このファイルは tutor progress export で書き出した記録ではありません。",
        "This file was not written by tutor progress export.",
    ),
    "course.import_format": (
        "読めるのは形式 {known} の記録だけですが、形式 {found} と書かれています。tutor を更新してください。",
        "This tutor reads format {known}, but the file says {found}. Update tutor.",
    ),
    "course.import_fault": (
        "tutor の記録として読めません。{place} の値がおかしいので、何も取り込みませんでした。",
        "The file is no sound export of progress: {place} is wrong. Nothing was imported.",
    ),
    "course.import_fault_in": (
        "tutor の記録として読めません。{table} の {number} 番目で {place} の値がおかしいので、何も取り込みませんでした。",
        "The file is no sound export of progress: in {table}, number {number}, {place} is wrong. Nothing was imported.",
    ),
    # Verdicts
    "course.nothing_yet": (
        "まだ何も書かれていません。答えのファイルの # で始まらない行に、コマンドを書いてください。",
        "Nothing is written yet. Write your answer on a line that does not begin with #.",
    ),
    "course.bare_filter": (
        "フィルタだけでも採点しますが、実際に使うときは tcpdump に続けて書きます。",
        "A filter alone is graded too; to use it, write it behind tcpdump.",
    ),
    "course.different": ("フィルタの働きが課題と違います。", "The filter does not do what the task asks."),
    "course.equivalent_proof": (
        "模範解答 {reference} と同じ働きです ({packets} 通りのパケットで確かめた証明)。",
        "It does the same as the reference {reference} (proven with {packets} kinds of packets).",
    ),
    "course.equivalent_test": (
        "模範解答 {reference} と同じ働きです ({packets} 通りのパケットで確認)。",
        "It does the same as the reference {reference} (tested with {packets} packets).",
    ),
    "course.filter_right_option_wrong": (
        "フィルタは合っていますが、オプションが課題と違います。",
        "The filter is right, but the options are not what the task asks.",
    ),
    "course.apart_others": ("そのほかのパケット", "all other packets"),
    # Options
    "course.missing_option": ("{option}が足りません。", "{option} is missing."),
    "course.extra_option": ("{option}は、ここでは要りません。", "{option} is not wanted here."),
    "course.other_option_value": (
        "{option}は {wanted} にします。{found} になっています。",
        "{option} must be {wanted}, but is {found}.",
    ),
    "course.option_case": (
        "オプションは大文字と小文字で働きが違います。{written} ではなく {wanted} です。",
        "Options differ by case: it is {wanted}, not {written}.",
    ),
    "course.option_ends": (
        "{option} を付けると、tcpdump はそれだけを済ませて終わり、パケットは何も表示されません。",
        "With {option}, tcpdump does that alone and ends; no packet is shown.",
    ),
    "course.option_filter_file": (
        "{option} を付けると、フィルタはファイルから読まれ、コマンドに書いた式は使われません。",
        "With {option}, the filter is read from a file, and what is written in the command is not used.",
    ),
    "course.option_counts": (
        "{option} を付けると、パケットの行は表示されず、個数だけになります。",
        "With {option}, only the number of packets is shown, not their lines.",
    ),
    "course.option_direction": (
        "{option} で、インターフェースの受信か送信の片方だけになっています。両方向を見るには外します。",
        "{option} leaves one direction of the interface only. Leave it out to see both.",
    ),
    "course.silent_w": (
        "-w を付けると、パケットはファイルに書かれ、画面には何も表示されません。故障ではありません。画面で見るには -w を外すか、--print を加えます。",
        "With -w, packets go to the file and nothing is shown; that is how it works, not a failure. To see them, leave -w out, or add --print.",
    ),
    "course.redirected": (
        "> {name} で残るのは画面に出る文字だけで、パケットそのものは残りません。パケットを保存するのは -w です。",
        "> {name} keeps the text of the screen, not the packets. It is -w that saves packets.",
    ),
    "course.interface_filter": (
        "インターフェースは -i で指定します。-i がないと、{name} はフィルタとして読まれます。",
        "-i chooses the interface. Without it, {name} is read as a filter.",
    ),
    "course.short_snaplen": (
        "-s {length} では、どのパケットも {length} バイトで切られます。丸ごと残すには -s を付けません。",
        "With -s {length} every packet is cut after {length} bytes. To keep them whole, leave -s out.",
    ),
    "course.wants.interface": ("インターフェースの指定 (-i)", "the interface (-i)"),
    "course.wants.numeric": ("名前に変換しない指定 (-n)", "the option against name look-up (-n)"),
    "course.wants.count": ("パケット数の指定 (-c)", "the number of packets (-c)"),
    "course.wants.list_interfaces": ("インターフェースの一覧 (-D)", "the list of interfaces (-D)"),
    "course.wants.show_version": ("版の表示 (--version)", "the version (--version)"),
    "course.wants.show_help": ("使い方の表示 (-h)", "the help text (-h)"),
    "course.wants.write_file": ("ファイルへの保存 (-w)", "saving to a file (-w)"),
    "course.wants.read_file": ("ファイルの読み込み (-r)", "reading a file (-r)"),
    "course.wants.sudo": ("sudo", "sudo"),
    # Parts of a script
    "course.part_not_written": ("まだ書かれていません。", "This is not written yet."),
    "course.not_asked": ("求められている働きではありません。", "This is not what is asked."),
    "course.reads_nothing": (
        "保存したファイルを -r で読みます。-r がないと、新しくキャプチャが始まります。",
        "Read the saved file with -r; without it a new capture begins.",
    ),
    "course.reads_another": (
        "{name} を読んでいますが、それより前のコマンドで保存したファイルではありません。",
        "It reads {name}, which no command before it has saved.",
    ),
    "course.writes_what_it_reads": (
        "{name} を読みながら同じ名前で書くと、元のファイルが失われます。別の名前に保存します。",
        "Writing {name} while reading it destroys the file. Save under another name.",
    ),
    # Files that a learner's command writes
    "course.file_right": (
        "求められたパケットだけが、すべて入っています ({packets} 個)。",
        "It holds all of the packets asked for, and no others ({packets}).",
    ),
    "course.file_not_written": (
        "コマンドに -w がないので、ファイルができません。",
        "The command has no -w, so it writes no file.",
    ),
    "course.file_to_stdout": (
        "-w - は、ファイルではなく標準出力へ書きます。ファイルの名前を指定します。",
        "-w - writes to standard output, not to a file. Give a file's name.",
    ),
    "course.file_missing": (
        "{path} がありません。コマンドを tutor tcpdump で実行すると、ファイルができます。",
        "There is no file {path}. Run your command with tutor tcpdump, and it will be written.",
    ),
    "course.file_dangling": (
        "{path} はリンクですが、その先に何もありません。リンクを消して、コマンドを実行し直してください。",
        "{path} is a link to nothing. Remove the link and run your command again.",
    ),
    "course.file_unreadable": (
        "{path} を読めません ({fault})。",
        "{path} cannot be read ({fault}).",
    ),
    "course.file_not_regular": (
        "{path} は普通のファイルではありません。別の名前に保存してください。",
        "{path} is not a regular file. Save under another name.",
    ),
    "course.file_too_large": (
        "{path} は {limit} MiB を超えています。この練習問題のキャプチャではないので、読みませんでした。",
        "{path} is larger than {limit} MiB. It cannot be this exercise's capture, and was not read.",
    ),
    "course.file_compressed": (
        "{path} は圧縮されています。-w が書いたままのファイルにしてください。",
        "{path} is compressed. Leave the file as -w wrote it.",
    ),
    "course.file_is_text": (
        "{path} の中身は文字です。> で残るのは画面の文字だけで、パケットは -w で保存します。名前が .pcap でも中身は変わりません。",
        "{path} is text. > keeps only what the screen shows; -w saves packets. A name that ends in .pcap changes nothing.",
    ),
    "course.file_no_savefile": (
        "{path} をキャプチャとして読めません。{fault}",
        "{path} cannot be read as a capture. {fault}",
    ),
    "course.file_link_type": (
        "リンクタイプが {found} です。{wanted} のインターフェースで取り直してください。",
        "Its link type is {found}. Capture again on an interface with {wanted}.",
    ),
    "course.file_empty": (
        "パケットがひとつも入っていません。フィルタと、Ctrl+C で終わらせる前に通信があったかを確かめてください。",
        "It holds no packet. Check the filter, and whether there was traffic before the capture ended.",
    ),
    "course.file_cut": (
        "パケットが {length} バイトまでで切られています。-s を外すと、丸ごと保存されます。",
        "Its packets are cut after {length} bytes. Without -s they are saved whole.",
    ),
    "course.file_elsewhere": (
        "この練習問題のネットワークのパケットではありません。tutor tcpdump で取り直してください。",
        "Its packets are not of this exercise's network. Capture again with tutor tcpdump.",
    ),
    "course.file_differs": (
        "余分なパケットが {extra} 個、足りないパケットが {missing} 個あります。",
        "It holds {extra} packets too many and lacks {missing}.",
    ),
    "course.from_file": ("保存したファイルの中のパケット", "a packet of the saved file"),
    "course.which_belief": (
        "考えられる理由が二つあります。どちらに近いですか。{one}。それとも、{other}。",
        "Two things could be behind this. Which is it: {one}? Or: {other}?",
    ),
    "course.question": ("「{name}」に心当たりがありますか", "does “{name}” sound familiar"),
    "course.from_capture": ("キャプチャの中のパケット", "a packet of the capture"),
    "course.from_hidden": (
        "見えているキャプチャにはない、採点のための通信のパケット",
        "a packet of traffic kept for grading, not of the capture you see",
    ),
    "course.made_packet": (
        "キャプチャにはない、確かめるために作ったパケット",
        "a packet made for this test, not one of the capture",
    ),
    "course.idle_command": (
        "「{line}」は、求められている働きのどれにもなっていません。",
        "“{line}” does none of what is asked.",
    ),
    "course.all_parts": ("{all} 個とも書けています。", "All {all} are right."),
    "course.some_parts": ("{all} 個のうち {right} 個が書けています。", "{right} of {all} are right."),
    # Reports
    "course.passed": ("✓ 合格", "✓ passed"),
    "course.not_passed": ("✗ まだです", "✗ not yet"),
    "course.your_filter": ("あなたのフィルタ", "Your filter"),
    "course.as_read": ("tcpdump の読み方", "As tcpdump reads it"),
    "course.no_filter": ("(フィルタなし: すべてのパケット)", "(no filter: every packet)"),
    "course.proof_missed": (
        "一致するはずなのに一致しないパケット ({of} 個のうち {found} 個)",
        "A packet it should match and does not ({found} of {of})",
    ),
    "course.proof_extra": (
        "一致してはいけないのに一致するパケット ({of} 個のうち {found} 個)",
        "A packet it should not match and does ({found} of {of})",
    ),
    "course.proof_missed_made": (
        "このキャプチャにはありませんが、一致するはずなのに一致しないパケット",
        "A packet it should match and does not; this capture holds none, so it was made for this test",
    ),
    "course.proof_extra_made": (
        "このキャプチャにはありませんが、一致してはいけないのに一致するパケット",
        "A packet it should not match and does; this capture holds none, so it was made for this test",
    ),
    "course.none_missed": ("足りないパケット: なし", "Packets it should match and does not: none"),
    "course.none_extra": ("余分なパケット: なし", "Packets it should not match and does: none"),
    "course.evidence": ("根拠のパケット", "The packets this rests on"),
    "course.misconception": ("考え違いの名前: {id}", "Name of the misconception: {id}"),
    "course.try_this": ("こう書くとよさそうです:", "You probably want:"),
    "course.not_remembered": (
        "結果を記録できませんでした ({fault})。",
        "The result could not be recorded ({fault}).",
    ),
    # The real tshark, in the lessons
    "course.tshark_missing": (
        "tshark が入っていないので、表示する内容を説明します。",
        "tshark is not installed here. This is what it would show.",
    ),
    "course.tshark_reads": (
        "{file} のパケットを、1 個につき 1 行で表示します。",
        "The packets of {file}, one line each.",
    ),
    "course.tshark_display": (
        "そのうち、表示フィルタ {filter} に合うものだけです。表示フィルタの評価には tshark が要ります。",
        "Of these, only the ones that the display filter {filter} selects. Only tshark can apply it.",
    ),
    "course.tshark_fields": (
        "各行には、指定したフィールド {fields} の値だけが並びます。",
        "Each line has only the values of the fields {fields}.",
    ),
    "course.tshark_lines": (
        "同じパケットを tcpdump は次のように表示します。",
        "The same packets, as tcpdump prints them:",
    ),
    "course.tshark_install": (
        "使うには: sudo apt install tshark (Debian, Ubuntu) または brew install wireshark (macOS)",
        "To use it: sudo apt install tshark (Debian, Ubuntu), or brew install wireshark (macOS)",
    ),
    "course.tshark_no_file": (
        "tshark は、ここではファイルを読むときだけ使えます。-r FILE か -i eth0 を付けてください。",
        "Here tshark only reads files. Add -r FILE, or -i eth0 for the recorded network.",
    ),
}
