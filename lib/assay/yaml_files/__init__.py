"""YAML files that people write: read with the line of everything, refused with file, line and what is allowed."""
