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
    "course.key_range": ("{low} から {high} までの数です。{found} は範囲外です。", "{found} is not in {low} to {high}."),
    "course.key_choice": ("{choices} のどれかです。{found} ではありません。", "{found} is none of {choices}."),
    "course.key_unknown": ("知らないキーです。綴りを確かめてください。", "no such key exists here; check its spelling."),
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
}
