"""Any small game in the terminal: its form as lines, and what is typed as what it asks for."""
