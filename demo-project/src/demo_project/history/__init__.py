"""Makes a history of runs, as a team would leave it in three months: `python -m demo_project.history`."""
