"""The words of pictures, in English."""

from datetime import date, datetime

from bot.domain.charts import Cell, HeatMap
from bot.texts.en_words import count as counted
from bot.texts.markup import Html, fill
from bot.texts.vi_picture import VietnamesePicture


class EnglishPicture(VietnamesePicture):
    heat_map_cells = {
        Cell.ON_TIME: "On time",
        Cell.LATE: "Late",
        Cell.MISSING: "Not reported",
        Cell.PENDING: "Awaited, in time",
        Cell.EXEMPT: "Exempt",
        Cell.NOT_DUE: "Not open yet",
    }
    # Two letters would touch the next column's.
    heat_map_weekdays = ("M", "T", "W", "T", "F", "S", "S")
    heat_map_today = "Today"
    heat_map_rate_header = ("On", "time")

    no_photos = Html(
        "⚠️ I may not send photos to the command group; texts still arrive in full. "
        "To have pictures, please allow me to send photos in the group."
    )

    def heat_map_title(self, first: date, last: date) -> str:
        return f"Daily duty reports, {self.days(first, last)}"

    def heat_map_subtitle(self, on_time: int, expected: int) -> str:
        if not expected:
            return "No report has been due yet"
        return (
            f"On time {self.rate(on_time / expected)}"
            f" ({self.number(on_time)}/{counted(expected, 'report')})"
        )

    def heat_map_caption(self, heat_map: HeatMap, as_of: datetime) -> Html:
        wrong = [
            f", {name} {self.number(count)}"
            for cell, name in ((Cell.LATE, "late"), (Cell.MISSING, "not reported"))
            if (count := heat_map.counts.get(cell))
        ]
        return fill(
            "{title}, as of {as_of}. {rate}{wrong}.",
            title=self.heat_map_title(heat_map.days[0], heat_map.days[-1]),
            as_of=self.moment(as_of),
            rate=self.heat_map_subtitle(heat_map.on_time, heat_map.expected),
            wrong="".join(wrong),
        )

    def heat_map_left_out(self, shown: int, hidden: int) -> str:
        return (
            f"Only the {counted(shown, 'unit')} most often missing and late;"
            f" {counted(hidden, 'other unit')} not drawn."
        )
