# What test/tools.sh installs from PyPI and npm; the rest is what Debian has.
TOOLS_DRIVERS='psycopg[binary]==3.3.9 sqlalchemy==2.1.9 pyodbc==5.5.0'
TOOLS_DBT='dbt-core==1.10.11 dbt-postgres==1.9.1'
TOOLS_NODE='pg@8.16.3'
# Flask-Caching 2.4 and later break this Superset, and it does not ask for all that it imports.
TOOLS_SUPERSET='apache-superset==6.1.0 psycopg2-binary==2.9.13 flask-caching==2.3.1 rich==15.0.0 cachetools==8.0.1'
TOOLS_BROWSER='puppeteer-core@24.22.0'
TOOLS_HTML='vnu-jar@26.9.27'
