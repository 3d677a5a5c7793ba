"""The sheet of whom to ring when Telegram is down, in English."""

from datetime import datetime

from bot.domain.calls import CallRow
from bot.domain.people import Role
from bot.texts.markup import Html, fill
from bot.texts.vi_calls import VietnameseCalls


class EnglishCalls(VietnameseCalls):
    list_of_calls = "☎️ Call sheet"
    making_calls = Html(
        "The call sheet is being made; the file follows this message. "
        "Please print it, write in names and telephone numbers by hand, and keep it in the duty room."
    )
    call_sheet_file = "call-sheet"
    call_sheet_title = "WHOM TO RING WHEN TELEGRAM IS DOWN"
    call_sheet_note = (
        "Names and telephone numbers are written by hand. Keep it in the duty room; "
        "no photographs, nothing sent over a network."
    )
    call_sheet_foot = (
        (
            "When Telegram cannot be used: units ring the duty desk by their reporting time; the duty "
            "desk enters it with “trucbao report” on the server."
        ),
        "Filled in on: ……/……/…………   By: ……………………………………   Checked again: ……/……/…………",
    )
    call_sheet_columns = ("No.", "Unit", "Position", "In the system", "Name", "Telephone")
    roles_to_ring = {
        Role.LEADER: "Commander",
        Role.DEPUTY: "Deputy",
        Role.ACTING: "Acting commander",
        Role.COMMANDER: "Higher command",
        Role.ADMIN: "Administrator",
    }
    calls_of_command = "The command"

    def call_sheet_as_of(self, as_of: datetime) -> str:
        return f"Positions and how they stand in the system at {self.moment(as_of)}"

    def call_sheet_reach(self, row: CallRow) -> str:
        if not row.has_joined:
            return "has not joined"
        if row.unreachable_since:
            return f"not reached since {self.day(self.local_day(row.unreachable_since))}"
        return "has joined"

    def calls_caption(self, as_of: datetime) -> Html:
        return fill(
            "Call sheet, as of {as_of}. Please print it and fill it in by hand.",
            as_of=self.moment(as_of),
        )
