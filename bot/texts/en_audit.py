"""The audit trail, in English."""

from collections.abc import Sequence
from datetime import date

from bot.domain.trail import Told, Topic
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, paragraphs
from bot.texts.vi_audit import VietnameseAudit


class EnglishAudit(VietnameseAudit):
    newer = "◀️ Newer"
    older = "Older ▶️"
    whole_trail = "📜 All"
    choose_trail_unit = Html("Audit trail of which unit?")
    topics = {
        Topic.PEOPLE: "👥 People",
        Topic.UNITS: "🏘 Units",
        Topic.HOURS: "🕒 Hours",
        Topic.EXEMPTIONS: "🏖 Exemptions",
        Topic.REOPENED: "🔓 Reopened",
        Topic.GROUP: "💬 Group",
        Topic.TARGETS: "📈 Targets",
        Topic.EXERCISES: "🎯 Exercises",
        Topic.ACTIVITIES: "🏋 Activities",
        Topic.ERASED: "🧹 Old data erased",
    }
    audit_sheet = "Audit trail"
    audit_columns = ("At", "By", "What", "Unit", "Before", "After", "Reason")

    def audit_title(self, first: date, last: date) -> str:
        return f"Audit trail from {self.day(first)} to {self.day(last)}"

    _actions = {
        "role.begin": "Role taken up",
        "role.end": "Role ended",
        "role.hand_over": "Role handed over",
        "role.acting": "Acting commander appointed",
        "role.change": "Role changed",
        "invitation.create": "Invitation made",
        "unit.rename": "Unit renamed",
        "unit.alias": "Other names of the unit changed",
        "unit.strength": "Establishment changed",
        "unit.add": "Unit added",
        "unit.close": "Unit disbanded",
        "unit.keep": "Unit kept",
        "unit.merge": "Unit merged",
        "unit.order": "Order of units changed",
        "schedule.change": "Reporting hours changed",
        "exemption.add": "Exempted from reporting",
        "exemption.end": "Exemption ended",
        "report.reopen": "Closed day reopened",
        "group.bind": "Command group chosen",
        "group.language": "Language of the command group changed",
        "target.change": "Target changed",
        "target.ask": "Reports for a target asked for",
        "target.end": "Target ended",
        "target.status": "State of a target",
        "target.count": "Figures of a target reported",
        "exercise.add": "Exercise added",
        "exercise.move": "Exercise moved to another day",
        "exercise.hold": "Exercise marked as held",
        "exercise.cancel": "Exercise cancelled",
        "exercise.item_add": "Checklist item added",
        "exercise.item_due": "Due day of a checklist item changed",
        "exercise.item_remove": "Checklist item removed",
        "exercise.tick": "State of a checklist item",
        "activity.add": "Activity added",
        "activity.session": "Session added",
        "activity.liable": "Number of people liable changed",
        "activity.mode": "Way of taking attendance changed",
        "activity.cancel": "Activity cancelled",
        "activity.session_cancel": "Session cancelled",
        "roster.change": "Roster changed",
        "announcement.send": "Announcement sent",
        "announcement.correct": "Announcement corrected",
        "incident.acknowledge": "Incident acknowledged",
        "incident.close": "Incident closed",
        "report.late_reason": "Reason of a late report told",
        "report.erase": "Reports erased that had served their time",
        "activity.erase": "Activities erased that had served their time",
    }
    _dated = {
        "from": "from {}",
        "since": "from {}",
        "ended_on": "from {}",
        "until": "until {}",
        "expires_at": "valid until {}",
        "day": "day {}",
        "due": "due {}",
        "before": "before {}",
    }
    _people = {"who": "{}", "replaces": "in place of {}"}
    _plain = {
        "name": "{}",
        "alias": "other name {}",
        "code": "code {}",
        "place": "place {}",
        "roles": "roles ended with it: {}",
        "is_sample": "sample figure",
        "chat": "group",
        "topic": "a topic of the group",
        "language": "{}",
        "exercise": "“{}”",
        "title": "item “{}”",
        "target_state": "{}",
        "value": "{}",
        "reports": "reports: {}",
        "revisions": "versions: {}",
        "nudges": "reminders: {}",
        "boards": "boards: {}",
        "activities": "activities: {}",
    }
    # With the number, and where strengths are not told in heads.
    _roster = {
        "people_added": ("people added: {}", "people added"),
        "people_left": ("people who left: {}", "people left"),
        "roster_members": ("people who had left: {}", "people who had left"),
    }
    _into = "into {}"
    _no_report_due = "no report due"
    _reason = "Reason: {reason}"

    def trail(
        self, entries: Sequence[Told], topic: Topic | None, unit: Unit | None, page: int
    ) -> Html:
        about = ", ".join(
            word
            for word in (self.topics[topic] if topic else "", unit.name if unit else "")
            if word
        )
        return paragraphs(
            fill(
                "<b>Audit trail</b>{about}, page {page}",
                about=f" ({about})" if about else "",
                page=page + 1,
            ),
            *(self._entry(told) for told in entries),
            "" if entries else "No entries.",
        )

    def _establishment(self, number: int | None, *, with_strength: bool) -> str:
        if number is None:
            return "establishment not entered"
        if with_strength:
            return f"establishment {self.number(number)}"
        return "establishment changed"

    def _span(self, first: str, last: str | None) -> str:
        if last == first:
            return f"on {self._day(first)}"
        until = f" up to and including {self._day(last)}" if last else ""
        return f"from {self._day(first)}{until}"
