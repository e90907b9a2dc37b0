#!/usr/bin/perl
# The recipes of doc/escalations.md on the log of a real help desk, as of its middle and of its end:
# every number is compared with plain SQL over the rows.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1');
}

# Both queries give the same rows, at least so many.
sub same
{
	my ($what, $least, $recipe, $plain) = @_;
	my $output = psql("SELECT count(*) FILTER (WHERE recipe) || '|' || coalesce((array_agg(r::text || CASE WHEN recipe THEN ' recipe' ELSE ' plain' END) FILTER (WHERE times <> 2))[1:6]::text, '')
		FROM (SELECT r, count(*) OVER (PARTITION BY r) AS times, recipe FROM (SELECT r, true AS recipe FROM ($recipe) AS r UNION ALL SELECT r, false FROM ($plain) AS r) AS u) AS s");
	my ($rows, $wrong) = $output =~ /^(\d+)\|(.*)$/s;
	ok(defined $rows && $rows >= $least && $wrong eq '', "$what: " . ($rows // 'no') . ' rows') or diag($output);
}

is(psql(<<"END"), '', 'the file is read');
SET timezone = 'UTC';
CREATE TABLE helpdesk_events (ticket integer, at timestamptz, event text, agent integer, seriousness integer, product integer, service_level integer, workgroup integer);
\\copy helpdesk_events FROM '$ENV{CXUX_DATA}/helpdesk_events.csv' (FORMAT csv, HEADER)
ALTER TABLE helpdesk_events ADD id serial;
END
is(psql('SELECT count(*), count(DISTINCT ticket) FROM helpdesk_events'), '21348|4580', 'all events are there');

my ($take, $resolve, $escalate) = ('"Take in charge ticket"', '"Resolve ticket"', '"Require upgrade" | "Create SW anomaly"');
my $is_escalation = "event IN ('Require upgrade', 'Create SW anomaly')";
for my $as_of (map { "'$_+00'::timestamptz" } '2012-01-01 00:00', '2014-01-03 13:20:58')
{
	is(psql(<<"END"), '', "as of $as_of");
SET client_min_messages = warning;
DROP TABLE IF EXISTS log, ticket;
CREATE TABLE log AS SELECT * FROM helpdesk_events WHERE at <= $as_of;
CREATE INDEX ON log (ticket, event, at);
CREATE TABLE ticket AS
SELECT ticket, journey(at, event) AS j, journey(at, agent::text) AS agents, min(at) AS opened_at,
	min(at) FILTER (WHERE $is_escalation) AS escalated_at, min(at) FILTER (WHERE event = 'Resolve ticket') AS solved_at
FROM log GROUP BY ticket;
ANALYZE log, ticket;
END

	# How many: counts, and Wilson's interval written out
	my $z = 1.959963984540054;
	my $wilson = sub { my ($x, $n, $sign) = @_; "(($x) + $z ^ 2 / 2 $sign $z * sqrt(($x) * (1 - ($x) / ($n)) + $z ^ 2 / 4)) / (($n) + $z ^ 2)" };
	my $shares = sub { my $counts = shift; "SELECT x, n, u, round((x::numeric / n), 9) AS share, round((${\ $wilson->('x::float8', 'n::float8', '-')})::numeric, 9) AS low, round((${\ $wilson->('x::float8', 'n::float8', '+')})::numeric, 9) AS high FROM ($counts) AS c" };
	my $rates = sub { my $rate = shift; "SELECT r.successes, r.trials, r.undecided, round(r.share::numeric, 9), round(r.low::numeric, 9), round(r.high::numeric, 9) FROM report(($rate)) AS r" };
	my $plain_rate = sub { my ($yes, $decided, $from) = @_; $shares->("SELECT count(*) FILTER (WHERE ($yes) AND ($decided)) AS x, count(*) FILTER (WHERE $decided) AS n, count(*) FILTER (WHERE NOT ($decided)) AS u FROM $from") };
	my $opened = "(SELECT ticket, min(at) AS opened_at, min(at) FILTER (WHERE $is_escalation) AS escalated_at, min(at) FILTER (WHERE event = 'Resolve ticket') AS solved_at FROM log GROUP BY ticket) AS t";
	same('escalated within 30 days', 1, $rates->("SELECT rate(met_by(escalated_at, opened_at + interval '30 days', $as_of)) FROM ticket"),
		$plain_rate->("escalated_at <= opened_at + interval '30 days'", "opened_at + interval '30 days' <= $as_of", $opened));
	same('by a funnel over journeys', 1, $rates->("SELECT completion(funnel(j, '\"Assign seriousness\" > $escalate within 30 days', $as_of)) FROM ticket"),
		$plain_rate->("EXISTS (SELECT FROM log AS a JOIN log AS e USING (ticket) WHERE ticket = t.ticket AND a.event = 'Assign seriousness' AND e.$is_escalation AND e.at BETWEEN a.at AND a.at + interval '30 days')",
			"first + interval '30 days' <= $as_of", "(SELECT ticket, min(at) AS first FROM log WHERE event = 'Assign seriousness' GROUP BY ticket) AS t"));
	same('escalations per ticket', 1, "SELECT e.* FROM event_rate((SELECT sum(occurrences(j, 'Require upgrade') + occurrences(j, 'Create SW anomaly')) FROM ticket)::bigint, (SELECT count(*) FROM ticket), 0.95) AS e",
		"SELECT e.* FROM event_rate((SELECT count(*) FROM log WHERE $is_escalation), (SELECT count(DISTINCT ticket) FROM log), 0.95) AS e");

	# How soon: Kaplan and Meier's product, tickets solved before or still open taken out of the risk set
	my $timing = "SELECT timing(least(escalated_at, solved_at, $as_of) - opened_at, escalated_at IS NOT NULL AND escalated_at <= least(solved_at, $as_of)) FROM ticket";
	my $durations = "SELECT extract(epoch FROM least(escalated_at, solved_at, $as_of) - opened_at)::float8 AS seconds, coalesce(escalated_at <= least(solved_at, $as_of), false) AS finished FROM $opened";
	# with the times of those taken out changed by a factor
	my $survival = sub { my $factor = shift; "SELECT seconds, exp(sum(ln(greatest(1 - d / r, 1e-300))) OVER (ORDER BY seconds)) AS s FROM (SELECT seconds, count(*) FILTER (WHERE finished)::float8 AS d, (sum(count(*)) OVER (ORDER BY seconds DESC))::float8 AS r
		FROM (SELECT CASE WHEN finished THEN seconds ELSE seconds * $factor END AS seconds, finished FROM ($durations) AS x) AS x GROUP BY seconds) AS k" };
	same('finished and unfinished', 1, "SELECT r.finished, r.unfinished FROM report(($timing)) AS r", "SELECT count(*) FILTER (WHERE finished), count(*) FILTER (WHERE NOT finished) FROM ($durations) AS x");
	# in a sketch times within 2 % share a bucket: events there come before who is taken out
	is(psql("SELECT count(survival(x, t)) >= 5, count(*) FILTER (WHERE NOT survival(x, t) BETWEEN low - 1e-9 AND high + 1e-9), max(high - low) < 0.02 FROM ($timing) AS x(x), unnest('{3600,86400,604800,1209600,2592000,5184000}'::float8[]) AS t,
		LATERAL (SELECT coalesce((SELECT s FROM (${\ $survival->('1 / 1.021')}) AS c WHERE seconds <= t * 1.021 ORDER BY seconds DESC LIMIT 1), 1) AS low, coalesce((SELECT s FROM (${\ $survival->('1.021')}) AS c WHERE seconds <= t / 1.021 ORDER BY seconds DESC LIMIT 1), 1) AS high) AS b"), 't|0|t', 'share not escalated yet');

	# Time in each status
	my $visits = "SELECT ticket, event AS state, at AS started_at, lead(at) OVER (PARTITION BY ticket ORDER BY at, event COLLATE \"C\", id) AS ended_at, row_number() OVER (PARTITION BY ticket, event ORDER BY at, id) AS occurrence
		FROM (SELECT *, event IS DISTINCT FROM lag(event) OVER (PARTITION BY ticket ORDER BY at, event COLLATE \"C\", id) AS new FROM log) AS l WHERE new";
	my $plain_visits = "SELECT ticket, state, occurrence, started_at, ended_at, extract(epoch FROM coalesce(ended_at, $as_of) - started_at)::float8 AS seconds, ended_at IS NOT NULL AS finished FROM ($visits) AS v";
	same('visits to each status', 10000, "SELECT ticket, s.state, s.occurrence::bigint, s.started_at, s.ended_at, s.seconds, s.finished FROM ticket, state_durations(j, $as_of) AS s", $plain_visits);
	same('time in each status', 9, "SELECT g.state, n(g.t), unfinished(g.t), minimum(g.t), maximum(g.t) FROM (SELECT s.state, timing(s.seconds, s.finished) AS t FROM ticket, state_durations(j, $as_of) AS s GROUP BY s.state) AS g",
		"SELECT state, count(*) FILTER (WHERE finished), count(*) FILTER (WHERE NOT finished), min(seconds) FILTER (WHERE finished), max(seconds) FILTER (WHERE finished) FROM ($plain_visits) AS v GROUP BY state");
	# where all visits are over, quantiles are those of the finished
	is(psql("SELECT bool_and(abs(median(t) - exact) <= 0.0101 * exact), count(*) > 3 FROM (SELECT s.state, timing(s.seconds, s.finished) AS t FROM ticket, state_durations(j, $as_of) AS s GROUP BY s.state HAVING bool_and(s.finished)) AS g
		JOIN (SELECT state, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS exact FROM ($plain_visits) AS v GROUP BY state) AS e USING (state)"), 't|t', 'medians to 1 %');
	same('total time in each status by ticket', 9, "SELECT state, n(t), unfinished(t), maximum(t) FROM (SELECT state, timing(seconds, finished) AS t FROM (SELECT ticket, s.state, sum(s.seconds) AS seconds, bool_and(s.finished) AS finished FROM ticket, state_durations(j, $as_of) AS s GROUP BY 1, 2) AS p GROUP BY state) AS g",
		"SELECT state, count(*) FILTER (WHERE finished), count(*) FILTER (WHERE NOT finished), max(seconds) FILTER (WHERE finished) FROM (SELECT ticket, state, sum(seconds) AS seconds, bool_and(finished) AS finished FROM ($plain_visits) AS v GROUP BY 1, 2) AS p GROUP BY state");
	same('status at the end of each month', 30, "SELECT month, state_at(j, month), count(*) FROM ticket, generate_series('2010-02-01+00', $as_of, '1 month') AS month WHERE state_at(j, month) IS NOT NULL GROUP BY 1, 2",
		"SELECT month, event, count(*) FROM (SELECT DISTINCT ON (ticket, month) ticket, month, event FROM log JOIN generate_series('2010-02-01+00', $as_of, '1 month') AS month ON at <= month ORDER BY ticket, month, at DESC, event COLLATE \"C\" DESC) AS s GROUP BY 1, 2");

	# Taken in charge again within two weeks of being resolved
	same('reopened', 1, $rates->("SELECT completion(funnel(j, '$resolve > $take within 14 days', $as_of)) FROM ticket"),
		$plain_rate->("EXISTS (SELECT FROM log AS a JOIN log AS e USING (ticket) WHERE ticket = t.ticket AND a.event = 'Resolve ticket' AND e.event = 'Take in charge ticket' AND e.at BETWEEN a.at AND a.at + interval '14 days')",
			"solved_at + interval '14 days' <= $as_of", "(SELECT * FROM $opened WHERE solved_at IS NOT NULL) AS t"));

	# Passed around
	my $islands = "SELECT ticket, agent, at, id FROM (SELECT *, agent IS DISTINCT FROM lag(agent) OVER (PARTITION BY ticket ORDER BY at, agent::text COLLATE \"C\", id) AS new FROM log WHERE agent IS NOT NULL) AS l WHERE new";
	same('handovers and ping-pong', 3000, 'SELECT ticket, count(*) - 1 AS handovers, max(occurrence) > 1 AS ping_pong FROM ticket, state_durations(agents) GROUP BY ticket',
		"SELECT ticket, count(*) - 1, count(*) > count(DISTINCT agent) FROM ($islands) AS i GROUP BY ticket") if psql('SELECT count(DISTINCT ticket) FROM log') >= 3000;
	same('tickets in ping-pong', 1, $rates->('SELECT rate(ping_pong) FROM (SELECT max(occurrence) > 1 AS ping_pong FROM ticket, state_durations(agents) GROUP BY ticket) AS t'),
		$shares->("SELECT count(*) FILTER (WHERE pp) AS x, count(*) AS n, 0::bigint AS u FROM (SELECT count(*) > count(DISTINCT agent) AS pp FROM ($islands) AS i GROUP BY ticket) AS p"));
	same('who hands over to whom', 100, 'SELECT source, target, count(*), sum(seconds) FROM ticket, transitions(agents) GROUP BY 1, 2',
		'SELECT source, target, count(*), sum(seconds) FROM (SELECT lag(agent::text) OVER w AS source, agent::text AS target, extract(epoch FROM at - lag(at) OVER w)::float8 AS seconds FROM log WHERE agent IS NOT NULL WINDOW w AS (PARTITION BY ticket ORDER BY at, agent::text COLLATE "C")) AS s WHERE source IS NOT NULL GROUP BY 1, 2');

	# Solved at first contact: taken in charge once, no escalation, and not taken in charge again within two weeks
	same('solved at first contact', 1, $rates->("SELECT rate(CASE WHEN j @> '$take > !$resolve > $take' OR j @> '* > !$resolve > $escalate' OR j @> '$resolve > $take within 14 days' THEN false WHEN solved_at + interval '14 days' <= $as_of THEN true END) FROM ticket"),
		$shares->("SELECT count(*) FILTER (WHERE met) AS x, count(met) AS n, count(*) FILTER (WHERE met IS NULL) AS u FROM (SELECT CASE
			WHEN EXISTS (SELECT FROM log AS a JOIN log AS b USING (ticket) WHERE ticket = t.ticket AND a.event = 'Take in charge ticket' AND b.event = 'Take in charge ticket' AND a.id <> b.id AND b.at >= a.at AND NOT EXISTS (SELECT FROM log AS r WHERE r.ticket = t.ticket AND r.event = 'Resolve ticket' AND r.at > a.at AND r.at < b.at)) THEN false
			WHEN EXISTS (SELECT FROM log AS a JOIN log AS b USING (ticket) WHERE ticket = t.ticket AND b.$is_escalation AND a.id <> b.id AND b.at >= a.at AND NOT EXISTS (SELECT FROM log AS r WHERE r.ticket = t.ticket AND r.event = 'Resolve ticket' AND r.at > a.at AND r.at < b.at)) THEN false
			WHEN EXISTS (SELECT FROM log AS a JOIN log AS e USING (ticket) WHERE ticket = t.ticket AND a.event = 'Resolve ticket' AND e.event = 'Take in charge ticket' AND e.at BETWEEN a.at AND a.at + interval '14 days') THEN false
			WHEN solved_at + interval '14 days' <= $as_of THEN true END AS met FROM $opened) AS m"));

	# What followed an escalation, and where tickets got stuck
	my $ends = "SELECT ticket, min(at) AS done FROM log WHERE $is_escalation GROUP BY ticket";
	same('what followed an escalation', 10, "SELECT r.* FROM report((SELECT flows(j, '$escalate', 3) FROM ticket)) AS r",
		"WITH e AS ($ends), places AS (SELECT ticket, 0::bigint AS place, NULL AS event FROM e UNION ALL SELECT ticket, row_number() OVER (PARTITION BY ticket ORDER BY at, event COLLATE \"C\"), event FROM log JOIN e USING (ticket) WHERE at > done)
		SELECT (f.place + 1)::int, CASE f.place WHEN 0 THEN '1 \"Create SW anomaly\" | \"Require upgrade\"' ELSE f.place + 1 || ' ' || f.event END, coalesce(t.place + 1 || ' ' || t.event, '(end)'), count(*)
		FROM places AS f LEFT JOIN places AS t ON t.ticket = f.ticket AND t.place = f.place + 1 WHERE f.place < 3 GROUP BY 1, 2, 3");
	same('what came next where they got stuck', 1, "SELECT r.* FROM report((SELECT next_events(j, '$take > $resolve > Closed within 60 days', $as_of) FROM ticket)) AS r",
		"WITH one AS (SELECT ticket, at AS t1, min(at) OVER (PARTITION BY ticket) AS first FROM log WHERE event = 'Take in charge ticket'),
		two AS (SELECT one.*, r.at AS t2 FROM one LEFT JOIN log AS r ON r.ticket = one.ticket AND r.event = 'Resolve ticket' AND r.at BETWEEN t1 AND t1 + interval '60 days'),
		three AS (SELECT two.*, c.at AS t3 FROM two LEFT JOIN log AS c ON c.ticket = two.ticket AND c.event = 'Closed' AND c.at BETWEEN t2 AND t1 + interval '60 days'),
		best AS (SELECT DISTINCT ON (ticket) ticket, first, num_nonnulls(t1, t2, t3) AS k, coalesce(t3, t2, t1) AS done FROM three ORDER BY ticket, k DESC, done)
		SELECT k, (ARRAY['1 Take in charge ticket', '2 Resolve ticket'])[k], coalesce('next ' || event, '(end)'), count(*)
		FROM best LEFT JOIN LATERAL (SELECT event FROM log WHERE log.ticket = best.ticket AND at > done ORDER BY at, event COLLATE \"C\" LIMIT 1) AS n ON true
		WHERE k < 3 AND first + interval '60 days' <= $as_of GROUP BY 1, 2, 3");
}
done_testing;
