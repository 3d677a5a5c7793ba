"""Planning exercises, in English."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklists import ChecklistItem
from bot.domain.exercises import Exercise, Part, Plan, Readiness
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_checklists import LONGEST_ITEM
from bot.texts.vi_exercises import UNITS_SHOWN, VietnameseExercises


class EnglishExercises(VietnameseExercises):
    add_exercise = "➕ Add an exercise"
    exercises_by_unit = "🏘 By unit"
    exercise_list = "🎯 All exercises"
    for_command = "🏛 The command's own"
    units_chosen = "✔️ Done"
    change_whose = "👥 Whose"
    move_exercise = "📅 Move to another day"
    mark_held = "🏁 It was held"
    cancel_exercise = "🚫 Cancel the exercise"
    keep_exercise = "↩️ No, leave it"
    back_to_exercise = "🎯 See the exercise"
    command_items = "🏛 The command"

    # What there is

    def exercises(self, shown: Sequence[Readiness], hidden: int, today: date) -> Html:
        return paragraphs(
            Html("<b>Exercises</b>"),
            *(self._in_list(readiness, today) for readiness in shown),
            f"… and {count(hidden, 'other', 'others')}." if hidden else "",
            "" if shown else "No exercise lies ahead.",
        )

    def exercise(self, readiness: Readiness, today: date, limit: int) -> Html:
        exercise, hidden = readiness.exercise, len(readiness.parts) - limit
        return paragraphs(
            lines(
                fill("🎯 <b>{title}</b>", title=exercise.title),
                fill("Held by: {whose}", whose=self.doer(readiness.unit)),
                self._when(exercise, today),
                self._progress(readiness.done, readiness.total, readiness.overdue(today)),
            ),
            *(self._part(readiness, part, today) for part in readiness.parts[:limit]),
            f"… and {count(hidden, 'other unit', 'other units')}." if hidden > 0 else "",
        )

    # Planning

    def ask_exercise_title(self, longest: int) -> Html:
        return fill(
            "🎯 Please type the <b>name of the exercise</b>, at most {longest} characters, "
            "for example: <code>Ward defence exercise</code>",
            longest=longest,
        )

    def ask_exercise_day(self, title: str) -> Html:
        return fill(
            "On which day is “{title}”? Please type it, for example: <code>15/9</code> or "
            "<code>15/9/2026</code>",
            title=title,
        )

    def choose_whose(self, chosen: int) -> Html:
        return lines(
            Html("Whose exercise is it? The command's own, or choose units and press ✔️ Done."),
            f"{count(chosen, 'unit', 'units')} chosen, one exercise each." if chosen else "",
        )

    nobody_chosen = "Please choose at least one unit."

    def plan_card(self, plan: Plan, units: Sequence[Unit], items: int) -> Html:
        names = ", ".join(self.brief(unit.short_name, LONGEST_ITEM) for unit in units[:UNITS_SHOWN])
        hidden = len(units) - UNITS_SHOWN
        whose = names + (f" and {count(hidden, 'other unit', 'other units')}" if hidden > 0 else "")
        told = count(items, "item", "items")
        return paragraphs(
            fill("🎯 <b>{title}</b>", title=plan.title),
            lines(
                fill("Day: {day}", day=self.day(plan.day) if plan.day else ""),
                fill("Held by: {whose}", whose=whose or "the command"),
                f"Checklist to begin with: {told}{' for each unit' if units else ''}; "
                "add, remove and change due days after saving.",
            ),
            "Not saved yet. Please check it, then press ✅ Save.",
        )

    plan_left = Html("This card is out of date; nothing was saved. Please begin again: /dientap")

    def plan_saved(self, plan: Plan, exercises: int) -> Html:
        return fill(
            "✅ <b>Saved “{title}”</b>, {day}{many}.",
            title=plan.title,
            day=self.day(plan.day) if plan.day else "",
            many=f", {count(exercises, 'unit', 'units')}" if exercises > 1 else "",
        )

    title_empty = Html("What you typed has no letters. Please type the name again.")

    def title_too_long(self, length: int, longest: int) -> Html:
        return fill(
            "The name has {length} characters, at most {longest} can be kept. Please type a shorter one.",
            length=self.number(length),
            longest=longest,
        )

    def not_an_exercise_day(self, typed: str) -> Html:
        return fill(
            "I do not understand the day “{typed}”. Please type, for example: <code>15/9/2026</code>",
            typed=typed[:40],
        )

    def exercise_day_refused(self, day: date, today: date) -> Html:
        why = "is past" if day < today else "is too far ahead, at most three years"
        return fill("{day} {why}. Please type another day.", day=self.day(day), why=why)

    def ask_move(self, exercise: Exercise) -> Html:
        return fill(
            "“{title}” is on {day}. To which day does it move? Please type, for example: "
            "<code>15/9</code>",
            title=exercise.title,
            day=self.day(exercise.day),
        )

    def move_card(self, exercise: Exercise, day: date) -> Html:
        return paragraphs(
            fill("📅 <b>Move “{title}”</b>", title=exercise.title),
            f"{self.day(exercise.day)} → {self.day(day)}. The due days of its items move along.",
            "Not saved yet. Please check it, then press ✅ Save.",
        )

    moved_meanwhile = "Somebody else has just moved the exercise. Please look again."
    exercise_moved = "Moved; the due days of its items moved along."
    exercise_held = "Recorded as held."
    exercise_cancelled = "The exercise is cancelled."

    def not_yet_held(self, exercise: Exercise) -> str:
        return f"{self.day(exercise.day)} has not come. If it was held earlier, move its day first."

    def hold_card(self, readiness: Readiness) -> Html:
        left = readiness.total - readiness.done
        return paragraphs(
            fill("🏁 <b>Record “{title}” as held?</b>", title=readiness.exercise.title),
            f"{count(left, 'item is', 'items are')} not done; after this nothing is reminded of or changed."
            if left
            else "After this nothing can be changed.",
        )

    def cancel_exercise_card(self, readiness: Readiness) -> Html:
        return paragraphs(
            fill("🚫 <b>Cancel “{title}”?</b>", title=readiness.exercise.title),
            "Its items are no longer reminded of, and it cannot be taken back.",
        )

    choose_exercise_unit = Html("Whose preparations do you want to see?")

    # Items

    def choose_item(self, readiness: Readiness, part: Part) -> Html:
        return fill(
            "Which item of {doer}, “{title}”, is to change?",
            doer=self.doer(part.unit),
            title=readiness.exercise.title,
        )

    def item(
        self, readiness: Readiness, unit: Unit | None, item: ChecklistItem, today: date
    ) -> Html:
        return lines(
            fill(
                "{mark} <b>{name}</b>", mark=self.item_marks[item.state], name=self.item_name(item)
            ),
            fill(
                "To be done by {doer}, “{title}”",
                doer=self.doer(unit),
                title=readiness.exercise.title,
            ),
            f"Due: {self.day(item.due_day)}, {self.item_states[item.state]}"
            + (", 🔴 overdue" if item.is_overdue(today) else ""),
        )

    choose_doer = Html("Who is to do the new item?")

    def ask_item(self, unit: Unit | None, longest: int) -> Html:
        return fill(
            "➕ New item of {doer}: please type its <b>name</b>, at most {longest} characters.",
            doer=self.doer(unit),
            longest=longest,
        )

    def too_many_items(self, most: int) -> Html:
        return fill(
            "The exercise has {most} items already, which is the most. Please remove one first.",
            most=most,
        )

    def ask_due(self, item: ChecklistItem, exercise: Exercise) -> Html:
        return fill(
            "“{name}” is due on {due}. What is the new due day, from today to {day}? "
            "Please type, for example: <code>{example}</code>",
            name=self.item_name(item),
            due=self.day(item.due_day),
            day=self.day(exercise.day),
            example=f"{exercise.day.day}/{exercise.day.month}",
        )

    def due_refused(self, day: date, last: date) -> Html:
        return fill(
            "A due day lies between today and the day of the exercise, {last}; {day} does not. "
            "Please type another day.",
            last=self.day(last),
            day=self.day(day),
        )

    def remove_item_card(self, item: ChecklistItem, readiness: Readiness) -> Html:
        return fill(
            "🗑 <b>Remove the item “{name}”</b> of “{title}”? It is no longer reminded of.",
            name=self.item_name(item),
            title=readiness.exercise.title,
        )

    item_removed = "The item is removed."
