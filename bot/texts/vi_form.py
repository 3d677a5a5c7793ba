"""Forms, cards and receipts, in Vietnamese."""

from datetime import date, datetime

from bot.domain.calendar import Outage, Window
from bot.domain.forms import Answers, total_absent
from bot.domain.reports import Report
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_words import VietnameseWords


class VietnameseForm(VietnameseWords):
    normal = "✅ Đủ quân số, bình thường"
    copy_yesterday = "📋 Như hôm qua"
    detail = "✏️ Nhập chi tiết"
    send = "📨 Gửi báo cáo"
    edit = "✏️ Sửa"
    cancel = "❌ Hủy"
    done = "✔️ Xong"

    normal_values = {"safety": "an toàn", "order": "ổn định"}
    problem_values = {"safety": "có vấn đề, gọi trực chỉ huy", "order": "có vụ việc"}

    def form_title(self, report_type: str, unit: Unit, day: date) -> Html:
        return fill(
            "<b>{name} {day}</b>\n{unit}",
            name=self.report_names[report_type],
            day=self.day(day),
            unit=unit.name,
        )

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
            began=self.moment(outage.began),
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

    def answers(self, answers: Answers, establishment: int | None) -> Html:
        by_reason = dict(answers.get("absent", {}))
        return lines(
            self.strength(answers, establishment),
            fill("({reasons})", reasons=self.absences(by_reason)) if by_reason else "",
            *(
                self.yes_no(key, is_normal=answers[key])
                for key in self.normal_values
                if key in answers
            ),
        )

    def yes_no(self, key: str, *, is_normal: bool) -> Html:
        if is_normal:
            return fill(
                "{field}: {value}", field=self.field_names[key], value=self.normal_values[key]
            )
        return fill(
            "⚠️ {field}: <b>{value}</b>", field=self.field_names[key], value=self.problem_values[key]
        )

    def card(
        self, report_type: str, unit: Unit, window: Window, answers: Answers, seen: int
    ) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            self.answers(answers, unit.establishment),
            "Chưa gửi. Đồng chí xem lại rồi bấm 📨 Gửi báo cáo."
            if not seen
            else "Bản sửa chưa gửi. Đồng chí xem lại rồi bấm 📨 Gửi báo cáo.",
        )

    def editor(self, report_type: str, unit: Unit, window: Window, answers: Answers) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, window.day),
            self.answers(answers, unit.establishment),
            "Bấm ➕ ➖ để nhập số vắng; bấm vào mục khác để đổi. Xong thì bấm ✔️ Xong.",
        )

    def flip_label(self, key: str, *, is_normal: bool) -> str:
        value = self.normal_values[key] if is_normal else f"⚠️ {self.problem_values[key]}"
        short = {"safety": "An toàn", "order": "ANCT-TTATXH"}[key]
        return f"{short}: {value} 🔁"

    def receipt(self, report_type: str, unit: Unit, report: Report, code: str) -> Html:
        return paragraphs(
            Html("✅ <b>Đã nhận báo cáo</b>"),
            lines(
                self.form_title(report_type, unit, report.day),
                fill(
                    "{state}, lúc {at} ({who})",
                    state=self.timeliness(report),
                    at=self.moment_of(report.first_submitted_at, report.day),
                    who=self.position(report.author),
                ),
                self.revision(report),
            ),
            "" if self._in_percent else self.answers(report.answers, report.establishment),
            fill("Mã: <code>{code}</code>", code=code),
        )

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

    def taken(self, report_type: str, unit: Unit, report: Report, code: str) -> Html:
        return paragraphs(
            self.form_title(report_type, unit, report.day),
            fill(
                "Đã có báo cáo lúc {at} ({who}).",
                at=self.moment_of(report.revised_at, report.day),
                who=self.position(report.author),
            ),
            fill("{state}, mã <code>{code}</code>", state=self.timeliness(report), code=code),
        )

    def timeliness(self, report: Report) -> str:
        return "đúng hạn" if report.is_on_time else "muộn"

    def choose_unit(self, report_type: str) -> Html:
        return fill("{name}: đồng chí báo cáo cho đơn vị nào?", name=self.report_names[report_type])

    cancelled = "Đã hủy, chưa gửi gì. Đồng chí chọn lại bên dưới."
    draft_changed = "Phiếu đã thay đổi ở tin khác. Đồng chí xem lại rồi bấm gửi."
    correction_cancelled = "Đã hủy bản sửa. Báo cáo đã gửi vẫn giữ nguyên."
    received_toast = "Đã nhận báo cáo"
    below_zero = "Không thể nhỏ hơn 0."

    def above_establishment(self, establishment: int) -> str:
        return f"Tổng vắng không thể quá biên chế ({establishment})."
