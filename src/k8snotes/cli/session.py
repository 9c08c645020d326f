"""One run of a command: its inputs, its output, what went wrong on the way."""

import codecs
import contextlib
import os
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal, TextIO, TypeVar

from k8snotes import lookahead
from k8snotes.cli.process import on_one_line, report, say
from k8snotes.cli.settings import language_here, settings_here, workspace_here
from k8snotes.config import Configured, language_in
from k8snotes.errors import ConfigError, DamagedIndex, K8sNotesError, NothingToRead, UsageError
from k8snotes.render.document import Record, document
from k8snotes.render.escaping import json_string, visible
from k8snotes.speech import Language, Message, _, ask, spoken
from k8snotes.workspace import SEEDS, TERMS_NAME, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from k8snotes.cli.progress import Bar
    from k8snotes.courses import Courses, Studied
    from k8snotes.keeping import Keeper, Study
    from k8snotes.lookup import Library
    from k8snotes.model.course import WholeLesson
    from k8snotes.model.hits import LineHit
    from k8snotes.model.kinds import PassageKind
    from k8snotes.model.lesson import Lesson
    from k8snotes.model.page import Page
    from k8snotes.model.source import InputFile
    from k8snotes.model.words import Vocabulary
    from k8snotes.render.terminal import Terminal

Color = Literal["auto", "always", "never"]
NOTHING_FOUND, NEEDS_A_PERSON = 1, 3
OUTCOMES = {
    "written": Message("written: {path}"),
    "updated": Message("updated: {path}"),
    "restored": Message("restored: {path}"),
    "removed": Message("removed: {path}"),
}
WOULD_BE = {
    "written": Message("would be written: {path}"),
    "updated": Message("would be updated: {path}"),
    "removed": Message("would be removed: {path}"),
}
MOST_NAMED = 5  # of many alike, that a person is told of one by one

OR_NAME_TEXTS = Message("name files or folders")
# command → what a person is told where nothing was found and nothing else said
NOTHING = {
    "search": Message("nothing found; k8snotes themes shows what the texts speak of"),
    "grep": Message("no line holds it"),
    "theme": Message("no lesson names it; k8snotes themes shows what they name most"),
    "themes": Message("no themes: too little is said twice"),
    "comments": Message("no such comments"),
    "faq": Message(
        "no question that an author answered; k8snotes comments --questions shows all that were asked"
    ),
    "course": Message("no course: its lessons would be numbered, link to each other or name it"),
}

Result = TypeVar("Result")


class Session:
    """Options that every command shares, and the way from paths to lessons."""

    def __init__(
        self,
        *,
        command: str,
        workspace: str | None,
        as_json: bool,
        as_jsonl: bool,
        color: Color,
        quiet: bool,
        raw: bool,
        debug: bool,
        lang: Language | None,
        ahead: bool = False,
    ) -> None:
        self.command = command
        self.as_json = as_json
        self.as_jsonl = as_jsonl
        self.color = color
        self.quiet = quiet
        self.raw = raw
        self.debug = debug
        self.named_workspace = workspace
        self.ahead = ahead  # whether the command may begin before it is known that no text changed
        self.named_language = lang
        self.resources = contextlib.ExitStack()  # what is to be closed when the command is done
        self.uses_index = self.has_printed = False
        self._has_spoken = False  # to a person
        self._worst = 0
        self._named: tuple[str, ...] = ()  # the texts that were asked for
        self._held: Library | None = None  # those, as the workspace's index holds them

    # --- what to read

    @cached_property
    def workspace(self) -> Workspace | None:
        return workspace_here(self.named_workspace)

    def load_config(self) -> None:
        """Raises:
        ConfigError: a configuration file or variable is broken.
        UsageError: the workspace named is no folder.
        """
        _loaded = self.config

    @cached_property
    def config(self) -> dict[str, Configured]:
        return settings_here(self.workspace)

    @property
    def language(self) -> Language:
        """The language that is spoken with the reader: by flag or setting, else that of the locale."""
        return self.named_language or language_here(self.named_workspace)

    @property
    def notes_language(self) -> Language:
        """The language of notes: by flag or setting, else Chinese, whatever a shell's locale is."""
        return self.named_language or language_in(self.config) or "zh"

    @cached_property
    def notes(self) -> "Path":
        """The folder that the workspace's notes go to."""
        from pathlib import Path

        workspace = self.required_workspace()
        configured = self.config["notes"]
        try:
            folder = Path(str(configured.value)).expanduser()
        except RuntimeError as error:
            raise ConfigError(
                "{origin}: notes = {value}: {why}; name the folder itself",
                origin=configured.origin,
                value=configured.value,
                why=error,
            ) from error
        return workspace.root / folder

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """What is known of words, where none has to be cut."""
        from k8snotes.pipeline import load_vocabulary

        return load_vocabulary(self.own_terms)

    @cached_property
    def own_terms(self) -> tuple[str, ...]:
        """The reader's own terms, of the settings and of the workspace's file of terms."""
        terms = self.config["lexicon"].value
        assert isinstance(terms, tuple)
        if self.workspace is None or not os.path.exists(self.workspace.below(TERMS_NAME)):
            return terms
        from k8snotes.terms import load_terms

        return (*terms, *(term.line for term in load_terms(self.workspace.terms_file)))

    def number(self, setting: str) -> int:
        value = self.config[setting].value
        assert isinstance(value, int)
        return value

    def inputs(self, paths: Iterable[str]) -> "Iterator[InputFile | K8sNotesError]":
        """The texts named, or those of the workspace.

        Raises:
            UsageError: none was named, and there is no workspace.
        """
        named = tuple(paths)
        if named:
            self._named = named
            from k8snotes.pipeline import inputs_named

            return inputs_named(named, shelf=self.workspace and self.workspace.below(SEEDS))
        return self.required_workspace().inputs()

    def required_workspace(self, *, or_else: Message | None = OR_NAME_TEXTS) -> Workspace:
        """Raises:
        UsageError: there is none; `or_else` says what helps besides making one.
        """
        if self.workspace is None:
            if or_else is None:
                raise UsageError("no workspace here; make one with: k8snotes init DIR")
            raise UsageError(
                "no workspace here; make one with: k8snotes init DIR, or {or_else}", or_else=or_else
            )
        return self.workspace

    def lessons(
        self, paths: Iterable[str], *, shape: str | None = None, encoding: str | None = None
    ) -> "Iterator[Lesson]":
        """The lessons of the texts named; what cannot be read is reported and passed over."""
        from k8snotes.pipeline import read_inputs

        found = read_inputs(self.inputs(paths), shape=shape, encoding=encoding, progress=self.progress)
        for _file, lesson in self._reported(found):
            yield lesson

    def lessons_at(self, paths: Iterable[str], wanted: Collection[str]) -> "Iterator[Lesson]":
        """As `lessons`, of those texts alone whose paths, as they are shown, are wanted."""
        from k8snotes.model.source import InputFile
        from k8snotes.pipeline import read_inputs

        inputs = [file for file in self.inputs(paths) if isinstance(file, InputFile) and file.shown in wanted]
        for _file, lesson in self._reported(read_inputs(inputs, progress=self.progress), until_end=True):
            yield lesson

    def lessons_in_reading_order(
        self, paths: Iterable[str], *, until_end: bool = False
    ) -> "Iterator[Lesson]":
        """Each lesson once, each course in the order in which it is read; `until_end` as of `each_once`."""
        for whole in self.each_once(paths, until_end=until_end):
            yield whole.lesson

    def each_once(self, paths: Iterable[str], *, until_end: bool = False) -> "Iterator[WholeLesson]":
        """As `lessons_in_reading_order`, with the file of each, and the copies that are left out for it.

        `until_end` is for commands that print nothing before they have all.
        """
        from k8snotes.courses import read_each_once

        copies: list[tuple[str, str]] = []
        found = read_each_once(self.inputs(paths), shelf=self.shelf, progress=self.progress)
        for whole in self._reported(found, until_end=until_end):
            copies += [(copy.file.shown, whole.file.shown) for copy in whole.copies]
            yield whole
        self.say_what_is_left_out(copies)

    def studied(
        self, paths: Iterable[str], study: "Study[Result]", *, until_end: bool = False
    ) -> "Iterator[Studied[Result]]":
        """What each lesson is worked into, in the order of `lessons_in_reading_order`, and on all cores.

        What was worked out before of a workspace's texts that did not change is not done again.
        """
        from k8snotes.courses import study_each_once

        copies: list[tuple[str, str]] = []
        found = study_each_once(
            self.inputs(paths), study, shelf=self.shelf, keeper=self.keeper, progress=self.progress
        )
        for studied in self._reported(found, until_end=until_end):
            copies += [(copy, studied.path) for copy in studied.copies]
            yield studied
        self.say_what_is_left_out(copies)

    @cached_property
    def keeper(self) -> "Keeper | None":
        if self.workspace is None:
            return None
        from k8snotes.keeping import keeper_of

        keeper = keeper_of(self.workspace)
        self.resources.callback(keeper.close)
        return keeper

    def say_what_is_left_out(self, copies: Sequence[tuple[str, str]]) -> None:
        """Names texts, each with the one that is shown in its place."""
        for copy, shown in copies[:MOST_NAMED]:
            self.hint(
                _(
                    "{copy}: left out, as {shown} holds the same lesson; name the file itself to see it",
                    copy=copy,
                    shown=shown,
                )
            )
        if len(copies) > MOST_NAMED:
            more = len(copies) - MOST_NAMED
            self.hint(_("{count} more are left out likewise; k8snotes course lists them", count=more))

    def _reported(
        self, results: "Iterable[Result | K8sNotesError]", *, until_end: bool = False
    ) -> "Iterator[Result]":
        """The results; errors among them are reported. The bar makes room for what is printed."""
        prints = not (self.as_json or until_end or _goes_to_a_file(sys.stdout))
        for result in results:
            if isinstance(result, K8sNotesError):
                self.fail(result)
                continue
            if prints:
                self.progress.hide()
            yield result

    def courses(self, paths: Iterable[str]) -> "Courses":
        """The courses that the texts named make; what cannot be read is reported and passed over."""
        from k8snotes.courses import assemble_courses

        courses = assemble_courses(self.inputs(paths), shelf=self.shelf, progress=self.progress)
        self.fail(*courses.errors)
        return courses

    @property
    def shelf(self) -> "Path | None":
        return None if self.workspace is None else self.workspace.seeds

    def library(self, paths: tuple[str, ...]) -> "Library":
        """The texts named, or those of the workspace, to look things up in."""
        from k8snotes.lookup import library_of

        return self._library(paths) or self._kept(library_of(self.inputs(paths), self.progress))

    def hits(
        self,
        paths: tuple[str, ...],
        pattern: str,
        *,
        regex: bool,
        exactly: bool,
        kinds: "Collection[PassageKind] | None",
    ) -> "Iterator[tuple[list[LineHit], Callable[[], Page]]]":
        """The matches in the texts named, or in the workspace's, page by page, each with what tells that."""
        from k8snotes.lookup import Tries, hits_with, make_matcher

        matcher = make_matcher(pattern, regex=regex, exactly=exactly)
        if library := self._library(paths):
            yield from hits_with(
                library, pattern, matcher, regex=regex, exactly=exactly, kinds=kinds, fail=self.fail
            )
            return
        tries = Tries(matcher, kinds)
        for page in self._pages(paths):
            hits = tries.hits(page)
            if hits is None:
                tries.tell(page.path, self.fail)
            elif hits:
                yield hits, partial(_itself, page)

    def _pages(self, paths: tuple[str, ...]) -> "Iterator[Page]":
        from k8snotes.pipeline import page_of

        yield from map(page_of, self.lessons(paths))

    def lines_with(
        self,
        paths: tuple[str, ...],
        literal: str,
        make: "Callable[[str, list[tuple[int, str]]], Result]",
        *,
        exactly: bool,
    ) -> "Iterator[Result]":
        """What is made of the path of each text and of its lines that hold a literal; see `lookup`."""
        if library := self._library(paths):
            from k8snotes.lookup import lines_with

            yield from lines_with(library, literal, make, exactly=exactly)
        else:
            from k8snotes.lookup import lines_of, make_matcher

            matcher = make_matcher(literal, regex=False, exactly=exactly)
            for page in self._pages(paths):
                if lines := lines_of(page, matcher):
                    yield make(page.path, lines)

    def library_of_files(self, files: "Sequence[InputFile]") -> "Library":
        """Some texts to look things up in; what cannot be read is passed over."""
        from k8snotes.lookup import Library, library_of, whole_library

        workspace = self.workspace
        shown = {} if workspace is None else {workspace.path_of(file.path): file.shown for file in files}
        if workspace is None or None in shown:
            library = library_of(files, self.progress)
        else:
            self.uses_index = True
            index = whole_library(workspace, self.progress).index
            library = Library(index, shown={path: name for path, name in shown.items() if path is not None})
        self.resources.callback(library.index.close)
        return library

    def index_along(
        self, study: "Study[Any]", further: "Callable[[Lesson], Result] | None"
    ) -> "Mapping[InputFile, Sequence[tuple[int, Result]]]":
        """As of `exports.IndexAlong`; nothing where nothing can be kept."""
        from k8snotes.keeping import Along
        from k8snotes.refresh import fresh_index

        if self.workspace is None or self.keeper is None or not self.keeper.kept.is_there:
            return {}
        along: Along[Any, Result] = Along(study=study, keeper=self.keeper, further=further)
        fresh_index(self.workspace, along=along, progress=self.progress).close()
        return along.made

    def _library(self, paths: tuple[str, ...]) -> "Library | None":
        """The texts named, or all, as an index holds them; None where reading them is quicker."""
        from k8snotes.lookup import library_within, whole_library

        if not paths:
            return self._kept(whole_library(self.required_workspace(), self.progress, ahead=self.ahead))
        if self.workspace is None:
            return None
        self._named = paths
        self._held = library_within(
            self.workspace, paths, lambda: self.inputs(paths), self.progress, ahead=self.ahead
        )
        return self._kept(self._held) if self._held else None

    def _kept(self, library: "Library") -> "Library":
        """The library, to be closed when the command is done; what could not be read of it is reported."""
        self.uses_index = True
        self.resources.callback(library.index.close)
        library.index.once_true(lambda: self._report_failures(library))
        return library

    def _report_failures(self, library: "Library") -> None:
        failures = [*library.failures]
        # On each lookup the same: to a person dozens would hide what was found.
        named = MOST_NAMED if sys.stderr.isatty() else len(failures)
        self.fail(*failures[:named])
        self._count(failures[named:])
        if (more := len(failures) - named) > 0:
            self.hint(_("{count} more cannot be read; k8snotes doctor names them all", count=more))

    @cached_property
    def progress(self) -> "Bar":
        """Shows on standard error how far the work is, where a person may see it."""
        from k8snotes.cli.progress import Bar

        bar = Bar(sys.stderr if sys.stderr.isatty() and not self.quiet else None)
        self.resources.callback(bar.hide)
        return bar

    # --- what to say

    @cached_property
    def terminal(self) -> "Terminal | None":
        """A terminal to draw on; None where plain lines are wanted."""
        if self.as_json or self.as_jsonl:
            return None
        if not sys.stdout.isatty() and not self._drawing_is_forced():
            return None
        from k8snotes.render.terminal import Terminal

        self.has_printed = True  # or is about to
        return Terminal(sys.stdout, color=self.color, raw=self.raw)

    def _drawing_is_forced(self) -> bool:
        """Whether a pipe is to be drawn on as if it were a terminal; the flag outweighs the variables."""
        if self.color != "auto":
            return self.color == "always"
        return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")

    def line(self, text: str) -> None:
        """A line of plain text; what a terminal would obey is spelled out, and so is a newline."""
        self.has_printed = True
        print(text if self.raw else on_one_line(visible(text)))

    def as_written(self, path: str, lines: Sequence[tuple[int, str]]) -> str:
        """Lines of a text, each led by its place, such as `write` takes."""
        if self.raw:
            return "".join([f"{path}:{number}:{text}\n" for number, text in lines])
        path = on_one_line(visible(path))
        return "".join([f"{path}:{number}:{visible(text)}\n" for number, text in lines])

    def write(self, text: str) -> None:
        """Many lines at once, as `as_written` made them."""
        self.has_printed = True
        sys.stdout.write(text)

    def json_document(self, **fields: object) -> None:
        print(self._encodable(document(self.command, **fields)))

    def json_line(self, record: Record) -> None:
        self.has_printed = True
        print(self._encodable(record))

    @property
    def is_hinting(self) -> bool:
        """Whether a person reads hints."""
        return not self.quiet and sys.stderr.isatty()

    def hint(self, text: str) -> None:
        """Words for a person, on standard error, and only where a person reads it."""
        self._has_spoken = True
        if self.is_hinting:
            print(visible(text), file=sys.stderr)

    def warn(self, text: str) -> None:
        """A line on standard error that a person must see."""
        say(text)

    def _encodable(self, value: object) -> str:
        """JSON that reads right as UTF-8, whatever the stream's encoding; names of files may be no text."""
        encoded = json_string(value)
        if codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8":
            with contextlib.suppress(UnicodeEncodeError):
                encoded.encode("utf-8")
                return encoded
        return json_string(value, ascii_only=True)

    # --- how it went

    def fail(self, *errors: K8sNotesError) -> None:
        """Reports errors that stop nothing but their own inputs."""
        if errors:
            self.progress.hide()
            self._has_spoken = True
            report(*errors, debug=self.debug)
        self._count(errors)

    def _count(self, errors: Iterable[K8sNotesError]) -> None:
        """Lets errors count in the exit code."""
        for error in errors:
            if not isinstance(error, NothingToRead):
                self._worst = max(self._worst, error.exit_code)

    def needs_a_person(self) -> None:
        self._worst = max(self._worst, NEEDS_A_PERSON)

    def finish(self, *, found: bool) -> int:
        """The exit code: what went wrong counts more than what was found; nobody is left with nothing."""
        if not found and self._named and self._is_all_of_ours():
            self.fail(
                NothingToRead(
                    "{path}: notes that k8snotes wrote, no course texts; name one to read it",
                    path=" ".join(self._named),
                )
            )
        if not found and not self._has_spoken and self.command in NOTHING:
            self.hint(spoken(NOTHING[self.command]))
        return self._worst or (0 if found else NOTHING_FOUND)

    def _is_all_of_ours(self) -> bool:
        """Whether exports wrote all that was named."""
        if self._held is not None:
            return self._held.is_all_of_ours
        from k8snotes.model.source import InputFile
        from k8snotes.pipeline import was_exported

        files = [file for file in self.inputs(self._named) if isinstance(file, InputFile)]
        return bool(files) and all(not file.is_named and was_exported(file) for file in files)


def _itself(page: "Page") -> "Page":
    return page


def outcome_line(outcome: str, path: "Path", *, writes: bool) -> str:
    """What became of a file, or would become of it."""
    return _((OUTCOMES if writes else WOULD_BE)[outcome], path=path)


def _goes_to_a_file(stream: TextIO) -> bool:
    """Whether what is printed appears on no terminal now: it does where a pipe leads to a pager, say."""
    try:
        return not stream.isatty() and not stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except OSError:  # it is no stream of the system's
        return False


def kinds_named(names: str | None, known: "tuple[PassageKind, ...]") -> "frozenset[PassageKind] | None":
    """The parts of a lesson that an option names, commas between them; None for all.

    Raises:
        UsageError: there is no such part.
    """
    if names is None:
        return None
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    if unknown := sorted(wanted.difference(known)):
        raise UsageError(
            "--in {part}: no such part; there are {parts}", part=unknown[0], parts=", ".join(known)
        )
    if not wanted:
        raise UsageError("--in: no part named; there are {parts}", parts=", ".join(known))
    return frozenset(kind for kind in known if kind in wanted)


def in_session(
    command: str,
    function: Callable[..., int],
    options: dict[str, Any],
    *,
    configured: bool = True,
    ahead: bool = False,
) -> int:
    """What a function makes of a session and its own options, given them and those that all share.

    `ahead`: it looks things up, and begins before it is known whether texts changed. If they did, it
    begins again, once their index is up to date.

    Raises:
        UsageError: two options contradict each other.
    """
    own = dict(options)
    shared = {key: own.pop(key, False) for key in ("as_json", "as_jsonl", "color", "quiet", "raw", "debug")}
    shared |= {key: own.pop(key) for key in ("workspace", "lang")}
    if shared["as_json"] and shared["as_jsonl"]:
        raise UsageError("--json and --jsonl are two forms of the output; give one of them")

    def run(*, ahead: bool) -> int:
        return _run(Session(command=command, ahead=ahead, **shared), function, own, configured=configured)

    if ahead:
        with contextlib.suppress(lookahead.OutOfDate):  # and nothing was said yet
            return _whatever_the_index(run, ahead=True)
    return _whatever_the_index(run, ahead=False)


def _whatever_the_index(run: Callable[..., int], *, ahead: bool) -> int:
    """What a run comes to; where an index was in its way, for whatever cause, it is made of the texts.

    Raises:
        DamagedIndex: half of it was said by then.
    """
    try:
        return run(ahead=ahead)
    except _Hampered as hampered:
        from k8snotes.refresh import discard_index

        discard_index(hampered.workspace)
        if hampered.has_printed:
            raise DamagedIndex(
                "{path}: the index is damaged; run the command again, which makes it anew",
                path=hampered.workspace.cache,
            ) from hampered.error
    try:
        return run(ahead=False)
    except _Hampered as again:  # no index is to blame, but a bug of ours
        raise again.error from None


class _Hampered(Exception):
    """Something unforeseen while an index was in use, which is only a cache."""

    def __init__(self, error: Exception, workspace: Workspace, *, has_printed: bool) -> None:
        super().__init__()
        self.error = error
        self.workspace = workspace
        self.has_printed = has_printed


def _run(session: Session, function: Callable[..., int], options: dict[str, Any], *, configured: bool) -> int:
    ask(lambda: session.language)
    if configured:
        session.load_config()
    with session.resources:
        try:
            return function(session, **options)
        except (K8sNotesError, OSError, lookahead.OutOfDate):
            raise
        except Exception as error:
            if not session.uses_index or session.workspace is None:
                raise
            raise _Hampered(error, session.workspace, has_printed=session.has_printed) from error
