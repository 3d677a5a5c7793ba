"""Updates by polling: fetch, take, and acknowledge with the next request.

Telegram forgets an update when a request names a higher offset. So that request is made only after the
last batch was taken.
"""

from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from bot.backoff import Backoff
from bot.intake import ALLOWED_UPDATES, Intake, Raw

POLL_SECONDS = 25

log = structlog.get_logger()


class Polling:
    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake

    async def run(self) -> None:
        """Fetch and take until cancelled. Raises TokenRejectedError.

        Cancelling is safe at any time: what is not committed is not acknowledged.
        """
        offset: int | None = None
        backoff = Backoff()
        while True:
            try:
                batch = await self._fetch(offset)
            except TelegramError as error:
                if isinstance(error, Conflict) and "webhook" in error.message:
                    await self._remove_webhook()
                await self._intake.survive(error, backoff)
                continue
            backoff.reset()
            # Ids may restart at random: an old offset above them would delete them unseen. It is
            # named once, to acknowledge, and never again.
            offset = None
            if not batch:
                await self._intake.note_silence()
            else:
                await self._intake.take(batch)
                offset = max(int(raw["update_id"]) for raw in batch) + 1

    async def _fetch(self, offset: int | None) -> list[Raw]:
        # After a failure at once: the sooner the outage is known to be over, the sooner people are told.
        waits = POLL_SECONDS if self._intake.is_heard else 0
        arguments: dict[str, Any] = {"timeout": waits, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            arguments["offset"] = offset
        batch: list[Raw] = await self._bot.do_api_request(
            "getUpdates", api_kwargs=arguments, read_timeout=POLL_SECONDS + 5
        )
        return batch

    async def _remove_webhook(self) -> None:
        """Take the updates over, those that wait as well."""
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            log.warning("webhook not removed", problem=type(error).__name__)
        else:
            log.warning("a webhook was set; it is removed")
