"""Before there is a table: where to, as whom, and why not."""
