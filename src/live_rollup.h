/*
 * live_rollup.h
 *		Live roll-ups: tables of summaries by group that triggers keep current.
 *
 *		A roll-up is described by nothing but its triggers, as pg_dump writes
 *		them: both tables are regclass constants in the condition, so that the
 *		server follows their renaming and knows what depends on them; the
 *		arguments are the group columns and the measures, by name.
 */
#ifndef CXUX_LIVE_ROLLUP_H
#define CXUX_LIVE_ROLLUP_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "utils/reltrigger.h"

#include "compat.h"

/* the function of all triggers, and the column that says how many rows a group has */
#define LIVE_TRIGGER_FUNCTION "live_rollup_maintain"
#define LIVE_COUNT "row_count"

/* what triggers call the rows of a statement */
#define LIVE_OLD_ROWS "old_rows"
#define LIVE_NEW_ROWS "new_rows"

/* what can be done with a measure without all rows of its group; each less than the last */
typedef enum LiveKind
{
	LIVE_SUBTRACTS, /* rows are added and taken out */
	LIVE_MERGES,    /* rows are added */
	LIVE_RECOMPUTES /* neither */
} LiveKind;

/* what changed the source */
typedef enum LiveEvent
{
	LIVE_INSERT,
	LIVE_UPDATE,
	LIVE_DELETE,
	LIVE_TRUNCATE,
	LIVE_EVENTS
} LiveEvent;

/* a column, or a whole number when there is none */
typedef struct LiveArgument
{
	char *column;
	int32 number;
} LiveArgument;

/* a measure as it is written, and what it turns out to be */
typedef struct LiveMeasure
{
	char *name;
	char *aggregate;
	List *arguments; /* of LiveArgument; none for count(*) */
	LiveKind kind;
	bool is_count;
	char *call;     /* names of functions as SQL has them */
	char *merge;    /* NULL when there is none */
	char *subtract; /* likewise */
	char *final;
} LiveMeasure;

typedef struct LiveKey
{
	char *name;
	char *equals; /* operator as SQL has it */
} LiveKey;

typedef struct LiveRollup
{
	Oid source;
	Oid rollup;        /* InvalidOid before it is created */
	char *source_name; /* for messages */
	char *rollup_name;
	char *source_table; /* as SQL has them */
	char *rollup_table;
	List *keys;            /* of LiveKey */
	List *measures;        /* of LiveMeasure */
	List *columns;         /* names of all source columns that are read, each once */
	LiveKind kind;         /* that of the measure that can least */
	bool equals_are_alike; /* rows with equal columns count the same */
} LiveRollup;

/* live_rollup_measure.c */
extern LiveMeasure *LiveParseMeasure(const char *text);
extern void LiveWriteMeasure(StringInfo out, const LiveMeasure *measure);

/* live_rollup_resolve.c */
extern char *LiveFunctionName(Oid function);
extern List *LiveTables(Oid source);
extern LiveRollup *LiveCreate(Oid source, List *keys, List *measures);
extern void LiveSetTable(LiveRollup *live, const char *schema, const char *name);
extern bool LiveTriggerTables(const Trigger *trigger, Oid *rollup, Oid *source);
pg_noreturn extern void LiveRefuseTrigger(const Trigger *trigger);
extern LiveRollup *LiveOfTrigger(const Trigger *trigger);
extern void LiveResolve(LiveRollup *live, Oid function);

/* live_rollup_sql.c */
extern char *LiveLockTableSql(const char *table);
extern char *LiveDefinitionSql(const LiveRollup *live, char persistence);
extern char *LiveConstraintSql(const LiveRollup *live);
extern char *LiveTriggerSql(const LiveRollup *live, LiveEvent event, const char *name,
							const char *table, const char *function);
extern char *LiveAddSql(const LiveRollup *live, LiveEvent event);
extern char *LiveTakeSql(const LiveRollup *live, LiveEvent event);
extern char *LiveLockSql(const LiveRollup *live, LiveEvent event);
extern char *LiveRecomputeSql(const LiveRollup *live, LiveEvent event);
extern char *LiveRemoveSql(const LiveRollup *live);
extern char *LiveFillSql(const LiveRollup *live);

/* live_rollup_trigger.c */
extern int64 LiveFill(const LiveRollup *live);
extern int64 LiveRefill(const LiveRollup *live);

#endif /* CXUX_LIVE_ROLLUP_H */
