"""Grading of command exercises: each part asked for must be done by one of the commands in the answer.

Commands are understood as a shell and getopt would: order, spelling and grouping make no difference. A part's
filter is graded by behaviour and the file that it writes by its facts; each part fails or passes by itself.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from lesson_engine.course.behaviour import FilterTask, filter_task
from lesson_engine.course.exercise import CommandPart, Exercise, WrongAnswer
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Evidence, Part, Verdict
from lesson_engine.course.wanted import fulfilled, lacking
from lesson_engine.course.written import WrittenCommand, commands_of
from lesson_engine.messages import Message
from lesson_engine.packets.linktype import EN10MB

MOST_COMMANDS = 24
"""Commands of an answer that are looked at; an exercise asks for six at most."""


def grade(exercise: Exercise, answer: str, setting: Setting) -> Verdict:
    """The verdict on a script of commands; the score is the share of parts that are done."""
    written = commands_of(answer)[:MOST_COMMANDS]
    attempts = _Attempts(exercise, written, setting)
    chosen = attempts.chosen()
    parts = [part for attempt in chosen for part in attempts.parts(attempt)]
    evidence: tuple[Evidence, ...] = ()
    if setting.lab is not None and exercise.live is not None:
        from lesson_engine.course.in_the_lab.watching import watch

        watched = exercise.live.watch - 1
        there = watch(setting.lab, exercise.parts[watched], chosen[watched].written)
        parts += there.parts
        evidence = there.evidence
    verdict = Verdict.of_parts(exercise.id, answer, parts)
    mistaken = [] if verdict.passed else attempts.mistaken()
    known = _recognised(exercise, mistaken, setting) if mistaken else None
    named = [part.misconception for part in parts if part.misconception]
    idle = [written for _, written in mistaken if written not in attempts.blamed()]
    remarks = [
        Message("course.idle_command", line=each.line)
        for each in idle
        if each.fault is None or not each.concerns_tcpdump
    ]
    return verdict._replace(
        evidence=evidence,
        misconception=known.misconception if known else named[0] if named else None,
        remarks=(*remarks, known.remark) if known and known.remark else tuple(remarks),
    )


class _Attempt(NamedTuple):
    """A command of the answer taken as one that should do a part; `closeness` says how near it comes."""

    number: int
    written: WrittenCommand | None
    part: Part
    closeness: int


class _Attempts:
    """The commands of one answer and the parts of its exercise: which command is for which part."""

    def __init__(self, exercise: Exercise, written: Sequence[WrittenCommand], setting: Setting) -> None:
        self._exercise, self._written, self._setting = exercise, written, setting
        self._tried: dict[tuple[int, int], _Attempt] = {}
        self._chosen = self._in_order() if exercise.ordered else self._anywhere()

    def chosen(self) -> list[_Attempt]:
        """For each part the command that does it, else the one that comes nearest, with what is wrong with it."""
        return [
            attempt._replace(part=self._judge(attempt.written, self._exercise.parts[attempt.number], explain=True)[0])
            if attempt.written is not None and not attempt.part.passed
            else attempt
            for attempt in self._chosen
        ]

    def mistaken(self) -> list[tuple[int | None, WrittenCommand]]:
        """The commands that do no part, with the number of the part that each was for, where their order says so."""
        doing = {id(attempt.written) for attempt in self._chosen if attempt.part.passed}
        if self._exercise.ordered:
            meant = {id(attempt.written): attempt.number for attempt in self._chosen}
            return [(meant.get(id(each)), each) for each in self._written if id(each) not in doing]
        parts = range(len(self._exercise.parts))
        return [
            (None, written)
            for place, written in enumerate(self._written)
            if not any(self._try(place, part).part.passed for part in parts)
        ]

    def blamed(self) -> list[WrittenCommand]:
        """The commands of which a part says what is wrong."""
        return [attempt.written for attempt in self._chosen if attempt.written is not None]

    def parts(self, attempt: _Attempt) -> list[Part]:
        """What the verdict says of an attempt: of the command, and of the file that it writes."""
        asked = self._exercise.parts[attempt.number]
        facts = asked.file
        if facts is None:
            return [attempt.part]
        command = attempt.written.command if attempt.written else None
        name = command.write_file if command else None
        if not name:
            missing = Message("course.file_not_written")
            return [attempt.part] if facts.optional else [attempt.part, Part(facts.name, False, missing)]
        if name == "-":
            return [attempt.part, Part(facts.name, False, Message("course.file_to_stdout"))]
        from lesson_engine.course.file_facts import examine, locate

        path = locate(name, self._setting.folders)
        live = None
        if self._setting.lab is not None:
            from lesson_engine.course.in_the_lab.files import LiveSource

            read = command.read_file if command and asked.reads else None
            live = LiveSource(self._setting.lab, locate(read, self._setting.folders) if read else None)
        return [attempt.part, examine(path, facts, self._exercise.capture, self._exercise.seed, live)]

    def _anywhere(self) -> list[_Attempt]:
        """Each part done by whichever command does it; what no command does is laid on the nearest idle one."""
        chosen: list[_Attempt] = []
        for number in range(len(self._exercise.parts)):
            tries = [self._try(place, number) for place in range(len(self._written))]
            done = next((attempt for attempt in tries if attempt.part.passed), None)
            chosen.append(done or self._nothing(number))
        taken = {id(attempt.written) for attempt in chosen}
        for number, attempt in enumerate(chosen):
            if attempt.written is None:
                idle = [place for place, written in enumerate(self._written) if id(written) not in taken]
                tries = [self._try(place, number) for place in idle]
                nearest = max(tries, key=lambda one: one.closeness, default=attempt)
                if nearest.closeness > 0:
                    chosen[number] = nearest
                    taken.add(id(nearest.written))
        return chosen

    def _in_order(self) -> list[_Attempt]:
        """The commands given to the parts in their order: as many as can be, so that most parts are done."""
        if len(self._written) == len(self._exercise.parts):
            return [self._try(number, number) for number in range(len(self._written))]
        parts, commands = len(self._exercise.parts), min(len(self._written), 2 * len(self._exercise.parts))
        best: list[list[tuple[int, int, list[_Attempt]]]] = [[(0, 0, [])] * (commands + 1)]
        for number in range(parts):
            row = [self._longer(best[number][0], self._nothing(number))]
            for place in range(commands):
                choices = [
                    self._longer(best[number][place], self._try(place, number)),
                    self._longer(best[number][place + 1], self._nothing(number)),
                    row[place],
                ]
                row.append(max(choices, key=lambda one: one[:2]))
            best.append(row)
        return best[parts][commands][2]

    def _longer(self, before: tuple[int, int, list[_Attempt]], attempt: _Attempt) -> tuple[int, int, list[_Attempt]]:
        used, done, attempts = before
        return used + (attempt.written is not None), done + attempt.part.passed, [*attempts, attempt]

    def _nothing(self, number: int) -> _Attempt:
        part = self._exercise.parts[number]
        return _Attempt(number, None, Part(part.name, False, Message("course.part_not_written")), 0)

    def _try(self, place: int, number: int) -> _Attempt:
        if (found := self._tried.get((place, number))) is None:
            written = self._written[place]
            part, closeness = self._judge(written, self._exercise.parts[number], explain=False)
            found = self._tried[place, number] = _Attempt(number, written, part, closeness)
        return found

    def _judge(self, written: WrittenCommand, part: CommandPart, *, explain: bool) -> tuple[Part, int]:
        """The command as an attempt at a part, and how near it comes; 0 if it has nothing to do with it.

        To find out what is wrong with a filter takes much longer than to see that something is, and is done only
        with `explain`.
        """
        shown = Part(part.name, False, line=written.line)
        if any(written.same_as(_known(line)) for line in part.lines):
            return shown._replace(passed=True), 1
        if part.filter is None and not part.wants:
            return shown._replace(remark=Message("course.not_asked")), 0
        if written.command is None and written.fault is not None:
            closeness = int(written.concerns_tcpdump)
            return shown._replace(fault=written.fault, misconception=written.misconception), closeness
        if written.command is None and part.wants:
            return shown._replace(remark=Message("course.bare_filter")), 1
        closeness = 1
        if written.command is not None:
            closeness += fulfilled(written.command, part.wants)
            lack = lacking(written.command, part.wants)
            if lack is not None:
                return shown._replace(remark=lack.message, misconception=lack.misconception), closeness
        if part.filter is None:
            if written.filter(EN10MB) is None:
                return shown._replace(fault=written.fault, misconception=written.misconception), closeness
        else:
            task = filter_task(part.filter, part.counts, self._exercise.capture, self._exercise.seed)
            read = written.filter(task.link_type)
            if read is None or not task.agrees(read):
                return _explained(task, written, shown) if explain else shown, closeness + 1
        if part.reads and written.command is not None:
            wrong = self._reads_another(written, part)
            if wrong is not None:
                return shown._replace(remark=wrong), closeness + 1
        return shown._replace(passed=True), closeness + 2

    def _reads_another(self, written: WrittenCommand, part: CommandPart) -> Message | None:
        """What is wrong with the file that the command reads: it must be the one that another part's command writes."""
        assert written.command is not None
        read = written.command.read_file
        before = self._written[: self._written.index(written)]
        names = [each.command.write_file for each in before if each.command and each.command.write_file]
        if read is None:
            return Message("course.reads_nothing")
        if read not in names:
            return Message("course.reads_another", name=read)
        if written.command.write_file == read:
            return Message("course.writes_what_it_reads", name=read)
        return None


def _explained(task: FilterTask, written: WrittenCommand, shown: Part) -> Part:
    """The part with what is wrong with the filter."""
    found = task.judge(written)
    remark = found.remarks[0] if found.misconception and not found.fault else found.summary
    return shown._replace(
        remark=None if found.fault else remark,
        filter_read=found.filter_read,
        fault=found.fault,
        relation=found.relation,
        proofs=found.proofs,
        misconception=found.misconception,
    )


def _recognised(
    exercise: Exercise, mistaken: Sequence[tuple[int | None, WrittenCommand]], setting: Setting
) -> WrongAnswer | None:
    """The known wrong script whose mistakes are all among those of the answer."""
    for wrong in exercise.wrong:
        script = commands_of(wrong.answer)
        if not any(one.same_as(other) for _, one in mistaken for other in script):
            continue
        theirs = _Attempts(exercise, script, setting).mistaken()
        if theirs and all(
            any(place == other_place and one.same_as(other) for place, one in mistaken) for other_place, other in theirs
        ):
            return wrong
    return None


@lru_cache(maxsize=64)
def _known(line: str) -> WrittenCommand:
    return WrittenCommand(line)
