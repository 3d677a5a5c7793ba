"""Rosters of codes, in English."""

from datetime import date

from bot.domain.rosters import (
    BadCodeError,
    BadRosterDayError,
    CodeTwiceError,
    InvalidRosterError,
    NoServiceDayError,
    NotOnRosterError,
    PastRosterDayError,
    ServesLaterError,
    TooManyCodesError,
)
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, paragraphs
from bot.texts.vi_rosters import VietnameseRosters


class EnglishRosters(VietnameseRosters):
    rosters = "🪪 Rosters of codes"
    add_codes = "➕ Add codes"
    end_codes = "➖ Let people leave"
    roster_units = "↩️ Another unit"
    to_roster = "↩️ Back"
    choose_roster_unit = Html(
        "<b>Rosters of codes</b>\nThey have codes and no names. Please choose the unit:"
    )
    roster_changed = Html("Saved.")
    roster_unit_gone = Html("This unit is no longer there.")
    _no_codes = Html("There are no codes yet.")
    _codes_hidden = Html("With shares only, codes are not listed.")
    _roster_line = "• {category}, since {since}: {codes}"
    _from = "from {}"
    _ends = "leaves on {}"

    def _roster_title(self, unit: Unit) -> Html:
        return fill("<b>Roster of {unit}</b>", unit=unit.name)

    def _on_roster(self, number: int) -> Html:
        return fill("People today: {n}", n=self.number(number))

    def choose_roster_category(self, unit: Unit) -> Html:
        return fill("<b>Roster of {unit}</b>\nOf which forces are the people?", unit=unit.name)

    def ask_codes(self, unit: Unit, category: str, day: date) -> Html:
        return paragraphs(
            fill(
                "<b>Roster of {unit}, {category}</b>\nPlease type the day on which service began, then "
                "the codes of those who began on it. For example:",
                unit=unit.name,
                category=self.categories[category],
            ),
            Html(
                f"<code>01/02/{day.year - 2}: DQ01, DQ02\n01/03/{day.year}: DQ03</code>",
            ),
            fill(
                "They are on the roster from today; for another day, let the first line be "
                "<code>from {day}</code>. A course takes its people from the roster of its first day.",
                day=self.short_day(day),
            ),
        )

    def ask_codes_to_end(self, unit: Unit, day: date) -> Html:
        return fill(
            "<b>Roster of {unit}</b>\nPlease type the codes of those who leave today, such as "
            "<code>DQ01, DQ02</code>; for another day, let the first line be <code>from {day}</code>.",
            unit=unit.name,
            day=self.short_day(day),
        )

    _roster_errors: dict[type[InvalidRosterError], str] = {
        CodeTwiceError: "The code {code} is there already, or was typed twice.",
        NotOnRosterError: "The code {code} is not on the roster of that day.",
        NoServiceDayError: "Before the code {code} there is no day on which service began, such as "
        "01/02/2024.",
        ServesLaterError: "The code {code}: service begins after the day of coming onto the roster.",
        BadCodeError: "“{code}” is no code: it has plain letters and digits, at least one digit, at "
        "most {longest} characters; please type no names.",
        BadRosterDayError: "The day “{typed}” cannot be read.",
        PastRosterDayError: "{day} is over; the roster of a past day does not change.",
        TooManyCodesError: "At most {most} codes at a time.",
    }
    _no_codes_typed = "There is no code."
    _typed_again = "Nothing was saved; please type the whole message again."
