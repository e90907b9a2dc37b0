/*
 * drivers.c
 *		What drives an outcome: correlations, regression, relative weights.
 */
#include "statistics.h"

/* an eigenvalue below this part of the largest is a relation between the predictors */
#define COLLINEAR 1e-10

/* a predictor takes part in such relations when their directions have this much of it */
#define INVOLVED 1e-12

/* an R squared below this is rounding, and has no shares */
#define EXPLAINED 1e-24

/*
 * Explain one item by the others, of which those that never vary are left out.
 *
 * Fills in a driver for each item and returns R squared.  With R = V L V' the
 * correlations of the predictors and r those with the outcome, the
 * standardised coefficients are V L^-1 V' r.  Johnson (2000, Multivariate
 * Behavioral Research 35) takes the uncorrelated variables nearest to the
 * predictors; these explain (V L^-1/2 V' r)^2 each, and each predictor gets
 * the squared elements of V L^1/2 V' as its part of that.
 *
 * Eigenvalues that are nothing but rounding are left out of both.  The
 * coefficients of the predictors that they tie together are then not unique;
 * R squared and the weights are.
 */
double
KeyDrivers(const Comoments *comoments, int outcome, Driver *driver)
{
	double matrix[MAX_ITEMS][MAX_ITEMS];
	double vector[MAX_ITEMS][MAX_ITEMS];
	double root[MAX_ITEMS];      /* of an eigenvalue; 0: left out */
	double component[MAX_ITEMS]; /* coefficient of the standardised principal component */
	double nearest[MAX_ITEMS];   /* squared coefficient of the uncorrelated variable */
	int predictor[MAX_ITEMS];
	int predictors = 0;
	double largest = 0.0;
	double r_squared = 0.0;

	for (int i = 0; i < comoments->items; i++)
	{
		driver[i].correlation = Correlation(comoments, i, outcome);
		driver[i].beta = driver[i].weight = driver[i].share = NOT_DEFINED;
		if (i != outcome && !isnan(driver[i].correlation))
			predictor[predictors++] = i;
	}
	if (predictors == 0 || comoments->n < predictors + 2)
		return NOT_DEFINED;

	for (int i = 0; i < predictors; i++)
	{
		for (int j = 0; j < predictors; j++)
			matrix[i][j] = Correlation(comoments, predictor[i], predictor[j]);
	}
	SymmetricEigen(predictors, matrix, vector);
	for (int m = 0; m < predictors; m++)
		largest = fmax(largest, matrix[m][m]);
	for (int m = 0; m < predictors; m++)
	{
		root[m] = (matrix[m][m] > COLLINEAR * largest) ? sqrt(matrix[m][m]) : 0.0;
		component[m] = 0.0;
		if (root[m] == 0.0)
			continue;
		for (int i = 0; i < predictors; i++)
			component[m] += vector[i][m] * driver[predictor[i]].correlation / root[m];
		r_squared += component[m] * component[m];
	}

	for (int i = 0; i < predictors; i++)
	{
		double beta = 0.0;
		double involved = 0.0;

		nearest[i] = 0.0;
		for (int m = 0; m < predictors; m++)
		{
			nearest[i] += vector[i][m] * component[m];
			if (root[m] > 0.0)
				beta += vector[i][m] * component[m] / root[m];
			else
				involved += vector[i][m] * vector[i][m];
		}
		nearest[i] *= nearest[i];
		if (involved <= INVOLVED)
			driver[predictor[i]].beta = beta;
	}
	for (int i = 0; i < predictors; i++)
	{
		double weight = 0.0;

		for (int j = 0; j < predictors; j++)
		{
			double element = 0.0;

			for (int m = 0; m < predictors; m++)
				element += vector[i][m] * root[m] * vector[j][m];
			weight += element * element * nearest[j];
		}
		driver[predictor[i]].weight = weight;
		if (r_squared > EXPLAINED)
			driver[predictor[i]].share = weight / r_squared;
	}
	return fmin(1.0, r_squared);
}
