"""What exercises ask for, item by item, and the reminders of it, in English."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.exercises import About, Exercise, Part, Readiness
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_checklists import VietnameseChecklists

_LONGEST_TITLE = 60
_LONGEST_ITEM = 40
_NAMES_MOST = 3
_UNITS_MOST = 4


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class EnglishChecklists(VietnameseChecklists):
    add_item = "➕ Add an item"
    change_items = "✏️ Change items"
    change_due = "📅 Change the due day"
    remove_item = "🗑 Remove the item"
    back_to_checklist = "📋 View the checklist"
    own_checklists = "📋 My unit's items"

    item_names = {
        "bodies.steering": "Set up the steering body",
        "bodies.support": "Set up the support body",
        "bodies.frame": "Set up the exercise frame",
        "staff_training": "Staff training for the exercise",
        "register": "Register reservists, verify again",
        "past_findings": "Close past findings",
        "funding": "Secure the funding",
        "facilities": "Secure the facilities",
    }
    item_states = {
        ItemState.OPEN: "not begun",
        ItemState.UNDER_WAY: "under way",
        ItemState.DONE: "done",
    }

    def countdown(self, day: date, today: date) -> str:
        days = (day - today).days
        if days == 0:
            return "today"
        if days == 1:
            return "tomorrow"
        return f"{days:,} days left" if days > 0 else f"{counted(-days, 'day')} ago"

    def doer(self, unit: Unit | None) -> str:
        return unit.name if unit else "the command"

    def _short_doer(self, unit: Unit | None) -> str:
        return self.brief(unit.short_name, _LONGEST_ITEM) if unit else "the command"

    def _when(self, exercise: Exercise, today: date) -> str:
        day = self.day(exercise.day)
        if exercise.is_cancelled:
            return f"{day}, cancelled"
        if exercise.is_held:
            return f"{day}, held"
        told = f"{day}, {self.countdown(exercise.day, today)}"
        return f"{told}, outcome not noted" if exercise.day < today else told

    def _progress(self, done: int, total: int, overdue: int) -> str:
        return f"{done}/{total} items done" + (f", 🔴 {overdue} overdue" if overdue else "")

    def _overdue_names(self, overdue: Sequence[ChecklistItem]) -> str:
        names = [self.brief(self.item_name(item), _LONGEST_ITEM) for item in overdue[:_NAMES_MOST]]
        hidden = len(overdue) - len(names)
        return "; ".join(names) + (f"; and {hidden} more" if hidden else "")

    def checklist(
        self,
        readiness: Readiness,
        part: Part,
        shown: Sequence[tuple[int, ChecklistItem]],
        today: date,
        *,
        may_tick: bool,
    ) -> Html:
        return paragraphs(
            lines(
                fill("🎯 <b>{title}</b>", title=readiness.exercise.title),
                self._when(readiness.exercise, today),
                fill("Items of <b>{doer}</b>", doer=self.doer(part.unit)),
                self._progress(
                    part.done,
                    len(part.items),
                    len(part.overdue(today)) if readiness.exercise.is_ahead(today) else 0,
                ),
            ),
            lines(
                *(
                    fill(
                        "{n}. {mark} {name}, {due}",
                        n=number,
                        mark=self.item_marks[item.state],
                        name=self.item_name(item),
                        due=self._due(item, readiness.exercise, today),
                    )
                    for number, item in shown
                )
            ),
            "" if shown else "No items yet.",
            "⏳ under way, ✅ done, ↩️ take back: please press the button of each item."
            if may_tick and shown
            else "",
        )

    def _due(self, item: ChecklistItem, exercise: Exercise, today: date) -> str:
        due = f"due {self.short_day(item.due_day)}"
        if item.is_overdue(today) and exercise.is_ahead(today):
            return f"{due} 🔴 overdue"
        return due

    def checklists_of(
        self, unit: Unit | None, found: Sequence[Readiness], hidden: int, today: date
    ) -> Html:
        unit_id = unit.id if unit else None
        parts = [(readiness, readiness.part(unit_id)) for readiness in found]
        return paragraphs(
            fill("<b>Preparing exercises, {doer}</b>", doer=self.doer(unit)),
            *(
                lines(
                    fill("🎯 {name}", name=self.exercise_name(readiness)),
                    self._when(readiness.exercise, today),
                    self._progress(
                        part.done,
                        len(part.items),
                        len(part.overdue(today)) if readiness.exercise.is_ahead(today) else 0,
                    ),
                )
                for readiness, part in parts
                if part
            ),
            f"… and {hidden} more." if hidden else "",
            "" if found else "Nothing to prepare.",
        )

    nothing_to_prepare = Html("Your unit has nothing to prepare for an exercise at present.")

    def tick_overtaken(self, item: ChecklistItem) -> str:
        return (
            f"Somebody else has just changed this item; it is now {self.item_states[item.state]}."
        )

    def ticked(self, item: ChecklistItem) -> str:
        return f"Noted: {self.item_states[item.state]}."

    not_your_item = "This item is another unit's."
    item_gone = Html("This item is no longer in the checklist. Please look again: /dientap")
    exercise_gone = Html("There is no such exercise. Please look again: /dientap")

    def exercise_over(self, exercise: Exercise) -> Html:
        return fill(
            "“{title}” was {state} and cannot be changed any more. The others: /dientap",
            title=exercise.title,
            state="cancelled" if exercise.is_cancelled else "held",
        )

    # Reminders, and what the digest tells

    def exercise_reminder(self, about: Sequence[About], hidden: int, today: date) -> Html:
        told: dict[tuple[int, int | None], list[Html]] = {}
        for readiness, unit_id, item in about:
            part = readiness.part(unit_id)
            head = fill(
                "🎯 <b>{name}</b>, {when}; items of {doer}",
                name=self.exercise_name(readiness),
                when=self._when(readiness.exercise, today),
                doer=self._short_doer(part.unit if part else None),
            )
            rows = told.setdefault((readiness.exercise.id, unit_id), [head])
            rows.append(
                fill(
                    "• {name}: {due}",
                    name=self.brief(self.item_name(item), _LONGEST_TITLE),
                    due=self._due_in(item, today),
                )
            )
        return paragraphs(
            Html("📋 <b>Preparing exercises: what is due</b>"),
            *(lines(*rows) for rows in told.values()),
            f"… and {counted(hidden, 'more item')}." if hidden else "",
            "Please press the button below to look at it and note how far it is.",
        )

    def _due_in(self, item: ChecklistItem, today: date) -> str:
        if item.due_day < today:
            late = counted((today - item.due_day).days, "day")
            return f"🔴 {late} overdue ({self.short_day(item.due_day)})"
        return f"due {self.short_day(item.due_day)}, {self.countdown(item.due_day, today)}"

    exercises_counted = "exercises"
    exercises_in_digest = Html("<b>Preparing exercises</b>")

    def exercise_in_digest(self, readiness: Readiness, today: date) -> Html:
        overdue = [(part.unit, found) for part in readiness.parts if (found := part.overdue(today))]
        told = [
            f"{self._short_doer(unit)} {len(found)} ({self._overdue_names(found)})"
            for unit, found in overdue[:_UNITS_MOST]
        ]
        hidden = len(overdue) - len(told)
        if hidden:
            told.append(f"and {counted(hidden, 'more unit')}")
        return lines(
            fill(
                "🎯 {name}: {countdown}, {day}, {done}/{total} items done",
                name=self.exercise_name(readiness),
                countdown=self.countdown(readiness.exercise.day, today),
                day=self.short_day(readiness.exercise.day),
                done=readiness.done,
                total=readiness.total,
            ),
            *([fill("🔴 Overdue: {first}", first=told[0])] if told else []),
            *(fill("🔴 {more}", more=more) for more in told[1:]),
        )
