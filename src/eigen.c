/*
 * eigen.c
 *		Symmetric matrices: eigenvalues, and which can be co-moments.
 */
#include <float.h>

#include "statistics.h"

/* Jacobi's method needs some ten sweeps for the largest matrix; this bound is never met */
#define MAX_SWEEPS 60

/* a correlation may miss the bounds of its matrix by this much, far above rounding */
#define IMPOSSIBLE 1e-6

/* Rotate the plane of two axes so that the element between them becomes zero */
static void
Rotate(int n, double matrix[][MAX_ITEMS], double vector[][MAX_ITEMS], int p, int q)
{
	double element = matrix[p][q];
	double theta = (matrix[q][q] - matrix[p][p]) / (2.0 * element);
	double tangent = copysign(1.0, theta) / (fabs(theta) + hypot(theta, 1.0));
	double cosine = 1.0 / hypot(tangent, 1.0);
	double sine = tangent * cosine;

	for (int i = 0; i < n; i++)
	{
		double vector_p = vector[i][p];
		double vector_q = vector[i][q];

		vector[i][p] = cosine * vector_p - sine * vector_q;
		vector[i][q] = sine * vector_p + cosine * vector_q;
		if (i != p && i != q)
		{
			double matrix_p = matrix[i][p];
			double matrix_q = matrix[i][q];

			matrix[i][p] = matrix[p][i] = cosine * matrix_p - sine * matrix_q;
			matrix[i][q] = matrix[q][i] = sine * matrix_p + cosine * matrix_q;
		}
	}
	matrix[p][p] -= tangent * element;
	matrix[q][q] += tangent * element;
	matrix[p][q] = matrix[q][p] = 0.0;
}

/*
 * Find eigenvalues and eigenvectors of a symmetric matrix by Jacobi's method.
 *
 * The eigenvalues are left on the diagonal; column i of "vector" belongs to
 * the i-th.  They are in no particular order.
 */
void
SymmetricEigen(int n, double matrix[][MAX_ITEMS], double vector[][MAX_ITEMS])
{
	double scale = 0.0;
	bool rotated = true;

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			vector[i][j] = (i == j) ? 1.0 : 0.0;
			scale = fmax(scale, fabs(matrix[i][j]));
		}
	}
	for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++)
	{
		rotated = false;
		for (int p = 0; p < n - 1; p++)
		{
			for (int q = p + 1; q < n; q++)
			{
				if (fabs(matrix[p][q]) <= DBL_EPSILON / n * scale)
					continue;
				Rotate(n, matrix, vector, p, q);
				rotated = true;
			}
		}
	}
}

/*
 * Take the axis with the largest square out of a matrix, and return whether
 * one was left that is above rounding.
 */
static bool
EliminateLargest(int n, double matrix[][MAX_ITEMS], bool *taken)
{
	int largest = -1;

	for (int i = 0; i < n; i++)
	{
		if (!taken[i] && (largest < 0 || matrix[i][i] > matrix[largest][largest]))
			largest = i;
	}
	if (largest < 0 || matrix[largest][largest] <= IMPOSSIBLE)
		return false;
	taken[largest] = true;
	for (int i = 0; i < n; i++)
	{
		double part = matrix[i][largest] / matrix[largest][largest];

		if (taken[i])
			continue;
		for (int j = 0; j < n; j++)
		{
			if (!taken[j])
				matrix[i][j] -= part * matrix[j][largest];
		}
	}
	return true;
}

/*
 * Tell whether a matrix can be the co-moments of anything.
 *
 * It can when no sum of the items, however weighted, has a negative square:
 * when elimination, the largest first, leaves only zeros.  The squares of tiny
 * deviations are lost where their products with others are not; each of n has
 * lost less than the smallest number.
 */
bool
PossibleComoments(const Comoments *comoments)
{
	int n = comoments->items;
	double matrix[MAX_ITEMS][MAX_ITEMS];
	double deviation[MAX_ITEMS];
	bool taken[MAX_ITEMS] = {false};

	for (int i = 0; i < n; i++)
	{
		if (!(Comoment(comoments, i, i) >= 0.0))
			return false;
		deviation[i] = sqrt(Comoment(comoments, i, i) + comoments->n * DBL_TRUE_MIN);
	}
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < i; j++)
		{
			matrix[i][j] = Comoment(comoments, i, j) / deviation[i] / deviation[j];
			matrix[j][i] = matrix[i][j];
			if (!(fabs(matrix[i][j]) <= 1.0 + IMPOSSIBLE))
				return false;
		}
		matrix[i][i] = 1.0;
	}
	while (EliminateLargest(n, matrix, taken))
		;
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			if (!taken[i] && !taken[j] && !(fabs(matrix[i][j]) <= IMPOSSIBLE))
				return false;
		}
	}
	return true;
}
