/*-------------------------------------------------------------------------
 *
 * distributions.c
 *	  Normal, Student, beta and chi-square distribution functions and quantiles.
 *
 * Student and chi-square are the incomplete beta and gamma functions.  Both are written
 * here in the variable w = log(x / (1 - x)) (beta) or w = log(x) (gamma), in which their
 * densities are log-concave without singularities at the ends:
 *
 *		beta	g(w) = x^a (1 - x)^b / B(a, b)		(log g)' = a - (a + b) x
 *		gamma	g(w) = x^a exp(-x) / Gamma(a)		(log g)' = a - x
 *
 * A tail is g(w) times an integral, where g comes from the deviances and the Stirling
 * errors of C. Loader, "Fast and accurate computation of binomial probabilities" (2000),
 * which lose no digits at a + b = 1e9, and the integral, which has neither large nor
 * cancelling terms, from the power series of positive terms (NIST DLMF 8.17.8 with
 * 15.8.1, and 8.11.4) or from Gauss-Legendre quadrature of the density's fall along w.
 * Always the tail that does not contain the mean is computed, and the other is its
 * complement.
 *
 * A quantile solves log(tail) = log(p) in w by Halley's method.  That function is
 * concave, so Newton steps from the far side never overshoot; a bracket bounds the rest.
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "distributions.h"

#define SQRT_HALF 0.70710678118654752440
#define SQRT_HALF_RESIDUE -4.8336466567264851e-17 /* sqrt(1/2) less its double */
#define TWO_OVER_SQRT_PI 1.12837916709551257390
#define SQRT_TWO_PI 2.50662827463100050242
#define LOG_TWO 0.69314718055994530942
#define LOG_TWO_PI 1.83787706640934548356

/* Outside of these the products of parameters would overflow */
#define MIN_PARAMETER 1e-100
#define MAX_PARAMETER 1e100

/* From here on Student's tails down to DBL_MIN differ by t^4 / (4 df) < 1e-14 from the normal's */
#define STUDENT_IS_NORMAL 1e20

/* Stirling's series from here on: its first term left out is below 3e-17 */
#define STIRLING_START 10.0

/* Below this x - log(1 + x) and expm1(x) - x cancel and have their series */
#define SERIES_ARGUMENT 0.5

/* Ends these series, whose terms shrink by SERIES_ARGUMENT or faster, should they not end */
#define SERIES_TERMS 120

/* The power series takes about sqrt(80 a / (1 - x)) terms at the mean: here at most 200 */
#define POWER_PARAMETER 100.0
#define POWER_X 0.75
#define POWER_TERMS 4000

/*
 * Above POWER_X, quadrature along a fall of exp(-a w) needs a panel for each PANEL_LENGTH of
 * 40 / a.  For smaller a than this the series for x <= SMALL_X (400 terms) or else the
 * complement is faster.  The complement is at most 1 - b / 10, so for a tiny b it reaches
 * CANCELLING and would lose digits; then the many panels pay, down to a = CANCELLING_A.
 */
#define QUADRATURE_A 12.0
#define SMALL_X 0.9
#define CANCELLING 0.99
#define CANCELLING_A 0.1

/* The integrand is followed down to between exp(-FALL_MIN) and exp(-FALL_MAX) */
#define FALL_MIN 38.0
#define FALL_TARGET 40.0
#define FALL_MAX 45.0

/* The singularities at a distance of pi from the real line limit a panel's length */
#define PANEL_LENGTH 4.0
#define PANELS_MAX 400

/* Bounds for searches by Newton steps, which may change s by STEP_FACTOR at most */
#define SEARCH_STEPS 60
#define STEP_FACTOR 4.0

/* Relative error of the starting deviance, about that of the approximation itself */
#define START_ERROR 0.01

/* Above this log(1 + part expm1(e)) - part e has no cancellation worth a series */
#define FAR_ARGUMENT 1.0

/* Bisection of the exponent and of the mantissa would take fewer */
#define SOLVE_STEPS 120

/* Halley's error is about the cube of this, relative to the tail */
#define SOLVE_ERROR 3e-6

/* Limits of w so that exp(w) and exp(-w) are normal doubles */
#define MAX_LOG 700.0
#define MAX_ODDS 1e304

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Positive nodes and the weights of the 30-point Gauss-Legendre rule */
static const double gauss_legendre[][2] = {{0.051471842555317695833, 0.10285265289355884034},
										   {0.15386991360858354696, 0.1017623897484055046},
										   {0.25463692616788984644, 0.099593420586795267063},
										   {0.35270472553087811347, 0.096368737174644259639},
										   {0.44703376953808917678, 0.092122522237786128718},
										   {0.53662414814201989926, 0.086899787201082979802},
										   {0.62052618298924286114, 0.080755895229420215355},
										   {0.69785049479331579693, 0.073755974737705206268},
										   {0.76777743210482619492, 0.065974229882180495128},
										   {0.82956576238276839744, 0.057493156217619066482},
										   {0.88256053579205268154, 0.048402672830594052903},
										   {0.92620004742927432588, 0.038799192569627049597},
										   {0.96002186496830751222, 0.02878470788332336935},
										   {0.98366812327974720997, 0.018466468311090959142},
										   {0.99689348407464954027, 0.0079681924961666056155}};

/* Coefficients B_2k / (2k (2k - 1)) of Stirling's series in 1 / a */
static const double stirling_series[] = {1.0 / 12.0,    -1.0 / 360.0, 1.0 / 1260.0,
										 -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360360.0,
										 1.0 / 156.0};

/* One tail: of beta(a, b) the lower, of gamma(a) either */
typedef struct TailShape
{
	bool gamma;
	bool upper;
	double a;
	double b;         /* beta only */
	double n;         /* a + b, beta only */
	double log_scale; /* log of g(w) at its mode */
} TailShape;

/* A point of the tail, not past the mean */
typedef struct TailPoint
{
	double x;
	double y;     /* 1 - x, beta only */
	double slope; /* |(log g)'| = |a - (a + b) x| or |a - x| */
} TailPoint;

/* The fall of log g from a point outward */
typedef struct TailFall
{
	bool gamma;
	double slope;
	double n;    /* beta: a + b; gamma: 1 */
	double part; /* beta: the smaller of x and y; gamma: x */
	double sign; /* does part grow or shrink outward */
} TailFall;

/* A solution: odds x / y (gamma: x), and its logarithm should the odds underflow */
typedef struct TailRoot
{
	double odds;
	double log_odds;
} TailRoot;

/* Return u - log(1 + u), given both u and 1 + u to full relative accuracy */
static double
LogDeviance(double u, double one_plus_u)
{
	double r;
	double square;
	double power;
	double sum;
	int k;

	if (!(fabs(u) < SERIES_ARGUMENT))
		return u - log(one_plus_u);

	/* log(1 + u) = 2 atanh(r), and u - 2 r = u r */
	r = u / (2.0 + u);
	square = r * r;
	power = square;
	sum = 1.0 / 3.0;
	for (k = 5; k < SERIES_TERMS && power > DBL_EPSILON / 4.0; k += 2)
	{
		sum += power / k;
		power *= square;
	}
	return r * (u - 2.0 * square * sum);
}

/* Return exp(e) - 1 - e */
static double
ExpExcess(double e)
{
	double term;
	double sum;
	int k;

	if (!(fabs(e) < SERIES_ARGUMENT))
		return expm1(e) - e;
	term = 0.5 * e * e;
	sum = term;
	for (k = 3; k < SERIES_TERMS && fabs(term) > DBL_EPSILON / 4.0 * sum; k++)
	{
		term *= e / k;
		sum += term;
	}
	return sum;
}

/* Return log(Gamma(a)) less Stirling's (a - 1/2) log(a) - a + log(2 pi) / 2 */
static double
StirlingError(double a)
{
	double inverse;
	double square;
	double sum = 0.0;
	size_t k;

	/* Gamma(a + 1), as Gamma(a) overflows near zero; lgamma is not reentrant */
	if (a < STIRLING_START)
		return log(tgamma(a + 1.0)) - (a + 0.5) * log(a) + a - 0.5 * LOG_TWO_PI;

	inverse = 1.0 / a;
	square = inverse * inverse;
	for (k = LENGTH(stirling_series); k > 0; k--)
		sum = sum * square + stirling_series[k - 1];
	return sum * inverse;
}

/* Set up the lower tail of beta(a, b) */
static void
InitBeta(TailShape *shape, double a, double b)
{
	shape->gamma = false;
	shape->upper = false;
	shape->a = a;
	shape->b = b;
	shape->n = a + b;
	shape->log_scale = 0.5 * (log(a) + log(b / shape->n) - LOG_TWO_PI) +
		(StirlingError(shape->n) - StirlingError(fmax(a, b))) - StirlingError(fmin(a, b));
}

/* Set up a tail of gamma(a) */
static void
InitGamma(TailShape *shape, double a, bool upper)
{
	shape->gamma = true;
	shape->upper = upper;
	shape->a = a;
	shape->b = 0.0;
	shape->n = 1.0;
	shape->log_scale = 0.5 * (log(a) - LOG_TWO_PI) - StirlingError(a);
}

/* Exchange the tails of beta */
static void
SwapShape(TailShape *shape)
{
	double a = shape->a;

	shape->a = shape->b;
	shape->b = a;
}

/* Return how far log g lies below its mode */
static double
Deviance(const TailShape *shape, const TailPoint *point)
{
	double a = shape->a;
	double b = shape->b;
	double d = shape->upper ? point->slope : -point->slope; /* n x - a, or x - a */

	if (shape->gamma)
		return a * LogDeviance(d / a, point->x / a);
	return a * LogDeviance(d / a, point->x / a * shape->n) +
		b * LogDeviance(-d / b, point->y / b * shape->n);
}

/* Return log g at a point of the tail less log g at a distance s outward */
static double
Fall(const TailFall *fall, double s)
{
	double e = fall->sign * s;
	double excess;
	double rise;

	if (fall->gamma)
		return fall->slope * s + fall->part * ExpExcess(e);
	if (fabs(e) > FAR_ARGUMENT)
		return fall->slope * s + fall->n * (log1p(fall->part * expm1(e)) - fall->part * e);
	excess = ExpExcess(e);
	rise = fall->part * (e + excess);
	return fall->slope * s + fall->n * (fall->part * excess - LogDeviance(rise, 1.0 + rise));
}

/* Return the derivative of Fall, roughly */
static double
FallRate(const TailFall *fall, double s)
{
	double growth = expm1(fall->sign * s);
	double rate = fall->sign * fall->n * fall->part * growth;

	if (!fall->gamma)
		rate *= (1.0 - fall->part) / (1.0 + fall->part * growth);
	return fall->slope + rate;
}

/* Return the distance at which Fall is about FALL_TARGET */
static double
FallDistance(const TailFall *fall)
{
	double curve = fall->part * fall->n * (fall->gamma ? 1.0 : 1.0 - fall->part);
	double s;
	double value;
	double move;
	int step;

	s = 2.0 * FALL_TARGET /
		(fall->slope + sqrt(fall->slope * fall->slope + 2.0 * FALL_TARGET * curve));
	for (step = 0; step < SEARCH_STEPS; step++)
	{
		value = Fall(fall, s);
		if (value >= FALL_MIN && value <= FALL_MAX)
			break;

		/* Newton's step for the logarithm of the fall, kept within a factor */
		move = log(value / FALL_TARGET) * value / FallRate(fall, s);
		if (!isfinite(value) || !isfinite(move))
			move = s * 0.5;
		s = fmin(fmax(s - move, s / STEP_FACTOR), s * STEP_FACTOR);
	}
	return s;
}

/* Return the integral of exp(-Fall) by composite Gauss-Legendre quadrature */
static double
FallIntegral(const TailShape *shape, const TailPoint *point)
{
	TailFall fall;
	double distance, half, sum = 0.0;
	int panels, panel;
	size_t k;

	fall.gamma = shape->gamma;
	fall.slope = point->slope;
	fall.n = shape->n;
	if (shape->gamma)
	{
		fall.part = point->x;
		fall.sign = shape->upper ? 1.0 : -1.0;
	}
	else
	{
		fall.part = fmin(point->x, point->y);
		fall.sign = point->x < point->y ? -1.0 : 1.0;
	}

	distance = FallDistance(&fall);
	panels = (int) fmin(ceil(distance / PANEL_LENGTH), PANELS_MAX);
	if (panels < 1)
		panels = 1;
	half = distance / (2.0 * panels);
	for (panel = panels - 1; panel >= 0; panel--)
	{
		double middle = half * (2.0 * panel + 1.0);

		for (k = 0; k < LENGTH(gauss_legendre); k++)
			sum += gauss_legendre[k][1] *
				(exp(-Fall(&fall, middle - half * gauss_legendre[k][0])) +
				 exp(-Fall(&fall, middle + half * gauss_legendre[k][0])));
	}
	return half * sum;
}

/* Return the sum over k of (n)_k / (a + 1)_k x^k, or without (n)_k for the gamma's */
static double
PowerSeries(double a, double n, double x, bool gamma)
{
	double term = 1.0;
	double sum = 1.0;
	int k;

	for (k = 0; k < POWER_TERMS && term > DBL_EPSILON / 16.0 * sum; k++)
	{
		term *= (gamma ? x : (n + k) * x) / (a + 1.0 + k);
		sum += term;
	}
	return sum;
}

/* Return the logarithm of the tail, and its quotient by g in *integral */
static double
LogTail(const TailShape *shape, const TailPoint *point, double *integral)
{
	double a = shape->a;
	double log_kernel = shape->log_scale - Deviance(shape, point);
	double sum;

	if (shape->gamma)
	{
		if (shape->upper || a > POWER_PARAMETER)
			sum = FallIntegral(shape, point);
		else
			sum = PowerSeries(a, 0.0, point->x, true) / a;
	}
	else if (a <= POWER_PARAMETER && point->x <= POWER_X)
		sum = PowerSeries(a, shape->n, point->x, false) / a;
	else if (a >= QUADRATURE_A)
		sum = FallIntegral(shape, point);
	else if (point->x <= SMALL_X)
		sum = PowerSeries(a, shape->n, point->x, false) / a;
	else
	{
		double kernel = exp(log_kernel);
		double rest = kernel * (PowerSeries(shape->b, shape->n, point->y, false) / shape->b);

		if (rest < CANCELLING || a < CANCELLING_A)
		{
			rest = fmin(rest, 1.0 - DBL_EPSILON);
			*integral = (1.0 - rest) / kernel;
			return log1p(-rest);
		}
		sum = FallIntegral(shape, point);
	}
	*integral = sum;
	return fmin(log_kernel + log(sum), 0.0);
}

/* Return a tail, given its or (not same) the other tail's logarithm */
static double
PickTail(double log_tail, bool same)
{
	return same ? exp(log_tail) : -expm1(log_tail);
}

/* Is a parameter of a distribution acceptable */
static bool
ValidParameter(double value)
{
	return value >= MIN_PARAMETER && value <= MAX_PARAMETER;
}

/* Is a number a probability */
static bool
ValidProbability(double p)
{
	return p >= 0.0 && p <= 1.0;
}

/* Return a tail of beta at x */
static double
BetaProbability(double x, double a, double b, bool upper)
{
	TailShape shape;
	TailPoint point;
	double n, n_rest, d, integral;
	bool below;

	if (isnan(x) || !ValidParameter(a) || !ValidParameter(b))
		return NAN;
	if (x <= 0.0 || x >= 1.0)
		return (x <= 0.0) == upper ? 1.0 : 0.0;

	/* The cancelling (a + b) x - a, with what the sum a + b has rounded off */
	n = a + b;
	n_rest = fmin(a, b) - (n - fmax(a, b));
	d = fma(n, x, -a) + n_rest * x;

	below = d <= 0.0;
	InitBeta(&shape, a, b);
	point.x = x;
	point.y = 1.0 - x;
	point.slope = fabs(d);
	if (!below)
	{
		SwapShape(&shape);
		point.x = point.y;
		point.y = x;
	}
	return PickTail(LogTail(&shape, &point, &integral), below != upper);
}

/* Return a tail of gamma(a) at x */
static double
GammaProbability(double x, double a, bool upper)
{
	TailShape shape;
	TailPoint point;
	double integral;

	if (isnan(x) || !ValidParameter(a))
		return NAN;
	if (x <= 0.0 || isinf(x))
		return (x <= 0.0) == upper ? 1.0 : 0.0;
	InitGamma(&shape, a, x > a);
	point.x = x;
	point.y = 0.0;
	point.slope = fabs(x - a);
	return PickTail(LogTail(&shape, &point, &integral), shape.upper == upper);
}

/* Fill in the point of the shape's tail at the given odds x / y (gamma: x) */
static void
PointAtOdds(const TailShape *shape, double odds, TailPoint *point)
{
	point->y = shape->gamma ? 0.0 : 1.0 / (1.0 + odds);
	point->x = shape->gamma ? odds : odds / (1.0 + odds);
	point->slope = shape->gamma ? fabs(odds - shape->a)
								: fmax(-fma(shape->b, odds, -shape->a), 0.0) / (1.0 + odds);
}

/* Return the tail's logarithm far out, a w less this: log(a B(a, b)) or log(a Gamma(a)) */
static double
PowerLawOffset(const TailShape *shape)
{
	double a = shape->a;

	if (shape->gamma)
		return log(a) - shape->log_scale + a * (log(a) - 1.0);
	return log(a) - shape->log_scale - a * log1p(shape->b / a) - shape->b * log1p(a / shape->b);
}

/* Return about where the deviance is z^2 / 2, which is the normal approximation of a tail */
static double
StartOdds(const TailShape *shape, double z)
{
	double mean = shape->gamma ? shape->a : shape->a / shape->b;
	double target = 0.5 * z * z;
	double outward = shape->upper ? 1.0 : -1.0;
	double s = z / sqrt(shape->gamma ? shape->a : shape->a * (shape->b / shape->n));
	double value;
	double error;
	double move;
	TailPoint point;
	int step;

	for (step = 0; step < SEARCH_STEPS; step++)
	{
		s = fmin(s, 2.0 * MAX_LOG);
		PointAtOdds(shape, mean * exp(outward * s), &point);
		value = Deviance(shape, &point);
		error = log(value / target);
		if (fabs(error) < START_ERROR)
			break;
		move = error * value / point.slope;
		if (!isfinite(move))
			move = s * (value > target ? 0.5 : -0.5);
		s = fmin(fmax(s - move, s / STEP_FACTOR), s * STEP_FACTOR);
	}
	return mean * exp(outward * s);
}

/* Solve for the point with a given tail, which must not be past the mean */
static TailRoot
SolveTail(const TailShape *shape, double log_target)
{
	double inward = shape->upper ? -1.0 : 1.0;
	double mean = shape->gamma ? shape->a : shape->a / shape->b;
	double outer;
	double inner = mean;
	double next, integral, error, step, bend;
	int count;
	bool done = false;
	TailPoint point;
	TailRoot root;

	/* Bound the root from outside */
	if (shape->upper)
	{
		/* B. Laurent and P. Massart (2000), lemma 1, for a gamma variable */
		outer = shape->a + sqrt(-2.0 * log_target * shape->a) - log_target;
		outer *= 1.0 + SOLVE_ERROR;
	}
	else
	{
		/* The power law is above the concave tail, and equal to it far out */
		root.log_odds = (log_target + PowerLawOffset(shape)) / shape->a;
		root.odds = exp(root.log_odds);
		if (root.log_odds < -MAX_LOG)
			return root;
		outer = root.odds * (1.0 - SOLVE_ERROR);
	}

	root.odds = mean;
	if (log_target < -LOG_TWO)
		root.odds = StartOdds(shape, NormalTailQuantile(exp(log_target)));
	if (inward * (root.odds - outer) <= 0.0)
		root.odds = outer;

	for (count = 0; count < SOLVE_STEPS && !done; count++)
	{
		PointAtOdds(shape, root.odds, &point);
		error = log_target - LogTail(shape, &point, &integral);
		if (error > 0.0)
			outer = root.odds;
		else
			inner = root.odds;

		/* The tail's logarithm F has F' = 1 / integral and F'' = (slope - F') F' */
		step = error * integral;
		bend = fmax(0.5 * error * (point.slope * integral - 1.0), -0.5);
		step /= 1.0 + bend;
		next = root.odds * exp(inward * step);
		if (inward * (next - outer) < 0.0 || inward * (next - inner) > 0.0 || isnan(next))
			next = sqrt(outer) * sqrt(inner);
		else
			done = fabs(error) < SOLVE_ERROR;
		done = done || next == root.odds;
		root.odds = next;
	}
	root.log_odds = log(root.odds);
	return root;
}

/* Return the logarithm of a probability, given the probability and its complement */
static double
LogProbability(double p, double q)
{
	return p < 0.5 ? log(p) : log1p(-q);
}

/* Return the odds of the beta quantile with lower tail p and upper tail q, both nonzero */
static TailRoot
BetaRoot(double p, double q, double a, double b)
{
	TailShape shape;
	TailPoint mean;
	TailRoot root;
	double integral;

	InitBeta(&shape, a, b);
	mean.x = a / shape.n;
	mean.y = b / shape.n;
	mean.slope = 0.0;
	if (LogProbability(p, q) <= LogTail(&shape, &mean, &integral))
		return SolveTail(&shape, LogProbability(p, q));

	SwapShape(&shape);
	root = SolveTail(&shape, LogProbability(q, p));
	root.odds = 1.0 / root.odds;
	root.log_odds = -root.log_odds;
	return root;
}

/* Return the beta quantile with lower tail p and upper tail q */
static double
BetaFromTails(double p, double q, double a, double b)
{
	double odds;

	if (!ValidProbability(p) || !ValidProbability(q) || !ValidParameter(a) || !ValidParameter(b))
		return NAN;
	if (p == 0.0 || q == 0.0)
		return p == 0.0 ? 0.0 : 1.0;
	odds = BetaRoot(p, q, a, b).odds;
	return odds < 1.0 ? odds / (1.0 + odds) : 1.0 / (1.0 + 1.0 / odds);
}

/* Return the gamma quantile with lower tail p and upper tail q */
static double
GammaFromTails(double p, double q, double a)
{
	TailShape shape;
	TailPoint mean;
	double integral;

	if (!ValidProbability(p) || !ValidProbability(q) || !ValidParameter(a))
		return NAN;
	if (p == 0.0 || q == 0.0)
		return p == 0.0 ? 0.0 : INFINITY;
	InitGamma(&shape, a, true);
	mean.x = a;
	mean.y = 0.0;
	mean.slope = 0.0;
	if (LogProbability(q, p) <= LogTail(&shape, &mean, &integral))
		return SolveTail(&shape, LogProbability(q, p)).odds;
	shape.upper = false;
	return SolveTail(&shape, LogProbability(p, q)).odds;
}

/* Return the lower tail of the normal distribution */
double
NormalCdf(double z)
{
	return NormalTail(-z);
}

/* Return the upper tail of the normal distribution */
double
NormalTail(double z)
{
	double u = z * SQRT_HALF;
	double residue;

	/* Far out one ulp of u counts u^2 times over, so correct for the rounding of u */
	residue = fma(z, SQRT_HALF, -u) + z * SQRT_HALF_RESIDUE;
	if (isinf(u))
		return u > 0.0 ? 0.0 : 1.0;
	return 0.5 * (erfc(u) - residue * TWO_OVER_SQRT_PI * exp(-u * u));
}

/* Return the point with a given lower tail of the normal distribution */
double
NormalQuantile(double p)
{
	/* Not the unary minus, which would make the median -0 */
	return 0.0 - NormalTailQuantile(p);
}

/* Return the point with a given upper tail of the normal distribution */
double
NormalTailQuantile(double q)
{
	double t;
	double z;
	double step;
	int count;

	if (!ValidProbability(q))
		return NAN;
	if (q == 0.0 || q == 1.0)
		return q == 0.0 ? INFINITY : -INFINITY;
	if (q == 0.5)
		return 0.0;
	if (q > 0.5)
		return -NormalTailQuantile(1.0 - q);

	/* C. Hastings (1955), in Abramowitz and Stegun 26.2.23, within 4.5e-4 */
	t = sqrt(-2.0 * log(q));
	z = t -
		(2.515517 + t * (0.802853 + t * 0.010328)) /
			(1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));

	/* Two Halley steps, whose errors are cubes; 0.5 - q is exact where it is used */
	for (count = 0; count < 2; count++)
	{
		double density = exp(-0.5 * z * z) / SQRT_TWO_PI;

		if (q > 0.25)
		{
			step = ((0.5 - q) - 0.5 * erf(z * SQRT_HALF)) / density;
			z += step / (1.0 + 0.5 * step * -z);
		}
		else
		{
			double tail = NormalTail(z);
			double rate = density / tail;

			/* On the logarithm, F' = -rate and F'' = rate (z - rate) */
			step = log(tail / q) / rate;
			z += step / (1.0 - 0.5 * step * (rate - z));
		}
	}
	return z;
}

/* Return half of the tail of t^2 beyond t > 0, or of its complement */
static double
StudentHalf(double t, double df, bool inside)
{
	TailShape shape;
	TailPoint point;
	double odds = df / t / t;
	double a = 0.5 * df;
	double integral;
	bool below;

	/* df / (df + t^2) is beta(df / 2, 1 / 2) */
	InitBeta(&shape, a, 0.5);
	if (odds < 1.0 / MAX_ODDS)
		return 0.5 * PickTail(a * (log(df) - 2.0 * log(t)) - PowerLawOffset(&shape), !inside);
	if (odds > MAX_ODDS)
		return inside ? 0.0 : 0.5;
	below = 0.5 * odds <= a;
	if (below)
		PointAtOdds(&shape, odds, &point);
	else
	{
		SwapShape(&shape);
		PointAtOdds(&shape, t / df * t, &point);
	}
	return 0.5 * PickTail(LogTail(&shape, &point, &integral), below != inside);
}

/* Return the lower tail of Student's t */
double
StudentCdf(double t, double df)
{
	return StudentTail(-t, df);
}

/* Return the upper tail of Student's t */
double
StudentTail(double t, double df)
{
	if (isnan(t) || !(df >= MIN_PARAMETER))
		return NAN;
	if (df > STUDENT_IS_NORMAL || isinf(t))
		return NormalTail(t);
	if (t == 0.0)
		return 0.5;
	if (t > 0.0)
		return StudentHalf(t, df, false);
	return 0.5 + StudentHalf(-t, df, true);
}

/* Return the point with a given lower tail of Student's t */
double
StudentQuantile(double p, double df)
{
	return 0.0 - StudentTailQuantile(p, df);
}

/* Return the point with a given upper tail of Student's t */
double
StudentTailQuantile(double q, double df)
{
	TailRoot root;

	if (!ValidProbability(q) || !(df >= MIN_PARAMETER))
		return NAN;
	if (df > STUDENT_IS_NORMAL || q == 0.0 || q == 1.0)
		return NormalTailQuantile(q);
	if (q == 0.5)
		return 0.0;
	if (q > 0.5)
		return -StudentTailQuantile(1.0 - q, df);
	root = BetaRoot(2.0 * q, 2.0 * (0.5 - q), 0.5 * df, 0.5);
	if (fabs(root.log_odds) < MAX_LOG)
		return sqrt(df / root.odds);
	return exp(0.5 * (log(df) - root.log_odds));
}

/* Return the lower tail of the beta distribution */
double
BetaCdf(double x, double a, double b)
{
	return BetaProbability(x, a, b, false);
}

/* Return the upper tail of the beta distribution */
double
BetaTail(double x, double a, double b)
{
	return BetaProbability(x, a, b, true);
}

/* Return the point with a given lower tail of the beta distribution */
double
BetaQuantile(double p, double a, double b)
{
	return BetaFromTails(p, 1.0 - p, a, b);
}

/* Return the point with a given upper tail of the beta distribution */
double
BetaTailQuantile(double q, double a, double b)
{
	return BetaFromTails(1.0 - q, q, a, b);
}

/* Return the lower tail of the chi-square distribution */
double
ChiSquareCdf(double x, double df)
{
	return GammaProbability(0.5 * x, 0.5 * df, false);
}

/* Return the upper tail of the chi-square distribution */
double
ChiSquareTail(double x, double df)
{
	return GammaProbability(0.5 * x, 0.5 * df, true);
}

/* Return the point with a given lower tail of the chi-square distribution */
double
ChiSquareQuantile(double p, double df)
{
	return 2.0 * GammaFromTails(p, 1.0 - p, 0.5 * df);
}

/* Return the point with a given upper tail of the chi-square distribution */
double
ChiSquareTailQuantile(double q, double df)
{
	return 2.0 * GammaFromTails(1.0 - q, q, 0.5 * df);
}
