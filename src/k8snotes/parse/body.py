"""A run of lines as a Markdown body: its blocks, and what no rule claimed."""

import re

from k8snotes.model.lesson import Code, Paragraph
from k8snotes.parse.draft import Draft
from k8snotes.parse.markdown import NOT_TEXT, is_unclosed_fence, markdown_blocks
from k8snotes.parse.paragraphs import BLANK, raw_text, stripped

RULE_LINE = re.compile(r"[ \t>]*(?:[-*_][ \t]*){3,}|[=\-]+")
DEFINITION = re.compile(r"[ >]{0,6}\[[^\]]+\]:\s*\S.*")


def read_markdown_body(draft: Draft, start: int, stop: int) -> None:
    """Adds the blocks of the lines [start, stop); no words among them are left behind."""
    blocks = list(markdown_blocks(draft.lines[start:stop], first_line=start + 1))
    for block in blocks:
        if isinstance(block, Code) and is_unclosed_fence(block, draft.lines):
            draft.warn(
                "unclosed-fence", "a code fence that nothing closes", block.first_line - 1, block.last_line
            )
    draft.blocks += blocks
    _keep_unclaimed(draft, start, stop)


def _keep_unclaimed(draft: Draft, start: int, stop: int) -> None:
    """Words that the Markdown rules dropped become paragraphs, with a warning."""
    claimed = bytearray(len(draft.lines))
    for block in draft.blocks:
        claimed[block.first_line - 1 : block.last_line] = b"\1" * (block.last_line - block.first_line + 1)
    in_comment = False
    lost: list[int] = []
    for at in range(start, stop):
        line = draft.lines[at]
        opened = in_comment or "<!--" in line
        in_comment = opened and "-->" not in line[line.rfind("<!--") + 1 :]
        if claimed[at] or opened or not line.strip(BLANK):
            continue
        if (
            NOT_TEXT.sub("", line).strip(BLANK)
            and not RULE_LINE.fullmatch(line)
            and not DEFINITION.fullmatch(line)
        ):
            lost.append(at)
    for at in lost:
        line = draft.lines[at]
        draft.blocks.append(
            Paragraph(text=raw_text([stripped(line, at + 1)]), first_line=at + 1, last_line=at + 1)
        )
        draft.warn("unclaimed-line", "a line that no Markdown rule claims, kept as a paragraph", at, at + 1)
    if lost:
        draft.blocks.sort(key=lambda block: block.first_line)
