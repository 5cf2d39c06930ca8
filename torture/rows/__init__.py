"""One file for each thing that is done to the house."""
