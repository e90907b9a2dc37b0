#!/usr/bin/perl
# Intervals and p-values against brute force that shares nothing with the library: sums over all
# outcomes, quadrature of densities, numerical maximisation of likelihoods.
use strict;
use warnings;
use lib 'test';
use List::Util qw(min max);
use POSIX qw(erfc floor lgamma);
use Psql;
use Test::More;

my $pi = atan2(0, -1);

# Rows of a query as arrays of numbers; NULL is undef.
sub rows
{
	my $query = shift;
	my $output = Psql::psql("SET extra_float_digits = 3;\n$query;\n", '-v ON_ERROR_STOP=1');
	die "$query failed: $output" if $?;
	return map { [ map { $_ eq '' ? undef : $_ } split /\|/, $_, -1 ] } split /\n/, $output;
}

# One test for all rows; each is a list of what was found, what it must be, and what it is about.
sub agree
{
	my ($what, $tolerance, @triples) = @_;
	my @wrong = grep { !defined $_->[0] || !defined $_->[1] || !(abs($_->[0] - $_->[1]) <= $tolerance * max(1, abs $_->[1])) } @triples;
	my $number = @triples;
	is(scalar @wrong, 0, "$what ($number numbers)") or diag(join "\n", map { ($_->[2] // '') . ': found ' . ($_->[0] // 'NULL') . ', must be ' . ($_->[1] // 'NULL') } @wrong[ 0 .. min(4, $#wrong) ]);
	fail("$what: too few numbers") if $number < 20;
}

sub bisect
{
	my ($function, $low, $high) = @_;
	for (1 .. 200)
	{
		my $middle = ($low + $high) / 2;
		if ($function->($middle) > 0) { $low = $middle } else { $high = $middle }
	}
	return ($low + $high) / 2;
}
sub upper_normal { return 0.5 * erfc($_[0] / sqrt 2) }
my %z;
sub z { my $tail = shift; return $z{$tail} //= bisect(sub { upper_normal($_[0]) - $tail }, -40, 40) }
sub two_sided { return min(1, 2 * upper_normal(abs $_[0])) }

# Simpson's rule
sub integral
{
	my ($function, $low, $high) = @_;
	return 0 if $high <= $low;
	my ($steps, $sum) = (600, 0);
	my $h = ($high - $low) / $steps;
	$sum += ($_ == 0 || $_ == $steps ? 1 : $_ % 2 ? 4 : 2) * $function->($low + $_ * $h) for 0 .. $steps;
	return $sum * $h / 3;
}

# P(X >= x) and P(X <= x) of a binomial, by summing
sub binomial
{
	my ($x, $n, $share) = @_;
	return $x == 0 ? 1 : 0 if $share == 0;
	return $x == $n ? 1 : 0 if $share == 1;
	return exp(lgamma($n + 1) - lgamma($x + 1) - lgamma($n - $x + 1) + $x * log($share) + ($n - $x) * log(1 - $share));
}
sub upper { my ($x, $n, $share) = @_; my $sum = 0; $sum += binomial($_, $n, $share) for $x .. $n; return $sum }
sub lower { my ($x, $n, $share) = @_; my $sum = 0; $sum += binomial($_, $n, $share) for 0 .. $x; return $sum }

# One share

my $cases = "FROM unnest('{1,2,5,13,40}'::int[]) AS n, generate_series(0, n) AS x, unnest('{0.5,0.9,0.95,0.999}'::float8[]) AS c";
{
	my (@exact, @mid_p);
	for (rows("SELECT x, n, c, e.low, e.high, m.low, m.high $cases, confidence_interval(rate_summary(x, n), c, 'clopper-pearson') AS e, confidence_interval(rate_summary(x, n), c, 'mid-p') AS m"))
	{
		my ($x, $n, $c, $low, $high, $mid_low, $mid_high) = @$_;
		my $alpha = (1 - $c) / 2;
		push @exact, [ $x == 0 ? $low : upper($x, $n, $low), $x == 0 ? 0 : $alpha, "low of $x of $n at $c" ], [ $x == $n ? $high : lower($x, $n, $high), $x == $n ? 1 : $alpha, "high of $x of $n at $c" ];
		push @mid_p, [ $x == 0 ? $mid_low : upper($x, $n, $mid_low) - binomial($x, $n, $mid_low) / 2, $x == 0 ? 0 : $alpha, "low of $x of $n at $c" ],
			[ $x == $n ? $mid_high : lower($x, $n, $mid_high) - binomial($x, $n, $mid_high) / 2, $x == $n ? 1 : $alpha, "high of $x of $n at $c" ];
	}
	agree('clopper-pearson: each end has its tail', 1e-10, @exact);
	agree('mid-p: each end has its tail', 1e-10, @mid_p);
}
{
	my (@wilson, @agresti, @wald, @jeffreys);
	for (rows("SELECT x, n, c, w.low, w.high, a.low, a.high, d.low, d.high, j.low, j.high $cases, confidence_interval(rate_summary(x, n), c, 'wilson') AS w, confidence_interval(rate_summary(x, n), c, 'agresti-coull') AS a,
		confidence_interval(rate_summary(x, n), c, 'wald') AS d, confidence_interval(rate_summary(x, n), c, 'jeffreys') AS j"))
	{
		my ($x, $n, $c, $w_low, $w_high, $a_low, $a_high, $d_low, $d_high, $j_low, $j_high) = @$_;
		my $z = z((1 - $c) / 2);
		my $about = "$x of $n at $c";
		my $p = $x / $n;
		# Wilson: |p - share| is z standard errors at the share
		push @wilson, map { [ abs($p - $_), $z * sqrt($_ * (1 - $_) / $n), $about ] } $w_low, $w_high;
		push @wilson, [ $w_low <= $p && $p <= $w_high ? 1 : 0, 1, $about ];
		my $adjusted = ($x + $z**2 / 2) / ($n + $z**2);
		my $reach = $z * sqrt($adjusted * (1 - $adjusted) / ($n + $z**2));
		push @agresti, [ $a_low, max(0, $adjusted - $reach), $about ], [ $a_high, min(1, $adjusted + $reach), $about ];
		$reach = $z * sqrt($p * (1 - $p) / $n);
		push @wald, [ $d_low, max(0, $p - $reach), $about ], [ $d_high, min(1, $p + $reach), $about ];
		# Beta(x + 1/2, n - x + 1/2) in the angle whose sine squared is the share has no peaks at the ends
		my $density = sub { sin($_[0])**(2 * $x) * cos($_[0])**(2 * ($n - $x)) };
		my $whole = integral($density, 0, $pi / 2);
		my $below = sub { integral($density, 0, atan2(sqrt($_[0]), sqrt(1 - $_[0]))) / $whole };
		push @jeffreys, [ $x == 0 ? $j_low : $below->($j_low), $x == 0 ? 0 : (1 - $c) / 2, "low of $about" ], [ $x == $n ? $j_high : $below->($j_high), $x == $n ? 1 : 1 - (1 - $c) / 2, "high of $about" ];
	}
	agree('wilson: both ends are z standard errors away', 1e-9, @wilson);
	agree('agresti-coull', 1e-10, @agresti);
	agree('wald of a share', 1e-10, @wald);
	agree('jeffreys: each end has its tail', 1e-7, @jeffreys);
}
{
	my (@mid_p, @exact);
	for (rows("SELECT x, n, t, a, m.p_value, e.p_value, m.difference FROM unnest('{1,4,11,40}'::int[]) AS n, generate_series(0, n) AS x, unnest('{0,0.1,0.5,0.77,1}'::float8[]) AS t, unnest('{two-sided,greater,less}'::text[]) AS a,
		benchmark(rate_summary(x, n), t, 0.95, a, 'mid-p') AS m, benchmark(rate_summary(x, n), t, 0.95, a, 'exact') AS e"))
	{
		my ($x, $n, $t, $a, $m, $e, $difference) = @$_;
		my $half = binomial($x, $n, $t) / 2;
		my ($up, $down) = (upper($x, $n, $t), lower($x, $n, $t));
		my $p = sub { my ($u, $d) = @_; return $a eq 'greater' ? $u : $a eq 'less' ? $d : min(1, 2 * min($u, $d)) };
		push @mid_p, [ $m, $p->($up - $half, $down - $half), "$x of $n against $t, $a" ], [ $difference, $x / $n - $t, "$x of $n less $t" ];
		push @exact, [ $e, $p->($up, $down), "$x of $n against $t, $a" ];
	}
	agree('benchmark of a share, mid-p', 1e-10, @mid_p);
	agree('benchmark of a share, exact', 1e-10, @exact);
}

# Two shares

# The variance of the difference if it were delta, at the likelihood's numerical maximum
sub restricted_variance
{
	my ($x, $m, $y, $n, $delta) = @_;
	my $logarithm = sub { my ($count, $share) = @_; return $count == 0 ? 0 : $share <= 0 ? -1e300 : $count * log $share };
	my $likelihood = sub { my $p = shift; my $q = $p - $delta; return $logarithm->($x, $p) + $logarithm->($m - $x, 1 - $p) + $logarithm->($y, $q) + $logarithm->($n - $y, 1 - $q) };
	my ($low, $high) = (max(0, $delta), min(1, 1 + $delta));
	for (1 .. 200)
	{
		my ($a, $b) = ($low + ($high - $low) / 3, $high - ($high - $low) / 3);
		if ($likelihood->($a) < $likelihood->($b)) { $low = $a } else { $high = $b }
	}
	my $p = ($low + $high) / 2;
	my $q = $p - $delta;
	return ($p * (1 - $p) / $m + $q * (1 - $q) / $n) * ($m + $n) / ($m + $n - 1);
}
my @pairs = map { my ($m, $n) = @$_; map { my $x = $_; map { [ $x, $m, $_, $n ] } 0, 1, floor($n / 2), $n } 0, 1, floor($m / 3), $m - 1, $m } [ 2, 2 ], [ 5, 5 ], [ 7, 30 ], [ 100, 9 ], [ 1000, 1500 ];
my $pairs = "FROM (VALUES " . join(', ', map { '(' . join(', ', @$_) . ')' } @pairs) . ") AS v(x, m, y, n), unnest('{0.8,0.95,0.99}'::float8[]) AS c";
{
	my (@ends, @p);
	for (rows("SELECT x, m, y, n, c, d.difference, d.low, d.high, d.p_value $pairs, compare(rate_summary(x, m), rate_summary(y, n), c) AS d"))
	{
		my ($x, $m, $y, $n, $c, $difference, $low, $high, $p) = @$_;
		my $z = z((1 - $c) / 2);
		my $about = "$x of $m less $y of $n at $c";
		push @p, [ $difference, $x / $m - $y / $n, $about ];
		push @ends, [ $low <= $difference && $difference <= $high ? 1 : 0, 1, "order of $about" ];
		# inside the ends the difference is nearer than z standard errors, outside farther
		for my $end ([ $low, -1, 'low' ], [ $high, 1, 'high' ])
		{
			my ($at, $sign, $name) = @$end;
			my $away = sub { my $delta = shift; abs($difference - $delta) - $z * sqrt restricted_variance($x, $m, $y, $n, $delta) };
			my $step = 1e-5 * max(1e-2, $high - $low);
			push @ends, [ abs($at) >= 1 || $away->(max(-1, min(1, $at + $sign * $step))) > -1e-9 ? 1 : 0, 1, "beyond the $name end of $about, $at," ];
			push @ends, [ abs($at - $difference) < $step || $away->($at - $sign * $step) < 1e-9 ? 1 : 0, 1, "within the $name end of $about, $at," ];
			# no interval shrinks to its estimate unless that is the end of the range
			push @ends, [ abs($at - $difference) > 1e-9 || abs($at) >= 1 ? 1 : 0, 1, "width at the $name end of $about, $at," ];
		}
		my $pooled = ($x + $y) / ($m + $n);
		my $variance = $pooled * (1 - $pooled) * (1 / $m + 1 / $n) * ($m + $n) / ($m + $n - 1);
		push @p, [ $p, $variance > 0 ? two_sided($difference / sqrt $variance) : 1, "p of $about" ];
	}
	agree('miettinen-nurminen: ends by maximised likelihood', 1e-9, @ends);
	agree('N-1 test', 1e-9, @p);
}
{
	my (@ends, @p);
	my $wilson = sub { my ($x, $n, $z) = @_; my $centre = $x + $z**2 / 2; my $reach = $z * sqrt($x * ($n - $x) / $n + $z**2 / 4); return (($centre - $reach) / ($n + $z**2), ($centre + $reach) / ($n + $z**2)) };
	my $newcombe = sub {
		my ($x, $m, $y, $n, $z) = @_;
		my ($l1, $u1, $l2, $u2) = ($wilson->($x, $m, $z), $wilson->($y, $n, $z));
		my ($p, $q) = ($x / $m, $y / $n);
		return ($p - $q - sqrt(($p - $l1)**2 + ($u2 - $q)**2), $p - $q + sqrt(($u1 - $p)**2 + ($q - $l2)**2));
	};
	for (rows("SELECT x, m, y, n, c, d.low, d.high, d.p_value $pairs, compare(rate_summary(x, m), rate_summary(y, n), c, 'newcombe') AS d"))
	{
		my ($x, $m, $y, $n, $c, $low, $high, $p) = @$_;
		my ($must_low, $must_high) = $newcombe->($x, $m, $y, $n, z((1 - $c) / 2));
		my $about = "$x of $m less $y of $n at $c";
		push @ends, [ $low, $must_low, "low of $about" ], [ $high, $must_high, "high of $about" ];
		my $difference = $x / $m - $y / $n;
		my $z = $difference == 0 ? 0 : bisect(sub { my ($l, $h) = $newcombe->($x, $m, $y, $n, $_[0]); $difference > 0 ? $l : -$h }, 1e-9, 40);
		push @p, [ $p, two_sided($z), "p of $about" ];
	}
	agree('newcombe', 1e-9, @ends);
	agree('newcombe: p by inversion', 1e-7, @p);
}

# Net scores

my @nets = ([ 1, 0, 0 ], [ 0, 1, 0 ], [ 0, 0, 1 ], [ 0, 5, 0 ], [ 5, 0, 0 ], [ 0, 0, 5 ], [ 1, 1, 1 ], [ 5, 3, 2 ], [ 2, 3, 5 ], [ 10, 0, 10 ], [ 10, 80, 0 ], [ 0, 80, 10 ], [ 500, 300, 200 ], [ 1, 0, 999 ]);
my $nets = 'FROM (VALUES ' . join(', ', map { '(' . join(', ', @$_) . ')' } @nets) . ') AS v(p, q, d)';
my $confidences = "unnest('{0.5,0.8,0.95,0.999}'::float8[]) AS c";
sub net_moments { my ($p, $q, $d) = @_; my $n = $p + $q + $d; return (($p - $d) / $n, sqrt(max(0, ($p + $d) / $n - (($p - $d) / $n)**2) / $n)) }
{
	my (@wald, @adjusted);
	for (rows("SELECT p, q, d, c, w.low, w.high, a.low, a.high $nets, $confidences, confidence_interval(nps_summary(p, q, d), c, 'wald') AS w, confidence_interval(nps_summary(p, q, d), c) AS a"))
	{
		my ($p, $q, $d, $c, @found) = @$_;
		my $z = z((1 - $c) / 2);
		my ($net, $error) = net_moments($p, $q, $d);
		push @wald, [ $found[0], 100 * max(-1, $net - $z * $error), "low of @$_" ], [ $found[1], 100 * min(1, $net + $z * $error), "high of @$_" ];
		($net, $error) = net_moments($p + 0.75, $q + 1.5, $d + 0.75);
		push @adjusted, [ $found[2], 100 * max(-1, $net - $z * $error), "low of @$_" ], [ $found[3], 100 * min(1, $net + $z * $error), "high of @$_" ];
	}
	agree('wald of a net score', 1e-7, @wald);
	agree('adjusted-wald of a net score', 1e-9, @adjusted);
}
# The variance of promoters less detractors if the net share were delta, at the numerical maximum
sub tango_variance
{
	my ($p, $q, $d, $delta) = @_;
	my $logarithm = sub { my ($count, $share) = @_; return $count == 0 ? 0 : $share <= 0 ? -1e300 : $count * log $share };
	my $likelihood = sub { my $share = shift; return $logarithm->($p, $share + $delta) + $logarithm->($d, $share) + $logarithm->($q, 1 - 2 * $share - $delta) };
	my ($low, $high) = (max(0, -$delta), (1 - $delta) / 2);
	for (1 .. 200)
	{
		my ($a, $b) = ($low + ($high - $low) / 3, $high - ($high - $low) / 3);
		if ($likelihood->($a) < $likelihood->($b)) { $low = $a } else { $high = $b }
	}
	return max(0, ($p + $q + $d) * ($low + $high + $delta - $delta**2));
}
{
	my (@ends, @p);
	for (rows("SELECT p, q, d, c, i.low, i.high $nets, $confidences, confidence_interval(nps_summary(p, q, d), c, 'tango') AS i"))
	{
		my ($p, $q, $d, $c, $low, $high) = @$_;
		my $n = $p + $q + $d;
		my $z = z((1 - $c) / 2);
		my $net = ($p - $d) / $n;
		for my $end ([ $low / 100, -1, 'low' ], [ $high / 100, 1, 'high' ])
		{
			my ($at, $sign, $name) = @$end;
			my $away = sub { my $delta = shift; $n * abs($net - $delta) - $z * sqrt tango_variance($p, $q, $d, $delta) };
			my $about = "the $name end of $p/$q/$d at $c, $at,";
			push @ends, [ abs($at) >= 1 || $away->(max(-1, min(1, $at + $sign * 1e-6))) > -1e-9 ? 1 : 0, 1, "beyond $about" ];
			push @ends, [ abs($at - $net) < 1e-6 || $away->($at - $sign * 1e-6) < 1e-9 ? 1 : 0, 1, "within $about" ];
			push @ends, [ abs($at - $net) > 1e-9 || abs($at) >= 1 ? 1 : 0, 1, "width at $about" ];
		}
	}
	agree('tango: ends by maximised likelihood', 1e-9, @ends);
	for (rows("SELECT p, q, d, t, a, b.p_value, b.difference $nets, unnest('{-80,-10,0,33,90}'::float8[]) AS t, unnest('{two-sided,greater,less}'::text[]) AS a, benchmark(nps_summary(p, q, d), t, 0.95, a, 'tango') AS b"))
	{
		my ($p, $q, $d, $t, $a, $found, $difference) = @$_;
		my $n = $p + $q + $d;
		my $variance = tango_variance($p, $q, $d, $t / 100);
		my $z = ($p - $d - $n * $t / 100) / sqrt $variance;
		push @p, [ $found, $a eq 'greater' ? upper_normal($z) : $a eq 'less' ? upper_normal(-$z) : two_sided($z), "p of $p/$q/$d against $t, $a" ], [ $difference, 100 * ($p - $d) / $n - $t, "$p/$q/$d less $t" ];
	}
	agree('benchmark of a net score, tango', 1e-6, @p);
	# All are promoters, and the target is nearly all: the variance is n (1 - t) (1 + t), of which nothing may cancel.
	my @near_one;
	for (rows("SELECT n, t, b.p_value FROM unnest('{1000000,10000000,100000000,1000000000}'::bigint[]) AS n, unnest('{99.9999,99.99999,99.999999,99.9999999,99.99999999}'::float8[]) AS t, benchmark(nps_summary(n, 0, 0), t, 0.95, 'two-sided', 'tango') AS b"))
	{
		my ($n, $t, $p) = @$_;
		push @near_one, [ log $p, log erfc(sqrt($n * (1 - $t / 100) / (1 + $t / 100)) / sqrt 2), "$n promoters, $t" ] if $p > 1e-300;
	}
	agree('benchmark of a net score near 100, tango', 1e-11, @near_one);
}
{
	my @all;
	for (rows("SELECT a.p, a.q, a.d, b.p, b.q, b.d, c, m, r.difference, r.low, r.high, r.p_value FROM (SELECT * $nets) AS a, (SELECT * $nets) AS b, $confidences, unnest('{adjusted-wald,wald}'::text[]) AS m, compare(nps_summary(a.p, a.q, a.d), nps_summary(b.p, b.q, b.d), c, m) AS r"))
	{
		my ($p, $q, $d, $p2, $q2, $d2, $c, $method, $difference, $low, $high, $found) = @$_;
		my $about = "$p/$q/$d less $p2/$q2/$d2 at $c, $method";
		push @all, [ $difference, 100 * ((net_moments($p, $q, $d))[0] - (net_moments($p2, $q2, $d2))[0]), $about ];
		my $k = $method eq 'wald' ? 0 : 0.75;
		my ($net, $error) = net_moments($p + $k, $q + 2 * $k, $d + $k);
		my ($net2, $error2) = net_moments($p2 + $k, $q2 + 2 * $k, $d2 + $k);
		my $both = sqrt($error**2 + $error2**2);
		my $z = z((1 - $c) / 2);
		push @all, [ $low, 100 * max(-2, $net - $net2 - $z * $both), "low of $about" ], [ $high, 100 * min(2, $net - $net2 + $z * $both), "high of $about" ];
		push @all, [ $found, $both > 1e-9 ? two_sided(($net - $net2) / $both) : $net == $net2 ? 1 : 0, "p of $about" ];
	}
	agree('compare net scores', 1e-6, @all);
}

# Means: Student's distribution by quadrature, in the angle whose tangent is t / sqrt(df)
sub upper_student
{
	my ($t, $df) = @_;
	my $density = sub { my $c = cos $_[0]; $c <= 0 ? 0 : $c**($df - 1) };
	my $half = integral($density, 0, $pi / 2);
	my $part = integral($density, 0, atan2(abs $t, sqrt $df)) / $half / 2;
	return $t > 0 ? 0.5 - $part : 0.5 + $part;
}
sub mean_moments { my @counts = @_; my ($n, $sum, $squares) = (0, 0, 0); for (0 .. $#counts) { $n += $counts[$_]; $sum += $counts[$_] * ($_ + 1) } $squares += $counts[$_] * ($_ + 1 - $sum / $n)**2 for 0 .. $#counts; return ($n, $sum / $n, $squares / ($n - 1)) }
my @scales = ('1,2,3,4,5', '5,0,0,0,5', '0,1,1,0,0', '0,0,1,3,90', '100,200,30,400,500', '1,0,0,1,1');
my $scales = 'unnest(ARRAY[' . join(', ', map { "'{$_}'" } @scales) . ']::text[])';
{
	my (@tails, @compare);
	for (rows("SELECT s, t, a, c, b.difference, b.low, b.high, b.p_value FROM $scales AS s, unnest('{1,2.5,3,5}'::float8[]) AS t, unnest('{two-sided,greater,less}'::text[]) AS a, unnest('{0.8,0.95}'::float8[]) AS c, benchmark(likert_summary(1, s::bigint[]), t, c, a) AS b"))
	{
		my ($s, $t, $a, $c, $difference, $low, $high, $p) = @$_;
		my ($n, $mean, $variance) = mean_moments($s =~ /\d+/g);
		my $error = sqrt($variance / $n);
		my $about = "$s against $t, $a, at $c";
		my $alpha = $a eq 'two-sided' ? (1 - $c) / 2 : 1 - $c;
		my $up = upper_student(($mean - $t) / $error, $n - 1);
		push @tails, [ $difference, $mean - $t, $about ], [ $p, $a eq 'greater' ? $up : $a eq 'less' ? 1 - $up : 2 * min($up, 1 - $up), "p of $about" ];
		push @tails, [ $a eq 'less' ? $low : upper_student(($mean - $t - $low) / $error, $n - 1), $a eq 'less' ? 1 - $t : $alpha, "low of $about" ] if $low > 1 - $t + 1e-9 || $a eq 'less';
		push @tails, [ $a eq 'greater' ? $high : upper_student(($high - $mean + $t) / $error, $n - 1), $a eq 'greater' ? 5 - $t : $alpha, "high of $about" ] if $high < 5 - $t - 1e-9 || $a eq 'greater';
	}
	agree('benchmark of a mean: tails by quadrature', 1e-7, @tails);
	for (rows("SELECT s, r, c, d.difference, d.low, d.high, d.p_value FROM $scales AS s, $scales AS r, unnest('{0.8,0.95}'::float8[]) AS c, compare(likert_summary(1, s::bigint[]), likert_summary(1, r::bigint[]), c) AS d"))
	{
		my ($s, $r, $c, $difference, $low, $high, $p) = @$_;
		my ($n, $mean, $variance) = mean_moments($s =~ /\d+/g);
		my ($n2, $mean2, $variance2) = mean_moments($r =~ /\d+/g);
		my ($a, $b) = ($variance / $n, $variance2 / $n2);
		my $df = ($a + $b)**2 / ($a**2 / ($n - 1) + $b**2 / ($n2 - 1));
		next if $df < 2.5; # the quadrature has a peak at its end there
		my $about = "$s less $r at $c";
		push @compare, [ $difference, $mean - $mean2, $about ], [ $p, 2 * upper_student(abs($mean - $mean2) / sqrt($a + $b), $df), "p of $about" ];
		push @compare, [ upper_student(($difference - $low) / sqrt($a + $b), $df), (1 - $c) / 2, "low of $about" ] if $low > -4 + 1e-9;
		push @compare, [ upper_student(($high - $difference) / sqrt($a + $b), $df), (1 - $c) / 2, "high of $about" ] if $high < 4 - 1e-9;
	}
	agree('compare means: tails by quadrature', 1e-6, @compare);
}

# Goodman's intervals: Wilson's with the tail shared among the points
{
	my @all;
	for (rows("SELECT s, c, d.answers, d.simultaneous_low, d.simultaneous_high FROM $scales AS s, unnest('{0.8,0.95}'::float8[]) AS c, distribution(likert_summary(1, s::bigint[]), c) AS d"))
	{
		my ($s, $c, $answers, $low, $high) = @$_;
		my $n = eval join '+', $s =~ /\d+/g;
		my $z = z((1 - $c) / 2 / 5);
		push @all, map { [ abs($answers / $n - $_), $z * sqrt($_ * (1 - $_) / $n), "$answers of $s at $c" ] } $low, $high;
	}
	agree('distribution: simultaneous intervals', 1e-9, @all);
}

# Events: Poisson sums
{
	my @all;
	my $poisson = sub { my ($x, $mean) = @_; exp($x * log($mean) - $mean - lgamma($x + 1)) };
	for (rows("SELECT x, e, c, r.* FROM generate_series(0, 30) AS x, unnest('{1,2.5,1000}'::float8[]) AS e, unnest('{0.5,0.95,0.99}'::float8[]) AS c, event_rate(x, e, c) AS r"))
	{
		my ($x, $exposure, $c, $rate, $low, $high) = @$_;
		my ($below, $up_to) = (0, 0);
		$below += $poisson->($_, $low * $exposure) for $x ? 0 .. $x - 1 : ();
		$up_to += $poisson->($_, $high * $exposure) for 0 .. $x;
		push @all, [ $rate, $x / $exposure, "$x" ], [ $x ? 1 - $below : $low, $x ? (1 - $c) / 2 : 0, "low of $x at $c" ], [ $up_to, (1 - $c) / 2, "high of $x at $c" ];
	}
	agree('event_rate: each end has its tail', 1e-10, @all);

	# Two rates: binomial sums at the share that each end, and equal rates, stand for
	my (@ends, @tests);
	for (rows("SELECT x, y, e, f, c, r.* FROM generate_series(0, 12) AS x, generate_series(0, 12) AS y, unnest('{1,2.5,1000}'::float8[]) AS e, unnest('{1,0.3}'::float8[]) AS f, unnest('{0.5,0.95,0.99}'::float8[]) AS c, compare_event_rates(x, e, y, f, c) AS r WHERE x + y > 0"))
	{
		my ($x, $y, $e, $f, $c, $ratio, $low, $high, $p) = @$_;
		my ($n, $alpha, $about) = ($x + $y, (1 - $c) / 2, "$x in $e and $y in $f at $c");
		my $share = sub { my $r = shift; return $r * $e / ($r * $e + $f) };
		push @ends, [ $ratio, $y ? ($x / $e) / ($y / $f) : 'Infinity', "ratio of $about" ] if $y;
		push @ends, $x ? [ upper($x, $n, $share->($low)), $alpha, "low of $about" ] : [ $low, 0, "low of $about" ];
		push @ends, [ lower($x, $n, $share->($high)), $alpha, "high of $about" ] if $y;
		push @tests, [ $p, min(1, 2 * upper($x, $n, $share->(1)), 2 * lower($x, $n, $share->(1))), "p of $about" ];
		push @tests, [ $ratio eq 'Infinity' && $high eq 'Infinity' ? 1 : 0, 1, "no end of $about" ] unless $y;
	}
	agree('compare_event_rates: each end has its tail', 1e-10, @ends);
	agree('compare_event_rates: twice the smaller tail', 1e-10, @tests);
}

# Planning: the answer is the smallest whole number that does it
{
	my @all;
	for (rows("SELECT m, c, v, responses_for_nps(m, c, v) FROM unnest('{1,5,10,60}'::float8[]) AS m, unnest('{0.8,0.95}'::float8[]) AS c, unnest('{0.1,0.6,1}'::float8[]) AS v"))
	{
		my ($m, $c, $v, $n) = @$_;
		my $margin = sub { 100 * z((1 - $c) / 2) * sqrt($v / ($_[0] + 3)) };
		push @all, [ $margin->($n) <= $m + 1e-9 ? 1 : 0, 1, "$n are enough for $m" ], [ $n == 1 || $margin->($n - 1) > $m - 1e-9 ? 1 : 0, 1, "one less than $n is not for $m" ];
	}
	for (rows("SELECT m, s, c, responses_for_share(m, s, c), responses_for_share(m, s, c, 500) FROM unnest('{0.01,0.05,0.3}'::float8[]) AS m, unnest('{0.1,0.5}'::float8[]) AS s, unnest('{0.8,0.95}'::float8[]) AS c"))
	{
		my ($m, $s, $c, $n, $of_500) = @$_;
		my $margin = sub { my ($k, $correction) = @_; z((1 - $c) / 2) * sqrt($s * (1 - $s) / $k * $correction) };
		push @all, [ $margin->($n, 1) <= $m + 1e-9 ? 1 : 0, 1, "$n are enough for $m" ], [ $n == 1 || $margin->($n - 1, 1) > $m - 1e-9 ? 1 : 0, 1, "one less than $n is not for $m" ];
		push @all, [ $margin->($of_500, (500 - $of_500) / 499) <= $m + 1e-9 ? 1 : 0, 1, "$of_500 of 500 are enough for $m" ], [ $of_500 == 1 || $margin->($of_500 - 1, (500 - $of_500 + 1) / 499) > $m - 1e-9 ? 1 : 0, 1, "one less than $of_500 of 500 is not for $m" ];
	}
	for (rows("SELECT a, b, w, c, responses_for_share_difference(a, b, w, c) FROM unnest('{0.1,0.45}'::float8[]) AS a, unnest('{0.2,0.5,0.9}'::float8[]) AS b, unnest('{0.5,0.8,0.95}'::float8[]) AS w, unnest('{0.8,0.95}'::float8[]) AS c"))
	{
		my ($a, $b, $w, $c, $n) = @$_;
		my $power = sub { my $k = shift; my $p = ($a + $b) / 2; upper_normal(-(sqrt($k) * abs($a - $b) - z((1 - $c) / 2) * sqrt(2 * $p * (1 - $p))) / sqrt($a * (1 - $a) + $b * (1 - $b))) };
		push @all, [ $power->($n) >= $w - 1e-9 ? 1 : 0, 1, "$n are enough for $a and $b" ], [ $n == 1 || $power->($n - 1) < $w + 1e-9 ? 1 : 0, 1, "one less than $n is not for $a and $b" ];
	}
	for (rows("SELECT d, w, c, v, u, responses_for_nps_difference(d, w, c, v, u) FROM unnest('{3,10,50}'::float8[]) AS d, unnest('{0.5,0.8,0.95}'::float8[]) AS w, unnest('{0.8,0.95}'::float8[]) AS c, unnest('{0.4,1}'::float8[]) AS v, unnest('{0.6}'::float8[]) AS u"))
	{
		my ($d, $w, $c, $v, $u, $n) = @$_;
		my $power = sub { upper_normal(-($d / 100 / sqrt(($v + $u) / ($_[0] + 3)) - z((1 - $c) / 2))) };
		push @all, [ $power->($n) >= $w - 1e-9 ? 1 : 0, 1, "$n are enough for $d" ], [ $n == 1 || $power->($n - 1) < $w + 1e-9 ? 1 : 0, 1, "one less than $n is not for $d" ];
	}
	agree('planning: the smallest number that is enough', 0, @all);
}

done_testing;
