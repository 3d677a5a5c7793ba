"""The embedded Telegram and the bot, each a process of its own."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from sandbox.people import Sandbox
from sandbox.server import TOKEN

ROOT = Path(__file__).parents[2]
_STOPS_WITHIN_S = 30.0


@contextlib.asynccontextmanager
async def program(
    *arguments: str, log: Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Python program until the block ends, and then stop it as an operator would."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(environment or {})},
            cwd=log.parent,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(_STOPS_WITHIN_S):
                    await process.communicate()
            except TimeoutError:
                process.kill()
                await process.wait()


@contextlib.asynccontextmanager
async def telegram(folder: Path) -> AsyncIterator[Sandbox]:
    async with program("-m", "sandbox", log=folder / "sandbox.log") as process:
        if process.stdout is None:
            raise LookupError("its output is not read")
        url = str(json.loads(await process.stdout.readline())["url"])
        async with Sandbox(url, TOKEN) as box:
            yield box
