"""Backups and the disk, in Vietnamese."""

from pathlib import Path

from bot.domain.backups import Backup, Failed, Made
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_words import VietnameseWords


class VietnameseBackupProblems:
    """Why there is no backup, or nothing to restore: the end of a sentence about the file."""

    backup_problems = {
        "busy": "cơ sở dữ liệu đang bị chương trình khác khóa",
        "full": "hết chỗ trên đĩa",
        "read_only": "đĩa hoặc thư mục chỉ đọc được",
        "unreadable": "không đọc được từ đĩa",
        "unwritable": "không ghi được xuống đĩa",
        "cannot_open": "không mở được; xem quyền của tệp và thư mục",
        "no_folder": "chưa có thư mục này",
        "no_file": "không có tệp này",
        "damaged": "dữ liệu bị hỏng hoặc thiếu",
        "no_memory": "không đủ bộ nhớ",
        "taken": "đã có tệp mang tên này; chọn tên khác",
        "not_a_backup": "đây không phải bản sao lưu của trucbao",
        "later_format": "bản sao lưu thuộc phiên bản trucbao mới hơn; cập nhật trucbao rồi chạy lại",
        "wrong_passphrase": "mật khẩu không đúng",
    }


class VietnameseKeeping(VietnameseWords, VietnameseBackupProblems):
    back_up_now = "💾 Sao lưu ngay"
    backup_begun = "Đang sao lưu, xong tôi báo ngay."
    backup_waits = "Đang sao lưu rồi, đồng chí chờ một chút."

    def size(self, size: int) -> str:
        """Bytes as people read them."""
        for unit, power in (("GB", 9), ("MB", 6)):
            if size >= 10**power:
                return f"{size / 10**power:.1f} {unit}".replace(".", ",")
        return f"{max(size // 1000, 1)} kB"

    def encryption(self, *, is_encrypted: bool) -> str:
        return "có mã hóa" if is_encrypted else "không mã hóa"

    def backups(
        self,
        last: Made | None,
        failed: Failed | None,
        folder: Path | None,
        at: str,
        kept: tuple[int, int],
        *,
        is_encrypted: bool,
        is_waiting: bool,
    ) -> Html:
        """`kept`: how many there are, and how many at most."""
        return paragraphs(
            Html("<b>💾 Sao lưu dữ liệu</b>"),
            lines(
                self._last_backup(last),
                fill(
                    "⚠️ Lần sau đó ({at}) không thành: {problem}.",
                    at=self.moment(failed.at),
                    problem=self.backup_problems[failed.problem],
                )
                if failed
                else "",
            ),
            self._nightly(folder, at, kept, is_encrypted=is_encrypted)
            if folder
            else Html(
                "Bot không tự sao lưu: chưa đặt BACKUP_DIR. Trên máy chủ, đồng chí đặt BACKUP_DIR và "
                "BACKUP_PASSPHRASE trong .env, hoặc chạy: <code>trucbao backup --out TỆP</code>"
            ),
            Html("⏳ Đang sao lưu; xong tôi báo ngay.") if is_waiting else "",
        )

    def _last_backup(self, last: Made | None) -> Html:
        if last is None:
            return Html("Chưa có bản sao lưu nào.")
        return lines(
            fill(
                "Bản tốt gần nhất: {at}, {size}, {encryption}",
                at=self.moment(last.at),
                size=self.size(last.size),
                encryption=self.encryption(is_encrypted=last.is_encrypted),
            ),
            fill("Tệp: <code>{path}</code>", path=last.path),
        )

    def _nightly(self, folder: Path, at: str, kept: tuple[int, int], *, is_encrypted: bool) -> Html:
        count, most = kept
        return lines(
            fill(
                "Tự sao lưu lúc {at} hằng đêm vào <code>{folder}</code>, {encryption}; "
                "đang giữ {count}/{most} bản.",
                at=at,
                folder=folder,
                encryption=self.encryption(is_encrypted=is_encrypted),
                count=count,
                most=most,
            ),
            "" if is_encrypted else "Muốn mã hóa, đồng chí đặt BACKUP_PASSPHRASE trên máy chủ.",
        )

    def backup_made(self, made: Backup) -> Html:
        return lines(
            fill(
                "✅ Đã sao lưu và kiểm tra lại: {size}, {encryption}.",
                size=self.size(made.size),
                encryption=self.encryption(is_encrypted=made.is_encrypted),
            ),
            fill("Tệp: <code>{path}</code>", path=made.path),
            fill(
                "Trong đó có {reports} báo cáo của {days} ngày, {people} người.",
                reports=self.number(made.contents.reports),
                days=self.number(made.contents.days),
                people=self.number(made.contents.people),
            ),
        )

    def backup_not_made(self, problem: str) -> Html:
        return fill(
            "⚠️ Sao lưu không thành: {problem}. Đồng chí xem lại trên máy chủ rồi thử lại: /saoluu",
            problem=self.backup_problems[problem],
        )

    # To the admins

    def backup_failed(self, problem: str, last: Made | None) -> Html:
        return fill(
            "⚠️ Sao lưu hằng đêm không thành: {problem}. {last} Xem: /saoluu",
            problem=self.backup_problems[problem],
            last=f"Bản tốt gần nhất: {self.moment(last.at)}." if last else "Chưa có bản nào tốt.",
        )

    def backup_old(self, last: Made) -> Html:
        return fill(
            "⚠️ Đã hơn ba ngày không có bản sao lưu tốt; bản gần nhất lúc {at}. Xem: /saoluu",
            at=self.moment(last.at),
        )

    def disk_low(self, free: int) -> Html:
        return fill(
            "⚠️ Đĩa chứa cơ sở dữ liệu sắp đầy: chỉ còn {free}. Đồng chí dọn đĩa trên máy chủ; "
            "đĩa đầy thì không nhận được báo cáo.",
            free=self.size(free),
        )

    def webhook_unreached(self, problem: str) -> Html:
        return fill(
            "⚠️ Telegram không gọi được tới bot (webhook){problem}. Tin mọi người gửi đang chờ ở Telegram, nút "
            "bấm chỉ chờ được 150 giây. Đồng chí xem proxy, chứng chỉ và WEBHOOK_URL trên máy chủ, hoặc bỏ trống "
            "WEBHOOK_URL rồi chạy lại bot.",
            problem=f": {problem}" if problem else "",
        )
