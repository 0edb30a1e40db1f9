"""What a page says that its claim carries."""

from streamlit.testing.v1 import AppTest


def claim(app: AppTest) -> str:
    """The badges, in their order."""
    return " ".join(one.value for one in app.markdown if "-badge[" in one.value)
