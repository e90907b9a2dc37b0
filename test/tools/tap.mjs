// Says TAP.
let count = 0;

export function ok(passed, what, why = '') {
	console.log(`${passed ? 'ok' : 'not ok'} ${++count} - ${what}`);
	if (!passed) console.log(`# ${why}`.slice(0, 3000).replaceAll('\n', '\n# '));
}

export function done() {
	console.log(`1..${count}`);
}
