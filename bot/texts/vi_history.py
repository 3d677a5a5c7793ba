"""One unit: a day with all that was reported, and its history, in Vietnamese."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.changes import Change, Correction
from bot.domain.measures import Counts, State, UnitDay
from bot.domain.reports import Author, Report
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_words import VietnameseWords

_WEEK = 7
# Characters of free words in a line that tells a change.
LONGEST_WORDS = 30


class VietnameseHistory(VietnameseWords):
    # One unit, a day

    def state_of(self, unit_day: UnitDay, author: Author | None, now: datetime) -> Html:
        """Where the unit stands: what came first and by whom, or what is still awaited."""
        mark, window = self.mark(unit_day, now), unit_day.window
        report = unit_day.report
        match unit_day.state:
            case State.EXEMPT:
                told = fill("Được miễn: {reason}", reason=unit_day.exempt_reason)
            case State.NOT_DUE:
                told = fill(
                    "Chưa đến giờ: mở lúc {at}", at=self.moment_of(window.opens, window.day)
                )
            case State.MISSING:
                told = fill(
                    "<b>Chưa báo cáo</b>, {due} {at}",
                    due="quá hạn" if unit_day.is_overdue(now) else "hạn",
                    at=self.moment_of(window.due, window.day),
                )
            case State.ON_TIME:
                told = Html("Đúng hạn")
            case _:
                told = fill("<b>Muộn</b>, hạn {at}", at=self.moment_of(window.due, window.day))
        return lines(
            fill("{mark} {told}", mark=mark, told=told),
            fill(
                "Gửi lúc {at} ({who})",
                at=self.moment_of(report.first_submitted_at, report.day),
                who=self.full_position(author),
            )
            if report and author
            else "",
            fill("Lý do muộn: {reason}", reason=report.late_reason)
            if report and report.late_reason
            else "",
        )

    questions = {"safety": "An toàn", "order": "An ninh, trật tự"}

    def question(self, field_key: str, *, answer: bool | None) -> Html:
        template = "⚠️ <b>{question}: {answer}</b>" if answer is False else "{question}: {answer}"
        return fill(
            template, question=self.questions[field_key], answer=self._stated(answer=answer)
        )

    def _stated(self, *, answer: bool | None) -> str:
        return {True: "bình thường", False: "có vấn đề", None: "chưa nêu"}[answer]

    def free_words(self, field_key: str, words: str) -> Html:
        return fill("{field}: {words}", field=self.field_names[field_key], words=words)

    def chosen(self, field_key: str, option: str) -> Html:
        return fill(
            "{field}: {option}",
            field=self.field_names[field_key],
            option=self.option_names[field_key][option],
        )

    # One unit, several days

    marks = {
        State.ON_TIME: "✅",
        State.LATE: "🟠",
        State.MISSING: "❌",
        State.NOT_DUE: "▫️",
        State.EXEMPT: "➖",
    }
    awaited = "⏳"
    mark_names = {
        "✅": "đúng hạn",
        "🟠": "muộn",
        "❌": "chưa báo cáo",
        "⏳": "chưa đến hạn",
        "➖": "được miễn",
    }

    def mark(self, unit_day: UnitDay, now: datetime) -> str:
        if unit_day.state is State.MISSING and not unit_day.is_overdue(now):
            return self.awaited
        return self.marks[unit_day.state]

    def week_of_marks(self, monday: date, marks: Sequence[str]) -> Html:
        """Seven marks from Monday on, behind Monday's date; empty for a day without a report due."""
        shown = "".join(mark or self.marks[State.NOT_DUE] for mark in marks)
        return fill("<code>{day}</code> {shown}", day=self.short_day(monday), shown=shown)

    def legend(self, marks: Sequence[str]) -> Html:
        shown = [f"{mark} {name}" for mark, name in self.mark_names.items() if mark in marks]
        return fill("<i>Mỗi dòng một tuần, từ thứ Hai. {marks}</i>", marks=", ".join(shown))

    def month_in_year(self, month: int, counts: Counts) -> Html:
        return fill(
            "Tháng {month}: {actual}/{expected}, đúng hạn {on_time}",
            month=month,
            actual=counts.actual,
            expected=counts.expected,
            on_time=counts.on_time,
        )

    def streak(self, days: int) -> Html:
        return fill("Chuỗi đúng hạn: {n} ngày", n=self.number(days)) if days else Html("")

    def not_expected(self, first: date, last: date) -> Html:
        days = f"ngày {self.day(first)}" if first == last else self.days(first, last)
        return fill("Đơn vị không phải báo cáo trong {days}.", days=days)

    def days_missed(self, number: int, days: Html) -> Html:
        return fill("<b>Chưa báo cáo {n}:</b> {days}", n=self.number(number), days=days)

    def late_day(self, report: Report) -> Html:
        """A late report by its day, when it came, and why if it was said."""
        local = report.first_submitted_at
        return fill(
            "{day} {at}{reason}",
            day=self.short_day(report.day),
            at=self.moment_of(local, report.day),
            reason=f" ({self.brief(report.late_reason, LONGEST_WORDS)})"
            if report.late_reason
            else "",
        )

    def own_problem(self, field_key: str, day: date) -> Html:
        return fill(
            "⚠️ <b>{day} {question}: {answer}</b>",
            day=self.short_day(day),
            question=self.questions[field_key],
            answer=self._stated(answer=False),
        )

    # Corrections

    corrections = Html("<b>Đã sửa</b>")
    days_counted_more = "ngày"
    corrections_counted = "lần sửa"

    def correction(self, correction: Correction, *, with_day: bool) -> Html:
        report = correction.report
        return fill(
            "• {day}lần {n} lúc {at} ({who}{late}): {changes}",
            day=f"{self.short_day(report.day)} " if with_day else "",
            n=self.number(correction.number),
            at=self.moment_of(report.revised_at, report.day),
            who=self.full_position(report.author),
            late=", sau hạn" if report.is_corrected_after_due else "",
            changes="; ".join(self._changes(correction.changes)) or "nội dung không đổi",
        )

    def _changes(self, changes: Sequence[Change]) -> list[str]:
        told = dict.fromkeys(self._told(change) for change in changes)
        return list(told)

    def _told(self, change: Change) -> str:
        """From what to what; in percent mode people are not counted, only named as changed."""
        key = change.field_key
        if change.reason is not None:
            if self.in_percent:
                return f"đổi số {self.field_names[key].lower()}"
            return f"{self.reasons[change.reason]} {change.before} → {change.after}"
        name = self.questions.get(key, self.field_names[key])
        values: Mapping[Any, str] = self.option_names.get(key, {})
        if key in self.questions:
            before, after = self._stated(answer=change.before), self._stated(answer=change.after)
        else:
            before, after = (
                f"“{self.brief(values.get(value, value), LONGEST_WORDS)}”" if value else "trống"
                for value in (change.before, change.after)
            )
        return f"{name}: {before} → {after}"
