/*
 * control.c
 *		Window functions control_limits and individual_limits: control charts.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/float.h"

#include "answer.h"
#include "cell_window.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(nps_control_limits);
PG_FUNCTION_INFO_V1(rate_control_limits);
PG_FUNCTION_INFO_V1(likert_control_limits);
PG_FUNCTION_INFO_V1(sample_control_limits);
PG_FUNCTION_INFO_V1(event_control_limits);
PG_FUNCTION_INFO_V1(individual_limits);

typedef enum ControlMethod
{
	METHOD_SHEWHART,
	METHOD_LANEY
} ControlMethod;

static const Choice methods[] = {{"shewhart", METHOD_SHEWHART}, {"laney", METHOD_LANEY}, {NULL, 0}};

/* what the first row of a partition computes for all of them */
typedef struct ControlPartition
{
	CellWindow *window; /* NULL: not computed yet */
	Cell *baseline;
	int *runs;
	int baseline_arg; /* which argument tells what the baseline is */
	ControlChart chart;
} ControlPartition;

/* Check that points can be told apart in time, as runs and ranges need it */
static void
CheckOrder(WindowObject window, const CellWindow *cells)
{
	int before = -1;

	for (int i = 0; i < cells->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (isnan(cells->cells[i].estimate))
			continue;
		if (before >= 0 && WinRowsArePeers(window, before, i))
			ereport(ERROR,
					(errcode(ERRCODE_WINDOWING_ERROR),
					 errmsg("points of a control chart must be in order"),
					 errdetail("The ORDER BY of the window does not tell two of them apart."),
					 errhint("Aggregate to one row for each period, and order the window by it.")));
		before = i;
	}
}

/* Read whether a row is part of the baseline */
static void
ReadBaseline(WindowObject window, int row, void *context)
{
	ControlPartition *partition = context;
	bool isnull;
	Datum is_baseline = PartitionArg(window, partition->baseline_arg, row, &isnull);

	partition->baseline[row] = partition->window->cells[row];
	if (isnull || !DatumGetBool(is_baseline))
		partition->baseline[row].estimate = NOT_DEFINED;
}

/* Make the chart of a partition whose points are read */
static void
ReadChart(WindowObject window, ControlPartition *partition, CellWindow *cells, ControlSpread spread)
{
	int count = cells->count;

	CheckOrder(window, cells);
	partition->window = cells;
	partition->baseline = palloc(Max(count, 1) * sizeof(Cell));
	partition->runs = palloc(Max(count, 1) * sizeof(int));
	ScanPartition(window, count, ReadBaseline, partition);
	partition->chart =
		MakeControlChart(cells->cells, partition->baseline, partition->runs, count, spread);
	if (isinf(partition->chart.center) || isinf(partition->chart.dispersion))
		float_overflow_error();
	pfree(partition->baseline);
}

/* Say what is unusual about a point, or return NULL */
static const char *
FindSignal(double estimate, Limits limits, int run)
{
	if (estimate > limits.high)
		return "above limits";
	if (estimate < limits.low)
		return "below limits";
	if (run >= CONTROL_RUN)
		return "run above";
	if (run <= -CONTROL_RUN)
		return "run below";
	return NULL;
}

/* Return the row of the current point */
static Datum
ReturnPoint(FunctionCallInfo fcinfo, const ControlPartition *partition, int sigmas_arg,
			bool adjusted)
{
	WindowObject window = PG_WINDOW_OBJECT();
	int current = (int) WinGetCurrentPosition(window);
	const CellWindow *cells = partition->window;
	const Cell *cell = &cells->cells[current];
	double sigmas = CurrentNumber(window, sigmas_arg, "sigmas");
	Limits limits;
	Row row;

	if (!(sigmas > 0.0) || isinf(sigmas))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sigmas \"%s\" must be positive and finite", float8out_internal(sigmas))));
	if (isnan(cell->estimate))
		PG_RETURN_NULL();
	limits = ControlLimits(&partition->chart, cell, sigmas, adjusted);
	limits = ClipInterval(limits, cells->range.low, cells->range.high);
	if (isinf(limits.low) || isinf(limits.high))
		float_overflow_error();
	RowBegin(&row, fcinfo);
	RowFloat(&row, cells->unit * cell->estimate);
	RowFloat(&row, cells->unit * partition->chart.center);
	RowFloat(&row, cells->unit * limits.low);
	RowFloat(&row, cells->unit * limits.high);
	RowText(&row, FindSignal(cell->estimate, limits, partition->runs[current]));
	return RowEnd(&row);
}

/* Tell whether the limits of the current row are adjusted for dispersion */
static bool
IsAdjusted(WindowObject window, int arg)
{
	return FindChoice(CurrentWord(window, arg, "method"), "method", methods)->value == METHOD_LANEY;
}

/* Chart the measure of summaries */
static Datum
ChartSummary(FunctionCallInfo fcinfo, CellType type)
{
	WindowObject window = PG_WINDOW_OBJECT();
	ControlPartition *partition = WinGetPartitionLocalMemory(window, sizeof(ControlPartition));

	if (partition->window == NULL)
	{
		/* what is read lives as long as the partition's local memory */
		MemoryContext old_context = MemoryContextSwitchTo(GetMemoryChunkContext(partition));
		CellWindow *cells = ReadCellWindow(window, type);

		partition->baseline_arg = 2;
		ReadChart(window, partition, cells, cells->is_mean ? CONTROL_WITHIN : CONTROL_POOLED);
		MemoryContextSwitchTo(old_context);
	}
	return ReturnPoint(fcinfo, partition, 1, IsAdjusted(window, 3));
}

/* Return the limits of a score */
Datum
nps_control_limits(PG_FUNCTION_ARGS)
{
	return ChartSummary(fcinfo, CELL_NPS);
}

/* Return the limits of a share */
Datum
rate_control_limits(PG_FUNCTION_ARGS)
{
	return ChartSummary(fcinfo, CELL_RATE);
}

/* Return the limits of a mean of answers */
Datum
likert_control_limits(PG_FUNCTION_ARGS)
{
	return ChartSummary(fcinfo, CELL_LIKERT);
}

/* Return the limits of a mean of values */
Datum
sample_control_limits(PG_FUNCTION_ARGS)
{
	return ChartSummary(fcinfo, CELL_SAMPLE);
}

/* Read a count of events and its exposure */
static void
ReadEvents(WindowObject window, int row, void *context)
{
	Cell *cell = &((CellWindow *) context)->cells[row];
	bool isnull[2];
	Datum events = PartitionArg(window, 0, row, &isnull[0]);
	double exposure = DatumGetFloat8(PartitionArg(window, 1, row, &isnull[1]));

	if (isnull[0] || isnull[1])
		return;
	CheckExposure(DatumGetInt64(events), exposure);
	cell->estimate = (double) DatumGetInt64(events) / exposure;
	cell->weight = exposure;
	cell->size = exposure;
	if (isinf(cell->estimate))
		float_overflow_error();
}

/* Read a value that is measured once */
static void
ReadValue(WindowObject window, int row, void *context)
{
	Cell *cell = &((CellWindow *) context)->cells[row];
	bool isnull;
	Datum value = PartitionArg(window, 0, row, &isnull);

	if (isnull)
		return;
	cell->estimate = FiniteValue(DatumGetFloat8(value));
	cell->weight = 1.0;
	cell->size = 1.0;
}

/* Chart numbers */
static ControlPartition *
ChartNumbers(WindowObject window, PartitionReader read, ControlSpread spread, int baseline_arg)
{
	ControlPartition *partition = WinGetPartitionLocalMemory(window, sizeof(ControlPartition));

	if (partition->window == NULL)
	{
		MemoryContext old_context = MemoryContextSwitchTo(GetMemoryChunkContext(partition));
		CellWindow *cells = CreateCellWindow(PartitionRows(window, sizeof(Cell)));

		ScanPartition(window, cells->count, read, cells);
		partition->baseline_arg = baseline_arg;
		ReadChart(window, partition, cells, spread);
		MemoryContextSwitchTo(old_context);
	}
	return partition;
}

/* Return the limits of events per exposure */
Datum
event_control_limits(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	ControlPartition *partition = ChartNumbers(window, ReadEvents, CONTROL_POISSON, 3);

	partition->window->range.low = 0.0;
	return ReturnPoint(fcinfo, partition, 2, IsAdjusted(window, 4));
}

/* Return the limits of single values, by their moving ranges */
Datum
individual_limits(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();

	return ReturnPoint(fcinfo, ChartNumbers(window, ReadValue, CONTROL_INDIVIDUAL, 2), 1, true);
}
