"""Whether the sides of a comparison used the same data and code: badges and sentences."""

from collections.abc import Callable, Sequence

from assay.model.comparison.answer import ComparedData, Setting
from assay.model.runs.data import Datasets, Sameness
from assay.view.text.data import AS_FAR_AS, named
from assay.view.text.escape import flat, markdown
from assay.view.text.numbers import count


def badges(found: Setting) -> str:
    """Markdown: `✓ same test data digits f6d9e39f`, and the same of the commit where all sides have one."""
    colour, text = _test_badge(found.data)
    shown = [f":{colour}-badge[{text}]"] if text else []
    if commit := same_commit(found):
        shown.append(f":green-badge[✓ same commit {markdown(commit)}]")
    return " ".join(shown)


def same_commit(found: Setting) -> str:
    """The commit of all sides; empty where they have none, or several."""
    commits = set(found.commits)
    return next(iter(commits)) or "" if len(commits) == 1 else ""


def sentence(found: ComparedData, text: Callable[[str], str] = markdown) -> str:
    """`Training data digits a91c04d2 on all sides.`, and how far sameness goes where it is claimed."""
    said = [_same(found, "train", "Training data", text), _same(found, "other", "Other data", text)]
    if found.test is Sameness.SAME:
        said.append(f"Test data are the same as far as MLflow looks: {text(AS_FAR_AS)}.")
    return " ".join(filter(None, said))


def line(found: ComparedData) -> str:
    """Of the test data, for a terminal; empty where no side logged any, or fewer than two have runs."""
    if not _comparable(found):
        return ""
    if found.test is Sameness.SAME:
        return f"Same test data: {_sets(_tested(found), flat)}."
    return {Sameness.DIFFERENT: "Test data differ.", Sameness.UNKNOWN: "Test data not known to be the same."}.get(
        found.test, ""
    )


def _test_badge(found: ComparedData) -> tuple[str, str]:
    if not _comparable(found):
        return "", ""
    return {
        Sameness.SAME: ("green", f"✓ same test data {_sets(_tested(found), markdown)}"),
        Sameness.DIFFERENT: ("orange", "! test data differ"),
        Sameness.UNKNOWN: ("orange", "! test data not known to be the same"),
        Sameness.NOT_LOGGED: ("gray", "– test data not logged"),
    }[found.test]


def _comparable(found: ComparedData) -> bool:
    """Whether two sides have runs; of one alone nothing is the same."""
    return sum(side.runs > 0 for side in found.sides) > 1


def _tested(found: ComparedData) -> Sequence[Datasets]:
    return next((side.test for side in found.sides if side.test), ())


def _same(found: ComparedData, use: str, title: str, text: Callable[[str], str]) -> str:
    """What all sides used, or that they differ; empty where nobody logged any, or there is nobody to compare with."""
    sides = [getattr(side, use) for side in found.sides if side.runs]
    if not any(sides) or not _comparable(found):
        return ""
    different = {frozenset(frozenset(one.identity for one in own) for own in sets) for sets in sides}
    if len(different) > 1:
        return f"{title} {'differ' if all(sides) else 'not logged on all sides'}."
    return f"{title}: {_sets(sides[0], text)}, the same on all sides."


def _sets(sets: Sequence[Datasets], text: Callable[[str], str]) -> str:
    """`digits f6d9e39f`, several datasets of one set joined; of several sets how many."""
    if len(sets) != 1:
        return count(len(sets), "set")
    return " + ".join(named(one, text) for one in sets[0])
