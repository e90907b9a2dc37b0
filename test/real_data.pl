#!/usr/bin/perl
# The demo's reports on real data: every number they print agrees with plain SQL.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

my $database = $ENV{PGDATABASE};
my $output;

# As demo/run.sh does.
sub run_report
{
	my ($script, $file) = @_;
	(my $status, $output, my $errors) = run_command(
		"psql -X -q -v ON_ERROR_STOP=1 -P pager=off -f demo/$script <'$ENV{CXUX_DATA}/$file'");
	is $status, 0, "demo/$script succeeds";
	is $errors, '', 'without a word on standard error';
}

sub expect
{
	my ($title, $query) = @_;
	my $table = table_of($output, $title);
	isnt $table, '', "prints: $title";
	is $table, plain_sql($database, $query), "agrees with plain SQL: $title";
}

sub value
{
	my ($query) = @_;
	return plain_sql($database, $query, '-At') =~ s/\n\z//r;
}

# Help desk
run_report('helpdesk.sql', 'helpdesk_events.csv');
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

# Questionnaire
run_report('bfi.sql', 'bfi_answers.csv');
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
my $charts = 'The same as pictures';
is charts_of($output, $charts), plain_sql($database, <<"END", '-At'), "agrees with plain SQL: $charts";
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

done_testing;
