"""A month of reporting days with hundreds of units, and a look at the bot after each: does anything grow?

`python -m tests.soak` writes docs/soak.md and docs/soak.png, and ends with status 1 if something grows.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from tests.soak.month import Pace, play
from tests.soak.page import page
from tests.soak.picture import soak_picture
from tests.soak.processes import ROOT
from tests.soak.verdict import LEAST_DAYS, faults, judge

DAYS, UNITS = 30, 200


def tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a program's output


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--seed", type=int, default=2022)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trucbao-soak-"))
    played = asyncio.run(
        play(
            folder,
            days=options.days,
            units=options.units,
            seed=options.seed,
            pace=Pace(),
            tell=tell,
        )
    )
    wrong = list(played.stuck)
    if options.days < LEAST_DAYS:
        tell(f"too short to be judged: that takes {LEAST_DAYS} days")
    else:
        judgement = judge(played.samples, played.units)
        grown = faults(judgement)
        wrong += grown
        (ROOT / "docs/soak.md").write_text(page(played, judgement), "utf-8")
        (ROOT / "docs/soak.png").write_bytes(soak_picture(played.samples, played.units))
        tell(f"{'not flat' if grown else 'flat'} after warm-up; see docs/soak.md")
    for line in wrong:
        tell(line)
    if wrong:
        tell(f"kept: {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
