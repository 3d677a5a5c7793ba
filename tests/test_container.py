"""What docs/service/Containerfile says, done step by step without a container."""

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.config import Settings
from sandbox.server import Box, running

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")
NOBODY = 65534
PATIENCE_S = 60


def steps() -> list[tuple[str, str]]:
    """The file's instructions in their order, each with what stands behind it."""
    text = (ROOT / "docs/service/Containerfile").read_text("utf-8").replace("\\\n", "")
    return [(name, rest) for name, rest in re.findall(r"^([A-Z]+) (.+)$", text, re.MULTILINE)]


def arguments(name: str) -> list[str]:
    return [rest for step, rest in steps() if step == name]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may look into; pytest's own are closed to other users."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def built(place: Path) -> Path:
    """Copy and install as the first stage does; return the environment."""
    for words in arguments("COPY"):
        *sources, target = words.split()
        if sources[0].startswith("--from"):
            continue
        for source in sources:
            copied = place / "src" / (target if target != "./" else source)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, copied)
            else:
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, copied)
    (install,) = [line for line in arguments("RUN") if line.startswith("uv ")]
    environment = place / "opt"
    subprocess.run(
        [UV, *shlex.split(install)[1:], "--python", os.path.realpath(sys.executable)],
        cwd=place / "src",
        env={
            **os.environ,
            "UV_PROJECT_ENVIRONMENT": str(environment),
            "UV_PYTHON_DOWNLOADS": "never",
        },
        check=True,
        capture_output=True,
        timeout=PATIENCE_S,
    )
    shutil.rmtree(place / "src")  # the second stage has the environment alone
    return environment


def another_user(interpreter: Path) -> int | None:
    """Whom to run as: nobody, where we may choose and nobody may run the interpreter."""
    closed = [f for f in interpreter.parents if not f.stat().st_mode & 0o001]
    return None if os.geteuid() or closed else NOBODY


def surroundings(environment: Path, box: Box) -> dict[str, str]:
    names = {name.upper() for name in Settings.model_fields}
    kept = {k: v for k, v in os.environ.items() if k not in names and k != "PYTHONPATH"}
    return kept | {
        "PATH": f"{environment / 'bin'}:{os.environ['PATH']}",
        "TELEGRAM_BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
    }


@pytest.mark.skipif(not UV.exists(), reason="uv is not installed beside the interpreter")
async def test_its_steps_give_a_program_that_runs_as_another_user_and_ends_by_its_stop_signal(
    place: Path,
) -> None:
    environment = built(place)
    assert not (environment / "bin" / "pytest").exists()
    home = place / "data"
    home.mkdir()
    user = another_user(Path(os.path.realpath(sys.executable)))
    if user:
        os.chown(home, NOBODY, NOBODY)
    async with running() as box:
        around = surroundings(environment, box)
        for words in (("trucbao", "init", "--preset", "tam-ky-2022"), ("trucbao", "check")):
            first = await started(words, home, around, user)
            told, wrong = await first.communicate()
            assert first.returncode == 0, told.decode() + wrong.decode()
        (command,) = arguments("CMD")
        bot = await started(json.loads(command), home, around, user)
        assert bot.stderr
        async with asyncio.timeout(PATIENCE_S):
            while b"ready" not in (line := await bot.stderr.readline()):
                assert line, "it has ended"
        bot.send_signal(signal.Signals[arguments("STOPSIGNAL")[0]])
        async with asyncio.timeout(PATIENCE_S):
            await bot.stderr.read()
            assert await bot.wait() == 0
    assert (home / "trucbao.db").stat().st_uid == (user or os.geteuid())


async def started(
    words: Sequence[str], home: Path, around: dict[str, str], user: int | None
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        shutil.which(words[0], path=around["PATH"]) or words[0],
        *words[1:],
        cwd=home,
        env=around,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        user=user,
        group=user,
    )
