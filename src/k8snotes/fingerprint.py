"""What tells one state of the program from another, for what is kept between runs."""

import os
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from k8snotes import __version__


def program_fingerprint() -> str:
    """The same as long as the program and what it reads with are: its version, its files, its extras."""
    program = blake2b(digest_size=16)
    for root, folders, files in os.walk(Path(__file__).parent):
        # What Python compiles comes and goes while programs start.
        folders[:] = sorted(folder for folder in folders if folder != "__pycache__")
        for name in sorted(files):
            status = Path(root, name).stat()
            program.update(f"{root}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return f"{__version__} {program.hexdigest()} {bool(find_spec('pypdfium2'))}"
