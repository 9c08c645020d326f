"""The command line: one command a module, each options → pipeline → render.

Nothing is imported here: `--help` and `--version` need click and this table alone.
"""

# name → what `--help` says of it; the module of that name holds a `command`, or a `CALL` to make it of.
COMMANDS: dict[str, str] = {
    "summarize": "What each lesson says: thesis, key sentences, themes, comments.",
    "search": "Passages that answer a query, best first.",
    "grep": "Every occurrence of a pattern, whatever its case, width or script.",
    "themes": "The key phrases of the texts, with counts.",
    "theme": "One theme through all lessons: definition, mentions, neighbours, questions.",
    "comments": "What readers wrote, by likes, date or kind.",
    "faq": "Every question that the author answered, the most worth reading first.",
    "course": "The courses that the texts make: order of lessons, gaps, copies.",
    "export": "Write a Markdown note for each lesson; your own words stay.",
    "undo": "Take the last export back.",
    "parse": "The typed sections of each text, and the proof that no line is lost.",
    "index": "Bring the index that search uses up to date; never needed.",
    "init": "Make a workspace: a folder with seeds/ and notes/.",
    "config": "Each setting, and where it came from.",
    "doctor": "What is installed and found here, what is wrong, and what to do.",
    "completion": "The script by which your shell completes calls.",
}
# The variable in which a shell that completes a call says which it is.
COMPLETE = "_K8SNOTES_COMPLETE"
