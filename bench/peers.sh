#!/bin/sh
# Installs the engines that funnel() is compared with into a folder of its own, unless it has them.
# Called by budgets.pl; fails, and says so, where there is no npm or no network.
set -eu
peers=$1
duckdb=@duckdb/node-api@1.5.6-r.1
clickhouse=chdb@3.4.0

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
	echo 'cxux: DuckDB and ClickHouse need node and npm, which are missing' >&2
	exit 1
fi
[ "$(cat "$peers/installed" 2>/dev/null)" != "$duckdb $clickhouse" ] || exit 0
mkdir -p "$peers"
if ! timeout 300 npm install --no-audit --no-fund --no-save --prefix "$peers" "$duckdb" "$clickhouse" \
	>"$peers/npm.log" 2>&1; then
	cat "$peers/npm.log" >&2
	exit 1
fi
echo "$duckdb $clickhouse" >"$peers/installed"
