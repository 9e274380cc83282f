"""Reading and typing `issues/`: files on disk become an `Archive`."""
