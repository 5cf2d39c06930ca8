"""What each request does to the house; `handlers` is the table of them."""
