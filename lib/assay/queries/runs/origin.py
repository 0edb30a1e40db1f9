"""Who ran what, and where is the code?"""

import re
from collections.abc import Mapping

from assay.model.runs.detail import Origin
from assay.model.runs.store import Run

_COMMITS: Mapping[str, str] = {"github": "/commit/", "gitlab": "/-/commit/", "bitbucket": "/commits/"}
# https://user:password@host/path, ssh://git@host:22/path and git@host:path; what is no plain path is no remote.
_REMOTE = re.compile(
    r"(?:(?P<scheme>https?|ssh|git)://(?:[^/@\s]*@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[\w.-]+@)(?P<short>[\w.-]+):)"
    r"(?P<path>[\w.-]+(?:/[\w.-]+)+)/?",
    re.ASCII | re.IGNORECASE,
)
_COMMIT = re.compile(r"[0-9a-f]{7,64}", re.IGNORECASE)


def origin(run: Run) -> Origin:
    """What MLflow's own tags say of a run."""
    tags = run.tags
    commit = tags.get("mlflow.source.git.commit", "")
    link, host = commit_link(tags.get("mlflow.source.git.repoURL", ""), commit)
    return Origin(
        user=tags.get("mlflow.user", "") or run.user_id,
        source=tags.get("mlflow.source.name", ""),
        branch=tags.get("mlflow.source.git.branch", ""),
        commit=commit,
        commit_link=link,
        host=host,
    )


def commit_link(remote: str, commit: str) -> tuple[str, str]:
    """The page of a commit and its host; both "" unless the remote is of GitHub, GitLab or Bitbucket.

    A team's own host counts when its name begins as theirs do (gitlab.example.org). No password gets into the link,
    and it is https, whatever way the code was fetched.
    """
    found = _REMOTE.fullmatch(remote.strip())
    if not found or not _COMMIT.fullmatch(commit) or ".." in found["path"]:
        return "", ""
    host = (found["host"] or found["short"]).lower()
    kind = host.partition(".")[0]
    if kind not in _COMMITS or (kind == "bitbucket" and host != "bitbucket.org"):
        return "", ""
    return f"https://{host}/{found['path'].removesuffix('.git')}{_COMMITS[kind]}{commit}", host
