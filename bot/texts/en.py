"""Everything a person reads in a chat, in English; Vietnamese is the original.

Each part stands before Vietnamese in the order of resolution, so its texts win.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.people import Action, Role
from bot.domain.units import Unit
from bot.texts.en_activities import EnglishActivities
from bot.texts.en_announcements import EnglishAnnouncements
from bot.texts.en_audit import EnglishAudit
from bot.texts.en_board import EnglishBoard
from bot.texts.en_calls import EnglishCalls
from bot.texts.en_checklists import EnglishChecklists
from bot.texts.en_editor import EnglishEditor
from bot.texts.en_exemptions import EnglishExemptions
from bot.texts.en_exercises import EnglishExercises
from bot.texts.en_form import EnglishForm
from bot.texts.en_history import EnglishHistory
from bot.texts.en_hours import EnglishHours
from bot.texts.en_incidents import EnglishIncidents
from bot.texts.en_keeping import EnglishKeeping
from bot.texts.en_nudging import EnglishNudging
from bot.texts.en_outputs import EnglishOutputs
from bot.texts.en_overview import EnglishOverview
from bot.texts.en_people import EnglishPeople
from bot.texts.en_period import EnglishPeriod
from bot.texts.en_picture import EnglishPicture
from bot.texts.en_plans import EnglishPlans
from bot.texts.en_reopening import EnglishReopening
from bot.texts.en_rosters import EnglishRosters
from bot.texts.en_standing import EnglishStanding
from bot.texts.en_summary import EnglishSummary
from bot.texts.en_target_words import EnglishTargetWords
from bot.texts.en_targets import EnglishTargets
from bot.texts.en_trend import EnglishTrend
from bot.texts.en_typing import EnglishTyping
from bot.texts.en_unit_page import EnglishUnitPage
from bot.texts.en_units import EnglishUnits
from bot.texts.en_words import EnglishWords
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi import Vietnamese


class English(
    EnglishEditor,
    EnglishForm,
    EnglishTyping,
    EnglishOutputs,
    EnglishUnitPage,
    EnglishSummary,
    EnglishPeriod,
    EnglishPicture,
    EnglishBoard,
    EnglishNudging,
    EnglishHistory,
    EnglishHours,
    EnglishExemptions,
    EnglishReopening,
    EnglishIncidents,
    EnglishActivities,
    EnglishRosters,
    EnglishOverview,
    EnglishTargets,
    EnglishTargetWords,
    EnglishExercises,
    EnglishChecklists,
    EnglishCalls,
    EnglishTrend,
    EnglishStanding,
    EnglishAnnouncements,
    EnglishAudit,
    EnglishUnits,
    EnglishPeople,
    EnglishPlans,
    EnglishKeeping,
    EnglishWords,
    Vietnamese,
):
    language = "en"
    language_name = "English"

    menu = {
        Action.START: "Begin, or join by an invitation",
        Action.REPORT: "Daily duty report of the unit",
        Action.ATTENDANCE: "Attendance of a session or activity",
        Action.INCIDENT: "Report an incident at once",
        Action.HISTORY: "Report history of the unit",
        Action.SUMMARY: "Summary of a day, week, month, quarter, year",
        Action.EXPORT: "Workbook and draft report of a month, quarter, year",
        Action.TARGETS: "How the resolutions' targets stand",
        Action.MISSING: "Units not yet reported",
        Action.NUDGE: "Remind all units not yet reported",
        Action.ANNOUNCE: "Send an announcement to be acknowledged",
        Action.EXERCISES: "Preparing for exercises",
        Action.ACTIVITY: "Training, contests, meets, briefings",
        Action.INVITE: "Make an invitation for one person",
        Action.BIND_GROUP: "Make this group the command group",
        Action.SCHEDULE: "Reporting hours, reopen a closed day",
        Action.EXEMPTION: "Days off and exemptions",
        Action.BACKUP: "Backups",
        Action.PEOPLE: "People, roles, handover",
        Action.UNITS: "Units: names, establishment, mergers",
        Action.AUDIT: "Audit trail",
        Action.HELP: "Guide for your role",
        Action.LANGUAGE: "Choose the language",
        Action.CANCEL: "Cancel the form being filled in",
    }

    # What cannot be done, and what to do instead

    def future_day(self, day: date) -> Html:
        return fill("{day} has not come yet. Please choose today: /baocao", day=self.day(day))

    def locked(self, day: date, locked_at: datetime) -> Html:
        return fill(
            "Reports of {day} were closed at {at}. If something must be added, please call the duty desk.",
            day=self.day(day),
            at=self.moment_of(locked_at, day),
        )

    def nothing_due(self, day: date) -> Html:
        return fill(
            "Your unit owes no report on {day}. Another day: /baocao day/month", day=self.day(day)
        )

    def exempt_day(self, day: date, reason: str) -> Html:
        return fill(
            "Your unit is exempt on {day} ({reason}). Another day: /baocao day/month",
            day=self.day(day),
            reason=reason,
        )

    not_your_unit = Html(
        "You are no longer responsible for this unit. If in doubt, please ask an administrator."
    )
    stale_button = "This button no longer works. Please type /trogiup to see the commands."
    unknown_text = Html(
        "I understand only buttons and commands. Please type /trogiup to see the commands."
    )
    text_too_long = Html("The message is too long and was not recorded. Commands: /trogiup")
    file_refused = Html(
        "For secrecy the system takes no photos, files, locations or recordings. "
        "This message was not recorded; please delete it. Commands: /trogiup"
    )
    edit_ignored = Html("Editing this message has no effect. Please type it as a new message.")
    unknown_command = Html("There is no such command. Please type /trogiup to see the commands.")
    not_allowed = Html("This command is not part of your role. Your commands: /trogiup")
    role_over = Html(
        "Your role in the system has ended. "
        "To continue, please ask an administrator for a new invitation."
    )
    not_allowed_toast = "This button is not part of your role."
    stranger = Html("Good day. This system is only for people who were invited.")
    only_in_group = Html(
        "This command is for a group: please add me to the command group, then type /nhom there."
    )
    only_in_private = Html("Please send me this command in a private chat.")
    database_trouble = (
        "The system cannot save at the moment and keeps trying. "
        "If you have no receipt in a few minutes, please press again."
    )

    def not_a_date(self, typed: str) -> Html:
        return fill(
            "I do not understand the day “{typed}”. Please type day/month, for example: {example}",
            typed=typed[:40],
            example="/baocao 14/3",
        )

    def not_a_period(self, typed: str) -> Html:
        return fill(
            "I do not understand “{typed}”. Please type /tonghop with ngay (day), tuan (week), "
            "thang (month), quy (quarter) or nam (year), and a day if needed; for example: {example}",
            typed=typed[:40],
            example="/tonghop thang 14/3",
        )

    def not_held(self, day: date) -> Html:
        return fill(
            "The session on {day} was cancelled; no attendance is needed.", day=self.day(day)
        )

    def not_made(self, code: str) -> Html:
        return fill(
            "Sorry, what you asked for could not be made (code {id}). "
            "The administrators have been told; please try again in a few minutes.",
            id=code,
        )

    def failed(self, error_id: str) -> Html:
        return fill(
            "Sorry, an error occurred and what you just did was not recorded. "
            "Please try again; if it fails again, give an administrator the code {id}.",
            id=error_id,
        )

    # Joining

    def welcome(
        self,
        role: Role,
        unit: Unit | None,
        command: str,
        until: date | None,
        first: date | None = None,
    ) -> Html:
        return fill(
            "Good day. You have joined as <b>{role}</b>{unit}{days}, {command}.",
            role=self.roles[role],
            unit=f" of {unit.name}" if unit else "",
            days=self._days_of_role(first, until),
            command=command,
        )

    def _days_of_role(self, first: date | None, until: date | None) -> str:
        begins = f"from {self.day(first)}" if first else ""
        ends = f"until {self.day(until)}" if until else ""
        told = " ".join(word for word in (begins, ends) if word)
        return f" ({told})" if told else ""

    def help_for(
        self, commands: Sequence[tuple[str, str]], window: tuple[str, str, str], *, leads: bool
    ) -> Html:
        opens, due, locks = window
        how = fill(
            "At {opens} the system sends you the form. On a normal day two taps do: {normal}, then "
            "{send}. The deadline is {due}; you can still send until {locks} (counted as late). "
            "What was sent can be corrected until then.",
            opens=opens,
            due=due,
            locks=locks,
            normal=self.normal,
            send=self.send,
        )
        typed = fill(
            "You can also type one line, in Vietnamese words, for example: <code>{line}</code>",
            line=self.line_example,
        )
        return paragraphs(
            lines(how, typed) if leads else "",
            lines(Html("<b>Commands</b>"), self.command_list(commands)),
            "Send no state secrets, photos, files or lists of names here." if leads else "",
        )

    already_joined = Html("You have joined by this invitation already. Commands: /trogiup")
    invitation_used = Html(
        "This invitation was used already. Please ask an administrator for a new one."
    )
    invitation_expired = Html(
        "This invitation has expired. Please ask an administrator for a new one."
    )
    invite_role = Html("Invite somebody for which role?")
    invite_unit = Html("Invite for which unit?")
    no_units = Html("There are no units yet. On the server, run: trucbao init --preset tam-ky-2022")

    invitation_not_needed = Html(
        "On those days you are already commander or acting commander of the unit; this invitation is not needed."
    )

    def invitation(
        self,
        role: Role,
        unit: Unit | None,
        link: str,
        expires_at: datetime,
        days: tuple[date, date] | None = None,
    ) -> Html:
        first, last = days or (None, None)
        return paragraphs(
            fill(
                "Invitation as {role}{unit}{days}, to be used once, before {expires}:",
                role=self.roles[role],
                unit=f" of {unit.name}" if unit else "",
                days=self._days_of_role(first, last),
                expires=self.moment(expires_at),
            ),
            fill("{link}", link=link),
            "Please pass it on privately to the right person, never in a group.",
        )

    def group_bound(self, command: str) -> Html:
        return fill(
            "This group is now the command group of {command}. Summaries will be sent here.",
            command=command,
        )

    choose_language = Html("Choose the language:")
    language_chosen = Html("The system will use English.")
    drafts_cancelled = Html("The form was cancelled. Nothing was sent; to begin again: /baocao")
    nothing_to_cancel = Html("No form is being filled in.")

    # To the admins

    def admin_failure(self, error_id: str) -> Html:
        return fill("⚠️ Something failed, code {id}. Details are in the server's log.", id=error_id)

    def admin_unreachable(self, who: str) -> Html:
        return fill(
            "⚠️ {who} gets no messages (has blocked the bot or left Telegram). Please telephone.",
            who=who,
        )

    may_not_pin = Html(
        "⚠️ I may not pin messages in the command group, so the board is not pinned. "
        "Please make me an administrator of the group with the right “Pin messages”; "
        "the next board will be pinned."
    )
    group_lost = Html(
        "⚠️ I can no longer write to the command group. Please add me again, then type /nhom there."
    )
