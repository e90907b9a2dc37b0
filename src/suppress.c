/*
 * suppress.c
 *		Window function suppress: hides small groups, and others that would tell them.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datum.h"

#include "cell_window.h"
#include "surface.h"

/* a group with answers */
typedef struct SuppressCell
{
	int64 n;
	int row;
} SuppressCell;

/* what the first row of a partition computes for all of them */
typedef struct SuppressPartition
{
	bool *hidden; /* NULL: not computed yet */
	int64 minimum;
	PGFunction count; /* what tells the number of answers of a summary */
	int cells;
	SuppressCell *cell;
} SuppressPartition;

/* Order groups from the smallest up, ties in the order of the window */
static int
CompareCells(const void *a, const void *b)
{
	const SuppressCell *first = a;
	const SuppressCell *second = b;

	CHECK_FOR_INTERRUPTS();
	if (first->n != second->n)
		return (first->n < second->n) ? -1 : 1;
	return first->row - second->row;
}

/* Read the number of answers of a row; without any there is nothing to hide, nor to hide behind */
static void
ReadCell(WindowObject window, int row, void *context)
{
	SuppressPartition *partition = context;
	bool isnull;
	Datum summary = PartitionArg(window, 0, row, &isnull);
	int64 n = isnull ? 0 : DatumGetInt64(DirectFunctionCall1(partition->count, summary));

	partition->hidden[row] = (n < partition->minimum);
	if (n > 0)
	{
		partition->cell[partition->cells].n = n;
		partition->cell[partition->cells++].row = row;
	}
}

/*
 * Decide which groups of a partition are hidden.
 *
 * Who knows the total learns from what is shown how many answers are hidden,
 * and their summary: so at least two groups are, with at least "minimum"
 * answers together.
 */
static void
HideCells(WindowObject window, SuppressPartition *partition)
{
	int rows = PartitionRows(window, sizeof(SuppressCell));
	int64 answers = 0;
	int hidden = 0;

	partition->hidden = palloc0(Max(rows, 1) * sizeof(bool));
	partition->cell = palloc(Max(rows, 1) * sizeof(SuppressCell));
	ScanPartition(window, rows, ReadCell, partition);
	qsort(partition->cell, partition->cells, sizeof(SuppressCell), CompareCells);
	for (; hidden < partition->cells; hidden++)
	{
		const SuppressCell *cell = &partition->cell[hidden];
		bool is_small = (cell->n < partition->minimum);
		bool is_needed = (hidden == 1 || answers < partition->minimum);

		if (!is_small && (hidden == 0 || !is_needed))
		{
			const SuppressCell *before = cell - 1;

			/* of equal groups the first goes, unless the window does not say which that is */
			if (hidden == 0 || before->n != cell->n ||
				!WinRowsArePeers(window, before->row, cell->row))
				break;
		}
		partition->hidden[cell->row] = true;
		answers += cell->n;
	}
	pfree(partition->cell);
}

/* Return the summary of the current row, or NULL when it is hidden */
static Datum
SuppressSmall(FunctionCallInfo fcinfo, PGFunction count)
{
	WindowObject window = PG_WINDOW_OBJECT();
	SuppressPartition *partition = WinGetPartitionLocalMemory(window, sizeof(SuppressPartition));
	bool isnull;
	Datum summary = WinGetFuncArgCurrent(window, 1, &isnull);
	int64 minimum;

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("minimum must not be null")));
	minimum = CheckMinimumBase(DatumGetInt64(summary));
	if (partition->hidden == NULL)
	{
		/* what is computed lives as long as the partition's local memory */
		MemoryContext old_context = MemoryContextSwitchTo(GetMemoryChunkContext(partition));

		partition->minimum = minimum;
		partition->count = count;
		HideCells(window, partition);
		MemoryContextSwitchTo(old_context);
	}
	if (partition->minimum != minimum)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("minimum must not change within a partition"),
				 errdetail("It was %lld before, and is %lld now.", (long long) partition->minimum,
						   (long long) minimum)));
	if (partition->hidden[WinGetCurrentPosition(window)])
		PG_RETURN_NULL();
	summary = WinGetFuncArgCurrent(window, 0, &isnull);
	if (isnull)
		PG_RETURN_NULL();
	return summary;
}

/* Define suppress for a type by the function that counts its answers */
#define DEFINE_SUPPRESS(prefix, count) \
	extern Datum count(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(prefix##_suppress); \
	Datum prefix##_suppress(PG_FUNCTION_ARGS) \
	{ \
		return SuppressSmall(fcinfo, count); \
	} \
	extern Datum prefix##_suppress(PG_FUNCTION_ARGS)

DEFINE_SUPPRESS(nps, nps_n);
DEFINE_SUPPRESS(likert, likert_n);
DEFINE_SUPPRESS(rate, rate_n);
DEFINE_SUPPRESS(choices, choices_respondents);
DEFINE_SUPPRESS(sample, sample_n);
DEFINE_SUPPRESS(ratio, ratio_n);
DEFINE_SUPPRESS(timing, timing_n);
DEFINE_SUPPRESS(items, items_n);
DEFINE_SUPPRESS(funnel, funnel_n);
DEFINE_SUPPRESS(task, task_n);
DEFINE_SUPPRESS(flow, flow_n);
DEFINE_SUPPRESS(retention, retention_n);
