/*
 * shrink.c
 *		Window function shrink: estimates of many groups, drawn towards the mean of all.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/float.h"

#include "answer.h"
#include "cell_window.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(nps_shrink);
PG_FUNCTION_INFO_V1(rate_shrink);
PG_FUNCTION_INFO_V1(likert_shrink);
PG_FUNCTION_INFO_V1(sample_shrink);
PG_FUNCTION_INFO_V1(number_shrink);

/* what the first row of a partition computes for all of them */
typedef struct ShrinkPartition
{
	CellWindow *window; /* NULL: not computed yet; sizes are such that errors have one variance */
	double variance;    /* that of one answer */
	GroupMixture mixture;
} ShrinkPartition;

/* Order estimates, so that sums do not depend on the order of the rows */
static int
CompareGroups(const void *a, const void *b)
{
	const GroupEstimate *first = a;
	const GroupEstimate *second = b;

	CHECK_FOR_INTERRUPTS();
	if (first->estimate != second->estimate)
		return (first->estimate < second->estimate) ? -1 : 1;
	if (first->variance != second->variance)
		return (first->variance < second->variance) ? -1 : 1;
	return 0;
}

/* Order groups, so that sums do not depend on the order of the rows */
static int
CompareCells(const void *a, const void *b)
{
	const Cell *first = a;
	const Cell *second = b;

	CHECK_FOR_INTERRUPTS();
	if (first->estimate != second->estimate)
		return (first->estimate < second->estimate) ? -1 : 1;
	if (first->weight != second->weight)
		return (first->weight < second->weight) ? -1 : 1;
	if (first->size != second->size)
		return (first->size < second->size) ? -1 : 1;
	if (first->variance != second->variance)
		return (first->variance < second->variance) ? -1 : 1;
	return 0;
}

/* Return the variance of one answer, the same for all groups */
static double
CommonVariance(const CellWindow *window)
{
	Cell *sorted = palloc(Max(window->count, 1) * sizeof(Cell));
	int count = 0;
	double variance;

	for (int i = 0; i < window->count; i++)
	{
		if (!isnan(window->cells[i].estimate))
			sorted[count++] = window->cells[i];
	}
	qsort(sorted, count, sizeof(Cell), CompareCells);
	variance = window->is_mean ? WithinVariance(sorted, count)
							   : PooledVariance(sorted, count, window->added);
	pfree(sorted);
	return variance;
}

/* Return the estimate of a row with its squared standard error */
static GroupEstimate
RowGroup(const ShrinkPartition *partition, int row)
{
	const Cell *cell = &partition->window->cells[row];
	GroupEstimate group = {cell->estimate, partition->variance / cell->size};

	return group;
}

/* Find out what the estimates of a partition say about its groups */
static void
FitMixture(ShrinkPartition *partition)
{
	int rows = partition->window->count;
	GroupEstimate *groups;
	int count = 0;

	if (!(partition->variance > 0.0))
		return; /* no variance was observed: nothing to judge by */
	groups = palloc(Max(rows, 1) * sizeof(GroupEstimate));
	for (int i = 0; i < rows; i++)
	{
		if (!isnan(partition->window->cells[i].estimate))
			groups[count++] = RowGroup(partition, i);
	}
	qsort(groups, count, sizeof(GroupEstimate), CompareGroups);
	if (count > 0)
	{
		while (ImproveMixture(&partition->mixture, groups, count))
			CHECK_FOR_INTERRUPTS();
		if (!isfinite(partition->mixture.mean) || !isfinite(partition->mixture.between))
			float_overflow_error();
	}
	pfree(groups);
}

/* Return the row of an estimate, shrunken as far as its partition says */
static Datum
ReturnShrunken(FunctionCallInfo fcinfo, const ShrinkPartition *partition, int confidence_arg)
{
	WindowObject window = PG_WINDOW_OBJECT();
	int current = (int) WinGetCurrentPosition(window);
	double unit = partition->window->unit;
	double confidence =
		CheckFraction(CurrentNumber(window, confidence_arg, "confidence"), "confidence");
	ShrunkenEstimate result = {partition->window->cells[current].estimate, UndefinedInterval(),
							   NOT_DEFINED};
	Limits range = partition->window->range;
	Row row;

	if (isnan(result.estimate))
		PG_RETURN_NULL();
	if (partition->mixture.groups > 0)
		result = Shrink(&partition->mixture, RowGroup(partition, current), confidence);
	result.interval = ClipInterval(result.interval, range.low, range.high);
	if (isinf(result.interval.low) || isinf(result.interval.high))
		float_overflow_error();
	RowBegin(&row, fcinfo);
	RowFloat(&row, unit * result.estimate);
	RowFloat(&row, unit * result.interval.low);
	RowFloat(&row, unit * result.interval.high);
	RowFloat(&row, result.shrinkage);
	return RowEnd(&row);
}

/* Shrink the measure of the current row's summary */
static Datum
ShrinkSummary(FunctionCallInfo fcinfo, CellType type)
{
	WindowObject window = PG_WINDOW_OBJECT();
	ShrinkPartition *partition = WinGetPartitionLocalMemory(window, sizeof(ShrinkPartition));

	if (partition->window == NULL)
	{
		/* what is read lives as long as the partition's local memory */
		MemoryContext old_context = MemoryContextSwitchTo(GetMemoryChunkContext(partition));

		partition->window = ReadCellWindow(window, type);
		partition->variance = CommonVariance(partition->window);
		FitMixture(partition);
		MemoryContextSwitchTo(old_context);
	}
	return ReturnShrunken(fcinfo, partition, 1);
}

/* Shrink the score of the current row */
Datum
nps_shrink(PG_FUNCTION_ARGS)
{
	return ShrinkSummary(fcinfo, CELL_NPS);
}

/* Shrink the share of the current row */
Datum
rate_shrink(PG_FUNCTION_ARGS)
{
	return ShrinkSummary(fcinfo, CELL_RATE);
}

/* Shrink the mean of the current row's answers */
Datum
likert_shrink(PG_FUNCTION_ARGS)
{
	return ShrinkSummary(fcinfo, CELL_LIKERT);
}

/* Shrink the mean of the current row's values */
Datum
sample_shrink(PG_FUNCTION_ARGS)
{
	return ShrinkSummary(fcinfo, CELL_SAMPLE);
}

/* Read an estimate and its standard error */
static void
ReadNumber(WindowObject window, int row, void *context)
{
	Cell *cell = &((CellWindow *) context)->cells[row];
	bool isnull[2];
	double estimate = DatumGetFloat8(PartitionArg(window, 0, row, &isnull[0]));
	double error = DatumGetFloat8(PartitionArg(window, 1, row, &isnull[1]));
	double variance = error * error;

	if (isnull[0] || isnull[1])
		return;
	if (!(error > 0.0 && variance > 0.0 && isfinite(variance) && isfinite(1.0 / variance)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("standard error \"%s\" is out of range", float8out_internal(error)),
				 errdetail("It must be positive and finite, and its square, too.")));
	cell->estimate = FiniteValue(estimate);
	/* so many answers of variance one have that error */
	cell->size = 1.0 / variance;
}

/* Shrink a number whose standard error is known */
Datum
number_shrink(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	ShrinkPartition *partition = WinGetPartitionLocalMemory(window, sizeof(ShrinkPartition));

	if (partition->window == NULL)
	{
		MemoryContext old_context = MemoryContextSwitchTo(GetMemoryChunkContext(partition));
		CellWindow *cells = CreateCellWindow(PartitionRows(window, sizeof(Cell)));

		ScanPartition(window, cells->count, ReadNumber, cells);
		partition->window = cells;
		partition->variance = 1.0;
		FitMixture(partition);
		MemoryContextSwitchTo(old_context);
	}
	return ReturnShrunken(fcinfo, partition, 2);
}
