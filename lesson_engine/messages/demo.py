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
}
