"""What the pytest plugin costs those who do not use it: `pytest --co` on an empty suite, with it and without.

`python tests/benchmarks/plugin.py` takes turns, and prints the median ratio of fifty pairs.
"""

import statistics
import subprocess
import sys
import tempfile
import time

PAIRS = 50


def seconds(folder: str, *options: str) -> float:
    command = [sys.executable, "-m", "pytest", "--co", "-q", *options]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - started


def main() -> None:
    """Print the ratio, and what lies within the middle half of the pairs."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(folder)
        ratios = sorted(seconds(folder) / seconds(folder, "-p", "no:sockerr") for _ in range(PAIRS))
    low, _, high = statistics.quantiles(ratios, n=4)
    print(
        f"pytest --co, with the plugin: {statistics.median(ratios):.3f} times as long (half: {low:.3f} to {high:.3f})"
    )


if __name__ == "__main__":
    main()
