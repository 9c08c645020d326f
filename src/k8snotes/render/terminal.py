"""Findings on a terminal, by Rich: colour that reads on dark and light, Chinese wrapped right.

The only door to Rich. Text is wrapped before Rich sees it, and never parsed as its markup.
"""

import codecs
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import IO, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from k8snotes.model.check import Check, State
from k8snotes.model.course import Course, CourseLesson, LessonFacts
from k8snotes.model.findings import CourseSummary, KeySentence, ListedSummary, Theme
from k8snotes.model.hits import Answer, LineHit
from k8snotes.model.lesson import Comment
from k8snotes.model.page import Page
from k8snotes.model.thread import About, Mention, Remark, Share, Thread
from k8snotes.render import bars, hits, labels
from k8snotes.render.escaping import one_line, visible
from k8snotes.render.wrap import wrap
from k8snotes.speech import _, spoken

# Named colours only, so that the reader's own palette decides; "dim" and "bold" for the rest.
TITLE = "bold"
SECTION = "bold cyan"
PLACE = "dim"
MATCH = "bold red"
AUTHOR = "green"
REPLY = "italic"
BAR = "cyan"
LACK = "red"
STATES: dict[State, tuple[str, str]] = {
    "ok": ("green", "ok"),
    "note": ("yellow", "--"),
    "problem": ("bold red", "!!"),
}
COLOR_SYSTEMS: dict[str, Literal["auto", "standard"] | None] = {
    "auto": "auto",
    "always": "standard",
    "never": None,
}
WIDEST = 100  # cells; longer lines are hard to read
DIGEST_LINES = 5  # of a comment in a summary; `comments` shows it whole
MOST_MENTIONS = 3  # of a lesson
MOST_MONTHS = 24  # in a time line
FEWEST_DATED = 5  # comments that are worth one
MARGIN = 2
NARROW = 40  # cells: with less there is no room for a column beside another
LINE_GUTTER = 5  # cells for a line number
LONGEST_BAR, NARROWEST_BAR = 40, 10  # cells
HIT_INDENT = 5  # cells: the number of a hit stands before
LONGEST_EXCERPT = 240  # characters of a passage


class Terminal:
    """Prints findings to a terminal of a known width."""

    def __init__(
        self, stream: IO[str], *, color: Literal["auto", "always", "never"], raw: bool = False
    ) -> None:
        self.console = Console(
            file=stream,
            force_terminal=True if color == "always" else None,
            color_system=COLOR_SYSTEMS["never" if color == "auto" and os.environ.get("NO_COLOR") else color],
            no_color=False,  # the colour system says it: without one, bold and dim are gone as well
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )
        self.width = max(min(self.console.width, WIDEST) - MARGIN, 20)
        self.raw = raw
        # A narrow encoding has no block characters, or has them two cells wide, as GBK.
        self.in_ascii = not codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name.startswith("utf")

    def summary(self, summary: ListedSummary) -> None:
        lesson = summary.lesson
        self._wrapped(labels.titled(lesson.title), style=TITLE)
        if byline := labels.byline(lesson):
            self._wrapped(byline, style=PLACE)
        self._wrapped(lesson.path, style=PLACE)
        if summary.thesis is not None:
            self._section(_("Thesis"))
            self._sentences([summary.thesis], style=TITLE)
        if summary.key_points:
            self._section(_("Key points"))
            self._sentences(summary.key_points)
        if summary.rest_of_author_summary:
            self._section(_("The author's summary"))
            self._sentences(summary.rest_of_author_summary)
        if summary.themes:
            self._section(_("Themes"))
            self._items([f"{one_line(theme.text)} ×{theme.count}" for theme in summary.themes])
        if summary.comments.total:
            self._section(_("Comments"), labels.digest_line(summary.comments))
            for comment in summary.comments.top:
                self.comment(comment, most_lines=DIGEST_LINES)
        self.console.print()

    def course_summary(self, course: CourseSummary) -> None:
        """A line a lesson, the themes with where they live, and the thread of the course."""
        self._wrapped(one_line(labels.course_called(course.name)), style=TITLE)
        for summary in course.lessons:
            self.console.print()
            self._wrapped(one_line(labels.titled(summary.lesson.title)), indent=MARGIN, style=SECTION)
            if summary.thesis is not None:
                self._wrapped(one_line(summary.thesis.plain), indent=2 * MARGIN)
                place = f"{summary.lesson.path}:{summary.thesis.line}"
                self._wrapped(place, indent=2 * MARGIN, style=PLACE)
        if course.themes:
            self._section(_("Themes"))
            self.themes(course.themes)
        if course.thread:
            self._section(_("Thread"))
        for step in course.thread:
            self._wrapped(one_line(step.theme), indent=MARGIN, style=AUTHOR)
            self._wrapped(one_line(step.sentence.plain), indent=2 * MARGIN)
            self._wrapped(f"{step.lesson.path}:{step.sentence.line}", indent=2 * MARGIN, style=PLACE)
        self.console.print()

    def remarks(self, remarks: Sequence[Remark], *, of: Remark | None, folded: int) -> None:
        """Comments: those of one lesson below its title, `of` one of them, or each with its own."""
        if of is not None:
            self._lesson(of.lesson, of.path)
        for remark in remarks:
            if of is None:
                self._lesson(remark.lesson, remark.path)
            self.comment(remark.comment, about=remark.about)
            if of is None:
                self.console.print()
        if folded:
            self._wrapped(f"  {labels.folded_line(folded)}", style=PLACE)
        if of is not None or folded:
            self.console.print()

    def timeline(self, days: Iterable[date | None]) -> None:
        """How many comments there are of each month, or of each year where there are too many months."""
        dated = [day for day in days if day is not None]
        periods = labels.periods(dated, most_months=MOST_MONTHS)
        if len(dated) < FEWEST_DATED or len(periods) < 2:
            return
        self._section(_("Comments over time"))
        most = max(count for _period, count in periods)
        width = max(min(LONGEST_BAR, self.width - 20), 1)
        for period, count in periods:
            line = Styled(f"  {period:<7}  {count:>5}  ", style=PLACE)
            line.append(bars.bar(count, most, width, in_ascii=self.in_ascii), style=BAR)
            self.console.print(line)

    def thread(
        self,
        thread: Thread,
        questions: Sequence[Remark],
        *,
        spans: Callable[[str], list[tuple[int, int]]],
        everything: bool,
    ) -> None:
        """A theme through all lessons; `spans` says where a text names it.

        Of a lesson with many mentions the most telling are shown, unless `everything` is wanted.
        """
        self._wrapped(one_line(thread.text), style=TITLE)
        if thread.aliases:
            self._wrapped(labels.aliases(map(one_line, thread.aliases)), style=PLACE)
        self._wrapped(labels.occurrence_line(thread), style=PLACE)
        if len(thread.shares) > 1:
            self._spread(thread.shares)
        if thread.definition is not None:
            self._section(_("Definition"))
            self._mentions([thread.definition], spans, with_place=True)
        first = thread.mentions[0]
        self._section(_("First named"))
        self._wrapped(one_line(labels.titled(first.lesson)), indent=MARGIN)
        self._wrapped(f"{first.path}:{first.line}", indent=MARGIN, style=PLACE)
        self._section(_("Mentions"))
        counts = {(share.path, share.entry): share.count for share in thread.shares}
        for lesson, of_lesson in groupby(thread.mentions, key=lambda mention: (mention.path, mention.entry)):
            mentions = list(of_lesson)
            self._lesson(mentions[0].lesson, f"{mentions[0].path}  {labels.times(counts.get(lesson, 0))}")
            telling = sorted(range(len(mentions)), key=lambda at: -mentions[at].score)
            shown = sorted(telling if everything else telling[:MOST_MENTIONS])
            self._mentions([mentions[at] for at in shown], spans)
            if len(shown) < len(mentions):
                self._wrapped(labels.more_mentions_line(len(mentions) - len(shown)), indent=4, style=PLACE)
        if thread.related:
            self._section(_("Related"))
            self._items([f"{one_line(near.text)} ×{near.together}" for near in thread.related])
        if questions:
            self._section(_("Questions"))
            self.remarks(questions, of=None, folded=0)
        else:
            self.console.print()

    def _spread(self, shares: Sequence[Share]) -> None:
        counts = [share.count for share in shares]
        line = Styled("  ")
        line.append(bars.spread(counts, self.width - MARGIN, in_ascii=self.in_ascii), style=BAR)
        self.console.print(line)

    def _mentions(
        self,
        mentions: Sequence[Mention],
        spans: Callable[[str], list[tuple[int, int]]],
        *,
        with_place: bool = False,
    ) -> None:
        """Sentences behind their lines, the theme marked in them; `with_place` names the text above."""
        gutter = max(len(str(mention.line)) for mention in mentions)
        for mention in mentions:
            if with_place:
                self._wrapped(one_line(labels.titled(mention.lesson)), indent=MARGIN, style=PLACE)
                self._wrapped(mention.path, indent=MARGIN, style=PLACE)
            text = one_line(mention.plain)
            label = f"  {mention.line:>{gutter}}  "
            said = Styled()
            if mention.kind in ("comment", "reply"):
                said.append(labels.lead(spoken(labels.PASSAGES[mention.kind])), style=AUTHOR)
            said.append_text(self._highlighted(text, spans(text)))
            for part in _wrapped_styled(said, self.width - len(label)):
                self.console.print(Styled.assemble((label, PLACE), part))
                label = " " * len(label)

    def _lesson(self, title: str | None, path: str) -> None:
        self._wrapped(one_line(labels.titled(title)), style=TITLE)
        self._wrapped(path, style=PLACE)

    def comment(
        self,
        comment: Comment,
        *,
        path: str = "",
        most_lines: int | None = None,
        about: About | None = None,
    ) -> None:
        """A comment with its replies; of a longer one the first `most_lines` lines, marked as cut.

        `path` is its text's where that is neither the one that stands above nor one that it names.
        """
        path = path if comment.elsewhere is None else comment.elsewhere.path
        head = Styled()
        head.append(self._shown(one_line(labels.comment_byline(comment))), style=AUTHOR)
        head.append(f"  {self._shown(path)}:{comment.first_line}", style=PLACE)
        for part in _wrapped_styled(head, self.width - MARGIN):
            self.console.print(Styled.assemble(" " * MARGIN, part))
        if about is not None:
            self._wrapped(one_line(labels.about_line(about)), indent=4, style=PLACE)
        self._wrapped(comment.text.string, indent=4, most_lines=most_lines)
        for reply in comment.replies:
            said = labels.said_of(labels.replied(reply), reply.text.string)
            self._wrapped(said, indent=4, style=REPLY, most_lines=most_lines)

    def themes(self, themes: Sequence[Theme]) -> None:
        """Themes with how often they occur, and where: a bar a lesson, or one for all of a single lesson."""
        if not themes:
            return
        most = max(theme.count for theme in themes)
        name_width = min(max(cell_len(self._shown(theme.text)) for theme in themes), self.width // 2)
        bar_width = max(min(LONGEST_BAR, self.width - name_width - 12), 1)
        for theme in themes:
            name = self._shown(one_line(theme.text))
            line = Styled("  ")
            line.append(name + " " * max(name_width - cell_len(name), 0))
            line.append(f"  {theme.count:>4}  ", style=PLACE)
            counts = [share.count for share in theme.shares]
            drawn = (
                bars.spread(counts, bar_width, in_ascii=self.in_ascii)
                if len(counts) > 1
                else bars.bar(theme.count, most, bar_width, in_ascii=self.in_ascii)
            )
            line.append(drawn, style=BAR)
            self.console.print(line)

    def line_hits(self, page: Page, rows: Iterable[tuple[int, LineHit | None]]) -> None:
        """The lines of one page: hits, and lines of context where there is none."""
        self._wrapped(page.path, style=AUTHOR)
        for line, hit in rows:
            label = f"{line:>{LINE_GUTTER}} "
            if hit is None:
                text = Styled(self._shown(page.lines[line - 1]), style=PLACE)
            else:
                text = self._highlighted(hit.text, hit.matches)
            for part in _wrapped_styled(text, self.width - LINE_GUTTER - 1):
                self.console.print(Styled.assemble((label, PLACE), part))
                label = " " * len(label)
        self.console.print()

    def course(
        self, course: Course, comments: Callable[[CourseLesson], tuple[int, Iterable[tuple[str, Comment]]]]
    ) -> None:
        """A course as a table of contents, with what is missing where it would stand.

        `comments` says how many a lesson has, and which of them to show, each with its text's path.
        """
        self._wrapped(one_line(labels.course_called(course.name)), style=TITLE)
        self._wrapped(labels.course_line(course), style=PLACE)
        self._shape(course)
        gutter = len(str(len(course.lessons))) + MARGIN
        position, chapter = 0, None
        for row in labels.course_rows(course):
            if isinstance(row, str):
                self._wrapped(one_line(row), indent=gutter + MARGIN, style=LACK)
                continue
            if row.chapter != chapter:
                chapter = row.chapter
                self._section(self._shown(one_line(chapter or "")))
            position += 1
            count, shown = comments(row)
            self._entry(position, row, count, gutter)
            for path, comment in shown:
                self.comment(comment, path="" if path == row.facts.path else path)
        for clash in course.clashes:
            self._wrapped(labels.clash_line(clash), style=LACK)
        self.console.print()

    def _shape(self, course: Course) -> None:
        """How long the lessons are and how much their readers say, a bar each, with the most in figures."""
        if len(course.lessons) < 2:
            return
        length, said = _("Length"), _("Comments")
        gutter = max(map(cell_len, (length, said)))
        for name, most_line, counts in (
            (length, labels.most_characters, [held.facts.body.characters for held in course.lessons]),
            (said, labels.most_comments, [held.facts.comments for held in course.lessons]),
        ):
            most = max(counts)
            if not most:
                continue
            line = Styled(f"  {name}{' ' * (gutter - cell_len(name))}  ", style=PLACE)
            detail = f"  {most_line(counts.index(most) + 1, most)}"
            room = self.width - line.cell_len
            is_narrow = room - cell_len(detail) < min(len(counts), NARROWEST_BAR)
            width = room if is_narrow else room - cell_len(detail)
            line.append(bars.spread(counts, width, in_ascii=self.in_ascii), style=BAR)
            if not is_narrow:
                line.append(detail, style=PLACE)
            self.console.print(line)
            if is_narrow:
                self._wrapped(detail.strip(), indent=MARGIN, style=PLACE)

    def _entry(self, position: int, held: CourseLesson, comments: int, gutter: int) -> None:
        """A lesson in a table of contents: title, path, comments, and the other texts that hold it."""
        title = Styled(self._shown(one_line(labels.titled(held.facts.title))))
        title.append(f"  {self._shown(held.facts.path)}", style=PLACE)
        if comments:
            title.append(f"  {labels.comment_count(comments)}", style=PLACE)
        label = f"{position:>{gutter}}"
        for part in _wrapped_styled(title, self.width - gutter - MARGIN):
            self.console.print(Styled.assemble((label, PLACE), " " * MARGIN, part))
            label = " " * gutter
        for duplicate in held.duplicates:
            same = f"= {duplicate.facts.path}  {labels.sameness(duplicate.sameness)}"
            self._wrapped(same, indent=gutter + MARGIN, style=PLACE)

    def rest(self, texts: Sequence[LessonFacts]) -> None:
        """The texts that belong to no course."""
        if texts:
            self._wrapped(_("In no course"), style=TITLE)
        for facts in texts:
            line = f"{one_line(labels.titled(facts.title))}  {facts.path}"
            self._wrapped(line, indent=MARGIN, style=PLACE)

    def answer(self, answer: Answer, *, offset: int, explain: bool) -> None:
        """Passages best first, each with where it stands and the words around what was found."""
        if explain:
            self.lines(hits.explanation_lines(answer))
            self.console.print()
        for number, hit in enumerate(answer.hits, start=offset + 1):
            excerpt = self._highlighted(*hits.excerpt(hit, LONGEST_EXCERPT))
            if hit.kind == "title":
                title = excerpt
            else:
                title = Styled(self._shown(one_line(labels.titled(hit.lesson))))
            title.stylize_before(TITLE)
            lead = f"{number:>{HIT_INDENT - 2}}  "
            for part in _wrapped_styled(title, self.width - HIT_INDENT):
                self.console.print(Styled.assemble((lead, PLACE), part))
                lead = " " * HIT_INDENT
            self._wrapped(f"{hit.path}:{hit.line}", indent=HIT_INDENT, style=AUTHOR)
            self._wrapped(one_line(labels.passage_byline(hit)), indent=HIT_INDENT, style=PLACE)
            if hit.kind != "title":  # a title stands above already
                for part in _wrapped_styled(excerpt, self.width - HIT_INDENT):
                    self.console.print(Styled.assemble(" " * HIT_INDENT, part))
            self.console.print()
        if answer.hits:
            shown = labels.answer_line(offset + 1, offset + len(answer.hits), answer.total)
            self._wrapped(shown, indent=HIT_INDENT, style=PLACE)

    def check(self, check: Check, text: str, advice: str | None) -> None:
        """A line that leads with how it is, and below what to do."""
        color, mark = STATES[check.state]
        line = Styled.assemble((f"{mark} ", color), (f"{check.area:<10} ", PLACE))
        indent = cell_len(line.plain)
        if self.width < NARROW:
            self.console.print(line)
            indent = MARGIN
        rows = list(wrap(self._shown(one_line(text)), self.width - indent, cell_len))
        if self.width >= NARROW:
            line.append(rows.pop(0))
            self.console.print(line)
        for row in rows:
            self.console.print(" " * indent + row)
        if advice:
            self._wrapped(one_line(advice), indent=indent + MARGIN, style=PLACE)

    def lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.console.print(Styled(self._shown(line)))

    def _highlighted(self, text: str, matches: Sequence[tuple[int, int]]) -> Styled:
        """The text on one row with its matches marked, control characters spelled out."""
        styled = Styled()
        at = 0
        for start, stop in matches:
            styled.append(self._shown(text[at:start]))
            styled.append(self._shown(text[start:stop]), style=MATCH)
            at = stop
        styled.append(self._shown(text[at:]))
        return styled

    def _section(self, name: str, detail: str = "") -> None:
        self.console.print()
        heading = Styled(name, style=SECTION)
        if detail:
            heading.append(f"  {detail}", style="not bold default")
        for line in _wrapped_styled(heading, self.width):
            self.console.print(line)

    def _sentences(self, sentences: Sequence[KeySentence], style: str = "") -> None:
        gutter = max(len(str(sentence.line)) for sentence in sentences)
        for sentence in sentences:
            shown = self._shown(one_line(sentence.plain))
            for number, part in enumerate(wrap(shown, self.width - gutter - 4, cell_len)):
                label = f"{sentence.line:>{gutter}}" if number == 0 else " " * gutter
                line = Styled("  ")
                line.append(label, style=PLACE)
                line.append("  ")
                line.append(part, style=style)
                self.console.print(line)

    def _items(self, items: Sequence[str]) -> None:
        """Short items in rows, none of them broken."""
        row = ""
        for item in items:
            shown = self._shown(item)
            if row and cell_len(row) + cell_len(shown) + 4 > self.width:
                self.console.print(Styled(f"  {row}"))
                row = ""
            row = f"{row}    {shown}" if row else shown
        if row:
            self.console.print(Styled(f"  {row}"))

    def _wrapped(self, text: str, *, indent: int = 0, style: str = "", most_lines: int | None = None) -> None:
        lines = list(wrap(self._shown(text), self.width - indent, cell_len))
        for line in lines[:most_lines]:
            self.console.print(Styled(" " * indent + line, style=style))
        if most_lines is not None and len(lines) > most_lines:
            self.console.print(Styled(" " * indent + _("…"), style=PLACE))

    def _shown(self, text: str) -> str:
        return text if self.raw else visible(text)


def _wrapped_styled(text: Styled, width: int) -> Iterator[Styled]:
    """The lines of a styled text, each with its own part of the styles."""
    at = 0
    for line in wrap(text.plain, width, cell_len):
        start = text.plain.index(line, at)
        at = start + len(line)
        yield text[start:at]
