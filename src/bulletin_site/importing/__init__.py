"""From a Word, PDF or text file to the folder of an issue."""
