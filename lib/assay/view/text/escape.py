"""Text from runs and people made harmless for Markdown, Plotly, table cells and spreadsheets."""

import re
from collections.abc import Sequence
from html import escape as html
from unicodedata import east_asian_width, normalize

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Streamlit's page looks for these in text *after* Markdown was read, where no backslash helps.
_LATE = re.compile(
    r"(https?:|xmpp:|mailto:|:(?=[\w+/-]+:)|@|\bwww(?=\.)|(?<!\S)[<\-~>](?=[-=>]+(?:\s|$)))", re.IGNORECASE
)
_WORD = re.compile(r"(?P<before>[('\"]*)(?P<word>\S*?)(?P<after>[)'\".,;…]*)(?=\s|$)")
_PASTED = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~$"})
_JOINER = "\u2060"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_HIDDEN = re.compile("^[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")


def flat(text: str) -> str:
    """One line: white space runs become a space; control and direction-changing characters go."""
    return _CONTROL.sub("", _SPACES.sub(" ", text)).strip()


def markdown(text: str) -> str:
    """`text` as Markdown that shows it letter by letter: no link, image, code, formula, colour or HTML acts.

    An invisible word joiner separates what Streamlit would turn into links, logos and arrows; it is copied along, so
    that text to copy is a `sentence` or `code`.
    """
    joined = _LATE.sub(lambda found: found[0] + _JOINER, flat(text))
    return _PUNCTUATION.sub(r"\\\1", joined)


def block(text: str) -> str:
    """`text` for a block of code: its lines and tabs stay; other control and direction-changing characters go."""
    return "\n".join("\t".join(map(_shown, line.split("\t"))) for line in text.splitlines())


def _shown(text: str) -> str:
    return _CONTROL.sub("", text)


def paragraphs(text: str) -> str:
    """`text` of several lines as Markdown that shows them letter by letter, each where it was."""
    lines = [markdown(line) for line in text.strip().splitlines()]
    return re.sub(r"\n\n+", "\n\n", "\n".join(f"{line}  " if line else "" for line in lines)).strip()


def sentence(text: str, quotes: Sequence[str] = ()) -> str:
    """A message as Markdown of which every part that is copied is as it was written.

    Inline code: `quotes`, parts of `text` in any order, and the words that Streamlit would turn into something.
    """
    rest, shown = flat(text), ""
    waiting = [quote for quote in map(flat, quotes) if quote]
    while found := [quote for quote in waiting if quote in rest]:
        quote = min(found, key=lambda one: (rest.index(one), -len(one)))
        waiting.remove(quote)
        before, _, rest = rest.partition(quote)
        shown += _words(before) + code(quote)
    return shown + _words(rest)


def _words(text: str) -> str:
    return _WORD.sub(lambda found: "".join(map(_word, found.groups())), text)


def _word(text: str) -> str:
    return code(text) if _LATE.search(text) else _PUNCTUATION.sub(r"\\\1", text)


def pasted(text: str) -> str:
    """`text` as Markdown to be pasted elsewhere: only what acts in a line is escaped, so that it reads well too."""
    return text.translate(_PASTED)


def code(text: str) -> str:
    """`text` as inline code, whatever backticks it holds; for names from runs in sentences."""
    line = flat(text)
    if not line:
        return "` `"
    fence = "`" * (max((len(found) for found in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def plotly(text: str) -> str:
    """`text` for a Plotly label: its tags and entities are shown, not obeyed."""
    return html(flat(text), quote=False).replace("$", "&#36;")


def csv_cell(text: str) -> str:
    """`text` for a spreadsheet: what would start a formula gets an apostrophe in front; numbers stay.

    Some read full-width signs as their plain ones, and nothing where a character has no width.
    """
    first = text[:1] if text.isascii() else normalize("NFKC", _HIDDEN.sub("", text)[:1])
    if first.startswith(_FORMULA) and not _NUMBER.match(text):
        return "'" + text
    return text


def named(text: str) -> str:
    """A name within a sentence of plain text, in quotes where it holds a comma."""
    return f'"{flat(text)}"' if "," in text else flat(text)


def short(text: str, most: int) -> str:
    """`text` on one line with at most `most` characters, the middle left out."""
    line = flat(text)
    if len(line) <= most:
        return line
    head = (most - 1) * 2 // 3
    return f"{line[:head]}…{line[-(most - 1 - head) :]}"


def room(text: str) -> int:
    """How many Latin letters are as wide as `text`: Hangul and its like are two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int = 12, lines: int = 2) -> tuple[str, ...]:
    """`text` in at most `lines` lines of at most `width` characters, broken where words and parts end."""
    parts = re.findall(r"[^\s_/,-]+[_/,-]*|\s+|[_/,-]+", flat(text))
    rows = [""]
    for part in parts:
        if rows[-1] and len(rows[-1] + part.rstrip()) > width:
            rows.append("")
        rows[-1] += part if rows[-1] else part.lstrip()
    rows = [row.rstrip() for row in rows if row.strip()]
    kept = rows[:lines]
    if len(rows) > lines:
        kept[-1] = (kept[-1] + "…") if len(kept[-1]) < width else kept[-1][: width - 1] + "…"
    return tuple(row if len(row) <= width else row[: width - 1] + "…" for row in kept)
