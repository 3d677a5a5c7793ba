"""Words that hours, exemptions and reopened days share, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.calendar import WEEKDAYS
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords


class VietnamesePlans(VietnameseWords):
    previous_page = "◀️ Trang trước"
    next_page = "Trang sau ▶️"
    save = "✅ Lưu"
    leave = "❌ Hủy"
    all_units = "Tất cả đơn vị"
    weekday_names = {
        "mon": "T2",
        "tue": "T3",
        "wed": "T4",
        "thu": "T5",
        "fri": "T6",
        "sat": "T7",
        "sun": "CN",
    }
    full_weekday_names = {
        "mon": "thứ hai",
        "tue": "thứ ba",
        "wed": "thứ tư",
        "thu": "thứ năm",
        "fri": "thứ sáu",
        "sat": "thứ bảy",
        "sun": "chủ nhật",
    }

    def weekdays(self, weekdays: frozenset[str]) -> str:
        """Weekdays as people write them: T2–T6, CN."""
        if len(weekdays) == len(WEEKDAYS):
            return "mọi ngày"
        runs: list[list[str]] = []
        for number, weekday in enumerate(WEEKDAYS):
            if weekday in weekdays:
                if runs and runs[-1][-1] == WEEKDAYS[number - 1]:
                    runs[-1].append(weekday)
                else:
                    runs.append([weekday])
        return ", ".join(
            self._run([self.weekday_names[weekday] for weekday in run]) for run in runs
        )

    def _run(self, names: Sequence[str]) -> str:
        a_range = 3
        return f"{names[0]}–{names[-1]}" if len(names) >= a_range else ", ".join(names)

    def whom(self, unit: Unit | None) -> str:
        return unit.name if unit else "tất cả đơn vị"

    def since(self, day: date, today: date) -> str:
        if day == today:
            return f"từ hôm nay ({self.day(day)})"
        if day == today + timedelta(days=1):
            return f"từ ngày mai ({self.day(day)})"
        return f"từ ngày {self.day(day)}"

    def unknown_unit(self, typed: str) -> Html:
        return fill(
            "Không có đơn vị “{typed}”. Đồng chí gõ đúng tên đơn vị, hoặc chọn bằng nút: "
            "/lich, /miengiam",
            typed=typed[:40],
        )

    unit_gone = Html("Đơn vị này không còn trong danh sách. Đồng chí chọn lại: /lich, /miengiam")

    def bad_reason(self, limit: int) -> Html:
        return fill(
            "Lý do phải có, và nhiều nhất {limit} ký tự. Đồng chí gõ lại lý do.", limit=limit
        )


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
