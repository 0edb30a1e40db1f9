"""Blocks of code in Markdown."""

import re


def blocks(text: str, language: str = "sh") -> list[str]:
    """The fenced blocks of a language, as CommonMark closes them."""
    found, fence, own, wanted = list[str](), "", list[str](), False
    for line in text.splitlines():
        opening = re.fullmatch(r"(`{3,})(\w*)", line)
        if not fence and opening:
            fence, wanted, own = opening[1], opening[2] == language, []
        elif fence and re.fullmatch(f"{fence}`*", line):
            found += ["\n".join(own)] if wanted else []
            fence = ""
        elif fence:
            own.append(line)
    assert not fence, "a block stands open"
    return found
