"""What can be wrong with the database, as named errors that carry their data."""

import errno
import sqlite3
from pathlib import Path

# The state of the machine or the file, not of our SQL: waiting or an operator's hand can mend it.
_CONDITIONS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_IOERR: "unreadable",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_PERM: "cannot_open",
    sqlite3.SQLITE_AUTH: "cannot_open",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_NOMEM: "no_memory",
}
# Of the disk's troubles, those of writing; the others are of reading.
_WRITING = {
    sqlite3.SQLITE_IOERR_WRITE: "unwritable",
    sqlite3.SQLITE_IOERR_FSYNC: "unwritable",
    sqlite3.SQLITE_IOERR_DIR_FSYNC: "unwritable",
    sqlite3.SQLITE_IOERR_TRUNCATE: "unwritable",
    sqlite3.SQLITE_IOERR_SHMSIZE: "full",  # no room for the file that processes share
}
_SYSTEM_CONDITIONS = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EIO: "unwritable",
}


class StorageError(Exception):
    """The database cannot serve; `path` is its file."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class UnavailableError(StorageError):
    """`condition`: one of the values of the tables above, or cannot_open."""

    def __init__(self, path: Path, condition: str) -> None:
        super().__init__(path)
        self.condition = condition
        self.args = (str(path), condition)  # what a log shows


class BackupError(StorageError):
    """A backup could not be written or read; `path` is its file.

    `condition`: one of the values of the tables above, of storage.sealed.SealedError, or taken.
    """

    def __init__(self, path: Path, condition: str) -> None:
        super().__init__(path)
        self.condition = condition
        self.args = (str(path), condition)


class TakenError(StorageError):
    """There is a database already, or what was left of one, where another was to be put."""


class InUseError(StorageError):
    """Another bot process runs on this database; `holder` is what it wrote about itself."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(path)
        self.holder = holder


class NewerSchemaError(StorageError):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(path)
        self.found = found
        self.known = known


class NotInitialisedError(StorageError):
    """The file does not exist yet."""


def named(error: sqlite3.Error, path: Path) -> Exception:
    """Return the named error for a condition of the machine, or the error itself for a bug in SQL."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    condition = _WRITING.get(code) or _CONDITIONS.get(code & 0xFF)
    return UnavailableError(path, condition) if condition else error


def named_of_system(error: OSError, path: Path) -> UnavailableError:
    """Return the named error for a file that the system would not create or open."""
    return UnavailableError(path, _SYSTEM_CONDITIONS.get(error.errno or 0, "cannot_open"))


def backup_error(error: OSError, path: Path) -> BackupError:
    """Return the named error for a backup that the system would not read or write."""
    if isinstance(error, FileExistsError):
        return BackupError(path, "taken")
    if isinstance(error, FileNotFoundError) and path.parent.is_dir():
        return BackupError(path, "no_file")
    return BackupError(path, named_of_system(error, path).condition)
