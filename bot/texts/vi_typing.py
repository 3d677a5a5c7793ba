"""What a leader is told when a typed report line is not clear, in Vietnamese."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.line_errors import (
    AboveEstablishmentError,
    AbsencesDoNotAddUpError,
    AbsentContradictsPresentError,
    AmbiguousFigureError,
    AmbiguousWordError,
    LineError,
    LineTooLongError,
    NegativeCountError,
    NotACountError,
    NotADayError,
    ReasonsMissingError,
    SaidTwiceError,
    UnknownPartError,
    WrongEstablishmentError,
)
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_vocabulary import VOCABULARY
from bot.texts.vi_words import VietnameseWords

_ECHO = 60


class VietnameseTyping(VietnameseWords):
    vocabulary = VOCABULARY
    line_example = "QS 25/27, phép 1, ốm 1, an toàn, ổn định"

    _said_names = {
        "present": "quân số có mặt",
        "establishment": "biên chế",
        "absent": "số vắng",
        "day": "ngày báo cáo",
        "safety": "an toàn",
        "order": "an ninh, trật tự",
    }

    def line_of_another_unit(self, unit: Unit) -> Html:
        return fill(
            "Đồng chí không phụ trách {unit} nên dòng này chưa được ghi. "
            "Đồng chí gõ lại cho đơn vị của mình.",
            unit=unit.name,
        )

    def line_without_unit(self, units: Sequence[Unit]) -> Html:
        """Somebody with several units typed a line without saying for which."""
        return lines(
            fill(
                "Dòng này của đơn vị nào: {names}? Đồng chí gõ lại, ghi tên đơn vị ở đầu dòng; "
                "hoặc chọn đơn vị bên dưới để nhập bằng nút.",
                names=", ".join(unit.short_name for unit in units),
            ),
            fill(
                "Ví dụ: <code>{unit} {example}</code>",
                unit=units[0].short_name,
                example=self.line_example,
            ),
        )

    @property
    def line_hint(self) -> Html:
        """What a leader is told who typed words that mean nothing here."""
        return lines(
            "Tôi chỉ hiểu nút bấm, lệnh và dòng báo cáo. Đồng chí bấm /baocao, hoặc gõ một dòng như:",
            fill("<code>{example}</code>", example=self.line_example),
        )

    def line_problem(self, error: LineError) -> Html:
        """Say what is not clear in a typed line, what to do, and show a line that would do.

        Where strength is told in shares only, figures of the line and the unit are left out.
        """
        return lines(
            self._problem_in_shares(error) if self._in_percent else self._problem(error),
            fill("Ví dụ: <code>{example}</code>", example=self.line_example),
        )

    def _problem(self, error: LineError) -> Html:
        match error:
            case WrongEstablishmentError(typed=typed, own=own):
                return fill(
                    "Đồng chí ghi biên chế {typed}, nhưng biên chế của đơn vị là {own}. "
                    "Đồng chí gõ lại theo {own}; nếu biên chế đã đổi, đồng chí báo quản trị.",
                    typed=self.number(typed),
                    own=self.number(own),
                )
            case AboveEstablishmentError(count=count, establishment=establishment):
                return fill(
                    "Số {count} lớn hơn biên chế {establishment}. Đồng chí xem lại rồi gõ lại cả dòng.",
                    count=self.number(count),
                    establishment=self.number(establishment),
                )
            case AbsentContradictsPresentError(
                present=present, establishment=establishment, absent=absent
            ):
                return fill(
                    "Có mặt {present}/{establishment} là vắng {follows}, nhưng dòng này nói vắng {absent}. "
                    "Đồng chí xem lại rồi gõ lại cả dòng.",
                    present=self.number(present),
                    establishment=self.number(establishment),
                    follows=self.number(establishment - present),
                    absent=self.number(absent),
                )
            case AbsencesDoNotAddUpError(absent=absent, by_reasons=by_reasons):
                return fill(
                    "Vắng {absent}, nhưng cộng các lý do được {by_reasons}. "
                    "Đồng chí xem lại rồi gõ lại cả dòng.",
                    absent=self.number(absent),
                    by_reasons=self.number(by_reasons),
                )
            case ReasonsMissingError(absent=absent):
                return fill(
                    "Dòng này chưa nêu lý do vắng của {absent} đồng chí. "
                    "Đồng chí gõ lại cả dòng, kèm lý do: {reasons}.",
                    absent=self.number(absent),
                    reasons=", ".join(self.reasons.values()),
                )
            case SaidTwiceError(about=about, first=first, second=second) if (
                about in self.reasons or about in {"present", "establishment", "absent"}
            ):
                return fill(
                    "Dòng này nêu {about} hai lần: {first} và {second}. "
                    "Đồng chí gõ lại cả dòng, mỗi mục một lần.",
                    about=self._name_of(about),
                    first=first,
                    second=second,
                )
            case _:
                return self._problem_of_words(error)

    def _problem_in_shares(self, error: LineError) -> Html:
        match error:
            case WrongEstablishmentError():
                return Html(
                    "Biên chế đồng chí ghi khác biên chế của đơn vị. "
                    "Đồng chí xem lại rồi gõ lại cả dòng; nếu biên chế đã đổi, đồng chí báo quản trị."
                )
            case AboveEstablishmentError():
                return Html("Có số lớn hơn biên chế. Đồng chí xem lại rồi gõ lại cả dòng.")
            case AbsentContradictsPresentError():
                return Html("Số có mặt và số vắng không khớp. Đồng chí xem lại rồi gõ lại cả dòng.")
            case AbsencesDoNotAddUpError():
                return Html(
                    "Cộng các lý do không bằng số vắng. Đồng chí xem lại rồi gõ lại cả dòng."
                )
            case ReasonsMissingError():
                return fill(
                    "Dòng này chưa nêu lý do vắng. Đồng chí gõ lại cả dòng, kèm lý do: {reasons}.",
                    reasons=", ".join(self.reasons.values()),
                )
            case _:
                return self._problem_of_words(error)

    def _problem_of_words(self, error: LineError) -> Html:
        match error:
            case LineTooLongError(longest=longest):
                return fill(
                    "Dòng này quá dài. Đồng chí gõ lại ngắn hơn {longest} ký tự.", longest=longest
                )
            case UnknownPartError(part=part):
                return fill(
                    "Tôi không hiểu “{part}” nên chưa ghi gì. Đồng chí gõ lại cả dòng, hoặc dùng nút: /baocao",
                    part=self._echo(part),
                )
            case AmbiguousWordError(word=word, meanings=meanings):
                return fill(
                    "“{word}” có thể là {meanings}. Đồng chí gõ lại cả dòng, viết đầy đủ chữ ấy.",
                    word=self._echo(word),
                    meanings=" hoặc ".join(meanings),
                )
            case AmbiguousFigureError(typed=typed):
                return fill(
                    "“{typed}” là quân số hay là ngày? Đồng chí gõ lại cả dòng: "
                    "quân số ghi sau QS, ngày ghi sau chữ “ngày”.",
                    typed=self._echo(typed),
                )
            case NegativeCountError(typed=typed):
                return fill(
                    "“{typed}” là số âm. Đồng chí gõ lại cả dòng, bỏ dấu trừ trước số.",
                    typed=self._echo(typed),
                )
            case NotACountError(typed=typed):
                return fill(
                    "“{typed}” không phải số người. Đồng chí gõ lại cả dòng: chỉ ghi số nguyên, "
                    "không ghi giờ, sau dấu phẩy có dấu cách.",
                    typed=self._echo(typed),
                )
            case NotADayError(typed=typed):
                return fill(
                    "Tôi không hiểu ngày “{typed}”. Đồng chí gõ lại cả dòng, ngày ghi như “ngày 14/3”.",
                    typed=self._echo(typed),
                )
            case SaidTwiceError(about=about):
                return fill(
                    "Dòng này nêu {about} hai lần{difference}. "
                    "Đồng chí gõ lại cả dòng, mỗi mục một lần.",
                    about=self._name_of(about),
                    difference=self._difference(error),
                )
            case _:
                return Html(
                    "Dòng này chưa nêu quân số. Đồng chí gõ lại cả dòng, "
                    "ghi “QS có mặt/biên chế”, hoặc “QS đủ” nếu không ai vắng."
                )

    def _name_of(self, about: str) -> str:
        return self.reasons.get(about) or self._said_names[about]

    def _difference(self, error: SaidTwiceError) -> str:
        match error:
            case SaidTwiceError(first=date() as first, second=date() as second):
                return f": {self.day(first)} và {self.day(second)}"
            case SaidTwiceError(first=bool()):
                return ", lần bình thường, lần có vấn đề"
            case _:
                return ""

    def _echo(self, typed: str) -> str:
        shown = typed if len(typed) <= _ECHO else typed[: _ECHO - 1] + "…"
        return re.sub("[0-9]+", "…", shown) if self._in_percent else shown
