"""The words of pictures, in Vietnamese."""

from datetime import date, datetime

from bot.domain.charts import Cell, HeatMap
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords


class VietnamesePicture(VietnameseWords):
    heat_map_cells = {
        Cell.ON_TIME: "Đúng hạn",
        Cell.LATE: "Muộn",
        Cell.MISSING: "Chưa báo cáo",
        Cell.PENDING: "Đang chờ, còn hạn",
        Cell.EXEMPT: "Được miễn",
        Cell.NOT_DUE: "Chưa đến giờ báo cáo",
    }
    heat_map_weekdays = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
    heat_map_today = "Hôm nay"
    # One above the other.
    heat_map_rate_header = ("Đúng", "hạn")

    no_photos = Html(
        "⚠️ Tôi không được gửi ảnh vào nhóm chỉ huy; tin chữ vẫn gửi đủ. "
        "Muốn có ảnh, đồng chí mở quyền gửi ảnh của nhóm cho tôi."
    )

    def heat_map_title(self, first: date, last: date) -> str:
        return f"Báo cáo trực ngày, {self.days(first, last)}"

    def heat_map_subtitle(self, on_time: int, expected: int) -> str:
        if not expected:
            return "Chưa có báo cáo nào đến hạn"
        return (
            f"Đúng hạn {self.rate(on_time / expected)}"
            f" ({self.number(on_time)}/{self.number(expected)} báo cáo)"
        )

    def heat_map_caption(self, heat_map: HeatMap, as_of: datetime) -> Html:
        """One line that tells the most important without the picture."""
        wrong = [
            f", {name} {self.number(count)}"
            for cell, name in ((Cell.LATE, "muộn"), (Cell.MISSING, "chưa báo cáo"))
            if (count := heat_map.counts.get(cell))
        ]
        return fill(
            "{title}, tính đến {as_of}. {rate}{wrong}.",
            title=self.heat_map_title(heat_map.days[0], heat_map.days[-1]),
            as_of=self.moment(as_of),
            rate=self.heat_map_subtitle(heat_map.on_time, heat_map.expected),
            wrong="".join(wrong),
        )

    def heat_map_rate(self, on_time: int, expected: int) -> str:
        return f"{on_time}/{expected}" if expected else self.rate(None)

    def heat_map_key(self, cell: Cell, count: int) -> str:
        """A cell's name and how often it occurs; how many are still to come tells nothing."""
        name = self.heat_map_cells[cell]
        return name if cell is Cell.NOT_DUE else f"{name} {self.number(count)}"

    def heat_map_left_out(self, shown: int, hidden: int) -> str:
        return (
            f"Chỉ vẽ {self.number(shown)} đơn vị thiếu và muộn nhiều nhất;"
            f" {self.number(hidden)} đơn vị khác không vẽ."
        )
