/*
 * cell_window.c
 *		What window functions share that look at all groups of a partition at once.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "cell_window.h"
#include "likert.h"
#include "nps.h"
#include "rate.h"
#include "sample.h"

/* Rocks' answers, as with the interval of an NPS; Agresti and Coull's, two of each kind */
static const AddedAnswers nps_added = {3.0, 0.0, 0.5};
static const AddedAnswers rate_added = {4.0, 0.5, 0.25};

/* a partition that is being read */
typedef struct CellReader
{
	CellWindow *window;
	CellType type;
	void *first; /* copy of the first summary with answers, which the others must be like */
} CellReader;

/* Return how many rows a partition has, of each of which "size" bytes are kept */
int
PartitionRows(WindowObject window, Size size)
{
	int64 rows = WinGetPartitionRowCount(window);

	if (rows > (int64) (MaxAllocSize / size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one window partition"),
				 errdetail("A partition has at most %lld rows.",
						   (long long) (MaxAllocSize / size))));
	return (int) rows;
}

/* Return an argument in one row of the partition */
Datum
PartitionArg(WindowObject window, int arg, int row, bool *isnull)
{
	bool isout;

	return WinGetFuncArgInPartition(window, arg, row, WINDOW_SEEK_HEAD, false, isnull, &isout);
}

/*
 * Read each row of a partition.
 *
 * What an argument allocates lives until its row is read; results belong in
 * the caller's memory context.
 */
void
ScanPartition(WindowObject window, int rows, PartitionReader read, void *context)
{
	MemoryContext scratch =
		AllocSetContextCreate(CurrentMemoryContext, "cxux row", ALLOCSET_SMALL_SIZES);
	MemoryContext old_context = MemoryContextSwitchTo(scratch);

	for (int i = 0; i < rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		read(window, i, context);
		MemoryContextReset(scratch);
	}
	MemoryContextSwitchTo(old_context);
	MemoryContextDelete(scratch);
}

/* Report an argument that must be given */
static void
CheckArgNotNull(bool isnull, const char *what)
{
	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", what)));
}

/* Read a number in the current row */
double
CurrentNumber(WindowObject window, int arg, const char *what)
{
	bool isnull;
	Datum number = WinGetFuncArgCurrent(window, arg, &isnull);

	CheckArgNotNull(isnull, what);
	return DatumGetFloat8(number);
}

/* Read a word in the current row */
char *
CurrentWord(WindowObject window, int arg, const char *what)
{
	bool isnull;
	Datum word = WinGetFuncArgCurrent(window, arg, &isnull);

	CheckArgNotNull(isnull, what);
	return TextDatumGetCString(word);
}

/* Return a window of so many rows without answers, of values without limits */
CellWindow *
CreateCellWindow(int count)
{
	CellWindow *window = palloc0(sizeof(CellWindow));

	window->count = count;
	window->cells = palloc0(Max(count, 1) * sizeof(Cell));
	window->unit = 1.0;
	window->range.low = -INFINITY;
	window->range.high = INFINITY;
	for (int i = 0; i < count; i++)
		window->cells[i].estimate = NOT_DEFINED;
	return window;
}

/* Set what the estimates of a type can be, and how their variance is taken */
static void
DescribeCells(CellWindow *window, CellType type)
{
	switch (type)
	{
		case CELL_NPS:
			window->unit = POINTS;
			window->range.low = -1.0;
			window->range.high = 1.0;
			window->added = nps_added;
			break;
		case CELL_RATE:
			window->range.low = 0.0;
			window->range.high = 1.0;
			window->added = rate_added;
			break;
		case CELL_LIKERT:
		case CELL_SAMPLE:
			window->is_mean = true;
			break;
	}
}

/* Return a summary of a type, whose getter checks it */
static const void *
GetSummary(CellType type, Datum summary)
{
	LOCAL_FCINFO(call, 1);

	call->args[0].value = summary;
	call->args[0].isnull = false;
	switch (type)
	{
		case CELL_NPS:
			return NpsGetArg(call, 0);
		case CELL_RATE:
			return RateGetArg(call, 0);
		case CELL_LIKERT:
			return LikertGetArg(call, 0);
		case CELL_SAMPLE:
			break;
	}
	return SampleGetArg(call, 0);
}

/* Return the moments of a summary of a type */
static Moments
SummaryMoments(CellType type, const void *summary)
{
	switch (type)
	{
		case CELL_NPS:
			return NpsMoments(summary);
		case CELL_RATE:
			return RateMoments(summary);
		case CELL_LIKERT:
			return LikertMoments(summary);
		case CELL_SAMPLE:
			break;
	}
	return SampleMoments(summary);
}

/* Check that a summary measures the same as the first one, a copy of which is kept */
static void
CheckAlike(CellReader *reader, const void *summary)
{
	Size size = (reader->type == CELL_LIKERT) ? VARSIZE(summary) : sizeof(NpsSummary);

	if (reader->type != CELL_NPS && reader->type != CELL_LIKERT)
		return;
	if (reader->first == NULL)
		reader->first =
			memcpy(MemoryContextAlloc(GetMemoryChunkContext(reader->window), size), summary, size);
	if (reader->type == CELL_NPS)
		NpsCheckAlike(reader->first, summary);
	else
		LikertCheckAlike(reader->first, summary);
}

/* Read the summary of a row */
static void
ReadCell(WindowObject window, int row, void *context)
{
	CellReader *reader = context;
	Cell *cell = &reader->window->cells[row];
	bool isnull;
	Datum value = PartitionArg(window, 0, row, &isnull);
	const void *summary;
	Moments moments;

	if (isnull)
		return;
	summary = GetSummary(reader->type, value);
	moments = SummaryMoments(reader->type, summary);
	if (moments.n == 0)
		return;
	CheckAlike(reader, summary);
	cell->estimate = moments.mean;
	cell->weight = moments.weight;
	cell->size = moments.effective_n;
	cell->variance = moments.variance;
}

/* Read the summaries of a partition, the first argument of its window function */
CellWindow *
ReadCellWindow(WindowObject window, CellType type)
{
	CellReader reader = {CreateCellWindow(PartitionRows(window, sizeof(Cell))), type, NULL};

	DescribeCells(reader.window, type);
	ScanPartition(window, reader.window->count, ReadCell, &reader);
	if (type == CELL_LIKERT && reader.first != NULL)
	{
		const LikertSummary *likert = reader.first;

		reader.window->range.low = likert->low;
		reader.window->range.high = likert->high;
	}
	return reader.window;
}
