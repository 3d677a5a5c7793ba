"""Announcements, in English."""

from datetime import date, datetime

from bot.domain.announcements import Announcement, Recipient
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, own_words, paragraphs
from bot.texts.vi_announcements import VietnameseAnnouncements


class EnglishAnnouncements(VietnameseAnnouncements):
    to_all_units = "👥 All units"
    to_some_units = "☑️ Choose units"
    to_roles = "🎖 By role"
    all_chosen = "✔️ Done"
    other_recipients = "👥 Recipients"
    send_announcement = "📨 Send"
    send_later = "🕒 Send later"
    send_at_once = "🕒 Send now, not later"
    today = "Today"
    tomorrow = "Tomorrow"
    send_correction = "📨 Send the correction"

    def ask_announcement(self, present: str, longest: int) -> Html:
        return paragraphs(
            fill("Text so far:\n{words}", words=own_words(present)) if present else "",
            fill(
                "📢 Please type the <b>text of the announcement</b> in one message, "
                "of at most {longest}.",
                longest=count(longest, "character"),
            ),
        )

    choose_recipients = Html("📢 To whom should the announcement go?")
    choose_recipient_units = Html("📢 Press a unit to choose it or leave it out, then ✔️ Done.")
    choose_recipient_roles = Html("📢 Press a role to choose it or leave it out, then ✔️ Done.")
    nobody_reached = "Nobody can receive this yet. Please choose other recipients."
    choose_send_day = Html("📢 On which day should it be sent?")

    def ask_send_time(self, day: date) -> Html:
        return fill(
            "📢 At what time on {day} should it be sent? "
            "Please type the time, for example: <code>16:30</code>",
            day=self.day(day),
        )

    def not_a_send_time(self, typed: str) -> Html:
        return fill(
            "I do not understand the time “{typed}”. "
            "Please type the time, for example: <code>16:30</code>",
            typed=typed[:40],
        )

    def send_time_over(self, at: datetime) -> Html:
        return fill("{at} is already past. Please type another time.", at=self.moment(at))

    def announcement_card(
        self, announcement: Announcement, people: int, unreachable: Html, empty_units: Html
    ) -> Html:
        at = announcement.send_at
        return paragraphs(
            Html("📢 <b>Announcement</b>"),
            own_words(announcement.words),
            lines(
                fill("Goes to: <b>{n}</b>", n=count(people, "person", "people")),
                fill("Cannot be reached, please call: {names}", names=unreachable)
                if unreachable
                else "",
                fill("Units in which nobody receives messages yet: {names}", names=empty_units)
                if empty_units
                else "",
                fill("To be sent: {at}", at=f"at {self.moment(at)}" if at else "when you press"),
            ),
            fill("Not sent yet. Please check it, then press {send}.", send=self.send_announcement),
        )

    def correction_card(self, words: str, people: int) -> Html:
        return paragraphs(
            Html("📢 <b>Correction of the announcement</b>"),
            own_words(words),
            fill(
                "Not corrected yet. The message sent to {n} will be replaced and marked as edited. "
                "Please check it, then press {send}.",
                n=count(people, "person", "people"),
                send=self.send_correction,
            ),
        )

    def announcement_waits(self, announcement: Announcement) -> Html:
        at = announcement.send_at
        return paragraphs(
            Html("📢 <b>Announcement</b>"),
            own_words(announcement.words),
            fill("🕒 Will be sent at {at}.", at=self.moment(at)) if at else "📨 Being sent…",
        )

    def announcement(
        self, announcement: Announcement, recipient: Recipient, *, is_reminder: bool = False
    ) -> Html:
        acknowledged = recipient.acknowledged_at
        return paragraphs(
            Html("⏰ <b>You have not yet acknowledged the announcement below.</b>")
            if is_reminder
            else "",
            self._head(announcement),
            own_words(announcement.words),
            fill("✅ You acknowledged it at {at}", at=self.moment(acknowledged))
            if acknowledged
            else "When you have read it, please press ✅ Acknowledge.",
        )

    def _head(self, announcement: Announcement) -> Html:
        sent, edited = announcement.sent_at, announcement.edited_at
        return lines(
            Html("📢 <b>Announcement</b>"),
            fill("{who}, {at}", who=self.position(announcement.author), at=self.moment(sent))
            if sent
            else "",
            fill("✏️ edited at {at}", at=self.moment(edited)) if edited else "",
        )

    def announcement_edited(self, announcement: Announcement, edited_at: datetime) -> Html:
        sent = announcement.sent_at
        return fill(
            "✏️ The announcement{sent} was edited at {edited}. Please read it again.",
            sent=f" sent at {self.moment(sent)}" if sent else "",
            edited=self.moment(edited_at),
        )

    def received_at(self, at: datetime) -> str:
        return f"You acknowledged it at {self.moment(at)}."

    received_now = "Acknowledged."
    announcement_cancelled = Html("Cancelled; no announcement was sent. Start again: /thongbao")
    announcement_card_left = Html(
        "This card is out of date; nothing was sent. Please start again: /thongbao"
    )
    not_corrected = Html("Nothing was corrected. The announcement stays as it was sent.")
    corrected = Html("✏️ The announcement is corrected; the recipients are told of it.")

    # Counting

    def count(self, acknowledged: int, people: int, waiting: Html) -> Html:
        return fill(
            "<b>{n}/{all} acknowledged</b>, not yet: {waiting}"
            if waiting
            else "✅ <b>{n}/{all} acknowledged</b>",
            n=self.number(acknowledged),
            all=self.number(people),
            waiting=waiting,
        )

    def not_reached(self, people: int, names: Html) -> Html:
        return fill(
            "⚠️ {n} cannot be reached, please call: {names}",
            n=count(people, "person", "people"),
            names=names,
        )

    final_list = Html("<b>Final result</b>")
    recipients_counted = "recipients"
