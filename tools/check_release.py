"""Builds sdist and wheel twice, and proves of them what a release promises.

    .venv/bin/python tools/check_release.py DIR [--tag v0.1.0]

Both builds are the same to the byte, the version is the package's and the changelog's (and that of the tag),
and the wheel holds the package with its data and nothing else. The distributions are left in DIR.
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from k8snotes import __version__  # noqa: E402

OURS = ("k8snotes/", f"k8snotes-{__version__}.dist-info/")
DATA = ("py.typed", "render/data/page.js", "render/data/course.schema.json", "segment/data/lexicon.txt")


def built(folder: Path) -> dict[str, Path]:
    """The distributions that a build makes, by name."""
    command = (sys.executable, "-m", "build", "--sdist", "--wheel", "--outdir", str(folder), str(ROOT))
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return {file.name: file for file in sorted(folder.iterdir())}


def digests(files: dict[str, Path]) -> dict[str, str]:
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def faults(files: dict[str, Path], tag: str | None) -> Iterator[str]:
    """What is wrong with the distributions, a sentence each."""
    wanted = {f"k8snotes-{__version__}-py3-none-any.whl", f"k8snotes-{__version__}.tar.gz"}
    if set(files) != wanted:
        yield f"built {', '.join(files)}, not {', '.join(sorted(wanted))}"
        return
    if tag is not None and tag != f"v{__version__}":
        yield f"the tag is {tag}, the version {__version__}"
    if f"\n## {__version__}" not in (ROOT / "CHANGELOG.md").read_text("utf-8"):
        yield f"CHANGELOG.md says nothing of {__version__}"
    if tag is not None and f"## {__version__} (unreleased)" in (ROOT / "CHANGELOG.md").read_text("utf-8"):
        yield f"CHANGELOG.md calls {__version__} unreleased"
    with zipfile.ZipFile(files[f"k8snotes-{__version__}-py3-none-any.whl"]) as wheel:
        names = wheel.namelist()
    yield from (f"the wheel holds {name}" for name in names if not name.startswith(OURS))
    yield from (f"the wheel lacks {name}" for name in DATA if f"k8snotes/{name}" not in names)
    sources = {
        f"k8snotes/{file.relative_to(ROOT / 'src' / 'k8snotes').as_posix()}" for file in package_files()
    }
    yield from (f"the wheel lacks {name}" for name in sorted(sources.difference(names)))
    with tarfile.open(files[f"k8snotes-{__version__}.tar.gz"]) as sdist:
        tops = {name.split("/")[1] for name in sdist.getnames() if "/" in name}
    yield from (f"the sdist lacks {name}" for name in sorted({"src", "tests", "docs", "LICENSE"} - tops))


def package_files() -> Iterator[Path]:
    for file in (ROOT / "src" / "k8snotes").rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path, metavar="DIR")
    arguments.add_argument("--tag", help="the version that is released")
    options = arguments.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    files = built(options.folder)
    with tempfile.TemporaryDirectory() as again:
        found = [*faults(files, options.tag)]
        if digests(files) != digests(built(Path(again))):
            found.append("a second build gave other bytes")
    for name, digest in digests(files).items():
        print(f"{digest}  {name}")
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
