"""Training and other activities, in Vietnamese."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.activities import (
    Activity,
    ActivitySession,
    DaysOutOfOrderError,
    EndBeforeStartError,
    InvalidActivityError,
    NoTitleError,
    NoUnitsError,
    OutsideDaysError,
    SessionRecord,
    Slot,
    SlotError,
    SlotTwiceError,
)
from bot.domain.courses import coverage
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.domain.reports import Form
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, literal, paragraphs
from bot.texts.vi_words import VietnameseWords


class VietnameseActivities(VietnameseWords):
    activity_kinds = {
        ActivityKind.COURSE: "Khóa huấn luyện",
        ActivityKind.STAFF_TRAINING: "Tập huấn",
        ActivityKind.CONTEST: "Hội thi",
        ActivityKind.MEET: "Hội thao",
        ActivityKind.BRIEFING: "Giao ban",
        ActivityKind.POLITICAL_EDUCATION: "Giáo dục chính trị",
    }
    categories = {
        "on_site": "tại chỗ",
        "mobile": "cơ động",
        "standing": "thường trực",
        "maritime": "biển",
        "air_defence": "phòng không",
        "artillery": "pháo binh",
        "reconnaissance": "trinh sát",
        "signals": "thông tin",
        "engineers": "công binh",
        "chemical_defence": "phòng hóa",
        "medical": "y tế",
    }
    services = {"first_year": "năm thứ nhất", "later": "từ năm thứ hai"}
    modes = {Mode.HEADCOUNT: "đếm số người", Mode.ROSTER: "điểm danh theo mã"}

    add_activity = "➕ Thêm hoạt động"
    activity_list = "↩️ Danh sách"
    activity_sessions = "🗓 Hủy một buổi"
    add_session_button = "➕ Thêm buổi, buổi bù"
    change_liable = "👥 Số người phải dự"
    change_mode = {
        Mode.HEADCOUNT: "🔢 Điểm danh theo mã",
        Mode.ROSTER: "🔢 Điểm danh bằng số người",
    }
    cancel_activity = "❌ Hủy hoạt động"
    yes_cancel = "❌ Đúng, hủy"
    to_activity = "↩️ Quay lại"

    choose_activity_kind = Html("Đồng chí thêm hoạt động nào?")
    choose_category = Html("Khóa huấn luyện cho lực lượng nào?")
    choose_service = Html("Cho năm thứ mấy?")
    activity_gone = Html("Hoạt động hoặc buổi này không còn. Xem danh sách: /hoatdong")
    activity_changed = Html("Đã ghi.")

    def activities(self, listed: Sequence[Activity]) -> Html:
        if not listed:
            return Html("<b>Hoạt động</b>\nChưa có hoạt động nào.")
        return Html("<b>Hoạt động</b>\nĐồng chí chọn một hoạt động để xem.")

    def activity_label(self, activity: Activity, today: date) -> str:
        mark = "🟢" if activity.first <= today <= activity.last else "🔵"
        if today > activity.last:
            mark = "✔️"
        if activity.is_cancelled:
            mark = "❌"
        return (
            f"{mark} {self.brief(activity.title, 40)} ({self.days(activity.first, activity.last)})"
        )

    def ask_activity(self, kind: ActivityKind, category: str, service: str, day: date) -> Html:
        what = self._activity_kind(kind, category, service)
        return paragraphs(
            fill("<b>{what}</b>\nMời đồng chí gõ ba dòng trong một tin:", what=what),
            lines(
                "1. Tên",
                "2. Đơn vị tham gia: <code>tất cả</code>, hoặc tên các đơn vị cách nhau dấu phẩy; "
                "đơn vị huấn luyện (nếu không phải Ban chỉ huy) viết sau <code>do</code>",
                "3. Ngày và giờ các buổi",
            ),
            fill(
                "Ví dụ:\n<code>{title}\ntất cả\n{day}/{month} 7h30-11h, 14h-16h30</code>",
                title=f"{what} {day.year}",
                day=day.day,
                month=day.month,
            ),
        )

    def ask_sessions(self, activity: Activity) -> Html:
        return fill(
            "<b>{title}</b>\nMời đồng chí gõ ngày và giờ, ví dụ <code>{day}/{month} 7h30-11h</code>. "
            "Buổi bù: <code>bù {day}/{month} 7h30-11h</code>",
            title=activity.title,
            day=activity.last.day,
            month=activity.last.month,
        )

    def ask_liable(self, activity: Activity) -> Html:
        return fill(
            "<b>{title}</b>\nMời đồng chí gõ đơn vị và số người phải dự, ví dụ "
            "<code>An Sơn: 25</code>",
            title=activity.title,
        )

    def ask_cancel(self, activity: Activity, session: ActivitySession | None) -> Html:
        what = f"buổi {self.slot(session.slot)}" if session else "cả hoạt động"
        return fill("<b>{title}</b>\nHủy {what}?", title=activity.title, what=what)

    def slot(self, slot: Slot) -> str:
        name = f"{self.short_day(slot.day)} {slot.starts:%H:%M}–{slot.ends:%H:%M}"
        return f"{name} (bù)" if slot.is_make_up else name

    def _activity_kind(self, kind: ActivityKind, category: str | None, service: str | None) -> str:
        name = self.activity_kinds[kind]
        if category and service:
            return f"{name} {self.categories[category]}, {self.services[service]}"
        return name

    def activity_card(
        self,
        activity: Activity,
        trainer: Unit | None,
        sessions: Sequence[ActivitySession],
        taking_part: Sequence[Participation],
        units: dict[int, Unit],
    ) -> Html:
        heads = "" if self.in_percent else f", {self._liable(taking_part)}"
        return paragraphs(
            lines(
                fill("<b>{title}</b>", title=activity.title),
                "❌ Đã hủy" if activity.is_cancelled else "",
                literal(self._activity_kind(activity.kind, activity.category, activity.service)),
                fill("{days}", days=self.days(activity.first, activity.last)),
                fill("Huấn luyện: {who}", who=trainer.name if trainer else "Ban chỉ huy"),
                fill(
                    "{n} đơn vị{heads}; {mode}",
                    n=len(taking_part),
                    heads=heads,
                    mode=self.modes[activity.mode],
                ),
            ),
            lines(*(self._session_line(s, taking_part) for s in sessions[:30])),
            self._coverage(taking_part),
            self._not_yet(taking_part, units),
        )

    def _liable(self, taking_part: Iterable[Participation]) -> str:
        return f"{self.number(sum(p.liable or 0 for p in taking_part))} người phải dự"

    def _session_line(self, session: ActivitySession, taking_part: Iterable[Participation]) -> Html:
        if session.is_cancelled:
            return fill("• <s>{slot}</s> đã hủy", slot=self.slot(session.slot))
        attended = [a for p in taking_part for a in p.sessions if a.session_id == session.id]
        came = [a for a in attended if a.present is not None]
        return fill(
            "• {slot}: {n}/{all} đơn vị đã điểm danh{turnout}",
            slot=self.slot(session.slot),
            n=len(came),
            all=len(attended),
            turnout=self._turnout(came),
        )

    def _turnout(self, came: Iterable[SessionAttendance]) -> str:
        pairs = [(a.present, a.liable) for a in came if a.present is not None and a.liable]
        if not pairs:
            return ""
        present, liable = sum(p for p, _ in pairs), sum(n for _, n in pairs)
        if self.in_percent:
            return f", có mặt {self.share(present, liable)}"
        return f", có mặt {self.number(present)}/{self.number(liable)}"

    def _coverage(self, taking_part: Sequence[Participation]) -> Html:
        """People who completed ÷ people liable; unknown while no unit's completion is known."""
        if all(p.completed is None for p in taking_part):
            return Html("Hoàn thành: chưa rõ")
        share = coverage(taking_part)
        if share is None:
            return Html("Hoàn thành: chưa rõ")
        liable = sum(p.liable or 0 for p in taking_part)
        completed = sum(p.completed or 0 for p in taking_part if p.liable)
        if self.in_percent:
            return fill("Hoàn thành: {share}", share=self.share(completed, liable))
        return fill(
            "Hoàn thành: {completed}/{liable} người ({rate})",
            completed=completed,
            liable=liable,
            rate=self.rate(float(share)),
        )

    def _not_yet(self, taking_part: Iterable[Participation], units: dict[int, Unit]) -> Html:
        late = [
            units[p.unit_id].short_name
            for p in taking_part
            if p.unit_id in units and any(s.is_over and s.present is None for s in p.sessions)
        ]
        return fill("Còn thiếu điểm danh: {units}", units=", ".join(late)) if late else Html("")

    activities_of_day = Html("<b>Hoạt động trong ngày</b>")
    sessions_counted = "buổi"

    def session_in_digest(self, told: SessionRecord) -> Html:
        """A session of the day; heads only of units that have told theirs."""
        return fill(
            "• {title}, {starts}–{ends}: {attendance}",
            title=told.title,
            starts=f"{told.slot.starts:%H:%M}",
            ends=f"{told.slot.ends:%H:%M}",
            attendance=self._attendance_in_digest(told) if told.reported else "chưa điểm danh",
        )

    def _attendance_in_digest(self, told: SessionRecord) -> str:
        units = f"{told.reported}/{told.units} đơn vị điểm danh"
        if told.liable is None:
            return units if self.in_percent else f"{units}, có mặt {self.number(told.present)}"
        if self.in_percent:
            return f"{units}, có mặt {self.share(told.present, told.liable)}"
        heads = f"{self.number(told.present)}/{self.number(told.liable)}"
        return f"{units}, có mặt {heads}"

    def invalid_activity(self, error: InvalidActivityError) -> Html:
        """Why nothing was saved, and what to type."""
        why = {
            NoTitleError: "Chưa có tên hoạt động.",
            NoUnitsError: "Chưa có đơn vị nào tham gia.",
            DaysOutOfOrderError: "Ngày cuối trước ngày đầu.",
            EndBeforeStartError: "Buổi {slot} kết thúc trước khi bắt đầu.",
            OutsideDaysError: "Buổi {slot} nằm ngoài những ngày của hoạt động; buổi bù thì viết bù.",
            SlotTwiceError: "Buổi {slot} trùng giờ với một buổi khác.",
        }.get(type(error), "Đơn vị này không tham gia, hoặc số không hợp lệ.")
        slot = self.slot(error.slot) if isinstance(error, SlotError) else ""
        return fill(f"{why} Chưa ghi gì; đồng chí gõ lại.", slot=slot)

    not_three_lines = Html(
        "Cần đúng ba dòng: tên, đơn vị, ngày giờ. Chưa ghi gì; đồng chí gõ lại trong một tin."
    )

    def not_sessions(self, typed: str) -> Html:
        return fill(
            "Không đọc được ngày giờ “{typed}”. Ví dụ: <code>16/3-20/3 7h30-11h</code>. "
            "Chưa ghi gì; đồng chí gõ lại.",
            typed=typed,
        )

    bad_liable = Html("Đồng chí gõ tên đơn vị và số người, ví dụ <code>An Sơn: 25</code>")

    def training_title(self, first: date, last: date) -> str:
        return f"Điểm danh huấn luyện và hoạt động từ {self.day(first)} đến {self.day(last)}"

    sheet_training = "Điểm danh"
    training_columns = {
        "day": "Ngày",
        "activity": "Hoạt động",
        "kind": "Loại",
        "mode": "Cách điểm danh",
        "unit": "Đơn vị",
        "session": "Buổi",
        "is_make_up": "Buổi bù",
        "is_reported": "Đã điểm danh",
        "liable": "Phải dự",
        "present": "Có mặt",
        "absences": "Vắng",
        "completed": "Hoàn thành",
    }
    yes, no = "có", "không"

    # /diemdanh

    no_open_attendance = Html("Hiện không có buổi nào đang mở điểm danh cho đơn vị của đồng chí.")
    choose_attendance = Html("<b>Điểm danh</b>\nĐồng chí chọn một buổi:")

    def attendance_label(self, form: Form, *, is_reported: bool) -> str:
        mark = "✅" if is_reported else "📝"
        what = "kết quả " if form.report_type == "course_result" else ""
        return (
            f"{mark} {self.short_day(form.day)} {what}{self.brief(form.topic, 40)}"
            f" – {form.unit.short_name}"
        )
