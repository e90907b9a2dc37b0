#!/usr/bin/perl
# What SECURITY.md says: installation among hostile objects, what a plain role can do with all that is
# installed, what the library and its script contain, what statistics and limits let through. Live
# roll-ups are in security_live.pl, text in pictures in pictures.pl, binary input in binary.pl.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use Files;
use Psql;
use Test::More;
use UpgradeFiles;

chdir dirname(dirname(abs_path($0))) or die $!;
my $base = $ENV{PGDATABASE};
my @roles = map { "${base}_$_" } qw(mallory installer reader);
my ($mallory, $installer, $reader) = @roles;

sub psql
{
	return Psql::psql(@_, '-v VERBOSITY=terse');
}

psql("CREATE ROLE $_ LOGIN") for @roles;
my @releases = releases('.');
my ($version) = slurp('cxux.control') =~ /^default_version = '(.*)'/m;
my ($script_file) = split /\n/, `find $ENV{CXUX_TMP}/../install -name 'cxux--$version.sql'`;
my ($library) = split /\n/, `find $ENV{CXUX_TMP}/../install -name 'cxux.so'`;

# The script says what to create and nothing else: no statement computes anything, and none takes over
# an object that is there already
my $script = slurp($script_file) =~ s/^\\echo.*$//mr =~ s/^\s*--.*$//mgr =~ s{/\*.*?\*/}{}sgr;
my (%kind, @odd);
for my $statement (map { s/^\s+|\s+$//gr } $script =~ /((?:'(?:[^']|'')*'|[^';])+);/g)
{
	my $bare = $statement =~ s/'(?:[^']|'')*'/''/gr;
	my ($kind) = $bare =~ /^(CREATE (?:FUNCTION|AGGREGATE|TYPE|CAST|OPERATOR CLASS|OPERATOR)|COMMENT ON)\b/;
	push @odd, $statement if !$kind || $bare =~ /\bOR\s+REPLACE\b|\bIF\s+NOT\s+EXISTS\b|\bSECURITY\s+DEFINER\b|\bLEAKPROOF\b|\bEXECUTE\b|\bSET\s+\w+\s*(=|TO)|@\w+@/i;
	push @odd, $statement if $kind && $kind eq 'CREATE FUNCTION' && $bare !~ /\bLANGUAGE C\b/;
	$kind{$kind // 'none'}++;
}
is("@odd", '', 'the script creates C functions, types, aggregates, operators and casts, and comments on them');
cmp_ok($kind{'CREATE FUNCTION'}, '>', 600, "$kind{'CREATE FUNCTION'} functions read");
is($kind{'CREATE FUNCTION'} + $kind{'CREATE AGGREGATE'}, psql("SELECT count(*) FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux') AND classid = 'pg_proc'::regclass AND deptype = 'e'"), 'which are all that are installed');
for my $delta (glob 'upgrade/*--*--*.sql')
{
	my $bare = slurp($delta) =~ s/^\s*--.*$//mgr =~ s/'(?:[^']|'')*'/''/gr;
	unlike($bare, qr/\bOR\s+REPLACE\b|\bIF\s+NOT\s+EXISTS\b|\bSECURITY\s+DEFINER\b|\bLEAKPROOF\b|^\s*(SELECT|DO|INSERT|UPDATE|DELETE|WITH|CALL|EXECUTE|SET)\b/mi, "$delta neither takes over objects nor runs code");
}

# The library calls nothing that opens files or connections, starts programs or loads code, by itself; files
# are the server's temporary ones, SQL is run by live roll-ups alone; and there is nothing that the loading of
# it sets off
SKIP:
{
	my @symbols = map { /\s[UwW]\s+(\w+)/ ? $1 : () } `nm -D $library 2>/dev/null`;
	skip 'there is no nm', 3 unless @symbols;
	my @foreign = grep { /^(f?open(at|64|dir)?|fdopen|creat|read|write|send(to|msg)?|recv(from|msg)?|socket|connect|bind|listen|accept|getaddrinfo|gethostby\w+|system|popen|v?fork|clone|exec\w+|posix_spawn\w*|dl(m?open|sym)|load_(external_function|file)|mmap|mprotect|getenv|setenv|putenv|unlink(at)?|rename(at)?|remove|kill|raise|signal|sigaction|pqsignal|pthread_create|OpenTransientFile|AllocateFile|OpenPipeStream|PathNameOpenFile\w*|BasicOpenFile\w*|RegisterBackgroundWorker|RequestAddinShmemSpace|DefineCustom\w+|MarkGUCPrefixReserved|SetUserId\w*|SetConfigOption|set_config_option\w*|gets|strcpy|strcat|sprintf|vsprintf|alloca)$/ } @symbols;
	is("@foreign", '', 'the library imports no function for files, connections, programs, settings or roles');
	cmp_ok(scalar @symbols, '>', 150, scalar(@symbols) . ' imported symbols seen');
	my @hooks = grep { /_hook$/ } @symbols;
	is("@hooks", '', 'nor any hook');
	unlike(scalar `nm -D --defined-only $library`, qr/\b_PG_init\b/, 'loading it runs nothing');
}
my %uses;
for my $file (glob 'src/*.c')
{
	my $code = slurp($file) =~ s{/\*.*?\*/}{}sgr;
	$uses{SPI}{$file} = 1 if $code =~ /\bSPI_/;
	$uses{files}{$file} = 1 if $code =~ /\b(BufFile|OpenTemporaryFile|LogicalTape|tuplestore_begin)/;
}
is("@{[grep { !m{^src/live_rollup_} } sort keys %{ $uses{SPI} }]}", '', 'only live roll-ups run SQL');
cmp_ok(scalar keys %{ $uses{SPI} }, '>=', 2, 'as they do');
is("@{[sort keys %{ $uses{files} }]}", 'src/actor_spill.c', 'temporary files have one place');

# Traps: everything that the script names, and more, in a schema of somebody who may create there. A call of
# one is an error that says so.
my %name = map { $_ => 1 } split /\n/, psql("SELECT DISTINCT proname FROM pg_proc JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e' AND refclassid = 'pg_extension'::regclass WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux')");
my $own_names = keys %name;
my %word = map { lc($_) => 1 } ($script =~ s/'(?:[^']|'')*'//gr) =~ /\b([a-z_][a-z_0-9]*)\b/gi;
$name{$_} = 1 for grep { length } split /\n/, psql("SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN (" . join(', ', map { "'$_'" } sort keys %word) . ')');
$name{$_} = 1 for qw(array_agg count coalesce sum int4 float8 text jsonb numeric bool interval unnest format now);
my %operator = map { $_ => 1 } split /\n/, psql("SELECT DISTINCT oprname FROM pg_operator");
my %type = map { $_ => 1 } split /\n/, psql("SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'd') AND typelem = 0 AND (typname IN (" . join(', ', map { "'$_'" } sort keys %word) . ") OR typname IN ('int2', 'int4', 'int8', 'float8', 'bool', 'timestamp', 'timestamptz', 'varchar', 'tsrange', 'tstzrange', 'uuid'))");

sub traps
{
	my $schema = shift;
	my @sql = ("CREATE FUNCTION $schema.sprung() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trap sprung as %'', current_user; END'");
	for my $name (sort keys %name)
	{
		push @sql, map { qq{CREATE FUNCTION $schema."$name"($_) RETURNS int LANGUAGE sql AS 'SELECT $schema.sprung()'} }
			$name eq 'live_rollup_maintain' ? () : '', 'anyelement', 'anyelement, anyelement', 'float8, numeric', 'numeric';
	}
	push @sql, map { qq{CREATE FUNCTION $schema.sprung_by($_, $_) RETURNS boolean LANGUAGE sql AS 'SELECT $schema.sprung() > 0'} } qw(int text float8 numeric anyelement boolean timestamptz interval);
	for my $operator (grep { $script =~ /[ (]\Q$_\E[ ,;]/ } sort keys %operator)
	{
		push @sql, map { qq{CREATE OPERATOR $schema.$operator (LEFTARG = $_, RIGHTARG = $_, FUNCTION = $schema.sprung_by)} } qw(int text float8 numeric anyelement);
	}
	# an array type of the same name makes room by itself
	push @sql, map { qq{CREATE DOMAIN $schema."$_" AS pg_catalog.text CHECK ($schema.sprung() > 0)} } sort keys %type;
	push @sql, qq{CREATE COLLATION $schema."C" FROM pg_catalog."C"}, qq{CREATE COLLATION $schema."default" FROM pg_catalog."C"}, qq{CREATE TYPE $schema.kin AS ENUM ('a')}, "CREATE TABLE $schema.pg_class (a int)", "CREATE TABLE $schema.pg_proc (a int)", "CREATE TABLE $schema.pg_type (a int)",
		"CREATE FUNCTION $schema.cast_kin($schema.kin) RETURNS int LANGUAGE sql AS 'SELECT $schema.sprung()'", "CREATE CAST ($schema.kin AS int) WITH FUNCTION $schema.cast_kin($schema.kin) AS IMPLICIT";
	return \@sql;
}

# What is installed, in words without the schema: the same as where nobody is hostile
my $inventory = <<'SQL';
SET search_path = '';
WITH member AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e' AND refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND refobjid = (SELECT oid FROM pg_catalog.pg_extension WHERE extname = 'cxux'))
SELECT line FROM (SELECT pg_catalog.pg_describe_object(classid, objid, 0) || ' ' || coalesce(CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END, pg_catalog.to_jsonb(a)::text, '') || coalesce((SELECT pg_catalog.string_agg(pg_catalog.pg_describe_object(d.refclassid, d.refobjid, 0), ', ' ORDER BY pg_catalog.pg_describe_object(d.refclassid, d.refobjid, 0) COLLATE pg_catalog."C") FROM pg_catalog.pg_depend AS d WHERE d.classid = m.classid AND d.objid = m.objid), '') AS line
FROM member AS m LEFT JOIN pg_catalog.pg_proc AS p ON classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = objid
LEFT JOIN (SELECT aggfnoid, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn, aggsortop, aggtranstype::pg_catalog.regtype, agginitval FROM pg_catalog.pg_aggregate) AS a ON classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND a.aggfnoid = objid) AS l
ORDER BY line COLLATE pg_catalog."C";
SQL
sub inventory
{
	my ($database, $schema) = @_;
	my $text = psql($inventory, '-d', $database);
	return $text =~ s/\b$schema\b/SCHEMA/gr =~ s/\bpublic\b/SCHEMA/gr;
}

# What a member depends on that is neither a member nor the server's
my $strangers = <<'SQL';
WITH member AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux'))
SELECT count(*) || ' ' || coalesce(min(pg_describe_object(d.classid, d.objid, 0) || ' depends on ' || pg_describe_object(d.refclassid, d.refobjid, 0)) FILTER (WHERE
	(d.refclassid, d.refobjid) NOT IN (SELECT classid, objid FROM member) AND d.deptype NOT IN ('e', 'i') AND d.refobjid >= 16384
	AND d.refclassid <> 'pg_namespace'::regclass AND NOT (d.refclassid = 'pg_type'::regclass AND (SELECT typelem FROM pg_type AS t WHERE t.oid = d.refobjid) IN (SELECT objid FROM member))
	AND NOT (d.refclassid = 'pg_opfamily'::regclass AND EXISTS (SELECT FROM pg_depend AS f WHERE f.classid = d.refclassid AND f.objid = d.refobjid AND f.deptype = 'a'))), '')
FROM pg_depend AS d WHERE (d.classid, d.objid) IN (SELECT classid, objid FROM member);
SQL

my $clean = "${base}_clean";
psql(qq{CREATE DATABASE "$clean" TEMPLATE template0; \\c $clean\nCREATE EXTENSION cxux});
my $expected = inventory($clean, 'public');
cmp_ok(scalar(split /\n/, $expected), '>', 4000, 'the inventory of a clean installation');
cmp_ok(psql("SELECT count(*) FROM (SELECT 1 FROM pg_depend WHERE deptype = 'e') AS d", '-d', $clean), '>', 800, 'has all members');

my $trapped = "${base}_trapped";
psql(qq{CREATE DATABASE "$trapped" TEMPLATE template0; GRANT CREATE ON DATABASE "$trapped" TO $mallory});
psql("CREATE SCHEMA mine AUTHORIZATION $mallory; CREATE SCHEMA cx; GRANT CREATE, USAGE ON SCHEMA public, cx TO $mallory, $installer", '-d', $trapped);
# one by one, as what cannot be created is no trap
my @traps = @{ traps('mine') };
my $failed = () = psql(join('', map { "$_;\n" } @traps, "GRANT CREATE, USAGE ON SCHEMA mine TO $installer"), '-d', $trapped, '-U', $mallory) =~ /ERROR/g;
cmp_ok(@traps - $failed, '>', 1500, @traps - $failed . ' traps set');
like(psql("SET search_path = mine, pg_catalog; SELECT report(1.5::float8)", '-d', $trapped), qr/trap sprung as postgres/, 'a trap is sprung by who steps on it');
like(psql("SET search_path = mine, pg_catalog; SELECT 1 = 1", '-d', $trapped), qr/trap sprung as postgres/, 'and so is an operator');
like(psql("SET search_path = mine, pg_catalog; SELECT 'a'::text", '-d', $trapped), qr/trap sprung as postgres/, 'and a type');

for my $case (
	# who installs; where; the search_path of who does
	[ 'a superuser, into a schema of his own', 'postgres', 'SCHEMA cx', 'cx', 'mine, public, pg_catalog' ],
	[ 'a superuser, into the schema of the traps', 'postgres', '', 'mine', 'mine, pg_catalog, public' ],
	[ 'a superuser, with traps in front of all', 'postgres', 'SCHEMA public', 'public', 'mine, pg_temp, public, pg_catalog' ],
	[ 'a plain role, into a schema full of traps', $installer, 'SCHEMA mine', 'mine', 'mine, pg_catalog' ],
	map { [ "a plain role, $_ updated in a schema full of traps", $installer, "SCHEMA mine VERSION '$_'; ALTER EXTENSION cxux UPDATE", 'mine', 'mine, pg_catalog' ] } @releases)
{
	my ($what, $role, $clause, $schema, $path) = @$case;
	my $database = "${base}_hostile";
	psql(qq{CREATE DATABASE "$database" TEMPLATE "$trapped"; GRANT CREATE, TEMPORARY ON DATABASE "$database" TO $installer});
	my $temporary = join '', map { "CREATE DOMAIN pg_temp.\"$_\" AS pg_catalog.int4; " } sort keys %type;
	is(psql("SET client_min_messages = warning; ${temporary}CREATE TEMP TABLE step_pattern (a int); CREATE TEMP TABLE pg_proc (a int); SET search_path = $path; CREATE EXTENSION cxux $clause", '-d', $database, '-U', $role), '', "$what: installed");
	is(psql($strangers, '-d', $database) =~ s/^\d+ //r, '', "$what: nothing depends on what others made");
	my $text = inventory($database, $schema);
	my @differences = grep { $_ ne '' } do { my %seen = map { $_ => 1 } split /\n/, $expected; grep { !$seen{$_} } split /\n/, $text };
	is(@differences ? $differences[0] : '', '', "$what: the same as a clean installation");
	is(scalar(split /\n/, $text), scalar(split /\n/, $expected), "$what: all of it");
	my $s = $schema;
	is(psql("SET search_path = $path; SELECT $s.score($s.nps(9::pg_catalog.int4)), $s.n($s.merge($s.rate(true), $s.rate(false)))", '-d', $database), '100|2', "$what: it works");
	is(psql('DROP EXTENSION cxux', '-d', $database, '-U', $role), '', "$what: and goes");
	psql(qq{DROP DATABASE "$database"});
}
psql(qq{DROP DATABASE "$trapped"});
like(psql($strangers, '-d', $clean), qr/^\d{4} $/, 'the dependencies of a clean installation were looked at');

# What has a name of cxux in its schema already is neither replaced nor taken in: there is no installation
{
	my $database = "${base}_hostile";
	psql(qq{CREATE DATABASE "$database" TEMPLATE template0; GRANT CREATE ON DATABASE "$database" TO $mallory});
	my @taken = split /\n/, psql("SELECT oid::regprocedure FROM (SELECT *, row_number() OVER (ORDER BY proname, oid) AS i, count(*) OVER () AS n FROM pg_proc WHERE oid IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux')) AND NOT EXISTS (SELECT FROM unnest(proargtypes) AS t WHERE t >= 16384 OR t::regtype::text IN ('internal', 'cstring')) AND proretset IS NOT NULL AND provariadic = 0) AS p WHERE i % 20 = 1 ORDER BY 1", '-d', $clean);
	cmp_ok(scalar @taken, '>=', 4, scalar(@taken) . ' functions are there before');
	for my $signature (@taken, qw(nps_summary step_pattern event_journey control_chart_point))
	{
		my $is_type = $signature !~ /\(/;
		my $object = $is_type ? "DOMAIN mine.$signature AS int" : "FUNCTION mine.$signature RETURNS int LANGUAGE sql AS 'SELECT 1'";
		psql('SET client_min_messages = warning; DROP SCHEMA IF EXISTS mine CASCADE', '-d', $database);
		is(psql("CREATE SCHEMA mine; CREATE $object", '-d', $database, '-U', $mallory), '', "$signature is there");
		like(psql('CREATE EXTENSION cxux SCHEMA mine', '-d', $database, '-U', $mallory), qr/ERROR:  (function|type) "?\w+"? already exists/, 'then there is no installation');
		is(psql("SELECT count(*) FROM pg_extension WHERE extname = 'cxux'; SELECT count(*) FROM pg_proc WHERE probin LIKE '%cxux%'; SELECT pg_get_userbyid(" . ($is_type ? "typowner) FROM pg_type WHERE typname = '$signature' AND typnamespace = 'mine'::regnamespace" : "proowner) FROM pg_proc WHERE oid = 'mine.$signature'::regprocedure"), '-d', $database), "0\n0\n$mallory", 'and it stays whose it was');
	}
	psql(qq{DROP DATABASE "$database"});
}

# A plain role that installed it: others use it, nobody can change it, and it goes with a dump of theirs
{
	my $database = "${base}_trusted";
	my $copy = "${base}_restored";
	psql(qq{CREATE DATABASE "$database" TEMPLATE template0 OWNER $installer; CREATE DATABASE "$copy" TEMPLATE template0 OWNER $installer});
	is(psql('CREATE SCHEMA cx; GRANT USAGE ON SCHEMA cx TO PUBLIC; CREATE EXTENSION cxux SCHEMA cx; CREATE TABLE kept AS SELECT cx.nps(g % 11) AS nps FROM generate_series(1, 50) AS g; GRANT SELECT ON kept TO PUBLIC', '-d', $database, '-U', $installer), '', 'a plain role installs it');
	is(psql('SELECT cx.n(nps), cx.n(cx.rollup(nps)) FROM kept GROUP BY nps', '-d', $database, '-U', $reader), '50|50', 'another one uses it');
	for my $statement ('DROP EXTENSION cxux', 'ALTER EXTENSION cxux SET SCHEMA public', "ALTER EXTENSION cxux UPDATE", 'DROP FUNCTION cx.nps_class(integer)', 'ALTER FUNCTION cx.nps_class(integer) LEAKPROOF', 'CREATE OR REPLACE FUNCTION cx.nps_class(answer integer) RETURNS text LANGUAGE sql AS $$SELECT 1$$', 'COMMENT ON EXTENSION cxux IS $$x$$')
	{
		like(psql($statement, '-d', $database, '-U', $reader), qr/^ERROR:  (must be owner|permission denied)/, "others are refused: $statement");
	}
	for my $statement ('ALTER FUNCTION cx.nps_class(integer) LEAKPROOF', 'ALTER FUNCTION cx.nps_class(integer) SECURITY DEFINER', 'CREATE OR REPLACE FUNCTION cx.nps_class(answer integer) RETURNS text LANGUAGE sql AS $$SELECT 1$$', 'ALTER TYPE cx.nps_summary SET (RECEIVE = cx.nps_summary_recv)', 'ALTER AGGREGATE cx.nps(integer) OWNER TO CURRENT_USER', 'DROP FUNCTION cx.nps_class(integer)')
	{
		like(psql($statement, '-d', $database, '-U', $installer), qr/^ERROR:  (must be owner|must be superuser|only superuser|permission denied|cannot drop .* because extension cxux requires it)/, "and so is the installer: $statement");
	}
	my $file = "$ENV{CXUX_TMP}/security.dump";
	is(system("pg_dump -U $installer -Fc -d $database -f $file && pg_restore -U $installer --exit-on-error -d $copy $file"), 0, 'a dump of that role, restored by it');
	is(psql("SELECT cx.n(nps), extowner::regrole FROM kept, pg_extension WHERE extname = 'cxux'", '-d', $copy, '-U', $installer), "50|$installer", 'has all');
	psql(qq{DROP DATABASE "$database"});
	psql(qq{DROP DATABASE "$copy"});
}

# Private functions by hand, by a plain role: every function that is passed a state or a pointer of the server
{
	psql("GRANT CREATE ON DATABASE \"$clean\" TO $mallory; GRANT USAGE ON SCHEMA public TO PUBLIC", '-d', $clean);
	psql("CREATE UNLOGGED TABLE alive AS SELECT 1; GRANT SELECT ON alive TO PUBLIC", '-d', $clean);
	my @calls = split /\n/, psql(<<'SQL', '-d', $clean);
SELECT format('SELECT %s(%s)', p.oid::regproc, (SELECT string_agg(CASE WHEN t = 'internal'::regtype OR round = 0 THEN format('NULL%s', CASE WHEN t = 'internal'::regtype THEN '' ELSE '::' || t::regtype END) ELSE
	CASE t::regtype::text WHEN 'text' THEN $$'a'$$ WHEN 'step_pattern' THEN $$'a > b'::step_pattern$$ WHEN 'bytea' THEN $$'\x0100000000000000ffffffffffffffff'::bytea$$ WHEN 'boolean' THEN 'true' WHEN 'timestamp with time zone' THEN $$'2026-01-01'::timestamptz$$
	WHEN 'timestamp without time zone' THEN $$'2026-01-01'::timestamp$$ WHEN 'date' THEN $$'2026-01-01'::date$$ WHEN 'interval' THEN $$'1 day'::interval$$ WHEN 'uuid' THEN $$'00000000-0000-0000-0000-000000000000'::uuid$$
	WHEN 'text[]' THEN $$'{a}'::text[]$$ WHEN 'double precision[]' THEN $$'{1,2}'::float8[]$$ WHEN 'tstzrange' THEN $$'[2026-01-01,)'::tstzrange$$ WHEN 'tsrange' THEN $$'[2026-01-01,)'::tsrange$$ WHEN 'oid' THEN '0::oid'
	WHEN 'event_journey' THEN $$journey('2026-01-01'::timestamptz, 'a')$$ ELSE CASE WHEN t::regtype::text LIKE '%\_summary' THEN format('NULL::%s', t::regtype) ELSE format('1::%s', t::regtype) END END END, ', ' ORDER BY i) FROM unnest(proargtypes) WITH ORDINALITY AS a(t, i)))
FROM pg_proc AS p, generate_series(0, 1) AS round WHERE oid IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux'))
AND ('internal'::regtype = ANY (proargtypes) OR prorettype IN ('internal'::regtype, 'trigger'::regtype)) AND prokind <> 'a' ORDER BY 1
SQL
	# what one gives is passed to another, too
	my @nested = map { my $inner = $_; map { my ($f) = /^SELECT (\w+)\(/; "SELECT $f(" . ($inner =~ s/^SELECT //r) . ($_ =~ s/^SELECT \w+\(NULL//r) } grep { /^SELECT \w+_(final|serialize|combine)\(NULL/ } @calls } grep { /_deserialize\(|_accum\(/ && /bytea|'2026/ } @calls;
	@nested = @nested[ grep { $_ % 5 == 0 } 0 .. $#nested ];
	cmp_ok(scalar @calls, '>', 150, scalar(@calls) . ' calls of private functions');
	cmp_ok(scalar @nested, '>', 20, scalar(@nested) . ' nested ones');
	my $output = psql(join('', map { "$_;\n" } @calls, @nested), '-d', $clean, '-U', $mallory);
	unlike($output, qr/server closed|terminat|connection to server/, 'none ends the server');
	unlike($output, qr/invalid memory|cache lookup|could not open/, 'nor gets at memory');
	my $refused = () = $output =~ /^ERROR/mg;
	cmp_ok($refused, '>', 100, "$refused refused, the others NULL");
	is(psql('SELECT count(*) FROM alive', '-d', $clean), '1', 'the server has not restarted');
	psql('CREATE SCHEMA mine', '-d', $clean, '-U', $mallory);
	for my $statement (
		"CREATE AGGREGATE mine.a(bigint, timestamptz, text, step_pattern) (SFUNC = funnel_summary_accum, STYPE = internal)", "CREATE AGGREGATE mine.a(text) (SFUNC = array_append, STYPE = text[], FINALFUNC = funnel_summary_final)",
		"CREATE FUNCTION mine.f(internal) RETURNS internal LANGUAGE sql AS 'SELECT \$1'", "CREATE FUNCTION mine.f() RETURNS nps_summary AS '\$libdir/cxux', 'nps_summary_recv' LANGUAGE C", "CREATE OPERATOR CLASS mine.o FOR TYPE nps_summary USING btree AS FUNCTION 1 rate_summary_cmp(rate_summary, rate_summary)",
		"CREATE CAST (bytea AS nps_summary) WITHOUT FUNCTION", "CREATE CAST (nps_summary AS rate_summary) WITHOUT FUNCTION", "CREATE CAST (nps_summary AS bytea) WITHOUT FUNCTION", 'CREATE TYPE mine.t (INPUT = nps_summary_in, OUTPUT = nps_summary_out)', "CREATE TRANSFORM FOR nps_summary LANGUAGE sql (FROM SQL WITH FUNCTION funnel_summary_final(internal))",
		"CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION live_rollup_maintain()", 'SELECT live_rollup_maintain()')
	{
		like(psql($statement, '-d', $clean, '-U', $mallory), qr/^ERROR:  (?!.*syntax)/, "refused: $statement");
	}
	# a value of one type is never taken for another's
	is(psql("SELECT count(*) FROM pg_cast WHERE castmethod = 'b' AND (castsource >= 16384 OR casttarget >= 16384)", '-d', $clean), '0', 'no cast takes the bytes of one type for those of another');
	for my $statement ("CREATE TEMP TABLE t (a int); CREATE TRIGGER x AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION live_rollup_maintain('a', 'count(*) AS n'); INSERT INTO t VALUES (1)",
		"CREATE TEMP TABLE t (a int); CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION live_rollup_maintain(); INSERT INTO t VALUES (1)",
		"CREATE TEMP TABLE t (a int); CREATE TRIGGER x AFTER INSERT ON t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN (1::regclass <> 2::regclass) EXECUTE FUNCTION live_rollup_maintain('a', 'count(*) AS n'); INSERT INTO t VALUES (1)",
		"CREATE TEMP TABLE t (a int); CREATE TRIGGER x AFTER INSERT ON t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN ('pg_authid'::regclass <> 't'::regclass) EXECUTE FUNCTION live_rollup_maintain('a', 'count(*) AS n'); INSERT INTO t VALUES (1)",
		"CREATE TEMP TABLE t AS SELECT 1 AS a; CREATE TRIGGER x AFTER UPDATE ON t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN ('pg_authid'::regclass <> 't'::regclass) EXECUTE FUNCTION live_rollup_maintain('a', 'count(*) AS n'); UPDATE t SET a = 1",
		"CREATE TEMP TABLE t (a int); CREATE TRIGGER x AFTER INSERT ON t REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN ('pg_authid'::regclass <> 't'::regclass) EXECUTE FUNCTION live_rollup_maintain('a); DROP TABLE t; --', 'count(*) AS n'); INSERT INTO t VALUES (1)")
	{
		like(psql($statement, '-d', $clean, '-U', $mallory), qr/^ERROR:  (trigger "x" does not keep a live roll-up|relation with OID|permission denied for live roll-up "pg_authid"|column .* does not exist|cache lookup failed for relation 2$)/, "refused: $statement");
	}
}

# Statistics tell nothing of rows that are hidden: @> is not leakproof, so the values that are most common are
# looked at for those only who may read all
{
	psql("CREATE SCHEMA hidden; SET search_path = hidden, public; CREATE TABLE seen (owner text, j event_journey); INSERT INTO seen SELECT CASE WHEN i % 100 = 0 THEN '$reader' ELSE 'other' END, journey('2026-01-01'::timestamptz, CASE WHEN i % 2 = 0 THEN 'secret' ELSE 'open' END) FROM generate_series(1, 2000) AS i GROUP BY i; ANALYZE seen;
		GRANT USAGE ON SCHEMA hidden TO $reader; GRANT SELECT ON seen TO $reader; CREATE POLICY own ON seen USING (owner = current_user)", '-d', $clean);
	my $estimate = sub {
		my ($steps, $role) = @_;
		return (psql("EXPLAIN SELECT * FROM hidden.seen WHERE j \@> '$steps'", '-d', $clean, '-U', $role) =~ /rows=(\d+)/)[0];
	};
	my ($secret, $absent) = map { $estimate->($_, $reader) } qw(secret absent);
	cmp_ok($secret, '>', 10 * $absent, "who may read all rows has estimates: $secret and $absent");
	psql('ALTER TABLE hidden.seen ENABLE ROW LEVEL SECURITY', '-d', $clean);
	is($estimate->('secret', $reader), $estimate->('absent', $reader), 'who may not has the same for what is there and what is not');
	psql("ALTER TABLE hidden.seen DISABLE ROW LEVEL SECURITY; REVOKE SELECT ON hidden.seen FROM $reader; CREATE VIEW hidden.part WITH (security_barrier) AS SELECT j FROM hidden.seen WHERE owner = current_user; GRANT SELECT ON hidden.part TO $reader", '-d', $clean);
	my ($behind, $behind_absent) = map { (psql("EXPLAIN SELECT * FROM hidden.part WHERE j \@> '$_'", '-d', $clean, '-U', $reader) =~ /rows=(\d+)/)[0] } qw(secret absent);
	is($behind, $behind_absent, 'nor does a view as a barrier let estimates through');
	like(psql("SELECT * FROM pg_stats WHERE schemaname = 'hidden'", '-d', $clean, '-U', $reader), qr/^$/, 'nor does pg_stats show them');
	# a function that reports what it is passed is not called with rows behind a barrier
	is(psql("SELECT count(*) FROM pg_operator AS o JOIN pg_proc AS p ON p.oid = o.oprcode WHERE o.oprleft >= 16384 AND p.proleakproof", '-d', $clean), '0', 'no operator may be called before a barrier');
}

# What a plain role may use is bounded by the server's settings
{
	my $log = "CREATE TEMP TABLE log AS SELECT g % 20000 AS actor, '2026-01-01'::timestamptz + g * interval '1 s' AS at, 'e' || g % 3 AS event FROM generate_series(1, 200000) AS g;";
	psql("ALTER ROLE $mallory IN DATABASE \"$clean\" SET temp_file_limit = '1MB'", '-d', $clean);
	like(psql("$log SET work_mem = '64kB'; SELECT funnel(actor, at, event, 'e0 > e1') FROM log", '-d', $clean, '-U', $mallory), qr/^ERROR:  temporary file size exceeds "?temp_file_limit/m, 'temp_file_limit holds');
	like(psql("SET temp_file_limit = -1", '-d', $clean, '-U', $mallory), qr/permission denied/, 'and is not for that role to set');
	psql("ALTER ROLE $mallory IN DATABASE \"$clean\" RESET temp_file_limit", '-d', $clean);
	like(psql("$log SET statement_timeout = '300ms'; SELECT count(f) FROM generate_series(1, 1000) AS i, LATERAL (SELECT funnel(actor + i, at, event, 'e0 > e1') AS f FROM log) AS s", '-d', $clean, '-U', $mallory), qr/^ERROR:  canceling statement due to statement timeout/m, 'statement_timeout holds');
	like(psql("SELECT repeat('a > ', 40) || 'b'; SELECT (repeat('a > ', 40) || 'b')::step_pattern", '-d', $clean, '-U', $mallory), qr/ERROR:  .*step/, 'a pattern has a bound');
}

psql(qq{DROP DATABASE "$clean"});
psql("DROP OWNED BY $_; DROP ROLE $_") for @roles;
is(psql("SELECT count(*) FROM pg_roles WHERE rolname LIKE '${base}\\_%'"), '0', 'all is put back');
done_testing;
