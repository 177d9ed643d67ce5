"""A lab and a learner in it, for the tests of this room: as this user and, where that is root, as an ordinary one."""

import os
from collections.abc import Iterator

import pytest
from lab_learner import Learner, a_learner, in_a_lab
from private_network import USERS


@pytest.fixture(scope="module", params=USERS)
def learner(request: pytest.FixtureRequest) -> Iterator[Learner]:
    """In a lab that the tests of a module share."""
    with a_learner(request.param, f"course-{request.param}".replace(" ", "-")) as each, in_a_lab(each):
        yield each


@pytest.fixture(scope="module")
def ordinary_learner() -> Iterator[Learner]:
    """The same, as an ordinary user alone."""
    name = "nobody" if os.geteuid() == 0 else "this user"
    with a_learner(name, "course-ordinary") as each, in_a_lab(each):
        yield each


@pytest.fixture
def learner_without_lab() -> Iterator[Learner]:
    name = "nobody" if os.geteuid() == 0 else "this user"
    with a_learner(name, "course-none") as each:
        yield each
