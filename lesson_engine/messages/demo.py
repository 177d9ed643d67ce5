"""Demonstrations for a class: what is said around a scenario's story."""

TEXTS = {
    "demo.unknown": (
        "{name} のデモはありません。次の中から選んでください: {known}",
        "There is no demonstration {name}. Choose from: {known}",
    ),
    "demo.goes_back": (
        "前のビートより前のキャプチャに戻っています。captures の順に並べてください。",
        "goes back to a capture before that of the beat above: put beats in the order of captures.",
    ),
    "demo.role_or_filter": (
        "role と filter のどちらか一方でパケットを指定してください。",
        "names a packet by either role or filter, and by one of them.",
    ),
    "demo.bad_filter": ("フィルタとして読めません: {fault}", "is no filter: {fault}"),
    "demo.bad_braces": (
        "中かっこの対応が正しくありません ({fault})。文字としての中かっこは二重に書きます。",
        "has braces that do not pair ({fault}). Write a brace that is meant as such twice.",
    ),
    "demo.unknown_value": (
        "{{{name}}} という値はありません。使えるのは {known} です。",
        "names {{{name}}}, which is no value. There are: {known}",
    ),
    # On the screen, and on the page.
    "demo.question": ("問い", "Question"),
    "demo.reveal": ("答え", "Answer"),
    "demo.now": ("いま #{number}", "now #{number}"),
    "demo.place": ("パケット {packet} / {packets}", "packet {packet} of {packets}"),
    "demo.place_live": ("ライブ: パケット {packet} / これまで {packets}", "live: packet {packet} of {packets} so far"),
    "demo.place_broken_off": (
        "パケット {packet} / {packets} で中断",
        "packet {packet} of {packets}, broken off",
    ),
    "demo.playing": ("▶ 再生中 {speed} 倍", "▶ playing at {speed}×"),
    "demo.paused": ("速さ {speed} 倍", "speed {speed}×"),
    "demo.keys": (
        "Space 次へ   b 戻る   r 答え   p 再生   + - 速さ   ? キーの説明   q 終わる",
        "Space next   b back   r reveal   p play   + - speed   ? keys   q quit",
    ),
    "demo.all_keys": (
        "Space → Enter PageDown    次へ進む\n"
        "b ← PageUp                前に戻る\n"
        "r                         いまの問いの答えを見せる\n"
        "p                         再生する、止める (問いと答えの前で止まります)\n"
        "+ -                       再生を速く、遅くする (1 倍は記録どおり)\n"
        "Home End                  最初へ、最後へ\n"
        "q                         終わる\n\n"
        "どのキーでも、この説明を閉じます。",
        "Space → Enter PageDown    go on\n"
        "b ← PageUp                go back\n"
        "r                         reveal the answer to what is asked\n"
        "p                         play, or stop (it stops where something is asked or told)\n"
        "+ -                       play faster, slower (1× is the pace of the recording)\n"
        "Home End                  to the beginning, to the end\n"
        "q                         quit\n\n"
        "Any key closes this.",
    ),
    "demo.line_keys": (
        "Enter: 次へ   b: 戻る   r: 答え   p: 再生   + -: 速さ   q: 終わる",
        "Enter: go on   b: back   r: reveal   p: play   + -: speed   q: quit",
    ),
    "demo.nothing_there": ("ここには答えがありません。", "There is nothing to show there."),
    "demo.nothing_yet": ("次のパケットを待っています。", "Waiting for the next packet."),
    "demo.without_lab": (
        "収録済みのキャプチャなら、ラボなしで見せられます: tutor demo {name}",
        "The recording can be shown without the lab: tutor demo {name}",
    ),
    # In browsers.
    "demo.serving": (
        "ブラウザで開いてください。止めるには Ctrl+C を押します。",
        "Open these in a browser. Ctrl+C stops it.",
    ),
    "demo.url_presenter": ("発表者用 (ほかの人には見せない)", "for you, who presents (keep it to yourself)"),
    "demo.url_class": ("受講者用", "for the class"),
    "demo.every_address": (
        "ADDRESS は、このマシンのアドレスに置き換えてください。",
        "In place of ADDRESS, write the address of this machine.",
    ),
    "demo.cannot_listen": (
        "{address} のポート {port} で待ち受けられません: {fault}\n"
        "--port で別の番号を、--address でこのマシンのアドレスを指定してください。",
        "Cannot listen on port {port} of {address}: {fault}\n"
        "Give another number with --port, or an address of this machine with --address.",
    ),
    "demo.page.now": ("いま", "now"),
    "demo.page.lost": ("接続が切れました。つなぎ直しています。", "The connection is lost. Trying again."),
    "demo.page.packets": ("tcpdump の出力", "What tcpdump prints"),
    "demo.page.ladder": ("ラダー図", "Ladder diagram"),
    "demo.page.noscript": (
        "このページには JavaScript が必要です。端末では tutor demo が同じものを表示します。",
        "This page needs JavaScript. In a terminal, tutor demo shows the same.",
    ),
    "demo.page.follows": ("発表者の画面に合わせて進みます。", "This page goes along with the presenter."),
    "demo.page.back": ("戻る", "Back"),
    "demo.page.next": ("次へ", "Next"),
    "demo.page.reveal": ("答え", "Reveal"),
    "demo.page.play": ("再生 / 停止", "Play / stop"),
    "demo.page.slower": ("遅く", "Slower"),
    "demo.page.faster": ("速く", "Faster"),
    "demo.page.large": ("全画面", "Full screen"),
}
