"""Pages to PDFs, by whatever can print on this machine; nothing is installed for it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def printed_by_chromium(page: str, *options: str) -> bytes:
    """The PDF of a page; the browser's profile is new and thrown away."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [CHROMIUM, *QUIET, f"--user-data-dir={folder / 'profile'}", *options,
             f"--print-to-pdf={target}", source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return target.read_bytes()


def printed_by_weasyprint(page: str) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=page).write_pdf())
