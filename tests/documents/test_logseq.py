"""Notes as Logseq's own parser reads them, where it is named: `.ci/slow` installs it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.runner import Runner
from properties.test_note_laws import attacks

MLDOC = os.environ.get("MLDOC", "")  # the folder of the package mldoc
ROOT = Path(__file__).parents[2]
READ = """
const { Mldoc } = require(process.argv[1]);
const text = require("fs").readFileSync(0, "utf8");
const settings = { toc: false, parse_outline_only: false, heading_number: false, keep_line_break: true,
  format: "Markdown", heading_to_list: false, exporting_keep_properties: false, inline_type_with_pos: false,
  export_md_remove_options: [], hiccup_in_block: true };
process.stdout.write(Mldoc.parseJson(text, JSON.stringify(settings)));
"""
HEAD = "<div><strong>精选留言（1）</strong></div>"
INTERPRETED = re.compile(r'"(Macro|Hiccup|Inline_Hiccup|Inline_Html)"')
OURS = re.compile(r"<!-- /?k8snotes:[^<>]*-->\s*")

pytestmark = pytest.mark.skipif(
    not MLDOC, reason="no mldoc here; .ci/slow installs it with npm and sets MLDOC"
)


def blocks_of(note: Path) -> list[tuple[str, Any]]:
    """What Logseq sees in a note: kinds of blocks, each with what is in it."""
    done = subprocess.run(
        ["node", "-e", READ, MLDOC], input=note.read_bytes(), capture_output=True, check=True, timeout=60
    )
    return [(block[0], block[1] if len(block) > 1 else None) for block, _ in json.loads(done.stdout)]


def exported(folder: Path) -> Iterator[Path]:
    Runner(folder)("export", "--flavor", "logseq", "--with-body")
    return (folder / "notes").rglob("*.md")


def test_logseq_reads_properties_tables_code_and_no_html_but_our_comments(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds/sample", tmp_path / "seeds/sample")

    found = {note.stem: blocks_of(note) for note in exported(tmp_path)}

    assert len(found) > 20
    for blocks in found.values():
        [properties] = [held for kind, held in blocks if kind == "Property_Drawer"]
        assert {"k8snotes-id", "title"} <= {name for name, *_ in properties}
        assert [held for kind, held in blocks if kind == "Raw_Html" and not OURS.fullmatch(held)] == []
    tables = [held for blocks in found.values() for kind, held in blocks if kind == "Table"]
    assert tables
    assert [table for table in tables if not table.get("header")] == []
    assert any(
        kind == "Src" and held["language"] == "mermaid" for blocks in found.values() for kind, held in blocks
    )


def test_no_title_or_comment_is_more_than_text_to_logseq(tmp_path: Path) -> None:
    for at, attack in enumerate(attacks()):
        said = attack.replace("\0", "").encode("utf-8", "ignore").decode()
        title, on_one_line = json.dumps(said), " ".join(said.split())
        comment = f"<li><span>秦</span> 👍（1） 💬（0）<p>{on_one_line}？</p>2026-03-12</li><br/>"
        comments = f"{HEAD}<ul>\n{comment}\n</ul>\n"
        text = f"---\ntitle: {title}\n---\n\n泥性要用手摸。\n\n{comments}"
        Runner(tmp_path).write(f"seeds/{at:03}.md", text)

    notes = [blocks_of(note) for note in exported(tmp_path)]

    assert len(notes) >= len(attacks())
    for blocks in notes:
        assert [held for kind, held in blocks if kind == "Raw_Html" and not OURS.fullmatch(held)] == []
        assert INTERPRETED.findall(json.dumps(blocks)) == []
        assert sum(kind == "Property_Drawer" for kind, _ in blocks) == 1
