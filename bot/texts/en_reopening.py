"""Locked days that take reports once more, in English."""

from datetime import date, datetime

from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_reopening import VietnameseReopening


class EnglishReopening(VietnameseReopening):
    choose_locked_day = Html("Reopen which day?")
    no_locked_day = Html("No day is closed yet. Reporting hours: /lich")
    reopen = "🔓 Reopen"
    ask_locked_day = Html("Please type the day to reopen, for example: <code>14/3</code>")

    def choose_reopened_unit(self, day: date) -> Html:
        return fill("Reopen {day} for which unit?", day=self.day(day))

    def choose_hours_open(self, day: date, unit: Unit | None) -> Html:
        return fill(
            "Reopen {day} for {whom}, for how long?", day=self.day(day), whom=self.whom(unit)
        )

    def hours_long(self, hours: int) -> str:
        return count(hours, "hour")

    def ask_reopen_reason(self, day: date, unit: Unit | None, hours: int) -> Html:
        return fill(
            "Reopen {day} for {whom}, for {hours}. Please type the reason.",
            day=self.day(day),
            whom=self.whom(unit),
            hours=self.hours_long(hours),
        )

    def reopen_card(
        self, day: date, unit: Unit | None, hours: int, reason: str, until: datetime, today: date
    ) -> Html:
        return paragraphs(
            fill("<b>Reopen {day}</b>", day=self.day(day)),
            lines(
                fill("For: {whom}", whom=self.whom(unit)),
                fill(
                    "For {hours} from the press on (about until {until})",
                    hours=self.hours_long(hours),
                    until=self.moment_of(until, today),
                ),
                fill("Reason: {reason}", reason=reason),
            ),
            "Reports sent then still count as late. The people of the unit will be told.",
            fill("Not reopened yet. Please check, then press {reopen}.", reopen=self.reopen),
        )

    def reopened(self, day: date, unit: Unit | None, until: datetime, units: int) -> Html:
        return fill(
            "🔓 <b>{day} reopened</b> for {whom}, until {until}. "
            "Units reopened: {units}; those responsible were told.",
            day=self.day(day),
            whom=self.whom(unit),
            until=self.moment(until),
            units=units,
        )

    def reopened_for_you(self, day: date, until: datetime, reason: str) -> Html:
        return fill(
            "🔓 {day} is reopened until {until}. Reason: {reason}",
            day=self.day(day),
            until=self.moment(until),
            reason=reason,
        )

    def still_open(self, day: date, until: datetime) -> Html:
        return fill(
            "{day} takes reports until {until}; there is no need to reopen it.",
            day=self.day(day),
            until=self.moment_of(until, day),
        )

    def not_yet(self, day: date) -> Html:
        return fill("{day} has not come yet; there is no need to reopen it.", day=self.day(day))

    def before_first_day(self, day: date, first_day: date) -> Html:
        return fill(
            "The system was not in use on {day}: reports count from {first} on.",
            day=self.day(day),
            first=self.day(first_day),
        )

    def exempt_not_reopened(self, day: date, reason: str) -> Html:
        return fill(
            "The unit was exempt on {day} ({reason}), so it is not reopened.",
            day=self.day(day),
            reason=reason,
        )

    def unit_not_there(self, day: date) -> Html:
        return fill(
            "This unit was not in the list on {day}. Please choose again: /lich",
            day=self.day(day),
        )

    def nothing_to_reopen(self, day: date) -> Html:
        return fill("No report was owed on {day}, so it is not reopened.", day=self.day(day))

    def not_a_locked_day(self, typed: str) -> Html:
        return fill(
            "I do not understand the day “{typed}”. "
            "Please type day/month, for example: <code>14/3</code>",
            typed=typed[:40],
        )

    card_left = Html("This card is old; no day was reopened. Please begin again: /lich")
