"""Words that hours, exemptions and reopened days share, in English."""

from datetime import date, timedelta

from bot.domain.calendar import WEEKDAYS
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill
from bot.texts.vi_plans import VietnamesePlans


class EnglishPlans(VietnamesePlans):
    previous_page = "◀️ Previous page"
    next_page = "Next page ▶️"
    save = "✅ Save"
    leave = "❌ Cancel"
    all_units = "All units"
    weekday_names = {
        "mon": "Mon",
        "tue": "Tue",
        "wed": "Wed",
        "thu": "Thu",
        "fri": "Fri",
        "sat": "Sat",
        "sun": "Sun",
    }
    full_weekday_names = {
        "mon": "Monday",
        "tue": "Tuesday",
        "wed": "Wednesday",
        "thu": "Thursday",
        "fri": "Friday",
        "sat": "Saturday",
        "sun": "Sunday",
    }

    def weekdays(self, weekdays: frozenset[str]) -> str:
        """Weekdays as people write them: Mon–Fri, Sun."""
        return "every day" if len(weekdays) == len(WEEKDAYS) else super().weekdays(weekdays)

    def whom(self, unit: Unit | None) -> str:
        return unit.name if unit else "all units"

    def since(self, day: date, today: date) -> str:
        if day == today:
            return f"from today ({self.day(day)})"
        if day == today + timedelta(days=1):
            return f"from tomorrow ({self.day(day)})"
        return f"from {self.day(day)}"

    def unknown_unit(self, typed: str) -> Html:
        return fill(
            "There is no unit “{typed}”. Please type the unit's exact name, or choose it with a "
            "button: /lich, /miengiam",
            typed=typed[:40],
        )

    unit_gone = Html("This unit is no longer on the list. Please choose again: /lich, /miengiam")

    def bad_reason(self, limit: int) -> Html:
        return fill(
            "A reason is required, of at most {limit}. Please type the reason again.",
            limit=count(limit, "character"),
        )
