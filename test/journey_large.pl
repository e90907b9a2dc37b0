#!/usr/bin/perl
# One actor with very many events: the journey is built, asked and stored, and every question can be
# cancelled on its way. Ten million of them, with figures: CXUX_EVENTS=10000000.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

my $events = $ENV{CXUX_EVENTS} // 300000;

# What psql prints for a script, and its milliseconds by statement.
sub psql
{
	my $output = Psql::psql("SET client_min_messages = warning;\n\\timing on\n" . shift);
	my @times = $output =~ /^Time: ([\d.]+) ms/mg;
	$output =~ s/^Time: .*\n?//mg;
	chomp $output;
	return ($output, @times);
}

# Seven names, in bursts of equal times, in no order
my $rows = "SELECT '2026-01-01 00:00+00'::timestamptz + i * 7919 % $events / 3 * interval '0.25 s' AS at, 'event ' || i * 31 % 7 AS event FROM generate_series(1, ${events}::bigint) AS i";
my ($output, @times) = psql(<<"END");
CREATE TABLE raw AS $rows;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE packed AS SELECT journey(at, event) AS j FROM raw;
CREATE TABLE instant AS SELECT journey('2026-01-01', event) AS j FROM raw;
SELECT event_count(p.j), event_count(i.j) FROM packed AS p, instant AS i;
SELECT (regexp_match(pg_read_file('/proc/self/status'), 'VmHWM:\\s*(\\d+)'))[1]::integer / 1024;
SELECT pg_column_size(j) FROM packed;
END
my ($count, $megabytes, $size) = split /\n/, $output;
is $count, "$events|$events", 'all events are in one journey, also at one instant' or diag $output;
diag sprintf 'built in %.1f s at a peak of %d MB, %.2f bytes an event', $times[2] / 1000, $megabytes, $size / $events;
cmp_ok $megabytes, '<', 200 + 100 * $events / 1e6, 'memory is bounded';

# Each with its answer, then with a third of its time.
my %question = (
	'building' => 'SELECT event_count(journey(at, event)) FROM raw',
	'merging' => 'SELECT event_count(rollup(j)) FROM (SELECT j FROM packed UNION ALL SELECT j FROM packed) AS s',
	'text' => 'SELECT length(j::text) > 0 FROM packed',
	'reading text' => 'SELECT event_count(j::text::event_journey) FROM packed',
	'binary' => 'SELECT length(event_journey_send(j)) > 0 FROM packed',
	'events' => 'SELECT count(*) FROM packed, events(j)',
	'sessions' => "SELECT count(*) FROM packed, sessions(j, '0.1 s')",
	'transitions' => 'SELECT count(*) FROM packed, transitions(j)',
	'state_durations' => 'SELECT count(*) FROM packed, state_durations(j)',
	'runs' => q{SELECT count(*) FROM packed, runs(j, '"event 1" > "event 2" > "event 3" within 1 second')},
	'match_count' => q{SELECT match_count(j, '"event 1" > !"event 0" > "event 2" > "event 3"') > 0 FROM packed},
	'match_count, one step' => q{SELECT match_count(j, '"event 1" | "event 2"') > 0 FROM packed},
	'depth' => q{SELECT depth(j, '"event 1" >> "event 1" >> "event 1" >> "event 1"') > 0 FROM packed},
	'funnel' => q{SELECT funnel(j, '"event 1" > !"event 2" > "event 1" > "event 7"') IS NOT NULL FROM packed},
	'flows' => q{SELECT flows(j, '"event 1" > "event 7"', 3) IS NOT NULL FROM packed},
	'next_events' => q{SELECT next_events(j, '"event 1" > "event 7"') IS NOT NULL FROM packed},
	'back_and_forth' => 'SELECT back_and_forth(j) >= 0 FROM packed',
	'repeated_events' => 'SELECT repeated_events(j) >= 0 FROM packed',
	'loops' => 'SELECT loops(j) > 0 FROM packed',
	'building of one instant' => "SELECT event_count(journey('2026-01-01', event)) FROM raw",
	'depth at one instant' => q{SELECT depth(j, '"event 1" > "event 2" > "event 3" > "event 7"') = 3 FROM instant},
	'runs at one instant' => q{SELECT count(*) FROM instant, runs(j, '"event 1" & "event 2" & "event 7"')},
	'flows at one instant' => q{SELECT flows(j, '"event 1" > "event 7"', 3) IS NOT NULL FROM instant},
	'keep' => q{SELECT event_count(keep(j, '{event 1,event 2}')) > 0 FROM packed},
);
my ($cancelled, @late) = (0);
for my $what (sort keys %question)
{
	my ($answer, $whole) = (psql("SET max_parallel_workers_per_gather = 0;\n$question{$what};\n"))[ 0, 2 ];
	my $limit = int($whole / 3) + 1;
	my ($stopped, $took) = (psql("SET max_parallel_workers_per_gather = 0;\nSET statement_timeout = $limit;\n$question{$what};\n"))[ 0, 3 ];
	unlike $answer, qr/ERROR|FATAL|server closed/, "$what: an answer";
	my $is_cancelled = $stopped =~ /canceling statement due to statement timeout/;
	$took //= 0;
	diag sprintf '%-24s %8.0f ms, %s', $what, $whole, $is_cancelled ? sprintf('cancelled %.0f ms after its limit of %d', $took - $limit, $limit) : "not cancelled ($limit ms, $took)";
	next unless $is_cancelled;
	$cancelled++;
	push @late, "$what: $took ms, of $whole, not $limit" if $took > $limit + 3000;
}
like((psql("SELECT journey(at, 'name ' || i) FROM (SELECT at, row_number() OVER () AS i FROM raw) AS r;\n"))[0],
	qr/^ERROR:  too many different events for a value of type event_journey$/m, 'a name for each event: an error');
if ($events >= 10_000_000)
{
	# long times and codes: more than 512 MB of text
	like((psql("SELECT event_count(journey('4000-01-01 BC'::timestamptz + i * interval '3652.123456 s', 'name ' || i % 50000)) FROM generate_series(1, 25 * ${events}::bigint / 10) AS i;\n"))[0],
		qr/^ERROR:  value of type event_journey is too large$/m, 'what has no text form: an error');
}
cmp_ok $cancelled, '>', 10, 'most can be cancelled in a third of their time';
is_deeply \@late, [], 'and soon';
done_testing;
