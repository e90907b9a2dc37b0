/*
 * retention_ask.c
 *		What one asks of a retention_summary.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "rate.h"
#include "retention.h"

/* periods in which an actor is one of the base of stickiness: four weeks, and a year of months */
#define WINDOW_DAYS 28
#define WINDOW_WEEKS 4
#define WINDOW_MONTHS 12

PG_FUNCTION_INFO_V1(retention_report);
PG_FUNCTION_INFO_V1(retention_curve);
PG_FUNCTION_INFO_V1(retention_retained);
PG_FUNCTION_INFO_V1(retention_lifecycle);
PG_FUNCTION_INFO_V1(retention_stickiness);
PG_FUNCTION_INFO_V1(retention_n);
PG_FUNCTION_INFO_V1(retention_latest);
PG_FUNCTION_INFO_V1(retention_minimum_base);

/* Return the number of actors */
int64
RetentionActors(const RetentionTable *table)
{
	int64 actors = 0;

	for (int i = 0; i < table->length[RETENTION_SIZE]; i++)
		actors += table->cell[RETENTION_SIZE][i].count;
	return actors;
}

/* Return the place of a cohort's period in a triangle */
static Size
GridPlace(const RetentionGrid *grid, int cohort, int period)
{
	return (Size) cohort * grid->shown - (Size) cohort * (cohort - 1) / 2 + period;
}

/* Return how many actors of a cohort are retained in a period that has begun */
int64
RetentionGridCount(const RetentionGrid *grid, int cohort, int period)
{
	return grid->count[GridPlace(grid, cohort, period)];
}

/* Return room for so many numbers, all zero */
static int64 *
AllocateCounts(Size count)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, (count + 1) * sizeof(int64),
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/*
 * Choose the periods to show, those that have begun by an instant, and tell which are over.
 *
 * One that begins at the instant has not begun by then, unless there was an event: the latest one.
 */
static void
ChoosePeriods(RetentionGrid *grid, bool has_as_of, int64 as_of)
{
	const RetentionTable *table = &grid->table;
	int64 begun = table->latest;
	Calendar calendar;
	int64 last;

	CalendarBegin(&calendar, table->terms.unit, table->terms.zone);
	if (!has_as_of)
		as_of = table->latest;
	else if (as_of != table->latest)
		begun = as_of - 1;
	last = CalendarPeriod(&calendar, begun);
	if (table->periods == 0 || last < table->from)
		return;
	CheckRetentionPeriods(&table->terms, table->from, last);
	grid->shown = (int) (last - table->from) + 1;
	grid->complete = palloc(grid->shown * sizeof(bool));
	for (int i = 0; i < grid->shown; i++)
		grid->complete[i] = CalendarStart(&calendar, table->from + i + 1) <= as_of;
}

/* Check that no event was seen after an instant */
static void
CheckAsOfRolling(const RetentionTable *table, int64 as_of)
{
	if (as_of < table->latest)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("as_of must not be before the latest event for rolling retention"),
				 errdetail("Actors came back after it, which cannot be taken out."),
				 errhint("Leave as_of out, or leave later rows out of retention() with FILTER.")));
}

/* Count who is retained, cohort by cohort */
RetentionGrid *
RetentionGridCreate(const RetentionSummary *summary, bool rolling, bool has_as_of, int64 as_of)
{
	RetentionGrid *grid = palloc0(sizeof(RetentionGrid));
	const RetentionTable *table = &grid->table;
	RetentionCount kind = rolling ? RETENTION_LAST : RETENTION_ACTIVE;

	RetentionRead(&grid->table, summary);
	if (rolling && has_as_of)
		CheckAsOfRolling(table, as_of);
	ChoosePeriods(grid, has_as_of, as_of);
	grid->size = AllocateCounts(grid->shown);
	grid->count = AllocateCounts((Size) grid->shown * (grid->shown + 1) / 2);
	for (int i = 0; i < table->length[RETENTION_SIZE]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_SIZE][i];

		if (cell->row >= grid->shown)
			break;
		grid->size[cell->row] = cell->count;
		grid->cohorts = cell->row + 1;
	}
	for (int i = 0; i < table->length[kind]; i++)
	{
		const RetentionCell *cell = &table->cell[kind][i];

		if (cell->row + cell->column < grid->shown)
			grid->count[GridPlace(grid, cell->row, cell->column)] = cell->count;
	}
	/* those last seen later are seen on or after a period, too */
	for (int cohort = 0; rolling && cohort < grid->cohorts; cohort++)
	{
		for (int period = grid->shown - cohort - 2; period >= 0; period--)
			grid->count[GridPlace(grid, cohort, period)] +=
				grid->count[GridPlace(grid, cohort, period + 1)];
	}
	return grid;
}

/* Read an instant, which may be missing */
static bool
GetAsOf(FunctionCallInfo fcinfo, int arg, int64 *as_of)
{
	*as_of = 0;
	if (PG_ARGISNULL(arg))
		return false;
	*as_of = CheckedTime(PG_GETARG_TIMESTAMPTZ(arg), "as_of");
	return true;
}

/* Count who is retained as the arguments ask for: a summary, rolling or not, as of when */
static RetentionGrid *
GetGrid(FunctionCallInfo fcinfo, int rolling_arg)
{
	bool rolling = PG_GETARG_BOOL(rolling_arg);
	int64 as_of;
	bool has_as_of = GetAsOf(fcinfo, rolling_arg + 1, &as_of);

	return RetentionGridCreate(RetentionGetArg(fcinfo, 0), rolling, has_as_of, as_of);
}

/* Append a share with its interval */
static void
RowShare(Row *row, int64 count, int64 base, bool is_known, double confidence)
{
	Proportion p = {(double) count, (double) base};
	Limits interval = UndefinedInterval();

	if (is_known)
		interval = ProportionInterval(p, confidence, PROPORTION_WILSON);
	RowFloat(row, is_known ? ProportionShare(p) : NOT_DEFINED);
	RowFloat(row, interval.low);
	RowFloat(row, interval.high);
}

/* Return a row per cohort and period */
Datum
retention_report(PG_FUNCTION_ARGS)
{
	RetentionGrid *grid;
	double confidence;
	Row row;

	RowBeginSet(&row, fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		return (Datum) 0;
	confidence = GetConfidence(fcinfo, 3);
	grid = GetGrid(fcinfo, 1);
	for (int cohort = 0; cohort < grid->cohorts; cohort++)
	{
		/* one without actors is none */
		int periods = (grid->size[cohort] > 0) ? grid->shown - cohort : 0;
		DateADT date = PeriodDate(grid->table.terms.unit, grid->table.from + cohort);

		for (int period = 0; period < periods; period++)
		{
			int64 count = RetentionGridCount(grid, cohort, period);

			CHECK_FOR_INTERRUPTS();
			RowDate(&row, date);
			RowInt32(&row, period);
			RowInt64(&row, count);
			RowInt64(&row, grid->size[cohort]);
			RowShare(&row, count, grid->size[cohort], grid->complete[cohort + period], confidence);
			RowBool(&row, grid->complete[cohort + period]);
			RowPut(&row, fcinfo);
		}
	}
	return (Datum) 0;
}

/* what is known of all cohorts some periods later */
typedef struct PooledCounts
{
	int64 retained;
	int64 base; /* actors of cohorts whose period is complete */
	int64 cohorts;
	int64 undecided; /* actors of those whose period is not */
} PooledCounts;

/* Pool the cohorts some periods later */
static PooledCounts
PoolCohorts(const RetentionGrid *grid, int period)
{
	PooledCounts pooled = {0};

	for (int cohort = 0; cohort < grid->cohorts; cohort++)
	{
		if (grid->size[cohort] == 0)
			continue;
		if (cohort + period >= grid->shown || !grid->complete[cohort + period])
		{
			pooled.undecided += grid->size[cohort];
			continue;
		}
		pooled.retained += RetentionGridCount(grid, cohort, period);
		pooled.base += grid->size[cohort];
		pooled.cohorts++;
	}
	return pooled;
}

/* Return a row per period, of all cohorts whose period is complete */
Datum
retention_curve(PG_FUNCTION_ARGS)
{
	RetentionGrid *grid;
	double confidence;
	Row row;

	RowBeginSet(&row, fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		return (Datum) 0;
	confidence = GetConfidence(fcinfo, 3);
	grid = GetGrid(fcinfo, 1);
	for (int period = 0; period < grid->shown; period++)
	{
		PooledCounts pooled = PoolCohorts(grid, period);

		CHECK_FOR_INTERRUPTS();
		if (pooled.cohorts == 0)
			break;
		RowInt32(&row, period);
		RowInt64(&row, pooled.retained);
		RowInt64(&row, pooled.base);
		RowShare(&row, pooled.retained, pooled.base, true, confidence);
		RowInt64(&row, pooled.cohorts);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the actors retained some periods later as successes, those not known yet as undecided */
Datum
retention_retained(PG_FUNCTION_ARGS)
{
	RateSummary *rate;
	PooledCounts pooled;
	int32 period;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	period = PG_GETARG_INT32(1);
	if (period < 0 || period >= RETENTION_MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("period \"%d\" is out of range", period),
				 errdetail("Periods go from 0, that of the first event, to %d.",
						   RETENTION_MAX_PERIODS - 1)));
	pooled = PoolCohorts(GetGrid(fcinfo, 2), period);
	rate = RateCreate();
	rate->count[RATE_SUCCESS] = pooled.retained;
	rate->count[RATE_FAILURE] = pooled.base - pooled.retained;
	rate->count[RATE_UNDECIDED] = pooled.undecided;
	PG_RETURN_POINTER(rate);
}

/* who was there in each period */
typedef struct Presence
{
	RetentionGrid grid; /* its periods only */
	int64 *came;        /* actors whose first period it is */
	int64 *present;
	int64 *returning; /* present in the period before, too */
} Presence;

/* Count who was there in the periods shown */
static void
GetPresence(FunctionCallInfo fcinfo, int as_of_arg, Presence *presence)
{
	RetentionTable *table = &presence->grid.table;
	int64 as_of;
	bool has_as_of = GetAsOf(fcinfo, as_of_arg, &as_of);
	int shown;

	memset(presence, 0, sizeof(Presence));
	RetentionRead(table, RetentionGetArg(fcinfo, 0));
	ChoosePeriods(&presence->grid, has_as_of, as_of);
	shown = presence->grid.shown;
	presence->came = AllocateCounts(shown);
	presence->present = AllocateCounts(shown);
	presence->returning = AllocateCounts(shown);
	for (int i = 0; i < table->length[RETENTION_SIZE]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_SIZE][i];

		if (cell->row < shown)
		{
			presence->came[cell->row] += cell->count;
			presence->present[cell->row] += cell->count;
		}
	}
	for (int i = 0; i < table->length[RETENTION_GAP]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_GAP][i];
		int period = cell->row + cell->column;

		if (period >= shown)
			continue;
		presence->present[period] += cell->count;
		if (cell->column == 1)
			presence->returning[period] += cell->count;
	}
}

/* Return a row per period: who came, stayed, came back and left */
Datum
retention_lifecycle(PG_FUNCTION_ARGS)
{
	Presence presence;
	Row row;

	RowBeginSet(&row, fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	GetPresence(fcinfo, 1, &presence);
	for (int i = 0; i < presence.grid.shown; i++)
	{
		RowDate(&row, PeriodDate(presence.grid.table.terms.unit, presence.grid.table.from + i));
		RowInt64(&row, presence.present[i]);
		RowInt64(&row, presence.came[i]);
		RowInt64(&row, presence.returning[i]);
		RowInt64(&row, presence.present[i] - presence.came[i] - presence.returning[i]);
		if (!presence.grid.complete[i])
			RowNull(&row);
		else
			RowInt64(&row, (i == 0) ? 0 : presence.present[i - 1] - presence.returning[i]);
		RowBool(&row, presence.grid.complete[i]);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Read the number of periods in a window */
static int
GetWindow(FunctionCallInfo fcinfo, int arg, CalendarUnit unit)
{
	static const int windows[CALENDAR_UNITS] = {WINDOW_DAYS, WINDOW_WEEKS, WINDOW_MONTHS};
	int32 window;

	if (PG_ARGISNULL(arg))
		return windows[unit];
	window = PG_GETARG_INT32(arg);
	if (window < 1 || window > RETENTION_MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("periods \"%d\" is out of range", window),
				 errdetail("A window has 1 to %d periods.", RETENTION_MAX_PERIODS)));
	return window;
}

/*
 * Return a row per period: in how many of the last periods those were present who were in any.
 *
 * Of each period in the window it is kept how many actors have not come back since: that makes
 * the different actors of the window.
 */
Datum
retention_stickiness(PG_FUNCTION_ARGS)
{
	Presence presence;
	RetentionTable *table = &presence.grid.table;
	int64 *gap, *gone;
	int shown, window;
	Row row;

	RowBeginSet(&row, fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	GetPresence(fcinfo, 2, &presence);
	window = GetWindow(fcinfo, 1, table->terms.unit);
	shown = presence.grid.shown;
	gone = AllocateCounts(shown);
	gap = AllocateCounts((Size) shown * (shown + 1) / 2);
	for (int i = 0; i < table->length[RETENTION_GAP]; i++)
	{
		const RetentionCell *cell = &table->cell[RETENTION_GAP][i];

		if (cell->row + cell->column < shown)
			gap[GridPlace(&presence.grid, cell->row, cell->column)] = cell->count;
	}
	for (int i = 0; i < shown; i++)
	{
		bool is_known = presence.grid.complete[i] && i >= window - 1;
		int64 actors = 0, sum = 0;
		double mean;

		CHECK_FOR_INTERRUPTS();
		gone[i] = presence.present[i];
		for (int j = Max(i - window + 1, 0); j <= i; j++)
		{
			gone[j] -= gap[GridPlace(&presence.grid, j, i - j)];
			actors += gone[j];
			sum += presence.present[j];
		}
		mean = (double) sum / window;
		RowDate(&row, PeriodDate(table->terms.unit, table->from + i));
		RowInt64(&row, presence.present[i]);
		RowInt64(&row, actors);
		RowFloat(&row, is_known ? mean : NOT_DEFINED);
		RowFloat(&row, (is_known && actors > 0) ? mean / actors : NOT_DEFINED);
		RowBool(&row, is_known);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the number of actors */
Datum
retention_n(PG_FUNCTION_ARGS)
{
	RetentionTable table;

	RetentionRead(&table, RetentionGetArg(fcinfo, 0));
	PG_RETURN_INT64(RetentionActors(&table));
}

/* Return the instant of the last event seen */
Datum
retention_latest(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(RetentionGetArg(fcinfo, 0)->latest);
}

/* Return the summary, or NULL when there are too few actors */
Datum
retention_minimum_base(PG_FUNCTION_ARGS)
{
	RetentionTable table;

	RetentionRead(&table, RetentionGetArg(fcinfo, 0));
	if (!MeetsMinimumBase(fcinfo, RetentionActors(&table)))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

DEFINE_JSON_CASTS(retention, RetentionToText, RetentionGetArg);
