"""/saoluu: when the last good backup was made, and one now."""

from bot.screens.backups import overview
from bot.screens.message import Message
from bot.screens.payloads import BackupPress
from bot.services import backups
from handlers.call import Call, Press


async def backup(call: Call) -> None:
    await call.reply(await _overview(call))


async def backup_pressed(press: Press, _payload: BackupPress) -> None:
    """Queue a backup; it is made when this press is committed, and answered when it is done."""
    if press.desk.settings.backup_dir is None:
        await press.show(await _overview(press))
        return
    is_new = await backups.ask(press.turn.session, press.person, press.turn.received_at)
    press.toast(press.texts.backup_begun if is_new else press.texts.backup_waits)
    await press.show(await _overview(press))


async def _overview(call: Call) -> Message:
    settings = call.desk.settings
    kept = await backups.load(call.turn.session, settings.backup_dir, call.turn.received_at)
    text = call.texts.backups(
        kept.last,
        kept.failed,
        settings.backup_dir,
        f"{settings.backup_at:%H:%M}",
        (kept.count, settings.backup_keep),
        is_encrypted=settings.backup_passphrase is not None,
        is_waiting=kept.is_waiting,
    )
    can_be_made = settings.backup_dir is not None and not kept.is_waiting
    return overview(call.texts, text, may_be_made=can_be_made)
