"""Prompts, cards and receipts, in English."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.calendar import Outage, Window
from bot.domain.forms import Answers, total_absent, unstated
from bot.domain.reports import Form, Report
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_form import VietnameseForm


class EnglishForm(VietnameseForm):
    normal = "✅ All present, all normal"
    copy_yesterday = "📋 As yesterday"
    copy_last = "📋 As last time"
    detail = "✏️ Enter details"
    send = "📨 Send report"
    edit = "✏️ Correct"
    cancel = "❌ Cancel"
    late_reason = "💬 Reason for delay"
    normal_labels = {
        "duty": normal,
        "attendance": "✅ All present",
        "course_result": "✅ All completed",
        "party_committee": "✅ There is a committee",
        "office": "✅ There is an office",
    }
    send_labels = {
        "duty": send,
        "attendance": "📨 Send attendance",
        "course_result": "📨 Send results",
        "party_committee": send,
        "party_members": send,
        "office": send,
    }

    normal_values = {
        "safety": "safe",
        "order": "stable",
        "has_committee": "yes",
        "has_office": "yes",
    }
    problem_values = {
        "safety": "problem, call the duty desk",
        "order": "incident",
        "has_committee": "not yet",
        "has_office": "not yet",
    }
    unstated_value = "not stated"
    ungraded = "not graded yet"
    answer_labels = {
        "safety": ("✅ Safe", "⚠️ Problem"),
        "order": ("✅ Stable", "⚠️ Incident"),
    }

    def prompt(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "Please report before <b>{due}</b>.",
                due=self.moment_of(window.due, window.day),
            ),
        )

    def prompt_after_due(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "The deadline {due} has passed; you can still send the report until {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def reminder(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "⏰ Reminder: your unit has not yet reported, deadline <b>{due}</b>.",
                due=self.moment_of(window.due, window.day),
            ),
        )

    def overdue_reminder(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "⏰ The deadline {due} has passed and your unit has not yet reported. "
                "You can still send the report until {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def deputy_reminder(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "⏰ The deadline {due} has passed and the unit has not yet reported. "
                "Please report in the commander's place; reports are taken until {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def nudge(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "🔔 The command reminds you: your unit has not yet reported. "
                "Deadline {due}, taken until {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def outage(self, outage: Outage) -> Html:
        return fill(
            "The system was interrupted from {began} to {ended}. "
            "If you pressed send and have no receipt, please press again.",
            began=self.moment_of(outage.began, self.local_day(outage.ended)),
            ended=self.moment(outage.ended),
        )

    several_days = Html(
        "Your unit has not yet reported on the days below. Please choose one; "
        "then type /baocao day/month to open another."
    )

    def open_day(self, window: Window) -> str:
        return f"{self.day(window.day)}, deadline {self.moment_of(window.due, window.day)}"

    def delayed(self, scheduled_at: datetime) -> Html:
        return fill(
            "<i>This message was sent late; it was due at {when}.</i>",
            when=self.moment(scheduled_at),
        )

    def copy_latest(self, day: date) -> str:
        return f"📋 As in the latest report ({day.day}/{day.month})"

    def strength(self, answers: Answers, establishment: int | None) -> Html:
        absent = total_absent(answers)
        if establishment is None:
            return fill("Strength: absent {absent} (establishment unknown)", absent=absent)
        return fill(
            "Strength: <b>{present}/{all}</b>, absent {absent}",
            present=establishment - absent,
            all=establishment,
            absent=absent,
        )

    def card(self, form: Form, answers: Answers, seen: int) -> Html:
        missing = unstated(form.kind, answers)
        begun = "The correction is not sent yet." if seen else "Not sent yet."
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            self.asks_unstated if missing else "",
            f"{begun} Please check, then press {self.send_labels[form.report_type]}.",
        )

    asks_unstated = (
        "Something is not stated: please answer with the buttons below. "
        "If you send now, the report says “not stated”."
    )

    def receipt(self, form: Form, report: Report, code: str) -> Html:
        return paragraphs(
            fill("✅ <b>{what}</b>", what=self.received_toasts[form.report_type]),
            lines(
                self.title_of(form, report.day),
                fill(
                    "{state}, at {at} ({who})",
                    state=self.timeliness(report),
                    at=self.moment_of(report.first_submitted_at, report.day),
                    who=self.full_position(report.author),
                ),
                self.reason_of_delay(report),
                self.revision(report),
            ),
            self._reported(form, report),
            fill("Code: <code>{code}</code>", code=code),
        )

    def reason_of_delay(self, report: Report) -> Html:
        if not report.late_reason:
            return Html("")
        return fill("Reason for delay: {why}", why=report.late_reason)

    def revision(self, report: Report) -> Html:
        if report.revision == 1:
            return Html("")
        return fill(
            "{mark}, correction {n}, at {at}",
            mark="corrected after the deadline" if report.is_corrected_after_due else "corrected",
            n=report.revision - 1,
            at=self.moment_of(report.revised_at, report.day),
        )

    def taken(self, form: Form, report: Report, code: str) -> Html:
        return paragraphs(
            self.title_of(form, report.day),
            fill(
                "Reported at {at} ({who}).",
                at=self.moment_of(report.revised_at, report.day),
                who=self.full_position(report.author),
            ),
            self._reported(form, report),
            lines(
                self.reason_of_delay(report),
                fill("{state}, code <code>{code}</code>", state=self.timeliness(report), code=code),
            ),
        )

    def choose_unit(self, report_type: str, day: date) -> Html:
        return fill(
            "<b>{name} {day}</b>\nWhich unit do you report for?",
            name=self.report_names[report_type],
            day=self.day(day),
        )

    def unit_state(self, unit: Unit, report: Report | None, *, is_expected: bool) -> str:
        if report:
            at = self.moment_of(report.first_submitted_at, report.day)
            return f"{unit.name} – reported at {at}"
        return f"{unit.name} – {'not yet reported' if is_expected else 'no report due'}"

    def earlier_day_open(self, day: date, units: Iterable[Unit]) -> Html:
        return fill(
            "The report of {day} from {units} is missing and still taken: "
            "<code>/baocao {typed}</code>",
            day=self.day(day),
            units=", ".join(unit.short_name for unit in units),
            typed=f"{day.day}/{day.month}",
        )

    cancelled = "Cancelled, nothing was sent. Please choose again below."
    draft_changed = "The form was changed in another message. Please check, then press send."
    correction_cancelled = "The correction is cancelled. The report that was sent stands."
    received_toasts = {
        "duty": "Report received",
        "attendance": "Attendance received",
        "course_result": "Results received",
        "party_committee": "Report received",
        "party_members": "Report received",
        "office": "Report received",
    }
