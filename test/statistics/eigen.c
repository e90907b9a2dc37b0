/*
 * eigen.c
 *		Eigenvalues of matrices that are known, ill-conditioned or random, and
 *		which matrices can be co-moments.
 */
#include <float.h>
#include <stdio.h>
#include <stdlib.h>

#include "statistics.h"

static int tests;
static int failures;

/* Report a test */
static void
Ok(bool ok, const char *what, double number)
{
	tests++;
	failures += !ok;
	printf("%s %d - %s\n", ok ? "ok" : "not ok", tests, what);
	if (!ok)
		printf("# %g\n", number);
}

/* Return a number between -1 and 1 */
static double
Chance(void)
{
	return 2.0 * rand() / RAND_MAX - 1.0;
}

/* Return how far eigenvalues and eigenvectors are from what they must be */
static double
Residual(int n, double matrix[][MAX_ITEMS])
{
	static double work[MAX_ITEMS][MAX_ITEMS];
	static double vector[MAX_ITEMS][MAX_ITEMS];
	double scale = 0.0, worst = 0.0;

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			work[i][j] = matrix[i][j];
			scale = fmax(scale, fabs(matrix[i][j]));
		}
	}
	SymmetricEigen(n, work, vector);
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			double product = 0.0, image = 0.0;

			for (int k = 0; k < n; k++)
			{
				product += vector[k][i] * vector[k][j];
				image += matrix[i][k] * vector[k][j];
			}
			worst = fmax(worst, fabs(product - (i == j)));
			worst = fmax(worst, fabs(image - work[j][j] * vector[i][j]) / fmax(scale, DBL_MIN));
		}
	}
	return worst;
}

/* Tell whether the lower triangle of a matrix can be co-moments */
static bool
Possible(int n, double matrix[][MAX_ITEMS], double respondents)
{
	double moment[MAX_ITEMS * (MAX_ITEMS + 1) / 2];
	Comoments comoments = {n, respondents, moment};

	for (int i = 0, place = 0; i < n; i++)
	{
		for (int j = 0; j <= i; j++)
			moment[place++] = matrix[i][j];
	}
	return PossibleComoments(&comoments);
}

/* Fill in the co-moments of random rows with so many independent items */
static void
FillRandom(int n, int independent, double unit, double matrix[][MAX_ITEMS])
{
	double row[MAX_ITEMS];

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			matrix[i][j] = 0.0;
	}
	for (int respondent = 0; respondent < 2 * n; respondent++)
	{
		for (int i = 0; i < n; i++)
		{
			row[i] = (i < independent) ? unit * Chance() : row[i - independent] * 0.7;
			if (i > independent)
				row[i] += row[i - 1] / 7.0;
		}
		for (int i = 0; i < n; i++)
		{
			for (int j = 0; j < n; j++)
				matrix[i][j] += row[i] * row[j];
		}
	}
}

int
main(void)
{
	static double matrix[MAX_ITEMS][MAX_ITEMS];
	static double vector[MAX_ITEMS][MAX_ITEMS];
	double worst = 0.0, sum = 0.0;
	bool all = true;

	/* second differences: 2 - 2 cos(pi k / (n + 1)) */
	for (int i = 0; i < 20; i++)
	{
		for (int j = 0; j < 20; j++)
			matrix[i][j] = (i == j) ? 2.0 : (abs(i - j) == 1) ? -1.0 : 0.0;
	}
	SymmetricEigen(20, matrix, vector);
	for (int k = 1; k <= 20; k++)
	{
		double nearest = INFINITY;

		for (int i = 0; i < 20; i++)
			nearest = fmin(nearest,
						   fabs(matrix[i][i] - (2.0 - 2.0 * cos(3.14159265358979323846 * k / 21))));
		worst = fmax(worst, nearest);
	}
	Ok(worst < 1e-14, "second differences", worst);

	/* equal correlations: 1 + (n - 1) r once, else 1 - r */
	for (int i = 0; i < MAX_ITEMS; i++)
	{
		for (int j = 0; j < MAX_ITEMS; j++)
			matrix[i][j] = (i == j) ? 1.0 : 0.3;
	}
	Ok(Residual(MAX_ITEMS, matrix) < 1e-13, "equal correlations", Residual(MAX_ITEMS, matrix));
	SymmetricEigen(MAX_ITEMS, matrix, vector);
	worst = 0.0;
	for (int i = 0; i < MAX_ITEMS; i++)
		worst =
			fmax(worst,
				 fmin(fabs(matrix[i][i] - 0.7), fabs(matrix[i][i] - 1.0 - 0.3 * (MAX_ITEMS - 1))));
	Ok(worst < 1e-13, "all but one the same", worst);

	/* Hilbert's: eigenvalues over sixteen powers of ten */
	for (int i = 0; i < 12; i++)
	{
		for (int j = 0; j < 12; j++)
			matrix[i][j] = 1.0 / (i + j + 1);
	}
	Ok(Residual(12, matrix) < 1e-14, "Hilbert's matrix", Residual(12, matrix));
	SymmetricEigen(12, matrix, vector);
	for (int i = 0; i < 12; i++)
		sum += matrix[i][i] - 1.0 / (2 * i + 1);
	Ok(fabs(sum) < 1e-14, "its eigenvalues sum to its diagonal", sum);

	worst = 0.0;
	for (int n = 1; n <= MAX_ITEMS; n++)
	{
		for (int i = 0; i < n; i++)
		{
			for (int j = 0; j <= i; j++)
				matrix[i][j] = matrix[j][i] =
					Chance() * ((n % 3 == 0) ? pow(10.0, 4.0 * Chance()) : 1.0);
		}
		worst = fmax(worst, Residual(n, matrix));
	}
	Ok(worst < 1e-13, "random matrices of every size", worst);
	for (int i = 0; i < 5; i++)
	{
		for (int j = 0; j < 5; j++)
			matrix[i][j] = 0.0;
	}
	Ok(Residual(5, matrix) == 0.0, "nothing but zeros", Residual(5, matrix));

	for (int n = 2; n <= MAX_ITEMS; n++)
	{
		for (int independent = 1; independent <= n; independent += 7)
		{
			FillRandom(n, independent, 1.0, matrix);
			all = all && Possible(n, matrix, 2 * n);
			FillRandom(n, independent, 1e-161, matrix);
			all = all && Possible(n, matrix, 2 * n);
			FillRandom(n, independent, 1e140, matrix);
			all = all && Possible(n, matrix, 2 * n);
		}
	}
	Ok(all, "co-moments of rows are possible, also of tiny and huge ones", 0.0);

	/* the same item in units so small that squares get lost */
	for (int i = 0; i < 3; i++)
	{
		for (int j = 0; j < 3; j++)
			matrix[i][j] = 10.0 * pow(10.0, -81.0 * (i + j));
	}
	Ok(Possible(3, matrix, 10), "items of unlike size are possible", 0.0);

	all = true;
	for (int n = 3; n <= MAX_ITEMS; n++)
	{
		/* equal correlations below -1 / (n - 1) leave their sum a negative variance */
		for (int i = 0; i < n; i++)
		{
			for (int j = 0; j < n; j++)
				matrix[i][j] = (i == j) ? 1.0 : -1.0 / (n - 1) - 1e-4;
		}
		all = all && !Possible(n, matrix, 100);
		for (int i = 0; i < n; i++)
		{
			for (int j = 0; j < n; j++)
				matrix[i][j] = (i == j) ? 1.0 : -1.0 / (n - 1);
		}
		all = all && Possible(n, matrix, 100);
	}
	Ok(all, "correlations that contradict each other are not", 0.0);

	printf("1..%d\n", tests);
	return failures > 0;
}
