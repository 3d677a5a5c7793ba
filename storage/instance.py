"""One bot process a database: a lock that the system frees when its holder dies, however it dies."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import InUseError, named_of_system


@contextmanager
def only_instance(database: Path) -> Iterator[None]:
    """Hold the lock beside the database file, or raise InUseError that says who does."""
    path = database.with_name(f"{database.name}.lock")
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise named_of_system(error, database) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 200).decode("utf-8", "replace").strip()
            raise InUseError(database, holder) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"pid {os.getpid()}, {socket.gethostname()}\n".encode())
        yield
    finally:
        os.close(descriptor)
