"""The words of the picture of a quarter or a year, in Vietnamese."""

from datetime import datetime

from bot.domain.standings import Muster
from bot.domain.trends import Part, Shares, Trend
from bot.texts.markup import Html, fill
from bot.texts.vi_picture import VietnamesePicture
from bot.texts.vi_words import between_none_and_all


class VietnameseTrend(VietnamesePicture):
    trend_unknown = "–"
    trend_on_time = "Đúng hạn, %"
    trend_all = "Tất cả đơn vị"
    trend_absences = "Vắng, % quân số báo cáo"
    trend_whole = ("Đúng", "hạn")
    trend_keys = ("Đúng hạn", "Muộn", "Chưa báo cáo", "Chưa có số liệu")

    def trend_part(self, part: Part, *, is_month: bool) -> tuple[str, str]:
        """Two short lines above a column: a month, or a week's first day over its last."""
        if is_month:
            return "Tháng", f"{part.first.month}"
        return f"{self.short_day(part.first)}", f"{self.short_day(part.last)}"

    def trend_rate(self, shares: Shares) -> str:
        """A whole percentage without its sign, for a narrow column; a dash where nothing is known."""
        rate = shares.rate_on_time
        return self.trend_unknown if rate is None else str(between_none_and_all(rate, 100))

    def trend_absent(self, muster: Muster) -> str:
        return self.absent_share(muster).rstrip(" %")

    def trend_caption(self, trend: Trend, as_of: datetime) -> Html:
        """One line that tells the most important without the picture."""
        whole = trend.whole
        wrong = [
            f", {name} {self.number(count)}"
            for name, count in (("muộn", whole.late), ("chưa báo cáo", whole.missing))
            if count
        ]
        return fill(
            "{title}, tính đến {as_of}. {rate}{wrong}.",
            title=self.heat_map_title(trend.first, trend.last),
            as_of=self.moment(as_of),
            rate=self.heat_map_subtitle(whole.on_time, whole.known),
            wrong="".join(wrong),
        )
