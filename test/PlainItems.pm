# For the tests of items: reliability and key drivers of a matrix of covariances, from their
# definitions.
package PlainItems;
use strict;
use warnings;
use List::Util qw(max sum);
use Exporter 'import';
our @EXPORT = qw(covariances_query covariances alpha alpha_interval drivers);

# A query for the number of rows without a gap, that of all, and the covariances of expressions on
# the former.
sub covariances_query
{
	my ($from, @items) = @_;
	my @covariances;
	for my $i (0 .. $#items)
	{
		push @covariances, "covar_samp($items[$i], $items[$_])" for 0 .. $i;
	}
	my $complete = join ' AND ', map { "$_ IS NOT NULL" } @items;
	return "SET extra_float_digits = 3; SELECT count(*), (SELECT count(*) FROM $from), "
	  . join(', ', @covariances) . " FROM $from WHERE $complete;";
}

# What that query printed: the two numbers and the matrix.
sub covariances
{
	my ($complete, $all, @covariances) = split /\|/, $_[0];
	my @matrix;
	for (my $i = 0; @covariances; $i++)
	{
		for my $j (0 .. $i)
		{
			$matrix[$i][$j] = $matrix[$j][$i] = shift @covariances;
		}
	}
	return ($complete, $all, \@matrix);
}

# Cronbach's alpha of the items whose numbers are given.
sub alpha
{
	my ($matrix, @items) = @_;
	my $own = sum map { $matrix->[$_][$_] } @items;
	my $total = sum map { my $i = $_; map { $matrix->[$i][$_] } @items } @items;
	return @items / (@items - 1) * (1 - $own / $total);
}

# The share x below which a part of the beta distribution lies, where it has one peak within 0 and
# 1: Simpson's rule within 12 standard deviations, and halving.
sub beta_quantile
{
	my ($part, $a, $b) = @_;
	my $peak = ($a - 1) / ($a + $b - 2);
	my $deviation = sqrt($peak * (1 - $peak) / ($a + $b));
	my $start = max(1e-12, $peak - 12 * $deviation);
	my $density = sub {
		my ($x) = @_;
		return $x >= 1 ? 0 : exp(($a - 1) * log($x / $peak) + ($b - 1) * log((1 - $x) / (1 - $peak)));
	};
	my $below = sub {
		my ($end) = @_;
		my $step = ($end - $start) / 600;
		return $step / 3
		  * sum map { ($_ == 0 || $_ == 600 ? 1 : $_ % 2 ? 4 : 2) * $density->($start + $_ * $step) } 0 .. 600;
	};
	my ($low, $high) = ($start, $peak + 12 * $deviation);
	$high = 1 if $high > 1;
	my $whole = $below->($high);
	for (1 .. 45)
	{
		my $middle = ($low + $high) / 2;
		if ($below->($middle) < $part * $whole) { $low = $middle }
		else { $high = $middle }
	}
	return $low;
}

sub f_quantile
{
	my ($part, $df1, $df2) = @_;
	my $x = beta_quantile($part, $df1 / 2, $df2 / 2);
	return $df2 / $df1 * $x / (1 - $x);
}

# Feldt's interval, 95 %, of the alpha of so many respondents and items.
sub alpha_interval
{
	my ($alpha, $n, $k) = @_;
	return map { 1 - (1 - $alpha) * f_quantile($_, $n - 1, ($n - 1) * ($k - 1)) } 0.975, 0.025;
}

# The eigenvalues of a symmetric matrix, and its eigenvectors as columns, by Jacobi's rotations.
sub eigen
{
	my ($matrix) = @_;
	my $last = $#$matrix;
	my @a = map { [@$_] } @$matrix;
	my @v = map { my $i = $_; [ map { $_ == $i ? 1 : 0 } 0 .. $last ] } 0 .. $last;
	for (1 .. 50)
	{
		for my $p (0 .. $last)
		{
			for my $q ($p + 1 .. $last)
			{
				my $angle = atan2(2 * $a[$p][$q], $a[$q][$q] - $a[$p][$p]) / 2;
				my ($cos, $sin) = (cos $angle, sin $angle);
				($_->[$p], $_->[$q]) = ($cos * $_->[$p] - $sin * $_->[$q], $sin * $_->[$p] + $cos * $_->[$q]) for @a, @v;
				for my $k (0 .. $last)
				{
					($a[$p][$k], $a[$q][$k]) = ($cos * $a[$p][$k] - $sin * $a[$q][$k], $sin * $a[$p][$k] + $cos * $a[$q][$k]);
				}
			}
		}
	}
	return ([ map { $a[$_][$_] } 0 .. $last ], \@v);
}

# Of the covariances of an outcome, which comes first, and its predictors: for each of these the
# correlation, the standardised coefficient and Johnson's share of R squared, and R squared.
sub drivers
{
	my ($matrix) = @_;
	my @predictors = 1 .. $#$matrix;
	my $correlation = sub { my ($i, $j) = @_; return $matrix->[$i][$j] / sqrt($matrix->[$i][$i] * $matrix->[$j][$j]) };
	my @r = map { $correlation->(0, $_) } @predictors;
	my ($values, $vectors) = eigen([ map { my $i = $_; [ map { $correlation->($i, $_) } @predictors ] } @predictors ]);
	my $power = sub {
		my ($exponent, $i, $j) = @_;
		return sum map { $vectors->[$i][$_] * $values->[$_]**$exponent * $vectors->[$j][$_] } 0 .. $#r;
	};
	my $times = sub { my ($exponent, $i) = @_; return sum map { $power->($exponent, $i, $_) * $r[$_] } 0 .. $#r };
	my @beta = map { $times->(-1, $_) } 0 .. $#r;
	my $r_squared = sum map { $beta[$_] * $r[$_] } 0 .. $#r;
	my @weight = map { my $i = $_; sum map { $power->(0.5, $i, $_)**2 * $times->(-0.5, $_)**2 } 0 .. $#r } 0 .. $#r;
	return map { [ $r[$_], $beta[$_], $weight[$_] / $r_squared, $r_squared ] } 0 .. $#r;
}

1;
