"""The log, and the threads that write it."""
