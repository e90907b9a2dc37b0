#!/usr/bin/perl
# How long a cancel may have to wait: the longest time between two occasions to cancel, in everything
# that takes a journey, of ten million events (CXUX_GAPS_EVENTS), and in what builds and reads one.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $events = $ENV{CXUX_GAPS_EVENTS} // 10_000_000;
# Of the time of the process alone; the shortest of some runs, as a machine that is busy is slower
my $limit = $ENV{CXUX_GAPS_LIMIT} // 100;
my $runs = 2;
plan skip_all => 'calls are counted on x86-64 only' unless `uname -m` =~ /^(x86_64|amd64)$/;

my $library = `bash test/faults/build.sh`;
chomp $library;

sub psql
{
	my ($script, @arguments) = @_;
	return Psql::psql($script, "-F ' ' -v ON_ERROR_STOP=1 -v library=$library", @arguments);
}

# The function and line of a place in the library
sub place
{
	my $offset = shift;
	return 'the start' if hex($offset) == 0;
	my $text = `addr2line -f -s -e $library @{[ sprintf '%#x', hex($offset) - 1 ]} 2>/dev/null`;
	return join ' ', split /\n/, $text;
}

is(psql("SET client_min_messages = warning;\n\\i test/faults/inject.sql\n"), '', 'cxux with occasions to cancel that are measured');
is(psql("\\i test/examples/every_aggregate.sql\n\\i test/faults/calls.sql\n"), '', 'what is called');

my $file = psql('SHOW data_directory') . '/big';
# In order and not, of ten names; a second one, half of whose events are its own
is(psql(<<"SQL"), '', 'journeys');
SET work_mem = '2GB';
CREATE TABLE big_events AS SELECT timestamptz '2000-01-01 00:00+00' + i * interval '7.5 seconds' AS at, (ARRAY['view', 'search', 'cart', 'pay', 'help', 'leave', 'rate', 'chat', 'call', 'read'])[1 + (i * 7919::bigint / 3 % 10)] AS event, i * 7919::bigint % $events AS place FROM generate_series(1, $events) AS i;
CREATE TABLE big (a event_journey, j event_journey);
ALTER TABLE big ALTER a SET STORAGE EXTERNAL, ALTER j SET STORAGE EXTERNAL;
INSERT INTO big SELECT journey(at + (place % 2) * interval '1 second', event), journey(at, event) FROM big_events;
ANALYZE big_events;
CREATE TABLE received (j event_journey);
ALTER TABLE received ALTER j SET STORAGE EXTERNAL;
COPY (SELECT j FROM big) TO '$file' (FORMAT binary);
SQL
is(psql('SELECT event_count(j) FROM big'), $events, "$events events");

# The third says that the server itself looks between rows, the fourth how much longer it copies without
# looking: text several times, what it stores, rows that it frees; rollup has twice as many events. It looks after each row of events(), which is left out.
my @queries = (
	[ 'journey of rows in order', 'SELECT event_count(journey(at, event)) FROM big_events', 'false' ],
	[ 'journey of rows in no order', "SELECT event_count(journey(at + (place * 7919 % $events) * interval '7.5 seconds', event)) FROM big_events", 'false' ],
	[ 'journey of rows of one time', "SELECT event_count(journey(timestamptz '2026-01-01 00:00+00', event)) FROM big_events", 'false' ],
	[ 'rollup', 'SELECT event_count(rollup(x)) FROM (SELECT a AS x FROM big UNION ALL SELECT j FROM big UNION ALL SELECT keep(j, \'{view,cart}\') FROM big) AS s', 'true', 2 ],
	[ 'text and back', 'SELECT event_count(j::text::event_journey) FROM big', 'true', 4 ],
	[ 'sent', 'SELECT length(event_journey_send(j)) FROM big' ],
	[ 'binary and back', "COPY received FROM '$file' (FORMAT binary)", 'true', 4 ],
);
push @queries, map { [ split /\t/ ] } split /\n/, psql(<<'SQL');
SELECT signature || E'\t' || CASE WHEN proretset THEN format('SELECT 1 FROM big, (SELECT step_pattern ''view > [search] > cart > pay within 1 hour'' AS p) AS given, %s AS r LIMIT 1', call) || E'\ttrue\t4' ELSE format('SELECT pg_column_size(%s) FROM big, (SELECT step_pattern ''view > [search] > cart > pay within 1 hour'' AS p) AS given', call) END
FROM (SELECT signature, proretset, replace(replace(call, '(one_event_journey)', '(a)'), 'merge((a)::event_journey, (a)', 'merge((a)::event_journey, (j)') AS call FROM function_calls WHERE 'event_journey'::regtype = ANY (proargtypes) AND prokind = 'f') AS s
WHERE signature !~ '^(event_journey_|events\()' ORDER BY signature;
SELECT signature || E'\t' || format('SELECT pg_column_size(%s) FROM big', call) FROM every_aggregate WHERE source = 'journeys' AND signature !~ 'rollup' ORDER BY signature;
SQL
cmp_ok(scalar(@queries), '>', 35, @queries . ' queries');
my $longest = 0;
for (@queries)
{
	my ($name, $query, $at_once, $copies) = @$_;
	my $limit_here = $limit * ($copies // 1);
	my ($least, $where);
	my $ran = 0;
	for (1 .. $runs)
	{
		my $output = psql("SET work_mem = '1GB'; SET statement_timeout = '300s';\nSELECT event_count(j) > 0 FROM big;\nSELECT faults_gap_start(@{[$at_once // 'true']});\n$query;\nSELECT faults_gap();", '-v ON_ERROR_STOP=0');
		my ($gap, $from, $to) = $output =~ /^([0-9.]+) (0x\w+) (0x\w+)$/m;
		$ran++ if $output !~ /ERROR/;
		diag("$name: $output") if $output =~ /ERROR/;
		last if !defined $gap;
		($least, $where) = ($gap, "$from $to") if !defined $least || $gap < $least;
		last if $least < $limit_here;
	}
	my $text = defined $least ? sprintf '%.0f ms, from %s to %s', $least, map { place($_) } split / /, $where : 'not measured';
	$longest = $least if defined $least && $least > $longest;
	ok($ran > 0 && defined $least && $least < $limit_here, "$name: $text");
}
diag(sprintf 'the longest time without an occasion to cancel: %.0f ms', $longest);
done_testing;
