#!/usr/bin/perl
# The demo's funnels on real data: every number they print agrees with plain SQL on the raw events.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

my ($database, $status, $output) = run_demo();
# Less the last line of demo/run.sh, which belongs to no report.
look_at($database, $output =~ s{^All of it is in database.*}{}mr);
is $status, 0, 'demo/run.sh succeeds';

# Every way through the events of a ticket. Its best one goes furthest; of those it gets there first;
# then it starts last; then it takes each step first. A wait is between two steps when it is after
# the one and before the other.
my @names = ('Assign seriousness', 'Take in charge ticket', 'Resolve ticket', 'Closed');
my $without_wait = sub {
	my ($from, $to) = @_;
	return "(waiting OR NOT EXISTS (SELECT FROM unnest(waits) AS w WHERE w > $from AND w < $to))";
};
expect_near 'A real help desk: from assignment to closing', <<"END", 'days';
WITH log AS (
	SELECT max(at) AS as_of FROM helpdesk_events
), assigned AS (
	SELECT waiting, waits, ticket, at AS t1, min(at) OVER (PARTITION BY waiting, ticket) > as_of - interval '60 days' AS open
	FROM log CROSS JOIN helpdesk_events CROSS JOIN (VALUES (true), (false)) AS ways (waiting)
		LEFT JOIN (SELECT ticket, array_agg(at) AS waits FROM helpdesk_events WHERE event = 'Wait' GROUP BY ticket) AS w
			USING (ticket)
	WHERE event = '$names[0]'
), taken AS (
	SELECT a.*, e.at AS t2
	FROM assigned AS a LEFT JOIN helpdesk_events AS e ON e.ticket = a.ticket AND e.event = '$names[1]'
		AND e.at BETWEEN t1 AND t1 + interval '60 days' AND ${\ $without_wait->('t1', 'e.at')}
), resolved AS (
	SELECT a.*, e.at AS t3
	FROM taken AS a LEFT JOIN helpdesk_events AS e ON e.ticket = a.ticket AND e.event = '$names[2]'
		AND e.at BETWEEN t2 AND t1 + interval '60 days' AND ${\ $without_wait->('t2', 'e.at')}
), closed AS (
	SELECT a.*, e.at AS t4
	FROM resolved AS a LEFT JOIN helpdesk_events AS e ON e.ticket = a.ticket AND e.event = '$names[3]'
		AND e.at BETWEEN t3 AND t1 + interval '60 days' AND ${\ $without_wait->('t3', 'e.at')}
), best AS (
	SELECT DISTINCT ON (waiting, ticket) *
	FROM closed, LATERAL (SELECT 1 + num_nonnulls(t2, t3, t4) AS depth) AS d
	ORDER BY waiting, ticket, depth DESC, coalesce(t4, t3, t2, t1), t1 DESC, t2, t3
), counts AS (
	SELECT waiting, step, count(*) FILTER (WHERE NOT open) AS x, count(*) FILTER (WHERE open) AS open,
		count(*) FILTER (WHERE NOT open AND depth = step AND step < 4) AS stopped,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM (ARRAY[t1, t2, t3, t4])[step]
			- (ARRAY[t1, t2, t3, t4])[step - 1])::float8 / 86400) FILTER (WHERE NOT open) AS days
	FROM best JOIN generate_series(1, 4) AS step ON step <= depth
	GROUP BY waiting, step
), lines AS (
	SELECT *, first_value(x) OVER (PARTITION BY waiting ORDER BY step) AS n,
		lag(x) OVER (PARTITION BY waiting ORDER BY step) AS before
	FROM counts
)
SELECT CASE WHEN waiting THEN 'any' ELSE 'no wait' END AS way,
	(ARRAY['"$names[0]"', '"$names[1]"', '"$names[2]"', '$names[3]'])[step] AS step,
	x AS n, round(100.0 * x / n, 1) AS share,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high,
	round(100.0 * x / before, 1) AS prev, stopped, days, open
FROM lines
ORDER BY waiting DESC, lines.step;
END
is value("SELECT count(DISTINCT ticket) FROM helpdesk_events WHERE event = '$names[0]';"), '4495',
  'so many tickets are assigned, open or not';

# Every task as a word: s is the start, c a click on a link, b a back click.
is value('SELECT count(*) FROM wikispeedia_tasks;'), '24875', 'all tasks are there';
is value('SELECT count(*) FROM wikispeedia_events;'),
  value(q{SELECT sum(1 + length(path) - length(replace(path, ';', ''))) FROM wikispeedia_tasks;}),
  'with an event for each page';
my $words = <<'END';
WITH words AS (
	SELECT task, quit, string_agg(CASE WHEN place = 1 THEN 's' WHEN page = '<' THEN 'b' ELSE 'c' END, '' ORDER BY place) AS word
	FROM wikispeedia_tasks, regexp_split_to_table(path, ';') WITH ORDINALITY AS pages (page, place)
	GROUP BY task, quit
)
END
expect 'A real task given up: how many clicks people made', <<"END";
$words, made AS (
	SELECT quit, length(replace(word, 'b', '')) - 1 AS made FROM words
), counts AS (
	SELECT clicks, quit, count(*)::numeric AS x, count(*) FILTER (WHERE made = clicks)::numeric AS stopped,
		max(count(*)) OVER (PARTITION BY quit) AS n
	FROM made JOIN generate_series(0, 8) AS clicks ON made >= clicks
	GROUP BY clicks, quit
)
SELECT clicks, r.x AS restart, round(100 * r.x / r.n, 1) AS r_share,
	CASE WHEN clicks < 8 THEN round(100 * r.stopped / r.x, 1) END AS r_last,
	t.x AS timeout, round(100 * t.x / t.n, 1) AS t_share,
	CASE WHEN clicks < 8 THEN round(100 * t.stopped / t.x, 1) END AS t_last
FROM counts AS r JOIN counts AS t USING (clicks)
WHERE r.quit = 'restart' AND t.quit = 'timeout'
ORDER BY clicks;
END

# The first click, the first back click after it, and so on.
expect_near 'A real task given up: back clicks', <<"END", 'clicks';
$words, first_ones AS (
	SELECT quit, ARRAY[1, a, b, c, d] AS places
	FROM words,
		LATERAL (SELECT nullif(strpos(word, 'c'), 0) AS a) AS t1,
		LATERAL (SELECT a + nullif(strpos(substr(word, a + 1), 'b'), 0) AS b) AS t2,
		LATERAL (SELECT b + nullif(strpos(substr(word, b + 1), 'c'), 0) AS c) AS t3,
		LATERAL (SELECT c + nullif(strpos(substr(word, c + 1), 'b'), 0) AS d) AS t4
), counts AS (
	SELECT quit, step, count(*)::numeric AS x,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY places[step] - places[step - 1]) AS clicks
	FROM first_ones JOIN generate_series(1, 5) AS step ON places[step] IS NOT NULL
	GROUP BY quit, step
)
SELECT quit, step, (ARRAY['start', 'click', 'back', 'click', 'back'])[step] AS event, x AS tasks,
	round(100 * x / first_value(x) OVER steps, 1) AS share,
	round(100 * x / lag(x) OVER steps, 1) AS prev, clicks
FROM counts
WINDOW steps AS (PARTITION BY quit ORDER BY step)
ORDER BY quit, step;
END

expect_charts 'The same as a picture, of those who went straight back from a page they had clicked', <<"END";
$words, counts AS (
	SELECT place, name, count(*) AS x, max(count(*)) OVER () AS n
	FROM words JOIN (VALUES (1, 'start', 's'), (2, 'click', 'c'), (3, 'back', 'cb'), (4, 'click', 'cbc'))
		AS steps (place, name, part) ON strpos(word, part) > 0
	GROUP BY place, name
)
(SELECT format('%s %s %% %s', name, round(100.0 * x / n, 1), x) FROM counts ORDER BY place)
UNION ALL
SELECT format('Completion %s %%, 95 %% interval %s %% to %s %%, n = %s', round(100.0 * x / n, 1),
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1), round(100 * pg_temp.wilson(x, n, 1)::numeric, 1), n)
FROM counts WHERE place = 4;
END

done_testing;
