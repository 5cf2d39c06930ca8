"""What is known of the house and the table."""
