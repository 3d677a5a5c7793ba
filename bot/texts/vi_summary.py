"""Figures, dates and summaries, in Vietnamese."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

# No percentage for smaller groups: with so few people it would give away the count.
SMALLEST_GROUP_IN_PERCENT = 10


class VietnameseSummary:
    reasons = {
        "leave": "phép",
        "short_leave": "tranh thủ",
        "sick": "ốm",
        "on_mission": "công tác",
        "studying": "học",
        "other": "khác",
    }
    field_names = {
        "absent": "Vắng",
        "safety": "An toàn người, vũ khí, phương tiện",
        "order": "An ninh chính trị, trật tự xã hội",
    }

    def __init__(self, zone: ZoneInfo, *, in_percent: bool = False) -> None:
        self._zone = zone
        self._in_percent = in_percent

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}"

    def clock_time(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M}"

    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M ngày %d/%m/%Y}"

    def moment_of(self, moment: datetime, day: date) -> str:
        """The clock time alone on its own reporting day, with the date on another."""
        local = moment.astimezone(self._zone)
        return self.clock_time(moment) if local.date() == day else self.moment(moment)

    def rate(self, rate: float | None) -> str:
        """A share as a percentage with a decimal comma; a dash where nothing was expected."""
        if rate is None:
            return "–"
        return f"{rate * 100:.1f} %".replace(".", ",").replace(",0 %", " %")

    def absences(self, by_reason: Mapping[str, int]) -> str:
        return ", ".join(f"{self.reasons[reason]} {count}" for reason, count in by_reason.items())
