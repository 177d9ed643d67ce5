"""What is said to the author of exercises."""

TEXTS = {
    # What is wrong with a definition
    "author.no_capture": (
        "{name} というキャプチャはありません。次のどれかです: {known}",
        "There is no capture {name}. Choose one of: {known}",
    ),
    "author.hints": (
        "ヒントは {wanted} 段にします。{found} 段あります。",
        "There must be {wanted} hints, but there are {found}.",
    ),
    "author.live_keys": (
        "ラボでの問いのうち {missing} が書かれていません。",
        "of the questions in the lab, {missing} is not there.",
    ),
    "author.hints_alike": (
        "同じヒントが二度あります。段ごとに少しずつ先へ進めます。",
        "Two hints are the same. Each rung should lead a little further.",
    ),
    "author.hint_is_solution": (
        "ヒントに解答がそのまま書かれています。解答はヒントの次の段で示されるので、ヒントは考え方へ導くものにします。",
        "The hint is the solution itself. The solution comes on the rung above the hints; a hint should lead to it.",
    ),
    "author.unfinished": ("{word} が残っています。書き終えてください。", "{word} is left here: write this text."),
    "author.not_english": ("英語の文に日本語が混ざっています。", "The English text has Japanese in it."),
    "author.not_translated": ("日本語と英語が同じ文です。", "The Japanese and the English text are the same."),
    "author.reference": (
        "模範のフィルタ「{line}」を読めません。{why}",
        "The reference {line} is no filter. {why}",
    ),
    "author.starter_passes": (
        "最初に渡すファイルのままで合格します。",
        "The starter passes as it is.",
    ),
    "author.nothing_passes": (
        "何も答えていない {answer} が合格します。",
        "{answer} says nothing, and passes.",
    ),
    "author.right_answers": (
        "書き方の違う正答が、模範解答のほかに {wanted} 個要ります。{found} 個しかありません。",
        "There must be {wanted} right answers beside the solution, written differently; there are {found}.",
    ),
    "author.right_fails": (
        "正答が合格しません。採点の結果: {why} (考え違い: {misconception})",
        "A right answer fails. Grading says: {why} (misconception: {misconception})",
    ),
    "author.right_scolded": (
        "正答なのに {misconception} と言われます。",
        "A right answer is said to show {misconception}.",
    ),
    "author.no_wrong_answers": (
        "誤答がひとつもありません。よくある考え違いを、誤答として書きます。",
        "There is no wrong answer. Write the usual misconceptions down as wrong answers.",
    ),
    "author.unknown_misconception": (
        "{misconception} という考え違いは目録にありません (messages/misconceptions.py)。",
        "There is no misconception {misconception} in the catalog (messages/misconceptions.py).",
    ),
    "author.no_remark": (
        "誤答への一言 (remark) がありません。",
        "The wrong answer has no remark.",
    ),
    "author.wrong_passes": ("誤答が合格します: {answer}", "A wrong answer passes: {answer}"),
    "author.other_misconception": (
        "考え違いは {wanted} のはずですが、採点では {found} になります。",
        "The misconception should be {wanted}, but grading finds {found}.",
    ),
    "author.remark_unseen": (
        "書かれた一言が、採点の結果に現れません。先に書かれた別の誤答と同じ働きかもしれません。",
        "The remark does not appear in the verdict. Perhaps another wrong answer before it does the same.",
    ),
    "author.no_proof": (
        "不合格の理由が示されません。証拠のパケットか、間違いの場所が必要です。",
        "The verdict shows no reason: there must be a proof packet, or the place of the fault.",
    ),
    "author.no_option_label": (
        "このオプションを指す言葉がありません ({key} を messages/course.py に加えます)。",
        "There are no words for this option (add {key} to messages/course.py).",
    ),
    "author.mutant_unseen": (
        "{mutant} と模範解答を区別するパケットが見つからず、同じだとも証明できません。隠れた弱点です。模範解答か counts を見直してください。",
        "No packet tells {mutant} from the reference, nor are the two proven the same: a hidden weakness. Change the reference or counts.",
    ),
    "author.mutant_not_counted": (
        "counts の範囲では、{mutant} が合格します。それでよければ同じ働きの答えを right に加え、よくなければ counts を広げてください。",
        "Within counts, {mutant} passes. If that is meant, add an answer that does the same to right; if not, widen counts.",
    ),
    # What is wrong with a directory of definitions
    "author.not_in_course": (
        "{file} は course.toml の exercises にありません。順序の中に加えてください。",
        "{file} is not among the exercises of course.toml. Add it, in the course's order.",
    ),
    "author.stray_file": (
        "{file} は練習問題の定義ではありません。ここから移してください。",
        "{file} is no exercise definition. Move it elsewhere.",
    ),
    "author.no_such_file": ("{file} がありません。", "There is no {file}."),
    "author.checklist_unknown": (
        "チェックリストの {item} が、コースにない練習問題を挙げています。",
        "The checklist's {item} names an exercise that the course does not have.",
    ),
    # The verb
    "author.kind": (
        "--kind は {known} のどれかです。{found} ではありません。",
        "--kind must be one of {known}, not {found}.",
    ),
    "author.new_id": (
        "新しい練習問題の id をひとつ、英小文字と数字で書きます。例: tutor author new exercise25",
        "Give one id for the new exercise, of small letters and digits. For example: tutor author new exercise25",
    ),
    "author.preview_one": (
        "練習問題をひとつ指定します。例: tutor author preview exercise3",
        "Name one exercise. For example: tutor author preview exercise3",
    ),
    "author.exists": (
        "{path} はすでにあります。上書きはしません。",
        "{path} exists already, and is left as it is.",
    ),
    "author.made": (
        "{path} を作りました。TODO を書き換えてください。",
        "{path} is made. Put your words where it says TODO.",
    ),
    "author.linting": ("{id} を調べています", "looking at {id}"),
    "author.lint_passed": ("{count} 問とも問題ありません。", "All {count} are fit for learners."),
    "author.lint_failed": ("直すところが {count} 個あります。", "There are {count} things to put right."),
    "author.answer_file": ("答えのファイル", "The answer file"),
    "author.hints_shown": ("ヒントと解答", "Hints, and the solution"),
    "author.right_shown": ("正答", "A right answer"),
    "author.wrong_shown": ("誤答", "A wrong answer"),
}
