"""No verdict is false: a sample of what `make differential` compares at length."""

from collections import Counter

import pytest
from verdict_differential import false_verdicts

PAIRS = 300


@pytest.mark.needs("libpcap")
def test_no_verdict_on_a_mutant_is_false() -> None:
    counts: Counter[str] = Counter()
    assert list(false_verdicts(20, PAIRS, counts)) == []
    assert counts["pairs"] == PAIRS
    assert 10 <= counts["accepted"] <= PAIRS - 100
