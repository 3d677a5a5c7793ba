"""Targets of the resolutions and how far they are met, in English."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from bot.domain.calendar import Window
from bot.domain.target_collection import Collected
from bot.domain.targets import (
    Figure,
    Measure,
    Scope,
    Standing,
    Target,
)
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_target_reports import MOST_NAMES
from bot.texts.vi_targets import VietnameseTargets


class EnglishTargets(VietnameseTargets):
    targets_by_unit = "🏘 By unit"
    targets_picture = "🖼 Picture"
    all_targets = "🎯 All targets"
    report_targets = "✏️ Report on targets"
    revise_target = "✏️ Change the value"
    end_target = "⏹ End the target"
    confirm_end_target = "⏹ End it from today on"
    save_target = "✔️ Save"
    choose_target_unit = Html("Targets of which unit?")
    no_such_target = Html("This target no longer holds. All targets: /chitieu")
    no_targets = Html("There are no targets. Please ask an admin to run trucbao init again.")
    target_saved_toast = "Saved"
    not_a_revision = Html(
        "The new value is needed, then its first day, today or later, for example: 96 1/1/2027. "
        "Leave it: /huy"
    )

    def targets(
        self, standings: Sequence[Standing], day: date, collected: Mapping[str, Collected]
    ) -> Html:
        return lines(
            fill("<b>Targets of the resolutions</b>, up to {day}", day=self.day(day)),
            *(
                self._line(
                    n,
                    s,
                    s.mark,
                    self.standing_value(s),
                    with_target=True,
                    note=self.overdue_note(collected.get(s.target.measure)),
                )
                for n, s in enumerate(standings, 1)
            ),
            Html("<i>Value / target. Press a number for more.</i>"),
        )

    def targets_of_unit(
        self,
        standings: Sequence[tuple[int, Standing]],
        unit: Unit,
        day: date,
        collected: Mapping[str, Collected],
    ) -> Html:
        return lines(
            fill("<b>Targets: {unit}</b>, up to {day}", unit=unit.name, day=self.day(day)),
            *(
                self._unit_line(n, s, unit.id, collected.get(s.target.measure))
                for n, s in standings
            ),
            "" if standings else "The unit has no targets of its own.",
        )

    def target(
        self,
        standing: Standing,
        before: Standing | None,
        then: date,
        *,
        unit: Unit | None = None,
        collected: Collected | None = None,
    ) -> Html:
        target = standing.target
        measure = self.target_measures.get(target.measure)
        return paragraphs(
            fill("<b>{phrase}</b>", phrase=self._capital(self.target_phrase(target))),
            lines(*(self._own_value(standing, unit) if unit else self._whole_value(standing))),
            "" if unit else self._trend(standing, before, then),
            "" if unit else self._by_event(standing),
            "" if unit else self._units(standing),
            self.collection(standing, collected, unit) if collected else "",
            lines(
                fill("Measured as: {how}", how=measure) if measure else "",
                fill("Data: {basis}", basis=self.target_bases[target.measure.basis]),
                fill("Source: {source}", source=target.source),
                self._scope(standing.scope),
            ),
        )

    def _own_value(self, standing: Standing, unit: Unit) -> list[Html]:
        figure = standing.of_unit(unit.id) or Figure(None)
        value = self.unit_figure_value(standing.target, figure)
        return [
            fill("{unit}: <b>{value}</b>", unit=unit.name, value=value),
            fill("Target of all: {asked}", asked=self._asked(standing.target)),
        ]

    now_is, asked_is, since_is = "Now", "Target", "Since"
    untold_is, gap_is = "Not told", "Lacking"
    points = "% points"
    percent_sign = "%"
    decimal_mark = "."
    gap_nouns = {
        Measure.PEOPLE_TRAINED: "people",
        Measure.PARTY_MEMBERS: "party members",
        Measure.DUTY_REPORTS: "reports",
        Measure.CONTESTS: "attendances",
        Measure.MEETS: "attendances",
        Measure.POLITICAL_EDUCATION: "sessions",
        Measure.EXERCISE_BODIES: "bodies",
        Measure.PAST_FINDINGS: "items",
        Measure.FUNDING: "items",
    }
    units_counted_in_gap = "units"

    def _untold(self, target: Target, figure: Figure) -> str:
        what = "reports" if target.measure is Measure.SAFETY else "units or attendances"
        return f"{self.number(figure.unknown)} {what}"

    def half_days(self, number: int) -> str:
        return count(number, "session of half a day", "sessions of half a day")

    def _trend(self, standing: Standing, before: Standing | None, then: date) -> Html:
        if before is None:
            return Html("")
        was = self.standing_value(before)
        now, then_value = standing.value, before.value
        change = ""
        if now is not None and then_value is not None and now != then_value:
            change = ", higher now" if now > then_value else ", lower now"
        elif now is not None and now == then_value:
            change = ", the same now"
        return fill("{day}: {value}{change}", day=self.short_day(then), value=was, change=change)

    def _some(self, names: Sequence[str]) -> str:
        hidden = len(names) - MOST_NAMES
        rest = f" … and {hidden} more" if hidden > 0 else ""
        return ", ".join(names[:MOST_NAMES]) + rest

    def _scope(self, scope: Scope) -> Html:
        return (
            fill("Units of the target that are no more: {codes}", codes=", ".join(scope.gone))
            if scope.gone
            else Html("")
        )

    def ask_revision(self, target: Target) -> Html:
        return fill(
            "<b>{short}</b>: the target is {asked}. Please type the new value, then its first day, "
            "for example: 96 1/1/2027. Earlier days keep the old one. Leave it: /huy",
            short=self.target_short(target),
            asked=self._asked(target),
        )

    def revision_card(self, target: Target, value: Fraction, day: date) -> Html:
        return fill(
            "<b>{short}</b>: {before} → <b>{after}</b>, from {day}. Save?",
            short=self.target_short(target),
            before=self._number_of(target.value or Fraction(0)),
            after=self._number_of(value),
            day=self.day(day),
        )

    def ask_end_target(self, target: Target) -> Html:
        return fill(
            "End the target <b>{short}</b> from today on? Earlier days are still measured by it.",
            short=self.target_short(target),
        )

    def target_revised(self, target: Target, day: date) -> Html:
        return fill(
            "The new target of {short} is saved, from {day}.",
            short=self.target_short(target),
            day=self.day(day),
        )

    def target_ended(self, target: Target) -> Html:
        return fill("The target {short} has ended.", short=self.target_short(target))

    # What units report

    ask_reports = "📣 Ask for reports now"
    confirm_ask_reports = "📣 Ask now"
    not_yet_reported, reported_late = "Not yet reported this time", "Reported late"
    told_on = "as of"

    def overdue_note(self, collected: Collected | None) -> str:
        if collected is None or not collected.is_overdue or not collected.missing:
            return ""
        return f" ⏰ {self.number(len(collected.missing))} missing"

    def next_asking(self, day: date) -> Html:
        return fill("Asked next on {day}", day=self.day(day))

    def _of_all(self, collected: Collected) -> Html:
        window = collected.window
        if window is None:
            return Html("")
        missing, late = collected.missing, collected.late
        return lines(
            fill(
                "{asked}: <b>{n}/{all}</b> have reported",
                asked=self.asking(collected.report_type, window),
                n=self.number(len(collected.units) - len(missing)),
                all=self.number(len(collected.units)),
            ),
            self._unit_names(self.reported_late, late),
            self._unit_names(
                f"⏰ {self.not_yet_reported}" if collected.is_overdue else self.not_yet_reported,
                missing,
            ),
        )

    def _of_unit(self, standing: Standing, collected: Collected, unit_id: int) -> Html:
        at = standing.measured.told_at.get(unit_id)
        window, report = collected.window, collected.reports.get(unit_id)
        told = self.timeliness(report) if report else self.not_yet_reported.lower()
        return lines(
            fill("As told on {day}", day=self.day(self.local_day(at))) if at else "",
            fill("{asked}: {told}", asked=self.asking(collected.report_type, window), told=told)
            if window and (report or collected.owes(unit_id))
            else "",
        )

    def asking(self, report_type: str, window: Window) -> str:
        period = self.report_day(report_type, window.day)
        return f"Asked {period}, deadline {self.moment(window.due)}"

    def reported_targets(
        self,
        unit: Unit,
        rows: Sequence[tuple[Standing, Figure]],
        collected: dict[str, Collected],
    ) -> Html:
        return paragraphs(
            fill("<b>Report on targets: {unit}</b>", unit=unit.name),
            *(
                lines(
                    fill(
                        "• {short}: <b>{value}</b>",
                        short=self.target_short(s.target),
                        value=self.unit_figure_value(s.target, f),
                    ),
                    self.collection(s, collected[s.target.measure], unit),
                )
                for s, f in rows
            ),
            "" if rows else "The unit has no target to report on.",
        )

    def period_not_asked_yet(self, report_type: str, day: date) -> Html:
        return fill(
            "{report} is not asked for yet. All targets: /chitieu",
            report=self._report_of(report_type, day),
        )

    def period_locked(self, report_type: str, day: date, locked_at: datetime) -> Html:
        return fill(
            "{report} was closed at {at}. If something must be added, please call the duty desk.",
            report=self._report_of(report_type, day),
            at=self.moment(locked_at),
        )

    def period_not_asked(self, report_type: str, day: date) -> Html:
        return fill(
            "{report} is not asked of your unit. All targets: /chitieu",
            report=self._report_of(report_type, day),
        )

    def ask_reports_card(self, target: Target) -> Html:
        return fill(
            "Ask for reports on <b>{short}</b> now, besides the usual days? Each unit gets one message.",
            short=self.target_short(target),
        )

    def reports_asked(self, target: Target, window: Window) -> Html:
        return fill(
            "Reports on {short} were asked for, deadline {due}.",
            short=self.target_short(target),
            due=self.moment(window.due),
        )

    def asked_already(self, target: Target, day: date) -> Html:
        return fill(
            "Not asked again: {short} is asked on {day}, which is open or near.",
            short=self.target_short(target),
            day=self.day(day),
        )
