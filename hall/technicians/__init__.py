"""Technicians: who may open the maintenance mode of a kiosk, certified from their cards' requests and taken back.

Certificates and list are ``certificates.technicians``'; here is who has one,
and what lies beside the database so that a restore takes nothing back.
"""
