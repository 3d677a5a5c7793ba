"""Hours of reporting and changes of them, in English."""

from datetime import date, timedelta

from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.changes_of_hours import Overview, Plan, Week
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_hours import VietnameseHours


class EnglishHours(VietnameseHours):
    change_common = "🕒 Change the common hours"
    change_own = "🕒 Change one unit's hours"
    back_to_common = "↩️ Unit back to common hours"
    back_to_settings = "↩️ Common hours as in the settings"
    reopen_day = "🔓 Reopen a closed day"
    nothing_asked = "No report"
    back_to_schedule = "🗓 Reporting hours"
    every_day = "Every day"
    weekend = "Sat and Sun"
    choose_unit_for_hours = Html("Change the hours of which unit?")
    choose_own_unit = Html("Which unit goes back to the common hours?")

    def schedule(self, known: Overview) -> Html:
        shown = self._own_hours(known)
        rest = len(known.own) - len(shown)
        return paragraphs(
            lines(
                Html("<b>Common reporting hours</b>"),
                self.week(known.common),
                self._still(known.common, known.today_hours, known.today),
            ),
            lines(Html("<b>Own hours</b>"), *shown)
            if shown
            else "All units keep the common hours.",
            f"… and {count(rest, 'more unit')}." if rest else "",
        )

    def _still(self, week: Week, today_hours: Hours | None, today: date) -> str:
        if week[WEEKDAYS[today.weekday()]] == today_hours:
            return ""
        tomorrow = self.day(today + timedelta(days=1))
        return f"Today still {self.hours(today_hours)}; the hours above from tomorrow ({tomorrow})"

    def choose_weekdays(self, unit: Unit | None) -> Html:
        return fill("Change the reporting hours of {whom}, on which days?", whom=self.whom(unit))

    def ask_hours(self, unit: Unit | None, weekdays: frozenset[str]) -> Html:
        return fill(
            "Reporting hours of {whom}, {days}: please type three times (opens, deadline, closes), "
            "for example: <code>15:30 16:30 20:00</code>",
            whom=self.whom(unit),
            days=self.weekdays(weekdays),
        )

    def hours_card(self, plan: Plan) -> Html:
        return paragraphs(
            fill("<b>Change reporting hours: {whom}</b>", whom=self.whom(plan.unit)),
            lines("Now:", self.week(plan.old)),
            lines("New:", self.week(plan.new)),
            self._hours_since(plan),
            f"Units with hours of their own, not changed: {plan.units_apart}."
            if plan.units_apart
            else "",
            fill("Not saved yet. Please check, then press {save}.", save=self.save),
        )

    def hours_saved(self, plan: Plan) -> Html:
        return paragraphs(
            fill("✅ <b>Reporting hours saved: {whom}</b>", whom=self.whom(plan.unit)),
            self.week(plan.new),
            self._hours_since(plan),
        )

    def _hours_since(self, plan: Plan) -> str:
        since = self.since(plan.holds_from, plan.today)
        if plan.holds_from == plan.today:
            return f"In force {since}."
        return f"In force {since}: today's reporting has begun and keeps its hours."

    def hours_stand(self, plan: Plan) -> Html:
        return paragraphs(
            fill("The reporting hours of {whom} are so already:", whom=self.whom(plan.unit)),
            self.week(plan.old),
        )

    hours_overtaken = "The hours were changed in the meantime. Please check, then press save."

    def not_hours(self, typed: str) -> Html:
        return fill(
            "I do not understand “{typed}”. Please type three times (opens, deadline, closes), "
            "for example: <code>15:30 16:30 20:00</code>",
            typed=typed[:40],
        )

    def not_hours_command(self, typed: str) -> Html:
        return fill(
            "I do not understand “{typed}”. Example: "
            "<code>/lich An Sơn 15:00 16:00 19:30 t2-t6</code> (t2–t7, cn: Monday to Sunday); "
            "or type /lich and use the buttons.",
            typed=typed[:40],
        )

    def not_weekdays(self, typed: str) -> Html:
        return fill(
            "I do not understand the weekdays “{typed}”. They are typed t2 (Monday) to t7 (Saturday) "
            "and cn (Sunday), for example: t2-t6, or t7, cn.",
            typed=typed[:40],
        )

    def hours_out_of_order(self, opens: str, due: str, locks: str) -> Html:
        return fill(
            "Opening at {opens} must be before the deadline {due}, and the deadline before closing at "
            "{locks}. Please type the three times again.",
            opens=opens,
            due=due,
            locks=locks,
        )

    def hours(self, hours: Hours | None) -> str:
        if hours is None:
            return "no report"
        return f"{hours.opens:%H:%M}, deadline {hours.due:%H:%M}, closes {hours.locks:%H:%M}"
