"""The interface of an answer is tried in the lab, and the verdict shows the packets of the visit; or says why not."""

import json
from typing import Any

import pytest
from lab_learner import NEEDS, VALIDATOR, Learner

from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.setting import Setting
from lesson_engine.lab import asking, namespaces
from lesson_engine.messages import LANGUAGES

pytestmark = pytest.mark.needs(*NEEDS)

FIRST = "which tcpdump; tcpdump -D; sudo tcpdump -i {}"
SECOND = "sudo tcpdump -nn -i {} -c 10"


def there(verdict: Any) -> Any:
    (part,) = [part for part in verdict["parts"] if part["name"] in ("in the lab", "ラボで")]
    return part


@pytest.mark.parametrize("interface", ["eth0", "1"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_visit_is_shown_by_its_packets(learner: Learner, interface: str, language: str) -> None:
    verdict = learner.check("exercise1", FIRST.format(interface), language=language)
    assert (verdict["passed"], verdict["score"], verdict["fallback"]) == (True, 1, None)
    assert len(verdict["parts"]) == 4
    assert there(verdict)["passed"]
    lines = [packet["line"] for packet in verdict["evidence"]]
    flags = [line.partition("Flags [")[2].partition("]")[0] for line in lines]
    assert flags == ["S", "S.", ".", "P."]
    assert {packet["capture"] for packet in verdict["evidence"]} == {"lab"}
    assert "GET /" in lines[-1]
    port = lines[0].split(" > ")[0].rpartition(".")[2]
    assert port in there(verdict)["remark"]


@pytest.mark.parametrize(
    ("interface", "said"),
    [
        ("lo", "nothing of it was seen on lo"),
        ("3", "nothing of it was seen on lo"),
        ("eth7", "has no eth7. tcpdump -D lists eth0, any, lo"),
        ("99", "has no 99."),
        ("0", "has no 0."),
        ("$(reboot)", "has no $(reboot)."),
    ],
)
def test_another_interface_fails_with_what_was_seen(ordinary_learner: Learner, interface: str, said: str) -> None:
    verdict = ordinary_learner.check("exercise1", FIRST.format(f"'{interface}'"))
    assert (verdict["passed"], there(verdict)["passed"]) == (False, False)
    assert said in there(verdict)["remark"]
    assert "eth0, 1" in verdict["parts"][2]["remark"]


@pytest.mark.parametrize("answer", ["which tcpdump", "tcpdump -D", "sudo tcpdump", "tcpdump -i eth0 'port", "echo $("])
def test_without_an_interface_nothing_is_captured(ordinary_learner: Learner, answer: str) -> None:
    verdict = ordinary_learner.check("exercise1", answer)
    assert there(verdict)["remark"] == "No interface is chosen, so nothing was captured there."
    assert not verdict["passed"]


def test_a_capture_that_counts_ends_by_itself(learner: Learner) -> None:
    verdict = learner.check("exercise2", SECOND.format("eth0"))
    assert verdict["passed"]
    assert "ended by itself after 10 packets" in there(verdict)["remark"]
    verdict = learner.check("exercise2", "sudo tcpdump -nn -i eth0 -c 5000")
    assert (verdict["passed"], there(verdict)["passed"]) == (False, False)
    assert "the capture of 5000 did not end" in there(verdict)["remark"]


def test_a_fault_in_the_lab_does_not_hide_the_visit(ordinary_learner: Learner) -> None:
    assert ordinary_learner.tutor("lab", "run", "firewall_drops").returncode == 0
    try:
        for exercise, answer in (("exercise1", FIRST), ("exercise2", SECOND)):
            assert ordinary_learner.check(exercise, answer.format("eth0"))["passed"]
    finally:
        ordinary_learner.tutor("lab", "restore")


def test_the_verdict_on_screen_has_both(ordinary_learner: Learner) -> None:
    english = ordinary_learner.tutor("check", "exercise1", "--answer", FIRST.format("eth0")).stdout
    japanese = ordinary_learner.tutor("check", "exercise1", "--answer", FIRST.format("eth0"), language="ja").stdout
    assert "✓ in the lab" in english
    assert "lab #" in english
    assert "✓ ラボで" in japanese
    assert "recordings alone" not in english


def test_exercises_without_a_use_for_it_leave_the_lab_alone(ordinary_learner: Learner) -> None:
    verdict = ordinary_learner.check("exercise3", "tcpdump host 192.168.1.100")
    assert (verdict["passed"], verdict["fallback"]) == (True, None)


ANSWERS = [(f"exercise{number}", load_exercise(f"exercise{number}").starter) for number in (2, 20, 24)]
ANSWERS += [("exercise1", FIRST.format("eth0")), ("exercise2", SECOND.format("eth0"))]


def fallen_back(exercise_id: str, answer: str) -> str:
    """Why it was judged by the recordings alone; everything else is as without a lab to ask."""
    exercise = load_exercise(exercise_id)
    verdict = grade(exercise, answer, Setting(uses_lab=True))
    assert verdict.fallback is not None
    assert verdict._replace(fallback=None) == grade(exercise, answer)
    for language in LANGUAGES:
        VALIDATOR.validate(json.loads(json.dumps(verdict.as_json(language))))
        assert verdict.fallback.text(language)
    return verdict.fallback.text("en")


@pytest.mark.parametrize(("exercise_id", "answer"), ANSWERS)
def test_without_a_lab_it_is_said_how_to_make_one(exercise_id: str, answer: str) -> None:
    said = "This was judged by the recordings alone.\nThere is no lab. To make one: tutor lab up"
    assert fallen_back(exercise_id, answer) == said


def test_the_screen_says_so_too(learner_without_lab: Learner) -> None:
    shown = learner_without_lab.tutor("check", "exercise1", "--answer", FIRST.format("eth0"), language="ja")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "✓ 合格" in shown.stdout
    assert (
        "収録済みのキャプチャだけで採点しました。\n  ラボは動いていません。始めるには: tutor lab up\n" in shown.stdout
    )


@pytest.mark.parametrize(("exercise_id", "answer"), ANSWERS)
def test_elsewhere_than_on_linux_it_is_said_why(monkeypatch: pytest.MonkeyPatch, exercise_id: str, answer: str) -> None:
    monkeypatch.setattr(namespaces, "_SYSTEM", "darwin")
    assert "which this system does not have" in fallen_back(exercise_id, answer)


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "PATH", "/nonexistent")
    said = fallen_back("exercise1", FIRST.format("eth0"))
    assert "These programs are not installed: ip, mount, nft, setpriv, tcpdump, unshare" in said


def test_the_rule_that_refuses_namespaces_is_named(learner_without_lab: Learner) -> None:
    # A user namespace in which no further one may be made, as on a machine where an administrator has forbidden them.
    user = learner_without_lab.user
    check = (
        f"env TUTOR_WORKSPACE={learner_without_lab.folder} {user.python} -m lesson_engine.cli check exercise1 --answer"
    )
    script = (
        "echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --ambient-caps=-all --inh-caps=-all "
        f"{check} '{FIRST.format('eth0')}'"
    )
    done = user.run("unshare", "--user", "--map-current-user", "--keep-caps", "sh", "-c", script)
    assert (done.returncode, done.stderr) == (0, "")
    assert "This was judged by the recordings alone." in done.stdout
    assert "user.max_user_namespaces is 0" in done.stdout


@pytest.mark.parametrize("moment", ["find", "interfaces", "watch"])
def test_a_lab_that_breaks_midway_leaves_it_at_the_recordings(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    from lesson_engine.course import in_the_lab
    from lesson_engine.messages import Message

    def breaks(*anything: object, **named: object) -> Any:
        raise namespaces.LabError(Message("lab.gone"))

    class Standing(asking.Lab):
        def __init__(self) -> None:
            pass

        def close(self) -> None:
            pass

        def interfaces(self, host: str) -> list[str]:
            if moment == "interfaces":
                breaks()
            return ["eth0"]

        watch = breaks

    monkeypatch.setattr(in_the_lab, "find", breaks if moment == "find" else Standing)
    said = fallen_back("exercise1", FIRST.format("eth0"))
    assert "The lab has gone." in said
    assert ("Trying it in the lab broke off" in said) is (moment != "find")


def test_inside_the_lab_it_is_said_where_to_check(ordinary_learner: Learner) -> None:
    python = ordinary_learner.user.python
    check = f"TUTOR_WORKSPACE=$PWD {python} -m lesson_engine.cli check exercise1 --answer '{FIRST.format('eth0')}'"
    shown = ordinary_learner.shell("client", check)
    assert "✓ passed" in shown
    assert "You are inside the lab, on client. Leave with exit first." in shown
