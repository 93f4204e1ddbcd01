"""The hall's part in certificates: keys of kiosks, status indices, the lists it publishes, the registry of papers.

``docs/certificate-format.md`` says what verifiers read, ``docs/sync.md`` what kiosks ask.
"""
