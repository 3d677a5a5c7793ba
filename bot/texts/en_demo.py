"""What the demo says while it plays, in English.

The bot of the play and its people speak Vietnamese: what they write, and what is waited for in their
chats, stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.measures import State
from bot.texts.en_words import count
from bot.texts.vi_demo import VietnameseDemo


class EnglishDemo(VietnameseDemo):
    guide_botfather = ("Making the bot (illustration)", "Telegram's own bot")
    # Who is neither a leader nor a commander

    server = "Server"
    bot = "Bot"
    stranger = "Stranger"

    # The scenes

    past_filled = "01/03, the system is set up: the thirteen days before are sample figures"
    invited = "14/03, everybody joins by invitation"
    opened = "At the hour, the bot sends the forms and pins the board"
    in_detail = "Reports in detail or in one typed line; one unit has a problem"
    killed = "The bot is ended by kill -9 while many press send"
    questions = "The commander asks who is missing, reminds them, looks at last week"
    cut_off = "The power fails, the deadline is moved"
    moved = "The new deadline is near, the bot reminds again"
    due = "The new deadline has passed, the command group receives the summary"
    late = "One unit reports late"
    an_hour_late = "One hour past the deadline: a reason for the delay, a correction, and one unit still missing"
    locked = "Reporting is closed"
    planned = "15/03, the admin adds a course"
    attended = "The session begins, units tell attendance by buttons"
    completed = "The session is over, a unit tells its result"
    rest_of_month = "To the end of March, a step a day"
    month_over = "01/04, the month and the targets"
    counted = "Telegram's own records are compared with the database"

    # What happens

    def began(self, day: date, seed: int) -> str:
        return (
            f"Playing the reporting day {day:%d/%m/%Y} on a small Telegram (seed {seed}). "
            "The bot is real and speaks Vietnamese; the people are played, their strengths are "
            "sample figures, and so are the thirteen days before."
        )

    def set_up(self, units: int, preset: str, first_day: date) -> str:
        return f"trucbao init --preset {preset}: {count(units, 'unit')}, from {first_day:%d/%m/%Y}"

    def filled(self, counts: Mapping[State, int], exempt: str, days: Sequence[date]) -> str:
        return (
            "writes sample figures for 01/03 to 13/03 straight into the database: "
            f"{count(counts[State.ON_TIME], 'report')} on time, {counts[State.LATE]} late, "
            f"{counts[State.MISSING]} missing; {exempt} is exempt from {days[0]:%d/%m} to {days[-1]:%d/%m}"
        )

    def invited_by_console(self, people: int) -> str:
        return f"trucbao invite: {count(people, 'invitation')}"

    def pressed(self, label: str, times: int = 1) -> str:
        return f"presses {label}" if times == 1 else f"presses {label} ({times} times in a row)"

    def said(self, text: str) -> str:
        return f"types “{text}”"

    def mended(self, text: str) -> str:
        return f"edits the message to “{text}”"

    photographed = "sends a photo of a report written by hand"
    may_pin = "makes the bot an administrator of the group, so that it may pin messages"
    joined = "joins by invitation"
    joined_by_admin = "joins by an invitation that the administrator made"

    def read(self, text: str) -> str:
        return f"reads: {'; '.join(filter(None, text.splitlines()))}"

    def prompted(self, people: int) -> str:
        return f"sends the form to {count(people, 'person', 'people')}"

    def pinned_board(self, first_line: str) -> str:
        return f"pins the board: {first_line}"

    def receipt(self, state: str, code: str) -> str:
        return f"has the receipt: {state}, code {code}"

    def taken(self, line: str) -> str:
        return f"sees: {line}"

    def died(self, pid: int, pressed: int, received: int) -> str:
        return (
            f"kill -9 {pid}: {count(pressed, 'person has', 'people have')} just pressed send, "
            f"{received} of them {'has' if received == 1 else 'have'} seen a receipt"
        )

    def restarted(self, pid: int) -> str:
        return f"trucbao run (pid {pid}): starts again and finishes what was left"

    def corrected(self, line: str) -> str:
        return f"has the receipt of the correction: {line}"

    def power_failed(self, pid: int) -> str:
        return f"the power fails, the bot is off (pid {pid})"

    def power_back(self, pid: int) -> str:
        return f"the power is back: trucbao run (pid {pid})"

    def outage_notices(self, people: int) -> str:
        return f"tells {count(people, 'person who owes', 'people who owe')} a report of the interruption"

    def deadline_moved(self, due: str) -> str:
        return f"writes the new deadline {due} on the pinned board"

    pressed_in_vain = "presses send and sees nothing (the bot is down)"
    pressed_again = "has no receipt yet, presses send again"
    pressed_old_card = "presses send again on the old card"

    def toast(self, text: str) -> str:
        return f"sees the notice: {text}"

    def reminders(self, people: int) -> str:
        told = count(people, "person", "people")
        return f"reminds {told} whose units have not yet reported"

    def overdue_reminders(self, people: int) -> str:
        return f"reminds {count(people, 'person', 'people')} whose units are past the deadline"

    picture_for_commander = "sends the commander the picture of the whole month"
    escalated = "asks the command group to call the units that are still missing"
    silent = "presses nothing all day"
    digest = "sends the summary to the group"
    picture = "sends the picture of the whole month to the group"
    final = "sends the final summary to the group"

    # The end

    month_told = "sends the month's summary to the group"
    targets_picture = "sends the picture of the targets to the group"

    def asked_on(self, day: date) -> str:
        return f"sends the forms of {day:%d/%m}"

    def attendance_asked(self, units: int) -> str:
        return f"asks {count(units, 'unit')} for attendance"

    def week_told(self, title: str) -> str:
        return f"sends to the group: {title}"

    def rest_filled(self, counts: Mapping[State, int], days: Sequence[date]) -> str:
        return (
            f"written straight into the database, sample figures from {days[0]:%d/%m} to "
            f"{days[-1]:%d/%m}: {count(counts[State.ON_TIME], 'report')} on time, "
            f"{counts[State.LATE]} late, {counts[State.MISSING]} missing"
        )

    month_digest = "The month's summary, as in the command group (in Vietnamese):"

    def verdict(self, lost: int, doubled: int) -> str:
        return f"lost {lost}, doubled {doubled}"

    def tally(
        self,
        presses: int,
        people: int,
        redelivered: int,
        reports: int,
        corrections: int,
        receipts: int,
        prompts: int,
        digests: int,
    ) -> str:
        again = (
            f", {redelivered} of them delivered again because the bot was down"
            if redelivered
            else ""
        )
        return (
            f"Telegram: {count(presses, 'press', 'presses')} of send by "
            f"{count(people, 'person', 'people')} reached the bot{again}; "
            f"{count(prompts, 'form or reminder', 'forms and reminders')}, "
            f"{count(digests, 'summary', 'summaries')}.\n"
            f"Bot: {count(reports, 'report')} and {count(corrections, 'correction')} in the database, "
            f"{receipts}/{people} people have seen a receipt."
        )

    def finding(self, fault: str, who: str, what: str) -> str:
        name = {"lost": "LOST", "doubled": "DOUBLED"}[fault]
        return f"{name}: {who}: {what}"

    no_report = "pressed send, but there is no report"
    no_receipt = "pressed send, but saw no receipt"
    no_correction = "sent a correction, but the report was not corrected"

    def many_reports(self, number: int) -> str:
        return f"{number} reports or corrections for one day"

    def many_notices(self, rung: str, number: int) -> str:
        name = {"prompt": "form", "reminder": "reminder", "overdue": "reminder past the deadline"}
        name |= {"nudge": "commander's reminder", "outage": "notice of the interruption"}
        name |= {"deputies": "reminder of the deputies", "board": "board"}
        name |= {"escalation": "request to call the units"}
        name |= {"digest": "summary at the deadline", "final": "final summary"}
        name |= {"week": "summary of a week", "month": "summary of a month"}
        return f"{name.get(rung, rung)} sent {count(number, 'time')}"

    def page_written(self, path: str) -> str:
        return f"The chats: {path}"

    pictures_written = "Four pictures of phone size (1170 pixels wide = 3 × 390):"

    picture_of_play = "the picture of March 2022 as the bot sends it to the group, 13 units"

    picture_of_targets = "the targets at the end of 3/2022 as the bot sends them to the group"

    def picture_of_samples(self, units: int) -> str:
        return f"the same kind of picture for {count(units, 'unit')}, sample figures"

    def what_next(self, program: str, database: str, day: date) -> Iterable[str]:
        return (
            "Next:",
            f"  DATABASE_PATH={database} {program} summary --day {day:%d/%m/%Y}",
            f"  {program} demo --seed 7    (other people, other times)",
            f"  {program} check            (once there is a token in .env)",
            "  make run    (for real; step by step in README.md)",
        )

    # What went wrong

    def died_unexpectedly(self, name: str, status: int, log: str, tail: str) -> str:
        return f"{name} ended unexpectedly (status {status}). The end of its log {log}:\n{tail}"

    def not_as_told(self, problem: str, log: str, tail: str) -> str:
        return f"The demo stopped: {problem}\nThe end of the log {log}:\n{tail}"

    def command_failed(self, command: str, status: int, told: str) -> str:
        return f"trucbao {command} failed (status {status}): {told}"

    terminated = "The demo was stopped on request (SIGTERM)."
    empty_log = "(empty)"

    # The page

    page_title = "A day of reporting"
    page_note = (
        "The bot is real, on a small Telegram, and speaks Vietnamese; the people are played, "
        "their strengths are sample figures. The thirteen days before (01/03 to 13/03) are sample "
        "figures written beforehand: nobody pressed send."
    )
    pictures_title = "Four pictures of phone size"
    bot_title = "Daily duty reports"
    bot_subtitle = "bot"
    edited = "edited"
    pinned = "📌 pinned"
    story = "The whole day, step by step"
    attachments = {
        "photo": "🖼 Photo",
        "document": "📄 File",
        "sticker": "Sticker",
        "voice": "🎤 Voice message",
        "location": "📍 Location",
    }
    services = {
        "new_chat_members": "added the bot to the group",
        "pinned_message": "bot pinned a message",
        "group_chat_created": "the group was created",
        "supergroup_chat_created": "the group was created",
    }

    def members(self, number: int) -> str:
        return count(number, "member")

    def phone_of(self, who: str, clock_time: str) -> str:
        return f"{who}, at {clock_time}"

    def on_day(self, clock_time: str, day: date) -> str:
        return f"{clock_time} on {day:%d/%m}"

    def day_in_chat(self, day: date) -> str:
        return f"{day:%d/%m/%Y}"

    def earlier(self, number: int) -> str:
        return f"{count(number, 'earlier version')} of this message"
