"""The pinned board, in English. Its lines are short, for a phone."""

from datetime import date, datetime

from bot.domain.calendar import Window
from bot.domain.measures import Counts
from bot.domain.reports import Report
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_board import VietnameseBoard


class EnglishBoard(VietnameseBoard):
    def board_title(self, command: str, day: date, counts: Counts) -> Html:
        return fill(
            "<b>Duty reports {day}: {actual}/{expected}{mark}</b>\n{command}",
            day=self.day(day),
            actual=self.number(counts.actual),
            expected=self.number(counts.expected),
            mark=" ✅" if counts.actual == counts.expected else "",
            command=command,
        )

    def board_of_nothing(self, command: str, day: date) -> Html:
        return fill(
            "<b>Duty reports {day}: none due</b>\n{command}",
            day=self.day(day),
            command=command,
        )

    def board_hours(self, as_of: datetime, window: Window) -> Html:
        due = self.moment_of(window.due, window.day)
        locks = self.moment_of(window.locks, window.day)
        if as_of >= window.locks:
            return fill("🔒 <b>Closed</b> at {locks}", locks=locks)
        if as_of >= window.due:
            return fill("Overdue since {due}, taken until {locks}", due=due, locks=locks)
        return fill("Deadline {due}, late until {locks}", due=due, locks=locks)

    def board_overdue(self, number: int, names: Html) -> Html:
        return self._board_part("⏰", "Overdue, not yet reported", number, names)

    def board_silent(self, number: int, names: Html) -> Html:
        return self._board_part("❌", "Not reported", number, names)

    def board_late(self, number: int, rows: Html) -> Html:
        return self._board_part("🕔", "Reported late", number, rows)

    def board_waiting(self, number: int, names: Html) -> Html:
        return self._board_part("⏳", "Not yet reported", number, names)

    def board_exempt(self, number: int, names: Html) -> Html:
        return self._board_part("➖", "Exempt", number, names)

    def board_on_time(self, number: int, rows: Html, *, folded: bool) -> Html:
        if folded:
            rows = fill("<blockquote expandable>{rows}</blockquote>", rows=rows)
        return self._board_part("✅", "On time", number, rows)

    def board_unopened(self, unit: Unit, window: Window) -> Html:
        opens = self.moment_of(window.opens, window.day)
        return fill("{unit} (from {opens})", unit=unit.short_name, opens=opens)

    def board_report(self, unit: Unit, report: Report) -> Html:
        return fill(
            "{at} {unit}{mark}",
            at=self.moment_of(report.first_submitted_at, report.day),
            unit=unit.short_name,
            mark=" (corrected after deadline)" if report.is_corrected_after_due else "",
        )
