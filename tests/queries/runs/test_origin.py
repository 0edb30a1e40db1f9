"""Who ran what, and where its code lies."""

import pytest

from assay.model.runs.store import LifecycleStage, Run, RunStatus
from assay.queries.runs.origin import commit_link, origin

COMMIT = "42d9398a" * 5


@pytest.mark.parametrize(
    ("remote", "link"),
    [
        ("https://github.com/team/digits.git", f"https://github.com/team/digits/commit/{COMMIT}"),
        ("https://user:s3cret@github.com/team/digits", f"https://github.com/team/digits/commit/{COMMIT}"),
        ("http://GitHub.com/team/digits/", f"https://github.com/team/digits/commit/{COMMIT}"),
        ("git@github.com:team/digits.git", f"https://github.com/team/digits/commit/{COMMIT}"),
        ("ssh://git@gitlab.example.org:2222/a/b/c.git", f"https://gitlab.example.org/a/b/c/-/commit/{COMMIT}"),
        ("git@bitbucket.org:team/digits.git", f"https://bitbucket.org/team/digits/commits/{COMMIT}"),
    ],
)
def test_a_commit_on_a_known_host_has_a_page(remote: str, link: str) -> None:
    assert commit_link(remote, COMMIT) == (link, link.split("/")[2])


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "javascript:alert(1)//github.com/a/b",
        "file:///home/me/github.com/a/b",
        "https://evil.example/github.com/a/b",
        "https://github.com.evil@evil.example/a/b",
        "https://evil.example/#@github.com/a/b",
        "https://github.com/../a/b",
        "https://github.com/a/b?x=1",
        "https://github.com/a/b)[x](https://evil.example",
        "https://github.com/only",
        "https://bitbucket.example.org/a/b",
        "/home/me/digits",
        "git@notgithub.com:a/b",
    ],
)
def test_any_other_remote_is_no_link(remote: str) -> None:
    assert commit_link(remote, COMMIT) == ("", "")


@pytest.mark.parametrize("commit", ["", "main", "42d939", "42d9398a/../../x", "<b>"])
def test_what_is_no_commit_is_no_link(commit: str) -> None:
    assert commit_link("https://github.com/a/b", commit) == ("", "")


def test_a_run_says_who_ran_what() -> None:
    run = Run("r", "", "1", "e", RunStatus.FINISHED, LifecycleStage.ACTIVE, None, None, "", user_id="ann")
    assert origin(run).user == "ann"
    tags = {"mlflow.user": "bob", "mlflow.source.name": "train.py", "mlflow.source.git.branch": "main"}
    found = origin(Run("r", "", "1", "e", run.status, run.lifecycle_stage, None, None, "", tags=tags, user_id="ann"))
    assert (found.user, found.source, found.branch, found.commit_link) == ("bob", "train.py", "main", "")
