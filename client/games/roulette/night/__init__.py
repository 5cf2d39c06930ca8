"""What was played in a night, and how it is written out."""
