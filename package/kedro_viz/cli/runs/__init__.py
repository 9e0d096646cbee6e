"""`kedro viz runs …`: lists, compares, exports, shows, repeats and deletes recorded runs in the terminal."""
