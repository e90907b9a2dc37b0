#!/usr/bin/perl
# The page that "make demo" writes: it is well formed and can be read by anybody, needs nothing but
# itself, tells the numbers of the views it is made of, and takes no name for markup.
use strict;
use warnings;
use utf8;
use lib 'test';
use Encode qw(decode);
use Test::More;
use DemoOutput;

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';
my $file = "$ENV{CXUX_TMP}/demo_run.html";
like $output, qr/^The report as one page for a browser: \Q$file\E$/m, 'and says where the page is';
open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
my $html = do { local $/; <$in> };

my %void = map { $_ => 1 } qw(meta link br img hr input);
my %entity = (amp => '&', lt => '<', gt => '>', quot => '"');

sub unescape
{
	return $_[0] =~ s/&(?:(\w+)|#(\d+));/defined $1 ? $entity{$1} : chr $2/ger;
}

# The elements of a document in order, each with its attributes, its ancestors and its text; and
# what is wrong with it, as XML sees it.
sub read_document
{
	my ($text) = @_;
	my (@elements, @open, @wrong);
	$text =~ s/^<!DOCTYPE html>\s*// or push @wrong, 'no document type';
	while ($text =~ /\G(?:<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<>]+))/gc)
	{
		my ($end, $name, $attributes, $empty, $words) = ($1, $2, $3, $4, $5);
		if (defined $words)
		{
			push @wrong, "words outside: $words" if !@open && $words =~ /\S/;
			push @wrong, "not escaped: $1" while $words =~ /(&(?!amp;|lt;|gt;|quot;|#\d+;).{0,20})/g && $open[-1]{name} ne 'style';
			$_->{text} .= unescape($words) for @open;
		}
		elsif ($end)
		{
			my $last = pop @open;
			push @wrong, "</$name> ends " . ($last ? "<$last->{name}>" : 'nothing') unless $last && $last->{name} eq $name;
		}
		else
		{
			my %attribute;
			while ($attributes =~ /([\w:-]+)="([^"]*)"/g)
			{
				push @wrong, "$1 twice in <$name>" if exists $attribute{$1};
				$attribute{$1} = unescape($2);
			}
			my $element = { name => $name, attribute => \%attribute, path => [ map { $_->{name} } @open ], text => '', inside => $open[-1] };
			push @elements, $element;
			push @open, $element unless $empty;
			push @wrong, "<$name> has no end" if $void{$name} && !$empty;
		}
	}
	push @wrong, 'not read: ' . substr($text, pos($text) // 0, 60) if (pos($text) // 0) < length $text;
	push @wrong, map { "<$_->{name}> is open" } @open;
	return (\@elements, \@wrong);
}

# What a reader would trip over, or a browser would have to fetch.
sub faults
{
	my ($elements, $wrong) = @_;
	my @faults = @$wrong;
	my (%id, %words);
	for my $element (@$elements)
	{
		my ($name, $attribute) = @$element{qw(name attribute)};
		push @faults, "id $attribute->{id} twice" if exists $attribute->{id} && $id{ $attribute->{id} }++;
		push @faults, "<$name> is not for this page" if $name =~ /^(script|iframe|object|embed|link|base|img|image|use|form|input|foreignObject|animate|set)$/;
		for my $key (sort keys %$attribute)
		{
			push @faults, "$key of <$name>" if $key =~ /^on/;
			push @faults, "$key=$attribute->{$key}" if $key =~ /^(?:xlink:)?(?:href|src|action|data)$/ && $attribute->{$key} !~ /^#/;
			push @faults, "$key=$attribute->{$key}" if $attribute->{$key} =~ /url\((?!#)|javascript:/i;
			push @faults, "empty $key of <$name>" if $attribute->{$key} eq '' && $key ne 'class';
		}
		push @faults, "style: $1" if $name eq 'style' && $element->{text} =~ /(\@import|url\((?!#).*|expression\(|http.*)/;
		push @faults, "empty <$name>" if $name =~ /^(?:h\d|th|li|p|caption|figcaption|summary|title|text|a|button)$/ && $element->{text} !~ /\S/;
		# In a picture, what is pointed at has a title, too.
		push @faults, "$name \"$element->{text}\" twice" if $name =~ /^(?:h\d|caption|figcaption|title)$/ && $element->{path}[-1] !~ /^(?:g|rect|path|circle|text)$/ && $words{"$name $element->{text}"}++;
	}
	for my $element (@$elements)
	{
		my $target = ($element->{attribute}{href} // '') =~ s/^#//r;
		push @faults, "#$target is nowhere" if $element->{name} eq 'a' && !$id{$target};
		push @faults, "$_ is nowhere" for grep { !$id{$_} } map { split / / } grep { defined } @{ $element->{attribute} }{qw(aria-labelledby aria-describedby)};
	}
	return @faults;
}

my ($elements, $wrong) = read_document($html);
is_deeply [faults($elements, $wrong)], [], 'the page is well formed, needs nothing else, and says nothing twice';

# The same finds what is wrong.
for my $fault (
	[ '</main>', '</section></main>', 'an end too many' ],
	[ '</table>', '', 'an end too few' ],
	[ 'id="map"', 'id="trends"', 'an id twice' ],
	[ '<h2', '<script>1</script><h2', 'a script' ],
	[ '<h2', '<h2 onclick="1"', 'an event handler' ],
	[ 'href="#map"', 'href="https://example.com/"', 'a reference to elsewhere' ],
	[ 'href="#map"', 'href="#maps"', 'a reference to nowhere' ],
	[ '<style>', '<style>@import "x";', 'an import' ],
	[ '<h2', '<h2>a & b</h2><h2', 'what is not escaped' ],
	[ '<caption>', '<caption>  </caption><caption>', 'an empty caption' ])
{
	my ($from, $to, $what) = @$fault;
	my $broken = $html;
	substr($broken, index($broken, $from), length $from) = $to;
	isnt scalar(faults(read_document($broken))), 0, "$what would be found";
}

for my $settings ('-c timezone=Pacific/Kiritimati -c datestyle=SQL,DMY', '-c timezone=America/Los_Angeles -c search_path=nowhere -c extra_float_digits=0')
{
	my ($code, $again, $errors) = run_command("PGOPTIONS='-c jit=off $settings' psql -X -q -A -t -d $database -c 'SELECT html FROM page.report'");
	ok $code == 0 && decode('UTF-8', $again) eq $html, "the view gives the same to a session with $settings" or diag $errors;
}
SKIP:
{
	my ($code, $out, $err) = run_command("psql -X -q -A -t -d $database -c 'SET jit = off' -c \"SELECT xmlparse(DOCUMENT html) IS NOT NULL FROM page.report\"");
	skip 'this server has no XML', 1 if $err =~ /unsupported XML feature/;
	is "$code $out$err", "0 t\n", 'PostgreSQL takes it for XML, too';
}

# Its outline.
my %count;
$count{ $_->{name} }++ for @$elements;
is $count{h1}, 1, 'one heading of the first level';
my @levels = map { $_->{name} =~ /^h(\d)$/ } @$elements;
is_deeply [ grep { $levels[$_] > $levels[ $_ - 1 ] + 1 } 1 .. $#levels ], [], 'no level of headings is left out';
is_deeply [ map { $_->{attribute}{lang} } grep { $_->{name} eq 'html' } @$elements ], ['en'], 'it says its language';
is scalar(grep { $_->{name} eq 'meta' && ($_->{attribute}{name} // '') eq 'viewport' } @$elements), 1, 'and that it fits narrow screens';
is_deeply [ map { $_->{attribute}{content} } grep { ($_->{attribute}{name} // '') eq 'color-scheme' } @$elements ], ['light dark'], 'light and dark';
is_deeply [ grep { !$count{$_} } qw(header nav main footer section figure table details) ], [], 'parts are marked as what they are';
my @sections = map { $_->{attribute}{id} } grep { $_->{name} eq 'section' } @$elements;
is_deeply \@sections, [qw(summary map trends funnel paths cohorts tasks service loyalty)], 'the sections, in order';
is_deeply [ map { $_->{attribute}{href} } grep { $_->{name} eq 'a' && "@{ $_->{path} }" =~ /\bnav\b/ } @$elements ],
  [ map { "#$_" } @sections[ 1 .. $#sections ] ], 'and in the navigation';

sub inside
{
	my ($whole, $name) = @_;
	my @found;
	for my $element (grep { $_->{name} eq $name } @$elements)
	{
		my $above = $element;
		$above = $above->{inside} while $above && $above != $whole;
		push @found, $element if $above;
	}
	return @found;
}

for my $table (grep { $_->{name} eq 'table' } @$elements)
{
	my ($caption) = inside($table, 'caption');
	my @heads = inside($table, 'th');
	my @rows = inside($table, 'tr');
	ok $caption && $caption->{text} =~ /\w/ && @rows > 1 && !(grep { ($_->{attribute}{scope} // '') !~ /^(?:row|col|colgroup)$/ } @heads)
	  && @rows == grep({ inside($_, 'th') } @rows), 'a table with a caption, whose heads say what they are for: ' . ($caption ? $caption->{text} : '?');
}
my @figures = grep { $_->{name} eq 'figure' } @$elements;
cmp_ok scalar(@figures), '>=', 10, 'there are pictures';
for my $figure (@figures)
{
	my ($svg) = inside($figure, 'svg');
	my ($title) = inside($figure, 'title');
	my ($caption) = inside($figure, 'figcaption');
	ok $svg && $svg->{attribute}{role} eq 'img' && $title && $title->{text} =~ /\w/ && $caption && $caption->{text} =~ /\w/,
	  'a picture with words for those who do not see it: ' . ($title ? $title->{text} : '?');
}
my ($body) = grep { $_->{name} eq 'body' } @$elements;
my @odd = $body->{text} =~ /(.{0,20}(?:\b(?:NaN|null|NULL|undefined|Infinity)\b|\binf\b|%s|\{\}|\(\s*\)|-0\.0+\b|\de[-+]\d|\d\.\d{4}).{0,20})/g;
is_deeply \@odd, [], 'numbers are rounded, and none is missing in words';

# A sign says better or worse; its colour comes from that and never stands alone.
my %sign = (better => '▲', worse => '▼', unclear => '○');
my @signs = grep { exists $sign{ $_->{attribute}{class} // '' } } @$elements;
cmp_ok scalar(@signs), '>', 40, 'there are signs';
is_deeply [ map { $_->{text} } grep { $_->{text} !~ /^$sign{ $_->{attribute}{class} }$_->{attribute}{class}: ./ } @signs ], [], 'every colour has its sign, and its word';
my @coloured = grep { ($_->{attribute}{class} // '') =~ /^(?:facts )?is-(?:better|worse)$/ } @$elements;
is_deeply [ map { $_->{text} } grep { my $class = $_->{attribute}{class} =~ s/.*is-//r; $_->{text} !~ /$sign{$class}/ } @coloured ], [], 'so has every ground';
cmp_ok scalar(@coloured), '>', 20, 'of many';


# The cells of a table as words: for each row its head and what is below each of the others.
sub cells
{
	my ($caption) = @_;
	my ($table) = grep { $_->{name} eq 'table' && (inside($_, 'caption'))[0]{text} =~ $caption } @$elements;
	my @lines;
	for my $row (grep { $_->{path}[-1] eq 'tbody' } inside($table, 'tr'))
	{
		my ($head) = inside($row, 'th');
		push @lines, join '|', map { plain($_->{text}) } $head,
		  map { my ($content) = grep { ($_->{attribute}{class} // '') eq 'content' } inside($_, 'span'); $content || { text => '' } } inside($row, 'td');
	}
	return join "\n", @lines;
}

# Text as plain SQL prints it: one blank, no commas in numbers, the minus of the keyboard, no signs.
sub plain
{
	my ($text) = @_;
	$text =~ tr/−\x{a0}/- /;
	$text =~ s/[▲▼○](?:better|worse|unclear): //g;
	$text =~ s/(?<=\d),(?=\d{3})//g;
	$text =~ s/\s+/ /g;
	return $text =~ s/^ | $//gr;
}

my $p = sub { "CASE WHEN $_[0] < 0.001 THEN 'p < 0.001' ELSE 'p = ' || round(($_[0])::numeric, 3) END" };
is cells(qr/^Touchpoints and their measures/), value(<<"END"), 'the numbers of the touchpoint map are those of the view';
SELECT touchpoint || '|' || string_agg(coalesce(concat_ws(' ', round(estimate::numeric, d), round(low::numeric, d) || ' to ' || round(high::numeric, d), 'n ' || n,
	CASE WHEN gap >= 0.5 * 10 ^ -d THEN '+' ELSE '' END || round(gap::numeric, d) || ' (' || ${\ $p->('adjusted_p') } || ')'), ''), '|' ORDER BY place)
	|| '|' || (SELECT concat_ws(' ', round((x).estimate::numeric, 1), round((x).low::numeric, 1), 'to', round((x).high::numeric, 1), 'of', (x).components, 'measures')
		FROM (SELECT experience_index(estimate, standard_error, worst, best, weight, 'drop') AS x FROM touchpoint_components AS c WHERE c.touchpoint = m.touchpoint) AS i)
FROM (SELECT *, CASE measure WHEN 'CES' THEN 2 ELSE 1 END AS d FROM touchpoint_map) AS m
GROUP BY touchpoint
ORDER BY touchpoint;
END
is cells(qr/^The way to payment by device/), value(<<'END'), 'those of the steps, too';
SELECT format('%s, %s|%s|%s %s to %s|%s|%s|%s', device, name, customers, round(100 * share_of_start::numeric, 1), round(100 * start_low::numeric, 1), round(100 * start_high::numeric, 1),
	round(100 * abandonment::numeric, 1) || ' ' || abandoned || ' customers', round(median_seconds::numeric / 60, 1), open)
FROM bi.checkout_steps
ORDER BY device, step;
END
is cells(qr/^Net Promoter Score by month/) =~ s/\|[^|\n]*$//gmr, value(<<'END'), 'of the months';
SELECT format('%s|%s %s to %s n %s', to_char(month, 'FMMonth'), round(r.score::numeric, 1), round(r.low::numeric, 1), round(r.high::numeric, 1), r.n)
FROM (SELECT date_trunc('month', answered_at AT TIME ZONE 'UTC') AS month, nps(recommend) AS s FROM responses GROUP BY month) AS g, report(g.s) AS r
ORDER BY month;
END
is cells(qr/^Where those went who did not pay/), value(<<'END'), 'of the paths of those who gave up';
SELECT format('%s, then %s|%s|%s', substr(source, 3), CASE target WHEN '(end)' THEN 'nothing' ELSE substr(target, 6) END, actors, round(100 * share, 1))
FROM (
	SELECT r.*, r.actors / sum(r.actors) OVER (PARTITION BY r.step) AS share
	FROM report((SELECT next_events(j, 'view > cart > checkout > pay within 3 days', '2026-01-01 00:00+00') FROM customer_journeys)) AS r
	) AS r
WHERE share >= 0.05
ORDER BY step, actors DESC;
END
is join("\n", map { s/ .*?n / /r } split /\n/, cells(qr/^New customers of 2025 who order again/)), value(<<'END'), 'of the cohorts';
SELECT format('%s|%s %s|%s', period, round(100 * sum(r.actors) / sum(r.cohort_size), 1), sum(r.cohort_size), count(*))
FROM report((SELECT retention(customer_id, ordered_at, 'month') FROM orders JOIN buyers USING (customer_id) WHERE first_at >= '2025-01-01'), false, '2026-01-01 00:00+00') AS r
WHERE period > 0 AND share IS NOT NULL
GROUP BY period
ORDER BY period;
END
is join("\n", map { (split /\|/)[0] . '|' . (split ' ', (split /\|/)[1])[0] . '|' . (split ' ', (split /\|/)[2])[0] } split /\n/, cells(qr/^The tasks in release/)), value(<<'END'), 'of the tasks';
SELECT task || '|' || round(100 * avg(completed::integer) FILTER (WHERE release = '2025.4')) || '|' || round(100 * avg(completed::integer) FILTER (WHERE release = '2025.1'))
FROM task_attempts
GROUP BY task
ORDER BY task;
END
is join("\n", map { (split /\|/)[0] . '|' . (split ' ', (split /\|/)[1])[0] . '|' . (split /\|/)[-1] } split /\n/, cells(qr/^Tickets by severity/)), value(<<'END'), 'of the tickets';
SELECT severity || '|' || round(100 * avg(escalated::integer), 1) || '|' || count(*) FILTER (WHERE resolved_at IS NULL)
FROM tickets
GROUP BY severity
ORDER BY avg(escalated::integer);
END
is join("\n", map { join '|', (split /\|/)[0], map { (split)[0] } (split /\|/)[ 1, 2 ] } split /\n/, cells(qr/^What the buyers of 2024 spent/)), value(<<'END'), 'of the revenue';
SELECT segment || '|' || round(100 * sum(this_year) / sum(last_year), 1) || '|' || round(100 * sum(least(this_year, last_year)) / sum(last_year), 1)
FROM buyers
WHERE last_year > 0
GROUP BY segment
ORDER BY segment;
END
my %card = map { my ($name) = inside($_, 'h3'); my ($value) = grep { ($_->{attribute}{class} // '') eq 'value' } inside($_, 'span'); ($name->{text} => plain($value->{text})) }
  grep { $_->{name} eq 'li' && ($_->{inside}{attribute}{class} // '') eq 'cards' } @$elements;
is join("\n", map { "$_|$card{$_}" } sort keys %card), value(<<'END'), 'and the headlines are those of plain SQL on the raw rows';
SELECT * FROM (
SELECT 'Ease (CES)', round(avg(ease), 2)::text FROM responses
UNION ALL SELECT 'Net Promoter Score', round(100.0 * (count(*) FILTER (WHERE recommend >= 9) - count(*) FILTER (WHERE recommend <= 6)) / count(recommend), 1)::text FROM responses
UNION ALL SELECT 'Net revenue retention', round(100 * sum(this_year) / sum(last_year), 1) || ' %' FROM buyers WHERE last_year > 0
UNION ALL SELECT 'Ordered again', round(100 * avg((coalesce(second_at <= first_at + interval '90 days', false))::integer), 1) || ' %' FROM buyers WHERE first_at >= '2025-01-01' AND first_at + interval '90 days' <= '2026-01-01'
UNION ALL SELECT 'Satisfied (CSAT)', round(100.0 * count(*) FILTER (WHERE satisfaction >= 4) / count(satisfaction), 1) || ' %' FROM responses
UNION ALL SELECT 'Tickets escalated', round(100 * avg(escalated::integer), 1) || ' %' FROM tickets
UNION ALL SELECT 'Usability (SUS)', round(avg(score)::numeric, 1)::text FROM sus_answers, sus(q1, q2, q3, q4, q5, q6, q7, q8, q9, q10) AS score WHERE release = '2025.4'
UNION ALL SELECT 'Viewed and paid', round(100.0 * sum(customers) FILTER (WHERE name = 'pay') / sum(customers) FILTER (WHERE name = 'view'), 1) || ' %' FROM bi.checkout_steps
) AS t (name, value)
ORDER BY name COLLATE "C";
END

# Names are text, whatever is in them: the same page of relations whose names are hostile.
my $name = q{'<script>alert("1")</script> & ' || %s || ' &lt;b> %%s ${x} ]]> <!-- ''"' || E'\u0001\u009b\ufffe\u202e\n▲ forged'};
my $bad = sub { sprintf $name, $_[0] };
open my $script, '<:encoding(UTF-8)', 'demo/report_page.sql' or die $!;
my $page = do { local $/; <$script> };
$page =~ s/\bpage\./hostile_page./g;
$page =~ s/SCHEMA page\b/SCHEMA hostile_page/g;
$page =~ s/\bbi\./hostile./g;
open my $out, '>:encoding(UTF-8)', "$ENV{CXUX_TMP}/hostile_page.sql" or die $!;
print $out <<"END", $page, "SET jit = off;\n\\a \\t\nSELECT html FROM hostile_page.report;\nDROP SCHEMA hostile, hostile_page CASCADE;\n";
SET client_min_messages = warning;
CREATE SCHEMA hostile;
CREATE VIEW hostile.touchpoint_map AS SELECT ${\ $bad->('touchpoint') } AS touchpoint, place, measure, unit, estimate, low, high, n, standard_error, gap, gap_low, gap_high, p_value, adjusted_p FROM public.touchpoint_map;
CREATE VIEW hostile.touchpoint_components AS SELECT ${\ $bad->('touchpoint') } AS touchpoint, place, measure, standard_error, worst, best, weight, estimate FROM public.touchpoint_components;
CREATE VIEW hostile.checkouts AS SELECT CASE device WHEN 'desktop' THEN device WHEN 'tablet' THEN ${\ $bad->('device') } ELSE 'phone' END AS device, shop FROM public.checkouts;
CREATE VIEW hostile.checkout_steps AS SELECT ${\ $bad->('device') } AS device, step, ${\ $bad->('name') } AS name, customers, share_of_start, start_low, start_high, abandoned, abandonment, median_seconds, open FROM bi.checkout_steps;
CREATE VIEW hostile.nps_last_28_days AS SELECT * FROM bi.nps_last_28_days;
CREATE VIEW hostile.stored_tasks AS SELECT release, ${\ $bad->('task') } AS task, device, duration, completion FROM bi.stored_tasks;
CREATE VIEW hostile.tickets AS SELECT ticket_id, customer_id, CASE severity WHEN 'normal' THEN severity ELSE ${\ $bad->('severity') } END AS severity, opened_at, due_at, resolved_at, escalated FROM public.tickets;
CREATE VIEW hostile.buyers AS SELECT customer_id, ${\ $bad->('segment') } AS segment, first_at, second_at, last_year, this_year, referred FROM public.buyers;
CREATE VIEW hostile.service_ratings AS SELECT customer_id, recommend, ease, courtesy, responsiveness, competence, price,
	(SELECT array_agg(left(replace(${\ $bad->('r') }, E'\\u0001', ''), 250)) FROM unnest(reasons) AS r) AS reasons FROM public.service_ratings;
SET search_path = hostile, public;
END
close $out;
my ($code, $hostile, $errors) = run_command("psql -X -q -v ON_ERROR_STOP=1 -d $database -f $ENV{CXUX_TMP}/hostile_page.sql");
is "$code $errors", '0 ', 'the page can be made of relations with hostile names';
($elements, $wrong) = read_document(decode('UTF-8', $hostile));
is_deeply [ faults($elements, $wrong) ], [], 'which are not taken for markup';
my ($all) = grep { $_->{name} eq 'body' } @$elements;
my @seen = $all->{text} =~ /(<script>alert\("1"\)<\/script> & .{1,30} &lt;b> %s \$\{x\} \]\]> <!-- '"    )/g;
cmp_ok scalar(@seen), '>=', 25, 'and are all there, letter by letter';
is_deeply [ map { $_->{text} } grep { exists $sign{ $_->{attribute}{class} // '' } && $_->{text} =~ /forged/ } @$elements ], [], 'none makes a sign of better or worse';
is_deeply [ $hostile =~ /([\x01-\x08\x0b\x0c\x0e-\x1f])/g ], [], 'but for what no document may have';

done_testing;
