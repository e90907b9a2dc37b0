-- Rates and times from the event log of a real help desk, read from standard input:
--     psql -f demo/helpdesk.sql <helpdesk_events.csv
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'

CREATE TABLE helpdesk_events (
	ticket integer,
	at timestamptz,
	event text,
	agent integer,
	seriousness integer,
	product integer,
	service_level integer,
	workgroup integer
);
\copy helpdesk_events FROM pstdin WITH (FORMAT csv, HEADER)
ANALYZE helpdesk_events;

\echo 'A real help desk: what became of its tickets in their first 30 days'
\echo '==================================================================='
\echo 'As of the end of the log and as of its middle. A ticket is undecided, whatever has happened to it,'
\echo 'until its 30 days are over (pct: in percent of all tickets so far); if_none and if_all: the share'
\echo 'if none, or all, of the undecided turn out so. Escalated: an upgrade was required or a software'
\echo 'anomaly opened. This desk closes tickets weeks after it resolved them: hardly any in 30 days.'

-- What happens after as_of is not known yet, and a ticket without an event does not exist.
SELECT as_of::date, question,
	round(100 * r.share::numeric, 1) AS share,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	r.successes AS yes, r.trials AS n, r.undecided,
	round(100.0 * r.undecided / (r.trials + r.undecided), 1) AS pct,
	round(100 * r.share_if_failed::numeric, 1) AS if_none,
	round(100 * r.share_if_met::numeric, 1) AS if_all
FROM (
	SELECT as_of,
		rate(met_by(waited_at, opened_at + interval '30 days', as_of)) AS waited,
		rate(met_by(escalated_at, opened_at + interval '30 days', as_of)) AS escalated,
		rate(met_by(resolved_at, opened_at + interval '30 days', as_of)) AS resolved,
		rate(met_by(closed_at, opened_at + interval '30 days', as_of)) AS closed
	FROM (
		SELECT as_of, ticket, min(at) AS opened_at,
			min(at) FILTER (WHERE event = 'Wait') AS waited_at,
			min(at) FILTER (WHERE event IN ('Require upgrade', 'Create SW anomaly')) AS escalated_at,
			min(at) FILTER (WHERE event = 'Resolve ticket') AS resolved_at,
			min(at) FILTER (WHERE event = 'Closed') AS closed_at
		FROM helpdesk_events
			JOIN (
				SELECT max(at) FROM helpdesk_events
				UNION ALL SELECT '2012-01-01 00:00+00'
				) AS moments (as_of) ON at <= as_of
		GROUP BY as_of, ticket
		) AS tickets
	GROUP BY as_of
	) AS g,
	LATERAL (VALUES (1, 'waited', waited), (2, 'escalated', escalated), (3, 'resolved', resolved),
		(4, 'closed', closed)) AS q (place, question, summary),
	report(q.summary) AS r
ORDER BY as_of DESC, place;

\echo 'A real help desk: days to resolve a ticket'
\echo '=========================================='
\echo 'As of the end of the log and as of its middle, when more tickets were open: these have run until'
\echo 'then and count as not resolved before (Kaplan-Meier). low, high: of the median; resolved_only: the'
\echo 'median without the open ones, which is too short; after_30: percent still open 30 days after. Times'
\echo 'are right to 1 %.'

SELECT g.as_of::date, r.finished AS resolved, r.unfinished AS open,
	round((r.median / 86400)::numeric, 2) AS median,
	round((r.median_low / 86400)::numeric, 2) AS low,
	round((r.median_high / 86400)::numeric, 2) AS high,
	round((r.p90 / 86400)::numeric, 2) AS p90,
	round((median(g.resolved_only) / 86400)::numeric, 2) AS resolved_only,
	round(100 * survival(g.duration, 30 * 86400)::numeric, 1) AS after_30
FROM (
	SELECT as_of, timing(opened_at, resolved_at, as_of) AS duration,
		timing(resolved_at - opened_at) AS resolved_only
	FROM (
		SELECT as_of, ticket, min(at) AS opened_at,
			min(at) FILTER (WHERE event = 'Resolve ticket') AS resolved_at
		FROM helpdesk_events
			JOIN (
				SELECT max(at) FROM helpdesk_events
				UNION ALL SELECT '2012-01-01 00:00+00'
				) AS moments (as_of) ON at <= as_of
		GROUP BY as_of, ticket
		) AS tickets
	GROUP BY as_of
	) AS g,
	report(g.duration) AS r
ORDER BY g.as_of DESC;

\echo 'The same as a picture, as of the middle of the log'
\echo '=================================================='
\echo 'The resolved ones on a logarithmic scale of time; the dot below is the median, open ones included.'
\echo
\t \a
SELECT chart(timing(opened_at, resolved_at, '2012-01-01 00:00+00'), 80)
FROM (
	SELECT min(at) AS opened_at, min(at) FILTER (WHERE event = 'Resolve ticket') AS resolved_at
	FROM helpdesk_events
	WHERE at <= '2012-01-01 00:00+00'
	GROUP BY ticket
	) AS tickets;
\a \t
\echo

\echo 'A real help desk: from assignment to closing'
\echo '============================================'
\echo 'Tickets (n) that came so far within 60 days of an assignment, as of the end of the log: percent of'
\echo 'all assigned (share, with a Wilson interval) and of the step before (prev). no wait: without a'
\echo 'Wait between one step and the next. days: median since the step before, right to 1 %. open: 60 days'
\echo 'not over yet.'

SELECT g.way, r.name AS step, r.actors AS n,
	round(100 * r.share_of_start::numeric, 1) AS share,
	round(100 * r.start_low::numeric, 1) AS low,
	round(100 * r.start_high::numeric, 1) AS high,
	round(100 * r.share_of_previous::numeric, 1) AS prev,
	r.abandoned AS stopped,
	round((r.median_seconds / 86400)::numeric, 3) AS days,
	r.open
FROM (SELECT max(at) AS as_of FROM helpdesk_events) AS log,
	LATERAL (
		SELECT 'any' AS way, funnel(ticket, at, event,
			'"Assign seriousness" > "Take in charge ticket" > "Resolve ticket" > Closed within 60 days',
			log.as_of) AS steps
		FROM helpdesk_events
		UNION ALL
		SELECT 'no wait', funnel(ticket, at, event,
			'"Assign seriousness" > !Wait > "Take in charge ticket" > !Wait > "Resolve ticket"
				> !Wait > Closed within 60 days', log.as_of)
		FROM helpdesk_events
		) AS g,
	report(g.steps) AS r
ORDER BY g.way, r.step;
