#!/usr/bin/perl
# make growth: what journeys, funnels and retention cost as the events grow: seconds, memory and
# bytes per event at each size, and how they grow from one size to the next. Needs a server with the
# settings of postgresql.conf (see growth.sh); Linux, for the memory.
#
#     CXUX_GROWTH_ROWS   numbers of events, "1000000 10000000 100000000" unless told
#     CXUX_GROWTH_RUNS   timed runs of each query, of which the median counts; 3 unless told
#     CXUX_GROWTH_ONLY   a regular expression of what to measure, all unless told; no sizes then
#
# Seconds are psql's, from sending the query to having its row, warm. CPU is what the backend used of
# them, which other work on the machine disturbs less, and what is told per event. Memory is the most
# that the backend had of its own (RssAnon, looked at 50 times a second), less what it had before. Every
# query runs in a backend of its own. Answers from rows and from journeys must agree.
use strict;
use warnings;
use FindBin qw($Bin);
use lib "$Bin/../test";
use Backend;
use IPC::Open2;

$| = 1;
$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my @sizes = split ' ', $ENV{CXUX_GROWTH_ROWS} // '1000000 10000000 100000000';
my $runs = $ENV{CXUX_GROWTH_RUNS} // 3;
/^\d+$/ && $_ >= 10_000 or die "cxux: CXUX_GROWTH_ROWS must be numbers from 10000 up, not \"$_\"\n" for @sizes;
$runs =~ /^\d+$/ && $runs > 0 or die "cxux: CXUX_GROWTH_RUNS must be a number from 1 up, not \"$runs\"\n";
my $steps = "'view > cart > purchase within 7 days'";

# name, the query, and which answers must be the same
my @work = (
	[ 'count(*) of the rows' => 'SELECT count(*) FROM events' ],
	[ 'rate of the rows' => "SELECT n(rate(event = 'purchase')) FROM events" ],
	[ 'funnel of the rows' => "SELECT md5(funnel(user_id, ts, event, $steps)::text) FROM events", 'funnel' ],
	[ 'retention of the rows' => "SELECT md5(retention(user_id, ts, 'week')::text) FROM events", 'retention' ],
	[ 'journeys built' => 'CREATE TABLE journeys AS SELECT user_id, journey(ts, event) AS j FROM events GROUP BY user_id' ],
	[ 'funnel of the journeys' => "SELECT md5(funnel(j, $steps)::text) FROM journeys", 'funnel' ],
	[ 'retention of the journeys' => "SELECT md5(retention(j, 'week')::text) FROM journeys", 'retention' ],
	[ 'rate of rows by postgres_fdw' => "SELECT n(rate(event = 'purchase')) FROM far" ],
);

my $only = $ENV{CXUX_GROWTH_ONLY} // '.';
@work = grep { $_->[0] =~ /$only/ } @work;
@work > 0 or die "cxux: CXUX_GROWTH_ONLY matches nothing that is measured, \"$only\"\n";

# What a node sends in two steps, read as text and merged: 10,000 of each
my @sent = (
	[ nps => 'SELECT nps(length(event)) FROM events' ],
	[ timing => "SELECT timing(exp(random() * 9)) FROM events" ],
	[ funnel => "SELECT funnel(j, $steps) FROM journeys" ],
	[ retention => "SELECT retention(j, 'week') FROM journeys" ],
);

sub psql
{
	my @output = `psql -X -q -A -t -v ON_ERROR_STOP=1 @_`;
	die "psql failed\n" if $?;
	chomp @output;
	return $output[0];
}

# Seconds, processor seconds, memory in bytes, and the answer of a statement in a new backend.
sub measure
{
	my $statement = shift;
	my $psql = open2(my $out, my $in, qw(psql -X -q -A -t -v ON_ERROR_STOP=1));
	$in->autoflush(1);
	print $in "SELECT pg_backend_pid();\n";
	chomp(my $pid = <$out>);
	my $before = resident($pid);
	my ($most, $answer, $seconds) = ($before, '');
	my $used = processor($pid);
	print $in "\\timing on\n$statement;\n";
	my $ready = '';
	vec($ready, fileno $out, 1) = 1;
	until (defined $seconds)
	{
		my $now = resident($pid);
		$most = $now if $now > $most;
		next unless select my $found = $ready, undef, undef, 0.02;
		# psql writes both lines at once.
		while (!defined $seconds)
		{
			defined(my $line = <$out>) or die "this failed: $statement\n";
			$line =~ /^Time: ([\d.]+) ms/ ? $seconds = $1 / 1000 : ($answer .= $line);
		}
	}
	$used = processor($pid) - $used;
	close $in;
	waitpid $psql, 0;
	return ($seconds, $used, $most - $before, $answer);
}

sub median
{
	my @sorted = sort { $a <=> $b } @_;
	return $sorted[ $#sorted / 2 ];
}

my (%last, $failed);
# The rows as another server's, which is this one: the way of rows without the network
psql('-c', "'CREATE EXTENSION postgres_fdw'", '-c', "\"CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$ENV{PGHOST}', dbname '$ENV{PGDATABASE}', fetch_size '10000')\"",
	'-c', "\"CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user 'postgres')\"",
	'-c', "\"CREATE FOREIGN TABLE far (user_id bigint, ts timestamptz, event text) SERVER far OPTIONS (table_name 'events')\"");
print psql('-c', '"SELECT version()"'), "\n";
for my $size (@sizes)
{
	my %answer;
	psql('-c', "'DROP TABLE IF EXISTS events, journeys'");
	psql('-v', "rows=$size", '-v', 'table=events', '-f', "$Bin/events.sql");
	printf "\n%s events of %s customers\n%-28s %10s %10s %12s %12s %12s %10s\n", $size, psql('-c', '"SELECT count(DISTINCT user_id) FROM events"'),
		'', 'seconds', 'CPU', 'ns/event', 'memory MB', 'bytes/event', 'growth';
	for my $work (@work)
	{
		my ($name, $statement, $what) = @$work;
		my (@seconds, @used, @memory);
		for my $run (1 .. $runs)
		{
			psql('-c', "'DROP TABLE IF EXISTS journeys'") if $statement =~ /^CREATE/;
			my ($seconds, $used, $memory, $answer) = measure($statement);
			push @seconds, $seconds;
			push @used, $used;
			push @memory, $memory;
			if ($what)
			{
				$answer{$what} //= $answer;
				$failed = print "cxux: another answer: $name\n" if $answer{$what} ne $answer;
			}
		}
		psql('-c', "'VACUUM (FREEZE, ANALYZE) journeys'") if $statement =~ /^CREATE/;
		my ($seconds, $used, $memory) = (median(@seconds), median(@used), median(@memory));
		# The power of the number of events that the processor time grows by: 1 is in proportion.
		my $growth = $last{$name} ? sprintf '%.2f', log($used / $last{$name}[0]) / log($size / $last{$name}[1]) : '';
		printf "%-28s %10.3f %10.3f %12.1f %12.1f %12.1f %10s\n", $name, $seconds, $used, 1e9 * $used / $size, $memory / 1e6, $memory / $size, $growth;
		$last{$name} = [ $used, $size ];
	}
	next if defined $ENV{CXUX_GROWTH_ONLY};
	printf "%-28s %47s %12.2f\n", 'stored: rows', '', psql('-c', "\"SELECT pg_table_size('events')\"") / $size;
	printf "%-28s %47s %12.2f\n", 'stored: journeys', '', psql('-c', "\"SELECT pg_table_size('journeys')\"") / $size;
	printf "%-28s %47s %12.2f\n", 'stored: journey values', '', psql('-c', '"SELECT sum(pg_column_size(j)) FROM journeys"') / $size;
	printf "%-28s %47s %12.2f\n", 'sent: journeys as text', '', psql('-c', '"SELECT sum(octet_length(j::text)) FROM journeys"') / $size;
	printf "%-28s %47s %12.2f\n", 'sent: rows as text', '', psql('-c', '"SELECT sum(octet_length(user_id::text) + octet_length(ts::text) + octet_length(event)) FROM events"') / $size;
	for my $sent (@sent)
	{
		my ($name, $statement) = @$sent;
		psql('-c', "'DROP TABLE IF EXISTS sent'", '-c', "\"CREATE TABLE sent AS SELECT (x.s)::text AS s FROM ($statement) AS x (s), generate_series(1, 10000)\"");
		my @seconds = map { (measure("SELECT n(rollup(s::${name}_summary)) FROM sent"))[1] } 1 .. $runs;
		printf "%-28s %47s %12.1f us each\n", "read and merged: $name", psql('-c', '"SELECT max(octet_length(s)) FROM sent"') . ' bytes', 1e2 * median(@seconds);
	}
}
exit($failed ? 1 : 0);
