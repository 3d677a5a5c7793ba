"""What a measure found, kept as JSON between the runs and written as one page."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a measure's table; `is_met` is None where there is no goal."""

    what: str
    reached: str
    goal: str = ""
    is_met: bool | None = None


@dataclass(slots=True)
class Measured:
    """All that one measure found; `profile` says where the time goes if a goal was missed."""

    name: str
    title: str
    how: str
    figures: list[Figure] = field(default_factory=list)
    profile: list[str] = field(default_factory=list)
    seconds: float = 0.0
    scale: str = ""
    failure: str = ""

    @property
    def is_missed(self) -> bool:
        return any(figure.is_met is False for figure in self.figures)

    def at_least(self, what: str, value: float, goal: float, unit: str = " ×") -> None:
        self._compared(what, value, f"≥ {goal:g}{unit}", unit, is_met=value >= goal)

    def at_most(self, what: str, value: float, goal: float, unit: str = " ×") -> None:
        self._compared(what, value, f"≤ {goal:g}{unit}", unit, is_met=value <= goal)

    def _compared(self, what: str, value: float, goal: str, unit: str, *, is_met: bool) -> None:
        self.figures.append(Figure(what, f"{shown(value)}{unit}", goal, is_met))

    def holds(self, what: str, reached: object, goal: str, *, is_met: bool) -> None:
        self.figures.append(Figure(what, str(reached), goal, is_met))

    def told(self, what: str, reached: str) -> None:
        self.figures.append(Figure(what, reached))


def shown(value: float) -> str:
    """Three digits are as many as a repetition gives again."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of what was measured side by side."""
    return statistics.median(a / b for a, b in zip(ours, others, strict=True))


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def save(folder: Path, measured: Measured) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(measured), ensure_ascii=False, indent=1)
    (folder / f"{measured.name}.json").write_text(text, "utf-8")


def read(folder: Path, name: str) -> Measured | None:
    try:
        body: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Measured(**body | {"figures": [Figure(**each) for each in body["figures"]]})
