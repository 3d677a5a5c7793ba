"""What exercises ask for, item by item, and the reminders of it, in English."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.exercises import About, Exercise, Part, Readiness
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_checklists import (
    LONGEST_ITEM,
    LONGEST_TITLE,
    NAMES_MOST,
    UNITS_MOST,
    VietnameseChecklists,
)


class EnglishChecklists(VietnameseChecklists):
    add_item = "➕ Add an item"
    change_items = "✏️ Change items"
    change_due = "📅 Change the due day"
    remove_item = "🗑 Remove the item"
    back_to_checklist = "📋 See the checklist"
    own_checklists = "📋 What the unit has to do"

    item_names = {
        "bodies.steering": "Steering committee set up",
        "bodies.support": "Support committee set up",
        "bodies.frame": "Exercise staff set up",
        "staff_training": "Staff trained for the exercise",
        "register": "Reservist register re-verified",
        "past_findings": "Past findings closed",
        "funding": "Funding secured",
        "facilities": "Facilities secured",
    }
    item_states = {
        ItemState.OPEN: "not started",
        ItemState.UNDER_WAY: "under way",
        ItemState.DONE: "done",
    }

    def countdown(self, day: date, today: date) -> str:
        days = (day - today).days
        if days == 0:
            return "today"
        if days == 1:
            return "tomorrow"
        return (
            f"in {count(days, 'day', 'days')}" if days > 0 else f"{count(-days, 'day', 'days')} ago"
        )

    def doer(self, unit: Unit | None) -> str:
        return unit.name if unit else "the command"

    def _short_doer(self, unit: Unit | None) -> str:
        return self.brief(unit.short_name, LONGEST_ITEM) if unit else "the command"

    def _when(self, exercise: Exercise, today: date) -> str:
        day = self.day(exercise.day)
        if exercise.is_cancelled:
            return f"{day}, cancelled"
        if exercise.is_held:
            return f"{day}, held"
        told = f"{day}, {self.countdown(exercise.day, today)}"
        return f"{told}, outcome not recorded" if exercise.day < today else told

    def _progress(self, done: int, total: int, overdue: int) -> str:
        return f"{done}/{count(total, 'item', 'items')} done" + (
            f", 🔴 {overdue} overdue" if overdue else ""
        )

    def _overdue_names(self, overdue: Sequence[ChecklistItem]) -> str:
        names = [self.brief(self.item_name(item), LONGEST_ITEM) for item in overdue[:NAMES_MOST]]
        hidden = len(overdue) - len(names)
        return "; ".join(names) + (f"; and {count(hidden, 'more', 'more')}" if hidden else "")

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
                fill("To be done by <b>{doer}</b>", doer=self.doer(part.unit)),
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
            "⏳ under way, ✅ done, ↩️ do it again: press the button of each item."
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
            fill("<b>Preparing for exercises, {doer}</b>", doer=self.doer(unit)),
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
            f"… and {count(hidden, 'other exercise', 'other exercises')}." if hidden else "",
            "" if found else "There is nothing to prepare.",
        )

    nothing_to_prepare = Html("At present the unit has nothing to prepare for an exercise.")

    def tick_overtaken(self, item: ChecklistItem) -> str:
        return (
            f"Somebody else has just changed this item; it is now: {self.item_states[item.state]}."
        )

    def ticked(self, item: ChecklistItem) -> str:
        return f"Recorded: {self.item_states[item.state]}."

    not_your_item = "This item belongs to another unit."
    item_gone = Html("This item is no longer on the checklist. Please look again: /dientap")
    exercise_gone = Html("There is no such exercise. Please look again: /dientap")

    def exercise_over(self, exercise: Exercise) -> Html:
        state = "was cancelled" if exercise.is_cancelled else "has been held"
        return fill(
            "“{title}” {state} and cannot be changed any more. The others: /dientap",
            title=exercise.title,
            state=state,
        )

    # Reminders, and what the digest tells

    def new_exercise(self, readiness: Readiness, part: Part, today: date) -> Html:
        return lines(
            fill(
                "🎯 A new exercise: <b>{name}</b>, {when}.",
                name=self.exercise_name(readiness),
                when=self._when(readiness.exercise, today),
            ),
            fill(
                "{doer} has {n} to prepare, the first by {due}. See it again: /dientap",
                doer=self.doer(part.unit),
                n=count(len(part.items), "item"),
                due=self.day(min(item.due_day for item in part.items)),
            ),
        )

    def exercise_reminder(self, about: Sequence[About], hidden: int, today: date) -> Html:
        told: dict[tuple[int, int | None], list[Html]] = {}
        for readiness, unit_id, item in about:
            part = readiness.part(unit_id)
            head = fill(
                "🎯 <b>{name}</b>, {when}; to be done by {doer}",
                name=self.exercise_name(readiness),
                when=self._when(readiness.exercise, today),
                doer=self._short_doer(part.unit if part else None),
            )
            rows = told.setdefault((readiness.exercise.id, unit_id), [head])
            rows.append(
                fill(
                    "• {name}: {due}",
                    name=self.brief(self.item_name(item), LONGEST_TITLE),
                    due=self._due_in(item, today),
                )
            )
        return paragraphs(
            Html("📋 <b>Exercise preparations that are due</b>"),
            *(lines(*rows) for rows in told.values()),
            f"… and {count(hidden, 'other item', 'other items')}." if hidden else "",
            "Press a button below to see them and to record how far they are.",
        )

    def _due_in(self, item: ChecklistItem, today: date) -> str:
        if item.due_day < today:
            late = count((today - item.due_day).days, "day", "days")
            return f"🔴 overdue by {late} ({self.short_day(item.due_day)})"
        return f"due {self.short_day(item.due_day)}, {self.countdown(item.due_day, today)}"

    exercises_counted = "exercises"
    exercises_in_digest = Html("<b>Preparing for exercises</b>")

    def exercise_in_digest(self, readiness: Readiness, today: date) -> Html:
        overdue = [(part.unit, found) for part in readiness.parts if (found := part.overdue(today))]
        told = [
            f"{self._short_doer(unit)} {len(found)} ({self._overdue_names(found)})"
            for unit, found in overdue[:UNITS_MOST]
        ]
        hidden = len(overdue) - len(told)
        if hidden:
            told.append(f"and {count(hidden, 'other unit', 'other units')}")
        return lines(
            fill(
                "🎯 {name}: {countdown}, {day}, {progress}",
                name=self.exercise_name(readiness),
                countdown=self.countdown(readiness.exercise.day, today),
                day=self.short_day(readiness.exercise.day),
                progress=self._progress(readiness.done, readiness.total, 0),
            ),
            *([fill("🔴 Overdue: {first}", first=told[0])] if told else []),
            *(fill("🔴 {more}", more=more) for more in told[1:]),
        )
