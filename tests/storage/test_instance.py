"""One bot process a database."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.errors import InUseError, UnavailableError
from storage.instance import only_instance
from tests.trouble import mode

HOLDER = """
import sys
from pathlib import Path
from storage.instance import only_instance
with only_instance(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextlib.contextmanager
def held_elsewhere(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_is_told_who_holds_it_and_a_killed_holder_frees_it(path: Path) -> None:
    with held_elsewhere(path) as process:
        with pytest.raises(InUseError) as caught, only_instance(path):
            pass
        assert caught.value.path == path
        assert f"pid {process.pid}," in caught.value.holder
        process.kill()
        process.wait()
        with only_instance(path):
            pass


def test_it_is_freed_at_the_end_and_after_a_failure(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_instance(path):
        raise ZeroDivisionError
    with only_instance(path), pytest.raises(InUseError) as caught, only_instance(path):
        pass
    assert f"pid {os.getpid()}," in caught.value.holder


def test_databases_beside_each_other_are_apart(path: Path) -> None:
    with only_instance(path), only_instance(path.with_name("other.db")):
        pass


def test_the_lock_is_its_owner_s_and_lies_beside_the_file(path: Path) -> None:
    with only_instance(path):
        assert mode(path.with_name("trucbao.db.lock")) == 0o600


def test_a_folder_that_is_not_there(path: Path) -> None:
    missing = path.parent / "missing" / "trucbao.db"
    with pytest.raises(UnavailableError) as caught, only_instance(missing):
        pass
    assert caught.value.condition == "no_folder"
