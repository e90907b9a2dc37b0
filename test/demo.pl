#!/usr/bin/perl
# The demo as "make demo" runs it, in a database of its own: nothing goes wrong, the company is the
# same everywhere, and what is printed agrees with plain SQL.
use strict;
use warnings;
use lib 'test';
use Encode qw(decode);
use Test::More;
use DemoOutput;

my ($database, $status, $output, $errors) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';
is $errors, '', 'without a word on standard error';
my @lines = split /\n/, decode('UTF-8', $output);
is_deeply [grep { length > 100 } @lines], [], 'it fits 100 columns';
is_deeply [map { $lines[ $_ - 1 ] } grep { $lines[$_] =~ /^==+$/ && length $lines[$_] != length $lines[ $_ - 1 ] } 1 .. $#lines],
  [], 'titles are underlined to their length';
is_deeply [grep { /\d\.\d{5}|\de-\d/ && !/below 0\.00005/ } @lines], [], 'numbers are rounded';
if ($ENV{CXUX_DATA})
{
	like $output, qr/^A real help desk.*^A real questionnaire.*^A real task/ms, 'with reports on the real data';
}
else
{
	like $output, qr/^The reports on real data .* are skipped: .* is missing\.$/m,
	  'says that the reports on the real data are skipped';
}

# The digest of every table, as text in the order of its key.
my %digest = (
	customers => ['customer_id', 'fc3c3569588897371d293fcce9e4831b'],
	responses => ['response_id', '1182ae4243e5ecd530622ffaa1b6036d'],
	competitor_responses => ['respondent_id', 'd68127ba6262b36db7567945bd2348e2'],
	tickets => ['ticket_id', '4bcae3620bef593f1939439a917baf87'],
	ticket_events => ['event_id', 'bff86a71e0dcba1971c9cca618f4c937'],
	task_attempts => ['attempt_id', '03a972e91f6e788f6c82ecabf85cbfe3'],
	sus_answers => ['release, participant', 'b68ed9017bd33baddcb515749746a75e'],
	service_ratings => ['customer_id', '74a2a23622011a6a1e8a58a0545430da'],
	events => ['event_id', '7e7a2316c81d1211f4d011154b33fb9b'],
);
for my $table (sort keys %digest)
{
	my ($key, $digest) = @{ $digest{$table} };
	is value("SELECT md5(string_agg(t::text, E'\\n' ORDER BY $key)) FROM $table AS t;"), $digest,
	  "$table are the same everywhere";
}
is value('SELECT count(*), count(DISTINCT customer_id) FROM customers;'), '50000|50000', '50,000 customers';
is value('SELECT count(*) - count(DISTINCT (customer_id, touchpoint)) FROM responses;'), '0', 'one response per customer and touchpoint';

expect 'The company', <<'END';
SELECT * FROM (
SELECT 'customers' AS "table", count(*) AS rows, min(joined_at)::date AS first, max(joined_at)::date AS last
FROM customers
UNION ALL SELECT 'responses', count(*), min(answered_at)::date, max(answered_at)::date FROM responses
UNION ALL SELECT 'competitor_responses', count(*), NULL, NULL FROM competitor_responses
UNION ALL SELECT 'tickets', count(*), min(opened_at)::date, max(opened_at)::date FROM tickets
UNION ALL SELECT 'ticket_events', count(*), min(at)::date, max(at)::date FROM ticket_events
UNION ALL SELECT 'task_attempts', count(*), min(started_at)::date, max(started_at)::date FROM task_attempts
UNION ALL SELECT 'sus_answers', count(*), NULL, NULL FROM sus_answers
UNION ALL SELECT 'service_ratings', count(*), NULL, NULL FROM service_ratings
UNION ALL SELECT 'events', count(*), min(at)::date, max(at)::date FROM events
UNION ALL SELECT 'daily_scores', count(DISTINCT (date_trunc('day', answered_at), touchpoint)),
	min(answered_at)::date, max(answered_at)::date FROM responses
) AS t
ORDER BY array_position(
	'{customers,responses,competitor_responses,tickets,ticket_events,task_attempts,sus_answers,service_ratings,events,daily_scores}', "table");
END

# Adjusted shares, three quarters of an answer more at either end and one and a half in the middle.
my $net = <<"END";
	SELECT *, 100 * (p - d) / n AS score,
		100 * ((p - d) / (n + 3) - $z * sqrt(((p + d + 1.5) / (n + 3) - ((p - d) / (n + 3)) ^ 2) / (n + 3))) AS low,
		100 * ((p - d) / (n + 3) + $z * sqrt(((p + d + 1.5) / (n + 3) - ((p - d) / (n + 3)) ^ 2) / (n + 3))) AS high
END
my $counts = <<'END';
	count(recommend)::float8 AS n, count(*) FILTER (WHERE recommend >= 9)::float8 AS p,
	count(*) FILTER (WHERE recommend <= 6)::float8 AS d
END

expect 'Recommendation (NPS) by touchpoint', <<"END";
SELECT touchpoint, round(score::numeric, 1) AS nps, round(low::numeric, 1) AS low,
	round(high::numeric, 1) AS high, n, round((100 * p / n)::numeric, 1) AS promoters,
	round((100 * (n - p - d) / n)::numeric, 1) AS passives,
	round((100 * d / n)::numeric, 1) AS detractors
FROM ($net FROM (SELECT touchpoint, $counts FROM responses GROUP BY touchpoint) AS c) AS s
ORDER BY score DESC;
END

expect 'Satisfaction (CSAT) by touchpoint', <<'END';
SELECT touchpoint, round((100.0 * x / n)::numeric, 1) AS satisfied,
	round((100 * pg_temp.wilson(x, n, -1))::numeric, 1) AS low,
	round((100 * pg_temp.wilson(x, n, 1))::numeric, 1) AS high, n, round(mean, 2) AS mean, median
FROM (
	SELECT touchpoint, count(*) FILTER (WHERE satisfaction >= 4) AS x, count(satisfaction) AS n,
		avg(satisfaction) AS mean, percentile_cont(0.5) WITHIN GROUP (ORDER BY satisfaction) AS median
	FROM responses
	GROUP BY touchpoint
	) AS c
ORDER BY 1.0 * x / n DESC;
END

# The quantile of t is that of the normal distribution with its first two corrections.
expect 'Ease (CES) by touchpoint', <<"END";
SELECT touchpoint, round(mean, 2) AS mean, round((mean - half)::numeric, 2) AS low,
	round((mean + half)::numeric, 2) AS high, nullif(n, 0) AS n,
	round(100.0 * top / nullif(n, 0), 1) AS six_or_seven,
	round(pg_temp.agreement(counts)::numeric, 2) AS agreement
FROM (
	SELECT *, s / sqrt(n) * (z + (z ^ 3 + z) / (4 * (n - 1))
		+ (5 * z ^ 5 + 16 * z ^ 3 + 3 * z) / (96 * (n - 1) ^ 2)) AS half
	FROM (
		SELECT touchpoint, avg(ease) AS mean, stddev_samp(ease) AS s, count(ease) AS n, $z AS z,
			count(*) FILTER (WHERE ease >= 6) AS top,
			ARRAY[count(*) FILTER (WHERE ease = 1), count(*) FILTER (WHERE ease = 2),
				count(*) FILTER (WHERE ease = 3), count(*) FILTER (WHERE ease = 4),
				count(*) FILTER (WHERE ease = 5), count(*) FILTER (WHERE ease = 6),
				count(*) FILTER (WHERE ease = 7)] AS counts
		FROM responses
		GROUP BY touchpoint
		) AS c
	) AS t
ORDER BY mean DESC NULLS LAST;
END

expect_charts 'How satisfied the customers of live chat are', <<"END";
WITH answers AS (
	SELECT satisfaction AS x FROM responses WHERE touchpoint = 'live chat' AND satisfaction IS NOT NULL
)
(SELECT format('%s %s %% %s', x, round(100.0 * count(*) / sum(count(*)) OVER (), 1), count(*))
FROM answers GROUP BY x ORDER BY x)
UNION ALL
SELECT format('Mean %s, 95 %% interval %s to %s, n = %s', round(avg(x), 2),
	round((avg(x) - 1.96033 * stddev_samp(x) / sqrt(count(*)))::numeric, 2),
	round((avg(x) + 1.96033 * stddev_samp(x) / sqrt(count(*)))::numeric, 2), count(*)) FROM answers;
END

expect 'Recommendation, the last 30 days at the end of each month', <<"END";
SELECT (next - interval '1 day')::date AS day, round(score::numeric, 1) AS nps, round(low::numeric, 1) AS low,
	round(high::numeric, 1) AS high, n
FROM ($net FROM (
	SELECT next, $counts
	FROM generate_series(timestamptz '2025-02-01', '2026-01-01', interval '1 month') AS t (next)
		JOIN responses ON answered_at >= next - interval '30 days' AND answered_at < next
	GROUP BY next) AS c) AS s
ORDER BY day;
END

expect 'Recommendation against the competitor', <<"END";
SELECT touchpoint, round(ours::numeric, 1) AS ours, our_n, round(theirs::numeric, 1) AS theirs, their_n,
	round((ours - theirs)::numeric, 1) AS gap,
	round((100 * (gap - $z * se))::numeric, 1) AS low,
	round((100 * (gap + $z * se))::numeric, 1) AS high,
	round(p::numeric, 4) AS p,
	round(min(p * 5 / rank) OVER (ORDER BY p DESC)::numeric, 4) AS adjusted_p
FROM (
	SELECT *, pg_temp.two_tails(gap / se) AS p, rank() OVER (ORDER BY abs(gap / se) DESC) AS rank
	FROM (
		SELECT touchpoint, 100 * (a.p - a.d) / a.n AS ours, a.n AS our_n,
			100 * (b.p - b.d) / b.n AS theirs, b.n AS their_n,
			(a.p - a.d) / (a.n + 3) - (b.p - b.d) / (b.n + 3) AS gap,
			sqrt(((a.p + a.d + 1.5) / (a.n + 3) - ((a.p - a.d) / (a.n + 3)) ^ 2) / (a.n + 3)
				+ ((b.p + b.d + 1.5) / (b.n + 3) - ((b.p - b.d) / (b.n + 3)) ^ 2) / (b.n + 3)) AS se
		FROM (SELECT touchpoint, $counts FROM responses GROUP BY touchpoint) AS a
			JOIN (SELECT touchpoint, $counts FROM competitor_responses GROUP BY touchpoint) AS b
				USING (touchpoint)
		) AS gaps
	) AS tests
ORDER BY ours - theirs DESC;
END

my @targets;
for (split /\n/, value(<<'END'))
SELECT touchpoint, count(*) FILTER (WHERE satisfaction >= 4), count(satisfaction)
FROM responses GROUP BY touchpoint;
END
{
	my ($touchpoint, $x, $n) = split /\|/;
	my ($low, $high, $p) = mid_p_test($x, $n, 0.75);
	push @targets, sprintf "('%s', %d, %d, %.12f, %.12f, %.12f)", $touchpoint, $x, $n, $low, $high, $p;
}
expect 'The target: 75 % satisfied', <<"END";
SELECT touchpoint, round(100.0 * x / n, 1) AS satisfied, n, round(100.0 * x / n - 75, 1) AS from_target,
	round(100 * low - 75, 1) AS low, round(100 * high - 75, 1) AS high, round(p, 4) AS p,
	CASE WHEN low > 0.75 THEN 'met' WHEN high < 0.75 THEN 'missed' ELSE 'not certain' END AS verdict
FROM (VALUES ${\ join ', ', @targets}) AS t (touchpoint, x, n, low, high, p)
ORDER BY from_target DESC;
END

expect 'Enterprise customers in December', <<"END";
SELECT touchpoint, n, CASE WHEN n >= 30 THEN round(score::numeric) END AS nps,
	CASE WHEN n >= 30 THEN round(low::numeric) END AS low,
	CASE WHEN n >= 30 THEN round(high::numeric) END AS high
FROM ($net FROM (
	SELECT touchpoint, $counts
	FROM responses
	WHERE customer_id IN (SELECT customer_id FROM customers WHERE segment = 'enterprise')
		AND date_trunc('month', answered_at) = '2025-12-01'
	GROUP BY touchpoint) AS c) AS s
ORDER BY n DESC;
END

my $rates = <<'END';
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high, n, u AS undecided,
	round(100.0 * x / (n + u), 1) AS if_failed, round(100.0 * (x + u) / (n + u), 1) AS if_met
END
expect 'Tickets resolved in time, by touchpoint', <<"END";
SELECT touchpoint, round(100.0 * x / n, 1) AS in_time, $rates
FROM (
	SELECT touchpoint, count(*) FILTER (WHERE due_at <= '2026-01-01' AND resolved_at <= due_at) AS x,
		count(*) FILTER (WHERE due_at <= '2026-01-01') AS n,
		count(*) FILTER (WHERE due_at > '2026-01-01') AS u
	FROM tickets
	GROUP BY touchpoint
	) AS c
ORDER BY 1.0 * x / n DESC;
END

expect 'Tickets escalated within 14 days, by severity', <<"END" =~ s/if_failed/if_none/r =~ s/if_met/if_all/r;
SELECT severity, round(100.0 * x / n, 1) AS escalated, $rates
FROM (
	SELECT severity, count(*) FILTER (WHERE escalated AND opened_at <= '2025-12-18') AS x,
		count(*) FILTER (WHERE opened_at <= '2025-12-18') AS n,
		count(*) FILTER (WHERE opened_at > '2025-12-18') AS u
	FROM tickets
	GROUP BY severity
	) AS c
ORDER BY 1.0 * x / n;
END

done_testing;
