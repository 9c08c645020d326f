"""How far a long run is, on one line of standard error that goes away again."""

import time
from typing import TextIO

from k8snotes.speech import _

PATIENCE = 1.0  # seconds before a person wonders
PAUSE = 0.1  # seconds between two looks at the line
WIDTH = 24  # characters of the bar
ENOUGH = 0.05  # of the work, to guess from it how long the rest may take


class Bar:
    """Shows which part of the work is done and how long the rest may take; on None, nothing."""

    def __init__(self, stream: TextIO | None) -> None:
        self.stream = stream
        self.began = self.shown = time.monotonic()
        self.length = 0  # of the line that stands there, in cells

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.stream is None or now - self.began < PATIENCE:
            return
        if done >= total:
            self.hide()
        elif now - self.shown >= PAUSE:
            self.shown = now
            self._show(_line(done / total, now - self.began))

    def hide(self) -> None:
        """Takes the line away, as something else is to be printed or the work is done."""
        if self.length:
            self._show("")

    def _show(self, line: str) -> None:
        import shutil  # here: most runs end before there is anything to show

        from k8snotes.render.wrap import cells, wrap

        assert self.stream is not None
        columns = shutil.get_terminal_size().columns - 1
        line = next(wrap(line, columns, cells), "")  # a longer one would go on below
        self.stream.write(f"\r{line}{' ' * (self.length - cells(line))}" + ("" if line else "\r"))
        self.stream.flush()
        self.length = cells(line)


def _line(share: float, elapsed: float) -> str:
    """Marks of ASCII alone, as every terminal can show them."""
    bar = ("#" * round(share * WIDTH)).ljust(WIDTH, ".")
    if share < ENOUGH:
        return f"[{bar}] {share:4.0%}"
    left = round(elapsed / share - elapsed)
    time_left = f"{left // 60}:{left % 60:02}"
    return f"[{bar}] {share:4.0%}  {_('{time} left', time=time_left)}"
