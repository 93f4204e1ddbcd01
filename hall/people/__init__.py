"""Persons at the hall: one account each, who read what of theirs, and the page that shows it to them.

``docs/sync.md`` says what kiosks tell and ask. No name and no number of a person is stored in the clear.
"""
