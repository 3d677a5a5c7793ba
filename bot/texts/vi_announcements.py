"""Announcements, in Vietnamese."""

from datetime import date, datetime

from bot.domain.announcements import Announcement, Recipient
from bot.domain.people import Role
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, own_words, paragraphs
from bot.texts.vi_words import VietnameseWords

_LONGEST_IN_COUNT = 150
# Characters of a unit's name among many.
_LONGEST_NAME = 60


class VietnameseAnnouncements(VietnameseWords):
    to_all_units = "👥 Tất cả đơn vị"
    to_some_units = "☑️ Chọn đơn vị"
    to_roles = "🎖 Theo vai trò"
    all_chosen = "✔️ Xong"
    other_recipients = "👥 Người nhận"
    send_announcement = "📨 Gửi"
    send_later = "🕒 Hẹn giờ"
    send_at_once = "🕒 Gửi ngay, không hẹn"
    today = "Hôm nay"
    tomorrow = "Ngày mai"
    send_correction = "📨 Gửi bản sửa"

    def toggle(self, label: str, *, is_chosen: bool) -> str:
        return f"{'☑️' if is_chosen else '⬜'} {label}"

    def ask_announcement(self, present: str, longest: int) -> Html:
        return paragraphs(
            fill("Đang ghi:\n{words}", words=own_words(present)) if present else "",
            fill(
                "📢 Mời đồng chí gõ <b>nội dung thông báo</b> trong một tin, không quá {longest} ký tự.",
                longest=self.number(longest),
            ),
        )

    choose_recipients = Html("📢 Gửi thông báo cho ai?")
    choose_recipient_units = Html("📢 Bấm để chọn hoặc bỏ từng đơn vị, rồi bấm ✔️ Xong.")
    choose_recipient_roles = Html("📢 Bấm để chọn hoặc bỏ từng vai trò, rồi bấm ✔️ Xong.")
    nobody_reached = "Chưa có ai nhận được tin này. Đồng chí chọn lại người nhận."
    choose_send_day = Html("📢 Gửi vào ngày nào?")

    def ask_send_time(self, day: date) -> Html:
        return fill(
            "📢 Gửi ngày {day}, lúc mấy giờ? Đồng chí gõ giờ, ví dụ: <code>16:30</code>",
            day=self.day(day),
        )

    def not_a_send_time(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu giờ “{typed}”. Đồng chí gõ giờ, ví dụ: <code>16:30</code>",
            typed=typed[:40],
        )

    def send_time_over(self, at: datetime) -> Html:
        return fill("{at} đã qua. Đồng chí gõ giờ khác.", at=self.moment(at))

    def announcement_card(
        self, announcement: Announcement, people: int, unreachable: Html, empty_units: Html
    ) -> Html:
        """`unreachable` are people, `empty_units` those in which nobody would get it."""
        at = announcement.send_at
        return paragraphs(
            Html("📢 <b>Thông báo</b>"),
            own_words(announcement.words),
            lines(
                fill("Gửi đến: <b>{n} người</b>", n=self.number(people)),
                fill("Không nhận được tin, đồng chí gọi điện: {names}", names=unreachable)
                if unreachable
                else "",
                fill("Đơn vị chưa có ai nhận tin: {names}", names=empty_units)
                if empty_units
                else "",
                fill("Gửi lúc: {at}", at=self.moment(at) if at else "ngay khi bấm"),
            ),
            fill("Chưa gửi. Đồng chí xem lại rồi bấm {send}.", send=self.send_announcement),
        )

    def correction_card(self, words: str, people: int) -> Html:
        return paragraphs(
            Html("📢 <b>Bản sửa thông báo</b>"),
            own_words(words),
            fill(
                "Chưa sửa. Tin đã gửi đến {n} người sẽ được thay và ghi rõ là đã sửa. "
                "Đồng chí xem lại rồi bấm {send}.",
                n=self.number(people),
                send=self.send_correction,
            ),
        )

    def announcement_waits(self, announcement: Announcement) -> Html:
        at = announcement.send_at
        return paragraphs(
            Html("📢 <b>Thông báo</b>"),
            own_words(announcement.words),
            fill("🕒 Sẽ gửi lúc {at}.", at=self.moment(at)) if at else "📨 Đang gửi…",
        )

    def announcement(
        self, announcement: Announcement, recipient: Recipient, *, is_reminder: bool = False
    ) -> Html:
        """The announcement as a recipient reads it."""
        acknowledged = recipient.acknowledged_at
        return paragraphs(
            Html("⏰ <b>Đồng chí chưa xác nhận thông báo dưới đây.</b>") if is_reminder else "",
            self._head(announcement),
            own_words(announcement.words),
            fill("✅ Đồng chí đã nhận lúc {at}", at=self.moment(acknowledged))
            if acknowledged
            else "Đồng chí đọc xong xin bấm ✅ Đã nhận.",
        )

    def _head(self, announcement: Announcement) -> Html:
        sent, edited = announcement.sent_at, announcement.edited_at
        return lines(
            Html("📢 <b>Thông báo</b>"),
            fill("{who}, {at}", who=self.position(announcement.author), at=self.moment(sent))
            if sent
            else "",
            fill("✏️ đã sửa lúc {at}", at=self.moment(edited)) if edited else "",
        )

    def announcement_edited(self, announcement: Announcement, edited_at: datetime) -> Html:
        sent = announcement.sent_at
        return fill(
            "✏️ Thông báo{sent} đã được sửa lúc {edited}. Đồng chí xem lại tin thông báo.",
            sent=f" gửi lúc {self.moment(sent)}" if sent else "",
            edited=self.moment(edited_at),
        )

    def received_at(self, at: datetime) -> str:
        return f"Đồng chí đã nhận lúc {self.moment(at)}."

    received_now = "Đã ghi nhận."
    announcement_cancelled = Html("Đã hủy, chưa gửi thông báo. Làm lại: /thongbao")
    announcement_card_left = Html("Thẻ này đã cũ, chưa gửi gì. Đồng chí làm lại: /thongbao")
    not_corrected = Html("Chưa sửa gì. Thông báo đã gửi vẫn giữ nguyên.")
    corrected = Html("✏️ Đã sửa thông báo; người nhận được báo là có sửa.")

    # Counting

    def count_title(self, announcement: Announcement) -> Html:
        words = self.brief(" ".join(announcement.words.split()), _LONGEST_IN_COUNT)
        return paragraphs(self._head(announcement), fill("{words}", words=words))

    def count(self, acknowledged: int, people: int, waiting: Html) -> Html:
        if not waiting:
            return fill(
                "✅ <b>{n}/{all} đã nhận</b>",
                n=self.number(acknowledged),
                all=self.number(people),
            )
        return fill(
            "<b>{n}/{all} đã nhận</b>, còn {waiting}",
            n=self.number(acknowledged),
            all=self.number(people),
            waiting=waiting,
        )

    def not_reached(self, people: int, names: Html) -> Html:
        return fill(
            "⚠️ {n} người không nhận được tin, đồng chí gọi điện: {names}",
            n=self.number(people),
            names=names,
        )

    final_list = Html("<b>Kết quả cuối cùng</b>")
    recipients_counted = "người"

    def recipient(self, recipient: Recipient, unit: Unit | None) -> Html:
        """The unit alone for its leader, else the position too."""
        if unit and recipient.role is Role.LEADER:
            return fill("{unit}", unit=self.brief(unit.short_name, _LONGEST_NAME))
        return self.recipient_position(recipient, unit)

    def recipient_position(self, recipient: Recipient, unit: Unit | None) -> Html:
        name = f" {self.brief(unit.short_name, _LONGEST_NAME)}" if unit else ""
        return fill("{position}{unit}", position=self.positions[recipient.role], unit=name)
