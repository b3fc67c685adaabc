"""`factbot ask` as a whole process, beside an empty Python process.

uv run --group dev python -m bench.startup
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

RUNS = 15
FACTBOT = str(Path(sys.executable).parent / "factbot")


def main() -> None:
    commands = {
        "empty Python": [sys.executable, "-c", ""],
        "factbot ask": [FACTBOT, "ask", "what is 429 in api gateway"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, env=os.environ)
            times[name].append(time.perf_counter() - start)
    for name, taken in times.items():
        print(f"{name}: {median(taken[1:]) * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
