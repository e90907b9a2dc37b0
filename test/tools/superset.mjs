// The dashboard of demo/superset in headless Chromium: every chart gets the rows that psql gets from
// its view, and draws them.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';

const puppeteer = createRequire(process.env.CXUX_TOOLS_DIR + '/browser/')('puppeteer-core');
const base = `http://127.0.0.1:${process.env.CXUX_SUPERSET_PORT}`;

let count = 0;
function ok(passed, what, why = '') {
	console.log(`${passed ? 'ok' : 'not ok'} ${++count} - ${what}`);
	if (!passed) console.log(`# ${why}`.slice(0, 3000).replaceAll('\n', '\n# '));
}
const psql = (query) => execFileSync('psql', ['-X', '-A', '-t', '-d', 'demo', '-c', query], { encoding: 'utf8' }).trim();

// For each chart the query whose rows it must show.
const charts = {
	'Recommendation (NPS) by month, with its interval': "SELECT DISTINCT date_trunc('month', day) FROM bi.stored_scores",
	'Recommendation (NPS) by touchpoint and month': 'SELECT month, touchpoint FROM bi.nps_by_month',
	'Scores by touchpoint, with their intervals': 'SELECT DISTINCT touchpoint FROM bi.stored_scores',
	'Satisfied customers by touchpoint and month': 'SELECT month, touchpoint FROM bi.csat_by_month',
	'The way to payment': 'SELECT DISTINCT name FROM bi.checkout_steps',
	'Gave up on the way to payment, by device': 'SELECT device FROM bi.checkout_abandonment',
	'Time on task by release (geometric mean, seconds)': 'SELECT DISTINCT release, task FROM bi.tasks_by_release',
	'Tickets still open after so many days': 'SELECT days, severity FROM bi.tickets_still_open',
	'What customers want improved': 'SELECT improvement FROM bi.improvements',
};

for (let tries = 0; ; tries++) {
	try {
		if ((await fetch(`${base}/health`)).ok) break;
	} catch {
		if (tries > 240) throw new Error('Superset does not answer');
	}
	await new Promise((wake) => setTimeout(wake, 500));
}
const browser = await puppeteer.launch({
	executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
	const page = await browser.newPage();
	await page.setViewport({ width: 1500, height: 2000 });
	page.setDefaultTimeout(120000);

	// As its clients do: sign in, and ask the API which charts there are.
	await page.goto(`${base}/login/`);
	await page.waitForSelector('input[name=username], #username');
	await page.type('input[name=username], #username', 'admin');
	await page.type('input[name=password], #password', process.env.CXUX_SUPERSET_PASSWORD);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	const listed = await page.evaluate(async () => (await fetch('/api/v1/chart/?q=(page_size:100)')).json());
	const names = new Map(listed.result.map((c) => [c.id, c.slice_name]));
	ok([...names.values()].sort().join() === Object.keys(charts).sort().join(), `the charts are those of the test (${names.size})`, [...names.values()].join());

	const answers = new Map();
	page.on('response', async (response) => {
		if (!response.url().includes('/api/v1/chart/data')) return;
		const asked = JSON.parse(response.request().postData());
		const text = await response.text().catch((error) => String(error));
		answers.set(names.get(asked.form_data.slice_id), response.status() === 200 ? JSON.parse(text).result[0] : { error: text });
	});
	await page.goto(`${base}/superset/dashboard/company/?standalone=2`);
	const deadline = Date.now() + 180000;
	while (answers.size < names.size && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 500));
	// The parts that draw are loaded one by one.
	await page.evaluate(() => {
		window.holderOf = (title) => [...document.querySelectorAll('.dashboard-component-chart-holder')]
			.find((e) => e.textContent.includes(title) || e.querySelector(`[title="${title}"], input[value="${title}"]`));
	});
	await page.waitForFunction((titles) => titles.every((t) => window.holderOf(t)?.querySelector('canvas, tbody tr, [role=alert]'))
		&& document.querySelectorAll('.loading, [data-test=loading-indicator]').length === 0, {}, Object.keys(charts))
		.catch((error) => console.log(`# ${error}`));
	// Charts grow into place.
	await new Promise((wake) => setTimeout(wake, 5000));

	for (const [name, query] of Object.entries(charts)) {
		const expected = Number(psql(`SELECT count(*) FROM (${query}) AS q`));
		const answer = answers.get(name);
		// A line chart turns its rows into a column for each line.
		ok(expected > 0 && (answer?.sql_rowcount ?? answer?.rowcount) === expected, `${name}: ${expected} rows`, JSON.stringify(answer)?.slice(0, 1500));
		const holder = await page.evaluateHandle((title) => window.holderOf(title), name);
		const element = holder.asElement();
		// A canvas with ink in several colours, or a table with its rows.
		const drawn = element && await element.evaluate((e) => {
			const ink = [...e.querySelectorAll('canvas')].map((canvas) => {
				const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
				const colours = new Map();
				for (let i = 0; i < data.length; i += 4) {
					if (data[i + 3] < 128 || data[i] + data[i + 1] + data[i + 2] > 720) continue;
					const key = `${data[i] >> 5},${data[i + 1] >> 5},${data[i + 2] >> 5}`;
					colours.set(key, (colours.get(key) ?? 0) + 1);
				}
				return [...colours.values()].filter((n) => n > 40).length;
			});
			return { colours: Math.max(0, ...ink), rows: e.querySelectorAll('tbody tr').length, text: e.textContent.slice(0, 300) };
		});
		ok(drawn && (drawn.colours >= 3 || drawn.rows === expected), `${name}: drawn`, JSON.stringify(drawn));
		if (element) await element.screenshot({ path: `${process.env.CXUX_SCREENSHOTS}/${name.replaceAll(/\W+/g, '_')}.png` });
	}
	// Not fullPage, which lays all charts out anew.
	await page.screenshot({ path: `${process.env.CXUX_SCREENSHOTS}/dashboard.png` });
	// What the chart shows is what the view says.
	const shown = (answers.get('Scores by touchpoint, with their intervals')?.data ?? []).map((r) => `${r.touchpoint ?? ''} ${Number(r.nps ?? r.NPS).toFixed(6)} ${r.answers ?? r.Answers}`).sort().join('\n');
	const plain = psql(`SELECT touchpoint || ' ' || round((100.0 * (count(*) FILTER (WHERE recommend >= 9) - count(*) FILTER (WHERE recommend <= 6)) / count(recommend)), 6) || ' ' || count(recommend) FROM responses GROUP BY touchpoint`).split('\n').sort().join('\n');
	ok(shown === plain, 'the scores in the table are those of plain SQL on the raw answers', `${shown}\nnot\n${plain}`);
} finally {
	await browser.close();
}
console.log(`1..${count}`);
