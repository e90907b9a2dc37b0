#!/usr/bin/perl
# Random journeys and patterns against a brute force that looks at every chain there is: how deep a
# journey came, how often it took all steps, every attempt; and funnels over journeys against those
# over rows.
use strict;
use warnings;
use lib 'test';
use List::Util qw(max min);
use Psql;
use Test::More;

my $patterns = $ENV{CXUX_CASES} // 120;
my $journeys = 60;
my $base = '2026-03-01 00:00+00';
my $never = 1e9;
srand($ENV{CXUX_SEED} // 7);

sub psql
{
	my $output = Psql::psql(shift, '-v ON_ERROR_STOP=1');
	die $output if $?;
	return split /\n/, $output;
}

sub below { return int rand $_[0] }
sub chance { return rand() < $_[0] }

my @names = qw(a b c x);

sub random_set
{
	return [] if chance(0.06);
	my %set = map { $names[below(4)] => 1 } 1 .. (chance(0.2) ? 2 : 1);
	return [ sort keys %set ];
}

# A pattern as a structure and as text; a set of no names is that of all events
sub random_pattern
{
	my %p = (within => chance(0.75) ? 2 + below(12) : $never, distinct => chance(0.15), first => chance(0.12), any => chance(0.15));
	my $count = $p{any} ? 2 + below(2) : 1 + below(4);
	for my $i (0 .. $count - 1)
	{
		my %step = (names => random_set(), link => '>', forbidden => [], limit => $never, optional => 0);
		if ($i > 0 && !$p{any})
		{
			$step{optional} = $i < $count - 1 && chance(0.3);
			my $link = rand();
			if ($link < 0.15) { $step{link} = '>>' }
			elsif ($link < 0.35) { $step{link} = '!'; $step{forbidden} = random_set(); $step{forbidden} = ['x'] unless @{$step{forbidden}} }
			$step{limit} = below(6) if !$step{optional} && chance(0.2);
		}
		push @{$p{steps}}, \%step;
	}
	my $set = sub { return @{$_[0]} ? join(' | ', @{$_[0]}) : '*' };
	my $text = '';
	for my $i (0 .. $count - 1)
	{
		my $step = $p{steps}[$i];
		if ($i > 0)
		{
			$text .= $p{any} ? ' & ' : $step->{link} eq '>>' ? ' >> ' : $step->{link} eq '!' ? ' > !' . $set->($step->{forbidden}) . ' > ' : ' > ';
		}
		$text .= $step->{optional} ? '[' . $set->($step->{names}) . ']' : $set->($step->{names});
		$text .= " ($step->{limit} minutes)" if $step->{limit} < $never;
	}
	$text .= " within $p{within} minutes" if $p{within} < $never;
	$text .= ', distinct times' if $p{distinct};
	$text .= ', first entry' if $p{first};
	$p{text} = $text;
	return \%p;
}

sub random_journey
{
	my $span = 3 + below(14);
	return [ sort { $a->[0] <=> $b->[0] } map { [ below($span), $names[min(below(5), 3)] ] } 1 .. 1 + below(8) ];
}

sub in_set
{
	my ($set, $name) = @_;
	return !@$set || grep { $_ eq $name } @$set;
}

# Calls a function for every chain, complete or not, of some events: with the steps and the times of it
sub each_chain
{
	my ($p, $events, $starts, $function) = @_;
	my @steps = @{$p->{steps}};
	my @used;
	my $extend;
	$extend = sub {
		my ($start, $last_step, $last, $done) = @_;
		$function->($start, $last_step, $last, $done);
		for my $k ($p->{any} ? (0 .. $#steps) : ($last_step + 1 .. $#steps))
		{
			next if $p->{any} && $done->{$k};
			for my $i (0 .. $#$events)
			{
				my ($at, $name) = @{$events->[$i]};
				next if $used[$i] || $at < $last + ($p->{distinct} ? 1 : 0) || $at - $start > $p->{within} || !in_set($steps[$k]{names}, $name);
				if (!$p->{any})
				{
					next if $at - $last > $steps[$k]{limit};
					next if grep { $_->[0] > $last && $_->[0] < $at && breaks($steps[$k], $_->[1]) } @$events;
				}
				$used[$i] = 1;
				$extend->($start, $k, $at, { %$done, $k => 1 });
				$used[$i] = 0;
			}
			last if !$p->{any} && !$steps[$k]{optional};
		}
	};
	for my $i (0 .. $#$events)
	{
		my ($at, $name) = @{$events->[$i]};
		next unless $starts->($at);
		for my $k ($p->{any} ? (0 .. $#steps) : 0)
		{
			next unless in_set($steps[$k]{names}, $name);
			$used[$i] = 1;
			$extend->($at, $k, $at, { $k => 1 });
			$used[$i] = 0;
		}
	}
}

sub breaks
{
	my ($step, $name) = @_;
	return $step->{link} eq '>>' || $step->{link} eq '!' && in_set($step->{forbidden}, $name);
}

sub can_start
{
	my ($p, $name) = @_;
	return grep { in_set($_->{names}, $name) } $p->{any} ? @{$p->{steps}} : $p->{steps}[0];
}

sub depth_of
{
	my ($p, $last_step, $done) = @_;
	return $p->{any} ? scalar keys %$done : $last_step + 1;
}

# Until when a hypothetical event could extend a chain that starts at some time, and whether what comes
# then breaks the last ones
sub alive_until
{
	my ($p, $events, $start) = @_;
	my @ends;
	each_chain($p, $events, sub { $_[0] == $start }, sub {
		my (undef, $last_step, $last) = @_;
		for my $k ($last_step + 1 .. $#{$p->{steps}})
		{
			my $step = $p->{steps}[$k];
			my $broken = min($never, map { $_->[0] } grep { $_->[0] > $last && breaks($step, $_->[1]) } @$events);
			push @ends, [ min($last + $step->{limit}, $start + $p->{within}), $broken ];
			last unless $step->{optional};
		}
	});
	my $until = max(map { min(@$_) } @ends);
	return ($until, !grep { min(@$_) == $until && $_->[1] != $until } @ends);
}

# All attempts by the definition: started_at, ended_at, depth, completed, actions
sub attempts
{
	my ($p, $all) = @_;
	my ($after, @runs) = (-1);
	my $only = min($never, map { $_->[0] } grep { can_start($p, $_->[1]) } @$all);
	for (;;)
	{
		my @events = grep { $_->[0] > $after } @$all;
		my ($start, $end) = ($never, $never);
		my $starts = sub { return !$p->{first} || $_[0] == $only };
		each_chain($p, \@events, $starts, sub {
			my ($from, $last_step, $last, $done) = @_;
			return if depth_of($p, $last_step, $done) < @{$p->{steps}};
			($start, $end) = ($from, $last) if $last < $end || $last == $end && $from < $start;
		});
		# before it, those that do not complete
		for (;;)
		{
			my @before = grep { $_->[0] > $after && $_->[0] < $start } @$all;
			my ($first) = grep { can_start($p, $_->[1]) && $starts->($_->[0]) } @before;
			last unless $first;
			my $from = $first->[0];
			my $until = $p->{within} + $from;
			if (!$p->{any})
			{
				($until, my $broken) = alive_until($p, \@before, $from);
				$until -= 0.5 if $broken && grep { $_->[0] == $until && can_start($p, $_->[1]) } @before;
			}
			$until = min($until, $start - 0.5);
			my @inside = grep { $_->[0] >= $from && $_->[0] <= $until } @$all;
			my $depth = 0;
			each_chain($p, \@inside, sub { $_[0] == $from }, sub { $depth = max($depth, depth_of($p, $_[1], $_[3])) });
			push @runs, [ $from, $inside[-1][0], $depth, 'f', scalar @inside ];
			return @runs if $p->{first};
			$after = $until;
		}
		return @runs if $start == $never;
		push @runs, [ $start, $end, scalar @{$p->{steps}}, 't', scalar grep { $_->[0] >= $start && $_->[0] <= $end } @$all ];
		return @runs if $p->{first};
		$after = $end;
	}
}

my (@cases, $copy);
for my $number (1 .. $patterns)
{
	my $p = random_pattern();
	for (1 .. $journeys)
	{
		my $events = random_journey();
		push @cases, { pattern => $p, number => $number, events => $events };
		$copy .= join("\t", scalar @cases, $number, $p->{text}, '{' . join(',', map { $_->[0] } @$events) . '}', '{' . join(',', map { $_->[1] } @$events) . '}') . "\n";
	}
}
my @found = psql(<<"SQL" . $copy . <<"SQL");
CREATE TABLE cases (id bigint, pattern int, steps text, minutes int[], names text[]);
COPY cases FROM stdin;
SQL
\\.
CREATE TABLE rows AS SELECT id, pattern, steps::step_pattern, '$base'::timestamptz + minute * interval '1 minute' AS at, name AS event FROM cases, unnest(minutes, names) AS u(minute, name);
CREATE TABLE packed AS SELECT id, pattern, steps, journey(at, event ORDER BY md5(at::text || event)) AS j FROM rows GROUP BY id, pattern, steps;
SELECT concat_ws(' ', id, depth(j, steps), j @> steps, match_count(j, steps),
	(SELECT string_agg(concat_ws('/', extract(epoch FROM started_at - '$base')::int / 60, extract(epoch FROM ended_at - '$base')::int / 60, depth, completed, actions,
		seconds = extract(epoch FROM ended_at - started_at) AND event_count(run) = actions AND first_at(run) = started_at AND last_at(run) = ended_at
			AND run = slice(j, started_at, ended_at + interval '1 microsecond')), ' ') FROM runs(j, steps)))
FROM packed ORDER BY id;
SQL

is(scalar @found, scalar @cases, 'all journeys are there');
my (%wrong, %seen);
for my $i (0 .. $#cases)
{
	my ($p, $events) = @{$cases[$i]}{qw(pattern events)};
	my (undef, $depth, $matches, $count, @runs) = split / /, $found[$i];
	my $only = min($never, map { $_->[0] } grep { can_start($p, $_->[1]) } @$events);
	my $deepest = 0;
	each_chain($p, $events, sub { !$p->{first} || $_[0] == $only }, sub { $deepest = max($deepest, depth_of($p, $_[1], $_[3])) });
	my @expected = attempts($p, $events);
	my $completed = grep { $_->[3] eq 't' } @expected;
	my $what = "'$p->{text}' of " . join(' ', map { "$_->[1]\@$_->[0]" } @$events);
	$wrong{depth} //= "$what: $depth, not $deepest" if $depth != $deepest;
	$wrong{matches} //= "$what: $matches" if $matches ne ($deepest == @{$p->{steps}} ? 't' : 'f');
	# of a single step every event is a match, also of those at one instant
	my $single = @{$p->{steps}} == 1 && !$p->{first};
	my $matching = $single ? grep { in_set($p->{steps}[0]{names}, $_->[1]) } @$events : $completed;
	$wrong{match_count} //= "$what: $count, not $matching" if $count != $matching;
	$seen{ties}++ if $matching > $completed;
	my $runs = join ' ', map { join '/', @$_, 't' } @expected;
	$wrong{runs} //= "$what: @runs, not $runs" if "@runs" ne $runs;
	$seen{depth}{$deepest}++;
	$seen{runs}{scalar @expected}++;
	$seen{completed}{$completed}++;
	$seen{unfinished}++ if $completed && grep { $_->[3] eq 'f' } @expected;
	$seen{any}++ if $p->{any} && $completed;
	$seen{optional}++ if $completed && grep { $_->{optional} } @{$p->{steps}};
	$seen{linked}++ if @expected > 1 && grep { $_->{link} ne '>' } @{$p->{steps}};
}
for my $what (qw(depth matches match_count runs))
{
	ok(!$wrong{$what}, "$what is what brute force finds") or diag($wrong{$what});
}
cmp_ok(min(map { $seen{depth}{$_} // 0 } 0 .. 3), '>', @cases / 100, 'journeys of all depths');
cmp_ok(min(map { $seen{runs}{$_} // 0 } 0 .. 3), '>', @cases / 100, 'some with several attempts');
cmp_ok($seen{ties} // 0, '>', @cases / 100, 'some with several matches of a single step at one instant');
cmp_ok(min(map { $seen{completed}{$_} // 0 } 0 .. 2), '>', @cases / 100, 'some that complete more than once');
cmp_ok(min(map { $seen{$_} // 0 } qw(unfinished any optional linked)), '>', @cases / 100, 'with all constructs');

# Funnels of both kinds, with all options: the same bytes
my $differ = join ' ', psql(<<"SQL");
CREATE TABLE bounds AS SELECT lower, upper, as_of FROM (VALUES (NULL::int, NULL::int, NULL::int), (2, NULL, NULL), (NULL, 6, 9), (1, 5, NULL), (NULL, NULL, 8), (0, 0, 20)) AS v(lower, upper, as_of);
CREATE FUNCTION minute(m int) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS \$\$ SELECT '$base'::timestamptz + m * interval '1 minute' \$\$;
CREATE TABLE both_kinds AS
SELECT pattern, b, f::text AS of_rows, (SELECT funnel(j, steps) FROM packed AS p WHERE p.pattern = r.pattern)::text AS of_journeys
FROM (SELECT pattern, NULL::bounds AS b, funnel(id, at, event, steps) AS f FROM rows GROUP BY pattern) AS r
UNION ALL
SELECT pattern, b, f::text, (SELECT funnel(j, steps, minute((b).as_of)) FROM packed AS p WHERE p.pattern = r.pattern)::text
FROM (SELECT pattern, b, funnel(id, at, event, steps, minute(b.as_of)) AS f FROM rows, bounds AS b WHERE as_of IS NOT NULL AND conversion_window(steps) IS NOT NULL GROUP BY pattern, b) AS r
UNION ALL
SELECT pattern, b, f::text, (SELECT funnel(j, steps, minute((b).as_of), tstzrange(minute((b).lower), minute((b).upper), '[]')) FROM packed AS p WHERE p.pattern = r.pattern)::text
FROM (SELECT pattern, b, funnel(id, at, event, steps, minute(b.as_of), tstzrange(minute(b.lower), minute(b.upper), '[]')) AS f FROM rows, bounds AS b WHERE as_of IS NOT NULL AND conversion_window(steps) IS NOT NULL GROUP BY pattern, b) AS r;
SELECT string_agg(format('%s %s: %s, not %s', pattern, b, of_journeys, of_rows), ' ') FROM both_kinds WHERE of_rows IS DISTINCT FROM of_journeys;
SQL
is($differ, '', 'funnels over journeys are those over rows');
cmp_ok((psql('SELECT count(*) FROM both_kinds'))[0], '>', 4 * $patterns, 'of all patterns, with as_of and entered');
my ($lists) = psql(<<"SQL");
SELECT count(*) FILTER (WHERE depth(j, steps) IS DISTINCT FROM d.depth), count(*) FILTER (WHERE outcome(j, steps, minute(7)) IS DISTINCT FROM d.outcome), count(DISTINCT d.outcome), count(*) > 9 * $patterns
FROM packed JOIN (SELECT id, depth(at, event, steps), outcome(at, event, steps, minute(7)) FROM rows WHERE conversion_window(steps) IS NOT NULL GROUP BY id) AS d USING (id);
SQL
is($lists, '0|0|3|t', 'so are depths and outcomes');

# An index and a scan agree on random patterns
my $indexed = (psql(<<"SQL"))[-1];
CREATE INDEX ON packed USING gin (j);
ANALYZE packed;
CREATE TABLE patterns AS SELECT DISTINCT steps::text FROM packed;
CREATE FUNCTION found(s text) RETURNS bigint[] LANGUAGE plpgsql AS \$\$ BEGIN RETURN (SELECT array_agg(id ORDER BY id) FROM packed WHERE j @> s::step_pattern); END \$\$;
SET enable_indexscan = off; SET enable_bitmapscan = off;
CREATE TABLE scanned AS SELECT steps, found(steps) FROM patterns;
SET enable_bitmapscan = on; SET enable_seqscan = off;
DISCARD PLANS;
CREATE TABLE looked_up AS SELECT steps, found(steps) FROM patterns;
SELECT pg_stat_force_next_flush();
SELECT count(*) FILTER (WHERE s.found IS DISTINCT FROM l.found), count(*) FILTER (WHERE cardinality(s.found) > 10) > count(*) / 2, (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'packed_j_idx') >= count(*) FROM scanned AS s JOIN looked_up AS l USING (steps);
SQL
is($indexed, '0|t|t', 'an index finds what a scan does');

done_testing();
