"""Backups and the disk, in English."""

from pathlib import Path

from bot.domain.backups import Backup, Failed, Made
from bot.texts.en_words import count as counted
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_keeping import VietnameseBackupProblems, VietnameseKeeping


class EnglishBackupProblems(VietnameseBackupProblems):
    backup_problems = {
        "busy": "the database is locked by another program",
        "full": "the disk is full",
        "read_only": "the disk or folder is read-only",
        "unreadable": "the disk cannot be read",
        "unwritable": "the disk cannot be written to",
        "cannot_open": "it cannot be opened; check the rights of the file and folder",
        "no_folder": "there is no such folder",
        "no_file": "there is no such file",
        "damaged": "the data are damaged or incomplete",
        "no_memory": "there is not enough memory",
        "taken": "there is a file of that name; choose another",
        "not_a_backup": "this is no backup of trucbao",
        "later_format": "the backup is of a newer trucbao; update trucbao, then run it again",
        "wrong_passphrase": "the passphrase is wrong",
    }


class EnglishKeeping(EnglishBackupProblems, VietnameseKeeping):
    back_up_now = "💾 Back up now"
    backup_begun = "Backing up; I will tell you when it is done."
    backup_waits = "A backup is being made already, please wait a moment."

    def size(self, size: int) -> str:
        return super().size(size).replace(",", ".")

    def encryption(self, *, is_encrypted: bool) -> str:
        return "encrypted" if is_encrypted else "not encrypted"

    def backups(
        self,
        last: Made | None,
        failed: Failed | None,
        folder: Path | None,
        at: str,
        kept: tuple[int, int],
        *,
        is_encrypted: bool,
        is_waiting: bool,
    ) -> Html:
        return paragraphs(
            Html("<b>💾 Backups</b>"),
            lines(
                self._last_backup(last),
                fill(
                    "⚠️ The one after it ({at}) failed: {problem}.",
                    at=self.moment(failed.at),
                    problem=self.backup_problems[failed.problem],
                )
                if failed
                else "",
            ),
            self._nightly(folder, at, kept, is_encrypted=is_encrypted)
            if folder
            else Html(
                "The bot makes no backups by itself: BACKUP_DIR is not set. On the server, please set "
                "BACKUP_DIR and BACKUP_PASSPHRASE in .env, or run: "
                "<code>trucbao backup --out FILE</code>"
            ),
            Html("⏳ Backing up; I will tell you when it is done.") if is_waiting else "",
        )

    def _last_backup(self, last: Made | None) -> Html:
        if last is None:
            return Html("There is no backup yet.")
        return lines(
            fill(
                "Latest good backup: {at}, {size}, {encryption}",
                at=self.moment(last.at),
                size=self.size(last.size),
                encryption=self.encryption(is_encrypted=last.is_encrypted),
            ),
            fill("File: <code>{path}</code>", path=last.path),
        )

    def _nightly(self, folder: Path, at: str, kept: tuple[int, int], *, is_encrypted: bool) -> Html:
        count, most = kept
        return lines(
            fill(
                "Made at {at} every night in <code>{folder}</code>, {encryption}; "
                "kept now: {count}/{most}.",
                at=at,
                folder=folder,
                encryption=self.encryption(is_encrypted=is_encrypted),
                count=count,
                most=most,
            ),
            "" if is_encrypted else "To encrypt them, please set BACKUP_PASSPHRASE on the server.",
        )

    def backup_made(self, made: Backup) -> Html:
        return lines(
            fill(
                "✅ Backed up and verified: {size}, {encryption}.",
                size=self.size(made.size),
                encryption=self.encryption(is_encrypted=made.is_encrypted),
            ),
            fill("File: <code>{path}</code>", path=made.path),
            fill(
                "It holds {reports} of {days}, {people}.",
                reports=counted(made.contents.reports, "report"),
                days=counted(made.contents.days, "day"),
                people=counted(made.contents.people, "person", "people"),
            ),
        )

    def backup_not_made(self, problem: str) -> Html:
        return fill(
            "⚠️ The backup failed: {problem}. Please check on the server, then try again: /saoluu",
            problem=self.backup_problems[problem],
        )

    # To the admins

    def backup_failed(self, problem: str, last: Made | None) -> Html:
        return fill(
            "⚠️ The nightly backup failed: {problem}. {last} See: /saoluu",
            problem=self.backup_problems[problem],
            last=f"Latest good backup: {self.moment(last.at)}."
            if last
            else "There is no good backup yet.",
        )

    def backup_old(self, last: Made) -> Html:
        return fill(
            "⚠️ No good backup for more than three days; the latest is of {at}. See: /saoluu",
            at=self.moment(last.at),
        )

    def disk_low(self, free: int) -> Html:
        return fill(
            "⚠️ The disk of the database is nearly full: {free} left. Please clear space on the server; "
            "with a full disk no report can be received.",
            free=self.size(free),
        )

    def webhook_unreached(self, problem: str) -> Html:
        return fill(
            "⚠️ Telegram cannot call the bot (webhook){problem}. What people send waits at Telegram, presses "
            "for 150 seconds only. Please look at the proxy, the certificate and WEBHOOK_URL on the server, or "
            "empty WEBHOOK_URL and start the bot again.",
            problem=f": {problem}" if problem else "",
        )
