"""One identity across departments: the hall as an OpenID Connect provider.

A person who is signed in at the hall is signed in at a department without a new sign-in. The first time a page
says who wants what and why; after that nothing is asked until the person takes it back. Each department knows
the person by another name, and gets only what it is registered for, what it asked for, and what was said yes to.

``endpoints.routes`` gives it all; ``consents`` is what a person's own page needs.
Source: OpenID Connect Core 1.0, OAuth 2.0 (RFC 6749) with PKCE (RFC 7636), RFC 9700.
"""
