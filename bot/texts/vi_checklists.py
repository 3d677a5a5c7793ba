"""What exercises ask for, item by item, and the reminders of it, in Vietnamese."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklists import OWN, ChecklistItem, ItemState
from bot.domain.exercises import About, Exercise, Part, Readiness
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_words import VietnameseWords

# Characters of a title where many stand together.
LONGEST_TITLE = 60
LONGEST_ITEM = 40
_LONGEST_LABEL = 22
# Names of one unit's overdue items in the digest, and units of one exercise.
NAMES_MOST = 3
UNITS_MOST = 4


class VietnameseChecklists(VietnameseWords):
    add_item = "➕ Thêm mục"
    change_items = "✏️ Sửa mục"
    change_due = "📅 Đổi hạn"
    remove_item = "🗑 Bỏ mục"
    back_to_checklist = "📋 Xem danh mục"
    own_checklists = "📋 Việc của đơn vị"

    item_names = {
        "bodies.steering": "Thành lập Ban Chỉ đạo",
        "bodies.support": "Thành lập Ban bảo đảm",
        "bodies.frame": "Thành lập khung tập",
        "staff_training": "Tập huấn công tác diễn tập",
        "register": "Đăng ký, phúc tra QNDB",
        "past_findings": "Khắc phục tồn tại đợt trước",
        "funding": "Bảo đảm kinh phí",
        "facilities": "Bảo đảm cơ sở vật chất",
    }
    item_states = {
        ItemState.OPEN: "chưa làm",
        ItemState.UNDER_WAY: "đang làm",
        ItemState.DONE: "xong",
    }
    item_marks = {ItemState.OPEN: "⬜", ItemState.UNDER_WAY: "⏳", ItemState.DONE: "✅"}

    def item_name(self, item: ChecklistItem) -> str:
        return item.title if item.key == OWN else self.item_names[item.name]

    def tick_label(self, number: int, item: ChecklistItem, state: ItemState) -> str:
        mark = "↩️" if item.state is ItemState.DONE else self.item_marks[state]
        return f"{mark} {number}. {self.brief(self.item_name(item), _LONGEST_LABEL)}"

    def item_label(self, number: int, item: ChecklistItem) -> str:
        return f"{number}. {self.brief(self.item_name(item), LONGEST_ITEM)}"

    def countdown(self, day: date, today: date) -> str:
        days = (day - today).days
        if days == 0:
            return "hôm nay"
        if days == 1:
            return "ngày mai"
        return f"còn {self.number(days)} ngày" if days > 0 else f"đã qua {self.number(-days)} ngày"

    def exercise_name(self, readiness: Readiness) -> str:
        """The title, with the unit where it does not say it."""
        title = self.brief(readiness.exercise.title, LONGEST_TITLE)
        unit = readiness.unit
        if unit is None or unit.short_name in readiness.exercise.title:
            return title
        return f"{title} ({unit.short_name})"

    def exercise_button(self, readiness: Readiness) -> str:
        return f"🎯 {self.short_day(readiness.exercise.day)} {self.exercise_name(readiness)}"

    def checklist_button(self, unit: Unit | None) -> str:
        return f"📋 {self.doer(unit)}"

    def doer(self, unit: Unit | None) -> str:
        return unit.name if unit else "ban chỉ huy"

    def _short_doer(self, unit: Unit | None) -> str:
        return self.brief(unit.short_name, LONGEST_ITEM) if unit else "ban chỉ huy"

    def _when(self, exercise: Exercise, today: date) -> str:
        day = self.day(exercise.day)
        if exercise.is_cancelled:
            return f"{day}, đã hủy"
        if exercise.is_held:
            return f"{day}, đã diễn tập"
        told = f"{day}, {self.countdown(exercise.day, today)}"
        return f"{told}, chưa ghi kết quả" if exercise.day < today else told

    def _progress(self, done: int, total: int, overdue: int) -> str:
        return f"xong {done}/{total} mục" + (f", 🔴 quá hạn {overdue}" if overdue else "")

    def _overdue_names(self, overdue: Sequence[ChecklistItem]) -> str:
        names = [self.brief(self.item_name(item), LONGEST_ITEM) for item in overdue[:NAMES_MOST]]
        hidden = len(overdue) - len(names)
        return "; ".join(names) + (f"; và {hidden} mục khác" if hidden else "")

    def checklist(
        self,
        readiness: Readiness,
        part: Part,
        shown: Sequence[tuple[int, ChecklistItem]],
        today: date,
        *,
        may_tick: bool,
    ) -> Html:
        """`shown` are numbered items of one page."""
        return paragraphs(
            lines(
                fill("🎯 <b>{title}</b>", title=readiness.exercise.title),
                self._when(readiness.exercise, today),
                fill("Việc của <b>{doer}</b>", doer=self.doer(part.unit)),
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
            "" if shown else "Chưa có mục nào.",
            "⏳ đang làm, ✅ xong, ↩️ làm lại: đồng chí bấm nút của từng mục."
            if may_tick and shown
            else "",
        )

    def _due(self, item: ChecklistItem, exercise: Exercise, today: date) -> str:
        due = f"hạn {self.short_day(item.due_day)}"
        if item.is_overdue(today) and exercise.is_ahead(today):
            return f"{due} 🔴 quá hạn"
        return due

    def checklists_of(
        self, unit: Unit | None, found: Sequence[Readiness], hidden: int, today: date
    ) -> Html:
        """What one unit (None: the command) has to do for all exercises."""
        unit_id = unit.id if unit else None
        parts = [(readiness, readiness.part(unit_id)) for readiness in found]
        return paragraphs(
            fill("<b>Chuẩn bị diễn tập, {doer}</b>", doer=self.doer(unit)),
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
            f"… và {hidden} cuộc khác." if hidden else "",
            "" if found else "Không có việc gì phải chuẩn bị.",
        )

    nothing_to_prepare = Html("Hiện đơn vị không có việc gì phải chuẩn bị cho diễn tập.")

    def tick_overtaken(self, item: ChecklistItem) -> str:
        return f"Mục này vừa được người khác đổi, nay là: {self.item_states[item.state]}."

    def ticked(self, item: ChecklistItem) -> str:
        return f"Đã ghi: {self.item_states[item.state]}."

    not_your_item = "Mục này của đơn vị khác."
    item_gone = Html("Mục này không còn trong danh mục. Đồng chí xem lại: /dientap")
    exercise_gone = Html("Không có cuộc diễn tập này. Đồng chí xem lại: /dientap")

    def exercise_over(self, exercise: Exercise) -> Html:
        state = "đã hủy" if exercise.is_cancelled else "đã diễn tập"
        return fill(
            "“{title}” {state} nên không đổi được nữa. Đồng chí xem các cuộc khác: /dientap",
            title=exercise.title,
            state=state,
        )

    # Reminders, and what the digest tells

    def new_exercise(self, readiness: Readiness, part: Part, today: date) -> Html:
        return lines(
            fill(
                "🎯 Cuộc diễn tập mới: <b>{name}</b>, {when}.",
                name=self.exercise_name(readiness),
                when=self._when(readiness.exercise, today),
            ),
            fill(
                "{doer} có {n} việc cần chuẩn bị, hạn sớm nhất {due}. Xem lại: /dientap",
                doer=self.doer(part.unit),
                n=self.number(len(part.items)),
                due=self.day(min(item.due_day for item in part.items)),
            ),
        )

    def exercise_reminder(self, about: Sequence[About], hidden: int, today: date) -> Html:
        """What is due soon or overdue, together by exercise."""
        told: dict[tuple[int, int | None], list[Html]] = {}
        for readiness, unit_id, item in about:
            part = readiness.part(unit_id)
            head = fill(
                "🎯 <b>{name}</b>, {when}; việc của {doer}",
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
            Html("📋 <b>Việc chuẩn bị diễn tập đến hạn</b>"),
            *(lines(*rows) for rows in told.values()),
            f"… và {hidden} mục khác." if hidden else "",
            "Đồng chí bấm nút dưới đây để xem và ghi đã làm đến đâu.",
        )

    def _due_in(self, item: ChecklistItem, today: date) -> str:
        if item.due_day < today:
            return f"🔴 quá hạn {(today - item.due_day).days} ngày ({self.short_day(item.due_day)})"
        return f"hạn {self.short_day(item.due_day)}, {self.countdown(item.due_day, today)}"

    exercises_counted = "cuộc diễn tập"
    exercises_in_digest = Html("<b>Chuẩn bị diễn tập</b>")

    def exercise_in_digest(self, readiness: Readiness, today: date) -> Html:
        """One row, and one more with what is overdue, by unit."""
        overdue = [(part.unit, found) for part in readiness.parts if (found := part.overdue(today))]
        told = [
            f"{self._short_doer(unit)} {len(found)} ({self._overdue_names(found)})"
            for unit, found in overdue[:UNITS_MOST]
        ]
        hidden = len(overdue) - len(told)
        if hidden:
            told.append(f"và {hidden} đơn vị khác")
        return lines(
            fill(
                "🎯 {name}: {countdown}, {day}, xong {done}/{total} mục",
                name=self.exercise_name(readiness),
                countdown=self.countdown(readiness.exercise.day, today),
                day=self.short_day(readiness.exercise.day),
                done=readiness.done,
                total=readiness.total,
            ),
            *([fill("🔴 Quá hạn: {first}", first=told[0])] if told else []),
            *(fill("🔴 {more}", more=more) for more in told[1:]),
        )
