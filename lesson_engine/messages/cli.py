"""What the `tutor` command says of itself: help, usage and the next step."""

TEXTS = {
    "cli.what": (
        "tutor  tcpdump によるパケットキャプチャの学習環境",
        "tutor  learn packet capture with tcpdump",
    ),
    "cli.environment": (
        "環境変数: TUTOR_WORKSPACE (作業ディレクトリ)、TUTOR_LANG (ja または en)、TUTOR_NAME (授業での名前)、"
        "NO_COLOR (色を使わない)\n"
        "終了コード: 0 合格または成功、1 不合格または失敗、2 使い方の誤り",
        "Environment: TUTOR_WORKSPACE (workspace directory), TUTOR_LANG (ja or en), TUTOR_NAME (your name in a class), "
        "NO_COLOR (no colours)\n"
        "Exit status: 0 passed or done, 1 not passed or failed, 2 wrong usage",
    ),
    "cli.option_workspace": (
        "答えと進み具合を置くディレクトリ",
        "the directory where answers and progress are kept",
    ),
    "cli.option_lang": ("表示する言語", "the language to speak"),
    "cli.option_help": ("この説明を表示", "show this help"),
    "cli.option_version": ("版を表示", "show the version"),
    # Verbs: one line in the general help, then what VERB --help adds
    "cli.lesson": ("レッスンを読む", "read the lessons"),
    "cli.lesson_more": (
        "N を省くとレッスンの一覧です。節ごとに止まるので、Enter で次へ進み、番号でその番号のコマンドを実行します。\n"
        "パイプやファイルに出力すると、レッスン全体を表示します。",
        "Without N: the list of lessons. It stops after each section: Enter goes on, a number runs that command.\n"
        "Into a pipe or a file it writes the whole lesson.",
    ),
    "cli.lesson_run": (
        "止まらずに、コマンドをすべて実行しながら表示",
        "do not stop, and run every command on the way",
    ),
    "cli.lesson_number": (
        "レッスンは番号で選びます: {found} は番号ではありません。一覧は tutor lesson で表示できます。",
        "Lessons are chosen by number, and {found} is none. tutor lesson lists them.",
    ),
    "cli.lesson_minutes": ("約 {minutes} 分", "{minutes} minutes"),
    "cli.lesson_share": ("練習問題 {passed} / {exercises}", "exercises {passed} / {exercises}"),
    "cli.lesson_place": ("[{section}/{sections}]", "[{section}/{sections}]"),
    "cli.lesson_keys": ("Enter: 次へ   q: 終わる", "Enter: go on   q: leave"),
    "cli.lesson_keys_run": (
        "Enter: 次へ   {numbers}: 実行する   q: 終わる",
        "Enter: go on   {numbers}: run it   q: leave",
    ),
    "cli.lesson_answer": (
        "答えを入力し、空行で終えてください。何も入力しなければ、答えのファイルを採点します。",
        "Type your answer, and end it with an empty line. Without any, your answer file is graded.",
    ),
    "cli.lesson_asks": (
        "質問に答えるコマンドです。ターミナルで実行してください。",
        "This one asks you questions. Run it in a terminal.",
    ),
    "cli.lesson_fault": ("実行できませんでした: {fault}", "This could not be run: {fault}"),
    "cli.jupyter": ("レッスンを JupyterLab で開く", "open the lessons in JupyterLab"),
    "cli.jupyter_more": (
        "レッスンを作業ディレクトリの notebooks にコピーして開きます。N を省くとレッスン 1 です。\n"
        "メモや結果はコピーに残り、上書きされることはありません。JupyterLab は Ctrl+C で止まります。",
        "Copies the lessons into notebooks in your workspace, and opens them there. Without N: lesson 1.\n"
        "Your notes and results stay in the copies, which nothing overwrites. Ctrl+C stops JupyterLab.",
    ),
    "cli.jupyter_copy": ("コピーだけして、開かない", "make the copies, and open nothing"),
    "cli.jupyter_missing": (
        "JupyterLab が入っていません。tutor と同じ Python に入れてください:\n"
        "    {python} -m pip install 'packet-capture-tutor[notebook]'\n"
        "入れなくても、tutor lesson {number} で同じレッスンをターミナルで読めます。",
        "JupyterLab is not installed. Install it into the Python that tutor runs in:\n"
        "    {python} -m pip install 'packet-capture-tutor[notebook]'\n"
        "Without it, tutor lesson {number} shows the same lesson in the terminal.",
    ),
    "cli.jupyter_root": (
        "root で動いています。この教材に root の権限は要りません。ふだんのユーザーで使うほうが安全です。",
        "You are root, which these lessons never need. They are safer with your usual user.",
    ),
    "cli.jupyter_copied": ("レッスンを {folder} にコピーしました。", "The lessons are copied to {folder}."),
    "cli.jupyter_newer": (
        "{older} より新しい版を {newer} に置きました。{older} はそのまま残っています。",
        "{newer} is a newer version of {older}, which stays as you left it.",
    ),
    "cli.jupyter_opens": (
        "JupyterLab を開きます: {path}\n止めるには、ここで Ctrl+C を押します。",
        "JupyterLab opens {path}.\nTo stop it, press Ctrl+C here.",
    ),
    "cli.list": ("練習問題の一覧", "list the exercises"),
    "cli.list_more": (
        "✓ は合格した問題、▸ は次の問題です。",
        "✓ marks the passed ones, ▸ the next one.",
    ),
    "cli.start": ("課題を表示し、答えのファイルを用意", "show a task and make its answer file"),
    "cli.start_more": (
        "すでに答えのファイルがあれば、そのまま残します。EXERCISE を省くと次の問題です。\n"
        "シードを決めると、アドレスやポート番号が自分だけのキャプチャで学べます。\n"
        "none を指定すると元のキャプチャに戻ります。\n"
        "授業では TUTOR_NAME に名前を入れておけば、名前からシードが決まります。",
        "An answer file that is there already is kept. Without EXERCISE: the next one.\n"
        "With a seed you get captures of your own, with other addresses and ports;\n"
        "none goes back to the recorded ones.\n"
        "In a class, set TUTOR_NAME to the learner's name, and the seed follows from it.",
    ),
    "cli.start_seed": (
        "キャプチャのシード (整数か none)",
        "the seed of your captures (a number, or none)",
    ),
    "cli.start_name": ("名前からシードを決める", "take the seed that belongs to NAME"),
    "cli.next": ("次の課題を表示", "show the next task"),
    "cli.next_more": (
        "まだ合格していない最初の問題を、tutor start と同じように用意して表示します。",
        "Shows the first exercise that is not passed yet, and makes its files, as tutor start does.",
    ),
    "cli.check": ("答えを採点", "grade an answer"),
    "cli.check_more": (
        "答えのファイルを採点します。書かれたコマンドが実行されることはありません。EXERCISE を省くと次の問題です。",
        "Grades the answer file. The command in it is never run. Without EXERCISE: the next one.",
    ),
    "cli.check_answer": ("答えのファイルの代わりに TEXT を採点", "grade TEXT in place of the answer file"),
    "cli.check_all": (
        "答えのファイルがある問題をすべて採点 (全部合格なら終了コード 0)",
        "grade every answer file that is there (exit status 0 if all of them pass)",
    ),
    "cli.check_json": ("結果を JSON で出力", "print the verdict as JSON"),
    "cli.hint": ("次のヒントを表示", "show the next hint"),
    "cli.hint_more": (
        "実行するたびに一段ずつ詳しくなります。EXERCISE を省くと次の問題です。",
        "Each call goes one rung further. Without EXERCISE: the next one.",
    ),
    "cli.practice": (
        "短い問題で練習 (間違えたものは、間を空けてまた出ます)",
        "practise with short questions; what you miss comes again",
    ),
    "cli.practice_more": (
        "TOPIC は line (行を読む)、flags (フラグ)、matches (一致の予想)、filter (フィルタを書く)、\n"
        "handshake (ハンドシェイク)、symptom (症状)、command (コマンド) のどれかです。省くと全部から出ます。\n"
        "? でヒント、q で終わります。すべて正解なら終了コードは 0 です。",
        "TOPIC is line, flags, matches, filter, handshake, symptom or command; without it, all of them.\n"
        "? gives a hint, q ends. The exit status is 0 if every answer was right.",
    ),
    "cli.practice_count": ("N 問で終わる", "stop after N questions"),
    "cli.practice_seed": ("同じ N からは同じ問題", "the same N gives the same questions"),
    "cli.practice_json": ("答えずに、問題を JSON で出力", "print questions as JSON, without asking them"),
    "cli.quiz": (
        "理解度チェック (チェックリスト全体から 30 問以上)",
        "the quiz: 30 questions or more over the whole checklist",
    ),
    "cli.quiz_more": (
        "途中で q で中断しても、次に同じところから続けられます。80% 以上で合格です。\n"
        "問題は --seed ごとに決まっています。省くと、中断したものの続きか、新しい問題になります。",
        "You may leave with q and go on later where you were. 80% right is a pass.\n"
        "Each --seed has its own questions. Without it: the quiz that was left, or a new one.",
    ),
    "cli.quiz_seed": ("問題の番号", "which quiz"),
    "cli.quiz_questions": ("問題の数 (30 から 100)", "how many questions, 30 to 100"),
    "cli.quiz_json": ("答えずに、問題を JSON で出力", "print the questions as JSON, without asking them"),
    "cli.solution": ("模範解答を表示", "show a solution"),
    "cli.solution_more": (
        "合格したあと、またはヒントをすべて見たあとに表示できます。EXERCISE を省くと次の問題です。",
        "It is shown once you have passed, or have taken all the hints. Without EXERCISE: the next one.",
    ),
    "cli.watch": ("保存するたびに採点", "check the answer at every save"),
    "cli.watch_more": (
        "答えのファイルを見張り、保存されたらすぐに採点します。\n合格すると次の問題に進みます。Ctrl+C で終わります。",
        "Watches the answer file, and checks it as soon as it is saved.\n"
        "When it passes, the next exercise follows. Ctrl+C ends it.",
    ),
    "cli.progress": ("進み具合を表示・保存・復元", "show, save or restore your progress"),
    "cli.progress_more": (
        "引数なし        レッスンとチェックリストの進み具合、よくあった考え違い\n"
        "export [FILE]   記録をすべて書き出す (FILE を省くと標準出力)\n"
        "import FILE     書き出した記録を今の記録に加える。合格が消えることはありません\n"
        "reset EXERCISE  初めからやり直す。答えのファイルと履歴は残ります",
        "(nothing)       how far you are, and which mistakes you met most\n"
        "export [FILE]   write all records out, to stdout without FILE\n"
        "import FILE     add exported records to yours; nothing passed is lost by it\n"
        "reset EXERCISE  begin an exercise anew; the answer file and the history stay",
    ),
    "cli.progress_json": ("進み具合を JSON で出力", "print the progress as JSON"),
    "cli.tcpdump": (
        "root なしの tcpdump (収録済みのキャプチャを使用)",
        "tcpdump without root, on the bundled captures",
    ),
    "cli.tcpdump_more": (
        "オプションは tcpdump と同じです。--live を付けると、このマシンのインターフェースでキャプチャします。",
        "It takes tcpdump's own options, and --live to capture on the interfaces of this machine.",
    ),
    "cli.live": ("このマシンのインターフェースでライブキャプチャ", "capture live on this machine's interfaces"),
    "cli.live_more": (
        "オプションは tcpdump と同じです。例: tutor live -i lo 'tcp port 80'",
        "It takes tcpdump's own options. For example: tutor live -i lo 'tcp port 80'",
    ),
    "cli.explain": ("tcpdump のコマンドを部分ごとに説明", "explain a tcpdump command part by part"),
    "cli.explain_more": (
        "コマンド全体を引用符で囲んで書きます。\n例: tutor explain 'sudo tcpdump -i eth0 port 80 -c 3'",
        "Put the whole command in quotes.\nFor example: tutor explain 'sudo tcpdump -i eth0 port 80 -c 3'",
    ),
    "cli.explain_filter": (
        "フィルタがどう読まれるかは、次のコマンドで見られます。",
        "To see how the filter is read:",
    ),
    "cli.explain-line": ("tcpdump の出力の一行を部分ごとに説明", "explain a line of tcpdump's output part by part"),
    "cli.explain-line_more": (
        "LINE は tcpdump が表示した一行です。--read と --packet でファイルの中のパケットも選べます。",
        "LINE is a line that tcpdump printed. Or choose a packet of a file with --read and --packet.",
    ),
    "cli.explain-line_read": ("パケットを読み込むファイル", "the file to take the packet from"),
    "cli.explain-line_packet": ("パケットの番号", "the packet's number"),
    "cli.not_a_line": (
        "tcpdump の出力の一行として読めません。行をそのまま、引用符で囲んで書いてください。",
        "This is not a line of tcpdump's output. Give the line as it was printed, in quotes.",
    ),
    "cli.byte": ("(バイト {first})", "(byte {first})"),
    "cli.bytes": ("(バイト {first}-{last})", "(bytes {first}-{last})"),
    "cli.filter": ("フィルタを説明・比較・翻訳", "explain, compare or translate filters"),
    "cli.filter_more": (
        "explain EXPRESSION    どう読まれるか。補われる括弧と、引き継がれる修飾子も示します\n"
        "compare A B           二つのフィルタの関係と、違いを示すパケット\n"
        "wireshark EXPRESSION  同じ働きをする Wireshark の表示フィルタ\n"
        "例: tutor filter explain 'src host 10.0.0.1 and port 80 or 443'",
        "explain EXPRESSION    how it is read, with implied parentheses and inherited qualifiers\n"
        "compare A B           how two filters relate, and the packets that show it\n"
        "wireshark EXPRESSION  Wireshark's display filter that does the same\n"
        "For example: tutor filter explain 'src host 10.0.0.1 and port 80 or 443'",
    ),
    "cli.filter_json": ("compare の結果を JSON で出力", "print what compare found as JSON"),
    "cli.filter_read": (
        "パケットを読み込むファイル (--packet と一緒に)",
        "the file to take a packet from (with --packet)",
    ),
    "cli.filter_packet": ("条件ごとの判定を示すパケットの番号", "the number of the packet to judge each clause on"),
    "cli.replay": ("キャプチャを記録時の間隔で再生", "play a capture at its own pace"),
    "cli.replay_more": (
        "EXPRESSION はフィルタです。Ctrl+C で止まります。",
        "EXPRESSION is a capture filter. Ctrl+C stops it.",
    ),
    "cli.replay_speed": ("N 倍の速さで再生", "play N times faster"),
    "cli.replay_step": ("Enter を押すたびに 1 パケット進める", "one packet at each Enter"),
    "cli.ladder": ("TCP のやり取りをラダー図で表示", "draw TCP conversations as ladders"),
    "cli.ladder_more": (
        "送信元と宛先を 2 本の縦線にして、パケットを上から順に矢印で並べます。EXPRESSION はフィルタです。\n"
        "例: tutor ladder no_answer 'tcp port 3306'",
        "Two lines for who talks to whom, and an arrow for each packet, from top to bottom. EXPRESSION is a filter.\n"
        "For example: tutor ladder no_answer 'tcp port 3306'",
    ),
    "cli.ladder_svg": ("最初の図を SVG として OUT.svg に書き出す", "write the first ladder to OUT.svg as a picture"),
    "cli.ladder_absolute": (
        "シーケンス番号を相対値にしない (tcpdump の -S)",
        "do not make sequence numbers relative (tcpdump's -S)",
    ),
    "cli.ladder_all": ("長いやり取りも会話の数も省略しない", "fold nothing, and show every conversation"),
    "cli.ladder_and": (
        "同時にサーバー側で取った FILE と並べて、途中で失われたパケットを示す",
        "side by side with FILE, taken at the server's side at the same time: what was lost in between",
    ),
    "cli.ladder_symptom": ("症状: {kind}。根拠 {evidence}", "Symptom: {kind}. Evidence: {evidence}"),
    "cli.ladder_state": ("状態: {kind}。根拠 {evidence}", "State: {kind}. Evidence: {evidence}"),
    "cli.ladder_none": (
        "当てはまる TCP の会話がありません。tutor tcpdump -r {file} で中身を確かめてください。",
        "No TCP conversation is selected. To see what there is: tutor tcpdump -r {file}",
    ),
    "cli.ladder_others": (
        "ほかに {count} 個の会話があります。--all ですべて、フィルタで 1 つに絞れます。",
        "Conversations that are not shown: {count}. --all shows all, a filter chooses one.",
    ),
    "cli.timeline": ("いつ、どの会話があったかを時間軸で表示", "show on a time axis which conversation was when"),
    "cli.timeline_more": (
        "会話ごとに 1 行、左から右へ時間が進みます。EXPRESSION はフィルタです。\n例: tutor timeline mix 'not tcp port 22'",
        "One line for each conversation; time goes from left to right. EXPRESSION is a filter.\n"
        "For example: tutor timeline mix 'not tcp port 22'",
    ),
    "cli.timeline_by": (
        "行の分け方: conversation (会話ごと) か protocol (プロトコルごと)",
        "what a line is for: conversation or protocol",
    ),
    "cli.timeline_svg": ("図を SVG として OUT.svg に書き出す", "write the picture to OUT.svg"),
    "cli.timeline_unknown": (
        "--by に使えるのは conversation か protocol です ({found} は使えません)。",
        "--by takes conversation or protocol, not {found}.",
    ),
    "cli.timeline_none": (
        "当てはまるパケットがありません。tutor tcpdump -r {file} で中身を確かめてください。",
        "No packet is selected. To see what there is: tutor tcpdump -r {file}",
    ),
    "cli.written": ("{path} に書き出しました。", "Written to {path}."),
    "cli.packet": ("パケットの中身をフィールドごとに表示", "show what is in a packet, field by field"),
    "cli.packet_more": (
        "層とフィールドの木と、その元になったバイトの 16 進ダンプです。N はパケットの番号です。\n"
        "例: tutor packet handshake 2 --layer TCP.flags",
        "The tree of layers and fields, and the bytes they were read from. N is the packet's number.\n"
        "For example: tutor packet handshake 2 --layer TCP.flags",
    ),
    "cli.packet_layer": (
        "この層 (TCP) かフィールド (TCP.dport) だけを表示し、ダンプの中で [ ] で囲む",
        "show only this layer (TCP) or field (TCP.dport), in [ ] in the dump",
    ),
    "cli.no_such_layer": (
        "{number} 番のパケットに {found} はありません。あるのは {layers} です。",
        "Packet {number} has no {found}. It has {layers}.",
    ),
    "cli.diagnose": (
        "つながらない原因を、根拠のパケットと一緒に診断",
        "say why a conversation fails, by which packets",
    ),
    "cli.diagnose_more": (
        "EXPRESSION は会話を選ぶフィルタです。その会話に関わる ICMP と ARP も調べます。\n"
        "問題がなければ 0、見つかれば 1 で終わります。\n"
        "例: tutor diagnose no_answer\n"
        "    tutor diagnose client.pcap --and server.pcap tcp port 3306",
        "EXPRESSION is a filter that chooses conversations; the ICMP and ARP about them are looked at, too.\n"
        "The exit status is 0 if nothing is wrong, and 1 if something is.\n"
        "For example: tutor diagnose no_answer\n"
        "             tutor diagnose client.pcap --and server.pcap tcp port 3306",
    ),
    "cli.diagnose_and": (
        "同時にサーバー側で取った FILE と比べる",
        "compare with FILE, taken at the server's side at the same time",
    ),
    "cli.diagnose_json": ("結果を JSON で出力", "print the result as JSON"),
    "cli.diagnose_others": (
        "式に合わない会話にも問題があります。式を外すとすべて表示します。",
        "Other conversations are in trouble as well; leave out the expression to see them.",
    ),
    "cli.author": ("練習問題を書く人の道具", "tools for those who write exercises"),
    "cli.author_more": (
        "new は定義のひな形を作り、lint は公開できるかどうかを採点そのもので調べ、preview は学ぶ人に見える姿を両方の言語で表示します。\n"
        "練習問題は id か、.toml ファイルの名前で指定します。lint で省くと、コースのすべてを調べます。",
        "new begins a definition, lint finds out through grading itself whether it is fit for learners, and preview shows it as they will see it, in both languages.\n"
        "Name exercises by id or by their .toml file; lint without a name looks at the whole course.",
    ),
    "cli.author_kind": (
        "new: 練習問題の種類 (filter, command, reading)",
        "new: the kind of exercise (filter, command, reading)",
    ),
    "cli.author_directory": ("定義のある場所", "where the definitions are"),
    "cli.demo": ("シナリオを 1 パケットずつ教室で見せる", "show a scenario to a class, packet by packet"),
    "cli.demo_more": (
        "Space で次へ進み、b で戻ります。大事なパケットの前には問いがあり、r で答えを見せます。p は記録と同じ間隔での再生です。\n"
        "SCENARIO を省くと一覧です (--serve や --live では handshake)。端末の文字を大きくしてお使いください。\n"
        "例: tutor demo handshake\n"
        "    tutor demo lost_reply --serve",
        "Space goes on, b goes back. A question comes before each packet that matters, and r reveals the answer. p plays it\n"
        "at the pace of the recording. Without SCENARIO: the list, or handshake with --serve and --live. Make the letters\n"
        "of your terminal big.\n"
        "For example: tutor demo handshake\n"
        "             tutor demo lost_reply --serve",
    ),
    "cli.demo_live": ("記録ではなく、ラボでいま再現して見せる", "play it in the lab now, in place of the recording"),
    "cli.demo_serve": (
        "ブラウザで見せる。このマシンからだけ開けます",
        "show it in browsers; to this machine alone unless --address says otherwise",
    ),
    "cli.demo_address": (
        "--serve で待ち受けるアドレス。トークンを知っている人だけが開けます",
        "the address for --serve to listen on; only who has the token gets in",
    ),
    "cli.demo_port": ("--serve のポート番号", "the port for --serve"),
    "cli.demo_serve_first": (
        "--address と --port は --serve と一緒に使います。",
        "--address and --port go with --serve.",
    ),
    "cli.lab": (
        "仮想のネットワークで実物の tcpdump とサーバーを使う",
        "use real tcpdump and servers in a private network",
    ),
    "cli.lab_more": (
        "up                ラボを始める (root は不要)\n"
        "shell HOST        HOST のシェルに入る。-- のあとにコマンドも書けます\n"
        "run [SCENARIO]    シナリオか障害を再現する。省くと一覧、random はどれか 1 つ\n"
        "restore           障害をすべて取り除く\n"
        "status            ホストとサーバーの様子\n"
        "down              ラボを終える。あとには何も残りません\n"
        "例: tutor lab up\n"
        "    tutor lab shell client\n"
        "    tutor lab run no_answer --save .",
        "up                begin, without root\n"
        "shell HOST        a shell on HOST, or the command behind --\n"
        "run [SCENARIO]    play a scenario or make a fault; without one, list them; random is one of the faults\n"
        "restore           take every fault away\n"
        "status            hosts and servers\n"
        "down              end it; nothing is left behind\n"
        "For example: tutor lab up\n"
        "             tutor lab shell client\n"
        "             tutor lab run no_answer --save .",
    ),
    "cli.lab_seed": ("random が選ぶ障害を決める番号", "the number that decides which fault random is"),
    "cli.lab_save": (
        "クライアント側とサーバー側のキャプチャを DIR に保存",
        "record into DIR, at the client and at the server at once",
    ),
    "cli.trying_in_lab": ("ラボで確かめています", "Trying it in the lab"),
    "cli.lab_up": ("ラボを始めました ({seconds} 秒)。", "The lab is up ({seconds} s)."),
    "cli.lab_starting": ("サーバーを起動しています", "Starting the servers"),
    "cli.lab_down": (
        "ラボを終えました ({seconds} 秒)。何も残っていません。",
        "The lab is down ({seconds} s). Nothing of it is left.",
    ),
    "cli.lab_state_real": ("動作中", "running"),
    "cli.lab_state_stand-in": (
        "代役が動作中 (本物がインストールされていません)",
        "running, a stand-in: the real one is not installed",
    ),
    "cli.lab_state_starting": ("起動中", "starting"),
    "cli.lab_state_stopped": ("停止", "stopped"),
    "cli.lab_state_failed": ("起動できませんでした", "could not start"),
    "cli.lab_faulty": (
        "障害が起きています。原因を探すか、tutor lab restore で取り除きます。",
        "Something is wrong in it. Find out what, or take it away: tutor lab restore",
    ),
    "cli.lab_playing": ("再現しています: {name}", "Playing {name}"),
    "cli.lab_played": ("再現しました: {name}", "Played {name}."),
    "cli.lab_restored": ("障害をすべて取り除きました。", "Every fault is taken away."),
    "cli.lab_scenarios": ("シナリオ", "Scenarios"),
    "cli.lab_faults": ("障害", "Faults"),
    "cli.completion": ("シェル補完のスクリプトを出力", "print a shell completion script"),
    "cli.completion_more": (
        '例: eval "$(tutor completion bash)" を ~/.bashrc に書きます。',
        'For example, in ~/.bashrc: eval "$(tutor completion bash)"',
    ),
    # Usage errors
    "cli.see_help": ("使い方は tutor --help で見られます。", "For help: tutor --help"),
    "cli.unknown_verb": ("{found} というコマンドはありません。", "There is no command {found}."),
    "cli.unknown_verb_near": (
        "{found} というコマンドはありません。{near} のことですか。",
        "There is no command {found}. Did you mean {near}?",
    ),
    "cli.unknown_option": ("{found} というオプションはありません。", "There is no option {found}."),
    "cli.unknown_option_near": (
        "{found} というオプションはありません。{near} のことですか。",
        "There is no option {found}. Did you mean {near}?",
    ),
    "cli.option_value": (
        "オプション {option} の値の書き方が違います。",
        "The value of the option {option} is not right.",
    ),
    "cli.too_few": ("引数が足りません。書き方: {usage}", "Something is missing. Usage: {usage}"),
    "cli.too_many": ("引数 {extra} が余分です。書き方: {usage}", "{extra} is one too many. Usage: {usage}"),
    "cli.lang": ("--lang に使えるのは ja か en です ({found} は使えません)。", "--lang takes ja or en, not {found}."),
    "cli.number": (
        "{option} には 0 より大きい数を書きます ({found} は使えません)。",
        "{option} takes a number above 0, not {found}.",
    ),
    "cli.reading": ("{path} を読んでいます", "Reading {path}"),
    "cli.working": ("パケットを調べています", "Going through the packets"),
    "cli.replay_enter": ("Enter で次のパケット、Ctrl+D で終わり", "Enter: the next packet; Ctrl+D: stop"),
    "cli.unknown_action": ("{found} という働きはありません。書き方: {usage}", "There is no {found}. Usage: {usage}"),
    "cli.only_explain": (
        "--read と --packet は explain で使います。書き方: {usage}",
        "--read and --packet belong to explain. Usage: {usage}",
    ),
    "cli.two_expressions": (
        "compare には式を二つ、それぞれ引用符で囲んで書きます。書き方: {usage}",
        "compare takes two expressions, each in quotes. Usage: {usage}",
    ),
    "cli.compare_equivalent": ("A と B は同じパケットに一致します。", "A and B match the same packets."),
    "cli.compare_wider": (
        "A は B より広く、B が一致するパケットのすべてと、それ以外にも一致します。",
        "A is wider: it matches all that B matches, and more.",
    ),
    "cli.compare_narrower": (
        "A は B より狭く、B が一致するパケットの一部だけに一致します。",
        "A is narrower: it matches only some of what B matches.",
    ),
    "cli.compare_overlapping": (
        "A と B は一部が重なりますが、それぞれ相手が一致しないパケットにも一致します。",
        "A and B overlap: each matches packets that the other does not.",
    ),
    "cli.compare_disjoint": (
        "A と B の両方に一致するパケットはありません。",
        "A and B have no packet in common.",
    ),
    "cli.compare_proven": ("{packets} 通りのパケットで確かめた証明です。", "Proven with {packets} kinds of packets."),
    "cli.compare_tested": (
        "{packets} 通りのパケットで確認しました (証明ではありません)。",
        "Tested with {packets} kinds of packets; this is no proof.",
    ),
    "cli.compare_only": ("{matched} だけが一致するパケット", "A packet that only {matched} matches"),
    "cli.wireshark_differs": ("違いがあるのは次の場合です。", "The two differ in these cases:"),
    "cli.read_and_packet": (
        "--read と --packet は一緒に使います。",
        "--read and --packet go together.",
    ),
    "cli.no_such_packet": (
        "{name} には 1 から {packets} までの番号を書きます ({found} は使えません)。",
        "{name} takes a number from 1 to {packets}, not {found}.",
    ),
    "cli.all_alone": (
        "--all はすべての答えのファイルを採点するので、EXERCISE や --answer と一緒には使えません。",
        "--all grades all answer files; it takes neither EXERCISE nor --answer.",
    ),
    "cli.seed_or_name": ("--seed と --name は、どちらか一方だけを使います。", "Use either --seed or --name, not both."),
    "cli.seed_number": (
        "--seed には 0 から 9223372036854775807 までの整数か none を書きます ({found} は使えません)。",
        "--seed takes a whole number from 0 to 9223372036854775807, or none, but not {found}.",
    ),
    "cli.export_there": (
        "{path} はすでにあるので、上書きせずにやめました。別の名前を指定してください。",
        "{path} is there already and was not overwritten. Choose another name.",
    ),
    "cli.json_alone": (
        "--json は引数なしの tutor progress で使います。",
        "--json belongs to tutor progress alone.",
    ),
    "cli.unknown_shell": (
        "{found} の補完スクリプトはありません。bash、zsh、fish のどれかです。",
        "There is no completion script for {found}; there is one for bash, zsh and fish.",
    ),
    "cli.our_fault": (
        "tutor の不具合です ({fault})。答えは失われていません。TUTOR_DEBUG=1 を付けて実行すると詳細が表示されるので、報告してください。",
        "This is a fault of tutor's own ({fault}). Your answer is not lost. Please report what TUTOR_DEBUG=1 shows.",
    ),
    "cli.file_fault": ("{path}: {fault}", "{path}: {fault}"),
    # Screens
    "cli.home_count": ("{passed} / {total} 練習問題", "{passed} / {total} exercises"),
    "cli.next_command": ("次: ", "Next: "),
    "cli.all_passed": (
        "すべての練習問題に合格しています。tutor list で見直せます。",
        "Every exercise is passed. To look back: tutor list",
    ),
    "cli.state_passed": ("合格", "passed"),
    "cli.state_tried": ("挑戦中", "tried"),
    "cli.state_new": ("まだ", "new"),
    "cli.answer_file": ("答えを書くファイル: {path}", "Write your answer in: {path}"),
    "cli.answer_kept": (
        "答えのファイルはすでにあるので、そのまま残しました: {path}",
        "Your answer file was there already and is kept: {path}",
    ),
    "cli.look_at_file": ("キャプチャを見る: {command}", "To see the capture: {command}"),
    "cli.or_in_lab": (
        "ラボがあれば、答えをラボでも確かめ、そこで取ったファイルも認めます: {command}",
        "With a lab, your answer is tried there too, and files captured there count: {command}",
    ),
    "cli.look_at_interface": ("キャプチャを試す: {command}", "To try it out: {command}"),
    "cli.hint_rung": ("{id} のヒント {rung} / {rungs}", "Hint {rung} of {rungs} for {id}"),
    "cli.hint_solution": ("{id} の解答例", "A solution of {id}"),
    "cli.next_hint": ("ヒント: {hint}", "Hint: {hint}"),
    "cli.seed_set": (
        "これからは自分用のキャプチャを使います (シード {seed})。合格した問題はそのままです。"
        "以前に作った答えのファイルの課題文は、元のアドレスのままです。",
        "From now on you have captures of your own (seed {seed}). What you passed stays passed. Answer files that were"
        " made before still speak of the recorded addresses.",
    ),
    "cli.seed_changed": (
        "シードを {before} から {seed} に変えました。合格した問題はそのままです。"
        "以前に作った答えのファイルは書き換えないので、その中の課題文は前のアドレスのままです。",
        "The seed was {before} and is now {seed}. What you passed stays passed. Answer files are never rewritten, so"
        " those made before still speak of the earlier addresses.",
    ),
    "cli.seed_none": (
        "元のキャプチャに戻しました (前のシードは {before})。合格した問題と答えのファイルはそのままです。",
        "You are back at the captures as they were recorded (the seed was {before}). What you passed stays passed, and"
        " answer files stay as they are.",
    ),
    "cli.solution_of": ("{id} の模範解答  {title}", "A solution of {id}: {title}"),
    "cli.solution_others": ("次のように書いても合格です。", "These pass as well:"),
    "cli.solution_locked": (
        "模範解答は、{id} に合格するか、ヒントをすべて見ると表示できます (ヒントは {rungs} 段のうち {taken} 段まで見ました)。",
        "The solution of {id} comes once you have passed it or taken all its hints ({taken} of {rungs} so far).",
    ),
    "cli.no_answers": ("答えのファイルがまだありません。", "There are no answer files yet."),
    "cli.all_count": ("{answers} 個の答えのうち {passed} 個が合格です。", "{passed} of {answers} answers pass."),
    "cli.watching": (
        "保存されるのを待っています。終わるときは Ctrl+C。",
        "Waiting for you to save. Ctrl+C ends this.",
    ),
    "cli.progress_lessons": ("レッスン", "Lessons"),
    "cli.progress_lesson": ("レッスン {number}", "Lesson {number}"),
    "cli.progress_checklist": ("チェックリスト", "Checklist"),
    "cli.progress_open": ("挑戦中の問題", "Tried, not passed yet"),
    "cli.progress_tries": ("{count} 回", "tries: {count}"),
    "cli.progress_mistakes": ("よくあった考え違い", "Mistakes met most often"),
    "cli.progress_times": ("{count} 回", "met: {count}"),
    "cli.progress_practice": (
        "ドリル: {answered} 問のうち {right} 問正解",
        "Practice: {right} of {answered} right",
    ),
    "cli.progress_quizzes": (
        "クイズ: {count} 回、前回は {questions} 問のうち {right} 問正解",
        "Quizzes: {count} done, the last with {right} of {questions} right",
    ),
    "cli.progress_seed": ("自分用のキャプチャのシード: {seed}", "The seed of your own captures: {seed}"),
    "cli.exported": ("記録を {path} に書き出しました。", "Your records are written to {path}."),
    "cli.imported": (
        "{path} から {new} 件の記録を取り込みました。合格は {passed} 問になりました。",
        "{new} records are taken over from {path}. You have passed {passed} exercises now.",
    ),
    "cli.imported_nothing": (
        "{path} の記録は、すべて取り込み済みです。",
        "All records of {path} are here already.",
    ),
    "cli.reset": (
        "{id} を初めからにしました ({attempts} 回分の挑戦とヒント)。履歴は残り、tutor progress export に含まれます。",
        "{id} begins anew ({attempts} attempts and its hints are set aside). The history stays, also in what tutor"
        " progress export writes.",
    ),
    "cli.reset_answer": (
        "答えのファイルはそのままです: {path}",
        "Your answer file stays as it is: {path}",
    ),
    "cli.reset_nothing": ("{id} はまだ試していません。", "{id} has not been tried yet."),
    "cli.checklist": ("チェックリスト「{item}」 {earned} / {total}", "Checklist “{item}”: {earned} / {total}"),
}
