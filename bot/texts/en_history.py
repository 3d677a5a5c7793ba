"""One unit: a day with all that was reported, and its history, in English."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.changes import Change, Correction
from bot.domain.measures import Counts, State, UnitDay
from bot.domain.reports import Author
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_history import LONGEST_WORDS, VietnameseHistory


class EnglishHistory(VietnameseHistory):
    # One unit, a day

    def state_of(self, unit_day: UnitDay, author: Author | None, now: datetime) -> Html:
        mark, window = self.mark(unit_day, now), unit_day.window
        report = unit_day.report
        match unit_day.state:
            case State.EXEMPT:
                told = fill("Exempt: {reason}", reason=unit_day.exempt_reason)
            case State.NOT_DUE:
                told = fill(
                    "Not open yet: opens at {at}", at=self.moment_of(window.opens, window.day)
                )
            case State.MISSING:
                told = fill(
                    "<b>Not yet reported</b>, {due} {at}",
                    due="overdue since" if unit_day.is_overdue(now) else "deadline",
                    at=self.moment_of(window.due, window.day),
                )
            case State.ON_TIME:
                told = Html("On time")
            case _:
                told = fill("<b>Late</b>, deadline {at}", at=self.moment_of(window.due, window.day))
        return lines(
            fill("{mark} {told}", mark=mark, told=told),
            fill(
                "Sent at {at} ({who})",
                at=self.moment_of(report.first_submitted_at, report.day),
                who=self.full_position(author),
            )
            if report and author
            else "",
            fill("Reason for delay: {reason}", reason=report.late_reason)
            if report and report.late_reason
            else "",
        )

    questions = {"safety": "Safety", "order": "Security and order"}

    def _stated(self, *, answer: bool | None) -> str:
        return {True: "normal", False: "problem", None: "not stated"}[answer]

    # One unit, several days

    mark_names = {
        "✅": "on time",
        "🟠": "late",
        "❌": "not reported",
        "⏳": "not due yet",
        "➖": "exempt",
    }

    def legend(self, marks: Sequence[str]) -> Html:
        shown = [f"{mark} {name}" for mark, name in self.mark_names.items() if mark in marks]
        return fill("<i>A line a week, from Monday. {marks}</i>", marks=", ".join(shown))

    def month_in_year(self, month: int, counts: Counts) -> Html:
        return fill(
            "Month {month}: {actual}/{expected}, on time {on_time}",
            month=month,
            actual=counts.actual,
            expected=counts.expected,
            on_time=counts.on_time,
        )

    def streak(self, days: int) -> Html:
        return fill("On time in a row: {n}", n=count(days, "day")) if days else Html("")

    def not_expected(self, first: date, last: date) -> Html:
        days = self.day(first) if first == last else self.days(first, last)
        return fill("The unit owed no report: {days}.", days=days)

    def days_missed(self, number: int, days: Html) -> Html:
        return fill("<b>Not reported {n}:</b> {days}", n=self.number(number), days=days)

    # Corrections

    corrections = Html("<b>Corrected</b>")
    days_counted_more = "days"
    corrections_counted = "corrections"

    def correction(self, correction: Correction, *, with_day: bool) -> Html:
        report = correction.report
        return fill(
            "• {day}no. {n} at {at} ({who}{late}): {changes}",
            day=f"{self.short_day(report.day)} " if with_day else "",
            n=self.number(correction.number),
            at=self.moment_of(report.revised_at, report.day),
            who=self.full_position(report.author),
            late=", after the deadline" if report.is_corrected_after_due else "",
            changes="; ".join(self._changes(correction.changes)) or "nothing changed",
        )

    def _told(self, change: Change) -> str:
        key = change.field_key
        if change.reason is not None:
            if self.in_percent:
                return f"number {self.field_names[key].lower()} changed"
            return f"{self.reasons[change.reason]} {change.before} → {change.after}"
        name = self.questions.get(key, self.field_names[key])
        values: Mapping[Any, str] = self.option_names.get(key, {})
        if key in self.questions:
            before, after = self._stated(answer=change.before), self._stated(answer=change.after)
        else:
            before, after = (
                f"“{self.brief(values.get(value, value), LONGEST_WORDS)}”" if value else "empty"
                for value in (change.before, change.after)
            )
        return f"{name}: {before} → {after}"
