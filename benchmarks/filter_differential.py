"""Our verdicts beside libpcap's on many random expressions, over captures of every link type, in both carriers.

Prints each difference and, at the end, how much was compared; exits 1 if anything differed. A pair is an
expression and a capture (some hundreds of packets: whole, cut, damaged, noise). A sample of it is in the tests.

    python benchmarks/filter_differential.py [--pairs 200000] [--seed 1]
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "filters"))

from filter_differential import differences

EXPRESSIONS_A_SEED = 500


def main() -> None:
    """Compares, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pairs", type=int, default=200_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    counts: Counter[str] = Counter()
    found = 0
    seed = options.seed
    while counts["pairs"] < options.pairs:
        for difference in differences(seed, EXPRESSIONS_A_SEED, counts):
            found += 1
            print(*difference, sep="\n    ", flush=True)
        seed += 1
    print(", ".join(f"{number:,} {what}" for what, number in counts.items()), f"-- {found} differences")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
