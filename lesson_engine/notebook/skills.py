"""The checklist of the course: what the learner can do, earned by exercises."""

from lesson_engine.course.learner import Learner
from lesson_engine.messages import Message
from lesson_engine.notebook.exhibit import Asked, Exhibit, Reply
from lesson_engine.notebook.opened import the_learner
from lesson_engine.notebook.page import Still, html_table, visible
from lesson_engine.views.text import line, plain


class ChecklistShown(Exhibit):
    """The items with their exercises, as they stand when they are shown."""

    kind = "checklist"

    def on_open(self, asked: Asked) -> Reply:
        with the_learner() as learner:
            passed, upcoming = _standing(learner)
            ids = learner.syllabus.exercises
            count = Message("notebook.count", passed=len(passed & {*ids}), total=len(ids))
            titles = {each: self.say(learner.load(each).title) for each in ids}
            return {
                "title": self.say(learner.syllabus.title),
                "count": self.say(count),
                "passed": len(passed & {*ids}),
                "total": len(ids),
                "items": [
                    {
                        "title": self.say(item.title),
                        "earned": len(passed & {*item.earned_by}),
                        "exercises": [
                            [each, titles[each], each in passed, each == upcoming] for each in item.earned_by
                        ],
                    }
                    for item in learner.syllabus.checklist
                ],
            }

    def still(self) -> Still:
        state = self.on_open({})
        rows = []
        for item in state["items"]:
            total = len(item["exercises"])
            mark = "✓" if item["earned"] == total else "▸" if any(each[3] for each in item["exercises"]) else ""
            rows.append((mark, item["title"], f"{item['earned']} / {total}"))
        columns = [self.say(Message(f"notebook.column.{key}")) for key in ("state", "skill", "earned")]
        caption = f"{state['title']}  {state['count']}"
        text = [line(caption), *(line(f"{mark or ' '} {title}  {earned}") for mark, title, earned in rows)]
        return Still(html_table(caption, columns, rows), visible(plain(text)))


def _standing(learner: Learner) -> tuple[set[str], str | None]:
    """The exercises that are passed, and the one that comes next."""
    passed = learner.passed()
    return passed, learner.syllabus.next_after(passed)
