"""Incidents, in English."""

from bot.domain.incidents import Handling, Incident, IncidentRung, OpenIncident, Severity
from bot.domain.units import Unit
from bot.texts.en_words import count
from bot.texts.markup import Html, fill, lines, own_words, paragraphs
from bot.texts.vi_incidents import VietnameseIncidents

# Characters of a unit's name among many.
_LONGEST_NAME = 60


class EnglishIncidents(VietnameseIncidents):
    report_incident = "🚨 Report an incident"
    send_incident = "📨 Send"
    acknowledge = "✅ Acknowledge"
    close_incident = "✔️ Close the incident"
    severities = {
        Severity.ORDINARY: "ordinary",
        Severity.SERIOUS: "serious",
        Severity.CRITICAL: "critical",
    }

    choose_incident_unit = Html("<b>Report an incident</b>\nIn which unit did it happen?")

    def choose_severity(self, unit: Unit) -> Html:
        return fill("<b>Report an incident</b>\n{unit}\n\nHow severe is it?", unit=unit.name)

    def ask_incident(self, unit: Unit, severity: Severity, present: str, longest: int) -> Html:
        return paragraphs(
            fill(
                "<b>Report an incident: {severity}</b>\n{unit}",
                severity=self.severities[severity],
                unit=unit.name,
            ),
            fill(
                "Text so far: {words}\nWhat you type now will replace it.",
                words=own_words(present),
            )
            if present
            else "",
            fill(
                "📝 Please type briefly <b>what happened</b> in one message, of at most {longest}.",
                longest=count(longest, "character"),
            ),
        )

    def incident_card(self, unit: Unit, severity: Severity, words: str) -> Html:
        return paragraphs(
            self._incident_head(unit, severity),
            own_words(words),
            fill("Not sent yet. Please check it, then press {send}.", send=self.send_incident),
        )

    def _incident_head(self, unit: Unit, severity: Severity) -> Html:
        return fill(
            "🚨 <b>Incident: {severity}</b>\n{unit}",
            severity=self.severities[severity],
            unit=unit.name,
        )

    def incident(
        self, unit: Unit, incident: Incident, rung: IncidentRung = IncidentRung.SENT
    ) -> Html:
        waited = ""
        if rung is not IncidentRung.SENT:
            waited = fill(
                "⏰ <b>No commander has acknowledged the incident reported at {at}.</b>",
                at=self.moment(incident.sent_at),
            )
        return paragraphs(
            waited,
            lines(
                self._incident_head(unit, incident.severity),
                fill(
                    "Reported at {at} ({who})",
                    at=self.moment(incident.sent_at),
                    who=self.full_position(incident.author),
                ),
            ),
            own_words(incident.words),
            self._handled(incident) or "No commander has acknowledged it yet.",
        )

    def incident_sent(self, unit: Unit, incident: Incident, *, reaches_anybody: bool) -> Html:
        return paragraphs(
            self._incident_head(unit, incident.severity),
            own_words(incident.words),
            lines(
                fill("📨 Sent at {at}", at=self.moment(incident.sent_at)),
                self._handled(incident) or "No commander has acknowledged it yet.",
            ),
            ""
            if reaches_anybody
            else "⚠️ No commander can be reached through the system yet. Please call at once.",
        )

    def acknowledged_at(self, incident: Incident, handling: Handling) -> str:
        return f"Acknowledged at {self._at(incident, handling)} ({self.position(handling.by)})"

    def closed_at(self, incident: Incident, handling: Handling) -> str:
        return f"Closed at {self._at(incident, handling)} ({self.position(handling.by)})"

    def incident_acknowledged(self, unit: Unit, incident: Incident, handling: Handling) -> Html:
        return fill(
            "✅ Incident of {unit}, reported at {at}. {told}.",
            told=self.acknowledged_at(incident, handling),
            unit=unit.name,
            at=self.moment(incident.sent_at),
        )

    def incident_closed(self, unit: Unit, incident: Incident, handling: Handling) -> Html:
        return fill(
            "✔️ Incident of {unit}, reported at {at}. {told}: {note}",
            unit=unit.name,
            at=self.moment(incident.sent_at),
            told=self.closed_at(incident, handling),
            note=own_words(incident.note),
        )

    def ask_closing_note(self, unit: Unit, incident: Incident, longest: int) -> Html:
        return fill(
            "✔️ Closing the incident of {unit}, reported at {at}. "
            "Please type <b>how it was handled</b> in one message, of at most {longest}.",
            unit=unit.name,
            at=self.moment(incident.sent_at),
            longest=count(longest, "character"),
        )

    asked_in_private = "Please type how it was handled in a private message to me."
    write_to_me_first = "Please send me /start in a private message, then press again."
    not_acknowledged_yet = (
        "No commander has acknowledged this incident yet. Please press ✅ Acknowledge first."
    )
    acknowledged_toast = "Acknowledged; the unit is told at once."
    closing_left = Html(
        "The incident is still open. To close it, please press ✔️ Close the incident again."
    )
    incident_cancelled = Html("Cancelled; nothing was sent. Report an incident: /vuviec")
    incident_card_left = Html(
        "This card is out of date; nothing was sent. Please report again: /vuviec"
    )

    # In the digest

    open_incidents_counted = "incidents"

    def open_incident(self, found: OpenIncident) -> Html:
        incident = found.incident
        return fill(
            "{unit} {at} ({severity}, {state})",
            unit=self.brief(found.unit.short_name, _LONGEST_NAME),
            at=self.clock_and_day(incident),
            severity=self.severities[incident.severity],
            state="acknowledged" if incident.acknowledged else "not acknowledged",
        )

    def open_incidents(self, names: Html) -> Html:
        return fill("🚨 <b>Open incidents:</b> {names}", names=names)
