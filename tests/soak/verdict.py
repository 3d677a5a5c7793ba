"""Whether what was sampled is flat after the warm-up, by a rule that is stated and not by the eye."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bot.config import Settings
from tests.soak.samples import Sample

ROOM = 1.05
# Of rows that are erased after a week there are more in a busy week. What is never erased grows by half.
ROOM_OF_ROWS = 1.2
# The warm-up has to be longer than what is kept for a number of days.
LEAST_DAYS = 3 * (Settings.model_fields["retention_days"].default + 1)
MB, KB = 2**20, 2**10

# What is kept for good, and how many rows come a unit and day at most. Every other table must not grow.
KEPT = {"report": 1, "report_revision": 2, "nudge": 2}
# The same, a day: these do not depend on how many units there are.
KEPT_OF_ALL = {"audit": 5, "closed_day": 1, "board": 1, "told_period": 2, "paged_month": 1}

Series = Sequence[float]
Thirds = tuple[Series, Series, Series]


def thirds(series: Series) -> Thirds:
    """The warm-up, and the two that are compared; what cannot be divided is the warm-up's."""
    third = len(series) // 3
    first = len(series) - 2 * third
    return series[:first], series[first : first + third], series[first + third :]


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure of each third, and whether the last is as the rule says."""

    name: str
    figures: tuple[float, float, float]
    unit: str
    digits: int
    rule: str
    is_good: bool


def judge(samples: Sequence[Sample], units: int) -> tuple[Judged, ...]:
    """Judge LEAST_DAYS days or more."""
    return tuple(_judged(samples, units))


def faults(judgement: Sequence[Judged]) -> list[str]:
    return [f"{j.name} grows: {j.figures}, {j.rule}" for j in judgement if not j.is_good]


def _judged(samples: Sequence[Sample], units: int) -> Iterator[Judged]:
    memory = [sample.memory / MB for sample in samples]
    yield _flat("memory", memory, "MB", median, digits=1)
    descriptors = [sample.descriptors for sample in samples]
    # Connections to Telegram come and go; what leaks is missing from the floor.
    yield _flat("file descriptors", descriptors, "", min, room=1)
    yield _flat("write-ahead log", [sample.wal / KB for sample in samples], "KB", median)
    most_a_day = KEPT_OF_ALL | {table: most * units for table, most in KEPT.items()}
    for table in samples[-1].rows:
        rows = [sample.rows[table] for sample in samples]
        if table in most_a_day:
            yield _kept(f"`{table}`", rows, most_a_day[table])
        elif any(rows):
            yield _flat(f"`{table}`", rows, "rows", median, room=ROOM_OF_ROWS)


def _flat(
    name: str,
    series: Series,
    unit: str,
    measure: Callable[[Series], float],
    *,
    room: float = ROOM,
    digits: int = 0,
) -> Judged:
    first, second, last = (measure(third) for third in thirds(series))
    word = "fewest" if measure is min else "median"
    times = f"{room} times " if room > 1 else ""
    rule = f"{word}, at most {times}that of the second"
    return Judged(name, (first, second, last), unit, digits, rule, last <= room * second)


def _kept(name: str, rows: Series, most_a_day: int) -> Judged:
    warm_up, second, last = thirds(rows)
    figures = max(warm_up), max(second), max(last)
    is_good = figures[2] - figures[0] <= most_a_day * (len(second) + len(last))
    rule = f"most; kept for good, at most {most_a_day} more a day"
    return Judged(name, figures, "rows", 0, rule, is_good)
