"""Prompts, cards and receipts, in Vietnamese."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.calendar import Outage, Window
from bot.domain.forms import (
    NOT_STATED,
    Answers,
    Breakdown,
    Choice,
    Field,
    Number,
    ReportType,
    Roster,
    Share,
    Text,
    YesNo,
    absent_codes,
    total_absent,
    unstated,
)
from bot.domain.reports import Form, Report
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, literal, paragraphs
from bot.texts.vi_words import VietnameseWords


class VietnameseForm(VietnameseWords):
    normal = "✅ Đủ quân số, bình thường"
    normal_labels = {
        "duty": normal,
        "attendance": "✅ Tất cả có mặt",
        "course_result": "✅ Tất cả hoàn thành",
        "party_committee": "✅ Có cấp ủy",
        "office": "✅ Có nhà làm việc",
    }
    copy_yesterday = "📋 Như hôm qua"
    copy_last = "📋 Như lần trước"
    detail = "✏️ Nhập chi tiết"
    send = "📨 Gửi báo cáo"
    send_labels = {
        "duty": send,
        "attendance": "📨 Gửi điểm danh",
        "course_result": "📨 Gửi kết quả",
        "party_committee": send,
        "party_members": send,
        "office": send,
    }
    edit = "✏️ Sửa"
    cancel = "❌ Hủy"
    late_reason = "💬 Lý do muộn"

    normal_values = {
        "safety": "an toàn",
        "order": "ổn định",
        "has_committee": "có",
        "has_office": "có",
    }
    problem_values = {
        "safety": "có vấn đề, gọi trực chỉ huy",
        "order": "có vụ việc",
        "has_committee": "chưa có",
        "has_office": "chưa có",
    }
    unstated_value = "chưa nêu"
    ungraded = "chưa xếp loại"
    # What the card offers for a question that nobody has answered.
    answer_labels = {
        "safety": ("✅ An toàn", "⚠️ Có vấn đề"),
        "order": ("✅ Ổn định", "⚠️ Có vụ việc"),
    }

    def form_title(self, report_type: str, unit: Unit, day: date) -> Html:
        return fill(
            "<b>{name} {day}</b>\n{unit}",
            name=self.report_names[report_type],
            day=self.report_day(report_type, day),
            unit=unit.name,
        )

    def title_of(self, form: Form, day: date) -> Html:
        title = self.form_title(form.report_type, form.unit, day)
        return lines(title, form.topic) if form.topic else title

    def prompt(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "Mời đồng chí báo cáo trước <b>{due}</b>.",
                due=self.moment_of(window.due, window.day),
            ),
        )

    def prompt_after_due(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "Đã quá hạn {due}, đồng chí vẫn gửi được đến {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def reminder(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "⏰ Nhắc đồng chí: đơn vị chưa báo cáo, hạn <b>{due}</b>.",
                due=self.moment_of(window.due, window.day),
            ),
        )

    def overdue_reminder(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "⏰ Đã quá hạn {due} mà đơn vị chưa báo cáo. Đồng chí vẫn gửi được đến {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def deputy_reminder(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "⏰ Đã quá hạn {due} mà đơn vị chưa báo cáo. Đề nghị đồng chí báo cáo thay, "
                "nhận đến {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def nudge(self, report_type: str, unit: Unit, window: Window) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            fill(
                "🔔 Chỉ huy nhắc: đơn vị chưa báo cáo, hạn {due}, nhận đến {locks}.",
                due=self.moment_of(window.due, window.day),
                locks=self.moment_of(window.locks, window.day),
            ),
        )

    def outage(self, outage: Outage) -> Html:
        return fill(
            "Hệ thống gián đoạn từ {began} đến {ended}. "
            "Nếu đồng chí đã bấm gửi mà chưa có biên nhận, xin bấm lại.",
            began=self.moment_of(outage.began, self.local_day(outage.ended)),
            ended=self.moment(outage.ended),
        )

    several_days = Html(
        "Đơn vị chưa báo cáo những ngày dưới đây. Đồng chí chọn một ngày; "
        "xong rồi gõ /baocao ngày/tháng để mở ngày khác."
    )

    def choose_day(self, report_type: str, unit: Unit) -> Html:
        return fill("<b>{name}</b>\n{unit}", name=self.report_names[report_type], unit=unit.name)

    def open_day(self, window: Window) -> str:
        return f"Ngày {self.day(window.day)}, hạn {self.moment_of(window.due, window.day)}"

    def delayed(self, scheduled_at: datetime) -> Html:
        return fill("<i>Tin này gửi muộn, lẽ ra lúc {when}.</i>", when=self.moment(scheduled_at))

    def copy_latest(self, day: date) -> str:
        return f"📋 Như báo cáo gần nhất ({day.day}/{day.month})"

    def strength(self, answers: Answers, establishment: int | None) -> Html:
        """Strength in the leader's own form, always in heads: they are the leader's own figures."""
        absent = total_absent(answers)
        if establishment is None:
            return fill("Quân số: vắng {absent} (chưa rõ biên chế)", absent=absent)
        return fill(
            "Quân số: <b>{present}/{all}</b>, vắng {absent}",
            present=establishment - absent,
            all=establishment,
            absent=absent,
        )

    def answers(
        self,
        kind: ReportType,
        answers: Answers,
        establishment: int | None,
        *,
        with_strength: bool = True,
    ) -> Html:
        """What was answered, a line each; fields that may be empty and are take no line."""
        return lines(
            *(
                self._answer(field, answers, establishment)
                for field in kind.fields
                if with_strength or not isinstance(field, Breakdown | Number | Roster | Share)
            )
        )

    def _codes_by_reason(self, field: Roster, answers: Answers) -> str:
        """The codes of who is absent, those with one reason together."""
        absent = absent_codes(answers)
        told = []
        for reason in (*field.reasons, NOT_STATED):
            codes = [code for id_, code in field.codes.items() if absent.get(id_) == reason]
            if codes:
                told.append(f"{self.absence_reason(reason)}: {', '.join(codes)}")
        return "; ".join(told)

    def _answer(self, field: Field, answers: Answers, establishment: int | None) -> Html:
        if field.key not in answers:
            return Html("")
        given = answers[field.key]
        match field:
            case Number():
                pass
            case Roster():
                return lines(
                    self.strength(answers, establishment),
                    literal(self._codes_by_reason(field, answers)),
                )
            case Breakdown(key="grades"):
                given = self.absences(given) if given else self.ungraded
            case Breakdown():
                reasons = fill("({reasons})", reasons=self.absences(given)) if given else ""
                return lines(self.strength(answers, establishment), reasons)
            case YesNo():
                return self.yes_no(field.key, is_normal=given)
            case Choice():
                given = self.option_names[field.key][given]
            case Share():
                given = self.part_of_whole(given)
            case Text():
                pass
        return fill("{field}: {given}", field=self.field_names[field.key], given=given)

    def part_of_whole(self, given: Sequence[int]) -> str:
        part, whole = given
        return f"{self.number(part)}/{self.number(whole)}"

    def yes_no(self, key: str, *, is_normal: bool | None) -> Html:
        template = {
            True: "{field}: {value}",
            False: "⚠️ {field}: <b>{value}</b>",
            None: "❔ {field}: <b>{value}</b>",
        }[is_normal]
        return fill(template, field=self.field_names[key], value=self.value(key, is_normal))

    def value(self, key: str, is_normal: bool | None) -> str:  # noqa: FBT001 - an answer, not a switch
        match is_normal:
            case None:
                return self.unstated_value
            case _:
                return (self.normal_values if is_normal else self.problem_values)[key]

    def card(self, form: Form, answers: Answers, seen: int) -> Html:
        missing = unstated(form.kind, answers)
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            self.asks_unstated if missing else "",
            fill(
                "{what} chưa gửi. Đồng chí xem lại rồi bấm {send}."
                if seen
                else "Chưa gửi. Đồng chí xem lại rồi bấm {send}.",
                what="Bản sửa",
                send=self.send_labels[form.report_type],
            ),
        )

    asks_unstated = (
        "Còn mục chưa nêu: đồng chí bấm trả lời bên dưới. Nếu gửi luôn, báo cáo ghi là chưa nêu."
    )

    def receipt(self, form: Form, report: Report, code: str) -> Html:
        return paragraphs(
            fill("✅ <b>{what}</b>", what=self.received_toasts[form.report_type]),
            lines(
                self.title_of(form, report.day),
                fill(
                    "{state}, lúc {at} ({who})",
                    state=self.timeliness(report),
                    at=self.moment_of(report.first_submitted_at, report.day),
                    who=self.full_position(report.author),
                ),
                self.reason_of_delay(report),
                self.revision(report),
            ),
            self._reported(form, report),
            fill("Mã: <code>{code}</code>", code=code),
        )

    def _reported(self, form: Form, report: Report) -> Html:
        """What stands in a report; where strength is told in shares, without it."""
        return self.answers(
            form.kind, report.answers, report.establishment, with_strength=not self._in_percent
        )

    def reason_of_delay(self, report: Report) -> Html:
        return fill("Lý do muộn: {why}", why=report.late_reason) if report.late_reason else Html("")

    def revision(self, report: Report) -> Html:
        if report.revision == 1:
            return Html("")
        mark = "sửa sau hạn" if report.is_corrected_after_due else "đã sửa"
        return fill(
            "{mark}, lần {n}, lúc {at}",
            mark=mark,
            n=report.revision - 1,
            at=self.moment_of(report.revised_at, report.day),
        )

    def taken(self, form: Form, report: Report, code: str) -> Html:
        return paragraphs(
            self.title_of(form, report.day),
            fill(
                "Đã có báo cáo lúc {at} ({who}).",
                at=self.moment_of(report.revised_at, report.day),
                who=self.full_position(report.author),
            ),
            self._reported(form, report),
            lines(
                self.reason_of_delay(report),
                fill("{state}, mã <code>{code}</code>", state=self.timeliness(report), code=code),
            ),
        )

    def choose_unit(self, report_type: str, day: date) -> Html:
        return fill(
            "<b>{name} {day}</b>\nĐồng chí báo cáo cho đơn vị nào?",
            name=self.report_names[report_type],
            day=self.day(day),
        )

    def unit_state(self, unit: Unit, report: Report | None, *, is_expected: bool) -> str:
        if report:
            at = self.moment_of(report.first_submitted_at, report.day)
            return f"{unit.name} – đã báo cáo {at}"
        return f"{unit.name} – {'chưa báo cáo' if is_expected else 'không phải báo cáo'}"

    def earlier_day_open(self, day: date, units: Iterable[Unit]) -> Html:
        return fill(
            "Báo cáo ngày {day} của {units} chưa có và còn nhận: <code>/baocao {typed}</code>",
            day=self.day(day),
            units=", ".join(unit.short_name for unit in units),
            typed=f"{day.day}/{day.month}",
        )

    cancelled = "Đã hủy, chưa gửi gì. Đồng chí chọn lại bên dưới."
    draft_changed = "Phiếu đã thay đổi ở tin khác. Đồng chí xem lại rồi bấm gửi."
    correction_cancelled = "Đã hủy bản sửa. Báo cáo đã gửi vẫn giữ nguyên."
    received_toasts = {
        "duty": "Đã nhận báo cáo",
        "attendance": "Đã nhận điểm danh",
        "course_result": "Đã nhận kết quả",
        "party_committee": "Đã nhận báo cáo",
        "party_members": "Đã nhận báo cáo",
        "office": "Đã nhận báo cáo",
    }
