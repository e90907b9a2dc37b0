// Runs one of the engines that funnel() is compared with, in this process: reads lines of JSON,
// {"peer", "csv"} first to load the events, then {"sql"}; answers each with {"ms", "rows"} or
// {"error"}. Times are those of the engine's call, from handing over a query to having its row.
//
// Both keep the events in a table of their own in arrival order and use one thread.
const path = require('node:path');
const readline = require('node:readline');

const modules = path.join(process.argv[2], 'node_modules');

async function timed(call) {
	const start = process.hrtime.bigint();
	const rows = await call();
	return { ms: Number(process.hrtime.bigint() - start) / 1e6, rows };
}

async function openDuckdb(csv) {
	const { DuckDBInstance } = require(path.join(modules, '@duckdb/node-api'));
	const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
	const connection = await instance.connect();
	const query = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
	await query(`CREATE TABLE events AS
		SELECT user_id, make_timestamp(ts) AS ts, event
		FROM read_csv('${csv}', header = false,
			columns = {user_id: 'BIGINT', ts: 'BIGINT', event: 'VARCHAR'})`);
	const [[version]] = await query('SELECT version()');
	return { query, version: `DuckDB ${version}` };
}

async function openClickhouse(csv) {
	const { Session } = require(path.join(modules, 'chdb'));
	const session = new Session();
	const query = (sql) => session.query(sql, 'JSONCompactEachRow').trim().split('\n')
		.filter((line) => line !== '').map((line) => JSON.parse(line));
	query('CREATE DATABASE bench ENGINE = Atomic');
	query(`CREATE TABLE bench.events (user_id Int64, ts UInt64, event LowCardinality(String))
		ENGINE = MergeTree ORDER BY tuple()`);
	query(`INSERT INTO bench.events SELECT * FROM file('${csv}', 'CSV',
		'user_id Int64, ts UInt64, event String') SETTINGS max_threads = 1, max_insert_threads = 1`);
	query('OPTIMIZE TABLE bench.events FINAL');
	const [[version]] = query('SELECT version()');
	return { query, version: `ClickHouse ${version} (chdb)` };
}

const open = { duckdb: openDuckdb, clickhouse: openClickhouse };

async function main() {
	let engine;
	for await (const line of readline.createInterface({ input: process.stdin })) {
		const ask = JSON.parse(line);
		let answer;
		try {
			if (engine === undefined) {
				engine = await open[ask.peer](ask.csv);
				answer = { ms: 0, rows: [[engine.version]] };
			} else {
				answer = await timed(() => engine.query(ask.sql));
			}
		} catch (error) {
			answer = { error: String(error.message ?? error) };
		}
		process.stdout.write(`${JSON.stringify(answer)}\n`);
	}
	process.exit(0);
}

main();
