"""Delivery of updates to a webhook: one at a time, again until the answer is 2xx."""

import asyncio
import contextlib

import aiohttp

from sandbox.clock import Clock
from sandbox.errors import RefusalError
from sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
PATIENCE = aiohttp.ClientTimeout(total=60)
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0
FOREVER = 10.0**6


class Webhook:
    def __init__(self, clock: Clock) -> None:
        self.url = ""
        self.secret = ""
        self.connections = 0
        self.last_error = ""
        self.failed_at = 0.0
        self._clock = clock
        self._set = asyncio.Event()

    def point(self, url: str, secret: str, connections: int) -> None:
        """Send what comes to this address from now on; to none if it is empty."""
        self.url, self.secret, self.connections = url, secret, connections
        self.last_error, self.failed_at = "", 0.0
        if url:
            self._set.set()
        else:
            self._set.clear()

    async def deliver(self, updates: UpdateQueue) -> None:
        """Deliver until cancelled."""
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while not updates.closed:
                await self._set.wait()
                with contextlib.suppress(RefusalError):
                    batch = await updates.poll(1, FOREVER)
                    good = bool(batch) and await self._post(session, updates)
                    pause = FIRST_PAUSE if good else min(pause * 2, LONGEST_PAUSE)
                    if not good:
                        await asyncio.sleep(pause)

    async def _post(self, session: aiohttp.ClientSession, updates: UpdateQueue) -> bool:
        update = updates.waiting[0]
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(
                self.url, json=update.body, headers=headers, allow_redirects=False
            ) as answer:
                updates.delivered([update])
                if answer.status // 100 == 2:  # noqa: PLR2004 - any 2xx is good
                    updates.confirm([update])
                    return True
                self._fail(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except aiohttp.ClientConnectorError:
            self._fail("Connection refused")
        except TimeoutError:
            self._fail("Connection timed out")
        except aiohttp.ClientError:
            self._fail("Connection closed")
        return False

    def _fail(self, why: str) -> None:
        self.last_error, self.failed_at = why, self._clock.unix()
