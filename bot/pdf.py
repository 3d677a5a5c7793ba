"""A document as PDF, by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

_TIMEOUT_S = 120.0
_PROGRAM = "soffice"


class NoConverterError(Exception):
    """LibreOffice is not installed here."""


class NotConvertedError(Exception):
    """LibreOffice ran and made no file, or not in time."""


def can_convert() -> bool:
    """Whether LibreOffice is installed here."""
    return shutil.which(_PROGRAM) is not None


def as_pdf(docx: bytes) -> bytes:
    """Convert the document. Raises NoConverterError, NotConvertedError and OSError."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise NoConverterError
    # A profile of its own: a LibreOffice that is open already would take the call and make no file.
    with tempfile.TemporaryDirectory(prefix="trucbao-pdf-") as folder:
        place = Path(folder)
        (place / "report.docx").write_bytes(docx)
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(place / "report.docx"),
        ]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT_S)  # noqa: S603 - the words are ours
            return (place / "report.pdf").read_bytes()
        except (subprocess.TimeoutExpired, FileNotFoundError) as error:
            raise NotConvertedError from error
