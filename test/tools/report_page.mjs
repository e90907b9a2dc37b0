// The page that "make demo" writes, in headless Chromium at two widths, in light and in dark: nothing
// is wider than the window, no text overlaps another or is cut off, all of it can be read. And vnu,
// the validator of the W3C, has nothing to say. Screenshots are kept in
// ${CXUX_SCREENSHOTS:-.build/report_page}.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import { done, ok } from './tap.mjs';

const puppeteer = createRequire(process.env.CXUX_TOOLS_DIR + '/browser/')('puppeteer-core');
const file = `${process.env.CXUX_TMP}/report_page.html`;
const screenshots = process.env.CXUX_SCREENSHOTS ?? '.build/report_page';
// WCAG 2, level AA; and what is smaller than this many pixels is not read at all.
const CONTRAST = 4.5;
const SMALLEST = 9;

execFileSync('bash', ['demo/run.sh', 'report_page', file], { env: { ...process.env, CXUX_DATA: '' }, stdio: ['ignore', 'ignore', 'inherit'] });

// An empty element may end in a slash in HTML, too, where it only makes the page XML as well.
const vnu = (path) => {
	const out = spawnSync('java', ['-jar', `${process.env.CXUX_TOOLS_DIR}/html/node_modules/vnu-jar/build/dist/vnu.jar`, '--format', 'json', '--exit-zero-always', path], { encoding: 'utf8' });
	return JSON.parse(out.stderr).messages.filter((m) => !/^Trailing slash on void elements/.test(m.message)).map((m) => `${m.lastLine}: ${m.message}`);
};
const said = vnu(file);
ok(said.length === 0, 'the validator has nothing to say', said.join('\n'));
fs.writeFileSync(`${file}.broken.html`, fs.readFileSync(file, 'utf8').replace('<main>', '<main><li>'));
ok(vnu(`${file}.broken.html`).length > 0, 'and would have');

// Runs in the page: what is wrong with it, in words.
function look(contrast, smallest) {
	const faults = [];
	const quote = (text) => `"${text.trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
	if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
	const parse = (colour) => {
		const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
		return { r, g, b, a };
	};
	const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
	const luminance = ({ r, g, b }) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const ratio = (a, b) => {
		const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
		return (x + 0.05) / (y + 0.05);
	};
	// The colour below a point of an element: that of its ancestors.
	const ground = (element) => {
		const layers = [];
		for (let e = element; e; e = e.parentElement) {
			const colour = parse(getComputedStyle(e).backgroundColor);
			if (colour.a > 0) layers.push(colour);
			if (colour.a === 1) break;
		}
		const base = matchMedia('(prefers-color-scheme: dark)').matches ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
		return layers.reduceRight((below, top) => over(top, below), base);
	};
	// In a picture also what was drawn there before the text.
	const pictures = new Map();
	const shapesOf = (svg) => {
		if (!pictures.has(svg)) {
			pictures.set(svg, [...svg.querySelectorAll('rect, path, circle, polygon, ellipse')].map((shape) => {
				const style = getComputedStyle(shape);
				const matrix = shape.getScreenCTM();
				return { shape, box: shape.getBoundingClientRect(), fill: style.fill, opacity: Number(style.fillOpacity) * Number(style.opacity), inverse: matrix?.inverse() };
			}).filter(({ fill, inverse }) => fill !== 'none' && inverse));
		}
		return pictures.get(svg);
	};
	const drawn = (svg, text, below, x, y) => {
		let colour = below;
		for (const { shape, box, fill, opacity, inverse } of shapesOf(svg)) {
			if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
			if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
			if (!shape.isPointInFill(new DOMPoint(x, y).matrixTransform(inverse))) continue;
			const top = parse(fill);
			top.a *= opacity;
			colour = over(top, colour);
		}
		return colour;
	};
	// Where text is seen: an element that scrolls hides what is beyond it.
	const clip = (rect, element) => {
		let { left, right, top, bottom } = rect;
		for (let e = element; e; e = e.parentElement) {
			if (getComputedStyle(e).overflowX === 'visible' || e === document.documentElement || e === document.body || e instanceof SVGElement) continue;
			const box = e.getBoundingClientRect();
			left = Math.max(left, box.left);
			right = Math.min(right, box.right);
			top = Math.max(top, box.top);
			bottom = Math.min(bottom, box.bottom);
		}
		return { left, right, top, bottom };
	};
	const boxes = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const element = node.parentElement;
		if (!node.data.trim() || element.closest('.unseen, style, title, desc') || !element.checkVisibility({ visibilityProperty: true })) continue;
		const svg = element.closest('svg');
		const range = document.createRange();
		range.selectNodeContents(node);
		const rects = svg ? [element.getBoundingClientRect()] : [...range.getClientRects()];
		for (const rect of rects) {
			if (rect.width < 1 || rect.height < 1) continue;
			const style = getComputedStyle(element);
			if (svg) {
				const frame = svg.getBoundingClientRect();
				if (rect.left < frame.left - 1 || rect.right > frame.right + 1 || rect.top < frame.top - 1 || rect.bottom > frame.bottom + 1)
					faults.push(`${quote(node.data)} leaves its picture`);
			}
			const size = parseFloat(style.fontSize) * (svg ? element.getScreenCTM().a : 1);
			if (size < smallest) faults.push(`${quote(node.data)} has ${size.toFixed(1)} pixels`);
			const y = (rect.top + rect.bottom) / 2;
			const paper = ground(svg ?? element);
			for (const part of [0.02, 0.25, 0.5, 0.75, 0.98]) {
				const x = rect.left + part * rect.width;
				const below = svg ? drawn(svg, element, paper, x, y) : paper;
				const ink = over(parse(svg ? style.fill : style.color), below);
				// An outline in another colour keeps text apart from what is below.
				const outline = svg && style.stroke !== 'none' && parseFloat(style.strokeWidth) >= 2 && style.paintOrder.startsWith('stroke') ? parse(style.stroke) : null;
				const found = ratio(ink, outline ? over(outline, below) : below);
				if (found < contrast) {
					faults.push(`${quote(node.data)} has a contrast of ${found.toFixed(2)}`);
					break;
				}
			}
			// The box of a line has room above and below its letters.
			const seen = clip(rect, element);
			const height = seen.bottom - seen.top;
			if (seen.right - seen.left > 1 && height > 1)
				boxes.push({ left: seen.left + 0.5, right: seen.right - 0.5, top: seen.top + 0.12 * height, bottom: seen.bottom - 0.12 * height, text: node.data });
			// Nothing is cut off but what can be scrolled to.
			if (!element.closest('.picture') && rect.right > innerWidth + 0.5) faults.push(`${quote(node.data)} ends beyond the window`);
		}
	}
	boxes.sort((a, b) => a.top - b.top);
	for (let i = 0; i < boxes.length; i++)
		for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom; j++)
			if (boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right) faults.push(`${quote(boxes[i].text)} overlaps ${quote(boxes[j].text)}`);
	return { faults, texts: boxes.length };
}

fs.mkdirSync(screenshots, { recursive: true });
const browser = await puppeteer.launch({
	executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND'],
});
try {
	for (const width of [400, 1280]) {
		for (const scheme of ['light', 'dark']) {
			const where = `${width} pixels, ${scheme}`;
			const page = await browser.newPage();
			const asked = [];
			const errors = [];
			page.on('request', (request) => asked.push(request.url()));
			page.on('pageerror', (error) => errors.push(String(error)));
			page.on('console', (message) => errors.push(message.text()));
			await page.setViewport({ width, height: 900 });
			await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
			await page.goto(`file://${file}`);
			await page.screenshot({ path: `${screenshots}/${width}_${scheme}.png`, fullPage: true });
			const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
			ok(scheme === 'dark' ? Math.max(...ground) < 64 : Math.min(...ground) > 192, `${where}: the page is ${scheme}`, ground.join());
			const closed = await page.evaluate(look, CONTRAST, SMALLEST);
			ok(closed.faults.length === 0 && closed.texts > 500, `${where}: all of ${closed.texts} texts can be read`, closed.faults.join('\n'));
			await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
			const open = await page.evaluate(look, CONTRAST, SMALLEST);
			ok(open.faults.length === 0 && open.texts > closed.texts, `${where}: so can the tables that are folded up, ${open.texts - closed.texts} texts`, open.faults.join('\n'));
			await page.screenshot({ path: `${screenshots}/${width}_${scheme}_open.png`, fullPage: true });
			ok(asked.length === 1 && errors.length === 0, `${where}: it asks for nothing else`, [...asked, ...errors].join('\n'));

			// The same eyes see what is wrong; once is enough.
			if (width > 400 || scheme !== 'light') {
				await page.close();
				continue;
			}
			for (const [what, words, html] of [
				['text over text', /overlaps/, '<p id="wrong" style="position:absolute;top:7rem;left:3rem">over something</p>'],
				['pale text', /contrast/, `<p id="wrong" style="color:#888;background:#777">pale</p>`],
				['pale text in a picture', /contrast/, '<svg id="wrong" viewBox="0 0 100 20" width="300"><rect width="100" height="20" fill="#888"/><text x="5" y="15" fill="#777">pale</text></svg>'],
				['text that leaves its picture', /leaves/, '<svg id="wrong" viewBox="0 0 100 20" width="300"><text x="90" y="15">too long</text></svg>'],
				['something wide', /wider/, '<div id="wrong" style="width:3000px">wide</div>'],
				['tiny text', /pixels/, '<p id="wrong" style="font-size:5px">tiny</p>'],
			]) {
				await page.evaluate((code) => document.querySelector('header').insertAdjacentHTML('beforeend', code), html);
				const seen = await page.evaluate(look, CONTRAST, SMALLEST);
				ok(seen.faults.some((fault) => words.test(fault)), `${where}: ${what} would be seen`, seen.faults.join('\n'));
				await page.evaluate(() => document.querySelector('#wrong').remove());
			}
			await page.close();
		}
	}
	// On paper all tables are there, and it is white.
	const page = await browser.newPage();
	await page.goto(`file://${file}`);
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
	const tables = () => ({
		ground: getComputedStyle(document.body).backgroundColor,
		hidden: [...document.querySelectorAll('table')].filter((t) => !t.checkVisibility()).map((t) => t.caption.textContent),
		navigation: getComputedStyle(document.querySelector('nav')).display,
	});
	const shown = await page.evaluate(tables);
	await page.emulateMediaType('print');
	const printed = await page.evaluate(tables);
	ok(printed.ground === 'rgb(255, 255, 255)' && printed.navigation === 'none', 'on paper: white, and without what is for the screen', JSON.stringify(printed));
	ok(shown.hidden.length > 0 && printed.hidden.length === 0, `on paper: the ${shown.hidden.length} tables that are folded up, too`, JSON.stringify([shown, printed]));
	await page.close();
} finally {
	await browser.close();
}
done();
