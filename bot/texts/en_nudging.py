"""Who is missing and who was asked for it, in English."""

from datetime import timedelta

from bot.domain.calendar import Window
from bot.domain.nudging import NUDGE_AGAIN_AFTER, LastNudge, Nudged, NudgeOutcome
from bot.texts.en_words import count
from bot.texts.markup import Html, fill
from bot.texts.vi_nudging import NAME_IN_TOAST, VietnameseNudging, next_minute


class EnglishNudging(VietnameseNudging):
    nobody_gets_messages = "nobody gets messages"
    nudge_all_hint = Html("Remind all: /nhacnho")

    def nudged_at(self, last: LastNudge, window: Window) -> str:
        who = f" ({self.positions[last.role]})" if last.role else ""
        return f"reminded {self.moment_of(last.at, window.day)}{who}"

    def too_many_to_nudge(self, hidden: int) -> Html:
        return fill(
            "No room for the buttons of {units}. Remind all: /nhacnho",
            units=count(hidden, "more unit"),
        )

    def nudge_toast(self, nudged: Nudged) -> str:
        window, day = nudged.unit_day.window, nudged.unit_day.day
        name = nudged.unit_day.unit.short_name[:NAME_IN_TOAST]
        report = nudged.unit_day.report
        match nudged.outcome:
            case NudgeOutcome.NUDGED:
                return f"🔔 {name} was reminded."
            case NudgeOutcome.REPORTED if report:
                return f"{name} reported at {self.moment_of(report.first_submitted_at, day)}."
            case NudgeOutcome.RECENT if nudged.last:
                again = self.moment_of(next_minute(nudged.last), day)
                return f"{name} was {self.nudged_at(nudged.last, window)}. Again from {again}."
            case NudgeOutcome.UNREACHABLE:
                return f"{name}: {self.nobody_gets_messages}. Please call the unit."
            case NudgeOutcome.NOT_OPEN:
                opens = self.moment_of(window.opens, day)
                return f"Reporting has not begun: {name} opens at {opens}."
            case NudgeOutcome.LOCKED:
                locks = self.moment_of(window.locks, day)
                return f"{self.day(day)} was closed at {locks}; no more reminders."
            case _:
                return f"{name} is exempt on {self.day(day)}."

    def nudging_over(self, window: Window) -> Html:
        return fill(
            "{day} was closed at {locks}; no more reminders. Who is missing: /conthieu",
            day=self.day(window.day),
            locks=self.moment_of(window.locks, window.day),
        )

    def nudged_title(self, number: int, window: Window) -> Html:
        return fill(
            "🔔 <b>{units} reminded</b>\n{day}, deadline {due}, taken until {locks}"
            if number
            else "<b>No unit to remind now</b>\n{day}, deadline {due}, taken until {locks}",
            units=count(number, "unit"),
            day=self.day(window.day),
            due=self.moment_of(window.due, window.day),
            locks=self.moment_of(window.locks, window.day),
        )

    def nudged_just_now(self, number: int, names: Html) -> Html:
        return fill(
            "<b>Reminded less than {minutes} minutes ago, not again: {n}</b>\n{names}",
            minutes=NUDGE_AGAIN_AFTER // timedelta(minutes=1),
            n=self.number(number),
            names=names,
        )

    def nudged_nobody(self, number: int, names: Html) -> Html:
        return fill(
            "<b>Nobody gets messages, please call: {n}</b>\n{names}",
            n=self.number(number),
            names=names,
        )

    def nudged_too_late(self, number: int, names: Html) -> Html:
        return fill("<b>Closed: {n}</b>\n{names}", n=self.number(number), names=names)
