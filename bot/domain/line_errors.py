"""Why a typed report line was not taken; nothing of such a line is used."""

from datetime import date


class LineError(ValueError):
    """A typed line that cannot be read with certainty, so the leader is asked."""


class LineTooLongError(LineError):
    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest


class UnknownPartError(LineError):
    """Words that mean nothing here, or not here."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class AmbiguousWordError(LineError):
    """A word with more than one meaning in the service; `meanings` are those meanings in full."""

    def __init__(self, word: str, meanings: tuple[str, ...]) -> None:
        super().__init__(word)
        self.word = word
        self.meanings = meanings


class AmbiguousFigureError(LineError):
    """Two numbers and a slash alone: a strength or a day."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class NotACountError(LineError):
    """A clock time, a decimal or another figure where a number of people should stand."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class NegativeCountError(LineError):
    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class NotADayError(LineError):
    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class SaidTwiceError(LineError):
    """A reason that was named twice, or anything else that was told in two different ways.

    `about` is the key of a reason or of a yes-no field, or "present", "establishment", "absent"
    or "day".
    """

    def __init__(self, about: str, first: int | date, second: int | date) -> None:
        super().__init__(about)
        self.about = about
        self.first = first
        self.second = second


class WrongEstablishmentError(LineError):
    def __init__(self, typed: int, own: int) -> None:
        super().__init__(f"{typed} for {own}")
        self.typed = typed
        self.own = own


class AboveEstablishmentError(LineError):
    """More people present, or absent, than the establishment has."""

    def __init__(self, count: int, establishment: int) -> None:
        super().__init__(f"{count} of {establishment}")
        self.count = count
        self.establishment = establishment


class AbsentContradictsPresentError(LineError):
    def __init__(self, present: int, establishment: int, absent: int) -> None:
        super().__init__(f"{present} of {establishment}, absent {absent}")
        self.present = present
        self.establishment = establishment
        self.absent = absent


class AbsencesDoNotAddUpError(LineError):
    def __init__(self, absent: int, by_reasons: int) -> None:
        super().__init__(f"{by_reasons} of {absent}")
        self.absent = absent
        self.by_reasons = by_reasons


class ReasonsMissingError(LineError):
    def __init__(self, absent: int) -> None:
        super().__init__(absent)
        self.absent = absent


class StrengthMissingError(LineError):
    """Nothing from which the number of absent people follows."""
