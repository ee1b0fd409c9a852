"""One module for each sub-command, named as it is typed, with `run(arguments) -> exit code`."""
