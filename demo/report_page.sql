-- The report on the company of company.sql as one page for a browser: view page.report has one row,
-- the document, which needs no script and no other file. Everything comes from the summaries and views
-- of the scripts before this one, so that it follows them when they are refreshed.
--
-- All content is text until one of the first functions makes HTML of it: they escape it, and nothing
-- else may. Text of several lines is a number and what goes with it; a line that begins with a sign
-- (▲ better, ▼ worse, ○ may be chance) gets its colour from that.
SET timezone = 'UTC';
SET client_min_messages = warning;
\set as_of '2026-01-01 00:00+00'
BEGIN;
CREATE SCHEMA page;
COMMENT ON SCHEMA page IS 'the report as a page: SELECT html FROM page.report';

-- From text to HTML

-- A character that HTML has no way to write becomes a blank, and so does one that turns the direction of what follows.
CREATE FUNCTION page.escape(content text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN replace(replace(replace(replace(replace(
	regexp_replace(content, '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]', ' ', 'g'),
	'&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');

CREATE FUNCTION page.lines(content text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
	SELECT string_agg(CASE
		WHEN line ~ '^[▲▼○] ' THEN format('<span class="%s"><span aria-hidden="true">%s</span>'
			'<span class="unseen">%1$s:</span> %3$s</span>',
			CASE left(line, 1) WHEN '▲' THEN 'better' WHEN '▼' THEN 'worse' ELSE 'unclear' END,
			left(line, 1), page.escape(substr(line, 3)))
		ELSE format('<span class="%s">%s</span>', CASE place WHEN 1 THEN 'value' ELSE 'detail' END, page.escape(line))
		END, ' ' ORDER BY place)
	FROM string_to_table(content, E'\n') WITH ORDINALITY AS t (line, place)
	);

-- The colour of all that stands in one place.
CREATE FUNCTION page.tone(content text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN content ~ '(^|\n)▲ ' THEN 'is-better' WHEN content ~ '(^|\n)▼ ' THEN 'is-worse' ELSE 'is-plain' END;

CREATE FUNCTION page.paragraph(content text, class text DEFAULT 'note') RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN format(E'<p class="%s">%s</p>\n', class, page.escape(content));

-- The head of a column stands before its number, too, for screens that are too narrow for columns.
CREATE FUNCTION page.row(heads text[], cells text[], missing text DEFAULT '–') RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
	SELECT '<tr>' || string_agg(CASE
		WHEN place = 1 THEN format('<th scope="row"><span class="value">%s</span></th>', page.escape(cell))
		WHEN cell IS NULL THEN format('<td class="none"><span class="detail">%s</span></td>', page.escape(missing))
		ELSE format('<td class="%s"><span class="label">%s</span> <span class="content">%s</span></td>', page.tone(cell),
			page.escape(split_part(head, E'\n', 1)), page.lines(cell))
		END, '' ORDER BY place) || E'</tr>\n'
	FROM unnest(heads, cells) WITH ORDINALITY AS t (head, cell, place)
	);

CREATE FUNCTION page.data_table(caption text, heads text[], rows text, groups text DEFAULT '') RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN format(E'<table class="%s">\n<caption>%s</caption>\n<thead>\n%s<tr>%s</tr>\n</thead>\n<tbody>\n%s</tbody>\n</table>\n',
	CASE WHEN cardinality(heads) > 3 THEN 'wide' ELSE 'slim' END, page.escape(caption), groups,
	(SELECT string_agg(format('<th scope="col">%s</th>', page.lines(head)), '' ORDER BY place)
	FROM unnest(heads) WITH ORDINALITY AS t (head, place)), rows);

-- Beside the picture: what it shows, and numbers that go with it.
CREATE FUNCTION page.figure(caption text, picture text, facts text DEFAULT '') RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN format(E'<figure>\n<div class="picture">%s</div>\n<figcaption><span class="hint">Wider than this screen: slide it sideways.</span> %s%s</figcaption>\n</figure>\n', picture, page.escape(caption),
	CASE WHEN facts <> '' THEN format(E'\n<span class="facts %s">%s</span>', page.tone(facts), page.lines(facts)) ELSE '' END);

CREATE FUNCTION page.beside(content text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN format(E'<div class="beside">\n%s</div>\n', content);

CREATE FUNCTION page.more(summary text, content text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN format(E'<details>\n<summary>%s</summary>\n%s</details>\n', page.escape(summary), content);

-- From numbers to text

CREATE FUNCTION page.number(value double precision, decimals integer DEFAULT 0, signed boolean DEFAULT false) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN round(value::numeric, decimals) < 0 THEN '−' WHEN signed AND round(value::numeric, decimals) > 0 THEN '+' ELSE '' END
	|| rtrim(to_char(abs(round(value::numeric, decimals)), 'FM999,999,999,990.' || repeat('0', decimals)), '.');

CREATE FUNCTION page.span(low double precision, high double precision, decimals integer DEFAULT 0) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN page.number(low, decimals) || ' to ' || page.number(high, decimals);

CREATE FUNCTION page.p_value(p double precision) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN p < 0.001 THEN E'p\u00a0<\u00a00.001' ELSE E'p\u00a0=\u00a0' || to_char(p, 'FM0.000') END;

CREATE FUNCTION page.percent(share double precision, decimals integer DEFAULT 1) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN page.number(100 * share, decimals) || E'\u00a0%';

-- An estimate with all that belongs to it.
CREATE FUNCTION page.measured(estimate double precision, low double precision, high double precision, n double precision,
	decimals integer, unit text DEFAULT '') RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN estimate IS NOT NULL THEN concat_ws(E'\n', page.number(estimate, decimals) || unit,
	page.span(low, high, decimals), E'n\u00a0' || page.number(n)) END;

-- A difference, and what to think of it: p has to be adjusted.
CREATE FUNCTION page.judged(p double precision, better boolean, difference text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN p >= 0.05 THEN '○' WHEN better THEN '▲' ELSE '▼' END || ' ' || difference || ' (' || page.p_value(p) || ')';

CREATE FUNCTION page.certainty(p double precision) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN p < 0.05 THEN 'more than chance (' ELSE 'this may be chance (' END || page.p_value(p) || ')';

-- What is asked

CREATE VIEW page.headlines AS
SELECT h.*, adjust_p_value(p_value, 'holm') OVER () AS adjusted_p
FROM (
	SELECT 1 AS place, 'Net Promoter Score' AS name, '2025, all touchpoints' AS base, '' AS unit, 1 AS decimals,
		e.estimate, e.low, e.high, e.n, c.difference, 'December against November' AS reference, true AS more_is_better, c.p_value
	FROM (
		SELECT rollup(recommendation) AS s,
			rollup(recommendation) FILTER (WHERE day >= '2025-12-01') AS december,
			rollup(recommendation) FILTER (WHERE day >= '2025-11-01' AND day < '2025-12-01') AS november
		FROM daily_scores
		) AS g, estimate(g.s) AS e, compare(g.december, g.november) AS c
	UNION ALL
	SELECT 2, 'Satisfied (CSAT)', 'answers 4 and 5 of 5', ' %', 1, 100 * e.estimate, 100 * e.low, 100 * e.high, e.n,
		100 * b.difference, 'against the target of ' || m.target || ' %', true, b.p_value
	FROM (SELECT csat(rollup(satisfaction)) AS s FROM daily_scores) AS g, map_measures AS m,
		estimate(g.s) AS e, benchmark(g.s, m.target / 100) AS b
	WHERE m.measure = 'CSAT'
	UNION ALL
	SELECT 3, 'Ease (CES)', 'mean of 1 to 7', '', 2, e.estimate, e.low, e.high, e.n,
		b.difference, 'against the target of ' || m.target, true, b.p_value
	FROM (SELECT rollup(ease) AS s FROM daily_scores) AS g, map_measures AS m, estimate(g.s) AS e, benchmark(g.s, m.target) AS b
	WHERE m.measure = 'CES'
	UNION ALL
	SELECT 4, 'Viewed and paid', 'within 3 days, December', ' %', 1, 100 * e.estimate, 100 * e.low, 100 * e.high, e.n,
		100 * c.difference, 'phone against desktop', true, c.p_value
	FROM (
		SELECT completion(rollup(shop)) AS s, completion(rollup(shop) FILTER (WHERE device = 'phone')) AS phone,
			completion(rollup(shop) FILTER (WHERE device = 'desktop')) AS desktop
		FROM checkouts
		) AS g, estimate(g.s) AS e, compare(g.phone, g.desktop) AS c
	UNION ALL
	SELECT 5, 'Usability (SUS)', 'web shop, release 2025.4', '', 1, e.estimate, e.low, e.high, e.n,
		c.difference, 'against release 2025.3', true, c.p_value
	FROM (
		SELECT sample(score) FILTER (WHERE release = '2025.4') AS s, sample(score) FILTER (WHERE release = '2025.3') AS before
		FROM sus_answers, sus(q1, q2, q3, q4, q5, q6, q7, q8, q9, q10) AS score
		) AS g, estimate(g.s) AS e, compare(g.s, g.before) AS c
	UNION ALL
	SELECT 6, 'Tickets escalated', 'within 14 days', ' %', 1, 100 * e.estimate, 100 * e.low, 100 * e.high, e.n,
		100 * b.difference, 'against the limit of ' || m.target || ' %', false, b.p_value
	FROM (SELECT rollup(escalated) AS s FROM touchpoint_summaries) AS g, map_measures AS m,
		estimate(g.s) AS e, benchmark(g.s, m.target / 100) AS b
	WHERE m.measure = 'escalation'
	UNION ALL
	SELECT 7, 'Ordered again', 'in 90 days, buyers of 2025', ' %', 1, 100 * e.estimate, 100 * e.low, 100 * e.high, e.n,
		100 * c.difference, 'against buyers of 2024', true, c.p_value
	FROM (
		SELECT rate(again) FILTER (WHERE first_at >= '2025-01-01 00:00+00') AS s,
			rate(again) FILTER (WHERE first_at < '2025-01-01 00:00+00') AS before
		FROM buyers, met_by(second_at, first_at + interval '90 days', :'as_of') AS again
		) AS g, estimate(g.s) AS e, compare(g.s, g.before) AS c
	UNION ALL
	SELECT 8, 'Net revenue retention', '2025 over 2024', ' %', 1, 100 * e.estimate, 100 * e.low, 100 * e.high, e.n,
		100 * b.difference, 'against 100 %', true, b.p_value
	FROM (SELECT ratio(this_year, last_year) AS s FROM buyers WHERE last_year > 0) AS g, estimate(g.s) AS e, benchmark(g.s, 1) AS b
	) AS h;

CREATE VIEW page.map_cells AS
SELECT t.touchpoint, t.place, t.measure, t.gap, t.adjusted_p, m.best > m.worst OR m.best IS NULL AS more_is_better,
	CASE t.measure WHEN 'CES' THEN 2 ELSE 1 END AS decimals, t.estimate, t.low, t.high, t.n,
	(t.gap > 0) = (m.best > m.worst) AS better
FROM touchpoint_map AS t JOIN map_measures AS m USING (measure);

CREATE VIEW page.months AS
SELECT m.month, m.s, e.estimate, e.low, e.high, e.n, c.difference, c.low AS difference_low, c.high AS difference_high,
	adjust_p_value(c.p_value, 'holm') OVER () AS adjusted_p
FROM (
	SELECT date_trunc('month', day)::date AS month, rollup(recommendation) AS s,
		lag(rollup(recommendation)) OVER (ORDER BY date_trunc('month', day)) AS before
	FROM daily_scores
	GROUP BY date_trunc('month', day)
	) AS m, estimate(m.s) AS e, compare(m.s, m.before) AS c;

CREATE VIEW page.device_gaps AS
SELECT other.device, c.step, c.name, c.difference, c.low, c.high, adjust_p_value(c.p_value, 'holm') OVER () AS adjusted_p
FROM checkouts AS desktop, checkouts AS other, compare(other.shop, desktop.shop) AS c
WHERE desktop.device = 'desktop' AND other.device <> 'desktop';

CREATE MATERIALIZED VIEW page.flows_after_cart AS
SELECT flows(j, 'cart', 3) AS s FROM customer_journeys;

CREATE MATERIALIZED VIEW page.gone AS
SELECT r.step, r.source, r.target, r.actors, sum(r.actors) OVER (PARTITION BY r.step) AS of_step
FROM (SELECT next_events(j, 'view > cart > checkout > pay within 3 days', :'as_of') AS s FROM customer_journeys) AS g,
	report(g.s) AS r;

CREATE MATERIALIZED VIEW page.cohorts AS
SELECT retention(customer_id, ordered_at, 'month') AS s
FROM orders JOIN buyers USING (customer_id)
WHERE first_at >= '2025-01-01 00:00+00';

CREATE VIEW page.tasks AS
SELECT task, a.estimate AS done, a.low AS done_low, a.high AS done_high, a.n AS done_n, b.estimate AS done_before,
	b.low AS done_before_low, b.high AS done_before_high, b.n AS done_before_n, c.difference AS done_change,
	x.estimate AS seconds, x.low AS seconds_low, x.high AS seconds_high, x.n AS seconds_n, y.estimate AS seconds_before,
	y.low AS seconds_before_low, y.high AS seconds_before_high, y.n AS seconds_before_n, r.ratio AS seconds_ratio,
	adjust_p_value(c.p_value, 'holm') OVER () AS done_p, adjust_p_value(r.p_value, 'holm') OVER () AS seconds_p
FROM (
	SELECT task,
		rollup(completion) FILTER (WHERE release = '2025.4') AS done, rollup(completion) FILTER (WHERE release = '2025.1') AS done_before,
		rollup(duration) FILTER (WHERE release = '2025.4') AS took, rollup(duration) FILTER (WHERE release = '2025.1') AS took_before
	FROM bi.stored_tasks
	GROUP BY task
	) AS g,
	estimate(g.done) AS a, estimate(g.done_before) AS b, compare(g.done, g.done_before) AS c,
	estimate(g.took) AS x, estimate(g.took_before) AS y, compare_ratio(g.took, g.took_before) AS r;

CREATE VIEW page.usability AS
SELECT release, e.estimate, e.low, e.high, e.n, c.difference, adjust_p_value(c.p_value, 'holm') OVER () AS adjusted_p
FROM (
	SELECT release, sample(score) AS s, lag(sample(score)) OVER (ORDER BY release) AS before
	FROM sus_answers, sus(q1, q2, q3, q4, q5, q6, q7, q8, q9, q10) AS score
	GROUP BY release
	) AS g, estimate(g.s) AS e, compare(g.s, g.before) AS c;

CREATE VIEW page.severities AS
SELECT severity, opened, a.estimate AS escalated, a.low AS escalated_low, a.high AS escalated_high, a.n AS escalated_n,
	b.estimate AS in_time, b.low AS in_time_low, b.high AS in_time_high, b.n AS in_time_n,
	t.median, t.median_low, t.median_high, t.finished + t.unfinished AS timed, t.unfinished, c.difference,
	adjust_p_value(c.p_value, 'holm') OVER () AS adjusted_p
FROM (
	SELECT severity, count(*) AS opened, rate(escalated) AS escalated, rate(met_by(resolved_at, due_at, :'as_of')) AS in_time,
		timing(opened_at, resolved_at, :'as_of') AS duration
	FROM tickets
	GROUP BY severity
	) AS g JOIN (SELECT rate(escalated) AS usual FROM tickets WHERE severity = 'normal') AS n ON true,
	estimate(g.escalated) AS a, estimate(g.in_time) AS b, report(g.duration) AS t,
	compare(g.escalated, CASE WHEN g.severity <> 'normal' THEN n.usual END) AS c;

CREATE VIEW page.handling AS
SELECT q.place, q.question, e.estimate, e.low, e.high, e.n
FROM ticket_handling,
	LATERAL (VALUES (1, 'reopened within 5 days', reopened), (2, 'passed to and fro', to_and_fro),
		(3, 'solved at first contact', first_contact)) AS q (place, question, s),
	estimate(q.s) AS e;

CREATE VIEW page.drivers AS
SELECT d.name, d.correlation, d.relative_share, d.r_squared, n(g.s) AS n
FROM (SELECT items(recommend, ease, courtesy, responsiveness, competence, price) AS s FROM service_ratings) AS g,
	drivers(g.s, 1, '{recommend,ease,courtesy,responsiveness,competence,price}') AS d;

CREATE VIEW page.quarters AS
SELECT quarter, e.estimate, e.low, e.high, e.n, undecided(g.again) AS undecided, t.median, t.median_low, t.median_high
FROM second_orders AS g, estimate(g.again) AS e, report(g.waiting) AS t;

CREATE VIEW page.revenue AS
SELECT g.segment, g.place, g.measure, e.estimate, e.low, e.high, e.n, b.difference, adjust_p_value(b.p_value, 'holm') OVER () AS adjusted_p
FROM (
	SELECT segment, place, measure, ratio(now, last_year) AS s
	FROM buyers,
		LATERAL (VALUES (1, 'net retention', last_year > 0, this_year),
			(2, 'gross retention', last_year > 0, least(this_year, last_year)),
			(3, 'with referred customers', last_year > 0 OR referred, this_year)) AS m (place, measure, counts, now)
	WHERE counts
	GROUP BY segment, place, measure
	) AS g, estimate(g.s) AS e, benchmark(CASE WHEN g.place <> 2 THEN g.s END, 1) AS b;

CREATE VIEW page.promises AS
WITH classes AS (
	SELECT stated, rate(brings) AS s
	FROM (
		SELECT nps_class(min(recommend)) AS stated, bool_or(inviter_id IS NOT NULL) AS brings
		FROM responses LEFT JOIN (SELECT DISTINCT inviter_id FROM invitations WHERE friend_id IS NOT NULL) AS i ON inviter_id = customer_id
		WHERE recommend IS NOT NULL
		GROUP BY customer_id
		) AS c
	GROUP BY stated
)
SELECT g.stated, e.estimate, e.low, e.high, e.n, c.difference, adjust_p_value(c.p_value, 'holm') OVER () AS adjusted_p
FROM classes AS g LEFT JOIN classes AS d ON d.stated = 'detractor' AND g.stated <> 'detractor',
	estimate(g.s) AS e, compare(g.s, d.s) AS c;
-- What it says

-- The first finding of each section stands at the top of the page, too.
CREATE VIEW page.findings AS
SELECT 'map' AS section, 1 AS place, format('Of %s gaps to a rival or a target, %s are better and %s worse by more than chance;'
	' the other %s may be chance.', count(adjusted_p), count(*) FILTER (WHERE better AND adjusted_p < 0.05),
	count(*) FILTER (WHERE NOT better AND adjusted_p < 0.05), count(*) FILTER (WHERE adjusted_p >= 0.05)) AS sentence
FROM page.map_cells
UNION ALL
SELECT 'map', 1 + row_number() OVER (ORDER BY touchpoint COLLATE "C"), format('%s: %s.', upper(left(touchpoint, 1)) || substr(touchpoint, 2),
	concat_ws('; ',
		'better in ' || string_agg(measure, ', ' ORDER BY place) FILTER (WHERE better AND adjusted_p < 0.05),
		'worse in ' || string_agg(measure, ', ' ORDER BY place) FILTER (WHERE NOT better AND adjusted_p < 0.05),
		'no clear difference in ' || string_agg(measure, ', ' ORDER BY place) FILTER (WHERE adjusted_p >= 0.05)))
FROM page.map_cells
WHERE adjusted_p IS NOT NULL
GROUP BY touchpoint
UNION ALL
(SELECT 'trends', 1, format('The Net Promoter Score of %s is %s: %s points against the month before (%s), %s.',
	to_char(month, 'FMMonth'), page.number(estimate, 1), page.number(difference, 1, true),
	page.span(difference_low, difference_high, 1), page.certainty(adjusted_p))
FROM page.months
ORDER BY month DESC
LIMIT 1)
UNION ALL
SELECT 'trends', 2, format('%s of %s changes from month to month are more than chance, all tested together.',
	count(*) FILTER (WHERE adjusted_p < 0.05), count(adjusted_p))
FROM page.months
UNION ALL
SELECT 'trends', 3, format('Highest was %s with %s, lowest %s with %s.',
	(array_agg(to_char(month, 'FMMonth') ORDER BY estimate DESC))[1], page.number(max(estimate), 1),
	(array_agg(to_char(month, 'FMMonth') ORDER BY estimate))[1], page.number(min(estimate), 1))
FROM page.months
UNION ALL
SELECT 'funnel', row_number() OVER (ORDER BY difference), format('On the %s %s %% of those who viewed an item paid within 3 days, %s points against the desktop (%s): %s.',
	g.device, page.number(100 * share(completion(c.shop)), 1), page.number(100 * difference, 1, true), page.span(100 * low, 100 * high, 1), page.certainty(adjusted_p))
FROM page.device_gaps AS g JOIN checkouts AS c USING (device)
WHERE g.step IS NULL
UNION ALL
SELECT 'paths', 1, format('After the first cart, %s of %s customers check out next, %s look at another item and %s do nothing more.',
	page.percent(sum(actors) FILTER (WHERE target = '2 checkout') / n::float8), page.number(n), page.percent(sum(actors) FILTER (WHERE target = '2 view') / n::float8), page.percent(sum(actors) FILTER (WHERE target = '(end)') / n::float8))
FROM (SELECT r.target, r.actors, n(s) AS n FROM page.flows_after_cart, report(s) AS r WHERE r.step = 1) AS f
GROUP BY n
UNION ALL
SELECT 'paths', 2, format('Of those who stopped after %s and did not pay, %s did nothing more in the log.',
	CASE step WHEN 2 THEN 'the cart' ELSE 'the checkout' END, page.percent(gone))
FROM (
	SELECT step, sum(actors) FILTER (WHERE target = '(end)') / sum(actors)::float8 AS gone
	FROM page.gone
	WHERE step IN (2, 3)
	GROUP BY step
	) AS g
UNION ALL
SELECT 'cohorts', period, format(E'%s of the new customers of 2025 order again %s (%s; n\u00a0%s).', page.percent(share),
	CASE period WHEN 1 THEN 'in the month after their first order' ELSE period || ' months after it' END,
	page.span(100 * low, 100 * high, 1), page.number(cohort_size))
FROM page.cohorts, curve(s, false, :'as_of') AS c
WHERE period IN (1, 3, 6)
UNION ALL
SELECT 'tasks', row_number() OVER (ORDER BY seconds_p, seconds_ratio), format('“%s” takes %s %s time than in release 2025.1: %s.',
	upper(left(task, 1)) || substr(task, 2), page.percent(abs(1 - seconds_ratio)), CASE WHEN seconds_ratio < 1 THEN 'less' ELSE 'more' END, page.certainty(seconds_p))
FROM page.tasks
UNION ALL
SELECT 'service', row_number() OVER (ORDER BY escalated DESC), format('%s of the %s tickets are escalated within 14 days, %s points against the normal ones: %s.',
	page.percent(escalated), severity, page.number(100 * difference, 1, true), page.certainty(adjusted_p))
FROM page.severities
WHERE difference IS NOT NULL
UNION ALL
(SELECT 'service', 10, format('What goes most with the recommendation after a ticket is %s: %s of what all questions together explain of it.', name, page.percent(relative_share))
FROM page.drivers
ORDER BY relative_share DESC
LIMIT 1)
UNION ALL
SELECT 'loyalty', 1, format(E'Those who bought in 2024 spent %s of it again in 2025 (%s), %s points against 100\u00a0%%: %s.',
	page.percent(e.estimate), page.span(100 * e.low, 100 * e.high, 1), page.number(100 * b.difference, 1, true), page.certainty(b.p_value))
FROM (SELECT ratio(this_year, last_year) AS s FROM buyers WHERE last_year > 0) AS g, estimate(g.s) AS e, benchmark(g.s, 1) AS b
UNION ALL
SELECT 'loyalty', 2, format('Promoters bring friends more often than detractors, %s against %s: %s.', page.percent(p.estimate, 2), page.percent(d.estimate, 2), page.certainty(p.adjusted_p))
FROM page.promises AS p, page.promises AS d
WHERE p.stated = 'promoter' AND d.stated = 'detractor' AND p.difference > 0;

CREATE VIEW page.sections (place, id, heading, body) AS
SELECT 1, 'map', 'The touchpoint map', (
	SELECT page.paragraph('What customers think (CX) beside what happens to them (UX), touchpoint by touchpoint. Each number has its 95 % interval'
			' and the number of answers, visits or tests behind it. The last line compares: NPS with the closest rival, all else with the target.')
		|| E'<ul class="legend">\n<li class="is-better">' || page.lines('▲ better by more than chance')
		|| E'</li>\n<li class="is-worse">' || page.lines('▼ worse by more than chance')
		|| E'</li>\n<li class="is-plain">' || page.lines('○ the difference may be chance') || E'</li>\n</ul>\n'
		|| replace(page.data_table('Touchpoints and their measures, 2025', heads, string_agg(page.row(heads, cells, 'not measured'), '' ORDER BY touchpoint COLLATE "C"),
			'<tr class="groups"><td></td><th colspan="3" scope="colgroup">Customer experience</th><th colspan="4" scope="colgroup">User experience</th>'
			|| E'<th colspan="3" scope="colgroup">Both together</th></tr>\n'), 'class="wide"', 'class="wide map"')
		|| page.paragraph('Targets: CSAT 75 %, CES 5.5, completion 80 %, time 60 seconds, escalation at most 8 %, friction at most 30 %. Completion and'
			' abandonment are of those who came to check out; errors and time are of usability tests (changing the payment); escalation is of tickets; friction is'
			' the share of checkouts with an error, without a payment, repeated, or with a ticket within a day. The index puts all on one scale from 0 to'
			' 100; compare it only between touchpoints that have the same measures. p is adjusted over all gaps (Benjamini-Hochberg).', 'small')
	FROM (SELECT ARRAY['Touchpoint', E'NPS\npoints', E'CSAT\n% of 4 and 5', E'CES\n1 to 7', E'Completion\n%', E'Abandoned\n%', E'Errors\n% of tests',
			E'Time\nseconds', E'Escalation\n% of tickets', E'Friction\n% of checkouts', E'Index\n0 to 100'] AS heads) AS h, (
		SELECT c.touchpoint, ARRAY[c.touchpoint] || array_agg(
			page.measured(estimate, low, high, n, decimals) || coalesce(E'\n' || page.judged(adjusted_p, better, page.number(gap, decimals, true)), '')
			ORDER BY place) || (
				SELECT page.number((x).estimate, 1) || E'\n' || page.span((x).low, (x).high, 1) || E'\nof ' || (x).components || ' measures'
				FROM (
					SELECT experience_index(estimate, standard_error, worst, best, weight, 'drop') AS x
					FROM touchpoint_components AS t
					WHERE t.touchpoint = c.touchpoint
					) AS i
				) AS cells
		FROM page.map_cells AS c
		GROUP BY c.touchpoint
		) AS r
	GROUP BY heads)
UNION ALL
SELECT 2, 'trends', 'Trends', (
	SELECT page.figure('Net Promoter Score of all touchpoints by month. The band is the 95 % interval of each month.',
			(SELECT svg_line(month, estimate, low, high, 'Net Promoter Score by month' ORDER BY month) FROM page.months))
		|| page.figure('The score of the last 28 days, day by day: answers are counted together and not averaged.',
			(SELECT svg_line(day, nps, low, high, 'Net Promoter Score of the last 28 days' ORDER BY day) FROM bi.nps_last_28_days
			WHERE day >= (SELECT min(day) + 27 FROM bi.nps_last_28_days)))
		|| page.figure('The months as a control chart. Beyond the limits, three standard errors from the mean of the year, is what chance alone hardly brings about.',
			(SELECT svg_control(to_char(month, 'Mon'), estimate, center, low, high, signal, 'Net Promoter Score, control chart of the months' ORDER BY month)
			FROM (SELECT month, (control_limits(s) OVER (ORDER BY month)).* FROM page.months) AS c))
		|| page.more('The months as a table', page.data_table('Net Promoter Score by month, all touchpoints', heads, string_agg(page.row(heads, cells), '' ORDER BY month)))
	FROM (SELECT ARRAY['Month', 'Score', 'Against the month before'] AS heads) AS h, (
		SELECT month, ARRAY[to_char(month, 'FMMonth'), page.measured(estimate, low, high, n, 1),
			page.judged(adjusted_p, difference > 0, page.number(difference, 1, true))] AS cells
		FROM page.months
		) AS m
	GROUP BY heads)
UNION ALL
SELECT 3, 'funnel', 'From the first view to payment', (
	SELECT page.paragraph('Customers who viewed an item in December, by the device of that view, and how far they came within 3 days. Who viewed it in the'
			' last 3 days may still pay: they are open, and in none of the shares.')
		|| (
			SELECT string_agg(page.figure(format('The way to payment on the %s. Of those who viewed an item, so many gave up:', device), svg(shop),
				page.measured(100 * e.estimate, 100 * e.low, 100 * e.high, e.n, 1, ' %')
				|| coalesce(E'\n' || page.judged(adjusted_p, difference > 0, page.number(-100 * difference, 1, true) || ' against desktop'), '')
				|| E'\nStill open: ' || page.number(open(shop)) || ', of whom ' || page.number(open_completed(shop)) || ' have paid already'
				|| E'\nFrom view to payment: ' || page.number(median(elapsed(shop)) / 60, 1) || ' minutes (median)'), '' ORDER BY device)
			FROM checkouts LEFT JOIN page.device_gaps AS g USING (device), estimate(abandonment(shop)) AS e
			WHERE g.step IS NULL
			)
		|| page.more('The steps by device as a table', page.data_table('The way to payment by device', heads, string_agg(page.row(heads, cells), '' ORDER BY device, step)))
	FROM (SELECT ARRAY['Device and step', 'Came so far', E'Of all\n%', E'Gave up there\n%', E'Minutes\nmedian since the step before', 'Still open'] AS heads) AS h, (
		SELECT device, step, ARRAY[device || ', ' || name, page.number(customers), page.number(100 * share_of_start, 1) || E'\n' || page.span(100 * start_low, 100 * start_high, 1),
			page.number(100 * abandonment, 1) || E'\n' || page.number(abandoned) || ' customers', page.number(median_seconds / 60, 1), page.number(open)] AS cells
		FROM bi.checkout_steps
		) AS c
	GROUP BY heads)
UNION ALL
SELECT 4, 'paths', 'Paths', (
	SELECT page.figure('What customers did after they first put something into the cart: the next three events of each, from left to right. Ribbons are as wide as there are customers; orange ones end.', (SELECT svg(s) FROM page.flows_after_cart))
		|| page.more('The largest flows as a table', (
			SELECT page.data_table('The largest flows after the first cart, step by step', heads, string_agg(page.row(heads, ARRAY[source || ' → ' || target, page.number(actors), page.number(share, 1)]), '' ORDER BY actors DESC))
			FROM (SELECT ARRAY['From and to', 'Customers', E'Of the source\n%'] AS heads) AS h, (
				SELECT r.source, r.target, r.actors, 100 * r.actors / sum(r.actors) OVER (PARTITION BY r.step, r.source) AS share
				FROM page.flows_after_cart, report(s) AS r
				ORDER BY r.actors DESC, r.source COLLATE "C", r.target COLLATE "C"
				LIMIT 15
				) AS f
			GROUP BY heads))
		|| page.data_table('Where those went who did not pay within 3 days: the next event after the last step that they reached, 5 % and more', heads, string_agg(page.row(heads, cells), '' ORDER BY step, actors DESC))
	FROM (SELECT ARRAY['Last step and what came next', 'Customers', E'Of that step\n%'] AS heads) AS h, (
		SELECT step, actors, ARRAY[substr(source, 3) || ', then ' || CASE target WHEN '(end)' THEN 'nothing' ELSE regexp_replace(target, '^next ', '') END,
			page.number(actors), page.number(100 * actors / of_step::float8, 1)] AS cells
		FROM page.gone
		WHERE actors >= 0.05 * of_step
		) AS g
	GROUP BY heads)
UNION ALL
SELECT 5, 'cohorts', 'Cohorts', (
	SELECT page.paragraph('Customers by the month of their first order in 2025, and how many of them order again 1, 2 and more months later. A month that is'
			' not over is left open.')
		|| page.figure('Who comes back, in percent of the customers of the first month', (SELECT svg(s) FROM page.cohorts))
		|| page.more('All cohorts together as a table', page.data_table('New customers of 2025 who order again', heads, string_agg(page.row(heads, cells), '' ORDER BY period)))
	FROM (SELECT ARRAY['Months later', E'Order again\n%', 'Cohorts'] AS heads) AS h, (
		SELECT period, ARRAY[period::text, page.measured(100 * share, 100 * low, 100 * high, cohort_size, 1), page.number(cohorts)] AS cells
		FROM page.cohorts, curve(s, false, :'as_of')
		WHERE period > 0
		) AS c
	GROUP BY heads)
UNION ALL
SELECT 6, 'tasks', 'Tasks', (
	SELECT page.paragraph('Usability tests of the web shop: 60 people tried three tasks in each release. Time is the geometric mean of those who completed the task.')
		|| page.data_table('The tasks in release 2025.4, and in 2025.1', heads, string_agg(page.row(heads, cells), '' ORDER BY task))
	FROM (SELECT ARRAY['Task', E'Completed\n%', E'Completed in 2025.1\n%', E'Seconds', E'Seconds in 2025.1'] AS heads) AS h, (
		SELECT task, ARRAY[task, page.measured(100 * done, 100 * done_low, 100 * done_high, done_n, 0) || E'\n' || page.judged(done_p, done_change > 0, page.number(100 * done_change, 0, true)),
			page.measured(100 * done_before, 100 * done_before_low, 100 * done_before_high, done_before_n, 0),
			page.measured(seconds, seconds_low, seconds_high, seconds_n, 1) || E'\n' || page.judged(seconds_p, seconds_ratio < 1, page.number(seconds - seconds_before, 1, true)),
			page.measured(seconds_before, seconds_before_low, seconds_before_high, seconds_before_n, 1)] AS cells
		FROM page.tasks
		) AS t
	GROUP BY heads)
	|| (
	SELECT page.figure('System Usability Scale of each release: the mean of those who filled in all ten answers. About half of all products score below 68.',
			(SELECT svg_cells(release, estimate, low, high, 'System Usability Scale by release' ORDER BY release) FROM page.usability))
		|| page.data_table('Usability of the releases', heads, string_agg(page.row(heads, cells), '' ORDER BY release))
	FROM (SELECT ARRAY['Release', E'SUS\n0 to 100', E'Grade\nof the interval', 'Against the release before'] AS heads) AS h, (
		SELECT release, ARRAY[release, page.measured(estimate, low, high, n, 1), sus_grade(estimate) || E'\n' || sus_grade(low) || ' to ' || sus_grade(high),
			page.judged(adjusted_p, difference > 0, page.number(difference, 1, true))] AS cells
		FROM page.usability
		) AS t
	GROUP BY heads)
UNION ALL
SELECT 7, 'service', 'Tickets and escalations', (
	SELECT page.paragraph('Escalated within 14 days: of the tickets that are older. In time: of those whose due time is over. The hours to a solution count open tickets as'
			' longer than they have lasted (Kaplan-Meier).')
		|| page.figure('Tickets escalated within 14 days, in percent, by severity.',
			(SELECT svg_cells(severity, 100 * s.escalated, 100 * escalated_low, 100 * escalated_high, 'Escalated tickets by severity, %' ORDER BY s.escalated) FROM page.severities AS s))
		|| page.data_table('Tickets by severity, 2025', heads, string_agg(page.row(heads, cells), '' ORDER BY escalated))
	FROM (SELECT ARRAY['Severity', E'Escalated\n%', E'Solved in time\n%', E'Hours to a solution\nmedian', 'Still open'] AS heads) AS h, (
		SELECT escalated, ARRAY[severity, page.measured(100 * escalated, 100 * escalated_low, 100 * escalated_high, escalated_n, 1)
			|| coalesce(E'\n' || page.number(100 * difference, 1, true) || ' against normal (' || page.p_value(adjusted_p) || ')', ''),
			page.measured(100 * in_time, 100 * in_time_low, 100 * in_time_high, in_time_n, 1),
			page.measured(median / 3600, median_low / 3600, median_high / 3600, timed, 1), page.number(unfinished)] AS cells
		FROM page.severities
		) AS t
	GROUP BY heads)
	|| page.beside((
	SELECT page.data_table('How tickets are handled', heads, string_agg(page.row(heads, cells), '' ORDER BY place))
	FROM (SELECT ARRAY['Tickets', E'Share\n%'] AS heads) AS h, (
		SELECT place, ARRAY[question, page.measured(100 * estimate, 100 * low, 100 * high, n, 1)] AS cells
		FROM page.handling
		) AS t
	GROUP BY heads)
	|| (
	SELECT page.data_table(format('What goes with the recommendation after a ticket (n %s)', page.number(min(n))), heads, string_agg(page.row(heads, cells), '' ORDER BY relative_share DESC))
	FROM (SELECT ARRAY['Question', 'Correlation', E'Importance\n%'] AS heads) AS h, (
		SELECT relative_share, r_squared, n, ARRAY[name, page.number(correlation, 2), page.number(100 * relative_share, 1)] AS cells
		FROM page.drivers
		) AS t
	GROUP BY heads))
	|| (SELECT page.paragraph(format('Importance is Johnson''s relative weight, in percent of what all questions together explain (R² = %s). Drivers are no causes yet.',
		to_char(min(r_squared), 'FM0.00')), 'small') FROM page.drivers)
	|| page.figure('What customers want improved after a ticket: shares of those who were asked, who could tick several answers.', (SELECT svg(choices(reasons)) FROM service_ratings))
UNION ALL
SELECT 8, 'loyalty', 'Loyalty', (
	SELECT page.figure('Customers who ordered again within 90 days, by the quarter of their first order. Of the last quarter only few have had their 90 days.',
			(SELECT svg_cells(to_char(quarter, 'YYYY "Q"Q'), 100 * estimate, 100 * low, 100 * high, 'Ordered again within 90 days, %' ORDER BY quarter) FROM page.quarters))
		|| page.more('The quarters as a table', page.data_table('Ordered again within 90 days', heads, string_agg(page.row(heads, cells), '' ORDER BY quarter)))
	FROM (SELECT ARRAY['First order', E'Again\n%', E'Days to the second order\nmedian', 'Undecided'] AS heads) AS h, (
		SELECT quarter, ARRAY[to_char(quarter, 'YYYY "Q"Q'), page.measured(100 * estimate, 100 * low, 100 * high, n, 1),
			page.number(median / 86400, 1) || coalesce(E'\n' || page.span(median_low / 86400, median_high / 86400, 1), E'\nfrom ' || page.number(median_low / 86400, 1)), page.number(undecided)] AS cells
		FROM page.quarters
		) AS t
	GROUP BY heads)
	|| page.beside((
	SELECT page.data_table('What the buyers of 2024 spent in 2025, in percent of 2024', heads, string_agg(page.row(heads, cells), '' ORDER BY segment))
	FROM (SELECT ARRAY['Segment', E'Net retention\n%', E'Gross retention\n%', E'With referred customers\n%'] AS heads) AS h, (
		SELECT segment, ARRAY[segment] || array_agg(page.measured(100 * estimate, 100 * low, 100 * high, n, 1)
			|| coalesce(E'\n' || page.judged(adjusted_p, difference > 0, page.number(100 * difference, 1, true) || ' against 100'), '') ORDER BY place) AS cells
		FROM page.revenue
		GROUP BY segment
		) AS t
	GROUP BY heads)
	|| (
	SELECT page.data_table('Who brought a friend in 2024, by the lowest answer to the recommendation', heads, string_agg(page.row(heads, cells), '' ORDER BY estimate DESC))
	FROM (SELECT ARRAY['Class', E'Brought a friend\n%'] AS heads) AS h, (
		SELECT estimate, ARRAY[stated, page.measured(100 * estimate, 100 * low, 100 * high, n, 2)
			|| coalesce(E'\n' || page.judged(adjusted_p, difference > 0, page.number(100 * difference, 2, true) || ' against detractors'), '')] AS cells
		FROM page.promises
		) AS t
	GROUP BY heads));

CREATE VIEW page.report (html) AS
WITH sections AS MATERIALIZED (
	SELECT * FROM page.sections
), findings AS MATERIALIZED (
	SELECT * FROM page.findings
)
SELECT format($html$<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>Customer and user experience, 2025</title>
<style>
:root{color-scheme:light dark;--page:#f5f6f8;--paper:#fff;--ink:#1f2328;--muted:#57606a;--line:#d5dae0;--accent:#08519c;
--better:#0a4a8f;--better-paper:#e3eef9;--worse:#8f3d00;--worse-paper:#fdeadb}
@media screen and (prefers-color-scheme:dark){:root{--page:#0d1116;--paper:#15191f;--ink:#e6edf3;--muted:#a9b4c0;--line:#333c47;--accent:#7db8f0;
--better:#a3cdf7;--better-paper:#17304a;--worse:#ffc48a;--worse-paper:#452912}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:77rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:clamp(1.75rem,4.5vw,2.6rem);line-height:1.15;letter-spacing:-.02em;margin:0 0 .5rem}
h2{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 .75rem}
h3{font-size:.95rem;line-height:1.3;margin:0}
p{max-width:46rem;margin:0 0 1rem}
a{color:var(--accent);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.lead{font-size:1.1rem;color:var(--muted)}
.note{color:var(--muted)}
.small{font-size:.85rem;color:var(--muted);max-width:60rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%%);white-space:nowrap}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;margin:1.25rem 0 0;padding:0}
nav a{display:block;padding:.3rem .8rem;border:1px solid var(--line);border-radius:2rem;background:var(--paper);text-decoration:none;font-size:.9rem}
nav a:hover{border-color:var(--accent)}
section{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem;margin:1.5rem 0;scroll-margin-top:1rem}
.cards{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.75rem;list-style:none;margin:0 0 1.5rem;padding:0}
.cards li{border:1px solid var(--line);border-top:4px solid var(--line);border-radius:.5rem;padding:.75rem .9rem}
.cards li.is-better{border-top-color:var(--better)}
.cards li.is-worse{border-top-color:var(--worse)}
.cards .base{display:block;font-size:.8rem;color:var(--muted)}
.cards .value{font-size:2rem;line-height:1.2;letter-spacing:-.02em;margin-top:.25rem}
.cards .detail,.cards .better,.cards .worse,.cards .unclear{font-size:.85rem}
.cards .better,.cards .worse,.cards .unclear{margin-top:.35rem}
.value,.detail,.better,.worse,.unclear{display:block}
.value{font-weight:600}
.detail,.unclear{color:var(--muted)}
.better{color:var(--better);font-weight:600}
.worse{color:var(--worse);font-weight:600}
.findings{max-width:52rem;padding-left:1.1rem;margin:0 0 1.25rem}
.findings li{margin:.3rem 0;padding-left:.2rem}
.findings li::marker{color:var(--accent)}
.legend{display:flex;flex-wrap:wrap;gap:.4rem .6rem;list-style:none;margin:0 0 1rem;padding:0;font-size:.85rem}
.legend li{padding:.15rem .6rem;border-radius:.3rem;border:1px solid var(--line)}
table{width:auto;min-width:min(100%%,34rem);border-collapse:collapse;margin:0 0 1.5rem;font-size:.9rem;line-height:1.35}
caption{text-align:left;font-weight:600;padding:0 0 .5rem;font-size:.95rem}
th,td{padding:.45rem .75rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{text-align:left;padding-left:0}
thead th{vertical-align:bottom;border-bottom:2px solid var(--line)}
thead .detail{font-weight:400}
tbody th .value{font-weight:600}
td .value{font-weight:400}
td .detail,td .better,td .worse,td .unclear,thead .detail{font-size:.8rem}
td.is-better{background:var(--better-paper)}
td.is-worse{background:var(--worse-paper)}
td.is-better .detail,td.is-worse .detail{color:var(--ink)}
.label{display:none}
.map{width:100%%;table-layout:fixed;font-size:.85rem}
.map th,.map td{text-align:left;padding:.45rem .35rem}
.map th:first-child{width:5.25rem}
.map tbody th .value{font-size:.95rem}
.map .value{font-size:1.05rem;font-weight:600;letter-spacing:-.01em}
.map thead .value{font-size:.8rem}
.map td .detail,.map td .better,.map td .worse,.map td .unclear,.map thead .detail{font-size:.72rem}
.map tbody td{border-left:1px solid var(--line)}
.groups th{border-bottom:1px solid var(--line);border-left:1px solid var(--line)}
.groups td{border:0}
.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%%,30rem),1fr));gap:0 2.5rem;align-items:start}
.beside table{width:100%%;min-width:0}
figure{display:grid;grid-template-columns:minmax(0,46rem) minmax(12rem,1fr);gap:.5rem 1.5rem;margin:0 0 1.5rem}
figcaption{font-size:.9rem;color:var(--muted);max-width:46rem}
.facts{display:block;margin-top:.75rem;padding-left:.8rem;border-left:4px solid var(--line)}
.facts.is-better{border-color:var(--better)}
.facts.is-worse{border-color:var(--worse)}
.facts .value{font-size:1.6rem;line-height:1.25;color:var(--ink)}
.picture{max-width:46rem;overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
.picture svg{display:block;width:100%%;min-width:36rem;height:auto}
.hint{display:none}
@media screen and (max-width:40rem){.hint{display:block;font-size:.8rem}}
details{margin:0 0 1.5rem;border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem}
summary{cursor:pointer;color:var(--accent);font-size:.9rem}
details table{margin:.75rem 0 .5rem}
footer{padding-bottom:3rem;font-size:.9rem;color:var(--muted)}
@media (max-width:62rem){
.cards{grid-template-columns:repeat(2,minmax(0,1fr))}
figure{grid-template-columns:minmax(0,1fr)}
.wide,.wide tbody,.wide caption,.wide th,.wide td,.wide .content{display:block}
.wide thead{display:none}
.wide tbody tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.4rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
.wide tbody th[scope=row],.map tbody th[scope=row]{width:auto;grid-column:1/-1;border:0;padding:0;font-size:1rem}
.wide tbody td,.map tbody td{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .6rem;text-align:left}
.wide tbody td.none{display:none}
.wide .label{display:block;font-size:.75rem;color:var(--muted)}
td.is-better .label,td.is-worse .label{color:var(--ink)}
.map td .detail,.map td .better,.map td .worse,.map td .unclear{font-size:.8rem}
}
@media (max-width:30rem){
header,main,footer{padding-left:.75rem;padding-right:.75rem}
section{padding:1rem .8rem}
.cards{gap:.5rem}
.cards li{padding:.6rem}
.cards .value{font-size:1.6rem}
.findings{padding-left:.9rem}
.slim{width:100%%;min-width:0}
.slim th,.slim td{padding-left:.3rem;padding-right:.3rem}
}
@media print{
body{background:#fff;font-size:10pt}
nav,summary{display:none}
section{border:0;padding:0;margin:1.5rem 0}
details{border:0;padding:0}
details::details-content{content-visibility:visible;display:block}
figure,tr,.cards li{break-inside:avoid}
h2,caption{break-after:avoid}
td.is-better,td.is-worse,.cards li,.legend li{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
</style>
</head>
<body>
<header>
<h1>Customer and user experience, 2025</h1>
<p class="lead">What the customers of the demo company said and did, as of 1 January 2026: every number with its 95 %% interval and its base.</p>
<nav aria-label="Sections">
<ul>
%s</ul>
</nav>
</header>
<main>
<section id="summary" aria-labelledby="summary-heading">
<h2 id="summary-heading">The year at a glance</h2>
<ul class="cards">
%s</ul>
<h3>What stands out</h3>
<ul class="findings">
%s</ul>
</section>
%s</main>
<footer>
<p>Made by SQL alone, from summaries stored in PostgreSQL with cxux. An interval says where the true value lies with 95 %% confidence: adjusted Wald for the Net
Promoter Score, Wilson for shares, t for means, log-t for times, the delta method for revenue. “More than chance” means p below 0.05 after an adjustment for all
comparisons of the same table (Benjamini-Hochberg in the map, Holm elsewhere). The company and its customers are made up.</p>
</footer>
</body>
</html>
$html$,
	(SELECT string_agg(format(E'<li><a href="#%s">%s</a></li>\n', id, page.escape(heading)), '' ORDER BY place) FROM sections),
	(SELECT string_agg(format(E'<li class="%s"><h3>%s</h3><span class="base">%s</span>%s</li>\n', page.tone(content), page.escape(name), page.escape(base), page.lines(content)), '' ORDER BY place)
	FROM page.headlines, LATERAL (SELECT page.measured(estimate, low, high, n, decimals, unit)
		|| E'\n' || page.judged(adjusted_p, (difference > 0) = more_is_better, page.number(difference, decimals, true) || ' ' || reference) AS content) AS c),
	(SELECT string_agg(format(E'<li>%s <a href="#%s">%s</a></li>\n', page.escape(sentence), id, page.escape(heading)), '' ORDER BY s.place)
	FROM findings AS f JOIN sections AS s ON s.id = f.section
	WHERE f.place = 1),
	(SELECT string_agg(format(E'<section id="%s" aria-labelledby="%1$s-heading">\n<h2 id="%1$s-heading">%s</h2>\n<ul class="findings">\n%s</ul>\n%s</section>\n', id, page.escape(heading),
		said, body), '' ORDER BY place)
	FROM sections, LATERAL (SELECT string_agg(format(E'<li>%s</li>\n', page.escape(sentence)), '' ORDER BY f.place) AS said FROM findings AS f WHERE f.section = id) AS f));
COMMENT ON VIEW page.report IS 'the report: one row, an HTML document';
COMMIT;
