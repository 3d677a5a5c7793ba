"""What a leader is told when a typed report line is not clear, in English.

The line itself is typed in Vietnamese words; examples show them.
"""

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
from bot.texts.en_words import count as counted
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_typing import VietnameseTyping
from bot.texts.vi_words import VietnameseWords


class EnglishTyping(VietnameseTyping):
    _said_names = {
        "present": "strength present",
        "establishment": "establishment",
        "absent": "number absent",
        "day": "day of the report",
        "safety": "safety",
        "order": "security and order",
    }

    @property
    def _typed_reasons(self) -> str:
        """The words of the line for the reasons, each with what it means."""
        typed = VietnameseWords.reasons
        return ", ".join(f"{typed[key]} ({name})" for key, name in self.reasons.items())

    def line_of_another_unit(self, unit: Unit) -> Html:
        return fill(
            "You are not responsible for {unit}, so this line was not recorded. "
            "Please type it again for your own unit.",
            unit=unit.name,
        )

    def line_without_unit(self, units: Sequence[Unit]) -> Html:
        return lines(
            fill(
                "Which unit is this line for: {names}? Please type it again with the unit's name "
                "first; or choose the unit below and use the buttons.",
                names=", ".join(unit.short_name for unit in units),
            ),
            fill(
                "Example: <code>{unit} {example}</code>",
                unit=units[0].short_name,
                example=self.line_example,
            ),
        )

    @property
    def line_hint(self) -> Html:
        return lines(
            "I understand only buttons, commands and report lines in Vietnamese words. "
            "Please press /baocao, or type a line such as:",
            fill("<code>{example}</code>", example=self.line_example),
        )

    def line_problem(self, error: LineError) -> Html:
        return lines(
            self._problem_in_shares(error) if self._in_percent else self._problem(error),
            fill("Example: <code>{example}</code>", example=self.line_example),
        )

    def _problem(self, error: LineError) -> Html:
        match error:
            case WrongEstablishmentError(typed=typed, own=own):
                return fill(
                    "You gave the establishment as {typed}, but that of the unit is {own}. "
                    "Please type the line again with {own}; if it has changed, tell an administrator.",
                    typed=self.number(typed),
                    own=self.number(own),
                )
            case AboveEstablishmentError(count=count, establishment=establishment):
                return fill(
                    "{count} is more than the establishment {establishment}. "
                    "Please check and type the whole line again.",
                    count=self.number(count),
                    establishment=self.number(establishment),
                )
            case AbsentContradictsPresentError(
                present=present, establishment=establishment, absent=absent
            ):
                return fill(
                    "Present {present}/{establishment} means absent {follows}, but this line says "
                    "absent {absent}. Please check and type the whole line again.",
                    present=self.number(present),
                    establishment=self.number(establishment),
                    follows=self.number(establishment - present),
                    absent=self.number(absent),
                )
            case AbsencesDoNotAddUpError(absent=absent, by_reasons=by_reasons):
                return fill(
                    "Absent {absent}, but the reasons add up to {by_reasons}. "
                    "Please check and type the whole line again.",
                    absent=self.number(absent),
                    by_reasons=self.number(by_reasons),
                )
            case ReasonsMissingError(absent=absent):
                return fill(
                    "This line does not say why {people} absent. "
                    "Please type the whole line again, with the reasons: {reasons}.",
                    people=counted(absent, "person is", "people are"),
                    reasons=self._typed_reasons,
                )
            case SaidTwiceError(about=about, first=first, second=second) if (
                about in self.reasons or about in {"present", "establishment", "absent"}
            ):
                return fill(
                    "This line gives “{about}” twice: {first} and {second}. "
                    "Please type the whole line again, each item once.",
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
                    "The establishment you gave is not that of the unit. Please check and type the "
                    "whole line again; if it has changed, tell an administrator."
                )
            case AboveEstablishmentError():
                return Html(
                    "A number is more than the establishment. "
                    "Please check and type the whole line again."
                )
            case AbsentContradictsPresentError():
                return Html(
                    "The numbers present and absent do not agree. "
                    "Please check and type the whole line again."
                )
            case AbsencesDoNotAddUpError():
                return Html(
                    "The reasons do not add up to the number absent. "
                    "Please check and type the whole line again."
                )
            case ReasonsMissingError():
                return fill(
                    "This line does not say why people are absent. "
                    "Please type the whole line again, with the reasons: {reasons}.",
                    reasons=self._typed_reasons,
                )
            case _:
                return self._problem_of_words(error)

    def _problem_of_words(self, error: LineError) -> Html:
        match error:
            case LineTooLongError(longest=longest):
                return fill(
                    "This line is too long. Please type it again in fewer than {longest} characters.",
                    longest=longest,
                )
            case UnknownPartError(part=part):
                return fill(
                    "I do not understand “{part}”, so nothing was recorded. "
                    "Please type the whole line again, or use the buttons: /baocao",
                    part=self._echo(part),
                )
            case AmbiguousWordError(word=word, meanings=meanings):
                return fill(
                    "“{word}” can mean {meanings}. "
                    "Please type the whole line again with that word in full.",
                    word=self._echo(word),
                    meanings=" or ".join(meanings),
                )
            case AmbiguousFigureError(typed=typed):
                return fill(
                    "Is “{typed}” a strength or a day? Please type the whole line again: "
                    "a strength after QS, a day after the word “ngày”.",
                    typed=self._echo(typed),
                )
            case NegativeCountError(typed=typed):
                return fill(
                    "“{typed}” is negative. Please type the whole line again without the minus sign.",
                    typed=self._echo(typed),
                )
            case NotACountError(typed=typed):
                return fill(
                    "“{typed}” is not a number of people. Please type the whole line again: whole "
                    "numbers only, no times, and a space after each comma.",
                    typed=self._echo(typed),
                )
            case NotADayError(typed=typed):
                return fill(
                    "I do not understand the day “{typed}”. "
                    "Please type the whole line again, the day as in “ngày 14/3”.",
                    typed=self._echo(typed),
                )
            case SaidTwiceError(about=about):
                return fill(
                    "This line gives “{about}” twice{difference}. "
                    "Please type the whole line again, each item once.",
                    about=self._name_of(about),
                    difference=self._difference(error),
                )
            case _:
                return Html(
                    "This line does not give the strength. Please type the whole line again with "
                    "“QS present/establishment”, or “QS đủ” if nobody is absent."
                )

    def _difference(self, error: SaidTwiceError) -> str:
        match error:
            case SaidTwiceError(first=date() as first, second=date() as second):
                return f": {self.day(first)} and {self.day(second)}"
            case SaidTwiceError(first=bool()):
                return ", once as normal and once as a problem"
            case _:
                return ""
