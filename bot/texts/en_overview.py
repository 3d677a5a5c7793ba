"""What a period tells besides reports, in English."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.domain.targets import Figure, Mark, Standing
from bot.domain.training_measures import TrainingRecord
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_overview import VietnameseOverview


class EnglishOverview(VietnameseOverview):
    targets_counted = "targets"

    def training_in_period(self, told: TrainingRecord) -> Html:
        attendance = told.attendance
        return lines(
            Html("<b>Training, activities</b>"),
            fill(
                "{n}; attendance told {part} times of {whole}, by unit and session",
                n=count(told.sessions, "session", "sessions"),
                part=self.number(attendance.part or 0),
                whole=self.number(attendance.whole or 0),
            ),
            fill("Courses that ended: {people}", people=self._completed(told.coverage))
            if told.coverage.whole
            else "",
        )

    def _completed(self, coverage: Figure) -> str:
        part, whole = coverage.part, coverage.whole or 0
        if part is None:
            return f"completed: {self.not_known}"
        if self.in_percent:
            return f"completed {self.share(part, whole)}"
        share = self.rate(part / whole)
        return f"completed {self.number(part)}/{self.number(whole)} people ({share})"

    def without_attendance(self, number: int, names: Html) -> Html:
        return fill("Attendance missing {n}: {names}", n=self.number(number), names=names)

    def targets_in_period(self, standings: Sequence[Standing], day: date) -> Html:
        marks = Counter(standing.mark for standing in standings)
        met, not_met = marks[Mark.MET], marks[Mark.NOT_MET]
        return lines(
            fill("<b>Targets</b>, up to {day} (more: /chitieu)", day=self.short_day(day)),
            fill(
                "Met {met}, not met {not_met}, not clear {rest} of {all}",
                met=met,
                not_met=not_met,
                rest=len(standings) - met - not_met,
                all=len(standings),
            ),
        )

    def lagging_target(self, standing: Standing) -> Html:
        gap = self.target_gap(standing)
        return fill(
            "• {short}: {value} / {asked}{gap}",
            short=self.target_short(standing.target),
            value=self.standing_value(standing),
            asked=self.asked_value(standing.target),
            gap=f", lacking {gap}" if gap else "",
        )
