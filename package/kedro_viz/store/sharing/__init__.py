"""Stores and files from other people: checked, limited, and copied before anything of ours reads them."""
