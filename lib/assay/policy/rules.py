"""Every rule of a policy by itself, with the file and the line that it stands in."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from assay.model.rules import Rule
from assay.policy.cards import as_text
from assay.policy.reading import ReadFile

Keys = tuple[str | int, ...]
_TEXTS = {"promotion", "promotion_criteria"}


def rules(shipped: ReadFile, file: ReadFile) -> tuple[Rule, ...]:
    """What holds under the policy in `file`, its own rules before the shipped ones.

    A shipped rule of a metric holds no longer where an entry of the team's covers its name or pattern.
    """
    if file is shipped:
        return tuple(_rules(shipped, {}))
    usual = {rule.path.lower(): rule for rule in _rules(shipped, {})}
    own = tuple(_rules(file, usual))
    said = {rule.path.lower() for rule in own}
    return (*own, *(one for name, one in usual.items() if name not in said and not _replaced(one, file, shipped)))


def _rules(file: ReadFile, usual: Mapping[str, Rule]) -> Iterator[Rule]:
    path, shipped = str(file.path), file.shipped
    for keys, names, value in _leaves(file):
        before = usual.get(".".join(names).lower())
        yield Rule(names, value, path, file.line(*keys), shipped, before.value if before else None)


def _leaves(file: ReadFile) -> Iterator[tuple[Keys, tuple[str, ...], Any]]:
    """Keys, the same with names of scorecards, and value of everything that the file says."""
    for section, content in file.content.items():
        if section == "scorecards" and content:
            for place, card in enumerate(content):
                said = {key: value for key, value in card.items() if key != "name"}
                yield from _below(said, (section, place), (section, card["name"]))
        else:
            yield from _below(content, (section,), (section,))


def _below(content: Any, keys: Keys, names: tuple[str, ...]) -> Iterator[tuple[Keys, tuple[str, ...], Any]]:
    if keys[-1] in _TEXTS:
        yield keys, names, as_text(content)
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from _below(value, (*keys, key), (*names, key))
    elif content is not None:
        yield keys, names, tuple(content) if isinstance(content, list) else content


def _replaced(rule: Rule, file: ReadFile, shipped: ReadFile) -> bool:
    """Whether the file says something else in place of a shipped rule."""
    if rule.part == "scorecards":
        return file.given.scorecards is not None or file.given.evaluation is not None
    if rule.part != "metrics":
        return False
    _, pattern, key = rule.keys
    said = [own for name, own in file.given.metrics.items() if fnmatchcase(pattern.lower(), name.lower())]
    unit = shipped.given.metrics[pattern].unit
    other = key == "smallest_effect" and any(own.unit not in (None, unit) for own in said)
    return other or any(getattr(own, key) is not None for own in said)
