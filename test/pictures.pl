#!/usr/bin/perl
# Pictures of every type: well-formed, with a title and a description, the numbers of the report in them,
# hostile names escaped, in databases of three encodings; and charts in text at 80 and 160 columns as
# test/charts.txt has them ("perl test/pictures.pl --write" in a server of its own writes it anew).
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Encode;
use Files;
use PictureCases;
use Psql;
use Test::More;

my $write = grep { $_ eq '--write' } @ARGV;
my $utf8 = $ENV{PGDATABASE};
my @widths = (80, 160);

sub psql
{
	my ($database, $encoding, $statements) = @_;
	local $ENV{PGCLIENTENCODING} = $encoding;
	return Psql::psql($statements, '-v VERBOSITY=terse', '-d', $database);
}

# What a picture says of itself, entities resolved
sub plain
{
	my $text = shift;
	my %entity = (amp => '&', lt => '<', gt => '>', quot => '"');
	$text =~ s/&(amp|lt|gt|quot);/$entity{$1}/g;
	return $text;
}

my %golden;
my %database = (UTF8 => $utf8, map { $_ => lc "${utf8}_pictures_$_" } qw(LATIN1 SQL_ASCII));
for my $encoding (qw(UTF8 LATIN1 SQL_ASCII))
{
	my $database = $database{$encoding};
	my $is_utf8 = $encoding eq 'UTF8';
	is(system("createdb -T template0 -E $encoding --locale=C $database && psql -X -q -d $database -c 'CREATE EXTENSION cxux'"), 0, "a database in $encoding") unless $is_utf8;
	my @cases = picture_cases($is_utf8);
	is(psql($database, 'UTF8', picture_tables($is_utf8) . "SET client_min_messages = warning;" . join '', map {
		my ($name, $x) = @$_;
		"INSERT INTO chart_case SELECT '$name', (x)::text, svg(x) FROM (SELECT $x AS x) AS s;" } @cases), '', "$encoding: drawn");
	is(psql($database, 'UTF8', 'INSERT INTO chart_case SELECT * FROM (VALUES ' . join(', ', map { my ($name, $x) = @$_; "('$name', 'rows', (SELECT $x))" } row_cases()) . ') AS v'), '', "$encoding: rows drawn");
	is(psql($database, 'UTF8', 'SELECT count(*) FROM chart_case WHERE svg IS NOT NULL'), scalar(@cases) + scalar(my @rows = row_cases()), "$encoding: all of them");

	# parsed by libxml2 where the server has it
	my $parsed = psql($database, 'UTF8', "SELECT string_agg(name, ', ') FROM chart_case WHERE NOT xpath_exists('/s:svg[\@role = \"img\"]/s:title[string-length() > 0]', XMLPARSE(DOCUMENT svg), '{{s,http://www.w3.org/2000/svg}}') OR NOT xpath_exists('/s:svg/s:desc[string-length() > 0]', XMLPARSE(DOCUMENT svg), '{{s,http://www.w3.org/2000/svg}}')");
	SKIP:
	{
		skip 'this server has no libxml2', 1 if $parsed =~ /unsupported XML feature/;
		is($parsed, '', "$encoding: documents with a title and a description");
	}
	# and once more by hand: nothing but the elements and attributes that are drawn with, and values that no
	# text can be in
	my $number = qr/-?[\d.]+(?:e[+-]?\d+)?/;
	my %allowed = (
		xmlns => qr{http://www\.w3\.org/2000/svg}, class => qr/[a-z][a-z0-9-]*/, role => qr/img/, id => qr/[td][0-9a-f]{8}/, 'aria-labelledby' => qr/t[0-9a-f]{8}/, 'aria-describedby' => qr/d[0-9a-f]{8}/,
		viewBox => qr/0 0 $number $number/, 'font-family' => qr/system-ui,sans-serif/, 'font-weight' => qr/bold/, 'text-anchor' => qr/start|middle|end/, lengthAdjust => qr/spacingAndGlyphs/, 'paint-order' => qr/stroke/, 'stroke-linejoin' => qr/round/,
		'stroke-dasharray' => qr/\d+(?: \d+)?/, d => qr/[MLCZ\d. e+-]*/, (map { $_ => qr/#[0-9a-f]{3}|#[0-9a-f]{6}|none/ } qw(fill stroke)),
		map { $_ => $number } qw(x y x1 x2 y1 y2 cx cy r width height font-size textLength stroke-width fill-opacity stroke-opacity));
	my $unseen = $is_utf8 ? qr/[\x00-\x1f\x7f-\x9f\x{2028}-\x{202e}\x{2066}-\x{2069}\x{fffe}\x{ffff}]/ : qr/[\x00-\x1f\x7f-\x9f]/;
	my %seen_attributes;
	my $svgs = psql($database, $is_utf8 ? 'UTF8' : $encoding, "SELECT name || E'\\t' || regexp_replace(svg, E'[\\n\\r]', ' ', 'g') FROM chart_case");
	$svgs = decode('UTF-8', $svgs, Encode::FB_CROAK) if $is_utf8;
	my %svg = map { my ($name, $svg) = split /\t/, $_, 2; ($name => $svg) } split /\n/, $svgs;
	my %elements;
	for my $name (sort keys %svg)
	{
		my $rest = $svg{$name};
		my @open;
		my $problem;
		while ($rest =~ s/^([^<]*)<(\/?)(\w+)((?: [\w-]+="[^"<]*")*)(\/?)>//s)
		{
			my ($text, $close, $element, $attributes, $single) = ($1, $2, $3, $4, $5);
			$problem //= "control in $text" if $text =~ s/[\n ]//gr =~ $unseen;
			while ($attributes =~ / ([\w-]+)="([^"]*)"/g)
			{
				$seen_attributes{$1}++;
				$problem //= qq{<$element $1="$2">} unless $allowed{$1} && $2 =~ /^$allowed{$1}$/;
			}
			$problem //= "text $text" if $text =~ /[>]|&(?!(amp|lt|gt|quot|#8230|#65533);)|[^\P{Cc}\t\x7f-\x9f]/ && ($open[-1] // '') ne 'style';
			$problem //= "<$element$attributes>" if $element !~ /^(svg|title|desc|style|rect|text|line|circle|path)$/ || $attributes =~ / on/;
			$elements{$element}++ unless $close;
			if ($close) { my $opened = pop @open; $problem //= "</$element>" if $opened ne $element; }
			elsif (!$single) { push @open, $element; }
		}
		ok(!defined $problem && $rest eq '' && !@open, "$encoding: $name: well-formed") or diag($problem // "rest " . substr $rest, 0, 200);
	}
	is(join(' ', grep { !$seen_attributes{$_} && ($is_utf8 || !/ength/) } sort keys %allowed), '', "$encoding: no attribute is allowed that is not used");
	cmp_ok($elements{text}, '>', 1000, "$encoding: $elements{text} texts seen");
	is($svg{'choices hostile'} =~ /<script|<rect x="0"/ ? 1 : 0, 0, "$encoding: names stay text");
	like($svg{'choices hostile'}, qr/&lt;\/text&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;/, "$encoding: and are there");

	# In a terminal, too, a label is one line of text and nothing else; what cannot be decoded in SQL_ASCII is the client's
	for my $case ([ 'choices hostile', '(SELECT count(DISTINCT left(name, 200)) FROM name) + 1' ], [ 'funnel hostile', '12 + 2' ], [ 'flow hostile' ], [ 'flow hostile next' ])
	{
		my ($name, $lines) = @$case;
		my ($x) = map { $_->[1] } grep { $_->[0] eq $name } @cases;
		my $chart = psql($database, $encoding eq 'SQL_ASCII' ? 'SQL_ASCII' : 'UTF8', "SELECT chart($x, 160)");
		$chart = decode('UTF-8', $chart, Encode::FB_CROAK) unless $encoding eq 'SQL_ASCII';
		$unseen = qr/[\x00-\x1f\x7f]/ if $encoding eq 'SQL_ASCII';
		cmp_ok(scalar(split /\n/, $chart), '>', 3, "$encoding: $name: a chart");
		unlike($chart =~ s/\n//gr, $unseen, "$encoding: $name: no control reaches a terminal");
		is(scalar(split /\n/, $chart), psql($database, 'UTF8', "SELECT $lines"), "$encoding: $name: no label makes a line of its own") if $lines;
	}

	for my $width (@widths)
	{
		my %first;
		for (@cases)
		{
			my ($name, $x) = @$_;
			next if $name =~ /hostile/ || $encoding eq 'SQL_ASCII';
			my $chart = psql($database, 'UTF8', "SELECT chart($x, $width)");
			my ($widest) = sort { $b <=> $a } map { length } split /\n/, decode('UTF-8', $chart);
			cmp_ok($widest, '<=', $width, "$encoding: $name: fits $width columns");
			unlike($chart, qr/[^\x00-\x7f]/, "$encoding: $name: ASCII only") unless $is_utf8;
			$golden{"$name, $encoding, $width columns"} = $chart unless $name =~ / (large|small|far|low|many|of)\b/;
		}
	}
}

# The numbers of a picture are those of the report: each as the picture writes it
my %numbers = (
	'nps' => q(SELECT round(score)::text, round(low)::text, round(high)::text, promoters::text, detractors::text, round((100 * promoter_share)::numeric, 1) || ' %' FROM report(x)),
	'rate' => q(SELECT round((100 * share)::numeric, 1) || ' %', round((100 * low)::numeric, 1) || ' %', round((100 * high)::numeric, 1) || ' %', successes::text, undecided::text FROM report(x)),
	'likert' => q(SELECT round(mean::numeric, 2)::text, round(low::numeric, 2)::text, round(high::numeric, 2)::text, n::text FROM report(x)),
	'sample' => q(SELECT round(mean::numeric, 1)::text, round(low::numeric, 1)::text, round(high::numeric, 1)::text, n::text FROM report(x)),
	'choices' => q(SELECT choice, answers::text, round((100 * share)::numeric, 1) || ' %', round((100 * low)::numeric, 1) || ' %', round((100 * high)::numeric, 1) || ' %' FROM report(x)),
	'items' => q(SELECT round(correlation_with_rest::numeric, 2)::text, round(alpha_without::numeric, 2)::text FROM report(x)),
	'task' => q(SELECT attempts::text, round((100 * completion)::numeric, 1) || ' %', round(errors_per_attempt::numeric, 3)::text, round(actions_per_attempt::numeric, 2)::text FROM report(x)),
	'funnel' => q(SELECT name, actors::text, round((100 * share_of_start)::numeric, 1) || ' %', CASE WHEN step < 4 THEN abandoned::text END, CASE WHEN step < 4 THEN round((100 * abandonment)::numeric, 1) || ' %' END, CASE WHEN step > 1 THEN round((100 * start_low)::numeric, 1) || ' %' END, CASE WHEN open > 0 THEN open || ' open' END FROM report(x)),
	'retention' => q(SELECT cohort::text, cohort_size::text, CASE WHEN complete THEN round((100 * share)::numeric) || ' %' END FROM report(x)),
	'flow' => q(SELECT regexp_replace(source, '^\d ', '') || ' to ' || regexp_replace(target, '^\d ', '') || ': ' || actors FROM report(x)),
	'timing unfinished' => q(SELECT finished::text, unfinished::text, round((median / 3600)::numeric, 2) || ' h', round((median_low / 3600)::numeric, 2) || ' h' FROM report(x)),
);
my %expression = map { @$_ } picture_cases(1);
my $compared = 0;
for my $type (sort keys %numbers)
{
	my ($said) = psql($utf8, 'UTF8', "SELECT svg FROM chart_case WHERE name = '$type'") =~ m{<title[^>]*>(.*?)</desc>}s;
	$said = plain($said);
	my @missing;
	for my $number (grep { $_ ne '' } map { split /\|/ } split /\n/, psql($utf8, 'UTF8', "SELECT r.* FROM (SELECT $expression{$type} AS x) AS s, LATERAL ($numbers{$type}) AS r"))
	{
		$compared++;
		push @missing, $number unless $said =~ /(?<![\d.])\Q$number\E(?![\d.]*\d)/;
	}
	is("@missing", '', "$type: numbers of the report") or diag($said);
}
cmp_ok($compared, '>', 150, "$compared numbers compared");

# The tones of what is good, neutral and bad: apart in grey print, and as the colour-blind see them
# (Vienot, Brettel and Mollon 1999), by the distance of CIE 1976 L*a*b*
sub linear { my $c = hex(shift) / 255; return $c <= 0.04045 ? $c / 12.92 : (($c + 0.055) / 1.055)**2.4 }
sub lab
{
	my ($r, $g, $b) = map { $_ < 0 ? 0 : $_ } @_;
	my @f = map { $_ > 216 / 24389 ? $_**(1 / 3) : (24389 / 27 * $_ + 16) / 116 } (0.4124 * $r + 0.3576 * $g + 0.1805 * $b) / 0.95047, 0.2126 * $r + 0.7152 * $g + 0.0722 * $b, (0.0193 * $r + 0.1192 * $g + 0.9505 * $b) / 1.08883;
	return (116 * $f[1] - 16, 500 * ($f[0] - $f[1]), 200 * ($f[1] - $f[2]));
}
my %seen_by = (
	everybody => sub { @_ },
	deuteranopes => sub { my ($r, $g, $b) = @_; my $y = 0.29275 * $r + 0.70725 * $g; ($y, $y, -0.02234 * $r + 0.02234 * $g + $b) },
	protanopes => sub { my ($r, $g, $b) = @_; my $y = 0.11238 * $r + 0.88762 * $g; ($y, $y, 0.00401 * $r - 0.00401 * $g + $b) });
my $nps = psql($utf8, 'UTF8', 'SELECT svg(nps_summary(1, 1, 1))');
my %scheme = (light => { map { $_ => $nps =~ /class="$_" fill="#(\w{6})"/ } qw(good neutral bad) }, dark => { map { $_ => $nps =~ /\.$_\{fill:#(\w{6})\}/ } qw(good neutral bad) });
for my $scheme (sort keys %scheme)
{
	for my $pair ([ 'good', 'bad' ], [ 'good', 'neutral' ], [ 'neutral', 'bad' ])
	{
		my @colours = map { [ map { linear($_) } unpack '(A2)3', $scheme{$scheme}{$_} ] } @$pair;
		for my $who (sort keys %seen_by)
		{
			my ($x, $y) = map { [ lab($seen_by{$who}->(@$_)) ] } @colours;
			my $distance = sqrt(($x->[0] - $y->[0])**2 + ($x->[1] - $y->[1])**2 + ($x->[2] - $y->[2])**2);
			cmp_ok($distance, '>', 25, sprintf "%s: %s are told apart by %s: %.0f", $scheme, "@$pair", $who, $distance);
			# print is always light
			cmp_ok(abs($x->[0] - $y->[0]), '>', 20, sprintf "%s in grey print: %.0f", "@$pair", abs($x->[0] - $y->[0])) if $who eq 'everybody' && $scheme eq 'light';
		}
	}
}

# A character keeps two marks of many, which would leave its line upwards; the tooltip has them all.
my $marks = "\xcc\x81";
my $marked = psql($utf8, 'UTF8', "SELECT svg(choices('a${\ ($marks x 5)}b$marks'))");
like($marked, qr{<title>a(?:$marks){5}b$marks</title>a(?:$marks){2}b$marks</text>}, 'two marks on a character');

# Rows: what is NULL, what is refused
my $cells = psql($utf8, 'UTF8', "SELECT svg FROM chart_case WHERE name = 'cells'");
like($cells, qr{<desc[^>]*>Rome: 31\.2 \(14\.1 to 47\.3\); Oslo: 12\.0 \(-8\.0 to 30\.0\); hidden: not shown</desc>}, 'cells in words');
is(() = $cells =~ /<circle/g, 3, 'a dot for each cell that is shown, and one in the legend');
like(psql($utf8, 'UTF8', "SELECT svg FROM chart_case WHERE name = 'control'"), qr{2025-09: 0\.\d+ \(0\.\d+ to 0\.\d+\), below limits}, 'a signal in words');
is(psql($utf8, 'UTF8', "SELECT svg_cells('x', 1, 2, 3, 't') FILTER (WHERE false) IS NULL, svg_line(NULL::date, 1, 2, 3, 't') IS NULL, svg_control('x', 1, 2, 3, 4, NULL, 't') FILTER (WHERE false) IS NULL"), 't|t|t', 'no rows');
is(psql($utf8, 'UTF8', "SELECT count(DISTINCT s) FROM (SELECT svg_line('2026-01-01'::date + i, i, i - 1, i + 1, 't') AS s FROM generate_series(1, 20) AS i UNION ALL SELECT svg_line('2026-01-01'::date + i, i, i - 1, i + 1, 't' ORDER BY i DESC) FROM generate_series(1, 20) AS i UNION ALL SELECT svg_line(('2026-01-01'::date + i)::timestamp, i, i - 1, i + 1, 't' ORDER BY i DESC) FROM generate_series(1, 20) AS i UNION ALL SELECT svg_line(('2026-01-01'::date + i) AT TIME ZONE 'UTC', i, i - 1, i + 1, 't') FROM generate_series(1, 20) AS i) AS v"), 1, 'a line does not depend on the order of rows, nor on the type of its times');
is(psql($utf8, 'UTF8', "SET timezone = 'Asia/Tokyo'; SELECT svg_line('2026-01-01 00:00+00'::timestamptz, 1, 0, 2, 't') LIKE '%>2026-01<%', svg_line('2026-01-01'::date, 1, 0, 2, 't') LIKE '%>2026-01<%'"), 't|t', 'nor on the time zone');
for (
	[ "svg_cells('x', 1, 2, 3, NULL)", 'title must not be null' ], [ "svg_cells('x', 1, 2, 3, i::text) FROM generate_series(1, 2) AS i", 'title must be the same in all rows' ],
	[ "svg_cells('x', 'Infinity', 2, 3, 't')", 'estimate "Infinity" must be finite' ], [ "svg_cells('x', 1, 'NaN', 3, 't')", 'low "NaN" must be finite' ], [ "svg_cells('x', 1, 2, '-Infinity', 't')", 'high "-Infinity" must be finite' ],
	[ "svg_control('x', 1, 'NaN', 3, 4, NULL, 't')", 'center "NaN" must be finite' ], [ "svg_control('x', 1, 1, 3, 2, NULL, 't')", 'low "3" must not be above high "2"' ], [ "svg_cells('x', 1, 3, 2, 't')", 'low "3" must not be above high "2"' ],
	[ "svg_line('infinity'::date, 1, 2, 3, 't')", 'time must be finite' ], [ "svg_line('infinity'::timestamp, 1, 2, 3, 't')", 'time must be finite' ], [ "svg_line('5874897-01-01'::date, 1, 2, 3, 't')", 'date out of range for timestamp' ],
	[ "svg_line('2026-01-01'::date, i, 0, 3, 't') FROM generate_series(1, 2) AS i", 'time "2026-01-01 00:00:00" is there twice' ],
	[ "svg_cells(i::text, i, i, i, 't') FROM generate_series(1, 1001) AS i", 'too many rows for a picture' ], [ "svg_line('2026-01-01'::date + i, i, i, i, 't') FROM generate_series(1, 1001) AS i", 'too many rows for a picture' ],
	[ "svg_cells(repeat('x', 100000), i, i, i, 't') FROM generate_series(1, 11) AS i", 'labels are too long for a picture' ], [ "svg_cells('x', 1, 1, 1, repeat('x', 1048577))", 'title is too long' ])
{
	my ($call, $error) = @$_;
	is(psql($utf8, 'UTF8', "SELECT $call"), "ERROR:  $error", $error);
}

my $file = "$FindBin::Bin/charts.txt";
my $text = join '', map { "--- $_\n$golden{$_}\n" } sort keys %golden;
write_file($file, $text) if $write;
my %expected = map { /^(.*?)\n(.*)\n\z/s } grep { $_ ne '' } split /^--- /m, slurp($file);
is(join("\n", sort keys %golden), join("\n", sort keys %expected), 'charts of all types at both widths, with and without Unicode');
is($golden{$_}, $expected{$_}, $_) for sort keys %golden;
done_testing;
