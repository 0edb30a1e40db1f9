"""`python -m assay.cli` is the `assay` command."""

from assay.cli import main

main()
