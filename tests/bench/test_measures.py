"""That the benchmarks run; what they measure is no matter of tests."""

import tempfile
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import summaries
from tests.bench.page import page
from tests.bench.results import Measured, read, save


async def test_a_measure_runs_and_its_page_tells_every_figure(tmp_path: Path) -> None:
    measured = await summaries.measure(tmp_path, summaries.TINY)
    written = page([measured])
    assert measured.figures
    assert all(f"| {figure.what} | {figure.reached} |" in written for figure in measured.figures)


def test_a_measure_that_fails_costs_the_others_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def fails(_folder: Path, _size: summaries.Size) -> Measured:
        raise TimeoutError

    monkeypatch.setattr(summaries, "measure", fails)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    measured = bench.run("summaries", is_tiny=True)
    assert measured.failure == "TimeoutError"
    assert "This measure failed: TimeoutError" in page([measured])


def test_what_was_measured_is_kept_between_runs(tmp_path: Path) -> None:
    measured = Measured("board", "The board", "how")
    measured.at_most("delay", 6.0, 5.0, " s")
    measured.profile = ["by part: asyncio 100 %"]
    save(tmp_path, measured)
    assert read(tmp_path, "board") == measured
    assert "| delay | 6 s | ≤ 5 s | **no** |" in page([measured])


def test_a_figure_at_its_goal_has_met_it() -> None:
    measured = Measured("board", "The board", "how")
    measured.at_most("delay", 5.0, 5.0)
    measured.at_least("rate", 96.5, 96.5)
    assert not measured.is_missed
