"""Phones that are bound to an account: a channel on which the person can be asked and told.

A phone is bound at a kiosk, by a code on its screen (docs/sync.md, "Binding"). What keeps others out, in order:

* the code is good once, for two minutes; the first phone that scans it locks it, a second one voids it;
* the phone names kiosk, place and masked holder, and shows a number that stands nowhere else; it is typed at the kiosk;
* the channel has to vouch that the phone's account is the holder's, by name and number;
* the kiosk shows the phone's masked account, and its signed yes names exactly this phone and this visit.

A phone account is bound to one account only. Of a family each has their own phone: another's would not be vouched for.
An account may have several phones. A further one, or one within thirty days of another, counts for nothing for a day,
and the phones that were there before are told and can stop it.
"""
