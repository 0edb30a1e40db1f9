"""DuckDB snapshots of what a tracking store holds: the only place that knows DuckDB."""
