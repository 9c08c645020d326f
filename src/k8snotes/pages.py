"""The pages of an output folder: which there are to be, where they stand and what they are to say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from k8snotes.courses import Courses, Entry
from k8snotes.export import file_names
from k8snotes.export.file_names import FoundNote, Wanted
from k8snotes.export.markers import field_hash
from k8snotes.export.memory import KeptPage
from k8snotes.export.merge import Origin
from k8snotes.model.note import Note, NoteStyle, PageKind, Region
from k8snotes.model.volume import Chapter, Volume
from k8snotes.render.links import LinksFrom
from k8snotes.render.pages import Places, index_page, index_title, question_page, theme_page
from k8snotes.render.site import MENU, MenuEntry, menu
from k8snotes.speech import _, speaking
from k8snotes.volumes import LibraryOf, volumes_of

# Names of files are the same in every language: a link from elsewhere stays right.
INDEX, OTHER_INDEX = "README", "目录"  # the second where a README of the reader's stands
QUESTIONS = "问答"
THEMES = "themes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What an output folder holds besides pages: all that they are made from."""

    chapters: Mapping[Entry, Chapter]
    found: Sequence[FoundNote]  # files that are no lesson's note by now
    orphans: tuple[str, ...]  # notes whose lessons are gone
    left: Callable[[], Mapping[str, str]] = dict  # where the last export left each page, by id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    id: str
    kind: PageKind
    volume: Volume
    stem: str
    theme: int = 0  # its position in the volume


def compose_pages(
    shelf: Shelf,
    courses: Courses,
    library_of: LibraryOf,
    *,
    output: Path,
    style: NoteStyle,
    own_terms: tuple[str, ...],
    is_replaceable: Callable[[str], bool],
) -> list[KeptPage]:
    """The pages of all volumes, in their places. `is_replaceable` is a README that nobody wrote."""
    indexes = {note.id for note in shelf.found if note.page == "index"}
    volumes = list(
        volumes_of(
            shelf.chapters,
            courses,
            library_of,
            own_terms=own_terms,
            has_root=style.flavor == "mkdocs",
            has_pages=lambda folder: _id("index", folder) in indexes,
            language=style.language,
        )
    )
    own = {note.path for note in shelf.found if not note.id and not is_replaceable(note.path)}
    wanted = [page for volume in volumes for page in _wanted(volume, own)]
    paths = _placed(wanted, shelf, is_replaceable)
    by_id = {page.id: path for page, path in zip(wanted, paths, strict=True)}
    sources = {path: file.path for path, file in courses.files.items()}
    real: dict[Path, Path] = {}
    pages: list[KeptPage] = []
    for page, path in zip(wanted, paths, strict=True):
        links = LinksFrom(target=output / path, style=style, real=real)
        places = Places(links=links, notes=output, sources=sources, pages=by_id)
        with speaking(style.language):
            note = _composed(page, places, volumes, _orphans_of(page.volume, volumes, shelf.orphans))
        pages.append(
            KeptPage(
                page.id,
                page.kind,
                path,
                (("id", page.id), *note.fields),
                note.tags,
                note.regions,
                note.is_outline,
            )
        )
    if style.flavor == "mkdocs":
        with speaking(style.language):
            pages.append(_menu(volumes, wanted, by_id, shelf))
    return pages


def origin_of(page: KeptPage) -> Origin:
    return Origin(id=page.id, source="", title=page_title(page.kind, page.id), page=page.kind)


def page_title(kind: PageKind, page: str) -> str:
    """What a page's record has where those of lessons have the hash of a title."""
    return field_hash(f"{kind} {page}")


def _wanted(volume: Volume, own: Iterable[str]) -> Iterable[_Wanted]:
    prefix = f"{volume.folder}/" if volume.folder else ""
    is_taken = f"{prefix}{INDEX}.md" in own
    stem = OTHER_INDEX if is_taken else INDEX
    yield _Wanted(id=_id("index", volume.folder), kind="index", volume=volume, stem=stem)
    if any(asked.remark.comment.is_answered for held in volume.chapters for asked in held.gist.asked):
        yield _Wanted(
            id=_id("questions", volume.folder),
            kind="questions",
            volume=volume,
            stem=QUESTIONS,
        )
    for at, theme in enumerate(volume.themes):
        stem = file_names.safe_stem(theme.thread.text)
        yield _Wanted(id=theme.id, kind="theme", volume=volume, stem=stem, theme=at)


def _id(kind: PageKind, key: str) -> str:
    return file_names.id_of(f"page {kind}\n{key}")


def _placed(wanted: Sequence[_Wanted], shelf: Shelf, is_replaceable: Callable[[str], bool]) -> list[str]:
    needed = [
        Wanted(
            Origin(id=page.id, source="", title=page_title(page.kind, page.id)),
            f"{page.volume.folder}/{THEMES}".strip("/") if page.kind == "theme" else page.volume.folder,
            page.stem,
        )
        for page in wanted
    ]
    held = {chapter.id: chapter.note for chapter in shelf.chapters.values()}
    found = [note for note in shelf.found if note.page or not (note.id or is_replaceable(note.path))]
    taken = {note.id: note.path for note in shelf.found if note.id and not note.page}
    return file_names.places(
        needed, found, is_gone=lambda _path: False, held={**taken, **held}, left=shelf.left
    ).paths


def _composed(page: _Wanted, places: Places, volumes: Sequence[Volume], orphans: Sequence[str]) -> Note:
    match page.kind:
        case "index":
            questions = _id("questions", page.volume.folder)
            others = [_id("index", volume.folder) for volume in volumes if volume is not page.volume]
            return index_page(
                page.volume,
                places,
                questions=questions if questions in places.pages else None,
                orphans=orphans,
                others=[] if page.volume.folder else others,
            )
        case "questions":
            return question_page(page.volume, places)
        case "theme":
            return theme_page(page.volume.themes[page.theme], page.volume, places)
        case "menu":
            raise AssertionError("a menu is no page in Markdown")


def _menu(
    volumes: Sequence[Volume], wanted: Sequence[_Wanted], paths: Mapping[str, str], shelf: Shelf
) -> KeptPage:
    """The menu of a site: each volume with its lessons in reading order, then all other notes."""
    entries: list[MenuEntry] = []
    for volume in volumes:
        pages = [page for page in wanted if page.volume is volume]
        themes = [
            MenuEntry(volume.themes[page.theme].thread.text, paths[page.id])
            for page in pages
            if page.kind == "theme"
        ]
        found = [
            *(MenuEntry(index_title(volume), paths[page.id]) for page in pages if page.kind == "index"),
            *(MenuEntry(chapter.gist.called, chapter.note) for chapter in volume.chapters),
            *(
                MenuEntry(_("Questions and answers"), paths[page.id])
                for page in pages
                if page.kind == "questions"
            ),
            MenuEntry(_("Themes"), entries=themes),
        ]
        entries += [MenuEntry(volume.name or volume.folder, entries=found)] if volume.folder else found
    shown = set(paths.values())
    rest = [note.path for note in shelf.found if note.path not in shown]
    entries.append(
        MenuEntry(
            _("Others"),
            entries=[MenuEntry(path.rpartition("/")[2].removesuffix(".md"), path) for path in rest],
        )
    )
    names = [volume.name for volume in volumes if volume.name]
    fields = (("site", names[0]),) if len(names) == 1 else ()
    region = Region(name="menu", text=menu(entries))
    return KeptPage(_id("menu", ""), "menu", MENU, fields, (), (region,))


def _orphans_of(volume: Volume, volumes: Sequence[Volume], orphans: Sequence[str]) -> list[str]:
    """The notes without a lesson that this volume's index lists: those nearest to it, each in one index."""

    def home(path: str) -> Volume:
        around = [one for one in volumes if not one.folder or path.startswith(f"{one.folder}/")]
        return max(around, key=lambda one: len(one.folder), default=volumes[0])

    return [path for path in orphans if home(path) is volume]
