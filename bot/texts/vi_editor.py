"""A form while it is filled in, in Vietnamese: labels, questions for words, what cannot be."""

from collections.abc import Sequence

from bot.domain.forms import CODES, DUTY, Answers
from bot.domain.names import fold
from bot.domain.reports import Form
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_form import VietnameseForm
from bot.texts.vi_words import VietnameseWords


class VietnameseEditor(VietnameseForm):
    done = "✔️ Xong"
    back = "↩️ Quay lại"
    clear = "🗑 Xóa nội dung"
    leave_empty = "Bỏ trống"

    _short_names = {
        "safety": "An toàn",
        "order": "ANCT-TTATXH",
        "duty_commander": "Trực chỉ huy",
        "work": "Việc hôm nay",
        "tomorrow": "Việc ngày mai",
        "recommendation": "Kiến nghị",
        "has_committee": "Cấp ủy",
        "has_office": "Nhà làm việc",
        "members": "Đảng viên/quân số",
    }

    def editor(self, form: Form, answers: Answers) -> Html:
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            "Bấm vào mục để đổi. Xong thì bấm ✔️ Xong."
            if form.kind.periods_a_year
            else "Bấm vào mã để đổi có mặt ✅, vắng ❌; lý do vắng không bắt buộc. Xong thì bấm ✔️ Xong."
            if form.kind.field(CODES)
            else "Bấm ➕ ➖ để nhập số vắng; bấm vào mục khác để đổi. Xong thì bấm ✔️ Xong.",
        )

    def reasons_label(self, unstated: int) -> str:
        return "📝 Lý do vắng" + (f" ({self.no_reason_given}: {unstated})" if unstated else "")

    def give_reasons(self, form: Form, answers: Answers, reason: str) -> Html:
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            fill(
                "Đang chọn lý do: <b>{reason}</b>. Bấm từng mã vắng vì lý do này, bấm lại để bỏ; "
                "hoặc chọn lý do khác ở trên.",
                reason=self.reasons[reason],
            ),
        )

    def flip_label(self, key: str, *, is_normal: bool | None) -> str:
        mark = {True: "", False: "⚠️ ", None: "❔ "}[is_normal]
        return f"{self._short_names[key]}: {mark}{self.value(key, is_normal)} 🔁"

    def choice_label(self, key: str, chosen: str | None) -> str:
        value = self.option_names[key][chosen] if chosen else "chưa ghi"
        return f"👤 {self._short_names[key]}: {value}"

    def text_label(self, key: str, *, is_filled: bool) -> str:
        return f"📝 {self._short_names[key]}{': đã ghi' if is_filled else '…'}"

    def choose_option(self, form: Form, key: str) -> Html:
        return paragraphs(
            self.form_title(form.report_type, form.unit, form.day),
            fill("{field}: đồng chí chọn một chức vụ.", field=self.field_names[key]),
        )

    # What is asked for, in the middle of a sentence.
    asked_for = {
        "work": "việc đã làm hôm nay",
        "tomorrow": "việc sẽ làm ngày mai",
        "recommendation": "kiến nghị của đơn vị",
        "late_reason": "lý do báo cáo muộn",
    }

    def text_question(self, form: Form, key: str, present: str, longest: int) -> Html:
        """Ask for words; what stands there now is shown, for the new words take its place."""
        return paragraphs(
            self.form_title(form.report_type, form.unit, form.day),
            fill("Đang ghi: {words}\nNội dung gõ mới sẽ thay nội dung này.", words=present)
            if present
            else "",
            lines(
                fill(
                    "📝 Mời đồng chí gõ <b>{what}</b> trong một tin, không quá {longest} ký tự.",
                    what=self.asked_for[key],
                    longest=longest,
                ),
                self.secrecy_warning,
            ),
        )

    def share_question(self, form: Form, key: str, present: Sequence[int] | None) -> Html:
        """Ask for two counts; what stands there now is shown, for the new ones take its place."""
        now = self.part_of_whole(present) if present else ""
        return paragraphs(
            self.form_title(form.report_type, form.unit, form.day),
            fill("Đang ghi: {now}", now=now) if now else "",
            fill(
                "📝 Mời đồng chí gõ <b>{what}</b> của đơn vị, ví dụ: 8/27.",
                what=self.counts_asked[key],
            ),
        )

    counts_asked = {"members": "số đảng viên/quân số DQTV"}
    no_part_of_whole = Html(
        "Tôi cần hai số, số đảng viên không lớn hơn quân số, ví dụ: 8/27. Bỏ qua: /huy"
    )
    counts_missing = "Chưa có số liệu để gửi."
    type_counts = "⌨️ Gõ các số"
    _count_examples = {
        "attendance": "phép 2, ốm 1",
        "course_result": "hoàn thành 38, giỏi 5, khá 20, đạt 13",
    }

    @property
    def count_words(self) -> dict[str, str]:
        """What each count may be called, folded; the Vietnamese words are known in every language."""
        named = (
            VietnameseWords.field_names,
            VietnameseWords.reasons,
            self.field_names,
            self.reasons,
        )
        return {fold(word): key for words in named for key, word in words.items()}

    def counts_question(self, form: Form, answers: Answers) -> Html:
        """Ask for several counts at once; what is not said of stays."""
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            fill(
                "⌨️ Mời đồng chí gõ các số trong một tin, ví dụ: <code>{example}</code>. "
                "Số không nêu thì giữ nguyên.",
                example=self._count_examples[form.report_type],
            ),
        )

    def not_counts(self, typed: str, report_type: str) -> Html:
        return fill(
            "Tôi không hiểu “{typed}”. Đồng chí gõ, ví dụ: <code>{example}</code>",
            typed=typed[:40],
            example=self._count_examples[report_type],
        )

    secrecy_warning = "Không ghi bí mật nhà nước, tên người, số lượng vũ khí."

    def text_longer(self, length: int, longest: int) -> Html:
        return fill(
            "Nội dung vừa gõ dài {length} ký tự, chỉ ghi được {longest}. Đồng chí gõ lại ngắn hơn.",
            length=self.number(length),
            longest=self.number(longest),
        )

    text_empty = Html("Tin vừa gõ không có chữ nào. Đồng chí gõ lại nội dung.")
    question_left = Html("Đã bỏ câu đang hỏi, chưa ghi gì thêm. Tiếp tục: /baocao")
    below_zero = "Không thể nhỏ hơn 0."

    def above(self, report_type: str, field: str, most: int) -> str:
        """A toast is no part of the form: where strength is told in shares, it has no figure."""
        told = "" if self.in_percent else f" ({most})"
        is_duty = report_type == DUTY.key
        what = self._above.get(field, self._above_strength if is_duty else self._above_liable)
        return f"{what}{told}."

    _above_strength = "Tổng vắng không thể quá biên chế"
    _above_liable = "Tổng vắng không thể quá số người phải dự"
    _above = {
        "completed": "Số hoàn thành không thể quá số người phải dự",
        "grades": "Tổng kết quả không thể quá số hoàn thành",
    }
