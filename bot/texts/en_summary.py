"""Summaries, in English."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.calendar import Window
from bot.domain.measures import Counts, Strength
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_summary import LONGEST_REASON, VietnameseSummary


class EnglishSummary(VietnameseSummary):
    reported_problems = {
        "safety": "safety problem",
        "order": "security or order incident",
    }

    # Lists that may be cut short

    def names(self, shown: Sequence[Html], hidden: int, *, of: str = "units") -> Html:
        return super().names(shown, hidden, of=of)

    def rows(self, shown: Sequence[Html], hidden: int, *, of: str = "units") -> Html:
        return super().rows(shown, hidden, of=of)

    def _more(self, space: str, hidden: int, *, of: str = "units") -> str:
        """`of` is a plural; of one it loses its s."""
        noun = of.removesuffix("s")
        return f"{space}… and {count(hidden, f'more {noun}', f'more {of}')}" if hidden else ""

    problems_counted = "problems"
    recommendations_counted = "recommendations"
    flags_counted = "notes"
    days_counted = "earlier days"

    # Titles

    def day_title(self, command: str, day: date) -> Html:
        return fill(
            "<b>{command}</b>\n<b>Daily duty report {day}</b>", command=command, day=self.day(day)
        )

    def late_title(self, command: str, days: int) -> Html:
        return fill(
            "<b>{command}</b>\n<b>Late summary, {days} closed</b>",
            command=command,
            days=count(days, "day"),
        )

    def progress(self, as_of: datetime, window: Window) -> Html:
        if as_of >= window.locks:
            return fill("Closed at {locks}", locks=self.moment_of(window.locks, window.day))
        if as_of < window.opens:
            until, at = "opens at", window.opens
        elif as_of < window.due:
            until, at = "deadline", window.due
        else:
            until, at = "late reports taken until", window.locks
        return fill(
            "As of {as_of}, {until} {at}",
            as_of=self.moment_of(as_of, window.day),
            until=until,
            at=self.moment_of(at, window.day),
        )

    def final(self, as_of: datetime, window: Window) -> Html:
        if as_of >= window.locks:
            return fill("Final, closed at {locks}", locks=self.moment_of(window.locks, window.day))
        return fill("Final, as of {as_of}", as_of=self.moment_of(as_of, window.day))

    def escalation(self, as_of: datetime, window: Window) -> Html:
        return fill(
            "<b>The deadline {due} has passed and units have not yet reported: please call them.</b>\n"
            "{progress}",
            due=self.moment_of(window.due, window.day),
            progress=self.progress(as_of, window),
        )

    def morning(self, counts: Counts, streak: int) -> Html:
        told = fill(
            "Yesterday {on_time}/{expected} on time",
            on_time=self.number(counts.on_time),
            expected=self.number(counts.expected),
        )
        if streak > 1:
            return fill("☀️ {told}, {n} in a row", told=told, n=count(streak, "day"))
        rest = "" if streak else f". {self.late_and_missing(counts)}"
        return fill("☀️ {told}{rest}", told=told, rest=Html(rest))

    def nothing_expected(self, day: date) -> Html:
        return fill("No unit owes a report on {day}.", day=self.day(day))

    def not_open(self, window: Window) -> Html:
        return fill(
            "Reporting of {day} has not begun: opens at {opens}, deadline {due}.",
            day=self.day(window.day),
            opens=self.clock_time(window.opens),
            due=self.clock_time(window.due),
        )

    # Problems

    call_units = "Please call the duty commanders of these units."
    no_problems = "No problems in the units that have reported."

    open_questions = {"safety": "safety", "order": "security and order"}

    def not_stated(self, field_key: str, names: Html) -> Html:
        return fill(
            "Not stated, {question}: {names}", question=self.open_questions[field_key], names=names
        )

    recommendations = Html("<b>Recommendations</b>")

    # Reports

    def reported(self, counts: Counts) -> Html:
        return fill(
            "{mark}<b>Reported {actual}/{expected}</b> ({rate})",
            mark="✅ " if counts.actual == counts.expected else "",
            actual=self.number(counts.actual),
            expected=self.number(counts.expected),
            rate=self.rate(counts.reporting_rate),
        )

    def on_time(self, counts: Counts) -> Html:
        return fill(
            "On time {n} ({rate})",
            n=self.number(counts.on_time),
            rate=self.rate(counts.reporting_rate_on_time),
        )

    def late(self, number: int, names: Html) -> Html:
        return fill("Late {n}: {names}", n=self.number(number), names=names)

    def not_reported(self, number: int, names: Html) -> Html:
        return fill("<b>Not yet reported {n}:</b> {names}", n=self.number(number), names=names)

    def still_in_time(self, number: int, names: Html) -> Html:
        return fill("Own deadline still to come {n}: {names}", n=self.number(number), names=names)

    def corrected_after_due(self, number: int, names: Html) -> Html:
        return fill("Corrected after deadline {n}: {names}", n=self.number(number), names=names)

    def exempt(self, number: int, names: Html, reason: str = "") -> Html:
        return fill(
            "Exempt {n}{reason}: {names}",
            n=self.number(number),
            reason=f" ({self.brief(reason, LONGEST_REASON)})" if reason else "",
            names=names,
        )

    def late_and_missing(self, counts: Counts) -> Html:
        return fill(
            "Late {late}, not reported {missing}",
            late=self.number(counts.late),
            missing=self.number(counts.missing),
        )

    def day_in_brief(self, day: date, counts: Counts) -> Html:
        if not counts.expected:
            return fill("<b>{day}</b>: no unit owed a report", day=self.day(day))
        return super().day_in_brief(day, counts)

    def details_of_day(self, day: date) -> Html:
        return fill("Details: /tonghop ngay {day}", day=f"{day.day}/{day.month}/{day.year}")

    # Strength

    def strength_of(self, strength: Strength, samples: int) -> Html:
        unknown = self._unknown(strength)
        if not strength.establishment and unknown:
            present = fill("<b>Strength unknown</b>: {why}", why=unknown)
            unknown = ""
        else:
            present = self._present(strength)
        return lines(
            present,
            ""
            if self.in_percent or not strength.absent
            else fill("Absent: {reasons}", reasons=self.absences(strength.absent_by_reason)),
            fill("Unknown: {why}", why=unknown) if unknown else "",
            fill("<i>Sample establishment ({units})</i>", units=count(samples, "unit"))
            if samples
            else "",
        )

    def _present(self, strength: Strength) -> Html:
        if self.in_percent:
            return fill(
                "<b>Present {share}</b>",
                share=self.share(strength.present, strength.establishment),
            )
        return fill(
            "<b>Present {present}/{all}</b>, absent {absent}",
            present=self.number(strength.present),
            all=self.number(strength.establishment),
            absent=self.number(strength.establishment - strength.present),
        )

    def _unknown(self, strength: Strength) -> str:
        parts = []
        if strength.silent_units:
            parts.append(f"{count(strength.silent_units, 'unit')} not yet reported")
        if strength.unknown_units:
            absent = strength.absent - (strength.establishment - strength.present)
            told = "" if self.in_percent or not absent else f" (absent {self.number(absent)})"
            parts.append(f"{count(strength.unknown_units, 'unit')} without establishment{told}")
        return ", ".join(parts)

    # Who has not reported

    def missing_title(self, counts: Counts, missing: int) -> Html:
        return fill(
            "<b>Not yet reported {missing}/{expected}</b>",
            missing=self.number(missing),
            expected=self.number(counts.expected),
        )

    def day_and_progress(self, as_of: datetime, window: Window) -> Html:
        return fill(
            "{day}\n{progress}",
            day=self.day(window.day),
            progress=self.progress(as_of, window),
        )

    def all_reported(self, day: date, counts: Counts) -> Html:
        return fill(
            "{day}: all {n}/{n} have reported.",
            day=self.day(day),
            n=self.number(counts.expected),
        )
