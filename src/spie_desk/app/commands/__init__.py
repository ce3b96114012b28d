"""One module a command, each with « run(options) » returning the exit code."""
