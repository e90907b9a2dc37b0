/*-------------------------------------------------------------------------
 *
 * check.c
 *	  Check src/distributions.c against reference.tsv and against itself, in TAP.
 *
 * Build and run from the repository's root:
 *	gcc -O2 -std=c11 -Wall -Wextra -Werror test/distributions/check.c \
 *		src/distributions.c -Isrc -lm -o check && ./check
 * The table's path may be given as the only argument.
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../report.h"
#include "distributions.h"

#define DEFAULT_TABLE "test/distributions/reference.tsv"
#define LINE_SIZE 512
#define MIN_ROWS 100 /* of each function */
#define FUZZ_CALLS 200000
#define FUZZ_SECONDS 0.1 /* the longest that any one call may take */
#define TRIP_CALLS 20000

/* A round trip Cdf(Quantile(p)) also has the rounding of the quantile, counted apart */
#define TRIP_ERROR 1e-11

typedef double (*OneArgument)(double);
typedef double (*TwoArguments)(double, double);
typedef double (*ThreeArguments)(double, double, double);

typedef struct Function
{
	const char *name;
	int arity;
	OneArgument one;
	TwoArguments two;
	ThreeArguments three;
	int rows;
	double worst;
	char where[LINE_SIZE];
} Function;

static Function functions[] = {
	{"NormalCdf", 1, NormalCdf, NULL, NULL, 0, 0, ""},
	{"NormalTail", 1, NormalTail, NULL, NULL, 0, 0, ""},
	{"NormalQuantile", 1, NormalQuantile, NULL, NULL, 0, 0, ""},
	{"NormalTailQuantile", 1, NormalTailQuantile, NULL, NULL, 0, 0, ""},
	{"StudentCdf", 2, NULL, StudentCdf, NULL, 0, 0, ""},
	{"StudentTail", 2, NULL, StudentTail, NULL, 0, 0, ""},
	{"StudentQuantile", 2, NULL, StudentQuantile, NULL, 0, 0, ""},
	{"StudentTailQuantile", 2, NULL, StudentTailQuantile, NULL, 0, 0, ""},
	{"BetaCdf", 3, NULL, NULL, BetaCdf, 0, 0, ""},
	{"BetaTail", 3, NULL, NULL, BetaTail, 0, 0, ""},
	{"BetaQuantile", 3, NULL, NULL, BetaQuantile, 0, 0, ""},
	{"BetaTailQuantile", 3, NULL, NULL, BetaTailQuantile, 0, 0, ""},
	{"ChiSquareCdf", 2, NULL, ChiSquareCdf, NULL, 0, 0, ""},
	{"ChiSquareTail", 2, NULL, ChiSquareTail, NULL, 0, 0, ""},
	{"ChiSquareQuantile", 2, NULL, ChiSquareQuantile, NULL, 0, 0, ""},
	{"ChiSquareTailQuantile", 2, NULL, ChiSquareTailQuantile, NULL, 0, 0, ""},
};

#define FUNCTIONS ((int) (sizeof(functions) / sizeof(functions[0])))
#define GROUPS_OF_SELF_CHECKS 4

static uint64_t random_state = UINT64_C(0x9E3779B97F4A7C15);

/* Return a uniform random number in (0, 1), by G. Marsaglia's xorshift (2003) */
static double
Uniform(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return ((double) (random_state >> 11) + 0.5) / 9007199254740992.0;
}

/* Return a random number of any magnitude between 10^low and 10^high */
static double
Magnitude(double low, double high)
{
	return pow(10.0, low + (high - low) * Uniform());
}

/* Call a function with as many of the arguments as it takes */
static double
Call(const Function *function, const double *args)
{
	if (function->arity == 1)
		return function->one(args[0]);
	if (function->arity == 2)
		return function->two(args[0], args[1]);
	return function->three(args[0], args[1], args[2]);
}

/* Compare one row of the table */
static bool
CheckRow(char *line)
{
	char *name = strtok(line, "\t\n");
	char *field;
	double values[5];
	double result;
	double error;
	int count = 0;
	int i;

	if (name == NULL)
		return false;
	while ((field = strtok(NULL, "\t\n")) != NULL && count < 5)
		values[count++] = strtod(field, NULL);
	for (i = 0; i < FUNCTIONS; i++)
	{
		Function *function = &functions[i];

		if (strcmp(function->name, name) != 0)
			continue;
		if (count != function->arity + 1)
			return false;
		result = Call(function, values);
		error = result == values[count - 1] ? 0.0 : fabs(result / values[count - 1] - 1.0);
		if (isnan(error))
			error = INFINITY;
		function->rows++;
		if (error > function->worst || function->rows == 1)
		{
			function->worst = error;
			snprintf(function->where, sizeof(function->where), "%.17g, %.17g, %.17g", values[0],
					 count > 2 ? values[1] : 0.0, count > 3 ? values[2] : 0.0);
		}
		if (getenv("CHECK_VERBOSE") != NULL && error > 1e-12)
			printf("# %.2e %s %.17g %.17g %.17g expected %.17g found %.17g\n", error, name,
				   values[0], count > 2 ? values[1] : 0.0, count > 3 ? values[2] : 0.0,
				   values[count - 1], result);
		return true;
	}
	return false;
}

/* Check the whole table */
static void
CheckTable(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[LINE_SIZE];
	int bad_lines = 0;
	int i;

	if (file == NULL)
	{
		printf("Bail out! cannot read %s\n", path);
		exit(2);
	}
	while (fgets(line, sizeof(line), file) != NULL)
	{
		if (!CheckRow(line))
			bad_lines++;
	}
	fclose(file);
	for (i = 0; i < FUNCTIONS; i++)
	{
		char description[2 * LINE_SIZE];

		snprintf(description, sizeof(description), "%s: worst relative error %.2e at (%s) of %d",
				 functions[i].name, functions[i].worst, functions[i].where, functions[i].rows);
		Report(functions[i].worst <= DISTRIBUTIONS_ERROR && functions[i].rows >= MIN_ROWS &&
				   bad_lines == 0,
			   description);
	}
}

/* Are two numbers the same, NaN included */
static bool
Same(double found, double expected, const char *what)
{
	if (found == expected || (isnan(found) && isnan(expected)))
		return true;
	printf("# %s: found %.17g, expected %.17g\n", what, found, expected);
	return false;
}

#define SAME(call, expected) (good = Same(call, expected, #call) && good)

/* Check limits and arguments outside the domain */
static void
CheckLimits(void)
{
	const double inf = INFINITY;
	bool good = true;

	SAME(NormalCdf(NAN), NAN);
	SAME(NormalCdf(inf), 1);
	SAME(NormalCdf(-inf), 0);
	SAME(NormalTail(inf), 0);
	SAME(NormalTail(-inf), 1);
	SAME(NormalTail(DBL_MAX), 0);
	SAME(NormalTail(0), .5);
	SAME(NormalQuantile(0), -inf);
	SAME(NormalQuantile(1), inf);
	SAME(NormalQuantile(.5), 0);
	SAME(NormalTailQuantile(0), inf);
	SAME(NormalTailQuantile(1), -inf);
	SAME(NormalQuantile(-1e-9), NAN);
	SAME(NormalQuantile(1.1), NAN);
	SAME(NormalQuantile(NAN), NAN);

	SAME(StudentCdf(0, 3), .5);
	SAME(StudentCdf(inf, 3), 1);
	SAME(StudentCdf(-inf, 3), 0);
	SAME(StudentTail(inf, 3), 0);
	SAME(StudentTail(1, 0), NAN);
	SAME(StudentTail(1, -1), NAN);
	SAME(StudentTail(1, NAN), NAN);
	SAME(StudentTail(NAN, 1), NAN);
	SAME(StudentTail(2, inf), NormalTail(2));
	SAME(StudentTailQuantile(.1, inf), NormalTailQuantile(.1));
	SAME(StudentQuantile(0, 3), -inf);
	SAME(StudentQuantile(1, 3), inf);
	SAME(StudentQuantile(.5, 3), 0);
	SAME(StudentTailQuantile(1e-300, .1), inf);
	SAME(StudentQuantile(2, 3), NAN);
	SAME(StudentQuantile(.1, 0), NAN);

	SAME(BetaCdf(0, 2, 3), 0);
	SAME(BetaCdf(1, 2, 3), 1);
	SAME(BetaCdf(-inf, 2, 3), 0);
	SAME(BetaCdf(inf, 2, 3), 1);
	SAME(BetaTail(0, 2, 3), 1);
	SAME(BetaTail(1, 2, 3), 0);
	SAME(BetaCdf(NAN, 2, 3), NAN);
	SAME(BetaCdf(.5, 0, 3), NAN);
	SAME(BetaCdf(.5, 2, -3), NAN);
	SAME(BetaCdf(.5, inf, 3), NAN);
	SAME(BetaCdf(.5, 2, NAN), NAN);
	SAME(BetaQuantile(0, 2, 3), 0);
	SAME(BetaQuantile(1, 2, 3), 1);
	SAME(BetaTailQuantile(0, 2, 3), 1);
	SAME(BetaTailQuantile(1, 2, 3), 0);
	SAME(BetaQuantile(1e-300, .01, 3), 0);
	SAME(BetaTailQuantile(1e-300, 3, .01), 1);
	SAME(BetaQuantile(1.5, 2, 3), NAN);
	SAME(BetaQuantile(.5, 0, 3), NAN);

	SAME(ChiSquareCdf(0, 3), 0);
	SAME(ChiSquareCdf(-1, 3), 0);
	SAME(ChiSquareTail(0, 3), 1);
	SAME(ChiSquareCdf(inf, 3), 1);
	SAME(ChiSquareTail(inf, 3), 0);
	SAME(ChiSquareTail(DBL_MAX, 3), 0);
	SAME(ChiSquareCdf(NAN, 3), NAN);
	SAME(ChiSquareCdf(1, 0), NAN);
	SAME(ChiSquareCdf(1, inf), NAN);
	SAME(ChiSquareQuantile(0, 3), 0);
	SAME(ChiSquareQuantile(1, 3), inf);
	SAME(ChiSquareTailQuantile(0, 3), inf);
	SAME(ChiSquareTailQuantile(1, 3), 0);
	SAME(ChiSquareQuantile(1e-300, .01), 0);
	SAME(ChiSquareQuantile(-.5, 3), NAN);
	Report(good, "limits and arguments outside the domain");
}

/* Return a random argument, often a special one */
static double
FuzzArgument(void)
{
	static const double special[] = {0.0,         -0.0,
									 1.0,         -1.0,
									 0.5,         INFINITY,
									 -INFINITY,   NAN,
									 DBL_MIN,     -DBL_MIN,
									 DBL_MAX,     -DBL_MAX,
									 DBL_EPSILON, 4.9406564584124654e-324,
									 1e-310,      1.0 - DBL_EPSILON / 2,
									 1e9,         1e-100,
									 1e100,       1e-300,
									 1e300,       1e15,
									 1e20,        100.0,
									 12.0,        0.75,
									 0.9};
	double kind = Uniform();

	if (kind < 0.3)
		return special[(int) (Uniform() * (sizeof(special) / sizeof(special[0])))];
	if (kind < 0.6)
		return Uniform();
	if (kind < 0.8)
		return Magnitude(-3.0, 10.0);
	return (kind < 0.85 ? -1.0 : 1.0) * Magnitude(-323.0, 308.0);
}

/* Check that wild arguments neither hang nor give what is not a result */
static void
CheckFuzz(void)
{
	bool good = true;
	double slowest = 0.0;
	char slow_call[LINE_SIZE] = "";
	char description[2 * LINE_SIZE];
	int call;

	for (call = 0; call < FUZZ_CALLS; call++)
	{
		const Function *function = &functions[call % FUNCTIONS];
		double args[3];
		double result;
		double seconds;
		bool valid = true;
		bool probability = strstr(function->name, "Quantile") == NULL;
		clock_t start;
		int i;

		for (i = 0; i < 3; i++)
		{
			args[i] = FuzzArgument();
			if (i < function->arity && isnan(args[i]))
				valid = false;
			if (i < function->arity && i > 0 && !(args[i] > 1e-99 && args[i] < 1e99))
				valid = false;
		}
		if (!probability && !(args[0] >= 0.0 && args[0] <= 1.0))
			valid = false;
		start = clock();
		result = Call(function, args);
		seconds = (double) (clock() - start) / CLOCKS_PER_SEC;
		if (seconds > slowest)
		{
			slowest = seconds;
			snprintf(slow_call, sizeof(slow_call), "%s(%.17g, %.17g, %.17g)", function->name,
					 args[0], args[1], args[2]);
		}
		if ((valid && isnan(result)) || (probability && (result < 0.0 || result > 1.0)))
		{
			printf("# %s(%.17g, %.17g, %.17g) = %.17g\n", function->name, args[0], args[1], args[2],
				   result);
			good = false;
		}
	}
	snprintf(description, sizeof(description), "%d wild calls, the longest %.0f us by %s",
			 FUZZ_CALLS, slowest * 1e6, slow_call);
	Report(good && slowest < FUZZ_SECONDS, description);
}

/*
 * Return how far p is from the probability at the quantile x, beyond what an ulp of x
 * on either side explains, relative to p.
 */
static double
TripError(double p, double before, double at, double after)
{
	double spread = fmax(fabs(after - at), fabs(at - before));

	return fmax(fabs(at - p) - spread, 0.0) / p;
}

/* Check that the probability at a quantile is the one asked for */
static void
CheckRoundTrips(void)
{
	double worst = 0.0;
	char where[LINE_SIZE] = "";
	char description[2 * LINE_SIZE];
	int call;

	for (call = 0; call < TRIP_CALLS; call++)
	{
		const Function *quantile;
		const Function *tail;
		Function *group = &functions[4 * (call % 4)];
		bool upper = Uniform() < 0.5;
		double args[3];
		double at[3];
		double error;
		int i;

		quantile = upper ? &group[3] : &group[2];
		tail = upper ? &group[1] : &group[0];
		args[0] = Uniform() < 0.5 ? Uniform() : Magnitude(-300.0, 0.0);
		args[1] = Magnitude(-1.0, 9.0);
		args[2] = Magnitude(-1.0, 9.0);
		at[1] = args[1];
		at[2] = args[2];
		at[0] = Call(quantile, args);

		/* Denormal or rounded to the end of the support, x has too few digits */
		if (fabs(at[0]) < DBL_MIN / DBL_EPSILON || isinf(at[0]) ||
			(call % 4 == 2 && at[0] > 1.0 - 1e-9))
			continue;
		{
			double beside[3];

			for (i = 0; i < 3; i++)
			{
				double x[3];

				memcpy(x, at, sizeof(x));
				if (i != 1)
					x[0] = at[0] * (1.0 + (i - 1) * DBL_EPSILON * 4.0);
				beside[i] = Call(tail, x);
			}
			error = TripError(args[0], beside[0], beside[1], beside[2]);
		}
		if (!(error <= worst))
		{
			worst = error;
			snprintf(where, sizeof(where), "%s(%.17g, %.17g, %.17g)", quantile->name, args[0],
					 args[1], args[2]);
		}
	}
	snprintf(description, sizeof(description), "%d round trips, worst relative error %.2e at %s",
			 TRIP_CALLS, worst, where);
	Report(worst <= TRIP_ERROR, description);
}

/* Check that tails and quantiles move the right way between neighbours */
static void
CheckMonotonic(void)
{
	bool good = true;
	char description[LINE_SIZE];
	int call;

	for (call = 0; call < TRIP_CALLS; call++)
	{
		const Function *function = &functions[call % FUNCTIONS];
		bool quantile = strstr(function->name, "Quantile") != NULL;
		bool falls = (call % FUNCTIONS) % 2 == 1;
		double args[3];
		double low;
		double high;

		args[0] = quantile || call % FUNCTIONS / 4 == 2 ? Uniform() : Magnitude(-2.0, 2.0);
		args[1] = Magnitude(-1.0, 4.0);
		args[2] = Magnitude(-1.0, 4.0);
		low = Call(function, args);
		args[0] += (quantile || call % FUNCTIONS / 4 == 2 ? 1.0 - args[0] : args[0]) *
			Magnitude(-7.0, -1.0);
		high = Call(function, args);
		if (!(falls ? low >= high - fabs(high) * DISTRIBUTIONS_ERROR
					: high >= low - fabs(low) * DISTRIBUTIONS_ERROR))
		{
			printf("# %s(%.17g, %.17g, %.17g): %.17g after %.17g\n", function->name, args[0],
				   args[1], args[2], high, low);
			good = false;
		}
	}
	snprintf(description, sizeof(description), "%d pairs are monotonic", TRIP_CALLS);
	Report(good, description);
}

/* Run all checks */
int
main(int argc, char **argv)
{
	printf("1..%d\n", FUNCTIONS + GROUPS_OF_SELF_CHECKS);
	CheckTable(argc > 1 ? argv[1] : DEFAULT_TABLE);
	CheckLimits();
	CheckFuzz();
	CheckRoundTrips();
	CheckMonotonic();
	return failures == 0 ? 0 : 1;
}
