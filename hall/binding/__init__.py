"""Phones that are bound to an account: a channel on which the person can be asked and told.

A phone is bound at a kiosk, by a code on its screen (docs/sync.md, "Binding"). What keeps others out, in order:

* the code is good once, for two minutes; the first phone that scans it locks it, a second one voids it;
* the phone names kiosk, place and masked holder, and shows a number that stands nowhere else; it is typed at the kiosk;
* the channel has to vouch that the phone's account is the holder's, by name and number;
* the kiosk shows the phone's masked account, and its signed yes names exactly this phone and this visit.

A phone account is bound to one account only. Of a family each has their own phone: another's would not be vouched for.
An account may have several phones. A further one, or one within thirty days of another, counts for nothing for a day,
and the phones that were there before are told and can stop it.

A bound phone also proves who stands at a kiosk: code and number again, no name. What is left open there is a relay.
Whoever lays a card that is not theirs on a kiosk, gets the code to the holder's phone and talks the holder into telling
the number, is taken for the holder once. The phone names kiosk and place and says to tell nobody; it can refuse until
the kiosk's yes; it is told afterwards where it was used, and unbound it proves nothing more. What was done at the kiosk
by then is not undone by that. The hall can't see where a phone is, so the rest is for staff and for the higher levels.

Messages wait in the database until the deliverer hands them to their channel: seconds later, or within thirty hours.
A channel may reach only those who follow the hall's account there; nothing here relies on a message being read.
"""
