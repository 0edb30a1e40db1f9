"""Everything that speaks Streamlit besides the pages: the frame, memoised queries, inputs, links, paragraphs."""
