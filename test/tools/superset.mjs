// The dashboard of demo/superset in headless Chromium: every chart gets the rows that psql gets from
// its view, and draws them.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { done, ok } from './tap.mjs';

const puppeteer = createRequire(process.env.CXUX_TOOLS_DIR + '/browser/')('puppeteer-core');
const base = `http://127.0.0.1:${process.env.CXUX_SUPERSET_PORT}`;

// Pixels that one can see through: the edges of lines and letters have some 5,000, a band more.
const shade = 10000;

const psql = (query) => execFileSync('psql', ['-X', '-A', '-t', '-d', 'demo', '-c', query], { encoding: 'utf8' }).trim();

// For each chart, by its name: the query whose rows it must get, with the columns that Superset gives them,
// and one for what must be written on it. Those with a band show intervals as one.
const tasks = ['find an order', 'change payment', 'return an item'];
const measures = { nps: 'NPS', csat: 'CSAT', ces: 'CES', completion: 'completion', abandonment: 'abandonment', errors: 'errors', time: 'time', escalation: 'escalation', friction: 'friction' };
const month = (when) => `extract(epoch FROM date_trunc('month', ${when} AT TIME ZONE 'UTC'))::bigint * 1000`;
const percent = (share) => `to_char(round((100 * ${share})::numeric), 'FM990') || '%'`;
const charts = {
	'Touchpoint map (✓ better, ✗ worse than the rival or the target, by more than chance)': {
		rows: `SELECT touchpoint, ${Object.entries(measures).map(([key, measure]) => `max(label) FILTER (WHERE measure = '${measure}') AS ${key}`)} FROM bi.touchpoint_map GROUP BY touchpoint`,
		texts: 'SELECT touchpoint FROM bi.touchpoint_map UNION SELECT label FROM bi.touchpoint_map WHERE label IS NOT NULL',
	},
	'Recommendation (NPS) by month, with its interval': {
		rows: `SELECT g.day, r.score AS "NPS", r.score AS "NPS__yhat", r.low AS "NPS__yhat_lower", r.high AS "NPS__yhat_upper" FROM (SELECT ${month('answered_at')} AS day, nps(recommend) AS s FROM responses GROUP BY 1) AS g, report(g.s) AS r`,
		texts: "SELECT 'NPS' UNION SELECT to_char(month, 'Mon') FROM bi.nps_by_month WHERE month > '2025-01-01'",
		band: true,
	},
	'Recommendation (NPS) by touchpoint and month': {
		rows: `SELECT extract(epoch FROM month)::bigint * 1000 AS month, ${['app', 'help desk', 'live chat', 'store', 'web'].map((t) => `max(nps) FILTER (WHERE touchpoint = '${t}') AS "${t}"`)} FROM bi.nps_by_month GROUP BY month`,
		texts: "SELECT touchpoint FROM bi.nps_by_month UNION SELECT to_char(month, 'Mon') FROM bi.nps_by_month WHERE month > '2025-01-01'",
	},
	'Scores by touchpoint, with their intervals': {
		rows: 'SELECT g.touchpoint, r.score AS nps, r.low AS nps_low, r.high AS nps_high, r.n AS answers, s.share AS satisfied, s.low AS satisfied_low, s.high AS satisfied_high FROM (SELECT touchpoint, nps(recommend) AS recommendation, rate(satisfaction >= 4) FILTER (WHERE satisfaction IS NOT NULL) AS satisfaction FROM responses GROUP BY touchpoint) AS g, report(g.recommendation) AS r, report(g.satisfaction) AS s',
		texts: "SELECT touchpoint FROM responses UNION SELECT to_char(round(score(nps(recommend))::numeric, 1), 'SFM990.0') FROM responses GROUP BY touchpoint UNION SELECT to_char(count(recommend), 'FM999,999') FROM responses GROUP BY touchpoint",
	},
	'Satisfied customers by touchpoint and month': {
		rows: 'SELECT extract(epoch FROM month)::bigint * 1000 AS month, touchpoint, satisfied AS max_satisfied FROM bi.csat_by_month',
		texts: `SELECT touchpoint FROM bi.csat_by_month UNION SELECT to_char(month, 'Mon') FROM bi.csat_by_month UNION SELECT ${percent('satisfied')} FROM bi.csat_by_month`,
	},
	'The way to payment': {
		rows: 'SELECT name, sum(customers) AS sum_customers FROM bi.checkout_steps GROUP BY name',
		texts: "SELECT name || ': ' || to_char(n, 'FM999,999') || ' (' || to_char(100 * n / max(n) OVER (), 'FM990.00') || '%)' FROM (SELECT name, sum(customers) AS n FROM bi.checkout_steps GROUP BY name) AS s",
	},
	'Gave up on the way to payment, by device': {
		rows: 'SELECT device, abandonment, low AS abandonment_low, high AS abandonment_high FROM bi.checkout_abandonment',
		texts: "SELECT device FROM bi.checkout_abandonment UNION SELECT unnest('{Gave up,Low,High}'::text[])",
	},
	'What customers did after the first cart: the next three events (ways of 200 customers or more)': {
		rows: 'SELECT source, target, actors AS sum_actors FROM bi.flows_after_cart WHERE actors >= 200',
		texts: 'SELECT source FROM bi.flows_after_cart WHERE actors >= 200 UNION SELECT target FROM bi.flows_after_cart WHERE actors >= 200',
	},
	'Ordered again so many months after the first order, by the month of that (and its customers)': {
		rows: "SELECT period, to_char(cohort, 'YYYY-MM') || ' (' || cohort_size || ')' AS cohort_label, share AS max_share FROM bi.orders_by_cohort WHERE complete AND period > 0 AND cohort >= '2025-01-01'",
		texts: `SELECT unnest(ARRAY[period::text, to_char(cohort, 'YYYY-MM') || ' (' || cohort_size || ')', ${percent('share')}]) FROM bi.orders_by_cohort WHERE complete AND period > 0 AND cohort >= '2025-01-01'`,
	},
	'Time on task by release, with its interval (seconds)': {
		rows: `SELECT release, ${tasks.flatMap((task) => [['', 'geometric_mean'], ['__yhat', 'geometric_mean'], ['__yhat_lower', 'low'], ['__yhat_upper', 'high']].map(([end, verb]) => `${verb}(timing(seconds) FILTER (WHERE completed AND task = '${task}')) AS "${task}${end}"`))} FROM task_attempts GROUP BY release`,
		texts: 'SELECT release FROM task_attempts UNION SELECT task FROM task_attempts',
		band: true,
	},
	'Tickets still open after so many days': {
		rows: `SELECT days, ${['critical', 'high', 'low', 'normal'].map((s) => `max(share) FILTER (WHERE severity = '${s}') AS ${s}`)} FROM bi.tickets_still_open GROUP BY days`,
		texts: 'SELECT severity FROM tickets',
	},
	'What customers want improved': {
		rows: 'SELECT improvement, share AS max_share, low AS max_low, high AS max_high FROM bi.improvements',
		texts: "SELECT improvement FROM bi.improvements UNION SELECT unnest('{Share,Low,High}'::text[])",
	},
};
// Rows as text, with the digits that both sides print, in an order of their own.
const lines = (rows, columns) => rows.map((row) => JSON.stringify(columns.map((c) => (typeof row[c] === 'number' ? Number(row[c].toPrecision(12)) : row[c] ?? null)))).sort();

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
	await page.setViewport({ width: 1500, height: 3900 });
	page.setDefaultTimeout(120000);
	// What is written on a canvas is remembered.
	await page.evaluateOnNewDocument(() => {
		const { fillText } = CanvasRenderingContext2D.prototype;
		CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
			(this.canvas.texts ??= new Set()).add(String(text));
			return fillText.call(this, text, ...where);
		};
	});

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

	for (const [name, { rows, texts, band }] of Object.entries(charts)) {
		const expected = JSON.parse(psql(`SELECT json_agg(q) FROM (${rows}) AS q`));
		const columns = Object.keys(expected[0]);
		const answer = answers.get(name);
		const [wanted, found] = [lines(expected, columns), lines(answer?.data ?? [], columns)];
		ok(wanted.join() === found.join(), `${name}: its ${expected.length} rows are those of SQL`,
			`${JSON.stringify(answer?.error ?? '').slice(0, 1500)}\n${found.slice(0, 5).join('\n')}\nnot\n${wanted.slice(0, 5).join('\n')}`);
		const element = (await page.evaluateHandle((title) => window.holderOf(title), name)).asElement();
		// A canvas with ink in several colours, or a table with its rows; and what is written on them.
		const look = () => element && element.evaluate((e) => {
			const canvases = [...e.querySelectorAll('canvas')];
			let shaded = 0;
			const ink = canvases.map((canvas) => {
				const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
				const colours = new Map();
				for (let i = 0; i < data.length; i += 4) {
					if (data[i + 3] > 16 && data[i + 3] < 128) shaded++;
					if (data[i + 3] < 128 || data[i] + data[i + 1] + data[i + 2] > 720) continue;
					const key = `${data[i] >> 5},${data[i + 1] >> 5},${data[i + 2] >> 5}`;
					colours.set(key, (colours.get(key) ?? 0) + 1);
				}
				return [...colours.values()].filter((n) => n > 40).length;
			});
			return {
				colours: Math.max(0, ...ink), rows: e.querySelectorAll('tbody tr').length, shaded,
				texts: [...canvases.flatMap((canvas) => [...(canvas.texts ?? [])]), ...[...e.querySelectorAll('td')].map((cell) => cell.textContent.trim())],
			};
		});
		const labels = [...new Set(psql(texts).split('\n'))];
		const missingIn = (drawn) => labels.filter((label) => !drawn?.texts.includes(label));
		let drawn = await look();
		for (const end = Date.now() + 60000; missingIn(drawn).length > 0 && Date.now() < end; drawn = await look()) await new Promise((wake) => setTimeout(wake, 500));
		ok(drawn && (drawn.colours >= 3 || drawn.rows === expected.length), `${name}: drawn`, JSON.stringify(drawn));
		ok(labels.length > 0 && missingIn(drawn).length === 0, `${name}: its ${labels.length} labels can be read`, `missing: ${missingIn(drawn).join(', ')}\ndrawn: ${drawn?.texts.join(', ')}`);
		if (band) ok(drawn?.shaded > shade, `${name}: a band for the interval`, `${drawn?.shaded} pixels`);
		if (element) await element.screenshot({ path: `${process.env.CXUX_SCREENSHOTS}/${name.replaceAll(/\W+/g, '_')}.png` });
	}
	await page.evaluate(() => window.scrollTo(0, 0));
	// Not fullPage, which lays all charts out anew.
	await page.screenshot({ path: `${process.env.CXUX_SCREENSHOTS}/dashboard.png` });
	// What the chart shows is what the view says.
	const shown = (answers.get('Scores by touchpoint, with their intervals')?.data ?? []).map((r) => `${r.touchpoint ?? ''} ${Number(r.nps ?? r.NPS).toFixed(6)} ${r.answers ?? r.Answers}`).sort().join('\n');
	const plain = psql(`SELECT touchpoint || ' ' || round((100.0 * (count(*) FILTER (WHERE recommend >= 9) - count(*) FILTER (WHERE recommend <= 6)) / count(recommend)), 6) || ' ' || count(recommend) FROM responses GROUP BY touchpoint`).split('\n').sort().join('\n');
	ok(shown === plain, 'the scores in the table are those of plain SQL on the raw answers', `${shown}\nnot\n${plain}`);
} finally {
	await browser.close();
}
done();
