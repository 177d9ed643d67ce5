"""`tutor check` and its like as whole processes, against a bare `python -c pass`: ratios from one run, in turn."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 21
TUTOR = os.path.join(os.path.dirname(sys.executable), "tutor")
COMMANDS = {
    "check exercise3, wrong": [TUTOR, "check", "exercise3", "--answer", "tcpdump src host 192.168.1.100"],
    "check exercise3, right": [TUTOR, "check", "exercise3", "--answer", "tcpdump host 192.168.1.100"],
    "check exercise1": [TUTOR, "check", "exercise1", "--answer", "which tcpdump"],
    "check exercise7, right": [TUTOR, "check", "exercise7", "--answer", "tcpdump tcp and not port 22"],
    "check exercise15": [TUTOR, "check", "exercise15", "--answer", "syn = 1"],
    "tutor": [TUTOR],
    "tcpdump -c 3": [TUTOR, "tcpdump", "-nn", "-i", "eth0", "-c", "3", "port", "80"],
}


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Prints one row a command: its median, and the median of its ratios to the bare interpreter run beside it."""
    with tempfile.TemporaryDirectory() as workspace:
        environment = {**os.environ, "TUTOR_WORKSPACE": workspace}
        bare = [sys.executable, "-c", "pass"]
        for name, command in COMMANDS.items():
            pairs = [(seconds(command, environment), seconds(bare, environment)) for _ in range(RUNS)]
            median = statistics.median(one for one, _ in pairs)
            ratio = statistics.median(one / other for one, other in pairs)
            print(f"{name:26}{median * 1000:7.1f} ms   {ratio:5.2f} x python -c pass")


if __name__ == "__main__":
    main()
