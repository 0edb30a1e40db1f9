"""Every rule of a policy by itself, with the file and the line that it stands in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from glob import escape
from typing import Any

from assay.model.policy import Policy
from assay.model.rules import Rule
from assay.policy.reading import ReadFile
from assay.policy.sections import ScorecardSection
from assay.yaml_files.form import Section

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """`names`: the keys with the names of scorecards; `meant`: its value validated."""

    keys: Keys
    names: tuple[str, ...]
    value: Any
    meant: Any

    @property
    def place(self) -> tuple[str, ...]:
        """Where what is said replaces what is shipped: patterns of metrics are alike in any case."""
        return (*self.names[:1], self.names[1].lower(), *self.names[2:]) if _of_metric(self.names) else self.names


def rules(shipped: ReadFile, file: ReadFile, known: Policy) -> tuple[Rule, ...]:
    """What holds under `known`, the policy in `file`; its own rules before the shipped ones.

    A shipped rule of a metric holds no longer where an entry of the team's covers its name or pattern.
    """
    usual = {leaf.place: leaf for leaf in _leaves(shipped)}
    if file is shipped:
        return tuple(_rule(leaf, file) for leaf in usual.values())
    own = {leaf.place: leaf for leaf in _leaves(file)}
    return (
        *(_rule(leaf, file, usual.get(leaf.place)) for leaf in _leaves(file)),
        *(_rule(leaf, shipped) for place, leaf in usual.items() if place not in own and _holds(leaf, file, known)),
    )


def _rule(leaf: _Leaf, file: ReadFile, usual: _Leaf | None = None) -> Rule:
    line = file.line(*leaf.keys)
    if usual is None:
        return Rule(leaf.names, leaf.value, str(file.path), line, file.shipped)
    return Rule(leaf.names, leaf.value, str(file.path), line, file.shipped, usual.value, leaf.meant == usual.meant)


def _leaves(file: ReadFile) -> Iterator[_Leaf]:
    """Everything that the file says."""
    for section, content in file.content.items():
        yield from _below(content, dict(file.given)[section], (section,), (section,))


def _below(content: Any, meant: Any, keys: Keys, names: tuple[str, ...]) -> Iterator[_Leaf]:
    if isinstance(meant, Section | Mapping):
        parts = dict(meant)
        for key, value in content.items():
            yield from _below(value, parts[key], (*keys, key), (*names, key))
    elif isinstance(meant, tuple) and meant and isinstance(meant[0], ScorecardSection):
        for place, (card, own) in enumerate(zip(content, meant, strict=True)):
            said = {key: value for key, value in card.items() if key != "name"}
            yield from _below(said, own, (*keys, place), (*names, own.name))
    elif content is not None:
        free = type(meant) is str  # what was written in any form, and no one of several words
        value = meant if free else tuple(content) if isinstance(content, list) else content
        yield _Leaf(keys, names, value, meant)


def _of_metric(names: tuple[str, ...]) -> bool:
    return names[0] == "metrics" and len(names) > 1


def _holds(leaf: _Leaf, file: ReadFile, known: Policy) -> bool:
    """Whether the team's file says nothing in place of a shipped rule."""
    if leaf.names[0] == "scorecards":
        return file.given.scorecards is None and file.given.evaluation is None
    if not _of_metric(leaf.names):
        return True
    _, pattern, key = leaf.names
    # As a name, a pattern's own wildcards are letters, which `?` and `[…]` would match without covering the pattern.
    several = set("*?[") & set(pattern)
    plain = tuple(entry for entry in known.metrics if not (several and set("?[") & set(entry.pattern)))
    itself = next(replace(entry, pattern=escape(pattern)) for entry in known.shipped if entry.pattern == pattern)
    said = replace(known, metrics=plain, shipped=(itself,)).deciding(pattern)
    return any(field == key and entry is itself for field, entry in said.items())
