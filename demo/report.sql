-- The questions an analyst puts to the company of company.sql. Every one has the same shape: an
-- inner query builds a summary for each group, and a verb in FROM (report, compare, benchmark)
-- turns it into columns. Only the rounding is for people.
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'
\set as_of '2026-01-01 00:00+00'

-- One row per day and touchpoint is enough for every later question about scores: summaries merge
-- without loss.
CREATE MATERIALIZED VIEW daily_scores AS
SELECT (answered_at AT TIME ZONE 'UTC')::date AS day, touchpoint,
	nps(recommend) AS recommendation,
	likert(satisfaction, 1, 5) AS satisfaction,
	likert(ease, 1, 7) AS ease
FROM responses
GROUP BY day, touchpoint;

-- A customer belongs to the device of the first view, whatever came later. Funnels read the raw
-- log, and are stored like any other summary.
CREATE MATERIALIZED VIEW checkouts AS
SELECT entries.device,
	funnel(customer_id, at, event, 'view > cart > checkout > pay within 3 days', :'as_of') AS shop
FROM events
	JOIN (
		SELECT DISTINCT ON (customer_id) customer_id, device
		FROM events
		WHERE event = 'view'
		ORDER BY customer_id, at, event_id
		) AS entries USING (customer_id)
GROUP BY entries.device;

\echo
\echo 'The company'
\echo '==========='
\echo 'A made-up one, the same on every run. What there is to ask:'

SELECT kind AS "table", rows, first::date, last::date
FROM (VALUES
	(1, 'customers', (SELECT count(*) FROM customers),
		(SELECT min(joined_at) FROM customers), (SELECT max(joined_at) FROM customers)),
	(2, 'responses', (SELECT count(*) FROM responses),
		(SELECT min(answered_at) FROM responses), (SELECT max(answered_at) FROM responses)),
	(3, 'competitor_responses', (SELECT count(*) FROM competitor_responses), NULL, NULL),
	(4, 'tickets', (SELECT count(*) FROM tickets),
		(SELECT min(opened_at) FROM tickets), (SELECT max(opened_at) FROM tickets)),
	(5, 'ticket_events', (SELECT count(*) FROM ticket_events),
		(SELECT min(at) FROM ticket_events), (SELECT max(at) FROM ticket_events)),
	(6, 'task_attempts', (SELECT count(*) FROM task_attempts),
		(SELECT min(started_at) FROM task_attempts), (SELECT max(started_at) FROM task_attempts)),
	(7, 'sus_answers', (SELECT count(*) FROM sus_answers), NULL, NULL),
	(8, 'service_ratings', (SELECT count(*) FROM service_ratings), NULL, NULL),
	(9, 'events', (SELECT count(*) FROM events),
		(SELECT min(at) FROM events), (SELECT max(at) FROM events)),
	(10, 'daily_scores', (SELECT count(*) FROM daily_scores),
		(SELECT min(day) FROM daily_scores), (SELECT max(day) FROM daily_scores))
	) AS t (place, kind, rows, first, last)
ORDER BY place;

\echo 'Recommendation (NPS) by touchpoint'
\echo '=================================='
\echo 'Promoters less detractors, in percent, from -100 to +100. The true score lies between low and'
\echo 'high with 95 % confidence: touchpoints whose intervals lie apart do not differ by chance alone.'

SELECT g.touchpoint,
	round(r.score::numeric, 1) AS nps,
	round(r.low::numeric, 1) AS low,
	round(r.high::numeric, 1) AS high,
	r.n,
	round(100 * r.promoter_share::numeric, 1) AS promoters,
	round(100 * r.passive_share::numeric, 1) AS passives,
	round(100 * r.detractor_share::numeric, 1) AS detractors
FROM (SELECT touchpoint, nps(recommend) AS summary FROM responses GROUP BY touchpoint) AS g,
	report(g.summary) AS r
ORDER BY r.score DESC;

\echo 'Satisfaction (CSAT) by touchpoint'
\echo '================================='
\echo 'The satisfied are those who answered 4 or 5 of 5, in percent of all who answered, with a Wilson'
\echo 'interval. Mean and median are in points of the scale. Read from the stored daily summaries.'

SELECT g.touchpoint,
	round(100 * r.top_2_box::numeric, 1) AS satisfied,
	round(100 * r.top_2_low::numeric, 1) AS low,
	round(100 * r.top_2_high::numeric, 1) AS high,
	r.n,
	round(r.mean::numeric, 2) AS mean,
	r.median
FROM (SELECT touchpoint, rollup(satisfaction) AS summary FROM daily_scores GROUP BY touchpoint) AS g,
	report(g.summary) AS r
ORDER BY r.top_2_box DESC;

\echo 'Ease (CES) by touchpoint'
\echo '========================'
\echo '"We made it easy for you", 1 to 7: mean with a t interval, and how far the answers agree, from'
\echo '-1 (two camps) over 0 (evenly spread) to 1. Not asked in the store, so that its line is empty.'

SELECT g.touchpoint,
	round(r.mean::numeric, 2) AS mean,
	round(r.low::numeric, 2) AS low,
	round(r.high::numeric, 2) AS high,
	r.n,
	round(100 * r.top_2_box::numeric, 1) AS six_or_seven,
	round(r.agreement_index::numeric, 2) AS agreement
FROM (SELECT touchpoint, rollup(ease) AS summary FROM daily_scores GROUP BY touchpoint) AS g,
	report(g.summary) AS r
ORDER BY r.mean DESC NULLS LAST;

\echo 'How satisfied the customers of live chat are'
\echo '============================================'
\echo 'Share and number of each answer; below, the mean (the dot) with its interval on the scale.'
\echo
\t \a
SELECT chart(rollup(satisfaction), 80) FROM daily_scores WHERE touchpoint = 'live chat';
\a \t

\echo
\echo 'Recommendation, the last 30 days at the end of each month'
\echo '========================================================='
\echo 'A moving window over the stored daily summaries, all touchpoints together. A change within the'
\echo 'intervals may be chance. Who answered at two touchpoints counts twice, as if two customers.'

SELECT w.day, round(r.score::numeric, 1) AS nps, round(r.low::numeric, 1) AS low,
	round(r.high::numeric, 1) AS high, r.n
FROM (
	SELECT day, rollup(rollup(recommendation)) OVER last_30_days AS summary
	FROM daily_scores
	GROUP BY day
	WINDOW last_30_days AS (
		ORDER BY day RANGE BETWEEN interval '29 days' PRECEDING AND CURRENT ROW)
	) AS w,
	report(w.summary) AS r
WHERE extract(day FROM w.day + 1) = 1
ORDER BY w.day;

\echo 'Recommendation against the competitor'
\echo '====================================='
\echo 'Our score less theirs, in points, with the interval of the gap. Five tests at once find too much:'
\echo 'go by adjusted_p (Benjamini-Hochberg), where 0.0000 means below 0.00005.'

SELECT touchpoint,
	round(score(ours)::numeric, 1) AS ours, n(ours) AS our_n,
	round(score(theirs)::numeric, 1) AS theirs, n(theirs) AS their_n,
	round(c.difference::numeric, 1) AS gap,
	round(c.low::numeric, 1) AS low, round(c.high::numeric, 1) AS high,
	round(c.p_value::numeric, 4) AS p,
	round(adjust_p_value(c.p_value, 'benjamini-hochberg') OVER ()::numeric, 4) AS adjusted_p
FROM (SELECT touchpoint, nps(recommend) AS ours FROM responses GROUP BY touchpoint) AS o
	JOIN (SELECT touchpoint, nps(recommend) AS theirs FROM competitor_responses GROUP BY touchpoint)
		AS t USING (touchpoint),
	compare(ours, theirs) AS c
ORDER BY c.difference DESC;

\echo 'The target: 75 % satisfied'
\echo '=========================='
\echo 'Percentage points above or below it. A touchpoint has met or missed the target only when the'
\echo 'whole interval is on one side.'

SELECT g.touchpoint,
	round(100 * share(g.satisfied)::numeric, 1) AS satisfied, n(g.satisfied) AS n,
	round(100 * b.difference::numeric, 1) AS from_target,
	round(100 * b.low::numeric, 1) AS low, round(100 * b.high::numeric, 1) AS high,
	round(b.p_value::numeric, 4) AS p,
	CASE WHEN b.low > 0 THEN 'met' WHEN b.high < 0 THEN 'missed' ELSE 'not certain' END AS verdict
FROM (
	SELECT touchpoint, csat(rollup(satisfaction)) AS satisfied FROM daily_scores GROUP BY touchpoint
	) AS g,
	benchmark(g.satisfied, 0.75) AS b
ORDER BY b.difference DESC;

\echo 'Enterprise customers in December'
\echo '================================'
\echo 'A small segment: cells with fewer than 30 answers keep their line and show no score.'

SELECT g.touchpoint, n(g.summary) AS n, round(r.score::numeric) AS nps,
	round(r.low::numeric) AS low, round(r.high::numeric) AS high
FROM (
	SELECT touchpoint, nps(recommend) AS summary
	FROM responses JOIN customers USING (customer_id)
	WHERE segment = 'enterprise' AND answered_at >= '2025-12-01 00:00+00'
	GROUP BY touchpoint
	) AS g,
	report(minimum_base(g.summary, 30)) AS r
ORDER BY n DESC;

\echo 'Tickets resolved in time, by touchpoint'
\echo '======================================='
\echo 'Percent of the tickets whose due time was over on 1 January 2026 (n). The undecided were not due'
\echo 'yet, done or not; if_failed and if_met say how far they could still move the share.'

SELECT g.touchpoint,
	round(100 * r.share::numeric, 1) AS in_time,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	r.trials AS n, r.undecided,
	round(100 * r.share_if_failed::numeric, 1) AS if_failed,
	round(100 * r.share_if_met::numeric, 1) AS if_met
FROM (
	SELECT touchpoint, rate(met_by(resolved_at, due_at, :'as_of')) AS summary
	FROM tickets
	GROUP BY touchpoint
	) AS g,
	report(g.summary) AS r
ORDER BY r.share DESC;

\echo 'Tickets escalated within 14 days, by severity'
\echo '============================================='
\echo 'Percent of the tickets opened at least 14 days before (n). The younger ones are undecided, also'
\echo 'those escalated already: counting only the quick would distort the share.'

SELECT g.severity,
	round(100 * r.share::numeric, 1) AS escalated,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	r.trials AS n, r.undecided,
	round(100 * r.share_if_failed::numeric, 1) AS if_none,
	round(100 * r.share_if_met::numeric, 1) AS if_all
FROM (SELECT severity, rate(escalated) AS summary FROM tickets GROUP BY severity) AS g,
	report(g.summary) AS r
ORDER BY r.share;

\echo 'Time on task, by task and release'
\echo '================================='
\echo 'Seconds of those who completed the task: geometric mean with a log-t interval, and median. Beside'
\echo 'it how many completed it, in percent with an interval, and errors and clicks per attempt.'

SELECT g.task, g.release,
	round(t.geometric_mean::numeric, 1) AS secs,
	round(t.low::numeric, 1) AS low,
	round(t.high::numeric, 1) AS high,
	round(t.median::numeric, 1) AS median,
	round(100 * c.share::numeric) AS done,
	round(100 * c.low::numeric) AS d_low,
	round(100 * c.high::numeric) AS d_high,
	round(mean(g.errors)::numeric, 2) AS errors,
	round(mean(g.clicks)::numeric, 1) AS clicks
FROM (
	SELECT task, release,
		timing(seconds) FILTER (WHERE completed) AS duration,
		rate(completed) AS completion,
		sample(errors) AS errors,
		sample(clicks) AS clicks
	FROM task_attempts
	GROUP BY task, release
	) AS g,
	report(g.duration) AS t,
	report(g.completion) AS c
ORDER BY g.task, g.release;

\echo 'Are the tasks quicker than in the first release?'
\echo '================================================'
\echo 'Geometric mean of release 2025.4 over that of 2025.1, of those who completed the task: 0.80 is a'
\echo 'fifth quicker. Welch on logarithms; go by adjusted_p (Holm), where 0.0000 means below 0.00005.'

SELECT task,
	round(c.ratio::numeric, 2) AS ratio,
	round(c.low::numeric, 2) AS low,
	round(c.high::numeric, 2) AS high,
	round(c.p_value::numeric, 4) AS p,
	round(adjust_p_value(c.p_value, 'holm') OVER ()::numeric, 4) AS adjusted_p
FROM (
	SELECT task,
		timing(seconds) FILTER (WHERE completed AND release = '2025.4') AS now,
		timing(seconds) FILTER (WHERE completed AND release = '2025.1') AS before
	FROM task_attempts
	GROUP BY task
	) AS g,
	compare_ratio(now, before) AS c
ORDER BY task;

\echo 'Usability (SUS) by release'
\echo '=========================='
\echo 'System Usability Scale, 0 to 100: mean with a t interval, and the grade of the mean and of both'
\echo 'ends: where these lie far apart, more people should be asked. gaps: sheets left out as incomplete.'
\echo 'percentile: percent of products with a lower score. Grades are those of the unrounded scores.'

SELECT g.release, n(g.scores) AS n, g.invited - n(g.scores) AS gaps,
	round(r.mean::numeric, 1) AS sus,
	round(r.low::numeric, 1) AS low,
	round(r.high::numeric, 1) AS high,
	sus_grade(r.mean) AS grade,
	sus_grade(r.low) AS "from",
	sus_grade(r.high) AS "to",
	round(sus_percentile(r.mean)::numeric) AS percentile,
	sus_adjective(r.mean) AS adjective
FROM (
	SELECT release, count(*) AS invited, sample(sus(q1, q2, q3, q4, q5, q6, q7, q8, q9, q10)) AS scores
	FROM sus_answers
	GROUP BY release
	) AS g,
	report(g.scores) AS r
ORDER BY g.release;

\echo 'Time to resolve a ticket, by severity'
\echo '====================================='
\echo 'Hours. Open tickets have run until 1 January 2026 and count as not resolved before (Kaplan-Meier):'
\echo 'leaving them out would make the desk look quicker. low, high: of the median; after_7_days: percent'
\echo 'still open a week after. Times are right to 1 %.'

SELECT g.severity, r.finished AS resolved, r.unfinished AS open,
	round((r.median / 3600)::numeric, 1) AS median,
	round((r.median_low / 3600)::numeric, 1) AS low,
	round((r.median_high / 3600)::numeric, 1) AS high,
	round((r.p90 / 3600)::numeric, 1) AS p90,
	round((quantile(g.duration, 0.99) / 3600)::numeric, 1) AS p99,
	round(100 * survival(g.duration, 7 * 86400)::numeric, 1) AS after_7_days
FROM (
	SELECT severity, timing(opened_at, resolved_at, :'as_of') AS duration
	FROM tickets
	GROUP BY severity
	) AS g,
	report(g.duration) AS r
ORDER BY r.median;

\echo 'How long critical tickets of December took'
\echo '=========================================='
\echo 'On a logarithmic scale of time; the dot below is the geometric mean with its interval.'
\echo
\t \a
SELECT chart(timing(opened_at, resolved_at, :'as_of'), 80)
FROM tickets WHERE severity = 'critical' AND opened_at >= '2025-12-01 00:00+00';
\a \t

\echo
\echo 'What drives the recommendation after a ticket'
\echo '============================================='
\echo 'Correlation with the recommendation, standardised weight in a regression on all, and Johnson''s'
\echo 'relative weight in percent of what all five explain together (r_squared). Drivers are no causes yet.'

SELECT d.name,
	round(d.correlation::numeric, 2) AS correlation,
	round(d.beta::numeric, 2) AS beta,
	round(100 * d.relative_share::numeric, 1) AS importance,
	round(d.r_squared::numeric, 2) AS r_squared,
	n(g.answers) AS n, dropped(g.answers) AS incomplete
FROM (
	SELECT items(recommend, ease, courtesy, responsiveness, competence, price) AS answers
	FROM service_ratings
	) AS g,
	drivers(g.answers, 1, '{recommend,ease,courtesy,responsiveness,competence,price}') AS d
ORDER BY d.relative_share DESC;

\echo 'How well the four questions about service go together'
\echo '====================================================='
\echo 'Cronbach''s alpha with Feldt''s interval: 0.7 is often asked for before adding them up to one score.'

SELECT r.items, r.respondents AS n, r.dropped,
	round(r.alpha::numeric, 3) AS alpha, round(r.low::numeric, 3) AS low, round(r.high::numeric, 3) AS high
FROM reliability((SELECT items(ease, courtesy, responsiveness, competence) FROM service_ratings)) AS r;

\echo 'What customers want improved'
\echo '============================'
\echo 'Tick all that apply, so that the percentages add up to more or less than 100; of all who were asked,'
\echo 'also those who ticked nothing. Wilson intervals.'

SELECT r.choice, r.answers,
	round(100 * r.share::numeric, 1) AS share,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	r.respondents
FROM report((SELECT choices(reasons) FROM service_ratings)) AS r;

\echo 'Escalated tickets, by segment'
\echo '============================='
\echo 'In percent of those opened at least 14 days before 1 January 2026. Customers are the units: tickets'
\echo 'of one may be alike, and the interval allows for that.'

SELECT g.segment, n(g.escalations) AS customers,
	denominator(g.escalations) AS tickets,
	round(100 * r.ratio::numeric, 1) AS escalated,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high
FROM (
	SELECT segment, ratio(escalated, tickets) AS escalations
	FROM (
		SELECT customer_id, count(*) FILTER (WHERE escalated) AS escalated, count(escalated) AS tickets
		FROM tickets
		GROUP BY customer_id
		HAVING count(escalated) > 0
		) AS t
		JOIN customers USING (customer_id)
	GROUP BY segment
	) AS g,
	report(g.escalations) AS r
ORDER BY g.segment;

\echo 'From the first view to payment, by device'
\echo '========================================='
\echo 'Customers who viewed an item in December and came so far within 3 days (n); device: of their first'
\echo 'view. In percent of all who entered (share, with a Wilson interval) and of the step before (prev).'
\echo 'median, p90: minutes since the step before, right to 1 %. open: entered in the last 3 days of the'
\echo 'log, not over yet, and in none of the other numbers, also if they paid.'

SELECT g.device, r.name AS step, r.actors AS n,
	round(100 * r.share_of_start::numeric, 1) AS share,
	round(100 * r.start_low::numeric, 1) AS low,
	round(100 * r.start_high::numeric, 1) AS high,
	round(100 * r.share_of_previous::numeric, 1) AS prev,
	round(100 * r.previous_low::numeric, 1) AS p_low,
	round(100 * r.previous_high::numeric, 1) AS p_high,
	round((r.median_seconds / 60)::numeric, 2) AS median,
	round((r.p90_seconds / 60)::numeric, 2) AS p90,
	r.open
FROM checkouts AS g, report(g.shop) AS r
ORDER BY g.device, r.step;

\echo 'Given up on the way to payment'
\echo '=============================='
\echo 'Percent of the customers above who did not pay within 3 days, with a Wilson interval. view, cart,'
\echo 'checkout: percent of those who had come so far and no further. minutes: median from view to payment'
\echo 'of those who paid. open: not over yet; open_paid: how many of these have paid already.'

SELECT g.device, r.trials AS customers,
	round(100 * r.share::numeric, 1) AS given_up,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	round(100 * s.after_view::numeric, 1) AS "view",
	round(100 * s.after_cart::numeric, 1) AS "cart",
	round(100 * s.after_checkout::numeric, 1) AS "checkout",
	round((median(elapsed(g.shop)) / 60)::numeric, 2) AS minutes,
	open(g.shop) AS open, open_completed(g.shop) AS open_paid
FROM checkouts AS g,
	report(abandonment(g.shop)) AS r,
	LATERAL (
		SELECT max(abandonment) FILTER (WHERE step = 1) AS after_view,
			max(abandonment) FILTER (WHERE step = 2) AS after_cart,
			max(abandonment) FILTER (WHERE step = 3) AS after_checkout
		FROM report(g.shop)
		) AS s
ORDER BY g.device;

\echo 'Is the difference between the devices real?'
\echo '==========================================='
\echo 'Percent who went on from the step before, or who paid of all who entered (completion), less that of'
\echo 'the desktop: points, with the interval of Miettinen and Nurminen. Eight tests at once find too much:'
\echo 'go by adjusted_p (Holm), where 0.0000 means below 0.00005.'

SELECT other.device, c.name AS step,
	round(100 * c.difference::numeric, 1) AS difference,
	round(100 * c.low::numeric, 1) AS low,
	round(100 * c.high::numeric, 1) AS high,
	round(c.p_value::numeric, 4) AS p,
	round(adjust_p_value(c.p_value, 'holm') OVER ()::numeric, 4) AS adjusted_p
FROM checkouts AS desktop, checkouts AS other, compare(other.shop, desktop.shop) AS c
WHERE desktop.device = 'desktop' AND other.device <> 'desktop'
ORDER BY other.device, c.step;

\echo 'The way to payment on the phone'
\echo '==============================='
\echo 'Percent of those who viewed an item, and how many; the dot below is the share that paid.'
\echo
\t \a
SELECT chart(shop, 80) FROM checkouts WHERE device = 'phone';
\a \t

\echo
\echo 'Sending a ticket in the support portal'
\echo '======================================'
\echo 'Customers who opened the help pages and came so far within an hour, by the device they opened them'
\echo 'with. Searching is optional: it counts for those who did, and nobody needs it to come further, so'
\echo 'that prev of the form is of those who opened help. seconds: median since the last step taken.'

SELECT g.device, r.name AS step, r.actors AS customers,
	round(100 * r.share_of_start::numeric, 1) AS share,
	round(100 * r.start_low::numeric, 1) AS low,
	round(100 * r.start_high::numeric, 1) AS high,
	round(100 * r.share_of_previous::numeric, 1) AS prev,
	round(r.median_seconds::numeric, 1) AS seconds,
	r.open
FROM (
	SELECT entries.device,
		funnel(customer_id, at, event,
			'"open help" > ["search help"] > "open ticket form" > "send ticket" within 1 hour', :'as_of') AS task
	FROM events
		JOIN (
			SELECT DISTINCT ON (customer_id) customer_id, device
			FROM events
			WHERE event = 'open help'
			ORDER BY customer_id, at, event_id
			) AS entries USING (customer_id)
	GROUP BY entries.device
	) AS g,
	report(g.task) AS r
ORDER BY g.device, r.step;
