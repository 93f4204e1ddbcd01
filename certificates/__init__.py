"""The paper itself: templates, signing, the QR code, verification, and the lists that keep it honest.

``docs/certificate-format.md`` fixes the bytes; this package and the page in
the browser are two readings of it.
"""
