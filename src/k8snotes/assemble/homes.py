"""Which folder is a course's, and which folders below it are its chapters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from k8snotes.assemble.designation import Fold, FolderMark, folder_mark
from k8snotes.assemble.keys import designations, is_lesson_like, number_of
from k8snotes.model.course import LessonFacts

Folders = tuple[str, ...]
ENOUGH_TO_GO_ON = 3  # lessons in folders whose numbers go on from one to the next


class Homes:
    """Where courses are at home, as the names of folders, and the lessons in them, show it.

    `shelf` is the folder in which a workspace keeps its texts; its name names no course.
    """

    def __init__(self, lessons: Sequence[LessonFacts], fold: Fold, shelf: Folders | None) -> None:
        self.shelf = shelf
        self.mark = cache(lambda name: folder_mark(name, fold))
        self._chapters = frozenset(self._numbered_chapters(lessons))
        own = {folders: self._own_home(folders) for folders in {facts.folders for facts in lessons}}
        joined = _joined_by_numbers((own[facts.folders], facts) for facts in lessons)
        self._homes = {folders: joined.get(home, home) for folders, home in own.items()}

    def home_of(self, facts: LessonFacts) -> Folders:
        """The folder of the course that the text would be of."""
        return self._homes[facts.folders]

    def chapters_of(self, facts: LessonFacts) -> Folders:
        """The folders between that one and the text, but for those that tell formats apart."""
        below = facts.folders[len(self.home_of(facts)) :]
        return tuple(name for name in below if not self.mark(name).is_format)

    def name_of(self, home: Folders) -> str | None:
        """What the folder calls the course; None for the shelf and the root of the file system."""
        return None if home == self.shelf or len(home) < 2 else home[-1]

    def _own_home(self, folders: Folders) -> Folders:
        """The nearest folder upwards whose name can be a course's."""
        home = folders
        while self._may_go_up(home) and (self._is_no_course(home[-1]) or home in self._chapters):
            home = home[:-1]
        return home

    def _may_go_up(self, folders: Folders) -> bool:
        return len(folders) > 1 and folders != self.shelf

    def _is_no_course(self, name: str) -> bool:
        mark: FolderMark = self.mark(name)
        return mark.is_format or mark.is_chapter

    def _numbered_chapters(self, lessons: Iterable[LessonFacts]) -> Iterable[Folders]:
        """The folders named like "02-火候" that are chapters: not alone, and not each with its own opening.

        Collections number whole courses in the same way.
        """
        children: dict[Folders, set[Folders]] = defaultdict(set)
        opening: set[Folders] = set()
        with_lessons: set[Folders] = set()
        for facts in lessons:
            opens = any(found.role == "opening" for found in designations(facts))
            if facts.folders != self.shelf and is_lesson_like(facts):
                with_lessons.add(facts.folders)
            folders = facts.folders
            while self._may_go_up(folders):
                children[folders[:-1]].add(folders)
                if opens:
                    opening.add(folders)
                folders = folders[:-1]
        for parent, below in children.items():
            numbered = [folders for folders in below if self.mark(folders[-1]).number is not None]
            others = sum(self.mark(folders[-1]).is_chapter for folders in below.difference(numbered))
            if len(numbered) + others + (parent in with_lessons) > 1 and len(opening & below) <= 1:
                yield from numbered


def _joined_by_numbers(lessons: Iterable[tuple[Folders, LessonFacts]]) -> dict[Folders, Folders]:
    """The folders beside each other whose lessons' numbers go on from one to the next, with their parent."""
    numbers: dict[Folders, dict[Folders, list[int]]] = defaultdict(lambda: defaultdict(list))
    for home, facts in lessons:
        number = number_of(facts)
        if len(home) > 1 and number is not None:
            numbers[home[:-1]][home].append(number.number)
    joined: dict[Folders, Folders] = {}
    for parent, by_home in numbers.items():
        runs = sorted((min(found), max(found)) for found in by_home.values())
        goes_on = all(before[1] + 1 == after[0] for before, after in pairwise(runs))
        count = sum(len(found) for found in by_home.values())
        if len(runs) > 1 and goes_on and runs[0][0] <= 1 and count >= ENOUGH_TO_GO_ON:
            joined.update(dict.fromkeys(by_home, parent))
    return joined
