"""What the command line says, in English."""

import errno

from bot.domain.people import Role
from bot.domain.seats import ActingInPastError, ActingOutOfOrderError, NotActingError
from bot.texts.en_import import EnglishImport
from bot.texts.en_keeping import EnglishBackupProblems
from bot.texts.en_words import count
from bot.texts.vi_console import VietnameseConsole


class EnglishConsole(EnglishBackupProblems, EnglishImport, VietnameseConsole):
    program = "Daily duty reports over Telegram: collects reports, reminds in time, sums up for commanders."
    run = "Run the bot until it receives SIGTERM.\n\n\b\nExample: trucbao run"
    demo = (
        "Play a day of reporting; no token needed.\n\n"
        "Runs on a small Telegram inside this machine, and ends by itself.\n\n"
        "\b\nExample: trucbao demo --seed 7"
    )
    check = (
        "Check the settings, the database, the clock and the way to Telegram.\n\n"
        "\b\nExample: trucbao check"
    )
    init = (
        "Create the database and units; running it again loses nothing.\n\n"
        "\b\nExample: trucbao init --preset tam-ky-2022"
    )
    invite = (
        "Print an invitation that can be used once.\n\n"
        '\b\nExample: trucbao invite --role leader --unit "An Sơn" --expires 48h'
    )
    report = (
        "Enter a report where there is no Telegram.\n\n"
        '\b\nExample: trucbao report --unit "An Sơn" --absent phép=1,ốm=1'
    )
    summary = (
        "Print the summary of a day, week, month, quarter or year.\n\n"
        "\b\nExample: trucbao summary --period ngay --day 14/03/2026 --format json"
    )
    export = (
        "Write reports, the workbook or the draft official report to a file.\n\n"
        "\b\n"
        ".csv, .json, .xlsx  reports, one row for each unit and day\n"
        ".csv --kind audit   the audit trail, one row for each change\n"
        ".xlsx --kind all    the workbook with all its sheets\n"
        ".docx, .pdf         the draft official report, in Vietnamese (pdf needs LibreOffice)\n\n"
        "\b\nExample: trucbao export --kind all --from 01/03/2026 --to 31/03/2026 --out thang3.xlsx"
    )

    backup = (
        "Back up the database to a file; the bot may keep running.\n\n"
        "The file is encrypted with BACKUP_PASSPHRASE; if that is not set, you are asked for one.\n\n"
        "\b\nExample: trucbao backup --out thang3.backup"
    )
    restore = (
        "Restore the database from a backup; nothing is overwritten.\n\n"
        "\b\nExample: trucbao restore --from thang3.backup"
    )

    opt_help = "Print this help and exit."
    opt_version = "Print the version and exit."
    opt_preset = "A ready-made set of units (its strengths are sample figures only)."
    opt_role = "Role of the person invited."
    opt_unit = "Name, other name or code of the unit."
    opt_acting_from = (
        "First day of an acting commander, with --until; by default from the acceptance."
    )
    opt_until = "Last day of the role (dd/mm/yyyy), for example of an acting commander."
    opt_expires = "How long the invitation can be used: 30m, 48h, 7d."
    opt_day = "Day of the report: dd/mm/yyyy or yyyy-mm-dd; by default today."
    opt_absent = (
        "Number absent by reason: phép (leave), tranh thủ (short leave), ốm (sick), "
        "công tác (on mission), học (studying), khác (other)."
    )
    opt_problem = (
        "There is a problem of safety (safety) or of security and order (order); repeatable."
    )
    opt_period = (
        "Period of the summary: ngay (day), tuan (week), thang (month), quy (quarter), nam (year)."
    )
    opt_format = "Print as text or JSON."
    opt_kind = "Kind of data."
    opt_from = "First day; by default the first of this month."
    opt_to = "Last day; by default today."
    opt_out = "File to write, ending in .csv, .json, .xlsx, .docx or .pdf."
    opt_backup_out = "Backup file; it must not exist yet."
    opt_plain = "Without encryption: whoever has the file can read it."
    opt_backup_from = "Backup file."
    opt_with_strength = "With strengths, where STRENGTH_DISPLAY=percent."
    opt_seed = "Seed of the demo: the same seed plays the same day."
    opt_demo_out = "Folder for the results."

    # Wrong use

    def see_help(self, command: str) -> str:
        return f"See: {command} --help"

    def no_command(self) -> str:
        return "A command is missing."

    def unknown_command(self, typed: str) -> str:
        return f"There is no command “{typed[:40]}”."

    def unknown_option(self, option: str) -> str:
        return f"There is no option {option[:40]}."

    def option_misused(self, option: str) -> str:
        return f"The option {option} is written wrongly: it lacks a value or has one too many."

    def missing_option(self, option: str) -> str:
        return f"{option} is missing."

    def not_a_choice(self, option: str, choices: tuple[str, ...]) -> str:
        return f"{option} must be one of: {', '.join(choices)}."

    def not_a_path(self, option: str, *, is_folder: bool) -> str:
        return (
            f"{option} must be {'a folder, not a file' if is_folder else 'a file, not a folder'}."
        )

    def not_a_number(self, option: str) -> str:
        return f"{option} must be a whole number."

    def too_many_words(self) -> str:
        return "Too many words in the command; a name with spaces must stand in quotation marks."

    # What failed

    def no_token(self) -> str:
        return "TELEGRAM_BOT_TOKEN is not set in .env. To try without a token: make demo"

    def token_rejected(self) -> str:
        return (
            "Telegram rejected the token (401). Check TELEGRAM_BOT_TOKEN in .env with @BotFather."
        )

    setting_reasons = {
        "token": "a token has only plain letters, digits and : _ - .; copy it again from @BotFather",
        "address": "must be an address beginning with https:// or http://",
        "proxy": "must be an address beginning with http://, https://, socks5:// or socks5h://",
        "webhook": "for Telegram it must be an https:// address on port 443, 80, 88 or 8443, without ? and #; write it as https://bot.tamky.vn/trucbao",
        "listen": "must be host:port; write it as 127.0.0.1:8443",
        "file": "must be the name of a file; write it like trucbao.db",
        "zone": "there is no such time zone; write it like Asia/Ho_Chi_Minh",
        "ids": "must be Telegram user ids separated by commas; write them like 111111,222222",
        "clock_time": "must be a time HH:MM from 00:00 to 23:59; write it like 16:30",
        "order": "DUTY_OPENS ({}), DUTY_DUE ({}), DUTY_LOCKS ({}) must follow one another within one day",
        "before": "must be a time before {0}",
        "weekly": "must be a weekday by name and a time, like mon 07:00 (mon, tue, wed, thu, fri, sat, sun; no numbers)",
        "monthly": "must be a day of the month from 1 to {} and a time, like 1 07:00",
        "weekdays": "must be weekdays mon, tue, wed, thu, fri, sat, sun; write them like mon-sun or mon,wed,fri",
        "choice": "must be {choices}",
        "choices": "must be one or more of: {listed}",
        "range": "must be a whole number from {} to {}",
        "zero_or_range": "must be 0 (keep for ever) or a whole number from {} to {}",
        "passphrase": "a passphrase must have at least {} characters",
        "folder": "must be a full path without ~; write it like /var/backups/trucbao",
        "ladder": "must be three rising numbers of minutes separated by commas; write them like 5,10,20",
        "line": "must be one line of text, of at most {} characters",
        "lines": "must be lines of text separated by semicolons, at most {} lines of at most {} characters each",
        "unreadable": "cannot be read; the file must be UTF-8 text and its rights must allow reading",
        "other": "the value cannot be used; see .env.example",
    }

    def wrong_setting(self, name: str, reason: str, facts: tuple[str, ...]) -> str:
        told = self.setting_reasons[reason].format(
            *facts, choices=" or ".join(facts), listed=", ".join(facts)
        )
        return f"Wrong setting: {name}: {told}."

    def storage(self, condition: str, path: str) -> str:
        told = {
            "busy": "is locked by another program; end that program, then run this again",
            "full": "cannot be written to because the disk is full; free some space, then run this again",
            "read_only": "is read-only; allow writing to the file and its folder, then run this again",
            "unreadable": "cannot be read from the disk; check the disk, restore from a backup",
            "unwritable": "cannot be written to the disk; check the disk and its free space, then run this again",
            "cannot_open": "cannot be opened; check DATABASE_PATH and the rights of the folder",
            "no_folder": "is in a folder that does not exist; create the folder or correct DATABASE_PATH",
            "damaged": "is damaged or is not a database; restore from a backup",
            "no_memory": "cannot be opened because there is not enough memory",
        }
        return f"The database {path} {told[condition]}."

    def in_use(self, path: str, holder: str) -> str:
        return f"Another bot is running on {path} ({holder or 'unknown'}). Stop it, then run this again."

    def not_listening(self, address: str, problem: str) -> str:
        return (
            f"WEBHOOK_LISTEN: cannot listen on {address} ({problem}). "
            "Choose a port that is free, on an address of this machine."
        )

    def newer_schema(self, path: str, found: int, known: int) -> str:
        return (
            f"The database {path} is of a newer version (schema {found}; this program knows {known}). "
            "Update trucbao, then run this again."
        )

    def not_initialised(self, path: str) -> str:
        return f"There is no database {path} yet. First run: trucbao init --preset tam-ky-2022"

    def initialised(self, path: str, added: int, kept: int) -> str:
        return f"Database {path}: {count(added, 'unit')} added, {kept:,} kept as they were."

    def unknown_unit(self, typed: str, known: tuple[str, ...]) -> str:
        if not known:
            return "There are no units yet. First run: trucbao init --preset tam-ky-2022"
        return f"There is no unit “{typed[:60]}”. The units: {', '.join(known[:60])}."

    def unit_required(self, role: Role) -> str:
        if role.leads_unit:
            return f"The role {role} needs --unit."
        return f"The role {role} belongs to no unit; leave out --unit."

    def no_username(self) -> str:
        return (
            "The bot's name is not known yet, so no link can be made: set TELEGRAM_BOT_TOKEN where "
            "Telegram can be reached, or run trucbao run once."
        )

    def not_a_date(self, typed: str) -> str:
        return f"“{typed[:40]}” is not a date; write it like 14/03/2026 or 2026-03-14."

    def until_in_past(self) -> str:
        return "--until is already past."

    def from_only_for_acting(self) -> str:
        return "--from is only for an acting commander (--role acting)."

    def from_needs_until(self) -> str:
        return "--from needs --until: the last day of acting."

    def not_acting(self, error: NotActingError) -> str:
        match error:
            case ActingInPastError():
                return "--from is already past."
            case ActingOutOfOrderError():
                return "--from must not be after --until."
            case _:
                return "A commander can be acting for at most one year; choose an earlier --until."

    def not_a_duration(self, typed: str) -> str:
        return f"“{typed[:40]}” is not a duration; write it like 30m, 48h or 7d, at most 30 days."

    def not_absences(self, typed: str) -> str:
        return f"“{typed[:60]}” is not understood; write it like --absent phép=1,ốm=1."

    def out_of_range(self, count: int, establishment: int | None) -> str:
        if count < 0 or establishment is None:
            return f"{count} absent is not valid: the number must be 0 or more."
        return f"{count} absent are more than the establishment of {establishment}."

    def wrong_days(self) -> str:
        return "--from must not be after --to."

    def unknown_ending(self, name: str) -> str:
        return f"{name} cannot be written; it must end in .csv, .json, .xlsx, .docx or .pdf."

    system_reasons = {
        errno.ENOENT: "there is no such folder",
        errno.ENOTDIR: "there is no such folder",
        errno.EISDIR: "it is a folder",
        errno.EACCES: "writing is not allowed",
        errno.EPERM: "writing is not allowed",
        errno.EROFS: "the disk is read-only",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk is full",
        errno.ENAMETOOLONG: "the name is too long",
    }

    def not_written(self, path: str | None, number: int | None, name: str) -> str:
        reason = self.system_reasons.get(number or 0, name)
        return f"{path or 'The result'} could not be written: {reason}."

    def no_clock(self, url: str) -> str:
        return f"SANDBOX_CLOCK_URL: {url} cannot be reached. Remove this setting in real use."

    def exported(self, rows: int, path: str) -> str:
        return f"{count(rows, 'row')} written to {path}."

    # Backups

    def backing_up(self) -> str:
        return "Backing up"

    def restoring(self) -> str:
        return "Restoring"

    def ask_passphrase(self) -> str:
        return "Passphrase of the backup"

    def ask_passphrase_again(self) -> str:
        return "The passphrase again"

    def no_new_passphrase(self) -> str:
        return (
            "There is no passphrase for the backup: set BACKUP_PASSPHRASE in .env, "
            "or add --plain to do without encryption."
        )

    def no_passphrase(self) -> str:
        return (
            "This backup is encrypted: set its passphrase as BACKUP_PASSPHRASE in .env, "
            "then run this again."
        )

    def short_passphrase(self, least: int) -> str:
        return f"A passphrase must have at least {count(least, 'character')}."

    def passphrases_differ(self) -> str:
        return "The two passphrases differ; run this again."

    def backed_up(self, path: str, counts: tuple[int, int, int], *, is_encrypted: bool) -> str:
        return (
            f"Backed up to {path} ({'encrypted' if is_encrypted else 'not encrypted'}) and verified: "
            f"{self._contents(*counts)}."
        )

    def restored(
        self, path: str, made_at: str, counts: tuple[int, int, int], *, is_current: bool
    ) -> str:
        older = "" if is_current else " Its schema is older: the next run will upgrade it."
        return f"Restored {path} from the backup of {made_at}: {self._contents(*counts)}.{older}"

    def _contents(self, days: int, reports: int, people: int) -> str:
        return (
            f"{count(days, 'reporting day')}, {count(reports, 'report')}, "
            f"{count(people, 'person', 'people')}"
        )

    def backup_trouble(self, path: str, condition: str) -> str:
        return f"Backup {path}: {self.backup_problems[condition]}."

    def not_empty(self, path: str) -> str:
        return (
            f"Not restored: {path} exists already. Stop the bot, move the database with its -wal and "
            "-shm files elsewhere, then run this again."
        )

    def written(self, path: str) -> str:
        return f"Written: {path}."

    def not_all_as_rows(self, ending: str) -> str:
        return (
            f"--kind all has several tables, so it cannot be written as {ending}; "
            "use .xlsx, .docx or .pdf, or --kind reports."
        )

    def not_as_pdf(self, kind: str) -> str:
        what = "The audit trail" if kind == "audit" else "Attendance"
        return f"{what} cannot be written as .pdf; use .csv, .json, .xlsx or .docx."

    def no_converter(self) -> str:
        return (
            "Writing .pdf needs LibreOffice (the command soffice), which is not installed here. "
            "Install libreoffice-writer, or write .docx."
        )

    def not_converted(self) -> str:
        return "LibreOffice could not convert the report to .pdf. Please write .docx."

    # trucbao check

    def check_settings(self, opens: str, due: str, locks: str, days: str) -> str:
        return f"Settings: opens {opens}, deadline {due}, closes {locks}; days {days}"

    def check_database(self, path: str, units: int, people: int) -> str:
        return f"Database {path}: {count(units, 'unit')}, {count(people, 'person', 'people')}"

    def check_group(self, *, is_set: bool) -> str:
        return (
            "Command group: chosen"
            if is_set
            else "Command group: not chosen yet (type /nhom in the group)"
        )

    def check_disk(self, free_mib: int) -> str:
        return f"Free disk space: {free_mib} MiB"

    def check_backup(self, last: str | None, size: str, *, is_nightly: bool) -> str:
        told = f"Backup: last good one {last} ({size})" if last else "Backup: none yet"
        return (
            told
            if is_nightly
            else f"{told}; BACKUP_DIR is not set, so there are no nightly backups"
        )

    def check_backup_folder(self, path: str, *, is_good: bool) -> str:
        return f"BACKUP_DIR {path}: {'can be written to' if is_good else 'missing or not writable'}"

    def check_telegram(self, username: str) -> str:
        return f"Telegram: reached, bot @{username}"

    def check_polling(self) -> str:
        return "Telegram calls a webhook; once it runs, the bot removes it and polls, and nothing is lost"

    def check_webhook(self, waiting: int, error: str, at: str, *, is_ours: bool) -> str:
        if not is_ours:
            return "Webhook: not set at Telegram yet; the bot sets it when it runs"
        told = f"Webhook: set, {count(waiting, 'update')} waiting"
        return f"{told}; last error {at}: {error}" if error else told

    def check_clock(self, seconds: float) -> str:
        return f"This machine's clock differs from Telegram's by {seconds:+.0f} s"

    def no_telegram(self, problem: str) -> str:
        return (
            f"Telegram: cannot be reached ({problem}). "
            "Check TELEGRAM_API_URL, TELEGRAM_PROXY and the network."
        )
