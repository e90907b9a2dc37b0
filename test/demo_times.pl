#!/usr/bin/perl
# The demo's reports on time on task, usability and tickets: every number agrees with plain SQL.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';

# Time on task: so few durations are listed, and nothing is lost.
cmp_ok value('SELECT max(n) FROM (SELECT count(*) AS n FROM task_attempts GROUP BY task, release) AS c;'), '<=', 64,
  'at most 64 attempts of a task';

# The mean logarithm of those who completed a task, and its standard error.
my $logs = <<'END';
	SELECT task, release, count(*) AS n, avg(ln(seconds)) AS mean, var_samp(ln(seconds)) / count(*) AS square_error,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median
	FROM task_attempts
	WHERE completed
	GROUP BY task, release
END

expect 'Time on task, by task and release', <<"END";
SELECT task, release, round(exp(mean)::numeric, 1) AS secs,
	round(exp(mean - pg_temp.t_quantile(l.n - 1) * sqrt(square_error))::numeric, 1) AS low,
	round(exp(mean + pg_temp.t_quantile(l.n - 1) * sqrt(square_error))::numeric, 1) AS high,
	round(median::numeric, 1) AS median,
	round(100.0 * x / a.n) AS done,
	round(100 * pg_temp.wilson(x, a.n, -1)::numeric) AS d_low,
	round(100 * pg_temp.wilson(x, a.n, 1)::numeric) AS d_high,
	round(errors, 2) AS errors, round(clicks, 1) AS clicks
FROM ($logs) AS l
	JOIN (
		SELECT task, release, count(*) FILTER (WHERE completed) AS x, count(*) AS n, avg(errors) AS errors,
			avg(clicks) AS clicks
		FROM task_attempts
		GROUP BY task, release
		) AS a USING (task, release)
ORDER BY task, release;
END

# Welch's test and interval of the logarithms, with Satterthwaite's degrees of freedom, and Holm's
# adjustment, where a p-value is not below a lower one.
expect 'Are the tasks quicker than in the first release?', <<"END";
SELECT task, round(exp(gap)::numeric, 2) AS ratio,
	round(exp(gap - pg_temp.t_quantile(df) * error)::numeric, 2) AS low,
	round(exp(gap + pg_temp.t_quantile(df) * error)::numeric, 2) AS high,
	round(p::numeric, 4) AS p,
	round(least(1, max(p * (4 - rank)) OVER (ORDER BY rank))::numeric, 4) AS adjusted_p
FROM (
	SELECT *, pg_temp.t_tails(gap / error, df) AS p, rank() OVER (ORDER BY pg_temp.t_tails(gap / error, df)) AS rank
	FROM (
		SELECT task, b.mean - a.mean AS gap, sqrt(a.square_error + b.square_error) AS error,
			(a.square_error + b.square_error) ^ 2
				/ (a.square_error ^ 2 / (a.n - 1) + b.square_error ^ 2 / (b.n - 1)) AS df
		FROM ($logs) AS a JOIN ($logs) AS b USING (task)
		WHERE a.release = '2025.1' AND b.release = '2025.4'
		) AS gaps
	) AS tests
ORDER BY task;
END

# The grade and its percentile begin at the printed scores; percentiles between two lie on a line.
# The adjective is the one whose mean score is nearest.
expect 'Usability (SUS) by release', <<'END';
WITH grades (grade, begins, percentile) AS (
	VALUES ('F', 0, 0), ('D', 51.7, 15), ('C-', 62.7, 35), ('C', 65.0, 41), ('C+', 71.1, 60), ('B-', 72.6, 65),
		('B', 74.1, 70), ('B+', 77.2, 80), ('A-', 78.9, 85), ('A', 80.8, 90), ('A+', 84.1, 96), (NULL, 100, 100)
), adjectives (adjective, score) AS (
	VALUES ('worst imaginable', 12.5), ('awful', 20.3), ('poor', 35.7), ('OK', 50.9), ('good', 71.4),
		('excellent', 85.5), ('best imaginable', 90.9)
), scores AS (
	SELECT release, 2.5 * ((q1 - 1) + (5 - q2) + (q3 - 1) + (5 - q4) + (q5 - 1) + (5 - q6) + (q7 - 1) + (5 - q8)
		+ (q9 - 1) + (5 - q10)) AS score
	FROM sus_answers
), means AS (
	SELECT release, count(score) AS n, count(*) - count(score) AS gaps, avg(score) AS mean,
		pg_temp.t_quantile(count(score) - 1) * stddev_samp(score) / sqrt(count(score)) AS half
	FROM scores
	GROUP BY release
)
SELECT release, n, gaps, round(mean, 1) AS sus, round((mean - half)::numeric, 1) AS low,
	round((mean + half)::numeric, 1) AS high,
	(SELECT grade FROM grades WHERE begins <= mean ORDER BY begins DESC LIMIT 1) AS grade,
	(SELECT grade FROM grades WHERE begins <= mean - half ORDER BY begins DESC LIMIT 1) AS "from",
	(SELECT grade FROM grades WHERE begins <= mean + half ORDER BY begins DESC LIMIT 1) AS "to",
	(SELECT round(percentile + (mean - begins) * (next_percentile - percentile) / (next - begins))
		FROM (SELECT *, lead(begins) OVER line AS next, lead(percentile) OVER line AS next_percentile
			FROM grades WINDOW line AS (ORDER BY begins)) AS g
		WHERE begins <= mean AND mean < next) AS percentile,
	(SELECT adjective FROM adjectives ORDER BY abs(score - mean) LIMIT 1) AS adjective
FROM means
ORDER BY release;
END

# Where all tickets are resolved, quantiles are those of the times; else the times by which Kaplan
# and Meier's estimate has come down. A week reaches to the end of its bucket.
expect_near 'Time to resolve a ticket, by severity', <<'END', qw(median low high p90 p99 after_7_days);
WITH durations AS (
	SELECT severity, resolved_at IS NOT NULL AS resolved,
		extract(epoch FROM coalesce(resolved_at, '2026-01-01 00:00+00') - opened_at)::float8 / 3600 AS hours
	FROM tickets
), curves AS (
	SELECT severity, k.*
	FROM (SELECT severity, array_agg(hours) AS hours, array_agg(resolved) AS resolved
			FROM durations GROUP BY severity) AS d,
		pg_temp.kaplan_meier(d.hours, d.resolved) AS k
), incomplete AS (
	SELECT severity, min(seconds) FILTER (WHERE survival <= 0.5) AS median,
		min(seconds) FILTER (WHERE low <= 0.5) AS low, min(seconds) FILTER (WHERE high <= 0.5) AS high,
		min(seconds) FILTER (WHERE survival <= 0.1) AS p90, min(seconds) FILTER (WHERE survival <= 0.01) AS p99,
		min(survival) FILTER (WHERE seconds * 3600 < pg_temp.bucket_start(pg_temp.bucket(7 * 86400) + 1)) AS survival
	FROM curves
	GROUP BY severity
), complete AS (
	SELECT severity, count(*) FILTER (WHERE resolved) AS resolved, count(*) FILTER (WHERE NOT resolved) AS open,
		percentile_cont('{0.5,0.9,0.99}'::float8[]) WITHIN GROUP (ORDER BY hours) AS q,
		array_agg(hours ORDER BY hours) AS hours,
		pg_temp.median_place(count(*)) AS place
	FROM durations
	GROUP BY severity
)
SELECT severity, resolved, open, median, low, high, p90, p99, 100 * survival AS after_7_days
FROM (
	SELECT severity, resolved, open, CASE open WHEN 0 THEN q[1] ELSE median END AS median,
		CASE open WHEN 0 THEN hours[place] ELSE low END AS low,
		CASE open WHEN 0 THEN hours[resolved + 1 - place] ELSE high END AS high,
		CASE open WHEN 0 THEN q[2] ELSE p90 END AS p90, CASE open WHEN 0 THEN q[3] ELSE p99 END AS p99,
		survival
	FROM complete JOIN incomplete USING (severity)
	) AS t
ORDER BY median;
END
cmp_ok value('SELECT count(*) FROM tickets WHERE resolved_at IS NULL;'), '>', 0, 'some tickets are open';

# Buckets of 2 % of the logarithm of nanoseconds, as many in each of at most twelve bars.
expect_charts 'How long critical tickets of December took', <<'END';
WITH durations AS (
	SELECT seconds, pg_temp.bucket(seconds) AS bucket
	FROM (
		SELECT extract(epoch FROM resolved_at - opened_at)::float8 AS seconds
		FROM tickets
		WHERE severity = 'critical' AND opened_at >= '2025-12-01 00:00+00'
		) AS d
), bars AS (
	SELECT *, (bucket - min(bucket) OVER ()) / ((max(bucket) OVER () - min(bucket) OVER ()) / 12 + 1) AS bar,
		min(bucket) OVER () AS first, (max(bucket) OVER () - min(bucket) OVER ()) / 12 + 1 AS width
	FROM durations
)
(SELECT format('from %s %s %% %s',
	pg_temp.duration_text(CASE bar WHEN 0 THEN min(seconds) ELSE pg_temp.bucket_start(first + bar * width) END),
	round(100.0 * count(*) / sum(count(*)) OVER (), 1), count(*))
FROM bars GROUP BY bar, first, width ORDER BY bar)
UNION ALL
SELECT format('Geometric mean %s, 95 %% interval %s to %s, n = %s', pg_temp.duration_text(exp(mean)),
	pg_temp.duration_text(exp(mean - half)), pg_temp.duration_text(exp(mean + half)), n)
FROM (
	SELECT count(*) AS n, avg(ln(seconds)) AS mean,
		pg_temp.t_quantile(count(*) - 1) * stddev_samp(ln(seconds)) / sqrt(count(*)) AS half
	FROM durations
	) AS m;
END
expect_ruler('How long critical tickets of December took', <<'END');
SELECT pg_temp.duration_text(min(seconds)), pg_temp.duration_text(max(seconds))
FROM (
	SELECT extract(epoch FROM resolved_at - opened_at)::float8 AS seconds
	FROM tickets
	WHERE severity = 'critical' AND opened_at >= '2025-12-01 00:00+00'
	) AS d;
END
is value(<<'END'), '0', 'none of them is open';
SELECT count(*) FROM tickets WHERE severity = 'critical' AND opened_at >= '2025-12-01 00:00+00' AND resolved_at IS NULL;
END

done_testing;
