"""What a page shows in a test without a browser: its words, its tables, and the link to it."""

from urllib.parse import parse_qs, urlsplit

import pandas as pd
from streamlit.testing.v1 import AppTest


def words(app: AppTest) -> str:
    kinds = (app.header, app.subheader, app.markdown, app.caption, app.info, app.warning)
    return "\n".join(one.value for kind in kinds for one in kind)


def table(app: AppTest, column: str) -> pd.DataFrame:
    """The first table on the page that has this column."""
    return next(one.value for one in app.dataframe if column in one.value)


def link(app: AppTest) -> dict[str, list[str]]:
    return parse_qs(urlsplit(app.code[-1].value).query)
