"""Units and changes of them, in English."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.changes_of_units import ChangeKind, UnitPlan
from bot.domain.seats import Who
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_plans import capital
from bot.texts.vi_units import VietnameseUnits

_SHOWN_PEOPLE = 12
_SHOWN_CHANGES = 8


class EnglishUnits(VietnameseUnits):
    add_unit = "➕ Add a unit"
    rename_unit = "✏️ Rename"
    change_strength = "🔢 Establishment"
    add_alias = "🏷 Add another name"
    remove_alias = "🏷 Remove another name"
    merge_unit = "🔀 Merge"
    close_unit = "🗄 Disband"
    keep_unit = "↩️ Keep the unit"
    move_up = "⬆️ Up"
    move_down = "⬇️ Down"
    people_of_unit = "👥 People"
    trail_of_unit = "📜 Audit trail"
    unit_list = "🏘 List of units"
    back_to_unit = "🏘 Back to the unit"
    at_the_end = "The unit is already at the beginning or end of the list."
    change_left = Html("This card is out of date; nothing was changed. Please start again: /donvi")
    unit_overtaken = (
        "The unit has been changed in the meantime. Please look at it again, then save."
    )
    no_such_unit = Html("This unit is no longer on the list. Please choose again: /donvi")

    def units(self, current: int, over: int) -> Html:
        return lines(
            fill("<b>Units</b>: {current}", current=self.number(current)),
            f"Disbanded or merged: {self.number(over)}" if over else "",
            "Please choose a unit to see or change it.",
        )

    def unit(
        self,
        unit: Unit,
        *,
        code: str,
        valid_from: date,
        valid_to: date | None,
        into: Unit | None,
        namings: Sequence[tuple[date, str]],
        strengths: Sequence[tuple[date, int, bool]],
        people: Sequence[Who],
        today: date,
    ) -> Html:
        names = [
            fill("From {day}: {name}", day=self.day(day), name=name)
            for day, name in namings[-_SHOWN_CHANGES:]
        ]
        shown = [self.who(who) for who in people[:_SHOWN_PEOPLE]]
        rest = len(people) - len(shown)
        return paragraphs(
            fill("<b>{name}</b>", name=unit.name),
            lines(
                fill("Short name: {short}", short=unit.short_name),
                fill("Other names: {aliases}", aliases=", ".join(unit.aliases) or "none"),
                fill("Code: {code}", code=code),
                *self._life(valid_from, valid_to, into, today),
            ),
            lines("Renamed:", *names) if names else "",
            self._strengths(strengths, today),
            fill(
                "People: {people}{rest}",
                people=", ".join(shown) or "nobody yet, invite them with /thumoi",
                rest=f" and {count(rest, 'other', 'others')}" if rest else "",
            )
            if people or valid_to is None
            else "",
        )

    def _life(
        self, valid_from: date, valid_to: date | None, into: Unit | None, today: date
    ) -> tuple[Html, ...]:
        begins = fill("Exists since {day}", day=self.day(valid_from))
        if valid_to is None:
            return (begins,)
        what = f"merged into {into.name}" if into else "disbanded"
        told = what if valid_to <= today else f"will be {what}"
        return begins, fill("{told} on {day}", told=capital(told), day=self.day(valid_to))

    def _strengths(self, strengths: Sequence[tuple[date, int, bool]], today: date) -> Html:
        if not strengths:
            return Html("Establishment: not entered yet")
        past = [s for s in strengths if s[0] <= today][-1:]
        return lines(
            *(
                fill(
                    "Establishment from {day}: {number}{sample}",
                    day=self.day(day),
                    number="entered" if self.in_percent else self.number(number),
                    sample=" (sample figure)" if is_sample else "",
                )
                for day, number, is_sample in [*past, *(s for s in strengths if s[0] > today)]
            )
        )

    # Questions

    ask_new_unit = Html(
        "Please type the name of the new unit; its establishment may follow after a comma, "
        "for example: <code>phường Hòa Bình, 24</code>"
    )

    def ask_unit_name(self, unit: Unit | None) -> Html:
        return fill(
            "New name of {unit}? Please type it in full, for example: <code>phường An Sơn</code>",
            unit=self.whom(unit),
        )

    def ask_alias(self, unit: Unit | None) -> Html:
        return fill(
            "Another name of {unit}, by which the unit can be found? "
            "Please type it, for example: <code>AS</code>",
            unit=self.whom(unit),
        )

    def ask_strength(self, unit: Unit | None) -> Html:
        known = unit.establishment if unit else None
        return paragraphs(
            fill(
                "New establishment of {unit}? Please type a number, for example: <code>24</code>",
                unit=self.whom(unit),
            ),
            f"At present: {self.number(known)}."
            if known is not None and not self.in_percent
            else "",
        )

    def choose_into(self, unit: Unit) -> Html:
        return fill("Into which unit is {unit} to be merged?", unit=unit.name)

    def choose_alias(self, unit: Unit) -> Html:
        return fill("Which other name of {unit} is to be removed?", unit=unit.name)

    def choose_change_day(self, planned: UnitPlan) -> Html:
        return lines(
            fill("{what}: from which day?", what=self._what(planned)),
            Html("Press a button, or type the day, for example: <code>1/7/2026</code>"),
        )

    def since_button(self, day: date, today: date) -> str:
        if day == today:
            return f"From today ({self.day(day)})"
        if day == today + timedelta(days=1):
            return f"From tomorrow ({self.day(day)})"
        return f"From {self.day(day)}"

    def not_a_change_day(self, typed: str) -> Html:
        return fill(
            "I do not understand the day “{typed}”. Please type it, for example: "
            "<code>1/7/2026</code>",
            typed=typed[:40],
        )

    # The card, and what has come of it

    def unit_card(self, planned: UnitPlan, today: date) -> Html:
        return paragraphs(
            fill("<b>{what}</b>", what=self._what(planned)),
            lines(*self._facts(planned)),
            self._unit_since(planned, today),
            self._consequence(planned),
            fill("Not saved yet. Please check it, then press {save}.", save=self.save),
        )

    def unit_saved(self, planned: UnitPlan, today: date) -> Html:
        return paragraphs(
            fill("✅ <b>Saved: {what}</b>", what=self._what(planned)),
            lines(*self._facts(planned)),
            self._unit_since(planned, today),
        )

    def _what(self, planned: UnitPlan) -> str:
        unit = planned.before.name if planned.before else planned.name
        match planned.change.kind:
            case ChangeKind.RENAME:
                return f"Rename {unit}"
            case ChangeKind.ALIAS:
                return f"Add another name of {unit}"
            case ChangeKind.UNALIAS:
                return f"Remove another name of {unit}"
            case ChangeKind.STRENGTH:
                return f"Change the establishment of {unit}"
            case ChangeKind.ADD:
                return f"Add the unit {unit}"
            case ChangeKind.MERGE:
                return f"Merge {unit} into {planned.into.name if planned.into else ''}"
            case ChangeKind.CLOSE:
                return f"Disband {unit}"
            case ChangeKind.KEEP:
                return f"Keep {unit}"

    def _facts(self, planned: UnitPlan) -> tuple[Html | str, ...]:
        match planned.change.kind:
            case ChangeKind.RENAME:
                return (
                    fill("New name: {name}", name=planned.name),
                    fill("Short name: {short}", short=planned.short_name),
                )
            case ChangeKind.ALIAS | ChangeKind.UNALIAS:
                return (fill("Other name: {name}", name=planned.name),)
            case ChangeKind.STRENGTH:
                return (self._new_strength(planned),)
            case ChangeKind.ADD:
                return (
                    fill("Short name: {short}", short=planned.short_name),
                    fill("Code: {code}", code=planned.code),
                    self._new_strength(planned),
                )
            case ChangeKind.KEEP:
                end = f"merged into {planned.into.name}" if planned.into else "disbanded"
                return (fill("No longer {end} on {day}.", end=end, day=self.day(planned.day)),)
            case _:
                return ()

    def _new_strength(self, planned: UnitPlan) -> str:
        new = planned.establishment
        if new is None:
            return "Establishment: not entered yet"
        if self.in_percent:
            return "Establishment: as you have just typed it"
        old = planned.before.establishment if planned.before else None
        if old is None:
            return f"Establishment: {self.number(new)}"
        return f"Establishment: {self.number(old)} → {self.number(new)}"

    def _unit_since(self, planned: UnitPlan, today: date) -> str:
        if not planned.change.kind.is_dated:
            return ""
        since = self.since(planned.day, today)
        return f"In force {since}; the figures of earlier days stay as they are."

    def _consequence(self, planned: UnitPlan) -> str:
        if planned.change.kind is ChangeKind.KEEP:
            return (
                f"Roles of leaders and deputies that go on: {planned.people}. "
                "A role that ends on a day of its own is given again in /nguoidung."
            )
        if planned.change.kind not in {ChangeKind.CLOSE, ChangeKind.MERGE}:
            return ""
        told = [
            f"{count(planned.people, 'role ends', 'roles end')} with the unit."
            if planned.people
            else "Nobody holds a role in this unit."
        ]
        if planned.into:
            told.append(
                f"The establishment and people of {planned.into.name} stay as they are: "
                "please change the establishment with /donvi and invite people with /thumoi."
            )
        return " ".join(told)

    # What is refused

    def bad_unit_name(self, limit: int) -> Html:
        return fill(
            "A name must have letters, and at most {limit}. Please type the name again.",
            limit=count(limit, "character"),
        )

    def unit_name_taken(self, unit: Unit) -> Html:
        return fill(
            "This name is already used for {unit}. Please type another name.", unit=unit.name
        )

    def bad_strength(self, limit: int) -> Html:
        return fill(
            "An establishment must be a number from 0 to {limit}. "
            "Please type it again, for example: <code>24</code>",
            limit=self.number(limit),
        )

    def change_too_early(self, day: date, first: date) -> Html:
        return fill(
            "{day} is past, or reporting for it has opened, so its figures stay as they are. "
            "The earliest day is {first}; please choose another day.",
            day=self.day(day),
            first=self.day(first),
        )

    def unit_not_in_force(self, unit: Unit, day: date) -> Html:
        return fill(
            "{unit} does not exist on {day}. Please choose another unit or day.",
            unit=unit.name,
            day=self.day(day),
        )

    def unit_awaited(self, unit: Unit, day: date) -> Html:
        return fill(
            "{unit} is to be merged into this unit on {day}. Please choose a later day.",
            unit=unit.name,
            day=self.day(day),
        )

    into_itself = Html("A unit cannot be merged into itself. Please choose another unit.")
    unit_stands = Html("The unit is already so; nothing was changed.")
