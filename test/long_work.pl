#!/usr/bin/perl
# Another session sees how far a long one is: in the title of its process, in its temporary files, and
# the session itself in its messages.
use strict;
use warnings;
use lib 'test';
use Backend;
use Files;
use Psql qw(psql);
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(sleep);

my $rows = 1300000;
my $step = 1048576;
my $log = "(SELECT (g * 7919::bigint % 20011) AS actor, '2026-03-01 00:00+00'::timestamptz + g * interval '1 second' AS at, substr('ab', 1 + g % 2, 1) AS event FROM generate_series(1, $rows) AS g)";
# One more event, which is there once the lock is ours.
my $late = "(SELECT * FROM $log AS e UNION ALL SELECT 1, '2026-03-01', 'a' FROM (SELECT pg_advisory_lock(1)) AS l)";
my $small = q(SET work_mem = '64kB'; SET hash_mem_multiplier = 1;);
my $large = q(SET work_mem = '1GB';);
my %work = (
	funnel => "n(funnel(actor, at, event, 'a > b'))",
	retention => "latest(retention(actor * 100 + extract(epoch FROM at)::bigint % 100, at, 'day'))",
);

# Waits for a query to give something other than nothing
sub wait_for
{
	my $query = shift;
	for (1 .. 1200)
	{
		my $answer = psql($query);
		return $answer if $answer ne '';
		sleep 0.05;
	}
	die "never happened: $query";
}

# Starts a session that runs a script; what it prints goes to a file
sub start
{
	my ($name, $script) = @_;
	my $file = "$ENV{CXUX_TMP}/long_work.$name";
	write_file("$file.in", "SET application_name = 'long_work_$name';\n$script;\n");
	my $pid = fork // die $!;
	if (!$pid)
	{
		open STDIN, '<', "$file.in" or die $!;
		open STDOUT, '>', "$file.out" or die $!;
		open STDERR, '>&', \*STDOUT or die $!;
		exec qw(psql -X -q -A -t -v VERBOSITY=terse);
	}
	return { pid => $pid, file => "$file.out" };
}

sub finish
{
	my $session = shift;
	waitpid $session->{pid}, 0;
	return slurp($session->{file});
}

# Runs a script until it waits for the lock; its title and what it has in temporary files
sub look
{
	my ($name, $script) = @_;
	open my $holder, '|-', 'psql', '-X', '-q', '-o', '/dev/null' or die $!;
	$holder->autoflush(1);
	print $holder "SELECT pg_advisory_lock(1);\n";
	wait_for("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
	my $session = start($name, $script);
	my $pid = wait_for("SELECT pid FROM pg_stat_activity WHERE application_name = 'long_work_$name' AND wait_event = 'advisory'");
	my $title = title($pid);
	my $bytes = psql("SELECT coalesce(sum(size), 0) FROM pg_ls_tmpdir() WHERE name LIKE 'pgsql_tmp$pid.%'");
	close $holder;
	return ($title, $bytes, finish($session));
}

plan skip_all => 'the system has no /proc' unless -e "/proc/$$/cmdline";

# Collecting
for my $kind (sort keys %work)
{
	my $truth = psql("SELECT $work{$kind} FROM $log AS e");
	my ($title, $bytes, $output) = look("${kind}_large", "$large SELECT $work{$kind} FROM $late AS e");
	is($title, "SELECT cxux: collected $step rows waiting", "$kind: the title tells what is collected");
	is($bytes, 0, 'all of it in memory');
	is($output, "$truth\n", 'the result is the same');
	($title, $bytes, $output) = look("${kind}_small", "$small SELECT $work{$kind} FROM $late AS e");
	like($title, qr/^SELECT cxux: collected 10\d{5} rows waiting$/, "$kind: the title in little memory");
	cmp_ok($bytes, '>', 20 * $step, 'and what is in temporary files');
	is($output, "$truth\n", 'the result is the same, too');
}

# Counting: how far it is, is seen from outside as it goes, in some run.
for my $memory ($large, $small)
{
	my %seen;
	for (1 .. 20)
	{
		my $session = start('counting', "$memory SELECT pg_sleep(0.2); SELECT $work{funnel} FROM $log AS e");
		my $pid = '';
		# it may be over before it is found, where others are busy
		while ($pid eq '' && waitpid($session->{pid}, WNOHANG) == 0)
		{
			$pid = psql(q{SELECT pid FROM pg_stat_activity WHERE application_name = 'long_work_counting'});
		}
		next if $pid eq '';
		while ((my $title = title($pid)) ne '')
		{
			$seen{$1} = 1 if $title =~ /^SELECT cxux: counted (\d+) % of $rows rows$/;
			sleep 0.001;
		}
		finish($session);
		last if keys %seen >= 3;
	}
	cmp_ok(scalar(keys %seen), '>=', 3, 'the title tells how much is counted: ' . join ' ', sort { $a <=> $b } keys %seen);
}

# Messages
sub messages
{
	my $script = shift;
	return join "\n", map { s/^(?:psql:.*?: )?DEBUG:  //r } grep { /DEBUG:  cxux/ } split /\n/, psql("SET client_min_messages = debug1; $script", '-v VERBOSITY=terse');
}
my $lines = join "\n", "cxux: collected $step rows", map { sprintf "cxux: counted %d %% of $rows rows", int($_ * 100 / 16) } 0 .. 15;
is(messages("$large SELECT $work{funnel} FROM $log AS e"), $lines, 'whoever asks for them gets messages');
is(messages("$small SELECT $work{funnel} FROM $log AS e"), "cxux: rows do not fit into 64 kB and go to temporary files\n$lines", 'the same of temporary files');
is(messages("$small SELECT n(funnel(actor, at, event, 'a > b')) FROM $log AS e WHERE at < '2026-03-02'"), 'cxux: rows do not fit into 64 kB and go to temporary files', 'little work is not worth more');
is(messages("$large SELECT count(*) FROM (SELECT funnel(actor, at, event, 'a > b') FROM $log AS e GROUP BY actor) AS f"), '', 'many small groups are not, either');
is(messages("$large SELECT latest(retention(g % 1000000::bigint, '2026-03-01 00:00+00'::timestamptz, 'day')) FROM generate_series(1, 3 * $rows) AS g"), "cxux: collected $step rows", 'rows that become one count again, but are not shown again');
is(psql("$large SELECT $work{funnel} FROM $log AS e"), '20011', 'others get none');

# What is added to the title goes away.
my $lock = 'pg_advisory_lock(1)';
is((look('done', "$large SELECT x, $lock FROM (SELECT $work{funnel} AS x FROM $log AS e OFFSET 0) AS s"))[0], 'SELECT waiting', 'nothing is left in the title after counting');
is((look('both', "$small SELECT x, y, $lock FROM (SELECT $work{funnel} AS x, $work{retention} AS y FROM $log AS e OFFSET 0) AS s"))[0], 'SELECT waiting', 'nor of two at once');
is((look('error', "$large DO \$\$ BEGIN BEGIN PERFORM $work{funnel}, sum(1 / (extract(epoch FROM at)::bigint - extract(epoch FROM timestamptz '2026-03-01 00:00+00')::bigint - $rows)) FROM $log AS e; EXCEPTION WHEN division_by_zero THEN RAISE WARNING 'caught'; END; PERFORM $lock; END \$\$"))[0], 'DO waiting', 'nor after an error that is caught');
is((look('cursor', "$large BEGIN; DECLARE c CURSOR FOR SELECT event, $work{funnel} FROM $late AS e GROUP BY GROUPING SETS ((event), ()); FETCH 1 FROM c; SELECT pg_sleep(0)"))[0], 'FETCH cxux: collected ' . $step . ' rows waiting', 'a cursor shows it, too');
is((look('off', "SET update_process_title = off; $large SELECT $work{funnel} FROM $late AS e"))[0] =~ /cxux/ ? 'shown' : 'not shown', 'not shown', 'and nothing where titles are switched off');
done_testing;
