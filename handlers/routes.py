"""Every command, button and question, with the right that it needs and the place where it may be used."""

import structlog
from telegram import Update
from telegram.constants import MessageLimit
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.domain.people import Action
from bot.screens.activity_payloads import (
    ActivityPress,
    LiableQuestion,
    NewActivityQuestion,
    RosterPress,
    RosterQuestion,
    SessionQuestion,
)
from bot.screens.admin_payloads import (
    EndPress,
    ExemptDaysQuestion,
    ExemptPress,
    ExemptReasonQuestion,
    HoursPress,
    HoursQuestion,
    ReopenDayQuestion,
    ReopenPress,
    ReopenReasonQuestion,
)
from bot.screens.announcement_payloads import (
    AnnouncePress,
    ReceivedPress,
    TimeQuestion,
    WordsQuestion,
)
from bot.screens.commands import COMMANDS
from bot.screens.exercise_payloads import (
    ChecklistPress,
    DueQuestion,
    ExercisePress,
    ItemPress,
    ItemQuestion,
    MoveQuestion,
    PlanQuestion,
    TickPress,
)
from bot.screens.incident_payloads import (
    ClosingQuestion,
    HandlingPress,
    IncidentPress,
    IncidentQuestion,
)
from bot.screens.payloads import (
    BackupPress,
    CallsPress,
    FormPress,
    HistoryPress,
    InvitePress,
    LanguagePress,
    NudgePress,
    SummaryPress,
)
from bot.screens.people_payloads import (
    ActingDaysQuestion,
    ActingPress,
    AuditPress,
    PeoplePress,
    PersonPress,
    UnitPress,
    UnitQuestion,
)
from bot.screens.questions import FieldQuestion, LateQuestion
from bot.screens.target_payloads import (
    EditPress,
    RevisionQuestion,
    StatePress,
    TargetPress,
)
from handlers import (
    activities,
    announcements,
    attendance,
    backups,
    checklists,
    documents,
    exemptions,
    exercises,
    general,
    history,
    hours,
    incidents,
    joining,
    membership,
    missing,
    people,
    reopening,
    reporting,
    rosters,
    summaries,
    targets,
    trail,
    typed_lines,
    units,
)
from handlers.guards import (
    App,
    CommandRoute,
    Context,
    Place,
    PressRoute,
    TextRoute,
    command_callback,
    press_callback,
    start,
    text_callback,
    unknown_press,
)

COMMAND_ROUTES = (
    CommandRoute(Action.REPORT, reporting.report),
    CommandRoute(Action.ATTENDANCE, attendance.attendance),
    CommandRoute(Action.INCIDENT, incidents.incident),
    CommandRoute(Action.HISTORY, history.history),
    CommandRoute(Action.SUMMARY, summaries.summary, Place.COMMAND_GROUP),
    CommandRoute(Action.EXPORT, documents.export, Place.ANYWHERE),
    CommandRoute(Action.TARGETS, targets.targets),
    CommandRoute(Action.MISSING, missing.missing, Place.COMMAND_GROUP),
    CommandRoute(Action.NUDGE, missing.nudge_all, Place.COMMAND_GROUP),
    CommandRoute(Action.ANNOUNCE, announcements.announce),
    CommandRoute(Action.EXERCISES, exercises.exercises),
    CommandRoute(Action.ACTIVITY, activities.listed),
    CommandRoute(Action.INVITE, joining.invite),
    CommandRoute(Action.BIND_GROUP, joining.make_group, Place.GROUP),
    CommandRoute(Action.SCHEDULE, hours.schedule),
    CommandRoute(Action.EXEMPTION, exemptions.exempt),
    CommandRoute(Action.BACKUP, backups.backup),
    CommandRoute(Action.PEOPLE, people.everybody),
    CommandRoute(Action.UNITS, units.units),
    CommandRoute(Action.AUDIT, trail.trail),
    CommandRoute(Action.HELP, general.help_, Place.ANYWHERE),
    CommandRoute(Action.LANGUAGE, general.language, Place.COMMAND_GROUP),
    CommandRoute(Action.CANCEL, general.cancel),
)

PRESS_ROUTES = (
    PressRoute(FormPress, Action.REPORT, reporting.form_pressed),
    PressRoute(IncidentPress, Action.INCIDENT, incidents.pressed, keeps_question=True),
    PressRoute(
        HandlingPress,
        Action.HANDLE_INCIDENT,
        incidents.handling_pressed,
        Place.COMMAND_GROUP,
        keeps_question=True,
    ),
    PressRoute(HistoryPress, Action.HISTORY, history.history_pressed),
    PressRoute(SummaryPress, Action.SUMMARY, summaries.summary_pressed, Place.COMMAND_GROUP),
    PressRoute(TargetPress, Action.TARGETS, targets.pressed),
    PressRoute(StatePress, Action.TARGETS, targets.state_pressed),
    PressRoute(EditPress, Action.EDIT_TARGETS, targets.edit_pressed),
    PressRoute(CallsPress, Action.EXPORT, documents.calls_pressed),
    PressRoute(NudgePress, Action.NUDGE, missing.nudge_pressed, Place.COMMAND_GROUP),
    PressRoute(AnnouncePress, Action.ANNOUNCE, announcements.pressed, keeps_question=True),
    PressRoute(ReceivedPress, Action.ACKNOWLEDGE, announcements.received, keeps_question=True),
    PressRoute(ChecklistPress, Action.EXERCISES, checklists.pressed),
    PressRoute(TickPress, Action.EXERCISES, checklists.ticked),
    PressRoute(ExercisePress, Action.MANAGE_EXERCISES, exercises.pressed, keeps_question=True),
    PressRoute(ItemPress, Action.MANAGE_EXERCISES, checklists.item_pressed),
    PressRoute(ActivityPress, Action.ACTIVITY, activities.pressed),
    PressRoute(RosterPress, Action.ACTIVITY, rosters.pressed),
    PressRoute(InvitePress, Action.INVITE, joining.invite_pressed),
    PressRoute(HoursPress, Action.SCHEDULE, hours.pressed),
    PressRoute(ReopenPress, Action.SCHEDULE, reopening.pressed, keeps_question=True),
    PressRoute(ExemptPress, Action.EXEMPTION, exemptions.pressed),
    PressRoute(EndPress, Action.EXEMPTION, exemptions.end_pressed),
    PressRoute(BackupPress, Action.BACKUP, backups.backup_pressed),
    PressRoute(PeoplePress, Action.PEOPLE, people.list_pressed),
    PressRoute(PersonPress, Action.PEOPLE, people.person_pressed),
    PressRoute(ActingPress, Action.PEOPLE, people.acting_pressed),
    PressRoute(UnitPress, Action.UNITS, units.pressed, keeps_question=True),
    PressRoute(AuditPress, Action.AUDIT, trail.pressed),
    PressRoute(LanguagePress, Action.LANGUAGE, general.language_pressed, Place.COMMAND_GROUP),
)

# A form says itself by how much a text is too long.
TEXT_ROUTES = (
    TextRoute(FieldQuestion, Action.REPORT, typed_lines.field_typed, MessageLimit.MAX_TEXT_LENGTH),
    TextRoute(
        LateQuestion, Action.REPORT, typed_lines.late_reason_typed, MessageLimit.MAX_TEXT_LENGTH
    ),
    TextRoute(HoursQuestion, Action.SCHEDULE, hours.typed_hours),
    TextRoute(ReopenDayQuestion, Action.SCHEDULE, reopening.typed_day),
    TextRoute(ReopenReasonQuestion, Action.SCHEDULE, reopening.typed_reason),
    TextRoute(ExemptDaysQuestion, Action.EXEMPTION, exemptions.typed_days),
    TextRoute(ExemptReasonQuestion, Action.EXEMPTION, exemptions.typed_reason),
    TextRoute(IncidentQuestion, Action.INCIDENT, incidents.typed, MessageLimit.MAX_TEXT_LENGTH),
    TextRoute(
        ClosingQuestion,
        Action.HANDLE_INCIDENT,
        incidents.note_typed,
        MessageLimit.MAX_TEXT_LENGTH,
    ),
    TextRoute(
        WordsQuestion, Action.ANNOUNCE, announcements.words_typed, MessageLimit.MAX_TEXT_LENGTH
    ),
    TextRoute(TimeQuestion, Action.ANNOUNCE, announcements.time_typed),
    TextRoute(
        PlanQuestion, Action.MANAGE_EXERCISES, exercises.plan_typed, MessageLimit.MAX_TEXT_LENGTH
    ),
    TextRoute(MoveQuestion, Action.MANAGE_EXERCISES, exercises.move_typed),
    TextRoute(
        ItemQuestion, Action.MANAGE_EXERCISES, checklists.item_typed, MessageLimit.MAX_TEXT_LENGTH
    ),
    TextRoute(DueQuestion, Action.MANAGE_EXERCISES, checklists.due_typed),
    TextRoute(ActingDaysQuestion, Action.PEOPLE, people.typed_days),
    TextRoute(NewActivityQuestion, Action.ACTIVITY, activities.typed_activity),
    TextRoute(SessionQuestion, Action.ACTIVITY, activities.typed_sessions),
    TextRoute(LiableQuestion, Action.ACTIVITY, activities.typed_liable),
    TextRoute(RosterQuestion, Action.ACTIVITY, rosters.typed, MessageLimit.MAX_TEXT_LENGTH),
    TextRoute(UnitQuestion, Action.UNITS, units.typed),
    TextRoute(RevisionQuestion, Action.EDIT_TARGETS, targets.revision_typed),
)

log = structlog.get_logger()

_NEW = filters.UpdateType.MESSAGE


def register(application: App) -> None:
    """Add every handler. All of them block: an update is handled when its transaction commits."""
    handlers: list[BaseHandler[Update, Context, None]] = [
        CommandHandler(COMMANDS[Action.START], start, filters=_NEW)
    ]
    handlers += [
        CommandHandler(COMMANDS[route.action], command_callback(route), filters=_NEW)
        for route in COMMAND_ROUTES
    ]
    handlers += [
        CallbackQueryHandler(press_callback(route), pattern=f"^{route.payload.prefix}:")
        for route in PRESS_ROUTES
    ]
    handlers += [
        CallbackQueryHandler(unknown_press),
        ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE & _NEW, membership.migrated),
        MessageHandler(
            filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL,
            text_callback(TEXT_ROUTES, typed_lines.line_typed),
        ),
    ]
    application.add_handlers(handlers)
    application.add_error_handler(_note_failure)


async def _note_failure(update: object, context: Context) -> None:
    """Keep a handler's exception for the intake, which undoes what the handler wrote."""
    if update is None:  # a job's, and no update is at fault
        log.error("job failed", exc_info=context.error)
    else:
        context.bot_data.failure = context.error
