"""What the command line says, in Vietnamese."""

import errno

from bot.domain.people import Role
from bot.domain.seats import ActingInPastError, ActingOutOfOrderError, NotActingError
from bot.texts.vi_import import VietnameseImport
from bot.texts.vi_keeping import VietnameseBackupProblems


class VietnameseConsole(VietnameseBackupProblems, VietnameseImport):
    program = "Báo cáo trực ngày qua Telegram: thu báo cáo, nhắc đúng hạn, tổng hợp cho chỉ huy."
    run = "Chạy bot đến khi nhận SIGTERM.\n\n\b\nVí dụ: trucbao run"
    demo = (
        "Diễn lại một ngày báo cáo, không cần token.\n\n"
        "Chạy trên Telegram thu nhỏ trong máy này, tự kết thúc.\n\n"
        "\b\nVí dụ: trucbao demo --seed 7"
    )
    check = "Kiểm tra cấu hình, cơ sở dữ liệu, đồng hồ và đường tới Telegram.\n\n\b\nVí dụ: trucbao check"
    init = (
        "Tạo cơ sở dữ liệu và đơn vị; chạy lại không làm mất gì.\n\n"
        "\b\nVí dụ: trucbao init --preset tam-ky-2022"
    )
    invite = (
        "In một thư mời dùng một lần.\n\n"
        '\b\nVí dụ: trucbao invite --role leader --unit "An Sơn" --expires 48h'
    )
    report = (
        "Nhập báo cáo khi không có Telegram.\n\n"
        '\b\nVí dụ: trucbao report --unit "An Sơn" --absent phép=1,ốm=1'
    )
    summary = (
        "In tổng hợp ngày, tuần, tháng, quý hoặc năm.\n\n"
        "\b\nVí dụ: trucbao summary --period ngay --day 14/03/2026 --format json"
    )
    export = (
        "Xuất các báo cáo, bảng tính hoặc dự thảo báo cáo ra tệp.\n\n"
        "\b\n"
        ".csv, .json, .xlsx  các báo cáo, mỗi đơn vị mỗi ngày một dòng\n"
        ".csv --kind audit   nhật ký, mỗi thay đổi một dòng\n"
        ".xlsx --kind all    bảng tính đủ các trang tổng hợp\n"
        ".docx, .pdf         dự thảo báo cáo theo thể thức văn bản (pdf cần LibreOffice)\n\n"
        "\b\nVí dụ: trucbao export --kind all --from 01/03/2026 --to 31/03/2026 --out thang3.xlsx"
    )

    backup = (
        "Sao lưu cơ sở dữ liệu ra một tệp, bot vẫn chạy được.\n\n"
        "Tệp được mã hóa bằng mật khẩu BACKUP_PASSPHRASE; chưa đặt thì hỏi trên màn hình.\n\n"
        "\b\nVí dụ: trucbao backup --out thang3.backup"
    )
    restore = (
        "Phục hồi cơ sở dữ liệu từ bản sao lưu, không ghi đè lên gì.\n\n"
        "\b\nVí dụ: trucbao restore --from thang3.backup"
    )

    opt_help = "In hướng dẫn này rồi thôi."
    opt_version = "In phiên bản rồi thôi."
    opt_preset = "Bộ đơn vị có sẵn (quân số trong đó chỉ là số mẫu)."
    opt_role = "Vai trò của người được mời."
    opt_unit = "Tên, tên khác hoặc mã của đơn vị."
    opt_acting_from = "Ngày đầu quyền chỉ huy, cùng --until; mặc định từ lúc nhận thư mời."
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
    opt_out = "Tệp ra; đuôi .csv, .json, .xlsx, .docx hoặc .pdf."
    opt_backup_out = "Tệp sao lưu; chưa được có sẵn."
    opt_plain = "Không mã hóa: ai có tệp là đọc được."
    opt_backup_from = "Tệp sao lưu."
    opt_with_strength = "Kèm quân số, khi STRENGTH_DISPLAY=percent."
    opt_seed = "Số gốc của diễn tập: cùng số thì cùng diễn biến."
    opt_demo_out = "Thư mục đặt kết quả."

    # Wrong use

    def see_help(self, command: str) -> str:
        return f"Xem: {command} --help"

    def no_command(self) -> str:
        return "Thiếu lệnh."

    def unknown_command(self, typed: str) -> str:
        return f"Không có lệnh “{typed[:40]}”."

    def unknown_option(self, option: str) -> str:
        return f"Không có tùy chọn {option[:40]}."

    def option_misused(self, option: str) -> str:
        return f"Tùy chọn {option} viết chưa đúng: thiếu giá trị hoặc thừa giá trị."

    def missing_option(self, option: str) -> str:
        return f"Thiếu {option}."

    def not_a_choice(self, option: str, choices: tuple[str, ...]) -> str:
        return f"{option} chỉ nhận: {', '.join(choices)}."

    def not_a_path(self, option: str, *, is_folder: bool) -> str:
        return f"{option} phải là {'thư mục, không phải tệp' if is_folder else 'tệp, không phải thư mục'}."

    def not_a_number(self, option: str) -> str:
        return f"{option} phải là số nguyên."

    def too_many_words(self) -> str:
        return "Thừa chữ trong lệnh; tên có dấu cách phải đặt trong ngoặc kép."

    # What failed

    def no_token(self) -> str:
        return "Chưa có TELEGRAM_BOT_TOKEN trong .env. Để xem thử không cần token: make demo"

    def token_rejected(self) -> str:
        return "Telegram từ chối token (401). Xem lại TELEGRAM_BOT_TOKEN trong .env với @BotFather."

    setting_reasons = {
        "token": "token chỉ gồm chữ cái không dấu, chữ số và : _ - .; chép lại từ @BotFather",
        "address": "phải là địa chỉ bắt đầu bằng https:// hoặc http://",
        "proxy": "phải là địa chỉ bắt đầu bằng http://, https://, socks5:// hoặc socks5h://",
        "webhook": "với Telegram phải là địa chỉ https:// ở cổng 443, 80, 88 hoặc 8443, không có ? và #; viết như https://bot.tamky.vn/trucbao",
        "listen": "phải là máy:cổng; viết như 127.0.0.1:8443",
        "file": "phải là tên một tệp; viết như trucbao.db",
        "zone": "không có múi giờ này; viết như Asia/Ho_Chi_Minh",
        "ids": "phải là các mã số người dùng Telegram, cách nhau bằng dấu phẩy; viết như 111111,222222",
        "clock_time": "phải là giờ HH:MM từ 00:00 đến 23:59; viết như 16:30",
        "order": "DUTY_OPENS ({}), DUTY_DUE ({}), DUTY_LOCKS ({}) phải lần lượt sau nhau trong một ngày",
        "before": "phải là giờ trước {0}",
        "weekly": "phải là thứ bằng tên rồi giờ, như mon 07:00 (mon, tue, wed, thu, fri, sat, sun; không dùng số)",
        "monthly": "phải là ngày trong tháng từ 1 đến {} rồi giờ, như 1 07:00",
        "weekdays": "phải là các thứ mon, tue, wed, thu, fri, sat, sun; viết như mon-sun hoặc mon,wed,fri",
        "choice": "chỉ nhận {choices}",
        "choices": "chỉ nhận một hay nhiều trong: {listed}",
        "range": "phải là số nguyên từ {} đến {}",
        "zero_or_range": "phải là 0 (giữ mãi) hoặc số nguyên từ {} đến {}",
        "passphrase": "mật khẩu phải có ít nhất {} ký tự",
        "folder": "phải là đường dẫn đầy đủ, không dùng dấu ~; viết như /var/backups/trucbao",
        "ladder": "phải là ba số phút tăng dần, cách nhau bằng dấu phẩy; viết như 5,10,20",
        "line": "phải là một dòng chữ, nhiều nhất {} ký tự",
        "lines": "phải là các dòng chữ cách nhau bằng dấu chấm phẩy, nhiều nhất {} dòng, mỗi dòng nhiều nhất {} ký tự",
        "unreadable": "không đọc được; tệp phải là văn bản UTF-8 và cho phép đọc",
        "other": "giá trị không dùng được; xem .env.example",
    }

    def wrong_setting(self, name: str, reason: str, facts: tuple[str, ...]) -> str:
        told = self.setting_reasons[reason].format(
            *facts, choices=" hoặc ".join(facts), listed=", ".join(facts)
        )
        return f"Cấu hình sai: {name}: {told}."

    def storage(self, condition: str, path: str) -> str:
        told = {
            "busy": "đang bị chương trình khác khóa; đóng chương trình đó rồi chạy lại",
            "full": "không ghi được vì hết chỗ trên đĩa; dọn đĩa rồi chạy lại",
            "read_only": "chỉ đọc được, không ghi được; cho phép ghi tệp và thư mục rồi chạy lại",
            "unreadable": "không đọc được từ đĩa; kiểm tra đĩa, phục hồi từ bản sao lưu",
            "unwritable": "không ghi được xuống đĩa; kiểm tra đĩa và chỗ trống rồi chạy lại",
            "cannot_open": "không mở được; kiểm tra DATABASE_PATH và quyền của thư mục",
            "no_folder": "nằm trong thư mục chưa có; tạo thư mục đó hoặc sửa DATABASE_PATH",
            "damaged": "bị hỏng hoặc không phải cơ sở dữ liệu; phục hồi từ bản sao lưu",
            "no_memory": "không đủ bộ nhớ để mở",
        }
        return f"Cơ sở dữ liệu {path} {told[condition]}."

    def in_use(self, path: str, holder: str) -> str:
        return f"Một bot khác đang chạy trên {path} ({holder or 'không rõ'}). Dừng nó trước rồi chạy lại."

    def not_listening(self, address: str, problem: str) -> str:
        return f"WEBHOOK_LISTEN: không mở được {address} ({problem}). Chọn cổng chưa ai dùng và máy này có."

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

    def from_only_for_acting(self) -> str:
        return "--from chỉ dùng khi mời quyền chỉ huy (--role acting)."

    def from_needs_until(self) -> str:
        return "--from cần --until: ngày cuối quyền chỉ huy."

    def not_acting(self, error: NotActingError) -> str:
        match error:
            case ActingInPastError():
                return "--from đã qua."
            case ActingOutOfOrderError():
                return "--from phải không sau --until."
            case _:
                return "Quyền chỉ huy nhiều nhất một năm; chọn --until gần hơn."

    def not_a_duration(self, typed: str) -> str:
        return f"“{typed[:40]}” không phải thời hạn; viết như 30m, 48h hoặc 7d, nhiều nhất 30 ngày."

    def not_absences(self, typed: str) -> str:
        return f"Không hiểu “{typed[:60]}”; viết như --absent phép=1,ốm=1."

    def out_of_range(self, count: int, establishment: int | None) -> str:
        if count < 0 or establishment is None:
            return f"Số vắng {count} không hợp lệ: phải từ 0 trở lên."
        return f"Tổng vắng {count} vượt biên chế {establishment}."

    def wrong_days(self) -> str:
        return "--from phải không sau --to."

    def unknown_ending(self, name: str) -> str:
        return f"Không biết viết tệp {name}; đuôi phải là .csv, .json, .xlsx, .docx hoặc .pdf."

    system_reasons = {
        errno.ENOENT: "chưa có thư mục này",
        errno.ENOTDIR: "chưa có thư mục này",
        errno.EISDIR: "đây là thư mục",
        errno.EACCES: "không có quyền ghi",
        errno.EPERM: "không có quyền ghi",
        errno.EROFS: "đĩa chỉ đọc",
        errno.ENOSPC: "hết chỗ trên đĩa",
        errno.EDQUOT: "hết chỗ trên đĩa",
        errno.ENAMETOOLONG: "tên quá dài",
    }

    def not_written(self, path: str | None, number: int | None, name: str) -> str:
        return f"Không ghi được {path or 'kết quả'}: {self.system_reasons.get(number or 0, name)}."

    def no_clock(self, url: str) -> str:
        return f"SANDBOX_CLOCK_URL: không nối được {url}. Bỏ cài đặt này khi chạy thật."

    def exported(self, rows: int, path: str) -> str:
        return f"Đã ghi {rows} dòng vào {path}."

    # Backups

    def backing_up(self) -> str:
        return "Đang sao lưu"

    def restoring(self) -> str:
        return "Đang phục hồi"

    def ask_passphrase(self) -> str:
        return "Mật khẩu bản sao lưu"

    def ask_passphrase_again(self) -> str:
        return "Gõ lại mật khẩu"

    def no_new_passphrase(self) -> str:
        return (
            "Chưa có mật khẩu cho bản sao lưu: đặt BACKUP_PASSPHRASE trong .env, "
            "hoặc thêm --plain nếu chấp nhận không mã hóa."
        )

    def no_passphrase(self) -> str:
        return (
            "Bản sao lưu này có mã hóa: đặt mật khẩu vào BACKUP_PASSPHRASE trong .env rồi chạy lại."
        )

    def short_passphrase(self, least: int) -> str:
        return f"Mật khẩu phải có ít nhất {least} ký tự."

    def passphrases_differ(self) -> str:
        return "Hai lần gõ mật khẩu không giống nhau; chạy lại."

    def backed_up(self, path: str, counts: tuple[int, int, int], *, is_encrypted: bool) -> str:
        return (
            f"Đã sao lưu vào {path} ({'có mã hóa' if is_encrypted else 'không mã hóa'}), đã kiểm tra lại: "
            f"{self._contents(*counts)}."
        )

    def restored(
        self, path: str, made_at: str, counts: tuple[int, int, int], *, is_current: bool
    ) -> str:
        older = "" if is_current else " Lược đồ cũ hơn: lần chạy tới sẽ tự nâng cấp."
        return f"Đã phục hồi {path} từ bản lúc {made_at}: {self._contents(*counts)}.{older}"

    def _contents(self, days: int, reports: int, people: int) -> str:
        return f"{days} ngày báo cáo, {reports} báo cáo, {people} người"

    def backup_trouble(self, path: str, condition: str) -> str:
        return f"Bản sao lưu {path}: {self.backup_problems[condition]}."

    def not_empty(self, path: str) -> str:
        return (
            f"Không phục hồi: đã có {path}. Dừng bot, chuyển cơ sở dữ liệu cùng các tệp -wal, -shm "
            "đi chỗ khác rồi chạy lại."
        )

    def written(self, path: str) -> str:
        return f"Đã ghi {path}."

    def not_all_as_rows(self, ending: str) -> str:
        return (
            f"--kind all có nhiều bảng nên không ghi được ra {ending}; "
            "dùng .xlsx, .docx hoặc .pdf, hay --kind reports."
        )

    def not_as_pdf(self, kind: str) -> str:
        what = "Nhật ký" if kind == "audit" else "Điểm danh"
        return f"{what} không ghi được ra .pdf; dùng .csv, .json, .xlsx hoặc .docx."

    def no_converter(self) -> str:
        return "Ghi .pdf cần LibreOffice (lệnh soffice), máy này chưa có. Cài libreoffice-writer, hoặc ghi .docx."

    def not_converted(self) -> str:
        return "LibreOffice không chuyển được báo cáo sang .pdf. Đồng chí ghi ra .docx."

    # trucbao check

    def check_settings(self, opens: str, due: str, locks: str, days: str) -> str:
        return f"Cấu hình: mở {opens}, hạn {due}, chốt {locks}; ngày {days}"

    def check_database(self, path: str, units: int, people: int) -> str:
        return f"Cơ sở dữ liệu {path}: {units} đơn vị, {people} người"

    def check_group(self, *, is_set: bool) -> str:
        return (
            "Nhóm chỉ huy: đã chọn" if is_set else "Nhóm chỉ huy: chưa chọn (gõ /nhom trong nhóm)"
        )

    def check_sqlite(self, version: str) -> str:
        return f"SQLite {version}"

    def check_disk(self, free_mib: int) -> str:
        return f"Đĩa còn {free_mib} MiB"

    def check_backup(self, last: str | None, size: str, *, is_nightly: bool) -> str:
        told = f"Sao lưu: bản tốt gần nhất {last} ({size})" if last else "Sao lưu: chưa có bản nào"
        return told if is_nightly else f"{told}; chưa đặt BACKUP_DIR nên không tự sao lưu hằng đêm"

    def check_backup_folder(self, path: str, *, is_good: bool) -> str:
        return f"BACKUP_DIR {path}: {'ghi được' if is_good else 'không có hoặc không ghi được'}"

    def check_telegram(self, username: str) -> str:
        return f"Telegram: nối được, bot @{username}"

    def check_polling(self) -> str:
        return (
            "Telegram đang gọi một webhook; bot chạy thì bỏ webhook đó và tự hỏi, không mất tin nào"
        )

    def check_webhook(self, waiting: int, error: str, at: str, *, is_ours: bool) -> str:
        if not is_ours:
            return "Webhook: chưa đặt ở Telegram; bot chạy thì tự đặt"
        told = f"Webhook: đã đặt, {waiting} tin đang chờ"
        return f"{told}; lỗi gần nhất {at}: {error}" if error else told

    def check_clock(self, seconds: float) -> str:
        return f"Đồng hồ máy lệch Telegram {seconds:+.0f} giây"

    def no_telegram(self, problem: str) -> str:
        return (
            f"Telegram: không nối được ({problem}). Xem TELEGRAM_API_URL, TELEGRAM_PROXY và mạng."
        )
