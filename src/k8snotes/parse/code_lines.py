"""What one line says of itself: surely code, perhaps code, or words and formulas without Chinese."""

import re

from k8snotes.parse.paragraphs import BLANK

CODE_MARK = re.compile(r"[{}=<>;|$\\]|\w\(")
ADDRESS = re.compile(r"https?://\S+|\]\([^)]*\)")
COMMENT_MARK = re.compile(r"\s*(?:#|//|/\*)\s?\S")  # "-- Leo" signs a quotation
WORDS_OF_CODE = 4  # in a line that might be a sentence

# Marks that no prose, name or formula has: an end of a statement or of a block, a prompt, a tag, the
# call of a member or with a string, an option of a command, a key with parts, a line of a log.
CLOSING = re.compile(r"\s*[)\]}][)\]};,]*\s*")
STATEMENT_END = (";", "{", " \\")
BLOCK_END = ("}", "};", "})", "},")
PROMPT = re.compile(
    r"\s*(?:[*>-] )?(?:\$ [A-Za-z./~_]|>>> ?\S|(?:[a-z]\w*|[\d.]+:\d+)> \S|(?:PS )?[A-Z]:\\[^>]*> ?\S"
    r"|\[?\w+@[\w.-]+[: ][^#$\s]*\]?[#$] )"
)
TAG = re.compile(r"\s*(?:</[A-Za-z][\w:.-]*>|<[A-Za-z][^<>]*/>|<[a-z][\w:.-]*(?: [^<>=]+=[^<>]*)?>)")
CALL = re.compile(r"[\w)\]]\.\w+\(|\bprintf?\(\w|\w\([\"'`\[{]|=\s?[\"'`]")
OPERATOR = re.compile(r":=|&&|\|\||[+*/-]=(?!=)|\) => \S")
DIRECTIVE = re.compile(
    r"\s*(?:#!/|#include [<\"]|import [\"'{]|from \S+ import \S|def \w+\(|class \w+(?:\(.*\))?:|export \w+="
    r"|(?:var|val|const) \w+ = |(?:SELECT|INSERT INTO|DELETE FROM|CREATE TABLE|ALTER TABLE) \S"
    r"|FROM [a-z\d]\S*$|(?:CMD|ENTRYPOINT) \[)"
)
LOGGED = re.compile(r"\s*(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S* \S|[A-Z]+ /\S* HTTP/\d)")
KEY = re.compile(r"\s*[A-Za-z][A-Za-z0-9]+[._][A-Za-z][\w.-]*=\S")  # and no "x_1=2"
COMMAND = re.compile(r"[a-z][\w./-]*")
OPTION = re.compile(r"--?[A-Za-z][\w-]*(?:=\S+)?")

# What has such marks and is no program.
QUOTED = re.compile(r"[\"“‘'](?P<inside>[^\"“”]*)[\"”’']")
ITEM_MARK = re.compile(r"^(?:[*+•-]|\d{1,2}[.)、]|\[\d+\])\s+")
NAMES = re.compile(r"[a-z]?[A-Z][\w.+#-]*(?: [\w.+#()-]+){0,5}")  # "ECMAScript 2018 API"
NAME_OF_CALL = re.compile(r"[A-Z]\w*(?:\.\w+)+\(\)")  # "Thread.sleep()"
BOOK = re.compile(r"<{1,2}[A-Z][^<>=/]*>{1,2}")
TITLE_MARK = re.compile(r" (?:[|>]|[-=]>) ")  # "05 | Docker"
MATHS = re.compile(
    r"^= |(?<![A-Za-z])(?:[A-Za-z]|log|lg|ln|exp|sin|cos|tan|max|min|sqrt)\d*\(|(?<=[\w)]) [=<>|/]+ (?=\S)"
)
FIELD = re.compile(r"\s*(?:- )?[a-z][\w./-]*:(?: (?P<value>\S.*))?")  # of YAML
LABEL = re.compile(r"[A-Za-z][\w -]{0,20}: (?P<value>\S.*)")  # "from: Leo"
VALUE_OF_CODE = re.compile(r"-?\d+(?:\.\d+)?|true|false|null|[\"'\[{|>].*|[^\s:/=]*[:/=]\S+")
PLAIN_WORD = re.compile(r"\(?[A-Za-z]+(?:['’-][A-Za-z]+)*\)?[,.;:!?]?|[=/+<>–—-]")
ENGLISH = re.compile(
    r"an?|are|be|but|its?|my|of|our|that|the(?:ir|re|y)?|this|to|was|we|your?", re.IGNORECASE
)

# Where a line with Chinese belongs to the program around it.
MARKUP = re.compile(r"\"\"\"|\'\'\'|<!--|</?[A-Za-z]")
PROSE = re.compile(r"[，。]|[！？：；、]$")


def proves_code(line: str) -> bool:
    """Whether a line is code, though it stood alone."""
    string = line.rstrip()
    if CLOSING.fullmatch(line):
        return True
    if is_sentence(string) or _is_name(string.strip(BLANK)) or not any(map(str.isalnum, string)):
        return False
    words = string.split()
    return (
        string.endswith(STATEMENT_END)
        or (string.endswith(BLOCK_END) and ("{" not in string or any(mark in string for mark in ';":')))
        or any(rule.match(line) is not None for rule in (PROMPT, TAG, DIRECTIVE, KEY, LOGGED))
        or CALL.search(line) is not None
        or OPERATOR.search(ADDRESS.sub("", line)) is not None
        or (COMMAND.fullmatch(words[0]) is not None and any(map(OPTION.fullmatch, words[1:])))
    )


def suggests_code(line: str) -> bool:
    """Whether a line may be code, if another one beside it may be too."""
    if is_words(line) or not any(map(str.isalnum, line)):
        return False
    bare = ADDRESS.sub("", line)
    return CODE_MARK.search(bare) is not None or COMMENT_MARK.match(bare) is not None


def may_stand_in_code(line: str) -> bool:
    """Whether a line with Chinese may be one of a program that goes on above and below it."""
    string = line.strip(BLANK)
    if MARKUP.match(string):
        return string[-1] not in "。：，"
    is_marked = line[:1].isspace() or (string[:1].isascii() and CODE_MARK.search(string) is not None)
    return is_marked and PROSE.search(string) is None


def is_field_of_code(line: str) -> bool:
    """Whether a line is a field with a value that only programs write, or with what is nested in it."""
    match = FIELD.fullmatch(line)
    return match is not None and (
        match["value"] is None or VALUE_OF_CODE.fullmatch(match["value"]) is not None
    )


def is_words(line: str) -> bool:
    """Whether a line without Chinese is an address, a name, a formula, a label or English."""
    string = line.strip(BLANK)
    item = ITEM_MARK.sub("", string, count=1)
    bare = MATHS.sub(" ", TITLE_MARK.sub(" ", item))
    label = LABEL.fullmatch(item)
    return (
        ADDRESS.fullmatch(string) is not None
        or is_sentence(string)
        or _is_name(item)
        or _is_short_sentence(item)
        or (not CODE_MARK.search(bare) and (bare != item or len(item.split()) < 2))
        or (
            label is not None
            and not CODE_MARK.search(item)
            and (item[0].isupper() or not VALUE_OF_CODE.fullmatch(label["value"]))
        )
    )


def _is_name(string: str) -> bool:
    return any(rule.fullmatch(string) for rule in (NAMES, NAME_OF_CALL, BOOK))


def _is_short_sentence(string: str) -> bool:
    words = string.split()
    return all(map(PLAIN_WORD.fullmatch, words)) and (
        (string[:1].isupper() and string[-1] in ".!?")
        or (len(words) > 2 and any(ENGLISH.fullmatch(word) for word in words))
    )


def is_sentence(string: str) -> bool:
    """Whether a line is English prose rather than code, in quotation marks or not."""
    quoted = QUOTED.fullmatch(string.strip(BLANK))
    inside = quoted["inside"] if quoted else string.strip(BLANK)
    words = inside.split()
    if len(words) < WORDS_OF_CODE:
        return False
    if all(map(PLAIN_WORD.fullmatch, words)):
        english = sum(ENGLISH.fullmatch(word.rstrip(",.;:!?")) is not None for word in words)
        return english > 1 or (inside[0].isupper() and (english > 0 or inside[-1] in ".!?:"))
    return inside[0].isupper() and inside[-1] in ".!?:" and len(words) > WORDS_OF_CODE
