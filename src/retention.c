/*
 * retention.c
 *		retention_summary: the stored value, packed and taken apart.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "packed_counts.h"
#include "retention.h"

#define RETENTION_HEADER offsetof(RetentionSummary, data)

/* a packed cell takes at least two bits */
#define CELLS_PER_BYTE 4

const Choice retention_units[] = {{"day", CALENDAR_DAY},
								  {"week", CALENDAR_WEEK},
								  {"month", CALENDAR_MONTH},
								  {NULL, 0}};

/* Read a summary argument; it must not be written to */
const RetentionSummary *
RetentionGetArg(FunctionCallInfo fcinfo, int arg)
{
	const RetentionSummary *summary =
		(const RetentionSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(summary->version, RETENTION_VERSION, RETENTION_TYPE);
	return summary;
}

/* Return the name of a time zone as it is spelled */
const char *
CheckedZone(const char *name)
{
	pg_tz *zone = CalendarZone(name);

	if (zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized", name),
				 errhint("Write a name of pg_timezone_names, as \"Europe/Rome\".")));
	return pg_get_timezone_name(zone);
}

/* Return how many cells a triangle of so many periods has */
static int
TriangleSize(int periods)
{
	return periods * (periods + 1) / 2;
}

/* Return the first bucket of a row; each is a period shorter than the one before */
static int
RowBucket(int periods, int row)
{
	return row * periods - row * (row - 1) / 2;
}

/* Return how many buckets there are */
static int
BucketCountOf(RetentionCount kind, int periods)
{
	return (kind == RETENTION_SIZE) ? periods : TriangleSize(periods);
}

/* Return the bytes of a name in a stored value */
Size
RetentionNameSize(const char *name)
{
	return (name == NULL) ? 0 : strlen(name) + 1;
}

/* Append a name, which may be missing */
static char *
AppendName(char *at, const char *name)
{
	Size size = RetentionNameSize(name);

	if (size > 0)
		memcpy(at, name, size);
	return at + size;
}

/* Return a table as a stored value */
RetentionSummary *
RetentionPack(const RetentionTable *table)
{
	BucketCount *counts[RETENTION_COUNTS];
	Size names_size = RetentionNameSize(table->terms.zone) + RetentionNameSize(table->terms.first) +
		RetentionNameSize(table->terms.again);
	Size size = RETENTION_HEADER + names_size;
	RetentionPart part[RETENTION_COUNTS] = {0};
	RetentionSummary *summary;
	char *at;

	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		counts[kind] =
			palloc_extended((table->length[kind] + 1) * sizeof(BucketCount), MCXT_ALLOC_HUGE);
		for (int i = 0; i < table->length[kind]; i++)
		{
			const RetentionCell *cell = &table->cell[kind][i];

			counts[kind][i].bucket = (kind == RETENTION_SIZE)
				? cell->row
				: RowBucket(table->periods, cell->row) + cell->column;
			counts[kind][i].count = cell->count;
			part[kind].total += cell->count;
		}
		part[kind].cells = table->length[kind];
		part[kind].bytes = (int32) PackedCountsSize(counts[kind], table->length[kind]);
		size += part[kind].bytes;
	}
	summary = palloc0(size);
	SET_VARSIZE(summary, size);
	summary->version = RETENTION_VERSION;
	summary->unit = table->terms.unit;
	summary->has_events = table->terms.first != NULL;
	summary->latest = table->latest;
	summary->from = table->from;
	summary->periods = table->periods;
	summary->names_size = (int32) names_size;
	memcpy(summary->part, part, sizeof(part));
	at = AppendName(summary->data, table->terms.zone);
	at = AppendName(at, table->terms.first);
	at = AppendName(at, table->terms.again);
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		PackCounts(counts[kind], table->length[kind], (uint8_t *) at);
		at += part[kind].bytes;
		pfree(counts[kind]);
	}
	return summary;
}

/* Unpack cells; NULL when the bytes are none */
RetentionCell *
RetentionUnpack(const char *bytes, const RetentionPart *part, RetentionCount kind, int periods)
{
	BucketCount *counts;
	RetentionCell *cells;
	size_t used;
	int row = 0;

	if (part->cells < 0 || part->bytes < 0 || part->cells > (int64) part->bytes * CELLS_PER_BYTE ||
		part->cells > BucketCountOf(kind, periods))
		return NULL;
	counts = palloc_extended((part->cells + 1) * sizeof(BucketCount), MCXT_ALLOC_HUGE);
	if (!UnpackCounts((const uint8_t *) bytes, part->bytes, part->total,
					  BucketCountOf(kind, periods), counts, part->cells, &used) ||
		used != (size_t) part->bytes)
		return NULL;
	cells = palloc_extended((part->cells + 1) * sizeof(RetentionCell), MCXT_ALLOC_HUGE);
	for (int i = 0; i < part->cells; i++)
	{
		cells[i].count = counts[i].count;
		cells[i].row = counts[i].bucket;
		cells[i].column = 0;
		if (kind == RETENTION_SIZE)
			continue;
		while (counts[i].bucket >= RowBucket(periods, row + 1))
			row++;
		cells[i].row = row;
		cells[i].column = counts[i].bucket - RowBucket(periods, row);
	}
	pfree(counts);
	return cells;
}

/* Take a summary apart; names stay in their place */
void
RetentionRead(RetentionTable *table, const RetentionSummary *summary)
{
	const char *at = summary->data;

	memset(table, 0, sizeof(RetentionTable));
	table->terms.unit = (CalendarUnit) summary->unit;
	table->terms.zone = at;
	if (summary->has_events)
	{
		table->terms.first = at + RetentionNameSize(at);
		table->terms.again = table->terms.first + RetentionNameSize(table->terms.first);
	}
	table->latest = summary->latest;
	table->from = summary->from;
	table->periods = summary->periods;
	at += summary->names_size;
	for (int kind = 0; kind < RETENTION_COUNTS; kind++)
	{
		table->length[kind] = summary->part[kind].cells;
		table->cell[kind] = RetentionUnpack(at, &summary->part[kind], kind, table->periods);
		if (table->cell[kind] == NULL)
			elog(ERROR, "stored value of type %s is damaged", RETENTION_TYPE);
		at += summary->part[kind].bytes;
	}
}

/* Order two summaries by their bytes, for sorting only */
DEFINE_COMPARE_ARGS(RetentionCompareArgs, RetentionSummary, RetentionGetArg, CompareStored);
DEFINE_COMPARISONS(retention, RetentionCompareArgs);
DEFINE_HASHES(retention, RetentionSummary, RetentionGetArg, VARSIZE(value));
