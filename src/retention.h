/*
 * retention.h
 *		retention_summary: when actors came first, and in which periods they came back.
 */
#ifndef CXUX_RETENTION_H
#define CXUX_RETENTION_H

#include "postgres.h"

#include "fmgr.h"

#include "calendar.h"
#include "surface.h"

#define RETENTION_VERSION 1
#define RETENTION_TYPE "retention_summary"

/* periods from the first cohort to the last activity: ten years of days, 6.7 million cells */
#define RETENTION_MAX_PERIODS 3660

/* longest name of an event */
#define RETENTION_MAX_NAME 1000

/* in place of the name of an event: any of them */
#define RETENTION_ANY "*"

/*
 * What is counted, in cells of a row and a column.
 *
 * Rows are periods, counted from that of the first cohort, and columns how many
 * periods later it is.  An actor is present in the period of its cohort and in
 * those it was active in.
 */
typedef enum RetentionCount
{
	RETENTION_SIZE,   /* actors of a cohort, in column 0 */
	RETENTION_ACTIVE, /* those active in exactly that period */
	RETENTION_LAST,   /* those active in it and in no later one */
	RETENTION_GAP     /* actors present in the period of the row, and next in that of the column */
} RetentionCount;

#define RETENTION_COUNTS (RETENTION_GAP + 1)

/* what summaries must have in common to merge */
typedef struct RetentionTerms
{
	CalendarUnit unit;
	const char *zone;
	const char *first; /* name of the event that makes a cohort; NULL: no events told apart */
	const char *again; /* name of the event that counts as coming back; NULL likewise */
} RetentionTerms;

/* cells that are not zero, packed */
typedef struct RetentionPart
{
	int64 total;
	int32 cells;
	int32 bytes;
} RetentionPart;

/*
 * A varlena that may be packed or toasted where it is stored.
 *
 * The time zone and the two names, each ended by a zero byte, come first in the
 * data, then the parts.
 */
typedef struct RetentionSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 unit;
	uint8 has_events;
	uint8 unused;
	int64 latest; /* instant of the last event seen */
	int32 from;   /* period of the first cohort; 0 without one */
	int32 periods;
	int32 names_size;
	int32 unused_too;
	RetentionPart part[RETENTION_COUNTS];
	char data[FLEXIBLE_ARRAY_MEMBER];
} RetentionSummary;

typedef struct RetentionCell
{
	int32 row;
	int32 column;
	int64 count; /* positive */
} RetentionCell;

/* a summary taken apart; cells are in the order of rows and columns */
typedef struct RetentionTable
{
	RetentionTerms terms;
	int64 latest;
	int32 from;
	int periods;
	int length[RETENTION_COUNTS];
	RetentionCell *cell[RETENTION_COUNTS];
} RetentionTable;

/* a summary that grows */
typedef struct Retention Retention;

/* retention_count.c */

extern Retention *RetentionCreate(MemoryContext context, const RetentionTerms *terms, int64 latest);
extern void RetentionSee(Retention *retention, int64 at);
extern void RetentionAddActor(Retention *retention, int32 cohort, const int32 *periods, int count);
extern void RetentionMerge(Retention *into, const RetentionSummary *from);
extern RetentionSummary *RetentionWrite(const Retention *retention);
extern void CheckRetentionPeriods(const RetentionTerms *terms, int64 from, int64 last);

/* retention.c */

extern const Choice retention_units[];
extern const RetentionSummary *RetentionGetArg(FunctionCallInfo fcinfo, int arg);
extern RetentionSummary *RetentionPack(const RetentionTable *table);
extern void RetentionRead(RetentionTable *table, const RetentionSummary *summary);
extern Size RetentionNameSize(const char *name);
extern RetentionCell *RetentionUnpack(const char *bytes, const RetentionPart *part,
									  RetentionCount kind, int periods);
extern const char *CheckedZone(const char *name);

/* retention_form.c */

extern char *RetentionToText(const RetentionSummary *summary);

/* retention_ask.c: also what the pictures show */

typedef struct RetentionGrid
{
	RetentionTable table;
	int shown;      /* periods that have begun */
	int cohorts;    /* up to the last one that is not empty */
	bool *complete; /* by period */
	int64 *size;    /* by cohort */
	int64 *count;   /* actors retained, by row and column of a triangle of all periods shown */
} RetentionGrid;

extern RetentionGrid *RetentionGridCreate(const RetentionSummary *summary, bool rolling,
										  bool has_as_of, int64 as_of);
extern int64 RetentionGridCount(const RetentionGrid *grid, int cohort, int period);
extern int64 RetentionActors(const RetentionTable *table);

#endif /* CXUX_RETENTION_H */
