// node-postgres: named prepared statements in generic plans, every value a built-in type's.
import { createRequire } from 'node:module';
import { done, ok } from './tap.mjs';

const { Client } = createRequire(process.env.CXUX_NODE + '/')('pg');

function none(problems, what, of) {
	ok(problems.length === 0 && of > 0, `${what} (${of})`, problems.slice(0, 10).join('\n') || 'nothing was tried');
}

const client = new Client({ connectionString: process.env.CXUX_BI_URL });
await client.connect();
await client.query('SET plan_cache_mode = force_generic_plan');
const calls = (await client.query('SELECT signature, query, parameters, columns, cells FROM probe.calls ORDER BY id')).rows;

const firstOfExtensions = 16384;
// What node-postgres makes of a built-in type: 64-bit numbers stay strings, as its users expect.
const wanted = {
	text: (v, text) => v === text,
	bigint: (v, text) => v === text,
	integer: (v, text) => v === Number(text),
	'double precision': (v, text) => v === Number(text),
	boolean: (v, text) => v === (text === 'true' || text === 't'),
	// A date is its midnight here.
	date: (v, text) => v.getTime() === new Date(`${text}T00:00:00`).getTime(),
	'timestamp with time zone': (v, text) => v.getTime() === new Date(`${text.replace(' ', 'T')}:00`).getTime(),
};
const readable = (text) => !text.startsWith('{') || typeof JSON.parse(text) === 'object';

const types = [];
const values = [];
const wrapped = [];
let cells = 0;
for (const [i, call] of calls.entries()) {
	const bound = call.parameters.map((p) => (p.type.startsWith('timestamp with ') ? new Date(p.value) : p.value));
	for (const time of [1, 2]) {
		const result = await client.query({ name: `call ${i}`, text: call.query, values: bound, rowMode: 'array' });
		result.fields.forEach((f, k) => {
			const { name, oid } = call.columns[k];
			if (f.name !== name || f.dataTypeID !== oid) types.push(`${call.query}: ${f.name} ${f.dataTypeID}`);
		});
		const flat = result.rows.flat();
		if (flat.length !== call.cells.length) values.push(`${call.query}: ${result.rows.length} rows`);
		flat.forEach((v, k) => {
			const column = call.columns[k % call.columns.length];
			const text = call.cells[k];
			cells++;
			const right = v === null || text === null ? v === text
				: column.oid >= firstOfExtensions ? v === text && readable(v)
				: wanted[column.type]?.(v, text);
			if (!right) values.push(`${call.query}: ${column.name} is ${v}, not ${text}`);
		});
	}
	const total = await client.query({ name: `count ${i}`, text: `SELECT COUNT(*) AS n FROM (SELECT DISTINCT * FROM (${call.query}) AS q) AS t`, values: bound });
	if (!(Number(total.rows[0].n) > 0)) wrapped.push(call.query);
}
none(types, 'columns have the names and types of the catalog', calls.length);
none(values, 'every value is the server\'s: numbers as numbers, summaries as text', cells);
none(wrapped, 'wrapped in DISTINCT and COUNT', calls.length);
const { rows: [plans] } = await client.query('SELECT sum(generic_plans)::int AS generic, sum(custom_plans)::int AS custom FROM pg_prepared_statements');
ok(plans.generic >= 3 * calls.length && plans.custom === 0, `named statements had generic plans (${plans.generic})`, JSON.stringify(plans));

const stored = await client.query('SELECT DISTINCT * FROM probe.stored ORDER BY touchpoint');
none(stored.rows.flatMap(Object.entries).filter(([, v]) => typeof v !== 'string' || !readable(v)), 'a table of summaries is text', stored.rows.length * stored.fields.length);
const names = stored.fields.map((f) => f.name).filter((n) => n !== 'touchpoint' && !n.startsWith('step_pattern'));
const lost = [];
// Operators are found on the path only.
await client.query('SET search_path = cxux');
for (const name of names) {
	const again = await client.query(`SELECT count(*)::int AS n FROM probe.stored WHERE "${name}" = $1`, [stored.rows[0][name]]);
	if (again.rows[0].n !== 1) lost.push(name);
}
none(lost, 'which, bound, finds its row again', names.length);
try {
	await client.query('SELECT cxux.steps(VARIADIC $1)', [['view', '']]);
	ok(false, 'an error has a code and a message');
} catch (error) {
	ok(/^22/.test(error.code) && error.message.length > 0, 'an error has a code and a message', error);
}
await client.end();
done();
