"""Real git repositories for tests, made by git."""

import subprocess
from pathlib import Path

WHO = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"]


def git(folder: Path, *words: str) -> str:
    """What git says, which must work."""
    done = subprocess.run(
        ["git", *WHO, *words], cwd=folder, check=True, capture_output=True, text=True, errors="replace"
    )
    return done.stdout.strip()


def committed(folder: Path, files: dict[str, bytes | str]) -> Path:
    """A repository in `folder` whose one commit holds these files."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    written(folder, files)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def written(folder: Path, files: dict[str, bytes | str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
