"""Whether the sides of a comparison used the same data and code: badges and sentences."""

from collections.abc import Callable, Sequence

from assay.model.comparison.answer import ComparedData, Setting
from assay.model.runs.data import Datasets, Sameness, Use
from assay.view.text.data import AS_FAR_AS, named
from assay.view.text.escape import flat, markdown
from assay.view.text.numbers import count


def badges(found: Setting) -> str:
    """Markdown: `✓ same test data as far as MLflow looks: digits f6d9e39f`; and the same commit, where all have one."""
    colour, text = _test_badge(found.data)
    shown = [f":{colour}-badge[{text}]"] if text else []
    if commit := same_commit(found):
        shown.append(f":green-badge[✓ same commit {markdown(commit)}]")
    return " ".join(shown)


def same_commit(found: Setting) -> str:
    """The commit of all sides; empty where they have none, or several."""
    [commit, *others] = set(found.commits) or {""}
    return "" if others or " | " in (commit or "") else commit or ""


def sentence(found: ComparedData, text: Callable[[str], str] = markdown) -> str:
    """`Training data (digits a91c04d2) are the same …`, and how far MLflow looks where sameness is claimed."""
    said = [_same(found, Use.TRAIN, "Training data", text), _same(found, Use.OTHER, "Other data", text)]
    if Sameness.SAME in (found.test, found.train, found.other) and _comparable(found):
        said.append(f"MLflow's digest looks at {text(AS_FAR_AS)}.")
    return " ".join(filter(None, said))


def line(found: ComparedData) -> str:
    """Of the test data, for a terminal; empty where no side logged any, or fewer than two have runs."""
    if not _comparable(found):
        return ""
    if found.test is Sameness.SAME:
        return f"Same test data as far as MLflow looks: {_sets(_used(found, Use.TEST), flat)}."
    return {Sameness.DIFFERENT: "Test data differ.", Sameness.UNKNOWN: "Test data not known to be the same."}.get(
        found.test, ""
    )


def _test_badge(found: ComparedData) -> tuple[str, str]:
    if not _comparable(found):
        return "", ""
    return {
        Sameness.SAME: ("green", f"✓ same test data as far as MLflow looks: {_sets(_used(found, Use.TEST), markdown)}"),
        Sameness.DIFFERENT: ("orange", "! test data differ"),
        Sameness.UNKNOWN: ("orange", "! test data not known to be the same"),
        Sameness.NOT_LOGGED: ("gray", "– test data not logged"),
    }[found.test]


def _comparable(found: ComparedData) -> bool:
    """Whether two sides have runs; of one alone nothing is the same."""
    return sum(side.runs > 0 for side in found.sides) > 1


def _used(found: ComparedData, use: Use) -> Sequence[Datasets]:
    return next((side.sets(use) for side in found.sides if side.sets(use)), ())


def _same(found: ComparedData, use: Use, title: str, text: Callable[[str], str]) -> str:
    """Whether all sides used the same; empty where nobody logged any, or there is nobody to compare with."""
    same = {Use.TRAIN: found.train, Use.OTHER: found.other}[use]
    if same is Sameness.NOT_LOGGED or not _comparable(found):
        return ""
    if not all(side.sets(use) for side in found.sides if side.runs):
        return f"{title} not logged on all sides."
    return {
        Sameness.SAME: f"{title} are the same on all sides as far as MLflow looks: {_sets(_used(found, use), text)}.",
        Sameness.DIFFERENT: f"{title} differ.",
    }.get(same, f"{title} not known to be the same.")


def _sets(sets: Sequence[Datasets], text: Callable[[str], str]) -> str:
    """`digits f6d9e39f`, several datasets of one set joined; of several sets how many."""
    if len(sets) != 1:
        return count(len(sets), "set")
    return " + ".join(named(one, text) for one in sets[0])
