"""Superset for trying things out on one machine: its own SQLite, no caches, loopback only."""
import os

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.path.join(os.environ["SUPERSET_HOME"], "superset.db")
# Nothing is fetched from elsewhere, and nothing is reported there.
TALISMAN_ENABLED = False
WTF_CSRF_ENABLED = True
SCARF_ANALYTICS = False
RATELIMIT_ENABLED = False
D3_TIME_FORMAT = {}
ROW_LIMIT = 10000
