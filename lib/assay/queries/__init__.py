"""One module per question a reviewer asks: reads the cache, analyses, and answers with a value."""
