#!/usr/bin/perl
# What is killed or finds its disk full loses nothing that was committed, leaves no temporary file and
# no wrong summary, and the next query answers right. CXUX_CRASH_ROUNDS sets how often each is done;
# "make crash" does so more often than "make test".
use strict;
use warnings;
use lib 'test';
use Backend;
use Files;
use Psql;
use Servers;
use Session;
use Test::More;
use Time::HiRes qw(sleep time);

my $rounds = $ENV{CXUX_CRASH_ROUNDS} // 2;
my $seed = $ENV{CXUX_CRASH_SEED} // time ^ $$;
my $slowdown = $ENV{CXUX_SLOWDOWN} // 1;
my $database = 'crash';
my $home = "$ENV{CXUX_TMP}/crash";
my $data = "$home/data";
srand $seed;
note("CXUX_CRASH_SEED=$seed");

# The answer of statements, or the message of what went wrong, whole
sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1', '-d', $database);
}

# Waits until the server takes sessions
sub wait_for_server
{
	for (1 .. 600)
	{
		return 1 if psql('SELECT 1') eq '1';
		sleep 0.1;
	}
	return 0;
}

sub postmaster
{
	open my $in, '<', "$data/postmaster.pid" or return;
	return readline($in) + 0;
}

# Temporary files and tables on disk
sub temp_files
{
	my @files = grep { defined } map { glob } "$data/base/pgsql_tmp/*", "$data/base/*/t[0-9]*_*", "$data/pg_tblspc/*/*/pgsql_tmp/*";
	return scalar @files;
}

# What a backend has in temporary files
sub temp_bytes
{
	my $backend = shift;
	my $bytes = 0;
	$bytes += -s $_ // 0 for glob "$data/base/pgsql_tmp/pgsql_tmp$backend.*";
	return $bytes;
}

my $conf = "$ENV{CXUX_TMP}/crash.conf";
write_file($conf, "shared_buffers = 32MB\nmax_connections = 20\nmax_prepared_transactions = 2\ncheckpoint_timeout = 30s\n");
$ENV{PGHOST} = server('add', 'crash', $conf);
command("createdb $database && psql -X -q -d $database -c 'CREATE EXTENSION cxux'");

psql(<<'SQL');
CREATE TABLE log AS SELECT (g * 7919 % 20011)::bigint AS actor, '2026-03-01 00:00+00'::timestamptz + (g * 104729::bigint % 300) * interval '1 day' + g * interval '1 second' AS at, substr('abcd', (1 + g * 31 % 4)::int, 1) AS event, g % 3 AS part FROM generate_series(1, 200000) AS g;
CREATE TABLE stored AS SELECT part, nps((actor % 11)::int), likert((1 + actor % 5)::int, 1, 5), timing(actor::float8), funnel(actor, at, event, 'a > b > c within 200 days', '2027-12-31'), retention(actor, at, 'week') FROM log GROUP BY part;
CREATE TABLE journeys AS SELECT actor, journey(at, event) AS j FROM log GROUP BY actor;
CHECKPOINT;
SQL
my $small = q(SET work_mem = '64kB'; SET hash_mem_multiplier = 1;);
my $large = q(SET work_mem = '1GB';);
my %asked = (
	funnel => q(SELECT part, funnel(actor, at, event, 'a > b > c within 200 days', '2027-12-31')::text FROM LOG GROUP BY part ORDER BY part),
	'funnel of text' => q(SELECT funnel('number ' || actor, at, event, 'a > b >> c within 200 days', '2027-12-31')::text FROM LOG),
	retention => q(SELECT part, md5(retention(actor, at, 'day')::text) FROM LOG GROUP BY part ORDER BY part),
	'retention of events' => q(SELECT md5(retention(actor::text, at, event, 'a', '*', 'week', 'Europe/Rome')::text) FROM LOG),
);
my ($some, $many) = map { "(SELECT actor + 20011 * i AS actor, at, event, part FROM log, generate_series(1, $_) AS i) AS many" } 10, 500;
my %truth = map { $_ => psql($large . $asked{$_} =~ s/ LOG/ log/r) } sort keys %asked;
like($truth{$_}, qr/reached|[0-9a-f]{32}/, "$_ counts") for sort keys %truth;
my $whole = 'SELECT (SELECT md5(string_agg(s::text, E\'\n\' ORDER BY part)) FROM stored AS s), (SELECT count(*) || md5(string_agg(j::text, E\'\n\' ORDER BY actor)) FROM journeys)';
my $stored = psql($whole);

# A backend that has written temporary files, so many bytes at least, is killed: while it collects rows, or while it counts them
my $written = 500000;
my @kills = $rounds > 2 ? ((map { my $name = $_; map { [ $name, $_ ] } qw(collects counts) } sort keys %asked) x int(($rounds + 7) / 8)) : ([ 'funnel', 'counts' ], [ 'retention of events', 'collects' ]);
for my $kill (@kills)
{
	my ($name, $phase) = @$kill;
	my $session = Session->new(database => $database);
	my $other = Session->new(database => $database);
	my $rows = $phase eq 'counts' ? $some : $many;
	$session->run($small);
	$session->begin($asked{$name} =~ s/ LOG/ $rows/r =~ s/ GROUP BY part ORDER BY part//r =~ s/SELECT part,/SELECT/r);
	$other->begin('SELECT pg_sleep(600)');
	my $until = $written + rand 40e6;
	my ($bytes, $same) = (0, 0);
	for (1 .. 6000 * $slowdown)
	{
		my $before = $bytes;
		$bytes = temp_bytes($session->{backend});
		$same = $bytes > $written && $bytes == $before ? $same + 1 : 0;
		# No title is seen from outside of Valgrind, but that its files grow no more.
		my $counts = $slowdown > 1 ? $same > 2 * $slowdown : title($session->{backend}) =~ /counted/;
		last if $phase eq 'counts' ? $counts : $bytes > $until;
		sleep 0.01;
	}
	kill 9, $session->{backend};
	like($session->end, qr/lost/, sprintf '%s: killed while it %s, with %.1f MB of temporary files', $name, $phase, $bytes / 1e6);
	like($other->end, qr/57P02|lost/, 'others are told');
	cmp_ok($bytes, '>', $written, 'files were there');
	ok(wait_for_server(), 'the server goes on');
	is(temp_files(), 0, 'no temporary file is left');
	is(psql($whole), $stored, 'what was stored is whole');
	is(psql($small . $asked{$name} =~ s/ LOG/ log/r), $truth{$name}, 'the next one is right');
	is(temp_files(), 0, 'and leaves no file');
	$_->close for $session, $other;
}

# Live roll-ups, journeys and materialized views while the server is killed under writers. A
# transaction notes who made it and how many rows it wrote; the writer notes what was acknowledged.
is(psql(<<'SQL'), '', 'tables that are written to');
CREATE TABLE survey (id bigserial PRIMARY KEY, day int, place text, recommend int, csat int, done boolean, reason text, seconds float8, weight float8, at timestamptz DEFAULT clock_timestamp());
CREATE INDEX ON survey (day, place);
CREATE TABLE event (writer int, number int, actor bigint, at timestamptz, event text);
CREATE INDEX ON event (actor);
CREATE TABLE customer (actor bigint PRIMARY KEY, j event_journey);
CREATE TABLE noted (writer int, number int, rows int, PRIMARY KEY (writer, number));
INSERT INTO survey (day, place, recommend, csat, done, reason, seconds, weight) SELECT i % 3, CASE WHEN i % 4 > 0 THEN 'p' || i % 4 END, i % 11, 1 + i % 5, i % 2 = 0, 'r' || i % 3, i % 500, 1 + i % 3 FROM generate_series(1, 1000) AS i;
SELECT live_rollup('survey', 'daily', '{day,place}', 'nps(recommend)', 'likert(csat, 1, 5)', 'rate(done, weight)', 'choices(reason) AS reasons', 'count(*) AS answers') \gset
SELECT live_rollup('survey', 'slow', '{day,place}', 'timing(seconds, done)', 'min_by(reason, at) AS first_reason', 'nps(recommend)') \gset
CREATE VIEW daily_truth AS SELECT day, place, nps(recommend), likert(csat, 1, 5), rate(done, weight), choices(reason) AS reasons, count(*) AS answers, count(*) AS row_count FROM survey GROUP BY day, place;
CREATE VIEW slow_truth AS SELECT day, place, timing(seconds, done), min_by(reason, at) AS first_reason, nps(recommend), count(*) AS row_count FROM survey GROUP BY day, place;
CREATE VIEW customer_truth AS SELECT actor, journey(at, event) AS j FROM event GROUP BY actor;
CREATE UNLOGGED TABLE quick (day int, recommend int);
SELECT live_rollup('quick', 'quick_by_day', '{day}', 'nps(recommend)') \gset
CREATE VIEW quick_by_day_truth AS SELECT day, nps(recommend), count(*) AS row_count FROM quick GROUP BY day;
CREATE MATERIALIZED VIEW seen AS SELECT day, place, nps(recommend), timing(seconds, done) FROM survey GROUP BY day, place;
CREATE UNIQUE INDEX ON seen (day, place) NULLS NOT DISTINCT;
SQL
{
	# Byte for byte: *= compares what is stored, not what it means.
	my %key = (quick_by_day => 'day', daily => 'day, place', slow => 'day, place', customer => 'actor', seen => 'day, place');
	my $unlike = sub {
		my ($table, $truth) = @_;
		my $same = join ' AND ', map { "a.$_ IS NOT DISTINCT FROM b.$_" } split /, /, $key{$table};
		return psql("SELECT count(*) FROM $table AS a WHERE NOT EXISTS (SELECT FROM $truth AS b WHERE $same AND b *= a)") . '|' . psql("SELECT count(*) FROM $truth AS b WHERE NOT EXISTS (SELECT FROM $table AS a WHERE $same AND b *= a)");
	};
	is($unlike->($_, "${_}_truth"), '0|0', "$_ as made") for qw(daily slow customer);

	my @kinds = ('the postmaster killed', 'immediate shutdown', 'all processes killed', 'a backend killed');
	my (%acknowledged, %made);
	for my $round (1 .. ($rounds > 2 ? $rounds : 2))
	{
		my $kind = $kinds[ ($round - 1) % @kinds ];
		my $writers = 4;
		# What is prepared is neither lost nor counted until it is committed.
		is(psql("INSERT INTO quick VALUES (1, $round % 11), (2, $round % 11); BEGIN; INSERT INTO survey (day, place, recommend, weight) SELECT 90 + $round, 'p', i, 1 FROM generate_series(0, 10) AS i; UPDATE survey SET recommend = 9 WHERE day = 90 + $round AND recommend = 0; PREPARE TRANSACTION 'prepared'"), '', 'a transaction is prepared');
		my @writers = map { start_writer($_, $round) } 1 .. $writers;
		for (1 .. 600)
		{
			last if !grep { !-s $_->{file} } @writers;
			sleep 0.1;
		}
		sleep rand($rounds > 2 ? 4 : 1);
		my $postmaster = postmaster();
		my @children = split ' ', `cat /proc/$postmaster/task/*/children 2>/dev/null`;
		if ($kind eq 'immediate shutdown')
		{
			kill 'QUIT', $postmaster;
		}
		elsif ($kind eq 'a backend killed')
		{
			my $backend = psql(q(SELECT pid FROM pg_stat_activity WHERE application_name = 'writer' AND state = 'active' ORDER BY random() LIMIT 1));
			kill 9, $backend;
		}
		else
		{
			kill 9, $postmaster, $kind eq 'all processes killed' ? @children : ();
		}
		my ($busy, $errors) = (0, '');
		for my $writer (@writers)
		{
			waitpid $writer->{pid}, 0;
			open my $in, '<', $writer->{file} or die $!;
			while (my $line = readline $in)
			{
				my ($what, $number, $rows, $operation) = split ' ', $line;
				$acknowledged{"$writer->{number} $number"} = $rows, $made{$operation}++, $busy++ if $what eq 'committed';
				$errors .= $line if $what eq 'error';
			}
		}
		server('again', 'crash') if $kind ne 'a backend killed';
		ok(wait_for_server(), "$kind: the server is back");
		cmp_ok($busy, '>=', $writers, "transactions were acknowledged: $busy");
		is($errors, '', 'and none went wrong');
		my %found = map { split /\|/ } split /\n/, psql("SELECT n.writer || ' ' || n.number, n.rows || ' ' || count(e) FROM noted AS n LEFT JOIN event AS e ON e.writer = n.writer AND e.number = n.number GROUP BY n.writer, n.number, n.rows");
		my @lost = grep { ($found{$_} // '') ne "$acknowledged{$_} $acknowledged{$_}" } keys %acknowledged;
		is("@lost", '', 'none of them is lost, or in part');
		my @unknown = grep { !defined $acknowledged{$_} } keys %found;
		my @torn = grep { $found{$_} !~ /^(\d+) \1$/ } @unknown;
		cmp_ok(scalar(@unknown), '<=', $writers * $round, 'each writer has at most one that was not told');
		is("@torn", '', 'which is whole, too');
		is($unlike->($_, "${_}_truth"), '0|0', "$_ is what the rows give") for qw(daily slow customer);
		is(psql("COMMIT PREPARED 'prepared'; SELECT row_count, n(nps), score(nps) FROM daily WHERE day = 90 + $round") =~ s/\..*//r, '11|11|-27', 'what was prepared is committed');
		is($unlike->($_, "${_}_truth"), '0|0', "$_ is what the rows give, with it") for qw(daily slow);
		is(psql('SELECT (SELECT count(*) FROM quick), (SELECT count(*) FROM quick_by_day)'), '0|0', 'what is not logged is empty, and its roll-up with it');
		is(temp_files(), 0, 'no temporary file is left');
		is(psql('SELECT count(*) > 0 FROM seen; REFRESH MATERIALIZED VIEW CONCURRENTLY seen'), 't', 'the view is there');
		is($unlike->('seen', '(SELECT day, place, nps(recommend), timing(seconds, done) FROM survey GROUP BY day, place)'), '0|0', 'and right when refreshed');
	}
	is(psql("SELECT recompute_live_rollup('daily') > 0"), 't', 'recomputed');
	is($unlike->('daily', 'daily_truth'), '0|0', 'as the same');
	is(psql($whole), $stored, 'what was stored is whole');
	note('acknowledged: ' . join ', ', map { "$_ $made{$_}" } sort keys %made);
}
# A temporary disk of 2 MB that gets full, mounted for this server alone and gone with it
my $disk = "$home/disk";
mkdir $disk or die $!;
kill 'INT', postmaster();
for (1 .. 600)
{
	last if !-e "$data/postmaster.pid";
	sleep 0.1;
}
my ($uid, $gid) = (stat $data)[ 4, 5 ];
my $mount = "mount -t tmpfs -o size=2m,mode=700,uid=%d,gid=%d cxux '$disk' && exec %s bash '$ENV{CXUX_ROOT}/test/server.sh' again crash";
my @mount = $> ? ('unshare', '-Urm', 'sh', '-c', sprintf $mount, 0, 0, "unshare -U --map-user=$uid --map-group=$gid") : ('unshare', '-m', 'sh', '-c', sprintf $mount, $uid, $gid, '');
open my $mounting, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', @mount or die $!;
my $mounted = join '', readline $mounting;
SKIP:
{
	skip "no temporary disk can be mounted: $mounted", 1 if !close $mounting;
	my $used = q(COPY used FROM PROGRAM 'df --output=used ) . $disk . q( | tail -n 1'; SELECT max(kilobytes) FROM used; TRUNCATE used);
	is(psql("CREATE TABLE used (kilobytes bigint)"), '', 'a small disk');
	my $empty = psql("CREATE TABLESPACE small LOCATION '$disk';");
	is($empty, '', 'for temporary files');
	$empty = psql($used);
	my $session = Session->new(database => $database);
	my $sorted = q(SELECT md5(string_agg(j::text, '' ORDER BY actor)) FROM (SELECT actor, journey(at, event) AS j FROM LOG GROUP BY actor) AS s);
	for my $name (sort keys %asked, 'journeys')
	{
		my $query = $asked{$name} // $sorted;
		my $truth = $truth{$name} // psql($large . $query =~ s/ LOG/ log/r);
		my $plan = 'SET enable_' . ($name eq 'journeys' ? 'hashagg' : 'sort') . ' = off;';
		my $message = psql("$small SET temp_tablespaces = small; $plan" . $query =~ s/ LOG/ log/r);
		like($message, qr/^ERROR:  could not write to file "pg_tblspc.*No space left on device$/m, "$name: the message names the disk");
		# That of journeys is the server's own.
		like($message, qr/^HINT:  Events that do not fit work_mem times hash_mem_multiplier go to temporary files\. Set a larger work_mem for this query\.$/m, "$name: and says what helps") if $name ne 'journeys';
		note($message);
		is(psql($used), $empty, "$name: the disk is empty again");
		is(temp_files(), 0, "$name: no file is left");
		is(psql("SET temp_tablespaces = small; $large" . $query =~ s/ LOG/ log/r), $truth, "$name: more memory answers right");
		# The same session goes on.
		like($session->run("SET temp_tablespaces = small; $plan $small" . $query =~ s/ LOG/ log/r), qr/^ERROR:  53100$/m, "$name: disk_full");
		is($session->run("SET temp_tablespaces = ''; " . $query =~ s/ LOG/ log/r) =~ s/^SET\n//r, $truth, "$name: elsewhere there is room");
	}
	is(psql($used), $empty, 'the disk is empty again');
	is(psql($whole), $stored, 'what was stored is whole');
	$session->close;
}
done_testing;

# Writes until the server is gone, and notes what is acknowledged
sub start_writer
{
	my ($number, $round) = @_;
	my $writer = { number => $number, file => "$ENV{CXUX_TMP}/crash.writer.$number" };
	unlink $writer->{file};
	$writer->{pid} = fork // die $!;
	return $writer if $writer->{pid};
	open my $out, '>', $writer->{file} or die $!;
	srand $seed + 100 * $round + $number;
	my $session = Session->new(database => $database, name => 'writer');
	for (my $count = 1; !$session->lost; $count++)
	{
		my $id = 100000 * $round + $count;
		my $rows = 1 + int rand 20;
		my ($first, $day, $answer) = (1 + int rand 1000, int rand 4, int rand 11);
		my @operations = (
			[ insert => "INSERT INTO survey (day, place, recommend, csat, done, reason, seconds, weight) SELECT $day, 'p' || i % 4, (i * $id) % 11, 1 + i % 5, i % 2 = 0, 'r' || i % 5, i, 1 FROM generate_series(1, $rows) AS i" ],
			[ update => "UPDATE survey SET recommend = $answer, csat = NULL, day = $day WHERE id IN (SELECT id FROM survey WHERE id BETWEEN $first AND $first + $rows ORDER BY id FOR UPDATE)" ],
			[ delete => "DELETE FROM survey WHERE id IN (SELECT id FROM survey WHERE id BETWEEN $first AND $first + 3 OR id > 1000 AND id % 7 = $number AND day = $day ORDER BY id FOR UPDATE)" ],
			[ upsert => "INSERT INTO survey VALUES ($first, $day, NULL, $answer, 5, true, 'upsert', 1, 2) ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day, recommend = EXCLUDED.recommend" ],
			[ 'computed anew' => "UPDATE survey SET seconds = $answer, done = NOT done WHERE id = $first" ],
		);
		my ($operation, $statement) = @{ $operations[ rand @operations ] };
		my $new = "INSERT INTO event SELECT $number, $id, (i * $first) % 300, timestamptz '2026-03-01 00:00+00' + (i * $id) % 100000 * interval '1 minute', substr('abcd', 1 + (i * $id) % 4, 1) FROM generate_series(1, $rows) AS i RETURNING *";
		my $output = $session->run("BEGIN; $statement; WITH new AS ($new) INSERT INTO customer AS c SELECT actor, journey(at, event) FROM new GROUP BY actor ORDER BY actor ON CONFLICT (actor) DO UPDATE SET j = merge(c.j, EXCLUDED.j); INSERT INTO noted VALUES ($number, $id, $rows); COMMIT");
		syswrite $out, "committed $id $rows $operation\n" if $output =~ /^COMMIT$/m;
		syswrite $out, "error $operation $1\n" if $output =~ /^(ERROR.*)$/m;
		$session->run($count % 40 == 0 ? 'CHECKPOINT' : 'REFRESH MATERIALIZED VIEW CONCURRENTLY seen') if $number == 1 && $count % 10 == 0;
	}
	$session->close;
	require POSIX;
	POSIX::_exit(0);
}
