"""Rules as one policy file, which says the same when it is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from assay.model.rules import Rule, RuleLine

_WIDTH = 88


def written(rules: Sequence[Rule]) -> Iterator[RuleLine]:
    """The lines of a file with these rules, each section once, in the order in which rules first name it.

    With all rules that hold it is a whole policy: a file of its own that means what those do which they stand in.
    """
    sections: dict[str, Any] = {}
    patterns: dict[str, str] = {}
    for rule in rules:
        above = sections
        for key in _alike(rule.keys, patterns)[:-1]:
            above = above.setdefault(key, {})
        above[rule.keys[-1]] = rule
    for section, below in sections.items():
        if section == "scorecards" and isinstance(below, Mapping):
            yield RuleLine(f"{section}:")
            for name, card in below.items():
                yield RuleLine(f"- name: {_scalar(name)}")
                yield from _lines(card, "  ")
        else:
            yield from _lines({section: below}, "")


def _alike(keys: tuple[str, ...], patterns: dict[str, str]) -> tuple[str, ...]:
    """A pattern of metrics as it was first written: in any case it is the same, and may stand there once."""
    if keys[0] != "metrics":
        return keys
    return keys[0], patterns.setdefault(keys[1].lower(), keys[1]), *keys[2:]


def _lines(content: Mapping[str, Any], indent: str) -> Iterator[RuleLine]:
    for key, below in content.items():
        if isinstance(below, Rule):
            first, *more = _value(below.value)
            # A comment may follow the sign of a block of text and the end of a list, but stand in neither.
            at = 0 if first.startswith("|") else len(more)
            texts = (f"{indent}{_scalar(key)}: {first}", *(f"{indent}  {line}".rstrip() for line in more))
            yield from (RuleLine(text, below if place == at else None) for place, text in enumerate(texts))
        else:
            yield RuleLine(f"{indent}{_scalar(key)}:")
            yield from _lines(below, f"{indent}  ")


def _value(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [line.strip() for line in _dumped(list(value), _WIDTH).splitlines()]
    if isinstance(value, str) and "\n" in value and value.replace("\n", "").isprintable():
        first, *more = yaml.safe_dump(value, default_style="|", allow_unicode=True, width=_ENDLESS).splitlines()
        return [first, *(line.removeprefix("  ") for line in more)]
    return [_scalar(value)]


def _scalar(value: Any) -> str:
    return _dumped([value], _ENDLESS).removeprefix("[").removesuffix("]")


_ENDLESS = 1 << 30


def _dumped(value: list[Any], width: int) -> str:
    """What can't be seen, line breaks too, is escaped: a key has to stand on one line."""
    seen = all(str(one).isprintable() for one in value)
    style: dict[str, Any] = {"allow_unicode": True} if seen else {"default_style": '"'}
    return str(yaml.safe_dump(value, default_flow_style=True, width=width, **style)).rstrip("\n")
