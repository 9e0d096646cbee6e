"""From a user's query to SQL: which runs, in which order, and which page of them."""
