"""The sheet of whom to ring when Telegram is down, in Vietnamese."""

from datetime import datetime

from bot.domain.calls import CallRow
from bot.domain.people import Role
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords


class VietnameseCalls(VietnameseWords):
    list_of_calls = "☎️ Danh sách gọi"
    making_calls = Html(
        "Tôi đang lập danh sách gọi; tệp gửi ngay sau tin này. "
        "Đồng chí in ra, điền tay họ tên và số điện thoại, để tại phòng trực."
    )
    call_sheet_file = "danh-sach-goi"
    call_sheet_title = "DANH SÁCH GỌI KHI TELEGRAM MẤT LIÊN LẠC"
    call_sheet_note = (
        "Họ tên và số điện thoại điền tay. Để tại phòng trực; không chụp, không gửi qua mạng."
    )
    call_sheet_foot = (
        (
            "Khi không dùng được Telegram: đơn vị gọi về trực chỉ huy đúng giờ báo cáo; trực chỉ huy nhập "
            "bằng lệnh “trucbao report” trên máy chủ."
        ),
        "Ngày điền: ……/……/…………   Người điền: ……………………………………   Kiểm tra lại: ……/……/…………",
    )
    call_sheet_columns = (
        "TT",
        "Đơn vị",
        "Vị trí",
        "Trong hệ thống",
        "Họ và tên",
        "Điện thoại",
    )
    roles_to_ring = {
        Role.LEADER: "Chỉ huy trưởng",
        Role.DEPUTY: "Phó chỉ huy",
        Role.ACTING: "Quyền chỉ huy",
        Role.COMMANDER: "Chỉ huy cấp trên",
        Role.ADMIN: "Quản trị hệ thống",
    }
    calls_of_command = "Cơ quan chỉ huy"

    def call_sheet_unit(self, unit: Unit | None) -> str:
        return unit.name if unit else self.calls_of_command

    def call_sheet_as_of(self, as_of: datetime) -> str:
        return f"Vị trí và tình trạng trong hệ thống lúc {self.moment(as_of)}"

    def call_sheet_reach(self, row: CallRow) -> str:
        if not row.has_joined:
            return "chưa tham gia"
        if row.unreachable_since:
            return f"không nhận tin từ {self.day(self.local_day(row.unreachable_since))}"
        return "đã tham gia"

    def calls_caption(self, as_of: datetime) -> Html:
        return fill("Danh sách gọi, lúc {as_of}. In ra và điền tay.", as_of=self.moment(as_of))
