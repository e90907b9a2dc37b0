/*
 * adjust.c
 *		p-values of a family of tests.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "cell_window.h"
#include "surface.h"

static const Choice adjustments[] = {{"holm", ADJUST_HOLM},
									 {"benjamini-hochberg", ADJUST_BENJAMINI_HOCHBERG},
									 {"bonferroni", ADJUST_BONFERRONI},
									 {NULL, 0}};

PG_FUNCTION_INFO_V1(adjust_p_values);
PG_FUNCTION_INFO_V1(adjust_p_value);

/* Check a p-value */
static double
CheckPValue(double p)
{
	if (!(p >= 0.0 && p <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("p-value \"%s\" is out of range", float8out_internal(p)),
				 errdetail("A p-value lies between 0 and 1.")));
	return p;
}

/* Check that the tests of a family fit the memory */
static void
CheckFamily(int tests)
{
	if ((Size) tests > MaxAllocSize / sizeof(RankedP))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too many p-values in one family"),
				 errdetail("A family has at most %lld tests.",
						   (long long) (MaxAllocSize / sizeof(RankedP)))));
}

/* Order p-values from the smallest up, ties by place */
static int
CompareRankedP(const void *a, const void *b)
{
	const RankedP *first = a;
	const RankedP *second = b;

	CHECK_FOR_INTERRUPTS();
	if (first->p != second->p)
		return (first->p < second->p) ? -1 : 1;
	return first->place - second->place;
}

/* Adjust the p-values of an array; NULL stays NULL and does not count */
Datum
adjust_p_values(PG_FUNCTION_ARGS)
{
	ArrayType *input = PG_GETARG_ARRAYTYPE_P(0);
	const Choice *adjustment = GetChoice(fcinfo, 1, "method", adjustments);
	Datum *elements;
	bool *nulls;
	int count, tests = 0;
	RankedP *ranked;

	deconstruct_array(input, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements,
					  &nulls, &count);
	if (count == 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	CheckFamily(count);
	ranked = palloc(count * sizeof(RankedP));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			continue;
		ranked[tests].p = CheckPValue(DatumGetFloat8(elements[i]));
		ranked[tests++].place = i;
	}
	qsort(ranked, tests, sizeof(RankedP), CompareRankedP);
	AdjustPValues(ranked, tests, (Adjustment) adjustment->value);
	for (int i = 0; i < tests; i++)
		elements[ranked[i].place] = Float8GetDatum(ranked[i].p);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elements, nulls, ARR_NDIM(input), ARR_DIMS(input),
											 ARR_LBOUND(input), FLOAT8OID, sizeof(float8),
											 FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* what the first row of a partition computes for all of them */
typedef struct AdjustedPartition
{
	const Choice *adjustment; /* NULL: not computed yet */
	double *adjusted;         /* NaN: there is no test */
	RankedP *ranked;
	int tests;
} AdjustedPartition;

/* Read the p-value of a row */
static void
ReadPValue(WindowObject window, int row, void *context)
{
	AdjustedPartition *partition = context;
	bool isnull;
	Datum p = PartitionArg(window, 0, row, &isnull);

	partition->adjusted[row] = NOT_DEFINED;
	if (isnull)
		return;
	partition->ranked[partition->tests].p = CheckPValue(DatumGetFloat8(p));
	partition->ranked[partition->tests++].place = row;
}

/* Adjust the p-values of a partition all at once */
static void
AdjustPartition(WindowObject window, AdjustedPartition *partition, Adjustment adjustment)
{
	int rows = PartitionRows(window, sizeof(RankedP));

	partition->adjusted = palloc(rows * sizeof(double));
	partition->ranked = palloc(rows * sizeof(RankedP));
	ScanPartition(window, rows, ReadPValue, partition);
	qsort(partition->ranked, partition->tests, sizeof(RankedP), CompareRankedP);
	AdjustPValues(partition->ranked, partition->tests, adjustment);
	for (int i = 0; i < partition->tests; i++)
		partition->adjusted[partition->ranked[i].place] = partition->ranked[i].p;
	pfree(partition->ranked);
}

/* Return the adjusted p-value of the current row, its partition being the family */
Datum
adjust_p_value(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	AdjustedPartition *partition = WinGetPartitionLocalMemory(window, sizeof(AdjustedPartition));
	const Choice *adjustment = FindChoice(CurrentWord(window, 1, "method"), "method", adjustments);

	if (partition->adjustment == NULL)
	{
		/* the arrays live as long as the partition's local memory */
		MemoryContext old_context = MemoryContextSwitchTo(GetMemoryChunkContext(partition));

		AdjustPartition(window, partition, (Adjustment) adjustment->value);
		MemoryContextSwitchTo(old_context);
		partition->adjustment = adjustment;
	}
	if (partition->adjustment != adjustment)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method must not change within a partition"),
				 errdetail("It was \"%s\" before, and is \"%s\" now.", partition->adjustment->name,
						   adjustment->name)));
	return ReturnFloat(fcinfo, partition->adjusted[WinGetCurrentPosition(window)]);
}
