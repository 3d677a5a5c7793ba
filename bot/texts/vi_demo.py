"""What the demo says while it plays, in Vietnamese."""

from collections.abc import Iterable
from datetime import date


class VietnameseDemo:
    # Who is neither a leader nor a commander

    server = "Máy chủ"
    bot = "Bot"
    stranger = "Người lạ"
    group_title = "Nhóm chỉ huy Tam Kỳ"

    # The scenes

    invited = "Vào hệ thống bằng thư mời"
    opened = "Đến giờ, bot gửi phiếu"
    in_detail = "Nhập chi tiết, và một đơn vị có vấn đề"
    killed = "Bot bị kill -9 giữa lúc nhiều người bấm gửi"
    in_between = "Thẻ cũ, ảnh, và câu hỏi của chỉ huy"
    reminded = "Nhắc đơn vị chưa báo cáo"
    due = "Hết hạn, tổng hợp cho nhóm chỉ huy"
    late = "Một đơn vị báo cáo muộn"
    locked = "Chốt báo cáo"
    counted = "Đối chiếu sổ của Telegram với cơ sở dữ liệu"

    # What happens

    def began(self, day: date, seed: int) -> str:
        return (
            f"Diễn lại ngày báo cáo {day:%d/%m/%Y} trên Telegram thu nhỏ (seed {seed}). "
            "Bot chạy thật, người là giả, quân số là số mẫu."
        )

    def set_up(self, units: int, preset: str) -> str:
        return f"trucbao init --preset {preset}: {units} đơn vị"

    def started(self, pid: int) -> str:
        return f"trucbao run (pid {pid})"

    def invited_by_console(self, people: int) -> str:
        return f"trucbao invite: {people} thư mời"

    def pressed(self, label: str, times: int = 1) -> str:
        return f"bấm {label}" if times == 1 else f"bấm {label} ({times} lần liền)"

    def said(self, text: str) -> str:
        return f"gõ “{text}”"

    photographed = "gửi ảnh tờ báo cáo viết tay"
    joined = "vào bằng thư mời"
    joined_by_admin = "vào bằng thư mời do quản trị tạo"

    def read(self, text: str) -> str:
        return f"đọc: {'; '.join(filter(None, text.splitlines()))}"

    def prompted(self, people: int) -> str:
        return f"gửi phiếu cho {people} người"

    def receipt(self, state: str, code: str) -> str:
        return f"có biên nhận: {state}, mã {code}"

    def taken(self, line: str) -> str:
        return f"thấy: {line}"

    def died(self, pid: int, pressed: int, received: int) -> str:
        return f"kill -9 {pid}: {pressed} người vừa bấm gửi, {received} người đã thấy biên nhận"

    def restarted(self, pid: int) -> str:
        return f"trucbao run (pid {pid}): chạy lại, xử lý nốt"

    pressed_in_vain = "bấm 📨 Gửi báo cáo, không thấy gì (bot đang chết)"
    pressed_again = "chưa thấy biên nhận, bấm lại 📨 Gửi báo cáo"
    pressed_old_card = "bấm lại 📨 Gửi báo cáo trên thẻ cũ"

    def toast(self, text: str) -> str:
        return f"thấy dòng nhắn: {text}"

    def reminders(self, people: int) -> str:
        return f"nhắc {people} người của đơn vị chưa báo cáo"

    silent = "cả ngày không bấm gì"
    digest = "gửi tổng hợp vào nhóm"
    picture = "gửi ảnh tổng hợp cả tháng vào nhóm"
    final = "gửi bản chốt vào nhóm"

    # The end

    final_digest = "Tổng hợp cuối ngày, như trong nhóm chỉ huy:"

    def verdict(self, lost: int, doubled: int) -> str:
        return f"mất {lost}, trùng {doubled} (lost {lost}, doubled {doubled})"

    def tally(
        self,
        presses: int,
        people: int,
        redelivered: int,
        reports: int,
        receipts: int,
        prompts: int,
        digests: int,
    ) -> str:
        again = f", {redelivered} lần phải giao lại vì bot chết" if redelivered else ""
        return (
            f"Telegram: {presses} lần bấm 📨 Gửi báo cáo của {people} người đến bot{again}; "
            f"{prompts} phiếu và lời nhắc, {digests} bản tổng hợp.\n"
            f"Bot: {reports} báo cáo trong cơ sở dữ liệu, {receipts}/{people} người thấy biên nhận."
        )

    def finding(self, fault: str, who: str, what: str) -> str:
        name = {"lost": "MẤT", "doubled": "TRÙNG"}[fault]
        return f"{name}: {who}: {what}"

    no_report = "bấm gửi nhưng không có báo cáo"
    no_receipt = "bấm gửi nhưng không thấy biên nhận"

    def many_reports(self, number: int) -> str:
        return f"{number} báo cáo hoặc bản sửa cho một ngày"

    def many_notices(self, rung: str, number: int) -> str:
        name = {"prompt": "phiếu", "reminder": "lời nhắc", "overdue": "lời nhắc quá hạn"}
        name |= {"digest": "tổng hợp lúc hết hạn", "final": "tổng hợp chốt"}
        return f"{name.get(rung, rung)} gửi {number} lần"

    def page_written(self, path: str) -> str:
        return f"Xem các cuộc trò chuyện: {path}"

    def what_next(self, program: str, database: str, day: date) -> Iterable[str]:
        return (
            "Tiếp theo:",
            f"  DATABASE_PATH={database} {program} summary --day {day:%d/%m/%Y}",
            f"  {program} demo --seed 7    (người khác, giờ khác)",
            f"  {program} check            (khi đã có token trong .env)",
            "  make run    (chạy thật; từng bước trong README.md)",
        )

    # What went wrong

    def died_unexpectedly(self, name: str, status: int, log: str, tail: str) -> str:
        return f"{name} dừng bất ngờ (mã {status}). Cuối nhật ký {log}:\n{tail}"

    def not_as_told(self, problem: str, log: str, tail: str) -> str:
        return f"Diễn tập dừng: {problem}\nCuối nhật ký {log}:\n{tail}"

    def command_failed(self, command: str, status: int, told: str) -> str:
        return f"trucbao {command} thất bại (mã {status}): {told}"

    terminated = "Diễn tập dừng theo yêu cầu (SIGTERM)."
    empty_log = "(trống)"

    # The page

    page_title = "Một ngày báo cáo"
    page_note = "Bot chạy thật trên Telegram thu nhỏ; người là giả, quân số là số mẫu."
    bot_title = "Báo cáo trực ngày"
    bot_subtitle = "bot"
    edited = "đã sửa"
    pinned = "📌 đã ghim"
    story = "Diễn biến cả ngày, từng việc"
    attachments = {
        "photo": "🖼 Ảnh",
        "document": "📄 Tệp",
        "sticker": "Nhãn dán",
        "voice": "🎤 Ghi âm",
        "location": "📍 Vị trí",
    }
    services = {
        "new_chat_members": "thêm bot vào nhóm",
        "pinned_message": "bot ghim một tin",
        "group_chat_created": "nhóm được tạo",
        "supergroup_chat_created": "nhóm được tạo",
    }

    def members(self, number: int) -> str:
        return f"{number} thành viên"

    def phone_of(self, who: str, clock_time: str) -> str:
        return f"{who}, lúc {clock_time}"

    def day_in_chat(self, day: date) -> str:
        return f"{day.day} tháng {day.month}, {day.year}"

    def earlier(self, number: int) -> str:
        return f"{number} bản trước của tin này"
