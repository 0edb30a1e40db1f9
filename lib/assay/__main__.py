"""The `assay` command; where only training code's part is installed, one line on what to add."""

import sys


def main() -> None:
    """Runs the command, or exits with 2 where what it needs is not installed."""
    try:
        from assay.cli import main as command

        command()
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "assay":
            raise
        sys.stderr.write(
            f"assay: the command needs more than training code does ({missing.name} is not installed): "
            "pip install 'assay[dashboard]'\n"
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
