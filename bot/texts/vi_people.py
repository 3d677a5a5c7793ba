"""People by position and their roles, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.people import Assignment, Role
from bot.domain.seats import Who
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_plans import VietnamesePlans, capital

Held = tuple[Assignment, Unit | None]


class VietnamesePeople(VietnamesePlans):
    unnamed = "Một người"
    filter_by_unit = "🔎 Theo đơn vị"
    all_people = "👥 Tất cả"
    choose_people_unit = Html("Xem người của đơn vị nào?")
    let_act = "🪑 Giao quyền CHT"
    confirm = "✅ Đồng ý"
    back_to_person = "👤 Xem lại"
    people_list = "👥 Danh sách người dùng"

    def who(self, who: Who) -> str:
        """A person by position: CHT An Sơn, or CHT An Sơn (2) for the second one there has been."""
        if who.role is None:
            return self.unnamed
        name = f"{self.positions[who.role]} {who.unit.short_name if who.unit else ''}".strip()
        return name if who.number == 1 else f"{name} ({who.number})"

    def actor(self, who: Who | None) -> str:
        return self.who(who) if who else "máy chủ"

    def people(
        self, listed: Sequence[Html], total: int, role: Role | None, unit: Unit | None
    ) -> Html:
        about = ", ".join(
            word for word in (self.roles[role] if role else "", unit.name if unit else "") if word
        )
        return paragraphs(
            fill(
                "<b>Người dùng</b>{about}: {total}",
                about=f" ({about})" if about else "",
                total=total,
            ),
            lines(*listed) if listed else "Chưa có ai. Mời người: /thumoi",
            "Số trong ngoặc: người thứ mấy giữ chức vụ đó." if listed else "",
        )

    def person_line(
        self,
        who: Who,
        held: Sequence[Held],
        joined_at: datetime | None,
        unreachable_since: datetime | None,
        today: date,
    ) -> Html:
        others = [
            self._role_of(assignment, unit)
            for assignment, unit in held
            if (assignment.role, assignment.unit_id)
            != (who.role, who.unit.id if who.unit else None)
        ]
        upcoming = [a.first for a, _ in held if a.first and a.first > today]
        return fill(
            "{mark}{who}{others}, tham gia {joined}{later}",
            mark="⚠️ " if unreachable_since else "",
            who=self.who(who),
            others=f" (kiêm {', '.join(others)})" if others else "",
            joined=self._joined(joined_at),
            later=f", từ {self.day(upcoming[0])}"
            if len(upcoming) == len(held) and upcoming
            else "",
        )

    def role_filter(self, role: Role) -> str:
        return f"🎖 {self.positions[role]}"

    def person_button(self, who: Who) -> str:
        return self.who(who)

    def person(
        self,
        who: Who,
        held: Sequence[Held],
        joined_at: datetime | None,
        unreachable_since: datetime | None,
        today: date,
    ) -> Html:
        reach = "Nhận được tin."
        if unreachable_since:
            reach = f"⚠️ Không nhận được tin từ {self.moment(unreachable_since)}. Đồng chí gọi điện."
        return paragraphs(
            fill("<b>{who}</b>", who=self.who(who)),
            lines(*(self._held(assignment, unit, today) for assignment, unit in held))
            if held
            else "Không còn vai trò nào.",
            lines(f"Tham gia {self._joined(joined_at)}.", reach),
        )

    def _held(self, assignment: Assignment, unit: Unit | None, today: date) -> Html:
        begins = assignment.first or assignment.since.astimezone(self._zone).date()
        until = f" đến hết {self.day(assignment.until)}" if assignment.until else ""
        later = " (chưa đến ngày)" if assignment.first and assignment.first > today else ""
        return fill(
            "• {role}, từ {begins}{until}{later}",
            role=self._full_role(assignment.role, unit),
            begins=self.day(begins),
            until=until,
            later=later,
        )

    def _full_role(self, role: Role, unit: Unit | None) -> str:
        return f"{self.roles[role]} {unit.name}" if unit else self.roles[role]

    def _role_of(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"{self.positions[assignment.role]} {unit.short_name if unit else ''}".strip()

    def _joined(self, joined_at: datetime | None) -> str:
        return self.day(joined_at.astimezone(self._zone).date()) if joined_at else "–"

    def end_role_button(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"❌ Kết thúc: {self._role_of(assignment, unit)}{self._span_of(assignment)}"

    def hand_over_button(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"🤝 Bàn giao: {self._role_of(assignment, unit)}"

    def change_role_button(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"🔁 Đổi vai trò: {self._role_of(assignment, unit)}{self._span_of(assignment)}"

    def _span_of(self, assignment: Assignment) -> str:
        return f" đến {self.short_day(assignment.until)}" if assignment.until else ""

    def end_role_card(
        self, who: Who, assignment: Assignment, unit: Unit | None, *, leaves_nobody: bool
    ) -> Html:
        return paragraphs(
            fill("<b>Kết thúc vai trò của {who}?</b>", who=self.who(who)),
            fill("{role} hết ngay bây giờ.", role=self._full_role(assignment.role, unit)),
            "⚠️ Sau đó đơn vị không còn ai để hỏi báo cáo; có thể bàn giao thay vì kết thúc."
            if leaves_nobody
            else "",
            "Phiếu đang nhập dở bị bỏ; báo cáo đã gửi vẫn còn. Người đó được báo một dòng.",
        )

    def role_ended(self, who: Who, assignment: Assignment, unit: Unit | None) -> Html:
        return fill(
            "✅ Đã kết thúc: {who}, vai trò {role}.",
            who=self.who(who),
            role=self._full_role(assignment.role, unit),
        )

    def hand_over_card(self, who: Who, assignment: Assignment, unit: Unit | None) -> Html:
        return paragraphs(
            fill("<b>Bàn giao {role}</b>", role=self._full_role(assignment.role, unit)),
            fill(
                "Tôi tạo một thư mời cho người kế nhiệm. Khi thư mời được nhận, vai trò của {who} kết thúc; "
                "đến lúc đó {who} vẫn được hỏi và nhắc như thường.",
                who=self.who(who),
            ),
        )

    def handed_over(
        self, who: Who, role: Role, unit: Unit | None, link: str, expires_at: datetime
    ) -> Html:
        return paragraphs(
            fill(
                "Thư mời {role}, dùng một lần, hạn {expires}:",
                role=self._full_role(role, unit),
                expires=self.moment(expires_at),
            ),
            fill("{link}", link=link),
            fill(
                "Đồng chí chuyển riêng cho người kế nhiệm. Người đó nhận xong thì vai trò của {who} kết thúc.",
                who=self.who(who),
            ),
        )

    def choose_new_role(self, who: Who, assignment: Assignment, unit: Unit | None) -> Html:
        return fill(
            "{who} đang là {role}. Đổi thành:",
            who=self.who(who),
            role=self._full_role(assignment.role, unit),
        )

    def change_role_card(
        self, who: Who, assignment: Assignment, unit: Unit | None, role: Role
    ) -> Html:
        return paragraphs(
            fill("<b>Đổi vai trò của {who}?</b>", who=self.who(who)),
            lines(
                fill("Đang là: {role}", role=self._full_role(assignment.role, unit)),
                fill("Sẽ là: {role}, từ bây giờ", role=self._full_role(role, unit)),
            ),
        )

    def role_is_changed(self, who: Who, unit: Unit | None, role: Role) -> Html:
        return fill(
            "✅ Đã đổi: {who} nay là {role}.", who=self.who(who), role=self._full_role(role, unit)
        )

    # Acting leaders

    choose_acting_unit = Html("Giao quyền CHT của đơn vị nào?")

    invited_person = "Người được mời"

    def _to_act(self, who: Who | None) -> str:
        return self.who(who) if who else self.invited_person

    def ask_acting_days(self, who: Who | None, unit: Unit) -> Html:
        return fill(
            "{who} quyền CHT {unit} những ngày nào? Bấm chọn, hoặc gõ ngày, ví dụ: "
            "<code>20/3-27/3</code>",
            who=self._to_act(who),
            unit=unit.name,
        )

    def acting_days_button(self, first: date, last: date) -> str:
        return self._acting_days(first, last)

    def _acting_days(self, first: date, last: date) -> str:
        if first == last:
            return f"Ngày {self.day(first)}"
        return f"Từ {self.day(first)} đến hết {self.day(last)}"

    def acting_card(self, who: Who | None, unit: Unit, first: date, last: date) -> Html:
        return paragraphs(
            fill("<b>Giao quyền CHT {unit}</b>", unit=unit.name),
            lines(fill("Người: {who}", who=self._to_act(who)), self._acting_days(first, last)),
            "Trong những ngày đó người này được hỏi, nhắc và báo cáo thay; hết ngày thì tự hết quyền.",
        )

    def acts(self, who: Who, unit: Unit, first: date, last: date) -> Html:
        return fill(
            "✅ Đã giao: {who} quyền CHT {unit}. {days}.",
            who=self.who(who),
            unit=unit.name,
            days=self._acting_days(first, last),
        )

    def not_acting_days(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày “{typed}”. Đồng chí gõ, ví dụ: <code>20/3-27/3</code>",
            typed=typed[:40],
        )

    acting_in_past = Html("Ngày đầu đã qua. Đồng chí chọn từ hôm nay trở đi.")
    acting_out_of_order = Html(
        "Ngày đầu sau ngày cuối. Đồng chí gõ lại, ví dụ: <code>20/3-27/3</code>"
    )
    acting_too_long = Html("Quyền CHT nhiều nhất một năm. Đồng chí gõ ngày cuối gần hơn.")
    leads_already = Html("Trong những ngày đó người này đã là CHT hoặc quyền CHT của đơn vị.")

    # What is refused

    role_over_already = Html("Vai trò này đã kết thúc rồi; chưa thay đổi gì thêm.")
    role_held_already = Html("Người này đã giữ vai trò đó; chưa thay đổi gì.")
    last_admin = Html(
        "Đây là quản trị cuối cùng nên chưa kết thúc được. Đồng chí mời quản trị khác trước: /thumoi"
    )
    admin_from_settings = Html(
        "Quản trị này do cài đặt ADMIN_IDS quy định. Đồng chí sửa cài đặt đó rồi chạy lại hệ thống."
    )

    # To the person whose role it is

    def role_begins(self, day: date) -> Html:
        return fill(
            "Vai trò của đồng chí trong hệ thống bắt đầu từ ngày {day}. Đến ngày đó các lệnh mới dùng được.",
            day=self.day(day),
        )

    def your_role_ended(self, role: Role, unit: Unit | None) -> Html:
        return fill(
            "Vai trò {role} của đồng chí trong hệ thống đã kết thúc. Cảm ơn đồng chí.",
            role=self._full_role(role, unit),
        )

    def role_changed(self, role: Role, unit: Unit | None) -> Html:
        return fill(
            "Từ nay đồng chí giữ vai trò {role}. Các lệnh: /trogiup",
            role=self._full_role(role, unit),
        )

    def you_act(self, unit: Unit, first: date, last: date) -> Html:
        return fill(
            "Đồng chí được giao quyền CHT {unit}. {days}. Báo cáo: /baocao",
            unit=unit.name,
            days=capital(self._acting_days(first, last)),
        )
