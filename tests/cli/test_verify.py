"""`assay verify`: yes with the head to keep, no with the first broken entry, or there is no journal."""

from pathlib import Path

from journaled import three, unguarded
from shell import Assay


def test_the_journal_is_checked_and_its_head_is_printed(assay: Assay, tmp_path: Path) -> None:
    none = assay("verify", "--json")
    assert (none.code, none.out) == (2, "")
    assert "There is no journal" in none.err
    url = f"sqlite:///{tmp_path / 'data' / 'demo' / 'journal.db'}"
    three(url)
    found = assay("verify", "--json")
    head = found.object["head"]
    assert (found.code, found.object["entries"], found.object["ok"], found.object["first_broken"]) == (0, 3, True, None)
    said = assay("verify", "--head", head)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"3 entries, all as written.\nHead: {head}. ")
    assert assay("verify", "--head", "0" * 64).code == 1
    unguarded(url, "UPDATE entries SET kind = 'decided' WHERE seq = 2")
    broken = assay("verify", "--json")
    assert (broken.code, broken.object["ok"], broken.object["first_broken"]) == (1, False, 2)
    assert (broken.object["note"]["code"], broken.object["head"]) == ("chain_hash", head)
    assert "first entry that is not as it was written: 2." in assay("verify", "--data", str(tmp_path / "data")).out
