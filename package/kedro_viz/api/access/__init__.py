"""Access to the server: by which names it is reached, who somebody is, and what they may do."""
