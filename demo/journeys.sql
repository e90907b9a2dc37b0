-- Questions about ways and attempts: what customers did, in which order, after how long. The log is
-- packed into one journey per customer, and one per ticket; every question reads these.
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'
\set as_of '2026-01-01 00:00+00'

-- A customer belongs to the device of the first event, whatever came later.
CREATE MATERIALIZED VIEW customer_journeys AS
SELECT customer_id, entries.device, journey(at, event) AS j
FROM events
	JOIN (
		SELECT DISTINCT ON (customer_id) customer_id, device
		FROM events
		ORDER BY customer_id, at, event_id
		) AS entries USING (customer_id)
GROUP BY customer_id, entries.device;

-- Every attempt to buy that had its hour before the log ends, with the errors on its way. What is
-- bought with one click takes no time at all.
CREATE MATERIALIZED VIEW checkout_attempts AS
SELECT customer_id, device, row_number() OVER (PARTITION BY customer_id ORDER BY started_at) AS attempt,
	started_at, ended_at, depth, completed, nullif(seconds, 0) AS seconds, actions,
	occurrences(run, 'error') AS errors
FROM customer_journeys, runs(j, 'view > cart > checkout > pay within 1 hour')
WHERE started_at <= timestamptz :'as_of' - interval '1 hour';

CREATE MATERIALIZED VIEW ticket_journeys AS
SELECT ticket_id, severity, journey(at, event) AS j, journey(at, agent) AS agents, opened_at,
	min(at) FILTER (WHERE event = 'escalated') AS escalated_at,
	min(at) FILTER (WHERE event = 'resolved') AS solved_at
FROM ticket_events JOIN tickets USING (ticket_id)
GROUP BY ticket_id, severity, opened_at;

-- How tickets were handled; the page of report_page.sql reads it, too.
CREATE VIEW ticket_handling AS
SELECT completion(funnel(j, 'resolved > reopened within 5 days', :'as_of')) AS reopened,
	rate((SELECT max(occurrence) > 1 FROM state_durations(agents))) AS to_and_fro,
	rate(CASE WHEN j @> 'assigned > !resolved > assigned' OR j @> 'opened > !resolved > escalated'
			OR j @> 'resolved > reopened within 5 days' THEN false
		WHEN solved_at + interval '5 days' <= :'as_of' THEN true END) AS first_contact
FROM ticket_journeys;

-- Vacuum adds its maps to a table, now or later: sizes are those with them.
VACUUM (ANALYZE) events, customer_journeys, checkout_attempts, ticket_journeys;

\echo
\echo 'Customer journeys'
\echo '================='
\echo 'The log as rows and as one journey per customer: megabytes on disk without indexes, bytes per event.'

SELECT what, rows, events,
	round(bytes / 1e6, 1) AS megabytes,
	round(bytes / events, 1) AS per_event
FROM (VALUES
	(1, 'events', (SELECT count(*) FROM events), (SELECT count(*) FROM events), pg_table_size('events')::numeric),
	(2, 'customer_journeys', (SELECT count(*) FROM customer_journeys),
		(SELECT sum(event_count(j)) FROM customer_journeys), pg_table_size('customer_journeys'))
	) AS t (place, what, rows, events, bytes)
ORDER BY place;

\echo 'What customers did after the first cart'
\echo '======================================='
\echo 'The next three events, in percent of all who put something into the cart.'
\echo
\t \a
SELECT chart(flows(j, 'cart', 3), 80) FROM customer_journeys;
\a \t

\echo
\echo 'The largest flows after the first cart'
\echo '======================================'
\echo 'The same as rows, for a Sankey diagram; share: in percent of the customers at the source.'

SELECT r.source, r.target, r.actors AS customers,
	round(100 * r.actors / sum(r.actors) OVER (PARTITION BY r.step, r.source), 1) AS share
FROM report((SELECT flows(j, 'cart', 3) FROM customer_journeys)) AS r
ORDER BY r.actors DESC, r.source COLLATE "C", r.target COLLATE "C"
LIMIT 10;

\echo 'Where those went who did not pay'
\echo '================================'
\echo 'The next event after the last step that they reached, of the customers who viewed an item and did'
\echo 'not pay within 3 days; without those whose 3 days are not over. share: in percent of that step.'

SELECT r.source, r.target, r.actors AS customers,
	round(100 * r.actors / sum(r.actors) OVER (PARTITION BY r.step), 1) AS share
FROM report((
	SELECT next_events(j, 'view > cart > checkout > pay within 3 days', :'as_of') FROM customer_journeys
	)) AS r
ORDER BY r.step, r.actors DESC, r.target COLLATE "C";

\echo 'Attempts to buy, by device'
\echo '=========================='
\echo 'An attempt begins with a view and has an hour to come to a payment; views on the way begin no other.'
\echo 'first: percent of the first attempts that were completed; later: of all after these.'

SELECT device, count(DISTINCT customer_id) AS customers, count(*) AS attempts,
	count(*) FILTER (WHERE completed) AS completed,
	round(100 * share(rate(completed) FILTER (WHERE attempt = 1))::numeric, 1) AS first,
	round(100 * share(rate(completed) FILTER (WHERE attempt > 1))::numeric, 1) AS later,
	sum(errors) AS errors, sum(actions) AS actions
FROM checkout_attempts
GROUP BY device
ORDER BY device;

\echo 'The checkout as a task, by device'
\echo '================================='
\echo 'The first attempt of each customer, so that rows are independent. done: percent completed, with a'
\echo 'Wilson interval; errors: per attempt, with a Poisson interval widened for overdispersion; secs: time'
\echo 'on task, geometric mean of the completed ones, log-t (one-click orders take none: not timed);'
\echo 'actions: per attempt.'

SELECT g.device, r.attempts AS n,
	round(100 * r.completion::numeric, 1) AS done,
	round(100 * r.completion_low::numeric, 1) AS low,
	round(100 * r.completion_high::numeric, 1) AS high,
	round(r.errors_per_attempt::numeric, 3) AS errors,
	round(r.errors_low::numeric, 3) AS e_low,
	round(r.errors_high::numeric, 3) AS e_high,
	round(r.time_on_task::numeric) AS secs,
	round(r.time_low::numeric) AS s_low,
	round(r.time_high::numeric) AS s_high,
	round(r.actions_per_attempt::numeric, 2) AS actions
FROM (
	SELECT device, task(completed, seconds, errors, actions) AS summary
	FROM checkout_attempts
	WHERE attempt = 1
	GROUP BY device
	) AS g,
	report(g.summary) AS r
ORDER BY g.device;

\echo 'Is the phone worse than the desktop?'
\echo '===================================='
\echo 'The same attempts. A difference is phone minus desktop, a ratio phone by desktop. Five tests at'
\echo 'once find too much: go by adjusted_p (Holm), where 0.0000 means below 0.00005.'

SELECT c.measure, c.kind,
	round(c.difference::numeric, 3) AS difference,
	round(c.low::numeric, 3) AS low,
	round(c.high::numeric, 3) AS high,
	round(c.p_value::numeric, 4) AS p,
	round(adjust_p_value(c.p_value, 'holm') OVER ()::numeric, 4) AS adjusted_p
FROM (
	SELECT task(completed, seconds, errors, actions) FILTER (WHERE device = 'phone') AS phone,
		task(completed, seconds, errors, actions) FILTER (WHERE device = 'desktop') AS desktop
	FROM checkout_attempts
	WHERE attempt = 1
	) AS g,
	compare(g.phone, g.desktop) WITH ORDINALITY AS c (measure, kind, difference, low, high, p_value, place)
WHERE c.measure NOT IN ('goals per minute', 'relative efficiency')
ORDER BY c.place;

\echo 'Signs of friction, by device'
\echo '============================'
\echo 'Back and forth (an event, another one, the first again, within 5 minutes), the same event again'
\echo 'within 10 seconds, three or more so in a row (rage), ways back to where one was (loops): how often.'
\echo 'with_sign: percent of the customers who went back and forth at least once, with a Wilson interval.'

SELECT g.device, g.customers, g.back_and_forth, g.repeated, g.rage, g.loops,
	round(100 * r.share::numeric, 1) AS with_sign,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high
FROM (
	SELECT device, count(*) AS customers,
		sum(back_and_forth(j, '5 minutes')) AS back_and_forth,
		sum(repeated_events(j, '10 seconds')) AS repeated,
		sum(rage_clicks(j, '10 seconds')) AS rage,
		sum(loops(j)) AS loops,
		rate(back_and_forth(j, '5 minutes') > 0) AS signs
	FROM customer_journeys
	GROUP BY device
	) AS g,
	report(g.signs) AS r
ORDER BY g.device;

\echo 'Tickets escalated within 14 days, from the log of the help desk'
\echo '==============================================================='
\echo 'As a funnel over one journey per ticket: percent of those opened at least 14 days before (n), with a'
\echo 'Wilson interval. The younger ones are undecided, escalated or not.'

SELECT g.severity,
	round(100 * r.share::numeric, 1) AS escalated,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	r.trials AS n, r.undecided
FROM (
	SELECT severity, funnel(j, 'opened > escalated within 14 days', :'as_of') AS way
	FROM ticket_journeys
	GROUP BY severity
	) AS g,
	report(completion(g.way)) AS r
ORDER BY r.share;

\echo 'How soon tickets are escalated'
\echo '=============================='
\echo 'Among those neither escalated nor resolved before (Kaplan-Meier): percent escalated after so long.'
\echo 'A ticket that is resolved counts until then, an open one until 1 January 2026. Empty where none was'
\echo 'open for so long. Times are right to 1 %.'

SELECT g.severity, r.finished AS escalated, r.unfinished AS not_so,
	round(100 - 100 * survival(g.wait, 4 * 3600)::numeric, 1) AS "4 hours",
	round(100 - 100 * survival(g.wait, 86400)::numeric, 1) AS "1 day",
	round(100 - 100 * survival(g.wait, 3 * 86400)::numeric, 1) AS "3 days",
	round(100 - 100 * survival(g.wait, 7 * 86400)::numeric, 1) AS "7 days"
FROM (
	SELECT severity, timing(least(escalated_at, solved_at, :'as_of') - opened_at,
		escalated_at IS NOT NULL AND escalated_at <= least(solved_at, :'as_of')) AS wait
	FROM ticket_journeys
	GROUP BY severity
	) AS g,
	report(g.wait) AS r
ORDER BY r.finished::double precision / (r.finished + r.unfinished);

\echo 'How long tickets stay in each status'
\echo '===================================='
\echo 'Hours a visit to a status lasts. Visits that are not over have lasted until 1 January 2026 (open)'
\echo 'and count as longer than that (Kaplan-Meier). Being closed has no end. Times are right to 1 %.'

SELECT g.state, r.finished AS visits, r.unfinished AS open,
	round((r.median / 3600)::numeric, 2) AS median,
	round((r.p90 / 3600)::numeric, 2) AS p90
FROM (
	SELECT s.state, timing(s.seconds, s.finished) AS stay
	FROM ticket_journeys, state_durations(j, :'as_of') AS s
	WHERE s.state <> 'closed'
	GROUP BY s.state
	) AS g,
	report(g.stay) AS r
ORDER BY array_position('{opened,assigned,escalated,resolved,reopened}', g.state);

\echo 'Reopened, passed to and fro, solved at first contact'
\echo '===================================================='
\echo 'Percent of tickets, with a Wilson interval. Reopened: within 5 days of being resolved. To and fro:'
\echo 'an agent had it, then another one, then the first again. At first contact: resolved by the first'
\echo 'who had it, without an escalation, and not reopened in 5 days. undecided: 5 days are not over, or'
\echo 'nobody has had it yet.'

SELECT q.question,
	round(100 * r.share::numeric, 1) AS share,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	r.successes AS yes, r.trials AS n, r.undecided
FROM ticket_handling,
	LATERAL (VALUES (1, 'reopened', reopened), (2, 'to and fro', to_and_fro),
		(3, 'solved at first contact', first_contact)) AS q (place, question, summary),
	report(q.summary) AS r
ORDER BY q.place;

\echo 'What happened after an escalation'
\echo '================================='
\echo 'The next two things, in percent of all tickets that were escalated; the end is that of the log.'
\echo
\t \a
SELECT chart(flows(j, 'escalated', 2), 80) FROM ticket_journeys;
\a \t
\echo
