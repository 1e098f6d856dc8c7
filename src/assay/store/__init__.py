"""Records on disk: the journal of a run, its blobs and tasks, and tables over them. Knows files and
DuckDB; refuses to know what a score means or how it is shown."""
