#!/usr/bin/perl
# Properties of step_pattern on random patterns: every spelling of a pattern gives one value, whose
# text and bytes are read back as that value, whatever the settings and encodings; what is no
# pattern is refused where it goes wrong; a pattern is compiled into what it says.
use strict;
use warnings;
use lib 'test';
use utf8;
use Psql;
use Test::More;
use Encode qw(decode encode);

my $database = $ENV{PGDATABASE};
my $tmp = $ENV{CXUX_TMP};
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;
srand 20;

sub psql
{
	my ($statement, $into) = @_;
	return decode('UTF-8', Psql::psql(encode('UTF-8', $statement), '-v ON_ERROR_STOP=1', '-d', $into // $database));
}

# Writes rows as COPY reads them.
sub write_rows
{
	my ($file, @rows) = @_;
	my %escape = ("\\" => '\\\\', "\n" => '\\n', "\r" => '\\r', "\t" => '\\t');
	open my $out, '>:utf8', $file or die $!;
	print $out map { join("\t", map { s/[\\\n\r\t]/$escape{$&}/gr } @$_) . "\n" } @rows;
	close $out;
}

sub pick { return $_[ rand @_ ] }

# Names, short and long, alike, and with whatever a name can have in it.
my @names = (qw(a b c ab abc view cart pay checkout_step_1 checkout_step_2 a.b:c/d 100% - = 7days WITHIN times entry x), 'add to cart', 'within', 'distinct', 'first',
	'a"b', '""', "don't", ' ', ' a', 'a ', 'a>b', '>', '>>', '|', '&', '!', '(', ')', '[a]', ',', '*', '?', '*a', '\\', '\\n', "a\nb", "\t", "\1", "\x7f", '$1', '%s', '{}', '/*', '--', ';', '12345678', '123456789', '1234567890123456', '12345678901234567', '12345678x01234567',
	'Größe', '日本語', 'イベント', '🛒', '👩‍👩‍👧', "e\x{301}", 'é', 'שלום', 'مرحبا', "\x{202e}rtl", "\x{a0}", "a\x{3000}b", "\x{feff}x", '→', 'a→b', "\x{85}", "\x{10fffd}");
my @long_names = ('ß' x 500, '"' x 1000, 'long ' x 200);

# The canonical text of a name, by rules of its own.
sub name_text
{
	my $name = shift;
	return $name if $name =~ /^[^\x00-\x20\x7f"'>|&!()\[\],*?\x{85}\x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}→]+$/ && $name !~ /^(within|distinct|first)$/;
	return '"' . $name =~ s/"/""/gr . '"';
}
sub blank { return join '', map { pick(' ', "\t", "\n", "\r", "\f", "\x{a0}") } 1 .. int rand 3 }
sub some_blank { return pick(' ', "\n", "  \t") }

sub name_spelled
{
	my $name = shift;
	return '"' . $name =~ s/"/""/gr . '"' if rand() < 0.2 || $name =~ /[-=]$/;
	return name_text($name);
}

sub set { my %set = map { (rand() < 0.002 ? pick(@long_names) : pick(@names)) => 1 } 1 .. pick(1, 1, 1, 2, 3, 6); return rand() < 0.1 ? [] : [ sort { encode('UTF-8', $a) cmp encode('UTF-8', $b) } keys %set ] }
sub set_text { my $set = shift; return @$set ? join(' | ', map { name_text($_) } @$set) : '*' }
sub set_spelled { my $set = shift; return '*' unless @$set; return join blank() . '|' . blank(), map { name_spelled($_) } sort { rand() <=> 0.5 } @$set }

# A span is days and microseconds of a day.
sub span { return [ pick(0, 0, 1, 7, int rand 100, int rand 106751991), pick(0, 0, 3600000000 * int(rand 24), 60000000 * int(rand 1440), 1000000 * int(rand 86400), int rand 86400000000) ] }
sub number_text { my ($number, $unit) = @_; return $number ? "$number $unit" . ($number eq '1' ? '' : 's') : () }
sub seconds_text { my $us = shift; return sprintf('%d.%06d', $us / 1000000, $us % 1000000) =~ s/\.?0+$//r }
sub span_text
{
	my ($days, $us) = @{ $_[0] };
	my $seconds = $us % 60000000 ? (sprintf '%d.%06d', $us % 60000000 / 1000000, $us % 1000000) =~ s/\.?0*$//r : 0;
	return join(' ', number_text($days, 'day'), number_text(int($us / 3600000000), 'hour'), number_text(int($us / 60000000) % 60, 'minute'), number_text($seconds, 'second')) || '0 seconds';
}
sub span_spelled
{
	my ($days, $us) = @{ $_[0] };
	my @days = $days ? pick([ $days, pick(qw(d day days)) ], [ $days * 24, pick(qw(h hour hours)) ], [ $days / 10 == int($days / 10) ? ($days / 10, 'days') x 0 : (), $days, 'days' ], $days % 7 ? [ $days, 'd' ] : [ $days / 7, pick(qw(w week weeks)) ]) : ();
	my ($hours, $minutes, $seconds) = (int($us / 3600000000), int($us / 60000000) % 60, (sprintf '%d.%06d', $us % 60000000 / 1000000, $us % 1000000));
	my @parts = map { $_->[0] . pick('', ' ', "\t ") . $_->[1] } @days;
	if (@parts && $parts[0] =~ /h/)
	{
		push @parts, sprintf('%d%s', $us, ' us');
	}
	elsif (rand() < 0.3)
	{
		push @parts, sprintf '%02d:%02d:%s%s', $hours, $minutes, $seconds =~ /^\d\./ ? '0' : '', $seconds;
	}
	elsif (rand() < 0.3)
	{
		push @parts, sprintf('%d.%06d', $us / 1000000, $us % 1000000) . pick('', ' ') . pick(qw(s sec secs second seconds));
	}
	else
	{
		push @parts, "$hours " . pick(qw(h hour hours)), "$minutes " . pick(qw(m min minute minutes)), "$seconds " . pick(qw(s sec second seconds));
	}
	return join some_blank(), sort { rand() <=> 0.5 } @parts;
}

my $no_limit = 9223372036854775807;
sub microseconds { my $span = shift; return defined $span ? $span->[0] * 86400000000 + $span->[1] : $no_limit }

# A random pattern.
sub pattern
{
	my %pattern = (any_order => rand() < 0.2, within => rand() < 0.5 ? span() : undef, distinct => rand() < 0.3, first => rand() < 0.3);
	my $steps = pick(1, 2, 2, 3, 3, 4, 5, 8, 32);
	$pattern{any_order} = 0 if $steps == 1;
	for my $i (1 .. $steps)
	{
		my %step = (link => 0, optional => 0, names => set(), forbidden => []);
		if (!$pattern{any_order} && $i > 1)
		{
			$step{link} = pick(0, 0, 0, 1, 2);
			$step{forbidden} = set() if $step{link} == 2;
			$step{optional} = 1 if $i < $steps && rand() < 0.3;
			$step{limit} = span() if !$step{optional} && rand() < 0.3;
		}
		push @{ $pattern{steps} }, \%step;
	}
	@{ $pattern{steps} } = sort { order($a, $b) } @{ $pattern{steps} } if $pattern{any_order};
	return \%pattern;
}
sub order
{
	my @a = map { encode('UTF-8', $_) } @{ $_[0]{names} };
	my @b = map { encode('UTF-8', $_) } @{ $_[1]{names} };
	while (@a && @b)
	{
		my $order = shift(@a) cmp shift @b;
		return $order if $order;
	}
	return @a <=> @b;
}

sub text
{
	my ($pattern, $canonical) = @_;
	my $blank = $canonical ? sub { ' ' } : \&blank;
	my $need = $canonical ? sub { ' ' } : \&some_blank;
	my $none = $canonical ? sub { '' } : \&blank;
	my $set = $canonical ? \&set_text : \&set_spelled;
	my $span = $canonical ? \&span_text : \&span_spelled;
	my @steps = @{ $pattern->{steps} };
	@steps = sort { rand() <=> 0.5 } @steps if $pattern->{any_order} && !$canonical;
	my $text = $none->();
	for my $i (0 .. $#steps)
	{
		my $step = $steps[$i];
		$text .= $blank->() . ($pattern->{any_order} ? '&' : ('>', '>>', '>')[ $step->{link} ]) . $blank->() if $i > 0;
		$text .= '!' . $none->() . $set->($step->{forbidden}) . $blank->() . '>' . $blank->() if $step->{link} == 2;
		$text .= '[' . $none->() if $step->{optional};
		$text .= $set->($step->{names});
		$text .= $none->() . ']' if $step->{optional};
		$text .= $blank->() . '(' . $none->() . $span->($step->{limit}) . $none->() . ')' if $step->{limit};
	}
	$text .= $need->() . 'within' . $need->() . $span->($pattern->{within}) if $pattern->{within};
	$text .= $none->() . ',' . $blank->() . 'distinct' . $need->() . 'times' if $pattern->{distinct};
	$text .= $none->() . ',' . $blank->() . 'first' . $need->() . 'entry' if $pattern->{first};
	return $text . $none->();
}

# What the matcher is given; names have codes in the order of their bytes.
sub compiled
{
	my $pattern = shift;
	my %all = map { encode('UTF-8', $_) => 1 } map { @{ $_->{names} }, @{ $_->{forbidden} } } @{ $pattern->{steps} };
	my @all = (undef, sort keys %all);
	my (@serves, @breaks, @steps);
	my $others = 0;
	my $bit = 1;
	for my $step (@{ $pattern->{steps} })
	{
		for my $code (0 .. $#all)
		{
			my $has = sub { my $set = shift; return !@$set || grep { defined $all[$code] && encode('UTF-8', $_) eq $all[$code] } @$set };
			$serves[$code] |= $has->($step->{names}) ? $bit : 0;
			$breaks[$code] |= $step->{link} == 2 && $has->($step->{forbidden}) ? $bit : 0;
		}
		$others = 1 if $step->{link} == 1 || $serves[0] || $breaks[0];
		push @steps, sprintf '%d %d %s', $step->{link}, $step->{optional}, microseconds($step->{limit});
		$bit *= 2;
	}
	return join('; ', join(', ', sprintf('%d %d %d %s %d', $pattern->{any_order}, $pattern->{distinct}, $pattern->{first}, microseconds($pattern->{within}), $others), @steps), map { sprintf '%x %x', $serves[$_], $breaks[$_] } 0 .. $#all);
}

# All spellings of a pattern are one value
my @patterns = map { pattern() } 1 .. 2000;
write_rows("$tmp/patterns", map { my $p = $patterns[$_]; [ $_, text($p, 1), text($p, 0), text($p, 0), compiled($p) ] } 0 .. $#patterns);
is(psql(<<"SQL"), '', 'random patterns are taken');
CREATE TABLE spelled (id int PRIMARY KEY, canonical text, one text, other text, compiled text);
\\copy spelled FROM '$tmp/patterns'
CREATE TABLE patterns AS SELECT id, canonical::step_pattern AS p, one::step_pattern AS one, other::step_pattern AS other FROM spelled;
SQL
is(psql('SELECT count(*), count(*) FILTER (WHERE p::text = canonical) FROM spelled JOIN patterns USING (id)'), '2000|2000', 'canonical text comes back byte for byte')
	or diag(psql('SELECT canonical, p FROM spelled JOIN patterns USING (id) WHERE p::text <> canonical LIMIT 3'));
is(psql('SELECT count(*) FROM patterns WHERE p = one AND p = other AND step_pattern_send(p) = step_pattern_send(one) AND step_pattern_send(p) = step_pattern_send(other) AND step_pattern_hash(p) = step_pattern_hash(one)'), '2000', 'all spellings have the same bytes')
	or diag(psql('SELECT s.canonical, s.one, one FROM spelled AS s JOIN patterns AS p USING (id) WHERE p.p <> p.one LIMIT 3'));
is(psql('SELECT count(*) FROM patterns AS a JOIN patterns AS b ON (a.p = b.p) <> (a.p::text = b.p::text) OR (a.p = b.p) <> (step_pattern_send(a.p) = step_pattern_send(b.p)) WHERE a.id < 200 AND b.id < 200'), '0', 'values are equal where texts and bytes are');

# Copies and dumps
for my $format (qw(text csv binary))
{
	is(psql(<<"SQL"), '2000', "copied as $format");
CREATE TABLE copied_$format (LIKE patterns);
\\copy patterns TO '$tmp/patterns.$format' (FORMAT $format)
\\copy copied_$format FROM '$tmp/patterns.$format' (FORMAT $format)
SELECT count(*) FROM patterns AS p JOIN copied_$format AS c USING (id) WHERE step_pattern_send(p.p) = step_pattern_send(c.p) AND p.p = c.p AND p.p = c.other;
SQL
}
psql(q{CREATE TABLE used (id int, p step_pattern DEFAULT 'a >> "b c"', CHECK (step_count(p) > 0 AND p <> 'a & b')); CREATE INDEX ON used (p); CREATE INDEX ON used USING hash (p); INSERT INTO used SELECT id, p FROM patterns WHERE length(p::text) < 1000; CREATE VIEW seen AS SELECT id FROM used WHERE p = 'a > b within 7 days' OR step_count(id::text) > 1});
is(system("pg_dump -d $database --file=$tmp/patterns.dump && createdb -T template0 ${database}_dumped && psql -X -q -v ON_ERROR_STOP=1 -d ${database}_dumped -f $tmp/patterns.dump >/dev/null"), 0, 'dumped and restored');
my $bytes = q{SELECT md5(string_agg(step_pattern_send(p)::text, ' ' ORDER BY id)), (SELECT count(*) FROM used), (SELECT count(*) FROM seen) FROM patterns};
is(psql($bytes, "${database}_dumped"), psql($bytes), 'the same bytes after a dump');
is(psql(q{SET enable_seqscan = off; SELECT count(*) FROM used AS u WHERE id < 100 AND (SELECT count(*) FROM used AS v WHERE v.p = u.p) <> (SELECT count(*) FROM used AS v WHERE v.p::text = u.p::text)}), '0', 'found by indexes');

# Settings of the session change nothing
my $all = q{SELECT md5(string_agg(concat(p, step_pattern_send(p), one::text::step_pattern = p), ' ' ORDER BY id)), md5(string_agg(step_pattern_send(input::step_pattern)::text, ' ' ORDER BY id)) FROM patterns JOIN (SELECT id, spelled.one AS input FROM spelled) AS s USING (id)};
my $plain = psql($all);
like($plain, qr/^\w{32}\|\w{32}$/, 'a digest of all');
# 19 has standard strings only.
my $strings = $ENV{PG_MAJOR} < 19 ? 'off' : 'on';
for my $settings ("IntervalStyle = 'iso_8601'; SET DateStyle = 'German, DMY'; SET standard_conforming_strings = $strings; SET TimeZone = 'America/Caracas'",
	"IntervalStyle = 'sql_standard'; SET extra_float_digits = -15; SET quote_all_identifiers = on; SET search_path = pg_catalog, public",
	"IntervalStyle = 'postgres_verbose'; SET DateStyle = 'Postgres, YMD'; SET TimeZone = 'Asia/Kolkata'; SET client_encoding = 'UTF8'")
{
	is(psql("SET $settings; $all"), $plain, "the same with $settings");
}
SKIP:
{
	my $comma = psql(q{SELECT collcollate FROM pg_collation WHERE collprovider = 'c' AND collcollate ~ '^(de|fr|es|pl|ru)_' LIMIT 1});
	skip 'no locale with decimal commas is here', 1 if $comma eq '';
	is(psql("SET lc_numeric = '$comma'; $all"), $plain, "the same with lc_numeric = $comma");
}

# Encodings: names are text, in the form that the server and the client have it
for my $encoding (qw(EUC_JP LATIN1 SQL_ASCII))
{
	is(system("createdb -T template0 -E $encoding --lc-collate=C --lc-ctype=C ${database}_\L$encoding && psql -X -q -d ${database}_\L$encoding -c 'CREATE EXTENSION cxux'"), 0, "a database in $encoding");
}
my $japanese = q{'日本|イベント|ｱ|a > !"見 る"|あ > ["語"] > b within 7 days'::step_pattern};
my $set = "SET client_encoding = 'UTF8';";
is(psql("$set SELECT x, x::text::step_pattern = x FROM (SELECT $japanese) AS s(x)", "${database}_euc_jp") =~ s/ > .*//sr, psql("SELECT string_agg(n, ' | ' ORDER BY convert_to(n, 'EUC_JP')) FROM unnest('{a,日本,イベント,ｱ}'::text[]) AS n"), 'sets are in the order of the bytes that the server has');
is(psql(<<"SQL"), '', 'sent to a client in UTF8');
CREATE TABLE japanese AS SELECT $japanese AS x;
\\copy japanese TO '$tmp/japanese' (FORMAT binary)
SQL
is(psql("$set CREATE TABLE received (x step_pattern); \n\\copy received FROM '$tmp/japanese' (FORMAT binary)\nSELECT x = $japanese FROM received", "${database}_euc_jp"), 't', 'received in EUC_JP, where the order is another');
is(psql("$set \n\\copy received TO '$tmp/japanese' (FORMAT binary)\n", "${database}_euc_jp") . psql("\\copy japanese FROM '$tmp/japanese' (FORMAT binary)\nSELECT DISTINCT x = $japanese FROM japanese"), 't', 'and back');
is(psql("SET client_encoding = 'SJIS'; \\copy japanese TO '$tmp/japanese' (FORMAT binary)\n\\copy japanese FROM '$tmp/japanese' (FORMAT binary)\nRESET client_encoding; SELECT count(*), count(DISTINCT x) FROM japanese"), '4|1', 'to a client in SJIS and back');
is(psql(qq{$set SELECT x, x::text::step_pattern = x FROM (SELECT 'ä|z > "é è" > \xa0x'::step_pattern) AS s(x)}, "${database}_latin1"), qq{z | ä > "é è" > \xa0x|t}, 'LATIN1');
is(psql(qq{SELECT x, x::text::step_pattern = x, step_count(x) FROM (SELECT 'ä|z > "é è" > \xa0x'::step_pattern) AS s(x)}, "${database}_sql_ascii"), qq{z | ä > "é è" > \xa0x|t|3}, 'SQL_ASCII');

# So they are in journeys, which a pattern finds them in; SQL_ASCII has bytes of no encoding
my $found = 'SELECT j = j::text::event_journey, j = j::jsonb::text::event_journey, j @> steps(VARIADIC names), count(*) = cardinality(names), bool_and(occurrences(j, event) = 1), (SELECT funnel(k, p) FROM (SELECT j AS k, steps(VARIADIC names) AS p) AS s) = funnel(1, at, event, steps(VARIADIC names))';
my $events = q{FROM (SELECT names, event_journey(array_agg(timestamptz '2026-01-01 00:00+00' + i * interval '1 second'), array_agg(name)) AS j FROM list, unnest(names) WITH ORDINALITY AS n(name, i) GROUP BY names) AS one, events(j) GROUP BY names, j};
is(psql("$set WITH list(names) AS (VALUES ('{日本,イベント,ｱ,\"見 る\"}'::text[])) $found $events", "${database}_euc_jp"), 't|t|t|t|t|t', 'names of events in EUC_JP');
is(psql("$set WITH list(names) AS (SELECT array_agg(chr(i)) FROM generate_series(225, 255) AS i) $found $events", "${database}_latin1"), 't|t|t|t|t|t', 'in LATIN1');
is(psql("SET client_encoding = 'SQL_ASCII'; WITH list(names) AS (SELECT array_agg(convert_from(decode('61' || lpad(to_hex(i), 2, '0'), 'hex'), 'SQL_ASCII') ORDER BY i) FROM generate_series(225, 255) AS i) $found $events", "${database}_sql_ascii"), 't|t|t|t|t|t', 'and of any bytes in SQL_ASCII');
is(psql(<<"SQL", "${database}_sql_ascii"), "2\n2", 'which binary copies keep');
CREATE TABLE any_bytes AS SELECT event_journey('{2026-01-01 00:00+00,2026-01-02 00:00+00}', ARRAY[E'a\\xff\\x80', E'\\xfe']) AS j UNION ALL SELECT event_journey('{2026-01-01 00:00+00}', ARRAY[E'\\x01']);
\\copy any_bytes TO '$tmp/any_bytes' (FORMAT binary)
CREATE TABLE any_bytes_copied (LIKE any_bytes);
\\copy any_bytes_copied FROM '$tmp/any_bytes' (FORMAT binary)
SELECT count(*) FROM any_bytes JOIN any_bytes_copied USING (j);
CREATE INDEX ON any_bytes USING gin (j);
SET enable_seqscan = off;
SELECT count(*) FROM any_bytes WHERE j @> steps(E'a\\xff\\x80', E'\\xfe') OR j @> steps(E'\\x01');
SQL

# Any name of data: no character has a meaning in it
is(psql(<<'SQL'), '0', 'steps() takes any character in a name');
SELECT count(*) FROM (SELECT chr(i) AS c FROM generate_series(1, 65535) AS i WHERE i NOT BETWEEN 55296 AND 57343 UNION ALL SELECT chr(i) FROM generate_series(65536, 1114111, 97) AS i) AS s,
	LATERAL (SELECT steps(c, c || c, 'a' || c, c || 'b', '"' || c || '"', c || '>') AS p) AS t
WHERE p::text::step_pattern <> p OR step_count(p) <> 6 OR step_names((step_names(p))[3]) <> ARRAY[(step_names(p))[3]] OR p <> steps(VARIADIC ARRAY[c, c || c, 'a' || c, c || 'b', '"' || c || '"', c || '>']);
SQL
is(psql(q{SELECT count(*) FROM pg_get_keywords() WHERE word NOT IN ('within', 'distinct', 'first') AND step_pattern(word || ' > ' || upper(word)) IS DISTINCT FROM steps(word, upper(word))}), '0', 'keywords of SQL are names');

# Garbage is refused with a place in it, or is a pattern
no warnings 'qw';
my @parts = (qw(a b "c" "d~e" > >> > >> | & ! ( ) [ ] , * ? ' " within distinct times first entry 7 days 1.5 h 1:30 :30 month - = ä 日 → WITHIN), ' ', ' ', ' ', "\n", "\xa0", '1 h', ', first entry', ' within 7 days', ' > ', ' > ');
my @garbage = map { join '', map { pick(@parts) =~ s/~/ /r } 1 .. 1 + rand 12 } 1 .. 20000;
push @garbage, map { my $text = text($patterns[$_], pick(0, 1)); my $length = length $text; substr($text, rand $length, pick(0, 1, 1, 3)) = pick('', '', @parts); $text } map { $_ % 2000 } 0 .. 3999;
push @garbage, map { join '', map { chr pick(1 .. 127, 0xa0 .. 0x2ff, 0x2000 .. 0x206f, 0x1f600 .. 0x1f610) } 1 .. 1 + rand 20 } 1 .. 3000;
write_rows("$tmp/garbage", map { [ $_, $garbage[$_] ] } 0 .. $#garbage);
my ($taken, $refused, $wrong) = split /\|/, psql(<<"SQL");
CREATE TABLE garbage (id int, input text);
\\copy garbage FROM '$tmp/garbage'
CREATE FUNCTION judged(input text) RETURNS text LANGUAGE plpgsql AS \$\$
DECLARE
	p step_pattern;
	message text;
	detail text;
	place int;
BEGIN
	p := input;
	RETURN CASE WHEN p::text::step_pattern = p AND p::text::step_pattern::text = p::text THEN 'taken' ELSE 'not read back' END;
EXCEPTION WHEN invalid_text_representation OR program_limit_exceeded THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
	place := substring(detail FROM ' at character ([0-9]+)');
	RETURN CASE WHEN message LIKE 'invalid input syntax for type step_pattern: "%' AND place BETWEEN 1 AND length(input) + 1 AND length(message) < 300
		AND (detail NOT LIKE '%found end of text.' OR place = length(input) + 1) AND detail NOT LIKE '%()%' AND detail LIKE '%.' THEN 'refused' ELSE 'told wrongly: ' || detail END;
END
\$\$;
CREATE TABLE judgement AS SELECT id, input, judged(input) FROM garbage;
SELECT count(*) FILTER (WHERE judged = 'taken'), count(*) FILTER (WHERE judged = 'refused'), count(*) FILTER (WHERE judged NOT IN ('taken', 'refused')) FROM judgement;
SQL
cmp_ok($taken, '>', 500, 'some garbage is a pattern');
cmp_ok($refused, '>', 10000, 'most is refused');
is($wrong, 0, 'and is told where') or diag(psql(q{SELECT input, judged FROM judgement WHERE judged NOT IN ('taken', 'refused') LIMIT 5}));

# Casts from text stand in the way of no call: every operator and function means what it meant
my $meanings = psql(<<'SQL');
CREATE TABLE strings (t text, v varchar, c char(3), n name);
CREATE TABLE calls AS
SELECT format('%s %s %s', l, oprname, r) AS call FROM (SELECT DISTINCT oprname FROM pg_operator WHERE oprkind = 'b') AS o, unnest('{t,v,c,n,''x''}'::text[]) AS l, unnest('{t,v,c,n,''x'',''a > b''::varchar}'::text[]) AS r
UNION ALL SELECT format('%I(%s)', proname, a) FROM (SELECT DISTINCT proname FROM pg_proc WHERE prokind IN ('f', 'a') AND proname NOT IN (SELECT proname FROM pg_proc WHERE 'step_pattern'::regtype = prorettype OR 'step_pattern'::regtype = ANY (proargtypes))) AS f, unnest(ARRAY['t', 'v', '''x''', 't, t', 'v, ''x''', '''x'', v', 't, v, ''x''']) AS a;
\i test/examples/plan_of.sql
CREATE FUNCTION meaning(call text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN plan_of(format('SELECT %s FROM strings', call), 'VERBOSE, COSTS OFF');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || SQLERRM;
END
$$;
CREATE TABLE meanings AS SELECT call, meaning(call) FROM calls;
ALTER EXTENSION cxux DROP CAST (text AS step_pattern);
ALTER EXTENSION cxux DROP CAST (varchar AS step_pattern);
DROP CAST (text AS step_pattern);
DROP CAST (varchar AS step_pattern);
DROP VIEW IF EXISTS seen;
SELECT 'calls ' || count(*) FROM meanings WHERE meaning NOT LIKE '42%';
SELECT 'changed ' || count(*), string_agg(call, ', ') FROM meanings WHERE meaning(call) <> meaning;
SQL
my %calls = $meanings =~ /^(\w+) (\d+)/mg;
cmp_ok($calls{calls} // 0, '>', 2000, 'calls that exist for strings');
is($calls{changed}, 0, 'calls that casts to step_pattern change') or diag($meanings);

# What the matcher is given
my $root = $ENV{CXUX_ROOT};
chomp(my $include = `$ENV{PG_CONFIG} --includedir-server`);
is(system("cc -shared -fPIC -O1 -Wall -Werror -isystem $include -I$root/src -o $tmp/compiled.so $root/test/pattern/compiled.c $root/src/pattern.c $root/src/pattern_parse.c $root/src/pattern_write.c $root/src/pattern_compile.c $root/src/span.c"), 0, 'the compiler of patterns is built by itself');
is(psql(<<"SQL"), '', 'and loaded');
CREATE FUNCTION pattern_compiled(step_pattern) RETURNS text STRICT LANGUAGE c AS '$tmp/compiled.so';
CREATE FUNCTION pattern_codes(step_pattern, text[]) RETURNS int[] STRICT LANGUAGE c AS '$tmp/compiled.so';
SQL
is(psql('SELECT count(*) FROM patterns JOIN spelled USING (id) WHERE pattern_compiled(p) = compiled'), '2000', 'patterns are compiled into what they say')
	or diag(psql('SELECT p, pattern_compiled(p), compiled FROM patterns JOIN spelled USING (id) WHERE pattern_compiled(p) <> compiled LIMIT 2'));
write_rows("$tmp/names", map { [$_] } @names, @long_names, map { my $name = $_; map { my $n = $name; substr($n, $_, 1) = 'x'; $n } 0, length($name) / 2, length($name) - 1 } @names, @long_names);
is(psql(<<"SQL"), '', 'names of events');
CREATE TABLE names (name text);
\\copy names FROM '$tmp/names'
INSERT INTO names VALUES ('');
SQL
is(psql(<<'SQL'), '0|0|0', 'codes are the places in the order of bytes');
CREATE TABLE plain AS SELECT i, ARRAY(SELECT name FROM (SELECT DISTINCT name FROM names WHERE name <> '' AND octet_length(name) <= 1000) AS d ORDER BY md5(name || i) LIMIT i % 31 + 1) AS own FROM generate_series(1, 400) AS i;
SELECT count(*) FILTER (WHERE codes <> expected), count(*) FILTER (WHERE expected = array_fill(0, ARRAY[cardinality(expected)])), count(*) FILTER (WHERE wide <> expected)
FROM plain, (SELECT array_agg(DISTINCT name) AS tried FROM names) AS n,
	LATERAL (SELECT pattern_codes(steps(VARIADIC own), tried) AS codes, pattern_codes((SELECT string_agg(steps(o)::text, '|')::step_pattern FROM unnest(own) AS o), tried) AS wide,
		(SELECT array_agg(coalesce(array_position((SELECT array_agg(o ORDER BY o COLLATE "C") FROM unnest(own) AS o), t), 0) ORDER BY place) FROM unnest(tried) WITH ORDINALITY AS u(t, place)) AS expected) AS c;
SQL
is(psql(q{SELECT count(*) FROM (SELECT pattern_codes(string_agg(n, '|')::step_pattern, array_agg(n ORDER BY n COLLATE "C") || '{x,event_0000_of_a_long_name}'::text[]) AS codes, array_agg(row_number) || '{0,0}' AS expected FROM (SELECT format('event_%s_of_a_long_name', to_char(i, 'fm0000')) AS n, row_number() OVER (ORDER BY i)::int FROM generate_series(1, 1000) AS i) AS s) AS t WHERE codes = expected}), '1', 'a thousand names alike at both ends');

done_testing;
