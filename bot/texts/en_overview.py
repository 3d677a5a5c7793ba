"""What a period tells besides reports, in English."""

from collections.abc import Sequence
from datetime import date

from bot.domain.targets import Figure, Standing, marks
from bot.domain.training_measures import TrainingRecord
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, plain
from bot.texts.vi_overview import VietnameseOverview


class EnglishOverview(VietnameseOverview):
    targets_counted = "targets"

    training_heading = "Training"
    targets_heading = "Targets"
    sessions_held = "Sessions of training and activities that are over"
    attendance_owed = "Attendance to be told, by unit and session"
    attendance_told = "Attendance told, by unit and session"
    units_without_attendance = "Units that owe attendance"
    people_liable = "Courses that ended: people liable"
    people_completed = "Courses that ended: people who completed"
    rate_completed = "Courses that ended: rate of completion"

    def training_in_period(self, told: TrainingRecord) -> Html:
        heading = Html("<b>Training, activities</b>")
        return lines(heading, self._attendance_in_period(told), self._courses_in_period(told))

    def _attendance_in_period(self, told: TrainingRecord) -> Html:
        return fill(
            "{n}; attendance told {part} times of {whole}, by unit and session",
            n=count(told.sessions, "session", "sessions"),
            part=self.number(told.attendance.part or 0),
            whole=self.number(told.attendance.whole or 0),
        )

    def _courses_in_period(self, told: TrainingRecord) -> Html:
        if not told.coverage.whole:
            return Html("")
        return fill("Courses that ended: {people}", people=self._completed(told.coverage))

    def training_in_report(self, told: TrainingRecord, silent: Sequence[Unit], limit: int) -> str:
        names = ", ".join(unit.name for unit in silent[:limit])
        more = f" and {count(len(silent) - limit, 'other unit')}" if silent[limit:] else ""
        told_of = (
            plain(self._attendance_in_period(told)),
            plain(self._courses_in_period(told)),
            f"Attendance is missing of {count(len(silent), 'unit')}: {names}{more}"
            if silent
            else "",
        )
        return " ".join(f"{sentence}." for sentence in told_of if sentence)

    def targets_in_report(self, standings: Sequence[Standing], day: date) -> str:
        return f"Up to {self.day(day)}: {self._marks(standings).lower()}."

    def _completed(self, coverage: Figure) -> str:
        part, whole = coverage.part, coverage.whole or 0
        if part is None:
            return f"completed: {self.not_known}"
        unknown = coverage.unknown
        if self.in_percent:
            rest = f", not known {self.share(unknown, whole)}" if unknown else ""
            return f"completed {self.share(part, whole)}{rest}"
        rest = f", not known of {self.number(unknown)}" if unknown else ""
        share = self.rate(part / whole)
        return f"completed {self.number(part)}/{self.number(whole)} people ({share}){rest}"

    def without_attendance(self, number: int, names: Html) -> Html:
        return fill("Attendance missing {n}: {names}", n=self.number(number), names=names)

    def targets_in_period(self, standings: Sequence[Standing], day: date) -> Html:
        return lines(
            fill("<b>Targets</b>, up to {day} (more: /chitieu)", day=self.short_day(day)),
            fill("{told}", told=self._marks(standings)),
        )

    def _marks(self, standings: Sequence[Standing]) -> str:
        told = marks(standings)
        return f"Met {told.met}, not met {told.not_met}, not clear {told.others} of {told.all}"

    def lagging_target(self, standing: Standing) -> Html:
        gap = self.target_gap(standing)
        return fill(
            "• {short}: {value} / {asked}{gap}",
            short=self.target_short(standing.target),
            value=self.standing_value(standing),
            asked=self.asked_value(standing.target),
            gap=f", lacking {gap}" if gap else "",
        )
