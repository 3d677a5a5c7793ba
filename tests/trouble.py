"""Making a disk refuse: tests run as anybody, and root may write where nobody else may."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOBODY = 65534


@contextlib.contextmanager
def ordinary_user(*owned: Path) -> Iterator[None]:
    """Let what is done in the block be done by a user who has only the rights that files give.

    The way to what is `owned` is opened: pytest keeps its folders for whoever runs the tests.
    """
    if os.geteuid() != 0:
        yield
        return
    for path in owned:
        for folder in path.parents:
            if folder.is_relative_to(tempfile.gettempdir()) and folder.owner() == "root":
                folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH)
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach; pytest's own belongs to whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="trucbao-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
