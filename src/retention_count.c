/*
 * retention_count.c
 *		Counts actors into a retention_summary, one by one, and merges summaries.
 *
 * Cells lie in a hash table, so that one actor takes little and ten years of days fit.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "retention.h"
#include "tally.h"

/* room for cells at first */
#define FIRST_CELLS 16

/* Knuth's multiplicative hashing: 2^64 over the golden ratio, whose high bits all bits change */
#define HASH_FACTOR UINT64CONST(0x9E3779B97F4A7C15)

/* a key has the column in its lowest bits, then the row, then what is counted */
#define COLUMN_BITS 16
#define ROW_BITS 32

StaticAssertDecl(RETENTION_MAX_PERIODS < (1 << COLUMN_BITS), "a column must fit its bits");

typedef struct CountCell
{
	uint64 key;
	int64 count;
	uint32 status;
} CountCell;

#define SH_PREFIX cells
#define SH_ELEMENT_TYPE CountCell
#define SH_KEY_TYPE uint64
#define SH_KEY key
#define SH_HASH_KEY(table, key) ((uint32) (((key) *HASH_FACTOR) >> 32))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

struct Retention
{
	MemoryContext context;
	RetentionTerms terms;
	int64 latest;
	int32 from; /* period of the first cohort, and the one after the last activity */
	int32 until;
	int64 total[RETENTION_COUNTS];
	cells_hash *cells;
};

/* Begin to count; the terms must stay where they are */
Retention *
RetentionCreate(MemoryContext context, const RetentionTerms *terms, int64 latest)
{
	Retention *retention = MemoryContextAllocZero(context, sizeof(Retention));

	retention->context = context;
	retention->terms = *terms;
	retention->latest = latest;
	retention->from = PG_INT32_MAX;
	retention->until = PG_INT32_MIN;
	retention->cells = cells_create(context, FIRST_CELLS, NULL);
	return retention;
}

/* Note an event that was seen */
void
RetentionSee(Retention *retention, int64 at)
{
	retention->latest = Max(retention->latest, at);
}

/* Write the first date of a period */
static char *
PeriodText(CalendarUnit unit, int64 period)
{
	return DateToText(PeriodDate(unit, (int32) period));
}

/* Check that there are not too many periods from one to another */
void
CheckRetentionPeriods(const RetentionTerms *terms, int64 from, int64 last)
{
	if (last - from >= RETENTION_MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many periods in a retention summary"),
				 errdetail("From the %s of %s to that of %s there are more than %d.",
						   retention_units[terms->unit].name, PeriodText(terms->unit, from),
						   PeriodText(terms->unit, last), RETENTION_MAX_PERIODS),
				 (terms->unit == CALENDAR_MONTH)
					 ? errhint("Look for wrong times among the rows.")
					 : errhint("Look for wrong times among the rows, or take a longer period.")));
}

/* Make sure that periods are covered */
static void
Cover(Retention *retention, int32 from, int32 last)
{
	int32 new_from = Min(retention->from, from);
	int32 new_until = Max(retention->until, last + 1);

	CheckRetentionPeriods(&retention->terms, new_from, (int64) new_until - 1);
	retention->from = new_from;
	retention->until = new_until;
}

/* Add to a cell */
static inline void
AddToCell(Retention *retention, RetentionCount kind, int32 row, int32 column, int64 count)
{
	uint64 key = ((uint64) kind << (ROW_BITS + COLUMN_BITS)) |
		((uint64) (uint32) row << COLUMN_BITS) | (uint32) column;
	bool found;
	CountCell *cell = cells_insert(retention->cells, key, &found);

	if (!found)
		cell->count = 0;
	cell->count += count;
	retention->total[kind] += count;
}

/* Check that so many more can be counted; cells and their sums then fit, too */
static inline void
CheckRoom(const Retention *retention, RetentionCount kind, int64 more)
{
	if (unlikely(retention->total[kind] > TALLY_MAX_COUNT - more))
		AnswerCountOverflow();
}

/* Count an actor of a cohort, active in these periods: in order, none before that of the cohort */
void
RetentionAddActor(Retention *retention, int32 cohort, const int32 *periods, int count)
{
	int32 before = cohort;

	CheckRoom(retention, RETENTION_SIZE, 1);
	CheckRoom(retention, RETENTION_ACTIVE, count);
	Cover(retention, cohort, (count > 0) ? periods[count - 1] : cohort);
	AddToCell(retention, RETENTION_SIZE, cohort, 0, 1);
	for (int i = 0; i < count; i++)
	{
		int32 period = periods[i];

		AddToCell(retention, RETENTION_ACTIVE, cohort, period - cohort, 1);
		if (period > before)
			AddToCell(retention, RETENTION_GAP, before, period - before, 1);
		before = period;
	}
	if (count > 0)
		AddToCell(retention, RETENTION_LAST, cohort, before - cohort, 1);
}

/* Tell whether two names, which may both be missing, are the same */
static bool
NamesEqual(const char *a, const char *b)
{
	return (a == NULL || b == NULL) ? a == b : strcmp(a, b) == 0;
}

/* Write what summaries are of */
static char *
TermsText(const RetentionTerms *terms)
{
	if (terms->first == NULL)
		return psprintf("of period \"%s\" in time zone \"%s\"", retention_units[terms->unit].name,
						terms->zone);
	return psprintf("of period \"%s\" in time zone \"%s\" from \"%s\" to \"%s\"",
					retention_units[terms->unit].name, terms->zone, terms->first, terms->again);
}

/* Check that two summaries are of the same periods and events */
static void
CheckTermsAlike(const RetentionTerms *a, const RetentionTerms *b)
{
	if (a->unit != b->unit || strcmp(a->zone, b->zone) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("retention of different periods does not mix"),
				 errdetail("One is %s, the other %s.", TermsText(a), TermsText(b))));
	if (!NamesEqual(a->first, b->first) || !NamesEqual(a->again, b->again))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("retention of different events does not mix"),
				 errdetail("One is %s, the other %s.", TermsText(a), TermsText(b))));
}

/* Add a stored summary of other actors */
void
RetentionMerge(Retention *into, const RetentionSummary *summary)
{
	RetentionTable from;

	RetentionRead(&from, summary);
	CheckTermsAlike(&into->terms, &from.terms);
	RetentionSee(into, from.latest);
	if (from.periods > 0)
		Cover(into, from.from, from.from + from.periods - 1);
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		CheckRoom(into, kind, summary->part[kind].total);
		for (int i = 0; i < from.length[kind]; i++)
		{
			const RetentionCell *cell = &from.cell[kind][i];

			AddToCell(into, kind, from.from + cell->row, cell->column, cell->count);
		}
		if (from.cell[kind] != NULL)
			pfree(from.cell[kind]);
	}
}

/* Order two cells by row and column */
static int
CompareCells(const void *a, const void *b)
{
	const RetentionCell *cell_a = a;
	const RetentionCell *cell_b = b;

	if (cell_a->row != cell_b->row)
		return (cell_a->row < cell_b->row) ? -1 : 1;
	return (cell_a->column > cell_b->column) - (cell_a->column < cell_b->column);
}

/* Return what was counted as a stored value */
RetentionSummary *
RetentionWrite(const Retention *retention)
{
	RetentionTable table = {0};
	cells_iterator iterator;
	RetentionSummary *summary;
	CountCell *cell;
	RetentionCell *all;
	int number[RETENTION_COUNTS] = {0};
	int place = 0;

	table.terms = retention->terms;
	table.latest = retention->latest;
	if (retention->from < retention->until)
	{
		table.from = retention->from;
		table.periods = retention->until - retention->from;
	}
	cells_start_iterate(retention->cells, &iterator);
	while ((cell = cells_iterate(retention->cells, &iterator)) != NULL)
		number[cell->key >> (ROW_BITS + COLUMN_BITS)]++;
	all = palloc_extended((retention->cells->members + 1) * sizeof(RetentionCell), MCXT_ALLOC_HUGE);
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		table.cell[kind] = all + place;
		place += number[kind];
	}
	cells_start_iterate(retention->cells, &iterator);
	while ((cell = cells_iterate(retention->cells, &iterator)) != NULL)
	{
		int kind = (int) (cell->key >> (ROW_BITS + COLUMN_BITS));
		RetentionCell *into = &table.cell[kind][table.length[kind]++];

		into->row = (int32) (uint32) (cell->key >> COLUMN_BITS) - table.from;
		into->column = (int32) (cell->key & ((1 << COLUMN_BITS) - 1));
		into->count = cell->count;
	}
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
		qsort(table.cell[kind], table.length[kind], sizeof(RetentionCell), CompareCells);
	summary = RetentionPack(&table);
	pfree(all);
	return summary;
}
