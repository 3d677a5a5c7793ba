"""Backups as files: a copy of the database, as it is or encrypted, verified before it gets its name."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.backups import Backup
from storage.copies import Step, copy, inspect
from storage.errors import BackupError, TakenError, backup_error, named_of_system
from storage.placing import new_file, scratch_file
from storage.sealed import MAGIC, SealedError, seal, unseal

_SQLITE = b"SQLite format 3\0"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")
# Of the time that a backup takes, the share of copying; the rest is encrypting.
_COPYING = 0.5


def write_backup(
    database: Path, path: Path, passphrase: str | None, made_at: datetime, step: Step
) -> Backup:
    """Copy the database while it is used, verify the copy, and put it under a name that nothing has yet.

    With a passphrase it is encrypted. The plain copy is made beside the database and not at `path`, which may be another's disk.
    Raises StorageError; BackupError is of the backup's own file.
    """
    try:
        with scratch_file(database.parent, copy_prefix(database)) as copied:
            copy(database, copied, lambda done: step(done * _COPYING))
            contents = inspect(copied, path)
            _put(copied, path, passphrase, made_at, step)
    except OSError as error:
        raise named_of_system(error, database) from error
    return Backup(path, path.stat().st_size, passphrase is not None, made_at, contents)


def copy_prefix(database: Path) -> str:
    """How the names of plain copies begin while a backup is made of them; a kill leaves one."""
    return f".{database.name}.copy-"


def _put(copied: Path, path: Path, passphrase: str | None, made_at: datetime, step: Step) -> None:
    whole = max(copied.stat().st_size, 1)
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        step(_COPYING + (1 - _COPYING) * done / whole)

    try:
        with new_file(path) as partial, copied.open("rb") as source, partial.open("wb") as target:
            if passphrase is None:
                shutil.copyfileobj(source, target)
            else:
                seal(source, target, passphrase, made_at, told)
    except OSError as error:
        raise backup_error(error, path) from error
    step(1.0)


def is_encrypted(path: Path) -> bool:
    """Whether a passphrase is needed. Raises BackupError for what is no backup of ours at all."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_SQLITE))
    except OSError as error:
        raise backup_error(error, path) from error
    if begins == _SQLITE:
        return False
    if begins.startswith(MAGIC):
        return True
    raise BackupError(path, "not_a_backup")


def restore(path: Path, database: Path, passphrase: str | None, step: Step) -> Backup:
    """Put what the backup holds where no database is. Raises StorageError; then nothing was written.

    The schema stays as it is: the next start brings it up to date. Of a plain copy nothing but the file's
    own time tells when it was made.
    """
    encrypted = is_encrypted(path)
    # A side file left over would be taken for a part of the restored database.
    for side in _SIDE_FILES:
        beside = database.with_name(f"{database.name}{side}")
        if beside.exists() or beside.is_symlink():
            raise TakenError(beside)
    try:
        with new_file(database) as partial:
            made_at = _open(path, partial, passphrase if encrypted else None, step)
            contents = inspect(partial, path)
        step(1.0)
    except FileExistsError as error:
        raise TakenError(database) from error
    except OSError as error:
        raise named_of_system(error, database) from error
    return Backup(path, path.stat().st_size, encrypted, made_at, contents)


def _open(path: Path, partial: Path, passphrase: str | None, step: Step) -> datetime:
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        step(min(done / whole, 1.0))

    try:
        source = path.open("rb")
    except OSError as error:
        raise backup_error(error, path) from error
    with source, partial.open("wb") as target:
        whole = max(path.stat().st_size, 1)
        if passphrase is None:
            shutil.copyfileobj(source, target)
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
        try:
            return unseal(source, target, passphrase, told).made_at
        except SealedError as error:
            raise BackupError(path, error.condition) from error
