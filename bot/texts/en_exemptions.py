"""Days on which no report is owed, in English."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.calendar import Exemption
from bot.domain.exempting import Span
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_exemptions import SHOWN, VietnameseExemptions
from bot.texts.vi_plans import capital


class EnglishExemptions(VietnameseExemptions):
    add_exemption = "➕ Add"
    undo = "↩️ Undo"
    other_days = "✏️ Other days"
    exemption_list = "📋 List of exemptions"
    choose_exempt_unit = Html("Exempt which unit from reporting?")

    def today_button(self, day: date) -> str:
        return f"Today {self.short_day(day)}"

    def tomorrow_button(self, day: date) -> str:
        return f"Tomorrow {self.short_day(day)}"

    def each_weekday_button(self, weekday: str) -> str:
        return f"Every {self.full_weekday_names[weekday]}"

    def span(self, span: Span) -> str:
        if span.last is None:
            each = (
                f"every {self.full_weekday_names[next(iter(span.weekdays))]}"
                if len(span.weekdays) == 1
                else self.weekdays(span.weekdays)
            )
            return f"{each} from {self.day(span.first)}"
        if span.last == span.first:
            return self.day(span.first)
        return f"from {self.day(span.first)} to {self.day(span.last)}"

    def exemptions(self, listed: Sequence[tuple[Exemption, Unit | None]]) -> Html:
        if not listed:
            return paragraphs(Html("<b>Exemptions</b>"), "No day and no unit is exempt now.")
        more = len(listed) - SHOWN
        return paragraphs(
            Html("<b>Exemptions</b>"),
            lines(*(self.exemption(held, unit) for held, unit in listed[:SHOWN])),
            f"… and {more} more." if more > 0 else "",
            "Press ❌ to end one.",
        )

    def exemption(self, held: Exemption, unit: Unit | None) -> Html:
        ended = f" (over from {self.day(held.ended_on)})" if held.ended_on else ""
        return fill(
            "{whom}: {days}{ended} – {reason}",
            whom=capital(self.whom(unit)),
            days=self.span(Span(held.first, held.last, held.weekdays)),
            ended=ended,
            reason=held.reason,
        )

    def end_exemption_button(self, held: Exemption, unit: Unit | None) -> str:
        days = self.span(Span(held.first, held.last, held.weekdays))
        return f"❌ {unit.short_name if unit else 'All'}: {days}"

    def choose_exempt_days(self, unit: Unit | None) -> Html:
        return fill("Exempt {whom}, on which days?", whom=self.whom(unit))

    def ask_exempt_days(self, unit: Unit | None) -> Html:
        return fill(
            "Exempt {whom}: please type a day, or the first and the last day, "
            "for example: <code>30/4-3/5</code>",
            whom=self.whom(unit),
        )

    def ask_exempt_reason(self, unit: Unit | None, span: Span) -> Html:
        return fill(
            "Exempt {whom}, {days}. Please type the reason, for example: public holiday",
            whom=self.whom(unit),
            days=self.span(span),
        )

    def exempted(self, held: Exemption, unit: Unit | None, *, holds_today: bool) -> Html:
        return paragraphs(
            fill(
                "✅ <b>Exempt from reporting</b>: {whom}, {days}.\nReason: {reason}",
                whom=self.whom(unit),
                days=self.span(Span(held.first, held.last, held.weekdays)),
                reason=held.reason,
            ),
            "No more reminders today; open forms were closed." if holds_today else "",
            fill("If this was a mistake, press {undo} within 10 minutes.", undo=self.undo),
        )

    def exemption_undone(self, held: Exemption, unit: Unit | None) -> Html:
        return fill(
            "↩️ The exemption of {whom}, {days}, was undone: reports are owed as usual.",
            whom=self.whom(unit),
            days=self.span(Span(held.first, held.last, held.weekdays)),
        )

    def exemption_ended(self, held: Exemption, unit: Unit | None, day: date, today: date) -> Html:
        why = ""
        if day == today + timedelta(days=1) and held.first <= today:
            why = " Today is still exempt, as reporting has begun."
        return fill(
            "The exemption of {whom} ({reason}) ends {since}: reports are owed as usual.{why}",
            whom=self.whom(unit),
            reason=held.reason,
            since=self.since(day, today),
            why=why,
        )

    def exemption_taken_back(self, day: date) -> Html:
        return fill(
            "The exemption on {day} was just undone: your unit reports as usual.",
            day=self.day(day),
        )

    too_late_to_end = Html(
        "Today is the last exempt day and reporting has begun, so the unit stays exempt today."
    )
    exemption_over = "This exemption had ended before."

    def not_exempt_days(self, typed: str) -> Html:
        return fill(
            "I do not understand the day “{typed}”. "
            "Examples: <code>30/4</code> or <code>30/4-3/5</code>",
            typed=typed[:40],
        )

    def not_exempt_command(self, typed: str) -> Html:
        return fill(
            "I do not understand “{typed}”. "
            "Example: <code>/miengiam 30/4-3/5 An Sơn: public holiday</code>; "
            "or type /miengiam and use the buttons.",
            typed=typed[:40],
        )

    def exempt_without_reason(self, limit: int) -> Html:
        return fill(
            "A reason must follow the colon, at most {limit}. "
            "Example: <code>/miengiam 30/4-3/5 An Sơn: public holiday</code>",
            limit=count(limit, "character"),
        )

    def past_exemption(self, day: date) -> Html:
        return fill(
            "{day} is past and cannot be exempted: figures of closed days stand. "
            "If you mean another year, please type the year too.",
            day=self.day(day),
        )

    def locked_exemption(self, day: date) -> Html:
        return fill(
            "{day} is closed and cannot be exempted: figures of closed days stand.",
            day=self.day(day),
        )

    def days_out_of_order(self, day: date) -> Html:
        return fill(
            "The first day {day} is after the last. Please type them again, the first day first.",
            day=self.day(day),
        )

    exempt_already = Html("The unit is exempt on exactly these days. See the list: /miengiam")
