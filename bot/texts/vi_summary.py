"""Summaries, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.calendar import Window
from bot.domain.measures import Counts, Problem, Strength
from bot.domain.reports import Report
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_words import VietnameseWords

# Characters of a person's own words beside others; a unit's own view has them all.
LONGEST_REASON = 40
_LONGEST_RECOMMENDATION = 100


class VietnameseSummary(VietnameseWords):
    reported_problems = {
        "safety": "an toàn có vấn đề",
        "order": "an ninh, trật tự có vụ việc",
    }

    # Lists that may be cut short

    def names(self, shown: Sequence[Html], hidden: int, *, of: str = "đơn vị") -> Html:
        more = self._more(" " if shown else "", hidden, of=of)
        return fill("{shown}{more}", shown=Html(", ".join(shown)), more=more)

    def rows(self, shown: Sequence[Html], hidden: int, *, of: str = "đơn vị") -> Html:
        return lines(*shown, self._more("", hidden, of=of))

    def _more(self, space: str, hidden: int, *, of: str = "đơn vị") -> str:
        return f"{space}… và {self.number(hidden)} {of} nữa" if hidden else ""

    problems_counted = "vấn đề"
    recommendations_counted = "kiến nghị"
    flags_counted = "điều khác"
    days_counted = "ngày trước đó"

    # Titles

    def day_title(self, command: str, day: date) -> Html:
        return fill(
            "<b>{command}</b>\n<b>Báo cáo trực ngày {day}</b>", command=command, day=self.day(day)
        )

    def late_title(self, command: str, days: int) -> Html:
        return fill(
            "<b>{command}</b>\n<b>Tổng hợp muộn, {days} ngày đã chốt</b>",
            command=command,
            days=self.number(days),
        )

    def progress(self, as_of: datetime, window: Window) -> Html:
        """How far the day has come, and until when reports are still taken."""
        if as_of >= window.locks:
            return fill("Đã chốt lúc {locks}", locks=self.moment_of(window.locks, window.day))
        if as_of < window.opens:
            until, at = "mở lúc", window.opens
        elif as_of < window.due:
            until, at = "hạn", window.due
        else:
            until, at = "nhận muộn đến", window.locks
        return fill(
            "Tính đến {as_of}, {until} {at}",
            as_of=self.moment_of(as_of, window.day),
            until=until,
            at=self.moment_of(at, window.day),
        )

    def final(self, as_of: datetime, window: Window) -> Html:
        if as_of >= window.locks:
            return fill("Bản chốt lúc {locks}", locks=self.moment_of(window.locks, window.day))
        return fill("Bản chốt, tính đến {as_of}", as_of=self.moment_of(as_of, window.day))

    def escalation(self, as_of: datetime, window: Window) -> Html:
        return fill(
            "<b>Quá hạn {due} vẫn còn đơn vị chưa báo cáo, đề nghị gọi trực tiếp.</b>\n{progress}",
            due=self.moment_of(window.due, window.day),
            progress=self.progress(as_of, window),
        )

    def morning(self, counts: Counts, streak: int) -> Html:
        """Yesterday in one line; `streak` is the number of days without a late or missing report."""
        told = fill(
            "Hôm qua {on_time}/{expected} đúng hạn",
            on_time=self.number(counts.on_time),
            expected=self.number(counts.expected),
        )
        if streak > 1:
            return fill("☀️ {told}, ngày thứ {n} liên tiếp", told=told, n=self.number(streak))
        rest = "" if streak else f". {self.late_and_missing(counts)}"
        return fill("☀️ {told}{rest}", told=told, rest=Html(rest))

    def nothing_expected(self, day: date) -> Html:
        return fill("Ngày {day} không có đơn vị nào phải báo cáo.", day=self.day(day))

    def not_open(self, window: Window) -> Html:
        return fill(
            "Chưa đến giờ báo cáo ngày {day}: mở lúc {opens}, hạn {due}.",
            day=self.day(window.day),
            opens=self.clock_time(window.opens),
            due=self.clock_time(window.due),
        )

    # Problems

    def problem(self, problem: Problem, day: date | None = None) -> Html:
        """One problem; with its day where there are several."""
        return fill(
            "⚠️ <b>{unit}{day}: {what}</b>",
            unit=problem.unit.short_name,
            day=f" {self.short_day(day)}" if day else "",
            what=self.reported_problems[problem.field_key],
        )

    call_units = "Đề nghị gọi trực chỉ huy đơn vị."
    no_problems = "Các đơn vị đã báo cáo: không có vấn đề."

    open_questions = {"safety": "an toàn", "order": "an ninh, trật tự"}

    def not_stated(self, field_key: str, names: Html) -> Html:
        return fill(
            "Chưa nêu {question}: {names}", question=self.open_questions[field_key], names=names
        )

    recommendations = Html("<b>Kiến nghị</b>")

    def recommendation(self, unit: Unit, words: str) -> Html:
        return fill(
            "{unit}: {words}",
            unit=unit.short_name,
            words=self.brief(words, _LONGEST_RECOMMENDATION),
        )

    # Reports

    def reported(self, counts: Counts) -> Html:
        return fill(
            "{mark}<b>Báo cáo {actual}/{expected}</b> ({rate})",
            mark="✅ " if counts.actual == counts.expected else "",
            actual=self.number(counts.actual),
            expected=self.number(counts.expected),
            rate=self.rate(counts.reporting_rate),
        )

    def on_time(self, counts: Counts) -> Html:
        return fill(
            "Đúng hạn {n} ({rate})",
            n=self.number(counts.on_time),
            rate=self.rate(counts.reporting_rate_on_time),
        )

    def late(self, number: int, names: Html) -> Html:
        return fill("Muộn {n}: {names}", n=self.number(number), names=names)

    def not_reported(self, number: int, names: Html) -> Html:
        return fill("<b>Chưa báo cáo {n}:</b> {names}", n=self.number(number), names=names)

    def still_in_time(self, number: int, names: Html) -> Html:
        """Units whose own deadline is later than the command's, each with that."""
        return fill("Chưa đến hạn riêng {n}: {names}", n=self.number(number), names=names)

    def corrected_after_due(self, number: int, names: Html) -> Html:
        return fill("Sửa sau hạn {n}: {names}", n=self.number(number), names=names)

    def unit_name(self, unit: Unit) -> Html:
        return fill("{unit}", unit=unit.short_name)

    def unit_at(self, unit: Unit, moment: datetime, day: date) -> Html:
        return fill("{unit} {at}", unit=unit.short_name, at=self.moment_of(moment, day))

    def late_unit(self, unit: Unit, report: Report) -> Html:
        """Who reported late, when, and why if it was said."""
        told = self.unit_at(unit, report.first_submitted_at, report.day)
        if not report.late_reason:
            return told
        reason = self.brief(report.late_reason, LONGEST_REASON)
        return fill("{told} ({reason})", told=told, reason=reason)

    def exempt(self, number: int, names: Html, reason: str = "") -> Html:
        """`reason` where it is the same for all of them."""
        return fill(
            "Được miễn {n}{reason}: {names}",
            n=self.number(number),
            reason=f" ({self.brief(reason, LONGEST_REASON)})" if reason else "",
            names=names,
        )

    def exempt_unit(self, unit: Unit, reason: str) -> Html:
        return fill(
            "{unit} ({reason})", unit=unit.short_name, reason=self.brief(reason, LONGEST_REASON)
        )

    def late_and_missing(self, counts: Counts) -> Html:
        return fill(
            "Muộn {late}, chưa báo cáo {missing}",
            late=self.number(counts.late),
            missing=self.number(counts.missing),
        )

    def day_in_brief(self, day: date, counts: Counts) -> Html:
        if not counts.expected:
            return fill("<b>{day}</b>: không đơn vị nào phải báo cáo", day=self.day(day))
        return fill(
            "<b>{day}: {actual}/{expected}</b> ({rate})",
            day=self.day(day),
            actual=self.number(counts.actual),
            expected=self.number(counts.expected),
            rate=self.rate(counts.reporting_rate),
        )

    def details_of_day(self, day: date) -> Html:
        return fill("Chi tiết: /tonghop ngay {day}", day=f"{day.day}/{day.month}/{day.year}")

    # Strength

    def strength_of(self, strength: Strength, samples: int) -> Html:
        """Strength of those who reported, and plainly what is not known of it."""
        unknown = self._unknown(strength)
        if not strength.establishment and unknown:
            present = fill("<b>Quân số chưa rõ</b>: {why}", why=unknown)
            unknown = ""
        else:
            present = self._present(strength)
        return lines(
            present,
            ""
            if self.in_percent or not strength.absent
            else fill("Lý do vắng: {reasons}", reasons=self.absences(strength.absent_by_reason)),
            fill("Chưa rõ: {why}", why=unknown) if unknown else "",
            fill("<i>Biên chế là số mẫu ({n} đơn vị)</i>", n=self.number(samples))
            if samples
            else "",
        )

    def _present(self, strength: Strength) -> Html:
        if self.in_percent:
            return fill(
                "<b>Quân số có mặt {share}</b>",
                share=self.share(strength.present, strength.establishment),
            )
        return fill(
            "<b>Quân số có mặt {present}/{all}</b>, vắng {absent}",
            present=self.number(strength.present),
            all=self.number(strength.establishment),
            absent=self.number(strength.establishment - strength.present),
        )

    def _unknown(self, strength: Strength) -> str:
        parts = []
        if strength.silent_units:
            parts.append(f"{self.number(strength.silent_units)} đơn vị chưa báo cáo")
        if strength.unknown_units:
            absent = strength.absent - (strength.establishment - strength.present)
            told = "" if self.in_percent or not absent else f" (vắng {self.number(absent)})"
            parts.append(f"{self.number(strength.unknown_units)} đơn vị chưa có biên chế{told}")
        return ", ".join(parts)

    # Who has not reported

    def missing_title(self, counts: Counts, missing: int) -> Html:
        return fill(
            "<b>Chưa báo cáo {missing}/{expected}</b>",
            missing=self.number(missing),
            expected=self.number(counts.expected),
        )

    def day_and_progress(self, as_of: datetime, window: Window) -> Html:
        return fill(
            "Ngày {day}\n{progress}",
            day=self.day(window.day),
            progress=self.progress(as_of, window),
        )

    def all_reported(self, day: date, counts: Counts) -> Html:
        return fill(
            "Ngày {day}: Tất cả {n}/{n} đã báo cáo.",
            day=self.day(day),
            n=self.number(counts.expected),
        )
