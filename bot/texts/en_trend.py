"""The words of the picture of a quarter or a year, in English."""

from calendar import month_abbr
from datetime import datetime

from bot.domain.trends import Part, Trend
from bot.texts.markup import Html, fill
from bot.texts.vi_trend import VietnameseTrend


class EnglishTrend(VietnameseTrend):
    trend_on_time = "On time, %"
    trend_all = "All units"
    trend_absences = "Absent, % of reported strength"
    trend_whole = ("On", "time")
    trend_keys = ("On time", "Late", "Not yet reported", "No data")

    def trend_part(self, part: Part, *, is_month: bool) -> tuple[str, str]:
        if is_month:
            return month_abbr[part.first.month], f"{part.first.month}"
        return f"{self.short_day(part.first)}", f"{self.short_day(part.last)}"

    def trend_caption(self, trend: Trend, as_of: datetime) -> Html:
        whole = trend.whole
        wrong = [
            f", {name} {self.number(number)}"
            for name, number in (("late", whole.late), ("not yet reported", whole.missing))
            if number
        ]
        return fill(
            "{title}, as of {as_of}. {rate}{wrong}.",
            title=self.heat_map_title(trend.first, trend.last),
            as_of=self.moment(as_of),
            rate=self.heat_map_subtitle(whole.on_time, whole.known),
            wrong="".join(wrong),
        )
