"""Names, values and files of the resolutions' targets, in English."""

from datetime import date, datetime

from bot.domain.targets import (
    Basis,
    Figure,
    Mark,
    Measure,
    Operator,
    Target,
    TargetState,
    UnitOfMeasure,
)
from bot.texts.markup import Html, fill
from bot.texts.vi_target_words import VietnameseTargetWords


class EnglishTargetWords(VietnameseTargetWords):
    target_states = {
        TargetState.NOT_STARTED: "not started",
        TargetState.UNDER_WAY: "under way",
        TargetState.DONE: "done",
    }
    target_mark_names = {
        Mark.MET: "met",
        Mark.NOT_MET: "not met",
        Mark.UNDER_WAY: "under way",
        Mark.UNKNOWN: "not clear",
        Mark.NOTHING: "nothing expected yet",
    }
    target_units = {
        UnitOfMeasure.PERCENT_OF_UNITS: "% of units",
        UnitOfMeasure.PERCENT_OF_PEOPLE: "% of people",
        UnitOfMeasure.UNITS: "units",
        UnitOfMeasure.BODIES: "bodies",
        UnitOfMeasure.SESSIONS: "sessions",
        UnitOfMeasure.INCIDENTS: "incidents",
        UnitOfMeasure.NONE: "",
    }
    target_bases = {
        Basis.COMPUTED: "computed from reports and attendance",
        Basis.REPORTED: "reported by wards and communes",
        Basis.CHECKLIST: "from the checklists of exercises",
        Basis.STATUS: "a state alone, no figures",
    }
    target_measures = {
        Measure.BASES_TRAINED: "units with a finished course ÷ units",
        Measure.PEOPLE_TRAINED: "people who completed ÷ people liable",
        Measure.CONTESTS: "units that took part ÷ units required, over all events",
        Measure.MEETS: "units that took part ÷ units required, over all events",
        Measure.BRIEFINGS: "units that attended all ÷ units",
        Measure.DUTY_REPORTS: "reports on time ÷ reports expected",
        Measure.PARTY_COMMITTEE: "party cells with a committee ÷ wards and communes",
        Measure.PARTY_MEMBERS: "party members ÷ people of the militia",
        Measure.OFFICE: "military commands with an office ÷ wards and communes",
        Measure.RESERVIST_REGISTER: "wards and communes that are done ÷ wards and communes",
        Measure.WARD_EXERCISES: "units that held their exercise",
        Measure.EXERCISE_BODIES: "bodies set up",
        Measure.EXERCISE_STAFF_TRAINING: "units that attended staff training",
        Measure.POLITICAL_EDUCATION: "sessions held",
        Measure.SAFETY: "duty reports that tell of a problem of safety",
        Measure.PAST_FINDINGS: "findings closed ÷ findings",
        Measure.FUNDING: "items provided ÷ items",
    }
    target_seconds = {
        Measure.BRIEFINGS: "Attendances ÷ expected",
        Measure.DUTY_REPORTS: "Reports that came, late ones as well",
    }
    not_known = "no data yet"
    not_met_units, untold_units = "Not met", "No data"

    def target_phrase(self, target: Target) -> str:
        return target.phrases["en"]

    def target_short(self, target: Target) -> str:
        return target.shorts["en"]

    def asked_value(self, target: Target) -> str:
        if target.value is None:
            return "done" if target.unit_of_measure is not UnitOfMeasure.SESSIONS else "held"
        sign = {Operator.AT_LEAST: "≥ ", Operator.AT_MOST: "≤ "}.get(target.operator, "")
        unit = self.percent_sign if target.unit_of_measure.is_share else ""
        return f"{sign}{self._number_of(target.value)}{unit}"

    def unit_figure_value(self, target: Target, figure: Figure) -> str:
        if target.measure.is_yes_or_no:
            if figure.part is None:
                return self.not_known
            return "yes" if figure.part else "not yet"
        return self.figure_value(target, figure)

    targets_title = "Targets of the resolutions"
    coverage_title = "Targets met, by unit"

    def targets_subtitle(self, day: date, met: int, known: int) -> str:
        return f"Up to {self.day(day)}: {met} of {known} known targets met"

    def targets_caption(self, day: date, at: datetime) -> Html:
        return fill(
            "<b>Targets of the resolutions</b>, up to {day} (at {at})",
            day=self.day(day),
            at=self.clock_time(at),
        )

    coverage_left_out = "More units: /chitieu, and the exported file."
    target_keys = ("met", "not met", "not clear", "what is asked")
    sheet_targets = "Targets"
    target_table_columns = ("No.", "Target", "Asked", "Now", "Result", "Lacking")
    target_columns = {
        "as_of": "As of",
        "key": "Key",
        "phrase": "Target",
        "unit": "Unit",
        "operator": "Operator",
        "target": "Asked",
        "unit_of_measure": "Unit of measure",
        "value": "Now",
        "part": "Part",
        "whole": "Whole",
        "unknown": "Not told",
        "state": "Result",
        "gap": "Gap",
        "basis": "Measured by",
        "source": "Source",
    }
