"""The audit trail, in Vietnamese."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.calendar import WEEKDAYS
from bot.domain.checklists import ItemState
from bot.domain.people import Role
from bot.domain.targets import TargetState
from bot.domain.trail import Told, Topic
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, literal, paragraphs
from bot.texts.vi_exercises import VietnameseExercises
from bot.texts.vi_targets import VietnameseTargets
from bot.texts.vi_units import VietnameseUnits

_ACTIONS = {
    "role.begin": "Nhận vai trò",
    "role.end": "Kết thúc vai trò",
    "role.hand_over": "Bàn giao",
    "role.acting": "Giao quyền CHT",
    "role.change": "Đổi vai trò",
    "invitation.create": "Tạo thư mời",
    "unit.rename": "Đổi tên đơn vị",
    "unit.alias": "Đổi tên khác của đơn vị",
    "unit.strength": "Đổi biên chế",
    "unit.add": "Thêm đơn vị",
    "unit.close": "Giải thể đơn vị",
    "unit.merge": "Sáp nhập đơn vị",
    "unit.keep": "Giữ lại đơn vị",
    "unit.order": "Đổi thứ tự đơn vị",
    "schedule.change": "Đổi giờ báo cáo",
    "exemption.add": "Miễn báo cáo",
    "exemption.end": "Kết thúc miễn báo cáo",
    "report.reopen": "Mở lại ngày đã chốt",
    "group.bind": "Chọn nhóm chỉ huy",
    "group.language": "Đổi ngôn ngữ nhóm chỉ huy",
    "target.change": "Đổi chỉ tiêu",
    "target.ask": "Hỏi báo cáo chỉ tiêu",
    "target.end": "Kết thúc chỉ tiêu",
    "target.status": "Tình trạng chỉ tiêu",
    "target.count": "Báo cáo số liệu chỉ tiêu",
    "exercise.add": "Thêm diễn tập",
    "exercise.move": "Dời ngày diễn tập",
    "exercise.hold": "Ghi đã diễn tập",
    "exercise.cancel": "Hủy diễn tập",
    "exercise.item_add": "Thêm mục chuẩn bị",
    "exercise.item_due": "Đổi hạn mục chuẩn bị",
    "exercise.item_remove": "Bỏ mục chuẩn bị",
    "exercise.tick": "Ghi mục chuẩn bị",
    "activity.add": "Thêm hoạt động",
    "activity.session": "Thêm buổi",
    "activity.liable": "Đổi số người phải dự",
    "activity.mode": "Đổi cách điểm danh",
    "activity.cancel": "Hủy hoạt động",
    "activity.session_cancel": "Hủy một buổi",
    "roster.change": "Đổi danh sách người",
    "announcement.send": "Gửi thông báo",
    "announcement.correct": "Sửa thông báo",
    "incident.acknowledge": "Nhận xử lý vụ việc",
    "incident.close": "Kết thúc vụ việc",
    "report.late_reason": "Ghi lý do báo cáo muộn",
    "report.erase": "Xóa báo cáo hết hạn lưu",
    "activity.erase": "Xóa hoạt động hết hạn lưu",
}

_DATED = {
    "from": "từ {}",
    "since": "từ {}",
    "ended_on": "từ {}",
    "until": "đến {}",
    "expires_at": "hạn {}",
    "day": "ngày {}",
    "due": "hạn {}",
    "before": "trước {}",
}
_PEOPLE = {"who": "{}", "replaces": "thay {}"}
_PLAIN = {
    "target_state": "{}",
    "value": "{}",
    "name": "{}",
    "alias": "tên khác {}",
    "code": "mã {}",
    "place": "thứ {}",
    "roles": "{} vai trò hết theo",
    "is_sample": "số mẫu",
    "chat": "nhóm",
    "topic": "một chủ đề của nhóm",
    "language": "{}",
    "exercise": "“{}”",
    "title": "mục “{}”",
    "reports": "{} báo cáo",
    "revisions": "{} lần gửi",
    "nudges": "{} lần nhắc",
    "boards": "{} bảng theo dõi",
    "activities": "{} hoạt động",
}


class VietnameseAudit(VietnameseUnits, VietnameseTargets, VietnameseExercises):
    def audit_title(self, first: date, last: date) -> str:
        return f"Nhật ký thay đổi từ {self.day(first)} đến {self.day(last)}"

    newer = "◀️ Mới hơn"
    older = "Cũ hơn ▶️"
    whole_trail = "📜 Tất cả"
    audit_sheet = "Nhật ký"
    audit_columns = ("Lúc", "Người làm", "Việc", "Đơn vị", "Trước", "Sau", "Lý do")
    choose_trail_unit = Html("Nhật ký của đơn vị nào?")
    topics = {
        Topic.PEOPLE: "👥 Người",
        Topic.UNITS: "🏘 Đơn vị",
        Topic.HOURS: "🕒 Giờ",
        Topic.EXEMPTIONS: "🏖 Miễn",
        Topic.REOPENED: "🔓 Mở lại",
        Topic.GROUP: "💬 Nhóm",
        Topic.TARGETS: "📈 Chỉ tiêu",
        Topic.EXERCISES: "🎯 Diễn tập",
        Topic.ACTIVITIES: "🏋 Hoạt động",
        Topic.ERASED: "🧹 Xóa dữ liệu cũ",
    }
    _actions = _ACTIONS
    # How each fact is told; {} is its value.
    _dated = _DATED
    _people = _PEOPLE
    _plain = _PLAIN
    # With the number, and where strengths are not told in heads.
    _roster = {
        "people_added": ("thêm {} người", "có người thêm"),
        "people_left": ("{} người thôi", "có người thôi"),
        "roster_members": ("{} người đã thôi", "có người đã thôi"),
    }
    _into = "vào {}"
    _no_report_due = "không báo cáo"
    _reason = "Lý do: {reason}"

    def trail(
        self, entries: Sequence[Told], topic: Topic | None, unit: Unit | None, page: int
    ) -> Html:
        about = ", ".join(
            word
            for word in (self.topics[topic] if topic else "", unit.name if unit else "")
            if word
        )
        return paragraphs(
            fill(
                "<b>Nhật ký</b>{about}, trang {page}",
                about=f" ({about})" if about else "",
                page=page + 1,
            ),
            *(self._entry(told) for told in entries),
            "" if entries else "Không có mục nào.",
        )

    def _entry(self, told: Told) -> Html:
        """An entry; in percent no figure of strength is among its facts."""
        facts = [
            self.audit_facts(told, kept, with_strength=not self.in_percent)
            for kept in (told.before, told.after)
        ]
        before, after = facts
        change = fill("{before} → {after}", before=before, after=after)
        return lines(
            fill(
                "{at}, {who}: <b>{action}</b>{unit}",
                at=self.moment(told.at),
                who=self.actor(told.who),
                action=self.audit_action(told.action),
                unit=f", {told.unit.name}" if told.unit else "",
            ),
            change if before and after else before or after,
            fill(self._reason, reason=told.reason) if told.reason else "",
        )

    def audit_action(self, action: str) -> str:
        return self._actions.get(action, action)

    def audit_facts(self, told: Told, kept: str | None, *, with_strength: bool) -> Html:
        """One side of an entry in words; what is not of a known form is told as it was kept."""
        if kept is None:
            return Html("")
        try:
            facts = json.loads(kept)
        except ValueError:
            return literal(kept)
        if not isinstance(facts, dict):
            return literal(kept)
        subject = told.action.partition(".")[0]
        if subject == "schedule":
            return literal(self._week(facts))
        words = [
            self._fact(name, value, facts, told, with_strength=with_strength)
            for name, value in facts.items()
        ]
        return literal(", ".join(word for word in words if word))

    def _week(self, facts: Mapping[str, Any]) -> str:
        """Hours by weekday, days with the same hours together."""
        same: dict[str | None, list[str]] = {}
        for weekday in WEEKDAYS:
            same.setdefault(facts.get(weekday), []).append(weekday)
        told = [
            f"{self.weekdays(frozenset(days))} {hours.replace(' ', '–') if hours else self._no_report_due}"
            for hours, days in same.items()
        ]
        if "from" not in facts:
            return "; ".join(told)
        return f"{'; '.join(told)} {self._dated['from'].format(self._day(facts['from']))}"

    def _fact(
        self,
        name: str,
        value: Any,
        facts: Mapping[str, Any],
        told: Told,
        *,
        with_strength: bool,
    ) -> str:
        """One fact in words; what only programs need, such as an exemption's number, is left out."""
        if name == "establishment" or (value and name in self._roster):
            return self._heads(name, value, with_strength=with_strength)
        if not value:
            return ""
        if name in self._dated:
            return self._dated[name].format(self._day(value))
        if name in self._plain:
            shown = self._state(value) if name == "target_state" else value
            return self._plain[name].format(shown)
        match name:
            case "who" | "replaces":
                return self._people[name].format(self._named(value, facts, told))
            case "role":
                return "" if "who" in facts else self.roles[Role(value)]
            case "into":
                return self._into.format(told.units[value].name)
            case "first":
                return self._span(value, facts.get("last"))
            case "weekdays":
                return self.weekdays(frozenset(str(value).split(",")))
            case _:
                return self._fact_of_item(name, str(value))

    def _fact_of_item(self, name: str, value: str) -> str:
        if name == "state":
            return self.item_states[ItemState(value)]
        return self.item_names.get(value, value) if name == "item" else ""

    def _state(self, kept: str) -> str:
        return self.target_states[TargetState(kept)] if kept in set(TargetState) else kept

    def _named(self, person_id: int, facts: Mapping[str, Any], told: Told) -> str:
        """Whom the entry is about, by the position that it was about."""
        role = facts.get("as_role", facts.get("role"))
        about = told.unit.id if told.unit else None
        unit_id = facts.get("as_unit") if "as_role" in facts else about
        known = Role(role) if role in set(Role) else None
        return self.who(told.named(person_id, known, unit_id))

    def _heads(self, name: str, number: int | None, *, with_strength: bool) -> str:
        if name in self._roster and number is not None:
            return self._roster[name][not with_strength].format(self.number(number))
        return self._establishment(number, with_strength=with_strength)

    def _establishment(self, number: int | None, *, with_strength: bool) -> str:
        if number is None:
            return "biên chế chưa nhập"
        return f"biên chế {self.number(number)}" if with_strength else "biên chế đã đổi"

    def _span(self, first: str, last: str | None) -> str:
        if last == first:
            return f"ngày {self._day(first)}"
        return f"từ {self._day(first)}" + (f" đến hết {self._day(last)}" if last else "")

    def _day(self, kept: object) -> str:
        """A day, or a moment, that was kept as ISO."""
        try:
            moment = datetime.fromisoformat(str(kept))
        except ValueError:
            return str(kept)
        if "T" in str(kept):
            return self.moment(moment)
        return self.day(date.fromisoformat(str(kept)))
