"""`kedro viz runs …`: shows, repeats and deletes recorded runs in the terminal."""
