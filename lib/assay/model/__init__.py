"""The nouns of Assay as frozen dataclasses; standard library only, no I/O."""
