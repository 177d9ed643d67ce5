"""What is said about answers that are also tried in the private lab, and about a fault that is mended there."""

TEXTS = {
    # Why not
    "in_the_lab.recordings_alone": (
        "収録済みのキャプチャだけで採点しました。\n{why}",
        "This was judged by the recordings alone.\n{why}",
    ),
    "in_the_lab.broke": (
        "ラボでの確認が途中で止まりました。{fault} 直すには tutor lab down のあとで tutor lab up を実行します。",
        "Trying it in the lab broke off: {fault} To mend the lab: tutor lab down, then tutor lab up.",
    ),
    "in_the_lab.another_form": (
        "この答えは収録済みのキャプチャについてのものです。いまはラボが動いているので、tutor start {id} で、"
        "本物の障害を直す形でも解けます。この答えはそのまま残ります。",
        "This answer is about the recordings. A lab is up: tutor start {id} asks you to mend a real fault there. "
        "This answer stays as it is.",
    ),
    "in_the_lab.needs_lab": (
        "この答えはラボの障害についてのものなので、ラボがないと確かめられません。答えは消えません。",
        "This answer is about a fault in the lab, and cannot be checked without one. Nothing of it is lost.",
    ),
    "in_the_lab.answer_waits": (
        "{path} はラボの障害についての答えです。{why}\n"
        "収録済みのキャプチャで解くには: tutor start {id} (この答えはそのまま残ります)",
        "{path} is about a fault in the lab. {why}\n"
        "To answer about the recordings instead: tutor start {id} (this answer stays as it is)",
    ),
    # An interface that is watched
    "in_the_lab.name": ("ラボで", "in the lab"),
    "in_the_lab.no_interface": (
        "インターフェースが選ばれていないので、ラボではキャプチャしませんでした。",
        "No interface is chosen, so nothing was captured there.",
    ),
    "in_the_lab.no_such_interface": (
        "ラボのクライアントに {name} はありません。tcpdump -D の一覧にあるのは {known} です。",
        "The lab's client has no {name}. tcpdump -D lists {known}.",
    ),
    "in_the_lab.nothing_seen": (
        "{server} に接続しましたが、{name} には何も流れませんでした。サーバーとの通信が通るのは別のインターフェースです。",
        "{server} was visited, and nothing of it was seen on {name}. Traffic with the servers takes another interface.",
    ),
    "in_the_lab.not_ended": (
        "接続を繰り返しても {found} パケットしか流れず、{count} パケットで終わりませんでした。",
        "Visit after visit there were {found} packets, and the capture of {count} did not end.",
    ),
    "in_the_lab.seen": (
        "クライアントの {name} でキャプチャしながら、{port} 番ポートから {server} に接続しました。"
        "その {packets} パケットが見えました。",
        "While {name} of the client was captured, {server} was visited from port {port}. "
        "The {packets} packets of that visit were seen.",
    ),
    "in_the_lab.counted": (
        "クライアントの {name} でキャプチャしながら、{port} 番ポートから {server} に接続しました。"
        "{count} パケットでキャプチャは自分で終わり、そのうち {packets} 個がこの接続のものです。",
        "While {name} of the client was captured, {server} was visited from port {port}. "
        "The capture ended by itself after {count} packets; {packets} of them are of that visit.",
    ),
    # Files captured there
    "in_the_lab.file_right": (
        "ラボで取ったキャプチャです。{packets} パケットとも、ラボのクライアントの eth0 を流れたとおりに、"
        "抜けなく入っています。",
        "It was captured in the lab: {packets} packets, just as they passed the client's eth0, with none left out.",
    ),
    "in_the_lab.file_selected": (
        "ラボで取ったひとつ目のファイルから、求められたパケットだけが、すべて入っています ({packets} 個)。",
        "Of the first file, which was captured in the lab, it holds all packets asked for and no others ({packets}).",
    ),
    "in_the_lab.file_too_few": (
        "{found} パケットしか入っていません。{wanted} パケットです。",
        "It holds {found} packets only. It is to be {wanted}.",
    ),
    "in_the_lab.file_elsewhere": (
        "収録済みのキャプチャのパケットでも、いまのラボのクライアントの eth0 を流れたパケットでもありません。"
        "ラボを始め直したときは、それから取り直してください。",
        "Its packets are neither of the recordings nor did they pass eth0 of the client of this lab. "
        "After a new tutor lab up, capture again.",
    ),
    "in_the_lab.file_not_of_whole": (
        "ひとつ目のファイルにはないパケットが入っています。ひとつ目を -r で読んで、作り直してください。",
        "It holds packets that the first file does not have. Make it again, reading the first with -r.",
    ),
    "in_the_lab.nothing_to_hold": (
        "ひとつ目のファイルに、求められている通信がまだありません。ラボでその通信を起こしながら、取り直してください。",
        "The first file has nothing of the traffic that is asked for. Capture again while there is some in the lab.",
    ),
    "in_the_lab.from_lab": (
        "同じときにラボの eth0 を流れたパケット",
        "a packet that passed the lab's eth0 at that time",
    ),
    "in_the_lab.from_whole": ("ひとつ目のファイルの中のパケット", "a packet of the first file"),
    # A fault that is mended
    "in_the_lab.complaint_web": (
        "クライアントからの連絡: Web サーバー {server} の {port} 番ポートにつながりません。",
        "The client complains: port {port} of the web server {server} cannot be reached.",
    ),
    "in_the_lab.complaint_database": (
        "クライアントからの連絡: データベースサーバー {server} の {port} 番ポートにつながりません。",
        "The client complains: port {port} of the database server {server} cannot be reached.",
    ),
    "in_the_lab.made_now": (
        "障害はたったいま起こしました (ラボを始めたあと、あるいは別のことに使ったあとの最初の確認だからです)。"
        "それより前に取ったキャプチャは証拠になりません。",
        "The fault was made just now, since the lab is new or did something else before. No capture from before shows it.",
    ),
    "in_the_lab.mended": ("直っている", "it is mended"),
    "in_the_lab.visit_answered": (
        "{time} にポート {port} から {server} へ接続し、返事を受け取りました。",
        "At {time} {server} was visited from port {port}, and answered.",
    ),
    "in_the_lab.visit_closed": (
        "{time} にポート {port} から {server} へ接続できましたが、何も言わずに切られました。"
        "障害のあるホストに tutor lab shell で入って直します。",
        "At {time} {server} was visited from port {port}, and closed without a word. "
        "Mend it on the host at fault, with tutor lab shell.",
    ),
    "in_the_lab.visit_silent": (
        "{time} にポート {port} から {server} へ接続を試みましたが、何も返ってきませんでした。"
        "障害のあるホストに tutor lab shell で入って直します。",
        "At {time} {server} was visited from port {port}, and nothing came back. "
        "Mend it on the host at fault, with tutor lab shell.",
    ),
    "in_the_lab.visit_refused": (
        "{time} にポート {port} から {server} へ接続を試みましたが、RST で断られました。"
        "障害のあるホストに tutor lab shell で入って直します。",
        "At {time} {server} was visited from port {port}, and refused it by a RST. "
        "Mend it on the host at fault, with tutor lab shell.",
    ),
    "in_the_lab.visit_reset": (
        "{time} にポート {port} から {server} へ接続しましたが、途中で RST で切られました。"
        "障害のあるホストに tutor lab shell で入って直します。",
        "At {time} {server} was visited from port {port}, and reset. Mend it on the host at fault, with tutor lab shell.",
    ),
    "in_the_lab.visit_unreachable": (
        "{time} にポート {port} から {server} へ接続を試みましたが、届かないと知らされました。"
        "障害のあるホストに tutor lab shell で入って直します。",
        "At {time} {server} was visited from port {port}, and said to be out of reach. "
        "Mend it on the host at fault, with tutor lab shell.",
    ),
    "in_the_lab.holds_visit": (
        "{time} にポート {port} からラボが行った接続が入っています。",
        "It holds the visit that the lab made at {time} from port {port}.",
    ),
    "in_the_lab.capture_first": (
        "先にキャプチャのファイルを用意します。番号はそのファイルでのものです。",
        "The capture comes first; the numbers are those of its packets.",
    ),
    "in_the_lab.capture_missing": (
        "{path} がありません。別の端末で tutor lab shell client に入り、tcpdump -i eth0 -U -w {name} を動かしたまま、"
        "もう一度確かめます。確かめるたびに、ラボが接続をひとつ行います。",
        "There is no file {path}. In another terminal: tutor lab shell client, then tcpdump -i eth0 -U -w {name}. "
        "While it runs, check again: with each check the lab makes one visit.",
    ),
    "in_the_lab.mend_first": (
        "直してから取ります。",
        "This one is captured after the mending.",
    ),
    "in_the_lab.no_visit": (
        "ラボが行った接続がひとつも入っていません。いまの接続は {time}、ポート {port} からでした。"
        "クライアントの eth0 で tcpdump -i eth0 -U -w {name} を動かしたまま、もう一度確かめます。",
        "It holds no visit that the lab made; the one just now was at {time} from port {port}. "
        "Keep tcpdump -i eth0 -U -w {name} running on the client, and check again.",
    ),
    "in_the_lab.not_of_lab": (
        "障害が起きてからこのラボのクライアントの eth0 を流れたパケットが、ひとつも入っていません。"
        "いまの接続は {time}、ポート {port} からでした。"
        "クライアントの eth0 で tcpdump -i eth0 -U -w {name} を動かしたまま、もう一度確かめます。",
        "Nothing in it passed eth0 of this lab's client since the fault was made. The visit just now was at {time} from "
        "port {port}. Keep tcpdump -i eth0 -U -w {name} running on the client, and check again.",
    ),
    "in_the_lab.only_answered": (
        "入っているのは、返事のあった接続だけです。直す前に取ったキャプチャが要ります。"
        "after のファイルと取り違えていませんか。",
        "The visits in it were answered. This is to be the capture from before the mending: "
        "was it exchanged with the other?",
    ),
    "in_the_lab.only_failed": (
        "入っているのは、失敗した接続だけです。直したあとに取り、取っている間にもう一度確かめます。",
        "The visits in it failed. Capture after the mending, and check again meanwhile.",
    ),
    "in_the_lab.nothing_failed": (
        "障害が起きてから失敗した接続がありません。もう直したあとなら、tutor lab restore のあとで tutor start を"
        "実行すると障害が戻るので、直す前のキャプチャから取り直せます。",
        "No visit has failed since the fault was made. If you have mended it already: after tutor lab restore, tutor start "
        "brings it back, and you can begin with the capture from before.",
    ),
}
