"""Periods of more than a day, the ways between them, and one against another, in English."""

from datetime import date

from bot.domain.comparison import Comparison
from bot.domain.insights import EqualDays, Flag
from bot.domain.periods import Period
from bot.domain.standings import Standing, UnitStanding
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_period import VietnamesePeriod


class EnglishPeriod(VietnamesePeriod):
    # Titles

    def period_title(self, name: str, summary: Summary | Standing) -> Html:
        return lines(
            fill(
                "<b>{name}</b>\n<b>Summary, {days}</b>",
                name=name,
                days=self.days(summary.first, summary.last),
            ),
            "Closed" if summary.is_over else f"As of {self.moment(summary.as_of)}",
        )

    def nothing_expected_between(self, first: date, last: date) -> Html:
        return fill(
            "No unit owed a report: {days}.",
            days=self.day(first) if first == last else self.days(first, last),
        )

    # Units of a period

    def unit_in_period(self, total: UnitStanding, change: float | None = None) -> Html:
        counts = total.counts
        if not counts.expected:
            return fill("{unit}: exempt", unit=total.unit.short_name)
        done = counts.actual == counts.expected
        return fill(
            "{unit}: {fraction}, on time {on_time}{change}",
            unit=total.unit.short_name,
            fraction=fill(
                "{actual}/{expected}" if done else "<b>{actual}/{expected}</b>",
                actual=counts.actual,
                expected=counts.expected,
            ),
            on_time=counts.on_time,
            change=self._arrow(change),
        )

    def missing_most(self, names: Html) -> Html:
        return fill("Most often missing: {names}", names=names)

    by_unit = Html("<b>By unit</b>")

    # Buttons

    period_names = {
        Period.DAY: "Day",
        Period.WEEK: "Week",
        Period.MONTH: "Month",
        Period.QUARTER: "Quarter",
        Period.YEAR: "Year",
    }
    each_unit = "🏢 By unit"
    other_unit = "🏢 Another unit"
    back_to_all = "↩️ All units"
    refresh = "🔄 Refresh"

    choose_unit_to_see = Html("Please choose the unit to see.")
    choose_unit_of_yours = Html("<b>Report history</b>\nPlease choose the unit to see.")

    # Against the period before

    periods_before = {
        Period.DAY: "the day before",
        Period.WEEK: "the week before",
        Period.MONTH: "the month before",
        Period.QUARTER: "the quarter before",
        Period.YEAR: "the year before",
    }

    def against(self, comparison: Comparison) -> Html:
        reporting = comparison.reporting_rate
        first = f"First {count(comparison.days, 'day')} against" if comparison.days else "Against"
        return fill(
            "{first} {before}: on time {on_time}{reporting}",
            first=first,
            before=self.periods_before[comparison.period],
            on_time=self._change(comparison.reporting_rate_on_time),
            reporting="" if reporting is None else f", reported {self._change(reporting)}",
        )

    def arrows(self, comparison: Comparison) -> Html:
        return fill(
            "<i>▲▼: points of % on time against {before}</i>",
            before=self.periods_before[comparison.period],
        )

    def _change(self, change: float) -> str:
        points = f"{abs(change) * 100:.1f}".removesuffix(".0")
        if points == "0":
            return "unchanged"
        noun = "point" if points == "1" else "points"
        return f"{'up' if change > 0 else 'down'} {points} {noun}"

    # What stands out

    worth_noting = Html("<b>Worth noting</b>")

    def flag(self, flag: Flag, unit: Unit | None = None) -> Html:
        if isinstance(flag, EqualDays):
            told = (
                f"{count(flag.count, 'identical report')} in a row, "
                f"since {self.short_day(flag.since)}"
            )
        elif self.in_percent:
            way = "more" if flag.absent > flag.usual else "fewer"
            told = f"{self.short_day(flag.day)}: {way} absent than usual"
        else:
            told = (
                f"{self.short_day(flag.day)}: absent {self.number(flag.absent)}, "
                f"usually {self._median(flag.usual)}"
            )
        return fill("• {unit}{told}", unit=f"{unit.short_name}: " if unit else "", told=told)

    def _median(self, heads: float) -> str:
        return f"{heads:.1f}".removesuffix(".0")
