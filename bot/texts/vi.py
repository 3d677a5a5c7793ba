"""Everything a person reads in a chat, in Vietnamese."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.people import Action, Role
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_admin import VietnameseAdmin
from bot.texts.vi_announcements import VietnameseAnnouncements
from bot.texts.vi_board import VietnameseBoard
from bot.texts.vi_calls import VietnameseCalls
from bot.texts.vi_editor import VietnameseEditor
from bot.texts.vi_history import VietnameseHistory
from bot.texts.vi_incidents import VietnameseIncidents
from bot.texts.vi_keeping import VietnameseKeeping
from bot.texts.vi_nudging import VietnameseNudging
from bot.texts.vi_outputs import VietnameseOutputs
from bot.texts.vi_overview import VietnameseOverview
from bot.texts.vi_rosters import VietnameseRosters
from bot.texts.vi_standing import VietnameseStanding
from bot.texts.vi_trend import VietnameseTrend
from bot.texts.vi_typing import VietnameseTyping
from bot.texts.vi_unit_page import VietnameseUnitPage


class Vietnamese(
    VietnameseEditor,
    VietnameseTyping,
    VietnameseOutputs,
    VietnameseUnitPage,
    VietnameseTrend,
    VietnameseStanding,
    VietnameseCalls,
    VietnameseBoard,
    VietnameseNudging,
    VietnameseHistory,
    VietnameseIncidents,
    VietnameseAnnouncements,
    VietnameseAdmin,
    VietnameseKeeping,
    VietnameseOverview,
    VietnameseRosters,
):
    language = "vi"
    language_name = "Tiếng Việt"

    menu = {
        Action.START: "Bắt đầu, hoặc tham gia bằng thư mời",
        Action.REPORT: "Báo cáo trực ngày của đơn vị",
        Action.ATTENDANCE: "Điểm danh buổi huấn luyện, hoạt động",
        Action.INCIDENT: "Báo ngay một vụ việc",
        Action.HISTORY: "Lịch sử báo cáo của đơn vị",
        Action.SUMMARY: "Tổng hợp ngày, tuần, tháng, quý, năm",
        Action.EXPORT: "Bảng tính và dự thảo báo cáo tháng, quý, năm",
        Action.TARGETS: "Chỉ tiêu của nghị quyết: đạt đến đâu",
        Action.MISSING: "Đơn vị chưa báo cáo",
        Action.NUDGE: "Nhắc tất cả đơn vị chưa báo cáo",
        Action.ANNOUNCE: "Gửi thông báo có xác nhận",
        Action.EXERCISES: "Chuẩn bị diễn tập",
        Action.ACTIVITY: "Huấn luyện, hội thi, hội thao, giao ban",
        Action.INVITE: "Tạo thư mời cho một người",
        Action.BIND_GROUP: "Chọn nhóm này làm nhóm chỉ huy",
        Action.SCHEDULE: "Giờ báo cáo, mở lại ngày đã chốt",
        Action.EXEMPTION: "Ngày nghỉ và miễn báo cáo",
        Action.BACKUP: "Sao lưu dữ liệu",
        Action.PEOPLE: "Người dùng, vai trò, bàn giao",
        Action.UNITS: "Đơn vị: tên, biên chế, sáp nhập",
        Action.AUDIT: "Nhật ký thay đổi",
        Action.HELP: "Hướng dẫn theo vai trò",
        Action.LANGUAGE: "Chọn ngôn ngữ",
        Action.CANCEL: "Hủy phiếu đang nhập dở",
    }

    def command_list(self, commands: Iterable[tuple[str, str]]) -> Html:
        return lines(*(fill("/{name} – {what}", name=name, what=what) for name, what in commands))

    # What cannot be done, and what to do instead

    def future_day(self, day: date) -> Html:
        return fill("Ngày {day} chưa đến. Đồng chí chọn ngày hôm nay: /baocao", day=self.day(day))

    def locked(self, day: date, locked_at: datetime) -> Html:
        return fill(
            "Báo cáo ngày {day} đã chốt lúc {at}. Nếu cần bổ sung, đồng chí gọi trực chỉ huy.",
            day=self.day(day),
            at=self.moment_of(locked_at, day),
        )

    def nothing_due(self, day: date) -> Html:
        return fill(
            "Ngày {day} đơn vị không phải báo cáo. Ngày khác: /baocao ngày/tháng", day=self.day(day)
        )

    def not_held(self, day: date) -> Html:
        return fill("Buổi ngày {day} đã bị hủy, đồng chí không phải điểm danh.", day=self.day(day))

    def exempt_day(self, day: date, reason: str) -> Html:
        return fill(
            "Ngày {day} đơn vị được miễn báo cáo ({reason}). Ngày khác: /baocao ngày/tháng",
            day=self.day(day),
            reason=reason,
        )

    not_your_unit = Html("Đồng chí không còn phụ trách đơn vị này. Nếu cần, đồng chí hỏi quản trị.")
    stale_button = "Nút này không còn dùng được. Đồng chí gõ /trogiup để xem các lệnh."
    unknown_text = Html("Tôi chỉ hiểu nút bấm và lệnh. Đồng chí gõ /trogiup để xem các lệnh.")
    text_too_long = Html("Tin quá dài nên không được ghi nhận. Các lệnh dùng được: /trogiup")
    file_refused = Html(
        "Hệ thống không nhận ảnh, tệp, vị trí và ghi âm, để giữ bí mật. "
        "Tin này không được ghi nhận; đồng chí xóa nó đi. Các lệnh dùng được: /trogiup"
    )
    edit_ignored = Html("Sửa tin này không có tác dụng. Đồng chí gõ lại thành tin mới.")
    unknown_command = Html("Không có lệnh này. Đồng chí gõ /trogiup để xem các lệnh dùng được.")
    not_allowed = Html("Lệnh này không thuộc vai trò của đồng chí. Các lệnh dùng được: /trogiup")
    role_over = Html(
        "Vai trò của đồng chí trong hệ thống đã hết hạn. "
        "Cần tiếp tục, đồng chí xin quản trị thư mời mới."
    )
    not_allowed_toast = "Nút này không thuộc vai trò của đồng chí."
    stranger = Html("Chào đồng chí. Hệ thống chỉ dành cho người được mời.")
    only_in_group = Html(
        "Lệnh này dùng trong nhóm: đồng chí thêm tôi vào nhóm chỉ huy rồi gõ /nhom ở đó."
    )
    only_in_private = Html("Đồng chí nhắn riêng cho tôi lệnh này.")
    database_trouble = "Hệ thống tạm thời chưa ghi được, đang tự thử lại. Ít phút nữa chưa có biên nhận, xin bấm lại."

    def not_a_date(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày “{typed}”. Đồng chí gõ ngày/tháng, ví dụ: {example}",
            typed=typed[:40],
            example="/baocao 14/3",
        )

    def not_a_period(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu “{typed}”. Đồng chí gõ /tonghop kèm ngay, tuan, thang, quy hoặc nam, "
            "và một ngày nếu cần; ví dụ: {example}",
            typed=typed[:40],
            example="/tonghop thang 14/3",
        )

    def failed(self, error_id: str) -> Html:
        return fill(
            "Xin lỗi đồng chí, hệ thống gặp lỗi nên thao tác vừa rồi chưa được ghi nhận. "
            "Đồng chí thử lại; nếu vẫn lỗi, báo quản trị mã {id}.",
            id=error_id,
        )

    def not_made(self, code: str) -> Html:
        return fill(
            "Xin lỗi đồng chí, hệ thống chưa lập được nội dung đồng chí cần (mã {id}). "
            "Quản trị đã được báo; đồng chí thử lại sau ít phút.",
            id=code,
        )

    # Joining

    def welcome(
        self,
        role: Role,
        unit: Unit | None,
        command: str,
        until: date | None,
        first: date | None = None,
    ) -> Html:
        return fill(
            "Chào đồng chí. Đồng chí đã tham gia với vai trò <b>{role}</b>{unit}{days}, {command}.",
            role=self.roles[role],
            unit=f" {unit.name}" if unit else "",
            days=self._days_of_role(first, until),
            command=command,
        )

    def _days_of_role(self, first: date | None, until: date | None) -> str:
        begins = f"từ {self.day(first)}" if first else ""
        ends = f"đến hết ngày {self.day(until)}" if until else ""
        told = " ".join(word for word in (begins, ends) if word)
        return f" ({told})" if told else ""

    def help_for(
        self, commands: Sequence[tuple[str, str]], window: tuple[str, str, str], *, leads: bool
    ) -> Html:
        opens, due, locks = window
        how = fill(
            "Đến {opens} hệ thống gửi phiếu. Ngày bình thường chỉ hai lần bấm: {normal}, rồi {send}. "
            "Hạn {due}; sau hạn vẫn gửi được đến {locks} (ghi là muộn). Gửi rồi vẫn sửa được đến giờ chốt.",
            opens=opens,
            due=due,
            locks=locks,
            normal=self.normal,
            send=self.send,
        )
        typed = fill(
            "Đồng chí cũng có thể gõ một dòng, ví dụ: <code>{line}</code>", line=self.line_example
        )
        return paragraphs(
            lines(how, typed) if leads else "",
            lines(Html("<b>Các lệnh</b>"), self.command_list(commands)),
            "Không gửi bí mật nhà nước, ảnh, tệp hay danh sách tên người qua đây." if leads else "",
        )

    already_joined = Html("Đồng chí đã tham gia bằng thư mời này. Các lệnh: /trogiup")
    invitation_used = Html("Thư mời này đã được dùng. Đồng chí xin quản trị thư mời mới.")
    invitation_expired = Html("Thư mời đã hết hạn. Đồng chí xin quản trị thư mời mới.")
    invite_role = Html("Mời người giữ vai trò nào?")
    invite_unit = Html("Mời cho đơn vị nào?")
    no_units = Html("Chưa có đơn vị nào. Trên máy chủ, chạy: trucbao init --preset tam-ky-2022")

    invitation_not_needed = Html(
        "Trong những ngày đó đồng chí đã là CHT hoặc quyền CHT của đơn vị rồi; thư mời này không cần dùng."
    )

    def invitation(
        self,
        role: Role,
        unit: Unit | None,
        link: str,
        expires_at: datetime,
        days: tuple[date, date] | None = None,
    ) -> Html:
        first, last = days or (None, None)
        return paragraphs(
            fill(
                "Thư mời {role}{unit}{days}, dùng một lần, hạn {expires}:",
                role=self.roles[role],
                unit=f" {unit.name}" if unit else "",
                days=self._days_of_role(first, last),
                expires=self.moment(expires_at),
            ),
            fill("{link}", link=link),
            "Đồng chí chuyển riêng cho đúng người, không đăng lên nhóm.",
        )

    def group_bound(self, command: str) -> Html:
        return fill(
            "Nhóm này nay là nhóm chỉ huy của {command}. Tổng hợp sẽ gửi về đây.", command=command
        )

    choose_language = Html("Chọn ngôn ngữ:")
    language_chosen = Html("Hệ thống sẽ dùng tiếng Việt.")
    drafts_cancelled = Html("Đã hủy phiếu đang nhập dở. Chưa gửi gì; nhập lại: /baocao")
    nothing_to_cancel = Html("Không có phiếu nào đang nhập dở.")

    # To the admins

    def admin_failure(self, error_id: str) -> Html:
        return fill("⚠️ Một thao tác gặp lỗi, mã {id}. Chi tiết ở nhật ký máy chủ.", id=error_id)

    def admin_unreachable(self, who: str) -> Html:
        return fill(
            "⚠️ {who} không nhận được tin (đã chặn hoặc rời Telegram). Đồng chí gọi điện.", who=who
        )

    may_not_pin = Html(
        "⚠️ Tôi không được ghim tin trong nhóm chỉ huy, nên bảng theo dõi không được ghim. "
        "Đồng chí cho tôi làm quản trị viên nhóm với quyền “Ghim tin nhắn”; bảng kế tiếp sẽ được ghim."
    )
    group_lost = Html(
        "⚠️ Tôi không còn gửi được vào nhóm chỉ huy. Đồng chí thêm lại tôi rồi gõ /nhom trong nhóm."
    )
