"""What the demo says while it plays, in Vietnamese."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from bot.domain.measures import State


class VietnameseDemo:
    # Who is neither a leader nor a commander

    server = "Máy chủ"
    bot = "Bot"
    stranger = "Người lạ"
    group_title = "Nhóm chỉ huy Tam Kỳ"

    guide_botfather = ("Tạo bot (minh họa)", "bot của Telegram")

    # The scenes

    past_filled = "Ngày 1/3, dựng hệ thống: mười ba ngày trước là số mẫu"
    invited = "Ngày 14/3, mọi người vào bằng thư mời"
    opened = "Đến giờ, bot gửi phiếu và ghim bảng theo dõi"
    in_detail = "Nhập chi tiết hoặc gõ một dòng; một đơn vị có vấn đề"
    killed = "Bot bị kill -9 giữa lúc nhiều người bấm gửi"
    questions = "Chỉ huy hỏi đơn vị còn thiếu, bấm nhắc, xem tuần trước"
    cut_off = "Mất điện, hạn được lùi"
    moved = "Sắp đến hạn mới, bot nhắc lại"
    due = "Hết hạn mới, tổng hợp cho nhóm chỉ huy"
    late = "Một đơn vị báo cáo muộn"
    an_hour_late = "Quá hạn một giờ: lý do muộn, một bản sửa, và một đơn vị vẫn thiếu"
    locked = "Chốt báo cáo"
    planned = "Ngày 15/3, quản trị thêm một khóa huấn luyện"
    attended = "Đến giờ học, đơn vị điểm danh bằng nút"
    completed = "Tan học, một đơn vị báo kết quả"
    rest_of_month = "Đến hết tháng 3, mỗi ngày một bước"
    month_over = "Ngày 1/4, tổng hợp tháng và chỉ tiêu"
    counted = "Đối chiếu sổ của Telegram với cơ sở dữ liệu"

    # What happens

    def began(self, day: date, seed: int) -> str:
        return (
            f"Diễn lại ngày báo cáo {day:%d/%m/%Y} trên Telegram thu nhỏ (seed {seed}). "
            "Bot chạy thật, người là giả, quân số là số mẫu; mười ba ngày trước là số mẫu."
        )

    def set_up(self, units: int, preset: str, first_day: date) -> str:
        return f"trucbao init --preset {preset}: {units} đơn vị, từ ngày {first_day:%d/%m/%Y}"

    def filled(self, counts: Mapping[State, int], exempt: str, days: Sequence[date]) -> str:
        return (
            f"ghi thẳng vào cơ sở dữ liệu số mẫu từ 1/3 đến 13/3: {counts[State.ON_TIME]} báo cáo "
            f"đúng hạn, {counts[State.LATE]} muộn, {counts[State.MISSING]} thiếu; {exempt} "
            f"được miễn {days[0].day}/{days[0].month} đến {days[-1].day}/{days[-1].month}"
        )

    exempt_reason = "tập huấn"

    def sample_unit(self, number: int) -> str:
        return f"Đơn vị mẫu {number}"

    def started(self, pid: int) -> str:
        return f"trucbao run (pid {pid})"

    def invited_by_console(self, people: int) -> str:
        return f"trucbao invite: {people} thư mời"

    def pressed(self, label: str, times: int = 1) -> str:
        return f"bấm {label}" if times == 1 else f"bấm {label} ({times} lần liền)"

    def said(self, text: str) -> str:
        return f"gõ “{text}”"

    def mended(self, text: str) -> str:
        return f"sửa tin thành “{text}”"

    # A report in one line; the second absence is written so that it may be read in two ways.
    typed_leave = "phép 1"
    typed_ambiguous = "ct 1"
    typed_mission = "công tác 1"

    def typed_line(self, present: int, all_people: int, absence: str) -> str:
        return f"QS {present}/{all_people}, {absence}, ốm 1, an toàn, ổn định"

    strange_question = "Cho tôi xem báo cáo"
    why_late = "Mất sóng ở thôn 4, vừa về đến trụ sở"

    photographed = "gửi ảnh tờ báo cáo viết tay"
    may_pin = "cho bot làm quản trị nhóm, để ghim được tin"
    joined = "vào bằng thư mời"
    joined_by_admin = "vào bằng thư mời do quản trị tạo"

    def read(self, text: str) -> str:
        return f"đọc: {'; '.join(filter(None, text.splitlines()))}"

    def prompted(self, people: int) -> str:
        return f"gửi phiếu cho {people} người"

    def pinned_board(self, first_line: str) -> str:
        return f"ghim bảng theo dõi: {first_line}"

    def receipt(self, state: str, code: str) -> str:
        return f"có biên nhận: {state}, mã {code}"

    def taken(self, line: str) -> str:
        return f"thấy: {line}"

    def died(self, pid: int, pressed: int, received: int) -> str:
        return f"kill -9 {pid}: {pressed} người vừa bấm gửi, {received} người đã thấy biên nhận"

    def restarted(self, pid: int) -> str:
        return f"trucbao run (pid {pid}): chạy lại, xử lý nốt"

    def corrected(self, line: str) -> str:
        return f"có biên nhận bản sửa: {line}"

    def power_failed(self, pid: int) -> str:
        return f"mất điện, bot tắt (pid {pid})"

    def power_back(self, pid: int) -> str:
        return f"có điện lại: trucbao run (pid {pid})"

    def outage_notices(self, people: int) -> str:
        return f"báo gián đoạn cho {people} người còn nợ báo cáo"

    def deadline_moved(self, due: str) -> str:
        return f"ghi hạn mới {due} trên bảng ghim"

    pressed_in_vain = "bấm 📨 Gửi báo cáo, không thấy gì (bot đang chết)"
    pressed_again = "chưa thấy biên nhận, bấm lại 📨 Gửi báo cáo"
    pressed_old_card = "bấm lại 📨 Gửi báo cáo trên thẻ cũ"

    def toast(self, text: str) -> str:
        return f"thấy dòng nhắn: {text}"

    def reminders(self, people: int) -> str:
        return f"nhắc {people} người của đơn vị chưa báo cáo"

    def overdue_reminders(self, people: int) -> str:
        return f"nhắc {people} người của đơn vị đã quá hạn"

    picture_for_commander = "gửi chỉ huy ảnh tổng hợp cả tháng"
    escalated = "đề nghị nhóm chỉ huy gọi trực tiếp đơn vị còn thiếu"
    silent = "cả ngày không bấm gì"
    digest = "gửi tổng hợp vào nhóm"
    picture = "gửi ảnh tổng hợp cả tháng vào nhóm"
    final = "gửi bản chốt vào nhóm"

    month_told = "gửi tổng hợp tháng vào nhóm"
    targets_picture = "gửi ảnh chỉ tiêu vào nhóm"

    def asked_on(self, day: date) -> str:
        return f"gửi phiếu ngày {day.day}/{day.month}"

    def attendance_asked(self, units: int) -> str:
        return f"gửi phiếu điểm danh cho {units} đơn vị"

    def week_told(self, title: str) -> str:
        return f"gửi vào nhóm: {title}"

    def rest_filled(self, counts: Mapping[State, int], days: Sequence[date]) -> str:
        return (
            f"ghi thẳng vào cơ sở dữ liệu số mẫu từ {days[0].day}/{days[0].month} "
            f"đến {days[-1].day}/{days[-1].month}: {counts[State.ON_TIME]} báo cáo đúng hạn, "
            f"{counts[State.LATE]} muộn, {counts[State.MISSING]} thiếu"
        )

    course_title = "Huấn luyện tại chỗ"

    def course(self, units: str, day: date, starts: time, ends: time) -> str:
        hours = f"{starts.hour}h-{ends.hour}h"
        return f"{self.course_title}\n{units}\n{day.day}/{day.month} {hours}"

    # What is waited for in the chats

    three_lines_asked = "gõ ba dòng"

    def period_told(self, days: str) -> str:
        return f"Tổng hợp {days}"

    list_nudged = "đã nhắc"
    escalation_told = "đề nghị gọi trực tiếp"
    final_told = "Bản chốt"
    locked_told = "Đã chốt lúc"

    def all_but(self, missing: int, units: int) -> str:
        return f": {units - missing}/{units}"

    def outage_told(self, began: str) -> str:
        return f"Hệ thống gián đoạn từ {began}"

    def reminder_told(self, due: str) -> str:
        return f"Nhắc đồng chí: đơn vị chưa báo cáo, hạn {due}"

    def overdue_told(self, due: str) -> str:
        return f"Đã quá hạn {due} mà đơn vị chưa báo cáo"

    # The end

    month_digest = "Tổng hợp tháng, như trong nhóm chỉ huy:"

    def verdict(self, lost: int, doubled: int) -> str:
        return f"mất {lost}, trùng {doubled} (lost {lost}, doubled {doubled})"

    def tally(
        self,
        presses: int,
        people: int,
        redelivered: int,
        reports: int,
        corrections: int,
        receipts: int,
        prompts: int,
        digests: int,
    ) -> str:
        again = f", {redelivered} lần phải giao lại vì bot chết" if redelivered else ""
        return (
            f"Telegram: {presses} lần bấm 📨 Gửi báo cáo của {people} người đến bot{again}; "
            f"{prompts} phiếu và lời nhắc, {digests} bản tổng hợp.\n"
            f"Bot: {reports} báo cáo và {corrections} bản sửa trong cơ sở dữ liệu, "
            f"{receipts}/{people} người thấy biên nhận."
        )

    def finding(self, fault: str, who: str, what: str) -> str:
        name = {"lost": "MẤT", "doubled": "TRÙNG"}[fault]
        return f"{name}: {who}: {what}"

    no_report = "bấm gửi nhưng không có báo cáo"
    no_receipt = "bấm gửi nhưng không thấy biên nhận"
    no_correction = "bấm gửi bản sửa nhưng báo cáo không được sửa"

    def many_reports(self, number: int) -> str:
        return f"{number} báo cáo hoặc bản sửa cho một ngày"

    def many_notices(self, rung: str, number: int) -> str:
        name = {"prompt": "phiếu", "reminder": "lời nhắc", "overdue": "lời nhắc quá hạn"}
        name |= {"nudge": "lời nhắc của chỉ huy", "outage": "tin gián đoạn"}
        name |= {"deputies": "lời nhắc cấp phó", "board": "bảng theo dõi"}
        name |= {"escalation": "đề nghị gọi trực tiếp"}
        name |= {"digest": "tổng hợp lúc hết hạn", "final": "tổng hợp chốt"}
        name |= {"week": "tổng hợp tuần", "month": "tổng hợp tháng"}
        return f"{name.get(rung, rung)} gửi {number} lần"

    def page_written(self, path: str) -> str:
        return f"Xem các cuộc trò chuyện: {path}"

    pictures_written = "Bốn hình khổ điện thoại (rộng 1170 điểm = 3 × 390):"

    def picture_written(self, path: str, what: str) -> str:
        return f"  {path}    {what}"

    picture_of_play = "hình tháng 3/2022 như bot gửi vào nhóm, 13 đơn vị"

    picture_of_targets = "chỉ tiêu đến hết tháng 3/2022 như bot gửi vào nhóm"

    def picture_of_samples(self, units: int) -> str:
        return f"cùng kiểu hình cho {units} đơn vị, số mẫu"

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
    page_note = (
        "Bot chạy thật trên Telegram thu nhỏ; người là giả, quân số là số mẫu. "
        "Mười ba ngày trước (1/3 đến 13/3) là số mẫu ghi sẵn, không ai bấm gửi; "
        "từ 15/3 phần lớn báo cáo cũng là số mẫu."
    )
    pictures_title = "Bốn hình khổ điện thoại"
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

    def on_day(self, clock_time: str, day: date) -> str:
        return f"{clock_time} ngày {day.day}/{day.month}"

    def day_in_chat(self, day: date) -> str:
        return f"{day.day} tháng {day.month}, {day.year}"

    def earlier(self, number: int) -> str:
        return f"{number} bản trước của tin này"
