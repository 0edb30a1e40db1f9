"""The paragraphs of curves, behind the address of Compare."""
