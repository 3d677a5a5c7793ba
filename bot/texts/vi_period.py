"""Periods of more than a day, the ways between them, and one against another, in Vietnamese."""

from datetime import date

from bot.domain.comparison import Comparison
from bot.domain.insights import EqualDays, Flag
from bot.domain.measures import Counts
from bot.domain.periods import Period
from bot.domain.standings import Standing, UnitStanding
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_words import VietnameseWords


class VietnamesePeriod(VietnameseWords):
    # Titles

    def period_title(self, name: str, summary: Summary | Standing) -> Html:
        """`name` of the command, or of the unit that is told of alone."""
        return lines(
            fill(
                "<b>{name}</b>\n<b>Tổng hợp {days}</b>",
                name=name,
                days=self.days(summary.first, summary.last),
            ),
            "Đã chốt" if summary.is_over else f"Tính đến {self.moment(summary.as_of)}",
        )

    def nothing_expected_between(self, first: date, last: date) -> Html:
        return fill(
            "Không có đơn vị nào phải báo cáo trong {days}.",
            days=f"ngày {self.day(first)}" if first == last else self.days(first, last),
        )

    # Units of a period

    def unit_in_period(self, total: UnitStanding, change: float | None = None) -> Html:
        """`change` of the reporting rate on time, as a share."""
        counts = total.counts
        if not counts.expected:
            return fill("{unit}: được miễn", unit=total.unit.short_name)
        done = counts.actual == counts.expected
        return fill(
            "{unit}: {fraction}, đúng hạn {on_time}{change}",
            unit=total.unit.short_name,
            fraction=fill(
                "{actual}/{expected}" if done else "<b>{actual}/{expected}</b>",
                actual=counts.actual,
                expected=counts.expected,
            ),
            on_time=counts.on_time,
            change=self._arrow(change),
        )

    def _arrow(self, change: float | None) -> str:
        points = round((change or 0) * 100)
        if not points:
            return ""
        return f" ▲{points}" if points > 0 else f" ▼{-points}"

    def unit_and_number(self, unit: Unit, number: int) -> Html:
        return fill("{unit} {n}", unit=unit.short_name, n=self.number(number))

    def missing_most(self, names: Html) -> Html:
        return fill("Thiếu nhiều nhất: {names}", names=names)

    by_unit = Html("<b>Từng đơn vị</b>")

    # Buttons

    earlier = "◀"
    later = "▶"
    period_names = {
        Period.DAY: "Ngày",
        Period.WEEK: "Tuần",
        Period.MONTH: "Tháng",
        Period.QUARTER: "Quý",
        Period.YEAR: "Năm",
    }
    each_unit = "🏢 Từng đơn vị"
    other_unit = "🏢 Đơn vị khác"
    back_to_all = "↩️ Tổng hợp chung"
    refresh = "🔄 Cập nhật"

    def period_label(self, name: Period, *, is_shown: bool) -> str:
        return f"• {self.period_names[name]}" if is_shown else self.period_names[name]

    def unit_label(self, unit: Unit, mark: str, counts: Counts | None) -> str:
        """A unit's button: the mark of its day, or its reports over several days."""
        told = f" {counts.actual}/{counts.expected}" if counts and counts.expected else ""
        return f"{mark}{' ' if mark else ''}{unit.short_name}{told}"

    choose_unit_to_see = Html("Đồng chí chọn đơn vị cần xem.")
    choose_unit_of_yours = Html("<b>Lịch sử báo cáo</b>\nĐồng chí chọn đơn vị cần xem.")

    # Against the period before

    periods_before = {
        Period.DAY: "ngày trước",
        Period.WEEK: "tuần trước",
        Period.MONTH: "tháng trước",
        Period.QUARTER: "quý trước",
        Period.YEAR: "năm trước",
    }

    def against(self, comparison: Comparison) -> Html:
        before = self.periods_before[comparison.period]
        reporting = comparison.reporting_rate
        return fill(
            "{what} {before}: đúng hạn {on_time}{reporting}",
            what=f"{self.number(comparison.days)} ngày đầu so với" if comparison.days else "So với",
            before=before,
            on_time=self._change(comparison.reporting_rate_on_time),
            reporting="" if reporting is None else f", báo cáo {self._change(reporting)}",
        )

    def arrows(self, comparison: Comparison) -> Html:
        return fill(
            "<i>▲▼: điểm % đúng hạn so với {before}</i>",
            before=self.periods_before[comparison.period],
        )

    def _change(self, change: float) -> str:
        """A change of a rate in percentage points, with a decimal comma."""
        points = f"{abs(change) * 100:.1f}".removesuffix(".0").replace(".", ",")
        if points == "0":
            return "không đổi"
        return f"{'tăng' if change > 0 else 'giảm'} {points} điểm"

    # What stands out

    worth_noting = Html("<b>Đáng chú ý</b>")

    def flag(self, flag: Flag, unit: Unit | None = None) -> Html:
        """What stands out; with its unit where there are several."""
        if isinstance(flag, EqualDays):
            told = f"{self.number(flag.count)} báo cáo liền giống hệt nhau, từ {self.short_day(flag.since)}"
        elif self.in_percent:
            way = "nhiều" if flag.absent > flag.usual else "ít"
            told = f"ngày {self.short_day(flag.day)} vắng {way} khác thường"
        else:
            told = (
                f"ngày {self.short_day(flag.day)} vắng {self.number(flag.absent)}, "
                f"thường là {self._median(flag.usual)}"
            )
        return fill("• {unit}{told}", unit=f"{unit.short_name}: " if unit else "", told=told)

    def _median(self, heads: float) -> str:
        return f"{heads:.1f}".removesuffix(".0").replace(".", ",")
