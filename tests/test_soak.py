"""A very short soak with real processes, and proof that growth would be noticed; `make soak` plays a month."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.house import DAY
from tests.soak.month import Pace, Played, play
from tests.soak.page import page
from tests.soak.picture import soak_picture
from tests.soak.samples import Sample, resident
from tests.soak.verdict import LEAST_DAYS, MB, faults, judge

UNITS = 5


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder, in_haste = tmp_path_factory.mktemp("soak"), Pace(quiet_s=0.1, rest_s=0)
    return asyncio.run(play(folder, days=2, units=UNITS, seed=2022, pace=in_haste))


def test_days_are_played_and_looked_at_from_outside(played: Played) -> None:
    first, last = played.samples
    assert played.stuck == ()
    assert (first.day, last.day) == (DAY, DAY + timedelta(days=1))
    assert last.rows["report"] > first.rows["report"] > 0
    assert played.presses >= 2 * last.rows["report"]
    assert last.memory > 20 * MB
    assert last.descriptors > 3
    assert last.database > 0 < last.wal


def test_memory_is_that_of_child_processes_too() -> None:
    takes = "held = bytearray(60 * 2**20); print(flush=True); input()"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {takes!r}])"
    command = (sys.executable, "-c", inner)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        held = resident(parent.pid)
        parent.communicate(b"\n")
    assert held > 60 * MB


def test_each_night_backs_up_and_purges(played: Played) -> None:
    made = played.samples[-1].rows["backup"]
    assert made >= len(played.samples)


def month(**growing: Callable[[int], int]) -> list[Sample]:
    """A month after which only what is named depends on the day in another way than it should."""

    def rows(n: int) -> dict[str, int]:
        told = {
            "report": 5 * n,
            "outbox": 90 * min(n, 7),
            "audit": 20,
        }
        return told | {name: grow(n) for name, grow in growing.items() if name in told}

    def size(name: str, n: int, usual: int) -> int:
        return growing[name](n) if name in growing else usual

    return [
        Sample(
            day=DAY + timedelta(days=n),
            memory=size("memory", n, 150 * MB),
            descriptors=size("descriptors", n, 16),
            database=n * MB,
            wal=size("wal", n, 4 * MB),
            rows=rows(n),
        )
        for n in range(LEAST_DAYS)
    ]


def test_what_levels_off_in_the_first_third_is_flat() -> None:
    assert faults(judge(month(memory=lambda n: (150 - 40 // (n + 1)) * MB), UNITS)) == []


@pytest.mark.parametrize(
    ("name", "grow"),
    [
        ("memory", lambda n: (100 + 2 * n) * MB),
        ("descriptors", lambda n: 16 + n // 8),
        ("wal", lambda n: (4 + n) * MB),
        ("outbox", lambda n: 90 * n),
        ("report", lambda n: 6 * n),
        ("audit", lambda n: 6 * n),
    ],
)
def test_growth_is_noticed(name: str, grow: Callable[[int], int]) -> None:
    (fault,) = faults(judge(month(**{name: grow}), UNITS))
    assert name.replace("wal", "write-ahead log").split()[0] in fault


def test_a_table_that_nobody_said_is_kept_for_good_may_not_grow() -> None:
    grown = [replace(s, rows={**s.rows, "new": n}) for n, s in enumerate(month())]
    assert ["new" in fault for fault in faults(judge(grown, UNITS))] == [True]


def drawn(samples: Sequence[Sample]) -> Image.Image:
    return Image.open(BytesIO(soak_picture(samples, UNITS)))


def test_the_picture_shows_growth(played: Played) -> None:
    flat, growing = drawn(month()), drawn(month(memory=lambda n: (100 + 2 * n) * MB))
    assert flat.size == growing.size
    assert flat.tobytes() != growing.tobytes()
    assert drawn(played.samples).width == flat.width


def test_the_page_says_what_became_of_it(played: Played) -> None:
    def told(samples: Sequence[Sample]) -> str:
        return page(replace(played, samples=tuple(samples)), judge(samples, UNITS))

    assert "**Flat after warm-up.**" in told(month())
    grown = told(month(descriptors=lambda n: 16 + n // 8))
    assert "**Not flat after warm-up.**" in grown
    (row,) = (line for line in grown.splitlines() if line.endswith("| **no** |"))
    assert row.startswith("| file descriptors |")
