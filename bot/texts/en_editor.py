"""A form while it is filled in, in English: labels, questions for words, what cannot be."""

from collections.abc import Sequence

from bot.domain.forms import CODES, Answers
from bot.domain.reports import Form
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_editor import VietnameseEditor


class EnglishEditor(VietnameseEditor):
    done = "✔️ Done"
    back = "↩️ Back"
    clear = "🗑 Clear"
    leave_empty = "Leave empty"

    _short_names = {
        "safety": "Safety",
        "order": "Order",
        "duty_commander": "Duty commander",
        "work": "Work today",
        "tomorrow": "Work tomorrow",
        "recommendation": "Recommendations",
        "has_committee": "Committee",
        "has_office": "Office",
        "members": "Members/people",
    }

    def editor(self, form: Form, answers: Answers) -> Html:
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            f"Press an item to change it. Then press {self.done}."
            if form.kind.periods_a_year
            else f"Press a code to turn present ✅ into absent ❌ and back; reasons need not be given. "
            f"Then press {self.done}."
            if form.kind.field(CODES)
            else f"Press ➕ ➖ to enter who is absent; press any other item to change it. "
            f"Then press {self.done}.",
        )

    def reasons_label(self, unstated: int) -> str:
        return "📝 Reasons for absence" + (
            f" ({self.no_reason_given}: {unstated})" if unstated else ""
        )

    def give_reasons(self, form: Form, answers: Answers, reason: str) -> Html:
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            fill(
                "Chosen reason: <b>{reason}</b>. Press each code that is absent for it, press again to "
                "take it back; or choose another reason above.",
                reason=self.reasons[reason],
            ),
        )

    def choice_label(self, key: str, chosen: str | None) -> str:
        value = self.option_names[key][chosen] if chosen else "not entered"
        return f"👤 {self._short_names[key]}: {value}"

    def text_label(self, key: str, *, is_filled: bool) -> str:
        return f"📝 {self._short_names[key]}{': entered' if is_filled else '…'}"

    def choose_option(self, form: Form, key: str) -> Html:
        return paragraphs(
            self.form_title(form.report_type, form.unit, form.day),
            fill("{field}: please choose a position.", field=self.field_names[key]),
        )

    def share_question(self, form: Form, key: str, present: Sequence[int] | None) -> Html:
        now = self.part_of_whole(present) if present else ""
        return paragraphs(
            self.form_title(form.report_type, form.unit, form.day),
            fill("Entered now: {now}", now=now) if now else "",
            fill(
                "📝 Please type the unit's <b>{what}</b>, for example: 8/27.",
                what=self.counts_asked[key],
            ),
        )

    counts_asked = {"members": "party members/people of the militia"}
    no_part_of_whole = Html(
        "Two numbers are needed, party members not more than people, for example: 8/27. "
        "Leave it: /huy"
    )
    counts_missing = "The counts are still missing."

    asked_for = {
        "work": "the work done today",
        "tomorrow": "the work planned for tomorrow",
        "recommendation": "your unit's recommendations",
        "late_reason": "the reason for the delay",
    }

    def text_question(self, form: Form, key: str, present: str, longest: int) -> Html:
        return paragraphs(
            self.form_title(form.report_type, form.unit, form.day),
            fill("Entered now: {words}\nWhat you type will replace it.", words=present)
            if present
            else "",
            lines(
                fill(
                    "📝 Please type <b>{what}</b> in one message, at most {longest} characters.",
                    what=self.asked_for[key],
                    longest=longest,
                ),
                self.secrecy_warning,
            ),
        )

    type_counts = "⌨️ Type the numbers"
    _count_examples = {
        "attendance": "on leave 2, sick 1",
        "course_result": "completed 38, excellent 5, good 20, pass 13",
    }

    def counts_question(self, form: Form, answers: Answers) -> Html:
        return paragraphs(
            self.title_of(form, form.day),
            self.answers(form.kind, answers, form.unit.establishment),
            fill(
                "⌨️ Please type the numbers in one message, for example: <code>{example}</code>. "
                "What you leave out stays as it is.",
                example=self._count_examples[form.report_type],
            ),
        )

    def not_counts(self, typed: str, report_type: str) -> Html:
        return fill(
            "I do not understand “{typed}”. Please type, for example: <code>{example}</code>",
            typed=typed[:40],
            example=self._count_examples[report_type],
        )

    secrecy_warning = "No state secrets, no names of people, no numbers of weapons."

    def text_longer(self, length: int, longest: int) -> Html:
        return fill(
            "What you typed has {length}; at most {longest} can be kept. "
            "Please type it again, shorter.",
            length=count(length, "character"),
            longest=self.number(longest),
        )

    text_empty = Html("That message has no words. Please type it again.")
    question_left = Html("The question was left, nothing was added. To continue: /baocao")
    below_zero = "It cannot be less than 0."

    _above_strength = "The total absent cannot exceed the establishment"
    _above_liable = "The total absent cannot exceed the people who are to take part"
    _above = {
        "completed": "Those who completed cannot exceed the people who are to take part",
        "grades": "The results together cannot exceed those who completed",
    }
