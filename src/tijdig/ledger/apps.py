from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tijdig.ledger"
    label = "ledger"
