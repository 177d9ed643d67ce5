"""Verdicts on mutants of the course's filters beside libpcap's over random packets: false ones, accepted or refused.

Prints each false verdict and, at the end, how much was compared; exits 1 if there was one. A pair is a reference of
an exercise and a mutant of it. A sample of it is in the tests.

    python benchmarks/verdict_differential.py [--pairs 10000] [--seed 1]
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

for room in ("filters", "course"):
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / room))

from verdict_differential import false_verdicts  # noqa: E402  # it lies with the tests


def main() -> None:
    """Compares, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pairs", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    counts: Counter[str] = Counter()
    found = 0
    for verdict in false_verdicts(options.seed, options.pairs, counts):
        found += 1
        print(verdict, flush=True)
    print(", ".join(f"{number:,} {what}" for what, number in counts.items()), f"-- {found} false verdicts")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
