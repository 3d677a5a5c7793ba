"""The pinned board, in Vietnamese. Its lines are short, for a phone."""

from datetime import date, datetime

from bot.domain.calendar import Window
from bot.domain.measures import Counts, UnitDay
from bot.domain.reports import Report
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords

_BAR_LENGTH = 10
_REASON_AT_MOST = 24


class VietnameseBoard(VietnameseWords):
    def board_title(self, command: str, day: date, counts: Counts) -> Html:
        """The first line is what Telegram shows of a pinned message at the top of the chat."""
        return fill(
            "<b>Báo cáo trực {day}: {actual}/{expected}{mark}</b>\n{command}",
            day=self.day(day),
            actual=self.number(counts.actual),
            expected=self.number(counts.expected),
            mark=" ✅" if counts.actual == counts.expected else "",
            command=command,
        )

    def board_of_nothing(self, command: str, day: date) -> Html:
        return fill(
            "<b>Báo cáo trực {day}: không phải báo cáo</b>\n{command}",
            day=self.day(day),
            command=command,
        )

    def board_bar(self, counts: Counts) -> str:
        """Full only when all are in, and empty only when none is."""
        full = _BAR_LENGTH * counts.actual // counts.expected
        full = max(full, 1) if counts.actual else 0
        return "▰" * full + "▱" * (_BAR_LENGTH - full)

    def board_hours(self, as_of: datetime, window: Window) -> Html:
        """Until when reports are taken: a line that changes at the deadline and the lock alone."""
        due = self.moment_of(window.due, window.day)
        locks = self.moment_of(window.locks, window.day)
        if as_of >= window.locks:
            return fill("🔒 <b>Đã chốt</b> lúc {locks}", locks=locks)
        if as_of >= window.due:
            return fill("Đã quá hạn {due}, nhận đến {locks}", due=due, locks=locks)
        return fill("Hạn {due}, nhận muộn đến {locks}", due=due, locks=locks)

    def board_overdue(self, number: int, names: Html) -> Html:
        return self._board_part("⏰", "Quá hạn chưa báo cáo", number, names)

    def board_silent(self, number: int, names: Html) -> Html:
        return self._board_part("❌", "Không báo cáo", number, names)

    def board_late(self, number: int, rows: Html) -> Html:
        return self._board_part("🕔", "Báo cáo muộn", number, rows)

    def board_waiting(self, number: int, names: Html) -> Html:
        return self._board_part("⏳", "Chưa báo cáo", number, names)

    def board_exempt(self, number: int, names: Html) -> Html:
        return self._board_part("➖", "Miễn báo cáo", number, names)

    def board_on_time(self, number: int, rows: Html, *, folded: bool) -> Html:
        """Who is on time; a folded list shows its beginning until somebody taps it."""
        if folded:
            rows = fill("<blockquote expandable>{rows}</blockquote>", rows=rows)
        return self._board_part("✅", "Đúng hạn", number, rows)

    def _board_part(self, sign: str, what: str, number: int, listed: Html) -> Html:
        return fill(
            "{sign} <b>{what}: {n}</b>\n{listed}",
            sign=sign,
            what=what,
            n=self.number(number),
            listed=listed,
        )

    def board_unopened(self, unit: Unit, window: Window) -> Html:
        opens = self.moment_of(window.opens, window.day)
        return fill("{unit} (từ {opens})", unit=unit.short_name, opens=opens)

    def board_excused(self, unit_day: UnitDay) -> Html:
        reason = unit_day.exempt_reason
        if len(reason) > _REASON_AT_MOST:
            reason = f"{reason[: _REASON_AT_MOST - 1]}…"
        return fill("{unit} ({reason})", unit=unit_day.unit.short_name, reason=reason)

    def board_report(self, unit: Unit, report: Report) -> Html:
        """The time first, so that the times stand below each other."""
        return fill(
            "{at} {unit}{mark}",
            at=self.moment_of(report.first_submitted_at, report.day),
            unit=unit.short_name,
            mark=" (sửa sau hạn)" if report.is_corrected_after_due else "",
        )
