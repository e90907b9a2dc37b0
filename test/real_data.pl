#!/usr/bin/perl
# The demo's reports on real data: every number they print agrees with plain SQL.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;
use PlainItems;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

my $database = $ENV{PGDATABASE};

# As demo/run.sh does.
sub run_report
{
	my ($script, $file) = @_;
	my ($status, $output, $errors) = run_command(
		"psql -X -q -v ON_ERROR_STOP=1 -P pager=off -f demo/$script <'$ENV{CXUX_DATA}/$file'");
	is $status, 0, "demo/$script succeeds";
	is $errors, '', 'without a word on standard error';
	look_at($database, $output);
	return $output;
}

# Help desk
my $output = run_report('helpdesk.sql', 'helpdesk_events.csv');
is value('SELECT count(*), count(DISTINCT ticket) FROM helpdesk_events;'), '21348|4580',
  'all events are there';

# Every ticket by its first event; a question is answered by an event in the 30 days after it. The
# tickets whose 30 days are over count.
expect 'A real help desk: what became of its tickets in their first 30 days', <<'END';
WITH moments (as_of) AS (VALUES (timestamptz '2014-01-03 13:20:58+00'), ('2012-01-01 00:00+00')),
questions (place, question, events) AS (
	VALUES (1, 'waited', ARRAY['Wait']),
		(2, 'escalated', ARRAY['Require upgrade', 'Create SW anomaly']),
		(3, 'resolved', ARRAY['Resolve ticket']),
		(4, 'closed', ARRAY['Closed'])
), tickets AS (
	SELECT DISTINCT ON (ticket) ticket, at AS opened FROM helpdesk_events ORDER BY ticket, at
), positive AS (
	SELECT DISTINCT place, ticket
	FROM questions JOIN helpdesk_events ON event = ANY (events) JOIN tickets USING (ticket)
	WHERE at - opened <= interval '30 days'
), answers AS (
	SELECT as_of, place, question, opened <= as_of - interval '30 days' AS decided,
		positive.ticket IS NOT NULL AS happened
	FROM moments CROSS JOIN questions CROSS JOIN tickets LEFT JOIN positive USING (place, ticket)
	WHERE opened <= as_of
), counts AS (
	SELECT as_of, place, question, count(*) FILTER (WHERE decided AND happened) AS x,
		count(*) FILTER (WHERE decided) AS n, count(*) FILTER (WHERE NOT decided) AS u
	FROM answers
	GROUP BY as_of, place, question
)
SELECT as_of::date, question, round(100.0 * x / n, 1) AS share,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high,
	x AS yes, n, u AS undecided, round(100.0 * u / (n + u), 1) AS pct,
	round(100.0 * x / (n + u), 1) AS if_none, round(100.0 * (x + u) / (n + u), 1) AS if_all
FROM counts
ORDER BY as_of DESC, place;
END

is value('SELECT max(at) FROM helpdesk_events;'), '2014-01-03 13:20:58+00', 'the first date is the end of the log';
cmp_ok value(<<'END'), '>=', 5, 'at least 5 % of the tickets are undecided as of the second date';
SELECT 100.0 * count(*) FILTER (WHERE opened > '2011-12-02 00:00+00') / count(*)
FROM (SELECT min(at) AS opened FROM helpdesk_events GROUP BY ticket) AS t
WHERE opened <= '2012-01-01 00:00+00';
END

# The first event of a ticket opens it, and the first 'Resolve ticket' ends it.
my $tickets = <<'END';
	SELECT moment, ticket, opened, resolved <= moment AS ended,
		extract(epoch FROM CASE WHEN resolved <= moment THEN resolved ELSE moment END - opened)::float8 AS seconds
	FROM (VALUES (timestamptz '2014-01-03 13:20:58+00'), ('2012-01-01 00:00+00')) AS moments (moment)
		JOIN (SELECT DISTINCT ON (ticket) ticket, at AS opened FROM helpdesk_events ORDER BY ticket, at) AS o
			ON opened <= moment
		LEFT JOIN (SELECT DISTINCT ON (ticket) ticket, at AS resolved FROM helpdesk_events
			WHERE event = 'Resolve ticket' ORDER BY ticket, at) AS r USING (ticket)
END

# Medians are right to 1 %; 30 days reach to the end of their bucket.
expect_near 'A real help desk: days to resolve a ticket', <<"END", qw(median low high p90 resolved_only after_30);
WITH durations AS (
	SELECT moment, coalesce(ended, false) AS ended, seconds / 86400 AS days FROM ($tickets) AS t
), curves AS (
	SELECT moment, seconds AS days, survival, low, high
	FROM (SELECT moment, array_agg(days) AS days, array_agg(ended) AS ended FROM durations GROUP BY moment) AS d,
		pg_temp.kaplan_meier(d.days, d.ended)
)
SELECT moment::date AS as_of, resolved, open, median, low, high, p90, resolved_only, after_30
FROM (
	SELECT moment, min(days) FILTER (WHERE survival <= 0.5) AS median,
		min(days) FILTER (WHERE low <= 0.5) AS low, min(days) FILTER (WHERE high <= 0.5) AS high,
		min(days) FILTER (WHERE survival <= 0.1) AS p90,
		100 * min(survival) FILTER (WHERE days * 86400 < pg_temp.bucket_start(pg_temp.bucket(30 * 86400) + 1))
			AS after_30
	FROM curves
	GROUP BY moment
	) AS c
	JOIN (
		SELECT moment, count(*) FILTER (WHERE ended) AS resolved, count(*) FILTER (WHERE NOT ended) AS open,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE ended) AS resolved_only
		FROM durations
		GROUP BY moment
		) AS d USING (moment)
ORDER BY moment DESC;
END

# Buckets of 2 % of the logarithm of nanoseconds, as many in each of at most twelve bars.
my $picture = 'The same as a picture, as of the middle of the log';
my ($bars, $median) = charts_of($output, $picture) =~ /\A(.*\n)(Median .*\n)\z/s;
is $bars, plain_sql($database, <<"END", '-At'), "agrees with plain SQL: $picture";
WITH buckets AS (
	SELECT seconds, pg_temp.bucket(seconds) AS bucket
	FROM ($tickets) AS t
	WHERE moment = '2012-01-01 00:00+00' AND ended
), bars AS (
	SELECT seconds, (bucket - min(bucket) OVER ()) / ((max(bucket) OVER () - min(bucket) OVER ()) / 12 + 1) AS bar,
		min(bucket) OVER () AS first, (max(bucket) OVER () - min(bucket) OVER ()) / 12 + 1 AS width
	FROM buckets
)
(SELECT format('from %s %s %% %s',
	pg_temp.duration_text(CASE bar WHEN 0 THEN min(seconds) ELSE pg_temp.bucket_start(first + bar * width) END),
	round(100.0 * count(*) / sum(count(*)) OVER (), 1), count(*))
FROM bars GROUP BY bar, first, width ORDER BY bar)
UNION ALL
SELECT 'unfinished ' || count(*) FROM ($tickets) AS t WHERE moment = '2012-01-01 00:00+00' AND ended IS NOT true;
END
my ($middle) = grep { /^ 2012-01-01/ } split /\n/, table_of($output, 'A real help desk: days to resolve a ticket');
my (undef, $resolved, undef, @days) = map { s/ //gr } split /│/, $middle;
is $median, "Median $days[0] d, 95 % interval $days[1] d to $days[2] d, n = $resolved\n", 'with the numbers of the table above it';
expect_ruler $picture, <<"END";
SELECT pg_temp.duration_text(min(seconds)), pg_temp.duration_text(max(seconds))
FROM ($tickets) AS t
WHERE moment = '2012-01-01 00:00+00' AND ended;
END

# Questionnaire
$output = run_report('bfi.sql', 'bfi_answers.csv');
is value('SELECT count(*) FROM bfi_answers;'), '2800', 'all respondents are there';

# One row per answer, column by column.
my @rows;
for my $scale (qw(a c e n o))
{
	for my $item (map { "$scale$_" } 1 .. 5)
	{
		my $answer = $item =~ /^(?:a1|c4|c5|e1|e2|o2|o5)$/ ? "7 - $item\::integer" : "$item\::integer";
		push @rows, "SELECT '\U$scale\E' AS scale, $answer AS x FROM bfi_answers WHERE $item IS NOT NULL";
	}
}
my $answers = 'WITH answers AS (' . join(' UNION ALL ', @rows) . ')';
my $numbers = join ', ', map { "count(*) FILTER (WHERE x = $_)" } 1 .. 6;

expect 'A real questionnaire: five scales of five items, answered from 1 to 6', <<"END";
$answers
SELECT scale, count(*) AS answers, round(avg(x), 2) AS mean,
	percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS median, round(stddev_samp(x), 2) AS stddev,
	round(100.0 * count(*) FILTER (WHERE x >= 5) / count(*), 1) AS top_2,
	round(pg_temp.agreement(ARRAY[$numbers])::numeric, 2) AS agreement
FROM answers
GROUP BY scale
ORDER BY scale;
END

my $shares = join ', ',
  map { "round(100.0 * count(*) FILTER (WHERE x = $_) / count(*), 1) AS \"$_\"" } 1 .. 6;
expect 'The distribution of the answers, in percent',
  "$answers SELECT scale, $shares FROM answers GROUP BY scale ORDER BY scale;";

# A title, six bars and a line below for each scale. So many answers have nearly normal means.
expect_charts 'The same as pictures', <<"END";
$answers, lines AS (
	SELECT DISTINCT scale, 0 AS place, scale AS line FROM answers
	UNION ALL
	SELECT scale, x, format('%s %s %% %s', x,
		round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY scale), 1), count(*))
	FROM answers
	GROUP BY scale, x
	UNION ALL
	SELECT scale, 7, format('Mean %s, 95 %% interval %s to %s, n = %s', round(avg(x), 2),
		round((avg(x) - 1.96014 * stddev_samp(x) / sqrt(count(*)))::numeric, 2),
		round((avg(x) + 1.96014 * stddev_samp(x) / sqrt(count(*)))::numeric, 2), count(*))
	FROM answers
	GROUP BY scale
)
SELECT line FROM lines ORDER BY scale, place;
END

# Goodman: with the quantile of chi-square at 1 - 0.05 / 6, one degree of freedom.
expect 'One item, answered once by everybody', <<'END';
SELECT x AS answer, a AS answers, round(100.0 * a / n, 1) AS share,
	round(100 * (chi + 2 * a - sqrt(chi * (chi + 4 * a * (n - a) / n))) / (2 * (n + chi)), 1) AS low,
	round(100 * (chi + 2 * a + sqrt(chi * (chi + 4 * a * (n - a) / n))) / (2 * (n + chi)), 1) AS high,
	round(100 * sum(a) OVER (ORDER BY x) / n, 1) AS up_to_here
FROM (
	SELECT n1::integer AS x, count(*)::numeric AS a, sum(count(*)) OVER () AS n,
		2.638257273476751 ^ 2 AS chi
	FROM bfi_answers
	WHERE n1 IS NOT NULL
	GROUP BY x
	) AS c
ORDER BY x;
END

# Alpha of the complete rows of a scale, and the item without which it would be highest
my (%items, @scales);
for my $scale (qw(a c e n o))
{
	$items{$scale} = [ map { /^(?:a1|c4|c5|e1|e2|o2|o5)$/ ? "(7 - $_\::integer)" : "$_\::integer" } map { "$scale$_" } 1 .. 5 ];
	my ($n, $all, $matrix) = covariances(value(covariances_query('bfi_answers', @{ $items{$scale} })));
	my $alpha = alpha($matrix, 0 .. 4);
	my %without = map { my $item = $_; $item => alpha($matrix, grep { $_ != $item } 0 .. 4) } 0 .. 4;
	my ($weakest) = sort { $without{$b} <=> $without{$a} } keys %without;
	push @scales, sprintf "('%s', %d, %d, %.12f, %.12f, %.12f, '%s', %.12f)", uc $scale, $n, $all - $n, $alpha,
	  alpha_interval($alpha, $n, 5), uc($scale) . ($weakest + 1), $without{$weakest};
}
my $reliability = 'How well the five items of a scale go together';
expect $reliability, <<"END";
SELECT scale, n, dropped, round(alpha, 4) AS alpha, round(low, 4) AS low, round(high, 4) AS high, weakest,
	round(without, 4) AS alpha_without
FROM (VALUES ${\ join ', ', @scales}) AS t (scale, n, dropped, alpha, low, high, weakest, without)
ORDER BY scale;
END
# Package psych of R gives the same: see computed/items.R.
is join(' ', table_of($output, $reliability) =~ /^ ([ACENO]) +│[^│]+│[^│]+│ +([\d.]+) │/mg),
  'A 0.7038 C 0.7293 E 0.7609 N 0.8133 O 0.6025', 'alphas are those of R';

# What goes with neuroticism: means of five items, of those who answered all 25
{
	my %mean = map { $_ => '(' . join(' + ', @{ $items{$_} }) . ') / 5.0::float8' } keys %items;
	my (undef, undef, $matrix) = covariances(value(covariances_query('bfi_answers', @mean{qw(n a c e o)})));
	my @names = qw(agreeableness conscientiousness extraversion openness);
	my @drivers = drivers($matrix);
	my $rows = join ', ', map { sprintf "('%s', %.12f, %.12f, %.12f, %.12f)", $names[$_], @{ $drivers[$_] } } 0 .. 3;
	expect 'What goes with neuroticism', <<"END";
SELECT name, round(correlation, 3) AS correlation, round(beta, 3) AS beta, round(100 * share, 1) AS importance,
	round(r_squared, 4) AS r_squared
FROM (VALUES $rows) AS d (name, correlation, beta, share, r_squared)
ORDER BY share DESC;
END
}

done_testing;
