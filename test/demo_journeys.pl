#!/usr/bin/perl
# The demo's journeys: every number agrees with plain SQL on the raw events. Attempts are looked for
# by their definition, in arrays of times.
use strict;
use warnings;
use lib 'test';
use Encode qw(decode);
use Test::More;
use DemoOutput;

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';

my $as_of = "'2026-01-01 00:00+00'::timestamptz";

# What the data must have for the reports to show anything, and that the log of the tickets agrees
# with the tickets.
is value(<<"END"), '0|0|0|0', 'tickets are what their log says';
SELECT count(*) FILTER (WHERE t.opened_at IS DISTINCT FROM l.opened_at),
	count(*) FILTER (WHERE t.resolved_at IS DISTINCT FROM l.resolved_at),
	count(*) FILTER (WHERE t.escalated IS DISTINCT FROM CASE WHEN t.opened_at + interval '14 days' <= $as_of THEN
		coalesce(l.escalated_at <= t.opened_at + interval '14 days', false) END),
	count(*) FILTER (WHERE l.first <> t.opened_at OR l.last >= $as_of)
FROM tickets AS t LEFT JOIN (
	SELECT ticket_id, min(at) AS first, max(at) AS last, min(at) FILTER (WHERE event = 'opened') AS opened_at,
		min(at) FILTER (WHERE event = 'resolved') AS resolved_at, min(at) FILTER (WHERE event = 'escalated') AS escalated_at
	FROM ticket_events GROUP BY ticket_id) AS l USING (ticket_id);
END
is value(<<'END'), '0', 'no event is lost';
SELECT count(*) FROM (
	SELECT customer_id, at, event, row_number() OVER (PARTITION BY customer_id, at, event) AS i, 1 AS is_row FROM events
	) AS e FULL JOIN (
	SELECT customer_id, e.at, e.event, row_number() OVER (PARTITION BY customer_id, e.at, e.event) AS i, 1 AS is_packed FROM customer_journeys, events(j) AS e
	) AS f USING (customer_id, at, event, i)
WHERE is_row IS NULL OR is_packed IS NULL;
END

# An attempt to buy within an hour. A completed one ends at the first payment with a checkout before
# it, a cart before that and a view before that, an hour before at most, all after the attempt before;
# it begins with the first view of that hour. Before it, an unfinished one begins with each view that
# is in no other, and has its hour.
value(<<'END');
DROP TABLE IF EXISTS plain_attempts, plain_events, plain_log;
CREATE TABLE plain_events AS SELECT * FROM events;
CREATE TABLE plain_log AS SELECT * FROM ticket_events;
CREATE INDEX ON plain_events (customer_id, at);
CREATE INDEX ON plain_log (ticket_id, at);
ANALYZE plain_events, plain_log;
CREATE OR REPLACE FUNCTION latest(times timestamptz[], after timestamptz, until timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$ SELECT max(t) FROM unnest(times) AS t WHERE t > after AND t <= until $$;
CREATE OR REPLACE FUNCTION earliest(times timestamptz[], from_at timestamptz, until timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$ SELECT min(t) FROM unnest(times) AS t WHERE t >= from_at AND t <= until $$;
CREATE OR REPLACE FUNCTION plain_attempts(views timestamptz[], carts timestamptz[], checkouts timestamptz[], pays timestamptz[])
RETURNS TABLE (started_at timestamptz, until timestamptz, depth integer, completed boolean)
LANGUAGE plpgsql AS $$
DECLARE
	after timestamptz := '-infinity';
	paid timestamptz;
	start timestamptz;
BEGIN
	LOOP
		start := NULL;
		FOR paid IN SELECT p FROM unnest(pays) AS p WHERE p > after ORDER BY p LOOP
			IF latest(views, after, latest(carts, after, latest(checkouts, after, paid))) >= paid - interval '1 hour' THEN
				SELECT min(v) INTO start FROM unnest(views) AS v WHERE v > after AND v >= paid - interval '1 hour';
				EXIT;
			END IF;
		END LOOP;
		LOOP
			SELECT min(v) INTO started_at FROM unnest(views) AS v WHERE v > after AND (start IS NULL OR v < start);
			EXIT WHEN started_at IS NULL;
			until := least(started_at + interval '1 hour', start - interval '1 microsecond');
			depth := 1 + num_nonnulls(earliest(carts, started_at, until),
				earliest(checkouts, earliest(carts, started_at, until), until),
				earliest(pays, earliest(checkouts, earliest(carts, started_at, until), until), until));
			completed := false;
			RETURN NEXT;
			after := until;
		END LOOP;
		EXIT WHEN start IS NULL;
		started_at := start;
		until := paid;
		depth := 4;
		completed := true;
		RETURN NEXT;
		after := paid;
	END LOOP;
END;
$$;
CREATE TABLE plain_attempts AS
WITH found AS MATERIALIZED (
	SELECT customer_id, device, a.*, row_number() OVER (PARTITION BY customer_id ORDER BY started_at) AS attempt
	FROM (
		SELECT customer_id, (array_agg(device ORDER BY at, event_id))[1] AS device,
			array_agg(at) FILTER (WHERE event = 'view') AS views, array_agg(at) FILTER (WHERE event = 'cart') AS carts,
			array_agg(at) FILTER (WHERE event = 'checkout') AS checkouts, array_agg(at) FILTER (WHERE event = 'pay') AS pays
		FROM events
		GROUP BY customer_id
		) AS c,
		plain_attempts(views, carts, checkouts, pays) AS a
)
SELECT f.*, ended_at, extract(epoch FROM ended_at - started_at)::float8 AS seconds, actions, errors
FROM found AS f
	JOIN LATERAL (
		SELECT max(at) AS ended_at, count(*) AS actions, count(*) FILTER (WHERE event = 'error') AS errors
		FROM plain_events AS e
		WHERE e.customer_id = f.customer_id AND e.at BETWEEN f.started_at AND f.until
		) AS e ON true
WHERE started_at <= '2025-12-31 23:00+00';
END

cmp_ok value('SELECT count(*) FROM plain_attempts WHERE attempt > 1 AND completed;'), '>', 1000, 'some buy in a later attempt';
cmp_ok value('SELECT count(*) FROM plain_attempts WHERE completed AND seconds = 0;'), '>', 100, 'some in no time';
is value(<<'END'), '0', 'every attempt, with its times, depth, actions and errors';
SELECT count(*) FROM (
	SELECT customer_id, device, attempt, started_at, ended_at, depth, completed, nullif(seconds, 0), actions, errors FROM plain_attempts
	) AS p FULL JOIN (
	SELECT customer_id, device, attempt, started_at, ended_at, depth, completed, seconds, actions, errors FROM checkout_attempts
	) AS f ON p = f
WHERE p IS NULL OR f IS NULL;
END

expect 'Customer journeys', <<'END';
SELECT 'events' AS what, count(*) AS rows, count(*) AS events, round(pg_table_size('events') / 1e6, 1) AS megabytes,
	round(pg_table_size('events')::numeric / count(*), 1) AS per_event
FROM events
UNION ALL
SELECT 'customer_journeys', count(DISTINCT customer_id), count(*), round(pg_table_size('customer_journeys') / 1e6, 1),
	round(pg_table_size('customer_journeys')::numeric / count(*), 1)
FROM events;
END

expect 'The largest flows after the first cart', plain_flows('events', 'customer_id', 'cart', 3) . <<'END';
SELECT source, target, n AS customers, round(100 * n / sum(n) OVER (PARTITION BY source), 1) AS share
FROM flows
ORDER BY n DESC, source COLLATE "C", target COLLATE "C"
LIMIT 10;
END

# A chart shows the three largest sources of a place and the four largest targets of each; the rest
# is a sum, with how many they are.
sub expect_flow_chart
{
	my ($title, $least, @flows) = @_;
	my (%flow, %size, $all, @wrong, %shown, $source);
	for (split /\n/, value(plain_flows(@flows) . 'SELECT source, target, n FROM flows;'))
	{
		my ($from, $to, $n) = split /\|/;
		$flow{$from}{$to} = $n;
		$size{$from} += $n;
	}
	$all = $size{"1 $flows[2]"};
	my $lines = 0;
	for (split /\n/, decode('UTF-8', charts_of($output, $title)))
	{
		next if /^\s*$/;
		$lines++;
		my $wanted;
		if (/^(\d+) other \((\d+)\) (\d+)$/)
		{
			my @rest = grep { /^$1 / && !$shown{$_} } keys %size;
			my $sum = 0;
			$sum += $size{$_} for @rest;
			$wanted = "$1 other (${\ scalar @rest}) $sum";
		}
		elsif (/^Shares of actors/) { $wanted = "Shares of actors, n = $all" }
		elsif (/^ /)
		{
			my ($target, $n) = /^ (.*?) [\d.]+ % (\d+)$/ or push @wrong, $_;
			next unless defined $n;
			my $sum = $flow{$source}{$target} // 0;
			if ($target =~ /^other \((\d+)\)/)
			{
				my @rest = grep { $_ ne '(end)' && !$shown{"$source/$_"} } keys %{ $flow{$source} };
				$sum = 0;
				$sum += $flow{$source}{$_} for @rest;
				$target = "other (${\ scalar @rest})";
			}
			$shown{"$source/$target"} = 1;
			$wanted = sprintf ' %s %.1f %% %d', $target, 100 * $sum / $all, $sum;
		}
		else
		{
			($source) = /^(.*) \d+$/;
			$shown{$source} = 1;
			$wanted = "$source $size{$source}";
		}
		push @wrong, "$_, not $wanted" if $_ ne $wanted;
	}
	is_deeply \@wrong, [], "agrees with plain SQL: $title";
	cmp_ok $lines, '>=', $least, "lines of: $title";
}
expect_flow_chart('What customers did after the first cart', 30, 'events', 'customer_id', 'cart', 3);
expect_flow_chart('What happened after an escalation', 6, 'ticket_events', 'ticket_id', 'escalated', 2);

# From every view the first cart at or after it, and so on; a customer's best view goes furthest, and
# of those it gets there first.
my $to_come = 'WINDOW to_come AS (PARTITION BY customer_id ORDER BY at RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)';
expect 'Where those went who did not pay', <<"END";
WITH payments AS (
	SELECT *, min(at) FILTER (WHERE event = 'pay') OVER to_come AS paid FROM events $to_come
), checkouts AS (
	SELECT *, min(at) FILTER (WHERE event = 'checkout') OVER to_come AS checked_out,
		min(paid) FILTER (WHERE event = 'checkout') OVER to_come AS then_paid
	FROM payments $to_come
), carts AS (
	SELECT *, min(at) FILTER (WHERE event = 'cart') OVER to_come AS filled,
		min(checked_out) FILTER (WHERE event = 'cart') OVER to_come AS then_checked_out,
		min(then_paid) FILTER (WHERE event = 'cart') OVER to_come AS at_last_paid
	FROM checkouts $to_come
), views AS (
	SELECT customer_id, min(at) OVER (PARTITION BY customer_id) AS first, ARRAY[at, filled, then_checked_out, at_last_paid] AS times,
		1 + (SELECT count(*) FROM unnest(ARRAY[filled, then_checked_out, at_last_paid]) AS t (t)
			WHERE t <= at + interval '3 days') AS depth
	FROM carts
	WHERE event = 'view'
), best AS (
	SELECT DISTINCT ON (customer_id) customer_id, first, depth, times[depth] AS done
	FROM views
	ORDER BY customer_id, depth DESC, times[depth]
), next AS (
	SELECT DISTINCT ON (customer_id) customer_id, depth, event
	FROM best LEFT JOIN events USING (customer_id)
	WHERE depth < 4 AND first + interval '3 days' <= $as_of AND at > done
	ORDER BY customer_id, at, event COLLATE "C"
), counts AS (
	SELECT best.depth, coalesce('next ' || event, '(end)') AS target, count(*) AS n
	FROM best LEFT JOIN next USING (customer_id)
	WHERE best.depth < 4 AND first + interval '3 days' <= $as_of
	GROUP BY 1, 2
)
SELECT depth || ' ' || (ARRAY['view', 'cart', 'checkout'])[depth] AS source, target, n AS customers,
	round(100 * n / sum(n) OVER (PARTITION BY depth), 1) AS share
FROM counts
ORDER BY depth, n DESC, target COLLATE "C";
END

expect 'Attempts to buy, by device', <<'END';
SELECT device, count(*) FILTER (WHERE attempt = 1) AS customers, count(*) AS attempts, sum(completed::integer) AS completed,
	round(100 * avg(completed::integer) FILTER (WHERE attempt = 1), 1) AS first,
	round(100 * avg(completed::integer) FILTER (WHERE attempt > 1), 1) AS later,
	sum(errors) AS errors, sum(actions) AS actions
FROM plain_attempts
GROUP BY device
ORDER BY device;
END

# The errors vary less than by Poisson's law here, so that their interval is not widened. Quantiles
# of chi-squared by Wilson and Hilferty, which is enough for so many errors.
my $task = <<'END';
	SELECT device, count(*)::float8 AS n, sum(completed::integer)::float8 AS x, sum(errors)::float8 AS errors,
		count(*) FILTER (WHERE errors > 0)::float8 AS with_errors, var_samp(errors) / avg(errors) AS dispersion,
		avg(ln(seconds)) FILTER (WHERE completed AND seconds > 0) AS log_mean,
		var_samp(ln(nullif(seconds, 0))) FILTER (WHERE completed AND seconds > 0) AS log_variance,
		count(*) FILTER (WHERE completed AND seconds > 0)::float8 AS timed,
		avg(actions)::float8 AS actions, var_samp(actions)::float8 AS actions_variance
	FROM (SELECT customer_id, device, attempt, completed, errors, actions, nullif(seconds, 0) AS seconds FROM plain_attempts) AS a
	WHERE attempt = 1
	GROUP BY device
END
is value("SELECT bool_and(dispersion < 1) FROM ($task) AS t;"), 't', 'errors are not overdispersed';
expect 'The checkout as a task, by device', <<"END";
SELECT device, n, round((100 * x / n)::numeric, 1) AS done, round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high, round((errors / n)::numeric, 3) AS errors,
	round((errors * (1 - 1 / (9 * errors) - $z / (3 * sqrt(errors))) ^ 3 / n)::numeric, 3) AS e_low,
	round(((errors + 1) * (1 - 1 / (9 * (errors + 1)) + $z / (3 * sqrt(errors + 1))) ^ 3 / n)::numeric, 3) AS e_high,
	round(exp(log_mean)::numeric) AS secs,
	round(exp(log_mean - pg_temp.t_quantile(timed - 1) * sqrt(log_variance / timed))::numeric) AS s_low,
	round(exp(log_mean + pg_temp.t_quantile(timed - 1) * sqrt(log_variance / timed))::numeric) AS s_high,
	round(actions::numeric, 2) AS actions
FROM ($task) AS t
ORDER BY device;
END

# The mid-p interval of the phone's share of the errors, from the binomial distribution itself.
my @log_factorial = (0);
my ($x, $n, $ratio) = split /\|/, value(<<"END");
SELECT a.errors, a.errors + b.errors, b.n / a.n FROM ($task) AS a, ($task) AS b WHERE a.device = 'phone' AND b.device = 'desktop';
END
push @log_factorial, $log_factorial[-1] + log(@log_factorial) for 1 .. $n;

# The probability of more than x, or of fewer, and half of that of x itself.
sub mid_p_tail
{
	my ($p, $step) = @_;
	my $sum = 0;
	for (my $k = $x; $k >= 0 && $k <= $n; $k += $step)
	{
		my $chance = exp($log_factorial[$n] - $log_factorial[$k] - $log_factorial[ $n - $k ] + $k * log($p) + ($n - $k) * log(1 - $p));
		$sum += $k == $x ? $chance / 2 : $chance;
	}
	return $sum;
}

sub mid_p_limit
{
	my ($step) = @_;
	my ($far, $near) = ($x / $n - $step * 4 / sqrt($n), $x / $n);
	for (1 .. 40)
	{
		my $p = ($far + $near) / 2;
		if (mid_p_tail($p, $step) < 0.025) { $far = $p }
		else { $near = $p }
	}
	return $near / (1 - $near) * $ratio;
}
my $none = 1 / (1 + $ratio);
my ($more, $less) = (mid_p_tail($none, 1), mid_p_tail($none, -1));
my $errors = join ', ', $x / ($n - $x) * $ratio, mid_p_limit(1), mid_p_limit(-1), 2 * ($more < $less ? $more : $less);
expect 'Is the phone worse than the desktop?', <<"END";
WITH both_sides AS (
	SELECT a.*, b.n AS m, b.x AS y, b.with_errors AS with_errors_there, b.log_mean - a.log_mean AS gap, b.actions - a.actions AS more,
		a.log_variance / a.timed AS va, b.log_variance / b.timed AS vb, a.timed - 1 AS fa, b.timed - 1 AS fb,
		a.actions_variance / a.n AS wa, b.actions_variance / b.n AS wb
	FROM ($task) AS a, ($task) AS b
	WHERE a.device = 'desktop' AND b.device = 'phone'
), welch AS (
	SELECT *, sqrt(va + vb) AS e, (va + vb) ^ 2 / (va ^ 2 / fa + vb ^ 2 / fb) AS df,
		sqrt(wa + wb) AS d, (wa + wb) ^ 2 / (wa ^ 2 / (n - 1) + wb ^ 2 / (m - 1)) AS ef
	FROM both_sides
), tests AS (
	SELECT 1 AS place, 'completion' AS measure, 'difference' AS kind, y / m - x / n AS difference,
		pg_temp.score_limit(y, m, x, n, -1) AS low, pg_temp.score_limit(y, m, x, n, 1) AS high,
		pg_temp.two_tails((y / m - x / n) / sqrt((x + y) / (n + m) * (1 - (x + y) / (n + m)) * (1 / n + 1 / m) * (n + m) / (n + m - 1))) AS p
	FROM welch
	UNION ALL SELECT 2, 'errors per attempt', 'ratio', $errors
	UNION ALL SELECT 3, 'attempts with errors', 'difference', with_errors_there / m - with_errors / n,
		pg_temp.score_limit(with_errors_there, m, with_errors, n, -1), pg_temp.score_limit(with_errors_there, m, with_errors, n, 1),
		pg_temp.two_tails((with_errors_there / m - with_errors / n) / sqrt((with_errors + with_errors_there) / (n + m)
			* (1 - (with_errors + with_errors_there) / (n + m)) * (1 / n + 1 / m) * (n + m) / (n + m - 1)))
	FROM welch
	UNION ALL SELECT 4, 'time on task', 'ratio', exp(gap), exp(gap - pg_temp.t_quantile(df) * e), exp(gap + pg_temp.t_quantile(df) * e),
		pg_temp.t_tails(gap / e, df)
	FROM welch
	UNION ALL SELECT 5, 'actions per attempt', 'difference', more, more - pg_temp.t_quantile(ef) * d, more + pg_temp.t_quantile(ef) * d,
		pg_temp.t_tails(more / d, ef)
	FROM welch
)
SELECT measure, kind, round(difference::numeric, 3) AS difference, round(low::numeric, 3) AS low, round(high::numeric, 3) AS high,
	round(p::numeric, 4) AS p, round(least(1, max(p * (6 - rank)) OVER (ORDER BY rank))::numeric, 4) AS adjusted_p
FROM (SELECT *, rank() OVER (ORDER BY p) AS rank FROM tests) AS t
ORDER BY place;
END

# A loop that is closed is taken off the path.
value(<<'END');
CREATE OR REPLACE FUNCTION plain_loops(events text[]) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	path text[] := '{}';
	event text;
	place integer;
	loops bigint := 0;
BEGIN
	FOREACH event IN ARRAY events LOOP
		place := array_position(path, event);
		IF place IS NULL THEN
			path := path || event;
		ELSIF place < cardinality(path) THEN
			loops := loops + 1;
			path := path[:place];
		END IF;
	END LOOP;
	RETURN loops;
END;
$$;
END
expect 'Signs of friction, by device', <<'END';
WITH lagged AS (
	SELECT *, lag(event) OVER w AS before, lag(event, 2) OVER w AS two_before, lag(at) OVER w AS at_before, lag(at, 2) OVER w AS at_two_before
	FROM events
	WINDOW w AS (PARTITION BY customer_id ORDER BY at, event COLLATE "C")
), marked AS (
	SELECT *, coalesce(event = two_before AND event <> before AND at - at_two_before <= interval '5 minutes', false) AS is_back,
		coalesce(event = before AND at - at_before <= interval '10 seconds', false) AS is_repeated
	FROM lagged
), grouped AS (
	SELECT *, count(*) FILTER (WHERE NOT is_repeated) OVER (PARTITION BY customer_id ORDER BY at, event COLLATE "C" ROWS UNBOUNDED PRECEDING) AS burst
	FROM marked
), rages AS (
	SELECT customer_id, count(*) AS rage FROM (SELECT customer_id FROM grouped GROUP BY customer_id, burst HAVING count(*) >= 3) AS b GROUP BY customer_id
), signs AS (
	SELECT customer_id, (array_agg(device ORDER BY at, event_id))[1] AS device, count(*) FILTER (WHERE is_back) AS backs,
		count(*) FILTER (WHERE is_repeated) AS repeated, plain_loops(array_agg(event ORDER BY at, event COLLATE "C")) AS loops
	FROM marked
	GROUP BY customer_id
)
SELECT device, count(*) AS customers, sum(backs) AS back_and_forth, sum(repeated) AS repeated, coalesce(sum(rage), 0) AS rage, sum(loops) AS loops,
	round(100 * avg((backs > 0)::integer), 1) AS with_sign,
	round(100 * pg_temp.wilson(count(*) FILTER (WHERE backs > 0), count(*), -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(count(*) FILTER (WHERE backs > 0), count(*), 1)::numeric, 1) AS high
FROM signs LEFT JOIN rages USING (customer_id)
GROUP BY device
ORDER BY device;
END

my $opened = <<'END';
	SELECT ticket_id, severity, min(at) AS opened_at, min(at) FILTER (WHERE event = 'escalated') AS escalated_at,
		min(at) FILTER (WHERE event = 'resolved') AS solved_at
	FROM ticket_events JOIN tickets USING (ticket_id)
	GROUP BY ticket_id, severity
END
expect 'Tickets escalated within 14 days, from the log of the help desk', <<"END";
SELECT severity, round(100.0 * x / n, 1) AS escalated, round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high, n, u AS undecided
FROM (
	SELECT severity, count(*) FILTER (WHERE escalated_at <= opened_at + interval '14 days' AND opened_at <= '2025-12-18') AS x,
		count(*) FILTER (WHERE opened_at <= '2025-12-18') AS n, count(*) FILTER (WHERE opened_at > '2025-12-18') AS u
	FROM ($opened) AS o
	GROUP BY severity
	) AS c
ORDER BY 1.0 * x / n;
END

# Kaplan and Meier's product over the buckets of the times, among which those that ended come first.
my $at_bucket = sub { my ($seconds) = @_; "CASE WHEN $seconds > 0 THEN pg_temp.bucket($seconds) ELSE -1 END" };
my @times = map { "(SELECT CASE WHEN max(seconds) >= pg_temp.bucket($_) THEN round(100 - 100 * min(survival) FILTER (WHERE seconds <= pg_temp.bucket($_))::numeric, 1) END FROM curve)" }
  14400, 86400, 259200, 604800;
expect 'How soon tickets are escalated', <<"END";
SELECT severity, escalated, not_so, t."4 hours", t."1 day", t."3 days", t."7 days"
FROM (
	SELECT severity, count(*) FILTER (WHERE ended) AS escalated, count(*) FILTER (WHERE NOT ended) AS not_so,
		array_agg((${\ $at_bucket->('seconds')})::float8) AS times, array_agg(ended) AS ended
	FROM (
		SELECT severity, extract(epoch FROM least(escalated_at, solved_at, $as_of) - opened_at)::float8 AS seconds,
			coalesce(escalated_at <= least(solved_at, $as_of), false) AS ended
		FROM ($opened) AS o
		) AS d
	GROUP BY severity
	) AS g,
	LATERAL (WITH curve AS MATERIALIZED (SELECT * FROM pg_temp.kaplan_meier(times, ended))
		SELECT $times[0] AS "4 hours", $times[1] AS "1 day", $times[2] AS "3 days", $times[3] AS "7 days") AS t
ORDER BY escalated::float8 / (escalated + not_so);
END

# Where all visits are over, quantiles are those of the times; else the middle of the bucket.
expect_near 'How long tickets stay in each status', <<"END", qw(median p90);
WITH changes AS (
	SELECT *, event IS DISTINCT FROM lag(event) OVER (PARTITION BY ticket_id ORDER BY at, event COLLATE "C") AS is_new FROM ticket_events
), visits AS (
	SELECT event AS state, at, lead(at) OVER (PARTITION BY ticket_id ORDER BY at, event COLLATE "C") AS ended_at FROM changes WHERE is_new
), stays AS (
	SELECT state, ended_at IS NOT NULL AS ended, extract(epoch FROM coalesce(ended_at, $as_of) - at)::float8 AS seconds
	FROM visits
	WHERE state <> 'closed'
), exact AS (
	SELECT state, count(*) FILTER (WHERE ended) AS visits, count(*) FILTER (WHERE NOT ended) AS open,
		percentile_cont('{0.5,0.9}'::float8[]) WITHIN GROUP (ORDER BY seconds) AS q,
		array_agg((${\ $at_bucket->('seconds')})::float8) AS buckets, array_agg(ended) AS ended
	FROM stays
	GROUP BY state
)
SELECT state, visits, open, CASE open WHEN 0 THEN q[1] ELSE median END / 3600 AS median,
	CASE open WHEN 0 THEN q[2] ELSE p90 END / 3600 AS p90
FROM exact, LATERAL (
	SELECT max(middle) FILTER (WHERE level = 0.5) AS median, max(middle) FILTER (WHERE level = 0.1) AS p90
	FROM (
		SELECT level, 2 / (1 / pg_temp.bucket_start(min(seconds)::integer) + 1 / pg_temp.bucket_start(min(seconds)::integer + 1)) AS middle
		FROM pg_temp.kaplan_meier(buckets, ended), unnest('{0.5,0.1}'::float8[]) AS level
		WHERE survival <= level
		GROUP BY level
		) AS m
	) AS k
ORDER BY array_position('{opened,assigned,escalated,resolved,reopened}', state);
END

# Reopened: of all that were resolved, by the first time; to and fro: agents without repetition in a
# row; at first contact: no second assignment or escalation before a resolution, and not reopened.
expect 'Reopened, passed to and fro, solved at first contact', <<"END";
WITH pairs AS (
	SELECT a.ticket_id,
		bool_or(a.event = 'assigned' AND b.event = 'assigned' AND NOT solved) AS is_passed,
		bool_or(a.event = 'opened' AND b.event = 'escalated' AND NOT solved) AS is_escalated,
		bool_or(a.event = 'resolved' AND b.event = 'reopened' AND b.at <= a.at + interval '5 days') AS is_reopened
	FROM plain_log AS a JOIN plain_log AS b ON b.ticket_id = a.ticket_id AND b.event_id <> a.event_id AND b.at >= a.at,
		LATERAL (SELECT EXISTS (SELECT FROM plain_log AS r WHERE r.ticket_id = a.ticket_id AND r.event = 'resolved'
			AND r.at > a.at AND r.at < b.at) AS solved OFFSET 0) AS s
	WHERE (a.event, b.event) IN (('assigned', 'assigned'), ('opened', 'escalated'), ('resolved', 'reopened'))
	GROUP BY a.ticket_id
), handovers AS (
	SELECT ticket_id, agent, agent IS DISTINCT FROM lag(agent) OVER (PARTITION BY ticket_id ORDER BY at, agent COLLATE "C") AS is_new
	FROM ticket_events
	WHERE agent IS NOT NULL
), visits AS (
	SELECT ticket_id, agent, count(*) AS visits FROM handovers WHERE is_new GROUP BY ticket_id, agent
), returned AS (
	SELECT ticket_id, max(visits) > 1 AS is_back FROM visits GROUP BY ticket_id
), answers AS (
	SELECT (CASE WHEN solved_at + interval '5 days' <= $as_of THEN coalesce(is_reopened, false) END) AS reopened, solved_at IS NOT NULL AS is_solved,
		is_back,
		CASE WHEN is_passed OR is_escalated OR is_reopened THEN false WHEN solved_at + interval '5 days' <= $as_of THEN true END AS at_first
	FROM ($opened) AS o LEFT JOIN pairs USING (ticket_id) LEFT JOIN returned USING (ticket_id)
), counts AS (
	SELECT 1 AS place, 'reopened' AS question, count(*) FILTER (WHERE reopened) AS x, count(reopened) AS n,
		count(*) FILTER (WHERE is_solved AND reopened IS NULL) AS u
	FROM answers
	UNION ALL
	SELECT 2, 'to and fro', count(*) FILTER (WHERE is_back), count(is_back), count(*) FILTER (WHERE is_back IS NULL) FROM answers
	UNION ALL
	SELECT 3, 'solved at first contact', count(*) FILTER (WHERE at_first), count(at_first), count(*) FILTER (WHERE at_first IS NULL) FROM answers
)
SELECT question, round(100.0 * x / n, 1) AS share, round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high, x AS yes, n, u AS undecided
FROM counts
ORDER BY place;
END

value('DROP TABLE plain_attempts, plain_events, plain_log; DROP FUNCTION plain_attempts, latest, earliest, plain_loops;');
done_testing;
