"""The thread of a course: for each of its themes the sentence that says most of it, in reading order."""

from collections.abc import Callable, Sequence

from k8snotes.model.findings import CourseStep, KeySentence, ListedSummary, Theme

THESIS = 1.5  # what the sentence that a lesson stands on weighs beside its others


def course_thread(
    summaries: Sequence[ListedSummary], themes: Sequence[Theme], key: Callable[[str], str]
) -> tuple[CourseStep, ...]:
    """A step a theme that a key sentence names; no sentence twice. `key` is what all spellings share.

    The sentence is the most salient of those that name the theme, from a lesson that speaks of it much.
    """
    steps: list[tuple[int, CourseStep]] = []
    taken: set[tuple[str, int, int, str]] = set()
    for theme in themes:
        names = [key(name) for name in (theme.text, *theme.aliases)]
        most = max((share.count for share in theme.shares), default=0) or 1
        counts = {(share.path, share.entry): share.count for share in theme.shares}
        best: tuple[float, int, KeySentence] | None = None
        for at, summary in enumerate(summaries):
            for sentence, weight in _weighed(summary):
                said = key(sentence.plain)
                lesson = (summary.lesson.path, summary.lesson.entry)
                place = (*lesson, sentence.line, sentence.text)
                if place in taken or not any(name in said for name in names):
                    continue
                worth = sentence.score * weight * (counts.get(lesson, 0) / most) ** 0.5
                if best is None or worth > best[0]:
                    best = worth, at, sentence
        if best is not None:
            _, at, sentence = best
            card = summaries[at].lesson
            taken.add((card.path, card.entry, sentence.line, sentence.text))
            steps.append((at, CourseStep(theme=theme.text, lesson=card, sentence=sentence)))
    return tuple(step for _, step in sorted(steps, key=lambda step: (step[0], step[1].sentence.line)))


def _weighed(summary: ListedSummary) -> list[tuple[KeySentence, float]]:
    """The sentences that a step may take, each once."""
    found = dict.fromkeys((*summary.sentences, *summary.author_summary), 1.0)
    if summary.thesis is not None:
        found[summary.thesis] = THESIS
    return list(found.items())
