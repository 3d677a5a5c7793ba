"""The screens of an incident: written by a leader, acknowledged and closed by a commander."""

from collections.abc import Sequence

from bot.domain.incidents import LONGEST_INCIDENT, Incident, IncidentRung, Severity
from bot.domain.marks import mark_of
from bot.domain.units import Unit
from bot.screens.incident_payloads import HandlingPress, HandlingStep, IncidentPress, IncidentStep
from bot.screens.message import Button, Message
from bot.screens.pages import choose_unit
from bot.texts import Texts
from bot.texts.markup import paragraphs


def choose_whom(texts: Texts, units: Sequence[Unit], page: int) -> Message:
    return choose_unit(
        texts,
        texts.choose_incident_unit,
        units,
        page,
        chosen=lambda unit: IncidentPress(IncidentStep.SEVERITY, unit.id).pack(),
        turned=lambda turned_to: IncidentPress(IncidentStep.WHOM, page=turned_to).pack(),
        last=((_cancel(texts),),),
    )


def choose_severity(texts: Texts, unit: Unit) -> Message:
    rows = tuple(
        (
            Button(
                texts.severity_label(severity),
                IncidentPress(IncidentStep.ASK, unit.id, severity).pack(),
            ),
        )
        for severity in Severity
    )
    return Message(texts.choose_severity(unit), (*rows, (_cancel(texts),)))


def ask(texts: Texts, unit: Unit, severity: Severity, present: str) -> Message:
    """A question whose answer is typed; the way back keeps what is `present`."""
    back = Button(texts.back, IncidentPress(IncidentStep.SEVERITY, unit.id).pack())
    return Message(
        paragraphs(
            texts.ask_incident(unit, severity, present, LONGEST_INCIDENT), texts.secrecy_warning
        ),
        ((back, _cancel(texts)),),
    )


def card(texts: Texts, unit: Unit, severity: Severity, words: str) -> Message:
    send = IncidentPress(IncidentStep.SEND, unit.id, severity, mark_of(words))
    edit = IncidentPress(IncidentStep.EDIT, unit.id, severity)
    return Message(
        texts.incident_card(unit, severity, words),
        (
            (Button(texts.send_incident, send.pack()),),
            (Button(texts.edit, edit.pack()), _cancel(texts)),
        ),
    )


def notice(
    texts: Texts, unit: Unit, incident: Incident, rung: IncidentRung = IncidentRung.SENT
) -> Message:
    """The incident before commanders, with what may be done next."""
    if incident.closed:
        rows: tuple[tuple[Button, ...], ...] = ()
    elif incident.acknowledged:
        rows = ((_handling(texts.close_incident, HandlingStep.CLOSE, incident),),)
    else:
        rows = ((_handling(texts.acknowledge, HandlingStep.ACKNOWLEDGE, incident),),)
    return Message(texts.incident(unit, incident, rung), rows)


def ask_note(texts: Texts, unit: Unit, incident: Incident) -> Message:
    return Message(
        paragraphs(texts.ask_closing_note(unit, incident, LONGEST_INCIDENT), texts.secrecy_warning),
        ((_handling(texts.cancel, HandlingStep.LEAVE, incident),),),
    )


def report_button(texts: Texts, unit: Unit) -> Button:
    """From a report that tells of a problem to an incident."""
    return Button(texts.report_incident, IncidentPress(IncidentStep.BEGIN, unit.id).pack())


def _handling(label: str, step: HandlingStep, incident: Incident) -> Button:
    return Button(label, HandlingPress(step, incident.id).pack())


def _cancel(texts: Texts) -> Button:
    return Button(texts.cancel, IncidentPress(IncidentStep.CANCEL).pack())
