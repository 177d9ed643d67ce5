"""The beginning of an exercise definition: every key that its kind needs, with TODO where the author's words go.

>>> scaffold("exercise25", "filter").splitlines()[1]
'id = "exercise25"'
"""

from lesson_engine.course.exercise import Kind

_HEAD = """\
format = 1
id = "{id}"
kind = "{kind}"
stars = 1
lesson = 3
capture = "mix"
"""

_ANSWERS = {
    "filter": """\
# Only packets that match this filter are compared: a trap that the task does not state must fail no one.
counts = "ip"

starter = "sudo tcpdump -nn -i eth0"
solution = "sudo tcpdump -nn -i eth0 TODO"
right = [
    "tcpdump TODO 1",
    "tcpdump TODO 2",
    "tcpdump TODO 3",
]
""",
    "command": """\

starter = '''
# 1.

# 2.
'''
solution = '''
tcpdump TODO 1
tcpdump TODO 2
'''
right = [
    "TODO 1",
    "TODO 2",
    "TODO 3",
]
""",
    "reading": """\

# {syn} stands for the number that the engine reads off the capture.
starter = '''
syn = 0
'''
solution = "syn = {syn}"
right = [
    "syn = '{syn}'",
    "syn = '#{syn}'",
    "syn = {syn}  # TODO",
]
""",
}

_TEXTS = """
[title]
ja = "TODO"
en = "TODO"

[task]
ja = '''
TODO
'''
en = '''
TODO
'''

[[hints]]
ja = "TODO 1"
en = "TODO 1"
[[hints]]
ja = "TODO 2"
en = "TODO 2"
[[hints]]
ja = "TODO 3"
en = "TODO 3"

[[wrong]]
answer = "TODO"
misconception = "TODO"
[wrong.remark]
ja = "TODO"
en = "TODO"
"""

_PARTS = {
    "filter": "",
    "command": """
[[parts]]
wants = { interface = ["eth0", "1"] }
[parts.name]
ja = "TODO"
en = "TODO"
[[parts]]
# A reference: the learner's filter must do the same.
filter = "tcpdump TODO"
counts = "ip"
[parts.name]
ja = "TODO"
en = "TODO"
""",
    "reading": """
[[questions]]
name = "syn"
reads = "handshake.syn"
of = "host 192.168.1.51 and tcp port 80"
[questions.label]
ja = "TODO"
en = "TODO"
""",
}


def scaffold(exercise_id: str, kind: Kind) -> str:
    """The text of a definition that says nothing yet."""
    head = _HEAD.replace("{id}", exercise_id).replace("{kind}", kind)
    return head + _ANSWERS[kind] + _TEXTS + _PARTS[kind]
