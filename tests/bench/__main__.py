"""`python -m tests.bench`: measure, keep the results, and write docs/performance.md from all that are kept."""

import argparse
import asyncio
import importlib
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from pathlib import Path

from tests.bench import results, stage
from tests.bench.page import page

MEASURES = ("form_step", "prompts", "board", "summaries", "files", "startup")
KEPT = stage.ROOT / "build" / "bench"
PAGE = stage.ROOT / "docs" / "performance.md"


def run(name: str, *, is_tiny: bool, units: int | None = None) -> results.Measured:
    """Run one measure; a failure is its result. With `units`, of so many alone."""
    measure = importlib.import_module(f"tests.bench.{name}")
    size = measure.TINY if is_tiny else measure.Size()
    if units is not None:
        size = replace(size, units=(units,))
    folder = Path(tempfile.mkdtemp(prefix=f"trucbao-bench-{name}-"))
    began = time.monotonic()
    try:
        measured: results.Measured = asyncio.run(measure.measure(folder, size))
    except Exception as error:  # noqa: BLE001 - the others are worth running all the same
        traceback.print_exc()
        print(f"kept: {folder}", file=sys.stderr)  # noqa: T201
        measured = results.Measured(name, name, "", failure=type(error).__name__)
    else:
        shutil.rmtree(folder)
    measured.seconds = time.monotonic() - began
    measured.scale = "tiny" if is_tiny else "full"
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=MEASURES, help="this measure alone")
    parser.add_argument("--tiny", action="store_true", help="to see that it runs; writes no page")
    parser.add_argument(
        "--units", type=int, help="summaries or files of so many units alone; writes no page"
    )
    options = parser.parse_args()
    is_whole = not options.tiny and options.units is None
    stage.stay_on(stage.OTHERS_CORE)
    has_failed = False
    for name in options.only or MEASURES:
        measured = run(name, is_tiny=options.tiny, units=options.units)
        has_failed = has_failed or bool(measured.failure)
        for figure in measured.figures:
            print(f"{name}: {figure.what}: {figure.reached} {figure.goal}", flush=True)  # noqa: T201
        print(*measured.profile, sep="\n", flush=True)  # noqa: T201
        if is_whole:
            results.save(KEPT, measured)
    if is_whole:
        kept = [found for name in MEASURES if (found := results.read(KEPT, name))]
        PAGE.write_text(page(kept), "utf-8")
    return 1 if has_failed else 0


if __name__ == "__main__":
    sys.exit(main())
