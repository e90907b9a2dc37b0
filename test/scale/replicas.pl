#!/usr/bin/perl
# Stored summaries and journeys, with their indexes, on a streaming standby and on a logical
# subscriber: both answer every question as the primary does.
use strict;
use warnings;
use lib 'test';
use File::Basename qw(dirname);
use Files;
use Servers;
use Test::More;

my $here = dirname($0);
my $database = 'replicated';
$ENV{PGOPTIONS} = '-c client_min_messages=warning';

# The answer of a statement, or of a file, on the server of a socket directory.
sub psql
{
	my ($socket, @what) = @_;
	local $ENV{PGHOST} = $socket;
	open my $out, '-|', qw(psql -X -q -A -t -v ON_ERROR_STOP=1 -d), $database, @what or die $!;
	local $/;
	my $answer = <$out>;
	close $out or die "psql failed: @what\n";
	return $answer;
}

sub wait_for
{
	my ($socket, $statement) = @_;
	for (1 .. 600)
	{
		return 1 if psql($socket, '-c', $statement) eq "t\n";
		select undef, undef, undef, 0.1;
	}
	return 0;
}

# One server publishes, of it a standby is made; another server subscribes.
my $conf = "$ENV{CXUX_TMP}/logical.conf";
write_file($conf, "wal_level = logical\nwal_retrieve_retry_interval = '100ms'\n");
my $primary = server('add', 'primary', $conf);
my $subscriber = server('add', 'subscriber', $conf);
command("createdb -h $_ -T template1 $database && psql -X -q -h $_ -d $database -c 'CREATE EXTENSION cxux'") for $primary, $subscriber;
my $standby = do { local $ENV{PGHOST} = $primary; server('standby', 'standby') };

psql($primary, '-f', "$here/stored.sql");
my $schema = command("pg_dump -h $primary -d $database --schema-only --no-publications --no-subscriptions | sed /^CREATE.EXTENSION/d");
open my $in, '|-', qw(psql -X -q -o), "$ENV{CXUX_TMP}/schema.log", '-v', 'ON_ERROR_STOP=1', '-h', $subscriber, '-d', $database or die $!;
print $in $schema;
close $in or die "the subscriber has no tables\n";
for my $binary ('false', 'true')
{
	psql($primary, '-c', 'CREATE PUBLICATION all_tables FOR ALL TABLES');
	psql($subscriber, '-c', "CREATE SUBSCRIPTION copy CONNECTION 'host=$primary user=postgres dbname=$database' PUBLICATION all_tables WITH (binary = $binary)");
	ok(wait_for($subscriber, "SELECT count(*) > 4 AND bool_and(srsubstate = 'r') FROM pg_subscription_rel"), "copied, binary = $binary");
	psql($primary, '-c', $_) for
		'UPDATE stored SET nps_summary = nps_summary + nps_summary, many = many || many WHERE id % 3 = 0',
		'DELETE FROM stored WHERE id % 7 = 0',
		"UPDATE journeys SET j = merge(j, event_journey('{2026-03-15 12:00+00}', '{pay}')) WHERE id % 3 = 0",
		"INSERT INTO journeys (actor, touchpoint, j) SELECT actor, touchpoint, event_journey(array_agg(at), array_agg('Größe'::text)) FROM events GROUP BY actor, touchpoint",
		'UPDATE hashed SET task_summary = task_summary + task_summary, likert_summary = NULL WHERE id % 3 = 0',
		"DELETE FROM hashed_journeys WHERE id % 3 = 0",
		'REFRESH MATERIALIZED VIEW CONCURRENTLY daily';
	my $position = psql($primary, '-c', 'SELECT pg_current_wal_lsn()') =~ s/\s//gr;
	ok(wait_for($standby, "SELECT pg_last_wal_replay_lsn() >= '$position'"), 'the standby has all of it');
	ok(wait_for($primary, "SELECT confirmed_flush_lsn >= '$position' FROM pg_replication_slots WHERE slot_name = 'copy'"), 'so has the subscriber');
	# What is no table's data is not replicated, but made anew.
	psql($subscriber, '-c', 'REFRESH MATERIALIZED VIEW daily; ANALYZE');
	psql($primary, '-c', 'ANALYZE');
	$position = psql($primary, '-c', 'SELECT pg_current_wal_lsn()') =~ s/\s//gr;
	wait_for($standby, "SELECT pg_last_wal_replay_lsn() >= '$position'") or die;

	my $asked = psql($primary, '-f', "$here/asked.sql");
	my $types = psql($primary, '-c', "SELECT count(*) FROM stored_types WHERE stored IN ('stored', 'journeys') AND \"column\" <> 'steps'");
	my %found;
	$found{$2}{$1} = 1 while $asked =~ /\b(\w+)_(btree|hash|gin)\b/g;
	is(join(' ', map { scalar keys %{ $found{$_} } } qw(btree hash gin)), join(' ', $types + 0, $types + 0, 1), 'each type is found by its btree and hash index, journeys by GIN');
	cmp_ok($types, '>=', 13, 'of these types');
	is(psql($standby, '-c', 'SELECT pg_is_in_recovery()'), "t\n", 'the standby is one');
	is(psql($standby, '-f', "$here/asked.sql"), $asked, 'the standby answers as the primary');
	is(psql($subscriber, '-f', "$here/asked.sql"), $asked, "the subscriber answers as the primary, binary = $binary");
	# The bytes as they lie in the tables
	my $image = 'SELECT md5(string_agg(t::text, E\'\n\')) FROM (SELECT id, pg_column_size(timing_summary), pg_column_size(retention_summary), pg_column_size(nps_summary), pg_column_size(funnel_summary) FROM hashed ORDER BY id) AS t';
	is(psql($subscriber, '-c', $image), psql($primary, '-c', $image), 'and stores as much');

	psql($subscriber, '-c', $_) for 'DROP SUBSCRIPTION copy', 'TRUNCATE survey, events, journeys, stored, hashed, hashed_journeys, builders, arguments';
	psql($primary, '-c', 'DROP PUBLICATION all_tables');
}
# The standby takes over.
{
	local $ENV{PGHOST} = $standby;
	is(psql($standby, '-c', 'SELECT pg_promote()'), "t\n", 'promoted');
	psql($standby, '-c', 'UPDATE stored SET nps_summary = nps_summary + nps_summary, rate_summary = rate_summary + rate_summary WHERE id % 3 = 0');
	psql($primary, '-c', 'UPDATE stored SET nps_summary = nps_summary + nps_summary, rate_summary = rate_summary + rate_summary WHERE id % 3 = 0');
	is(psql($standby, '-f', "$here/asked.sql"), psql($primary, '-f', "$here/asked.sql"), 'and goes on as the primary does');
}
done_testing;
