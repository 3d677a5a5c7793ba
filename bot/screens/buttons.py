"""The buttons of a form."""

from bot.domain.reports import Form
from bot.screens.message import Button
from bot.screens.payloads import FormPress, Step


def form_button(form: Form, label: str, step: Step, seen: int, **details: str) -> Button:
    press = FormPress(
        form.report_type,
        form.day,
        form.unit.id,
        step,
        seen,
        subject=form.subject,
        **details,
    )
    return Button(label, press.pack())
