"""Planning exercises, in Vietnamese."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklists import ChecklistItem
from bot.domain.exercises import Exercise, Part, Plan, Readiness
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_checklists import LONGEST_ITEM, VietnameseChecklists

UNITS_SHOWN = 12


class VietnameseExercises(VietnameseChecklists):
    add_exercise = "➕ Thêm diễn tập"
    exercises_by_unit = "🏘 Theo đơn vị"
    exercise_list = "🎯 Danh sách diễn tập"
    for_command = "🏛 Của ban chỉ huy"
    units_chosen = "✔️ Xong"
    change_whose = "👥 Của ai"
    move_exercise = "📅 Dời ngày"
    mark_held = "🏁 Đã diễn tập"
    cancel_exercise = "🚫 Hủy diễn tập"
    keep_exercise = "↩️ Không, giữ nguyên"
    back_to_exercise = "🎯 Xem diễn tập"
    command_items = "🏛 Ban chỉ huy"

    # What there is

    def exercises(self, shown: Sequence[Readiness], hidden: int, today: date) -> Html:
        return paragraphs(
            Html("<b>Diễn tập</b>"),
            *(self._in_list(readiness, today) for readiness in shown),
            f"… và {hidden} cuộc khác." if hidden else "",
            "" if shown else "Chưa có cuộc diễn tập nào sắp tới.",
        )

    def _in_list(self, readiness: Readiness, today: date) -> Html:
        return lines(
            fill("🎯 <b>{name}</b>", name=self.exercise_name(readiness)),
            self._when(readiness.exercise, today),
            self._progress(readiness.done, readiness.total, readiness.overdue(today)),
        )

    def exercise(self, readiness: Readiness, today: date, limit: int) -> Html:
        """One exercise with how far each unit is, for at most so many units."""
        exercise, hidden = readiness.exercise, len(readiness.parts) - limit
        return paragraphs(
            lines(
                fill("🎯 <b>{title}</b>", title=exercise.title),
                fill("Của {whose}", whose=self.doer(readiness.unit)),
                self._when(exercise, today),
                self._progress(readiness.done, readiness.total, readiness.overdue(today)),
            ),
            *(self._part(readiness, part, today) for part in readiness.parts[:limit]),
            f"… và {hidden} đơn vị khác." if hidden > 0 else "",
        )

    def _part(self, readiness: Readiness, part: Part, today: date) -> Html:
        overdue = part.overdue(today) if readiness.exercise.is_ahead(today) else ()
        return lines(
            fill("<b>{doer}</b>", doer=self.doer(part.unit)),
            self._progress(part.done, len(part.items), len(overdue)),
            self._overdue_names(overdue),
        )

    # Planning

    def ask_exercise_title(self, longest: int) -> Html:
        return fill(
            "🎯 Đồng chí gõ <b>tên cuộc diễn tập</b>, không quá {longest} ký tự, "
            "ví dụ: <code>Diễn tập chiến đấu phòng thủ</code>",
            longest=longest,
        )

    def ask_exercise_day(self, title: str) -> Html:
        return fill(
            "“{title}” vào ngày nào? Đồng chí gõ, ví dụ: <code>15/9</code> hoặc "
            "<code>15/9/2026</code>",
            title=title,
        )

    def choose_whose(self, chosen: int) -> Html:
        return lines(
            Html("Cuộc diễn tập của ai? Của ban chỉ huy, hoặc chọn các đơn vị rồi bấm ✔️ Xong."),
            f"Đã chọn {chosen} đơn vị, mỗi đơn vị một cuộc." if chosen else "",
        )

    nobody_chosen = "Đồng chí chọn ít nhất một đơn vị."

    def plan_card(self, plan: Plan, units: Sequence[Unit], items: int) -> Html:
        names = ", ".join(self.brief(unit.short_name, LONGEST_ITEM) for unit in units[:UNITS_SHOWN])
        hidden = len(units) - UNITS_SHOWN
        whose = names + (f" và {hidden} đơn vị khác" if hidden > 0 else "")
        each = f"mỗi đơn vị {items} mục chuẩn bị" if units else f"{items} mục chuẩn bị"
        return paragraphs(
            fill("🎯 <b>{title}</b>", title=plan.title),
            lines(
                fill("Ngày: {day}", day=self.day(plan.day) if plan.day else ""),
                fill("Của: {whose}", whose=whose or "ban chỉ huy"),
                f"Danh mục có sẵn: {each}; thêm, bỏ, đổi hạn sau khi lưu.",
            ),
            "Chưa lưu. Đồng chí xem lại rồi bấm ✅ Lưu.",
        )

    plan_left = Html("Thẻ này đã cũ, chưa lưu gì. Đồng chí làm lại từ đầu: /dientap")

    def plan_saved(self, plan: Plan, exercises: int) -> Html:
        return fill(
            "✅ <b>Đã lưu “{title}”</b>, ngày {day}{many}.",
            title=plan.title,
            day=self.day(plan.day) if plan.day else "",
            many=f", {exercises} đơn vị" if exercises > 1 else "",
        )

    title_empty = Html("Tin vừa gõ không có chữ nào. Đồng chí gõ lại tên.")

    def title_too_long(self, length: int, longest: int) -> Html:
        return fill(
            "Tên vừa gõ dài {length} ký tự, chỉ ghi được {longest}. Đồng chí gõ lại ngắn hơn.",
            length=self.number(length),
            longest=longest,
        )

    def not_an_exercise_day(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày “{typed}”. Đồng chí gõ, ví dụ: <code>15/9/2026</code>",
            typed=typed[:40],
        )

    def exercise_day_refused(self, day: date, today: date) -> Html:
        why = "đã qua" if day < today else "quá xa, nhiều nhất là ba năm nữa"
        return fill("Ngày {day} {why}. Đồng chí gõ ngày khác.", day=self.day(day), why=why)

    def ask_move(self, exercise: Exercise) -> Html:
        return fill(
            "“{title}” đang vào ngày {day}. Dời sang ngày nào? Đồng chí gõ, ví dụ: "
            "<code>15/9</code>",
            title=exercise.title,
            day=self.day(exercise.day),
        )

    def move_card(self, exercise: Exercise, day: date) -> Html:
        return paragraphs(
            fill("📅 <b>Dời “{title}”</b>", title=exercise.title),
            f"{self.day(exercise.day)} → {self.day(day)}. Hạn của các mục dời theo.",
            "Chưa lưu. Đồng chí xem lại rồi bấm ✅ Lưu.",
        )

    moved_meanwhile = "Ngày diễn tập vừa được người khác dời. Đồng chí xem lại."
    exercise_moved = "Đã dời ngày; hạn của các mục đã dời theo."
    exercise_held = "Đã ghi là đã diễn tập."
    exercise_cancelled = "Đã hủy cuộc diễn tập."

    def not_yet_held(self, exercise: Exercise) -> str:
        return f"Chưa đến ngày {self.day(exercise.day)}. Nếu diễn tập sớm hơn, đồng chí dời ngày trước."

    def hold_card(self, readiness: Readiness) -> Html:
        left = readiness.total - readiness.done
        return paragraphs(
            fill("🏁 <b>Ghi “{title}” là đã diễn tập?</b>", title=readiness.exercise.title),
            f"Còn {left} mục chưa xong; ghi rồi thì không nhắc và không đổi được nữa."
            if left
            else "Ghi rồi thì không đổi được nữa.",
        )

    def cancel_exercise_card(self, readiness: Readiness) -> Html:
        return paragraphs(
            fill("🚫 <b>Hủy “{title}”?</b>", title=readiness.exercise.title),
            "Hủy rồi thì không nhắc các mục của nó nữa và không lấy lại được.",
        )

    choose_exercise_unit = Html("Xem việc chuẩn bị của ai?")

    # Items

    def choose_item(self, readiness: Readiness, part: Part) -> Html:
        return fill(
            "Sửa mục nào của {doer}, “{title}”?",
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
                "Việc của {doer}, “{title}”", doer=self.doer(unit), title=readiness.exercise.title
            ),
            f"Hạn: {self.day(item.due_day)}, {self.item_states[item.state]}"
            + (", 🔴 quá hạn" if item.is_overdue(today) else ""),
        )

    choose_doer = Html("Mục mới là việc của ai?")

    def ask_item(self, unit: Unit | None, longest: int) -> Html:
        return fill(
            "➕ Mục mới của {doer}: đồng chí gõ <b>tên mục</b>, không quá {longest} ký tự.",
            doer=self.doer(unit),
            longest=longest,
        )

    def too_many_items(self, most: int) -> Html:
        return fill(
            "Cuộc diễn tập đã có {most} mục, không thêm được nữa. Đồng chí bỏ bớt mục rồi thêm.",
            most=most,
        )

    def ask_due(self, item: ChecklistItem, exercise: Exercise) -> Html:
        return fill(
            "“{name}” đang có hạn {due}. Hạn mới là ngày nào, từ hôm nay đến {day}? "
            "Đồng chí gõ, ví dụ: <code>{example}</code>",
            name=self.item_name(item),
            due=self.day(item.due_day),
            day=self.day(exercise.day),
            example=f"{exercise.day.day}/{exercise.day.month}",
        )

    def due_refused(self, day: date, last: date) -> Html:
        return fill(
            "Hạn phải từ hôm nay đến ngày diễn tập {last}; {day} không được. Đồng chí gõ ngày khác.",
            last=self.day(last),
            day=self.day(day),
        )

    def remove_item_card(self, item: ChecklistItem, readiness: Readiness) -> Html:
        return fill(
            "🗑 <b>Bỏ mục “{name}”</b> của “{title}”? Bỏ rồi thì không nhắc nữa.",
            name=self.item_name(item),
            title=readiness.exercise.title,
        )

    item_removed = "Đã bỏ mục."
