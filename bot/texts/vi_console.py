"""What the command line says, in Vietnamese."""

from bot.domain.people import Role


class VietnameseConsole:
    program = "Báo cáo trực ngày qua Telegram: thu báo cáo, nhắc đúng hạn, tổng hợp cho chỉ huy."
    run = "Chạy bot đến khi nhận SIGTERM.\n\nVí dụ: trucbao run"
    demo = (
        "Diễn lại một ngày báo cáo trên Telegram thu nhỏ, không cần token, tự kết thúc.\n\n"
        "Ví dụ: trucbao demo --seed 7"
    )
    check = "Kiểm tra cấu hình, cơ sở dữ liệu, đồng hồ và đường tới Telegram.\n\nVí dụ: trucbao check"
    init = (
        "Tạo cơ sở dữ liệu và đơn vị; chạy lại không làm mất gì.\n\n"
        "Ví dụ: trucbao init --preset tam-ky-2022"
    )
    invite = (
        "In một thư mời dùng một lần.\n\n"
        'Ví dụ: trucbao invite --role leader --unit "An Sơn" --expires 48h'
    )
    report = (
        "Nhập báo cáo khi không có Telegram.\n\n"
        'Ví dụ: trucbao report --unit "An Sơn" --absent phép=1,ốm=1'
    )
    summary = (
        "In tổng hợp ngày, tuần, tháng, quý hoặc năm.\n\n"
        "Ví dụ: trucbao summary --period ngay --day 14/03/2026 --format json"
    )
    export = (
        "Xuất báo cáo ra tệp csv hoặc json, mỗi đơn vị mỗi ngày một dòng.\n\n"
        "Ví dụ: trucbao export --kind reports --from 01/03/2026 --to 31/03/2026 --out thang3.csv"
    )

    opt_preset = "Bộ đơn vị có sẵn (quân số trong đó chỉ là số mẫu)."
    opt_role = "Vai trò của người được mời."
    opt_unit = "Tên, tên khác hoặc mã của đơn vị."
    opt_until = "Ngày cuối giữ vai trò (dd/mm/yyyy), ví dụ khi quyền chỉ huy."
    opt_expires = "Thư mời dùng được trong bao lâu: 30m, 48h, 7d."
    opt_day = "Ngày báo cáo: dd/mm/yyyy hoặc yyyy-mm-dd; mặc định hôm nay."
    opt_absent = "Số vắng theo lý do: phép, tranh thủ, ốm, công tác, học, khác."
    opt_problem = "Có vấn đề về an toàn (safety) hoặc an ninh trật tự (order); ghi được nhiều lần."
    opt_period = "Kỳ tổng hợp."
    opt_format = "In ra chữ hay JSON."
    opt_kind = "Loại dữ liệu."
    opt_from = "Từ ngày; mặc định ngày đầu tháng này."
    opt_to = "Đến ngày; mặc định hôm nay."
    opt_out = "Tệp ra; đuôi .csv hoặc .json."
    opt_with_strength = "Kèm quân số, khi STRENGTH_DISPLAY=percent."
    opt_seed = "Số gốc của diễn tập: cùng số thì cùng diễn biến."
    opt_demo_out = "Thư mục đặt kết quả."

    def no_token(self) -> str:
        return "Chưa có TELEGRAM_BOT_TOKEN trong .env. Để xem thử không cần token: make demo"

    def token_rejected(self) -> str:
        return "Telegram từ chối token (401). Xem lại TELEGRAM_BOT_TOKEN trong .env với @BotFather."

    def wrong_setting(self, name: str, reason: str) -> str:
        return f"Cấu hình sai: {name}: {reason}"

    def storage(self, condition: str, path: str) -> str:
        told = {
            "busy": "đang bị chương trình khác khóa; đóng chương trình đó rồi chạy lại",
            "full": "không ghi được vì hết chỗ trên đĩa; dọn đĩa rồi chạy lại",
            "read_only": "chỉ đọc được, không ghi được; cho phép ghi tệp và thư mục rồi chạy lại",
            "unreadable": "không đọc được từ đĩa; kiểm tra đĩa, phục hồi từ bản sao lưu",
            "cannot_open": "không mở được; kiểm tra DATABASE_PATH và quyền của thư mục",
            "damaged": "bị hỏng hoặc không phải cơ sở dữ liệu; phục hồi từ bản sao lưu",
            "no_memory": "không đủ bộ nhớ để mở",
        }
        return f"Cơ sở dữ liệu {path} {told[condition]}."

    def in_use(self, path: str, holder: str) -> str:
        return f"Một bot khác đang chạy trên {path} ({holder or 'không rõ'}). Dừng nó trước rồi chạy lại."

    def newer_schema(self, path: str, found: int, known: int) -> str:
        return (
            f"Cơ sở dữ liệu {path} thuộc phiên bản mới hơn (lược đồ {found}, chương trình biết {known}). "
            "Cập nhật trucbao rồi chạy lại."
        )

    def not_initialised(self, path: str) -> str:
        return f"Chưa có cơ sở dữ liệu {path}. Chạy trước: trucbao init --preset tam-ky-2022"

    def initialised(self, path: str, added: int, kept: int) -> str:
        return f"Cơ sở dữ liệu {path}: thêm {added} đơn vị, giữ nguyên {kept}."

    def unknown_unit(self, typed: str, known: tuple[str, ...]) -> str:
        if not known:
            return "Chưa có đơn vị nào. Chạy trước: trucbao init --preset tam-ky-2022"
        return f"Không có đơn vị “{typed[:60]}”. Các đơn vị: {', '.join(known[:60])}."

    def unit_required(self, role: Role) -> str:
        if role.leads_unit:
            return f"Vai trò {role} cần --unit."
        return f"Vai trò {role} không thuộc đơn vị nào; bỏ --unit."

    def no_username(self) -> str:
        return (
            "Chưa biết tên của bot để tạo đường dẫn: đặt TELEGRAM_BOT_TOKEN và nối được Telegram, "
            "hoặc chạy trucbao run một lần."
        )

    def not_a_date(self, typed: str) -> str:
        return f"“{typed[:40]}” không phải ngày; viết như 14/03/2026 hoặc 2026-03-14."

    def until_in_past(self) -> str:
        return "--until đã qua."

    def not_a_duration(self, typed: str) -> str:
        return f"“{typed[:40]}” không phải thời hạn; viết như 30m, 48h hoặc 7d."

    def not_absences(self, typed: str) -> str:
        return f"Không hiểu “{typed[:60]}”; viết như --absent phép=1,ốm=1."

    def out_of_range(self, count: int, establishment: int | None) -> str:
        if count < 0 or establishment is None:
            return f"Số vắng {count} không hợp lệ: phải từ 0 trở lên."
        return f"Tổng vắng {count} vượt biên chế {establishment}."

    def wrong_days(self) -> str:
        return "--from phải không sau --to."

    def unknown_ending(self, name: str) -> str:
        return f"Không biết viết tệp {name}; đuôi phải là .csv hoặc .json."

    def not_written(self, path: str, reason: str) -> str:
        return f"Không ghi được {path}: {reason}"

    def exported(self, rows: int, path: str) -> str:
        return f"Đã ghi {rows} dòng vào {path}."

    # trucbao check

    def check_settings(self, opens: str, due: str, locks: str, days: str) -> str:
        return f"Cấu hình: mở {opens}, hạn {due}, chốt {locks}; ngày {days}"

    def check_database(self, path: str, units: int, people: int) -> str:
        return f"Cơ sở dữ liệu {path}: {units} đơn vị, {people} người"

    def check_group(self, *, is_set: bool) -> str:
        return "Nhóm chỉ huy: đã chọn" if is_set else "Nhóm chỉ huy: chưa chọn (gõ /nhom trong nhóm)"

    def check_sqlite(self, version: str) -> str:
        return f"SQLite {version}"

    def check_disk(self, free_mib: int) -> str:
        return f"Đĩa còn {free_mib} MiB"

    def check_telegram(self, username: str) -> str:
        return f"Telegram: nối được, bot @{username}"

    def check_clock(self, seconds: float) -> str:
        return f"Đồng hồ máy lệch Telegram {seconds:+.0f} giây"

    def no_telegram(self, problem: str) -> str:
        return f"Telegram: không nối được ({problem}). Xem TELEGRAM_API_URL, TELEGRAM_PROXY và mạng."
