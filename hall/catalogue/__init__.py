"""The catalogue: what the hall offers, as data that people without Python can edit.

``load`` reads it, ``Catalogue.bundle`` is what kiosks get of it, ``lint`` says
what is wrong with it, ``icons`` names the drawings that a terminal must have.
"""

from hall.catalogue.faults import icons, lint
from hall.catalogue.model import Catalogue, Service, Words
from hall.catalogue.reading import SHIPPED, Unreadable, load

__all__ = ["SHIPPED", "Catalogue", "Service", "Unreadable", "Words", "icons", "lint", "load"]
