"""The pages over the notes of an export: kept where nothing changed, else composed anew, and merged."""

from collections.abc import Container, Iterator, Sequence
from functools import partial

from k8snotes.courses import Entry, assemble_courses
from k8snotes.errors import K8sNotesError, NotWritable
from k8snotes.export.ledger import NO_PAGES, NotedPage, NotedPages, digest, places_left
from k8snotes.export.memory import KeptPage, load_pages, save_gists, save_pages
from k8snotes.export.merge import Origin, is_readers_too
from k8snotes.exports import Exported, of_page, telling_copies
from k8snotes.lesson_notes import MergedLessons
from k8snotes.model.note import PAGE_KINDS, Change, Note, Outcome, PageKind, Written
from k8snotes.model.volume import Chapter
from k8snotes.output import Output
from k8snotes.pages import Shelf, compose_pages, origin_of
from k8snotes.recall import OfText, Recall
from k8snotes.render.site import is_unchanged_menu
from k8snotes.speech import Message


class Pages:
    """The pages of one run, over the notes that came of texts.

    None are wanted where not all is known that they are made from.
    """

    def __init__(
        self, recall: Recall, output: Output, lessons: MergedLessons, texts: Sequence[OfText]
    ) -> None:
        self.recall = recall
        self.output = output
        self.lessons = lessons
        self.is_wanted = bool(recall.texts) and recall.wish.library_of is not None
        self.texts = texts if self.is_wanted else ()
        notes = [(place.id, place.path) for text in self.texts for place in text.places]
        made_from = [recall.fingerprint, sorted(recall.texts.items()), notes, lessons.orphans]
        self.key = digest(repr(made_from).encode())
        self.site: str | None = None  # what a site of all is called

    def unchanged(self) -> list[Exported] | None:
        """The pages, if they are as the last export left them and what they were made from is too."""
        if not self.is_wanted:
            return []
        noted = self.recall.ledger.pages
        if noted.key != self.key:
            return None
        if any(self.output.digest_of(page.path) != page.digest for page in noted.pages):
            return None
        return [self._as_it_was(page) for page in noted.pages]

    def merged(self) -> list[Exported | K8sNotesError]:
        """What is to become of each page, and of those that are not made any more."""
        if (pages := self.unchanged()) is not None:
            return [*pages]
        known = load_pages(self.recall.room, self.key)
        if not known or not all(self._is_free_for(page) for page in known):
            known = self._composed()
        for page in known:
            self.site = dict(page.fields).get("site", self.site)
        return [*map(self._merged, known), *self._removed({page.id for page in known})]

    def noted(self, results: Sequence[Exported | K8sNotesError]) -> NotedPages:
        """What to remember of the pages."""
        if not self.is_wanted:
            return self.recall.ledger.pages
        pages: list[NotedPage] = []
        for one in results:
            if isinstance(one, K8sNotesError) or (one.digest is None and one.written.outcome != "removed"):
                return NO_PAGES
            if one.page is not None and one.digest is not None:
                path = self.output.below(one.written.path)
                pages.append(NotedPage(path=path, id=one.id, kind=one.page, digest=one.digest))
        return NotedPages(key=self.key, pages=tuple(pages))

    # --- what they are to say

    def _composed(self) -> tuple[KeptPage, ...]:
        wish, gists = self.recall.wish, self.recall.gists(self.texts)
        assert wish.library_of is not None
        chapters: dict[Entry, Chapter] = {
            (gist.path, gist.entry): Chapter(id=place.id, note=place.path, gist=gist)
            for text in self.texts
            for gist, place in zip(gists[text.file.shown].gists, text.places, strict=False)
        }
        pages = compose_pages(
            Shelf(
                chapters=chapters,
                found=self.lessons.others,
                orphans=self.lessons.orphans,
                left=partial(places_left, self.recall.room),
            ),
            self.recall.plan.courses
            or assemble_courses(self.recall.named, shelf=self.recall.shelf, keeper=wish.keeper),
            wish.library_of,
            output=self.output.target.output,
            style=wish.style,
            own_terms=wish.own_terms,
            is_replaceable=self.output.is_replaceable,
        )
        if wish.writes:
            save_gists(self.recall.room, self.recall.fingerprint, gists)
            save_pages(self.recall.room, self.key, pages)
        return tuple(pages)

    def _is_free_for(self, page: KeptPage) -> bool:
        """Whether a page is where it was, or nowhere, so that it belongs there."""
        at = {note.path: note.id for note in self.lessons.others}
        return at[page.path] == page.id if page.path in at else page.id not in at.values()

    # --- what is to become of them

    def _as_it_was(self, page: NotedPage) -> Exported:
        written = Written(path=self.output.target.output / page.path, outcome="unchanged")
        return self._telling_copies(of_page(page.kind, page.id, written, digest=page.digest), page.path)

    def _merged(self, page: KeptPage) -> Exported | K8sNotesError:
        if page.kind == "menu":
            return self._merged_menu(page)
        note = Note(
            fields=page.fields,
            tags=page.tags,
            regions=page.regions,
            is_outline=page.is_outline,
            language=self.recall.wish.style.language,
        )
        try:
            merged = self.output.merged(page.path, note, origin_of(page))
        except NotWritable as error:
            return error
        held = None if merged.is_told else merged.digest
        exported = of_page(page.kind, page.id, merged.written, changes=merged.changes, digest=held)
        return self._telling_copies(exported, page.path)

    def _telling_copies(self, exported: Exported, path: str) -> Exported:
        found = (note for note in self.lessons.others if note.page and note.id == exported.id)
        return telling_copies(exported, [note.path for note in found if note.path != path])

    def _merged_menu(self, page: KeptPage) -> Exported:
        """The menu of a site: one that was changed by hand stays."""
        before, after = self.output.content(page.path), page.regions[0].text.encode("utf-8", "replace")
        is_ours = before is None or is_unchanged_menu(before.decode("utf-8", "replace"))
        is_new = is_ours and before != after
        outcome: Outcome = "unchanged" if not is_new else "written" if before is None else "updated"
        said = Message("changed by hand and left as it is; without it a new one is made")
        warnings = () if is_ours else (said,)
        return of_page(
            page.kind,
            page.id,
            Written(path=self.output.target.output / page.path, outcome=outcome, warnings=warnings),
            changes=(Change(page.path, before, after),) if is_new else (),
            digest=digest(after) if is_ours else None,
        )

    def _removed(self, made: Container[str]) -> Iterator[Exported]:
        """The pages that are not made any more and in which nobody has written."""
        for note in self.lessons.others:
            content = self.output.content(note.path)
            if not note.page or note.id in made or content is None:
                continue
            origin = Origin(id=note.id, source="", title=note.title)
            if not is_readers_too(content.decode("utf-8", "replace"), origin):
                written = Written(path=self.output.target.output / note.path, outcome="removed")
                kind: PageKind = next((kind for kind in PAGE_KINDS if kind == note.page), "theme")
                yield of_page(kind, note.id, written, changes=(Change(note.path, content, None),))
