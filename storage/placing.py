"""A new file that gets its name only when it is whole and on the disk, and takes nobody's place."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PARTIAL = ".partial"
_LEFT_AFTER_S = 3600.0


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give the block a file beside `path`, for its owner only, to fill; name it `path` when it is done.

    Raises FileExistsError where something has the name already, and OSError.
    """
    if _is_taken(path):
        raise FileExistsError(path)
    with scratch_file(path.parent, f".{path.name}.") as partial:
        yield partial
        _flush(partial)
        _take(partial, path)
        with suppress(OSError):  # some file systems cannot flush a folder
            _flush(path.parent)


@contextmanager
def scratch_file(folder: Path, prefix: str) -> Iterator[Path]:
    """A file for the block's own use; it is gone afterwards. Raises OSError."""
    descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=PARTIAL, dir=folder)
    os.close(descriptor)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _take(partial: Path, path: Path) -> None:
    """A link never replaces anything; a disk without links, as of a USB stick, can only be asked before."""
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        raise
    except OSError:
        if _is_taken(path):
            raise FileExistsError(path) from None
        partial.rename(path)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path, prefix: str) -> None:
    """Remove what a kill left of files that begin so. A file still being filled is younger than an hour."""
    for path in folder.glob(f"{prefix}*{PARTIAL}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFT_AFTER_S:
                path.unlink()
