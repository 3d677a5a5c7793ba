"""Units and changes of them, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.changes_of_units import ChangeKind, UnitPlan
from bot.domain.seats import Who
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_people import VietnamesePeople

_SHOWN_PEOPLE = 12
_SHOWN_CHANGES = 8


class VietnameseUnits(VietnamesePeople):
    add_unit = "➕ Thêm đơn vị"
    rename_unit = "✏️ Đổi tên"
    change_strength = "🔢 Biên chế"
    add_alias = "🏷 Thêm tên khác"
    remove_alias = "🏷 Bỏ tên khác"
    merge_unit = "🔀 Sáp nhập"
    close_unit = "🗄 Giải thể"
    keep_unit = "↩️ Giữ lại đơn vị"
    move_up = "⬆️ Lên"
    move_down = "⬇️ Xuống"
    people_of_unit = "👥 Người"
    trail_of_unit = "📜 Nhật ký"
    unit_list = "🏘 Danh sách đơn vị"
    back_to_unit = "🏘 Xem đơn vị"
    at_the_end = "Đơn vị đã ở đầu hoặc cuối danh sách."
    change_left = Html("Thẻ này đã cũ, chưa thay đổi gì. Đồng chí làm lại từ đầu: /donvi")
    unit_overtaken = "Đơn vị đã được đổi trong lúc đó. Đồng chí xem lại rồi bấm lưu."
    no_such_unit = Html("Đơn vị này không còn trong danh sách. Đồng chí chọn lại: /donvi")

    def units(self, current: int, over: int) -> Html:
        return lines(
            fill("<b>Đơn vị</b>: {current}", current=current),
            f"Đã giải thể hoặc sáp nhập: {over}" if over else "",
            "Đồng chí chọn một đơn vị để xem hoặc đổi.",
        )

    def unit_button(self, unit: Unit, *, is_over: bool) -> str:
        return f"🗄 {unit.short_name}" if is_over else unit.short_name

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
            fill("Từ {day}: {name}", day=self.day(day), name=name)
            for day, name in namings[-_SHOWN_CHANGES:]
        ]
        shown = [self.who(who) for who in people[:_SHOWN_PEOPLE]]
        rest = len(people) - len(shown)
        return paragraphs(
            fill("<b>{name}</b>", name=unit.name),
            lines(
                fill("Tên ngắn: {short}", short=unit.short_name),
                fill("Tên khác: {aliases}", aliases=", ".join(unit.aliases) or "không có"),
                fill("Mã: {code}", code=code),
                *self._life(valid_from, valid_to, into, today),
            ),
            lines("Đã đổi tên:", *names) if names else "",
            self._strengths(strengths, today),
            fill(
                "Người: {people}{rest}",
                people=", ".join(shown) or "chưa có ai, mời bằng /thumoi",
                rest=f" và {rest} người khác" if rest else "",
            )
            if people or valid_to is None
            else "",
        )

    def _life(
        self, valid_from: date, valid_to: date | None, into: Unit | None, today: date
    ) -> tuple[Html, ...]:
        begins = fill("Có từ {day}", day=self.day(valid_from))
        if valid_to is None:
            return (begins,)
        what = f"sáp nhập vào {into.name}" if into else "giải thể"
        tense = "Đã" if valid_to <= today else "Sẽ"
        return begins, fill(
            "{tense} {what} từ ngày {day}", tense=tense, what=what, day=self.day(valid_to)
        )

    def _strengths(self, strengths: Sequence[tuple[date, int, bool]], today: date) -> Html:
        if not strengths:
            return Html("Biên chế: chưa nhập")
        past = [s for s in strengths if s[0] <= today][-1:]
        return lines(
            *(
                fill(
                    "Biên chế từ {day}: {number}{sample}",
                    day=self.day(day),
                    number="đã nhập" if self.in_percent else self.number(number),
                    sample=" (số mẫu)" if is_sample else "",
                )
                for day, number, is_sample in [*past, *(s for s in strengths if s[0] > today)]
            )
        )

    # Questions

    ask_new_unit = Html(
        "Đồng chí gõ tên đơn vị mới, có thể thêm biên chế sau dấu phẩy, ví dụ: "
        "<code>phường Hòa Bình, 24</code>"
    )

    def ask_unit_name(self, unit: Unit | None) -> Html:
        return fill(
            "Tên mới của {unit}? Đồng chí gõ đầy đủ, ví dụ: <code>phường An Sơn</code>",
            unit=self.whom(unit),
        )

    def ask_alias(self, unit: Unit | None) -> Html:
        return fill(
            "Tên khác của {unit}, dùng để tìm đơn vị? Đồng chí gõ, ví dụ: <code>AS</code>",
            unit=self.whom(unit),
        )

    def ask_strength(self, unit: Unit | None) -> Html:
        known = unit.establishment if unit else None
        return paragraphs(
            fill(
                "Biên chế mới của {unit}? Đồng chí gõ một số, ví dụ: <code>24</code>",
                unit=self.whom(unit),
            ),
            f"Đang là {self.number(known)}." if known is not None and not self.in_percent else "",
        )

    def choose_into(self, unit: Unit) -> Html:
        return fill("Sáp nhập {unit} vào đơn vị nào?", unit=unit.name)

    def choose_alias(self, unit: Unit) -> Html:
        return fill("Bỏ tên khác nào của {unit}?", unit=unit.name)

    def choose_change_day(self, planned: UnitPlan) -> Html:
        return lines(
            fill("{what}: từ ngày nào?", what=self._what(planned)),
            Html("Bấm chọn, hoặc gõ ngày, ví dụ: <code>1/7/2026</code>"),
        )

    def since_button(self, day: date, today: date) -> str:
        if day == today:
            return f"Từ hôm nay ({self.day(day)})"
        if day == today + timedelta(days=1):
            return f"Từ ngày mai ({self.day(day)})"
        return f"Từ {self.day(day)}"

    def not_a_change_day(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày “{typed}”. Đồng chí gõ, ví dụ: <code>1/7/2026</code>",
            typed=typed[:40],
        )

    # The card, and what has come of it

    def unit_card(self, planned: UnitPlan, today: date) -> Html:
        return paragraphs(
            fill("<b>{what}</b>", what=self._what(planned)),
            lines(*self._facts(planned)),
            self._unit_since(planned, today),
            self._consequence(planned),
            fill("Chưa lưu. Đồng chí xem lại rồi bấm {save}.", save=self.save),
        )

    def unit_saved(self, planned: UnitPlan, today: date) -> Html:
        return paragraphs(
            fill("✅ <b>Đã lưu. {what}</b>", what=self._what(planned)),
            lines(*self._facts(planned)),
            self._unit_since(planned, today),
        )

    def _what(self, planned: UnitPlan) -> str:
        unit = planned.before.name if planned.before else planned.name
        match planned.change.kind:
            case ChangeKind.RENAME:
                return f"Đổi tên {unit}"
            case ChangeKind.ALIAS:
                return f"Thêm tên khác của {unit}"
            case ChangeKind.UNALIAS:
                return f"Bỏ tên khác của {unit}"
            case ChangeKind.STRENGTH:
                return f"Đổi biên chế {unit}"
            case ChangeKind.ADD:
                return f"Thêm đơn vị {unit}"
            case ChangeKind.MERGE:
                return f"Sáp nhập {unit} vào {planned.into.name if planned.into else ''}"
            case ChangeKind.CLOSE:
                return f"Giải thể {unit}"
            case ChangeKind.KEEP:
                return f"Giữ lại {unit}"

    def _facts(self, planned: UnitPlan) -> tuple[Html | str, ...]:
        match planned.change.kind:
            case ChangeKind.RENAME:
                return (
                    fill("Tên mới: {name}", name=planned.name),
                    fill("Tên ngắn: {short}", short=planned.short_name),
                )
            case ChangeKind.ALIAS | ChangeKind.UNALIAS:
                return (fill("Tên khác: {name}", name=planned.name),)
            case ChangeKind.STRENGTH:
                return (self._new_strength(planned),)
            case ChangeKind.ADD:
                return (
                    fill("Tên ngắn: {short}", short=planned.short_name),
                    fill("Mã: {code}", code=planned.code),
                    self._new_strength(planned),
                )
            case ChangeKind.KEEP:
                end = f"sáp nhập vào {planned.into.name}" if planned.into else "giải thể"
                return (fill("Không {end} từ ngày {day} nữa.", end=end, day=self.day(planned.day)),)
            case _:
                return ()

    def _new_strength(self, planned: UnitPlan) -> str:
        new = planned.establishment
        if new is None:
            return "Biên chế: chưa nhập"
        if self.in_percent:
            return "Biên chế: như đồng chí vừa gõ"
        old = planned.before.establishment if planned.before else None
        if old is None:
            return f"Biên chế: {self.number(new)}"
        return f"Biên chế: {self.number(old)} → {self.number(new)}"

    def _unit_since(self, planned: UnitPlan, today: date) -> str:
        if not planned.change.kind.is_dated:
            return ""
        return f"Dùng {self.since(planned.day, today)}; số liệu những ngày trước giữ nguyên."

    def _consequence(self, planned: UnitPlan) -> str:
        if planned.change.kind is ChangeKind.KEEP:
            return (
                f"Số vai trò CHT và phó CHT tiếp tục: {planned.people}. "
                "Vai trò có ngày hết hạn riêng thì đồng chí giao lại ở /nguoidung."
            )
        if planned.change.kind not in {ChangeKind.CLOSE, ChangeKind.MERGE}:
            return ""
        told = [
            f"Số vai trò hết theo đơn vị: {planned.people}."
            if planned.people
            else "Không ai đang giữ vai trò ở đơn vị này."
        ]
        if planned.into:
            told.append(
                f"Biên chế và người của {planned.into.name} giữ nguyên: "
                "đồng chí đổi biên chế ở /donvi, mời người bằng /thumoi."
            )
        return " ".join(told)

    # What is refused

    def bad_unit_name(self, limit: int) -> Html:
        return fill(
            "Tên phải có chữ, và nhiều nhất {limit} ký tự. Đồng chí gõ lại tên.", limit=limit
        )

    def unit_name_taken(self, unit: Unit) -> Html:
        return fill("Tên này đã dùng cho {unit}. Đồng chí gõ tên khác.", unit=unit.name)

    def bad_strength(self, limit: int) -> Html:
        return fill(
            "Biên chế phải là số từ 0 đến {limit}. Đồng chí gõ lại, ví dụ: <code>24</code>",
            limit=self.number(limit),
        )

    def change_too_early(self, day: date, first: date) -> Html:
        return fill(
            "Ngày {day} đã qua hoặc đã mở giờ báo cáo nên số liệu giữ nguyên. "
            "Sớm nhất là ngày {first}; đồng chí chọn ngày khác.",
            day=self.day(day),
            first=self.day(first),
        )

    def unit_not_in_force(self, unit: Unit, day: date) -> Html:
        return fill(
            "{unit} không còn hoặc chưa có vào ngày {day}. Đồng chí chọn đơn vị hoặc ngày khác.",
            unit=unit.name,
            day=self.day(day),
        )

    def unit_awaited(self, unit: Unit, day: date) -> Html:
        return fill(
            "{unit} sẽ sáp nhập vào đơn vị này từ ngày {day}. Đồng chí chọn ngày sau đó.",
            unit=unit.name,
            day=self.day(day),
        )

    into_itself = Html("Không sáp nhập đơn vị vào chính nó được. Đồng chí chọn đơn vị khác.")
    unit_stands = Html("Đơn vị đã là như vậy; chưa thay đổi gì.")
