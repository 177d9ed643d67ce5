"""The differential sample: the same verdict as libpcap for random expressions, on every packet, in both carriers."""

from collections import Counter

import pytest
from filter_differential import differences


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize("seed", range(1, 9))
def test_the_same_verdict_as_libpcap(seed: int) -> None:
    counts: Counter[str] = Counter()
    assert list(differences(seed, 100, counts)) == []
    assert counts["pairs"] == 900
    assert counts["matched"] > 1000
