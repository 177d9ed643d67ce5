"""Misconceptions: what the writer of a filter probably got wrong, by name, in words, and put right.

`explanations` decides what to say. The mistakes themselves are in `slips` (what people do to a right filter),
`exchanges` (a primitive in another's place), `rereading` (`and` before `or`), `tags` (`vlan`) and `unusable`
(expressions with an error); `plain_form` makes filters comparable, `witnesses` are packets to try them on.
"""

from lesson_engine.filters.misconceptions.explanations import Misconception, advice, of_answer, of_error

__all__ = ["Misconception", "advice", "of_answer", "of_error"]
