/*
 * actor_rows.h
 *		Collects events of many actors, and hands them over actor by actor, each in time order.
 *
 * Where only something of an actor's events matters, rows of the same code are combined as they
 * come, and handed over in the order of their codes.
 */
#ifndef CXUX_ACTOR_ROWS_H
#define CXUX_ACTOR_ROWS_H

#include "postgres.h"

#include "fmgr.h"

#include "actor_names.h"
#include "actor_parts.h"
#include "actor_spill.h"
#include "match.h"

/* how actors are named */
typedef enum ActorKind
{
	ACTOR_BIGINT,
	ACTOR_UUID,
	ACTOR_TEXT
} ActorKind;

/* rows of one group of an aggregate; a group of one actor takes little */
typedef struct ActorRows
{
	MemoryContext context;
	ActorArray array;
	ActorParts *parts;  /* rows that came before those; NULL while there are few */
	ActorNames *names;  /* NULL for bigint */
	ActorSpill *spill;  /* NULL while all rows are in memory */
	ActorSpillSet *set; /* of the plan node; NULL while there are few rows */
	ActorKind kind;
	int level;            /* how often the rows were written to files before */
	int shown;            /* how many millions of rows were shown */
	ActorCombine combine; /* NULL: each event has a row of its own */
} ActorRows;

/* Take the events of one actor, sorted by time; combined ones by code, each code once */
typedef void (*ActorFunction)(const MatchEvent *events, int64 count, void *context);

extern void ActorRowsBegin(ActorRows *rows, MemoryContext context, ActorKind kind);
extern void ActorRowsBeginCombined(ActorRows *rows, MemoryContext context, ActorKind kind,
								   ActorCombine combine);
extern void ActorRowsAdd(ActorRows *rows, FunctionCallInfo fcinfo, Datum actor, int64 at,
						 int32 code);
extern void ActorRowsGrow(ActorRows *rows, FunctionCallInfo fcinfo);
extern void ActorRowsVisit(ActorRows *rows, FunctionCallInfo fcinfo, ActorFunction function,
						   void *context);

/*
 * Add an event of an actor that is a number, unless it is not to be seen; rows are not combined.
 *
 * Which rows are seen follows no order that a processor could foresee, so each is written, and
 * only the count differs.
 */
static inline void
ActorRowsAddIf(ActorRows *rows, FunctionCallInfo fcinfo, bool is_seen, int64 actor, int64 at,
			   int32 code)
{
	ActorRow *row;

	if (unlikely(rows->array.count >= rows->array.space))
		ActorRowsGrow(rows, fcinfo);
	row = &rows->array.row[rows->array.count];
	row->actor = actor;
	row->at = at;
	row->code = code;
	rows->array.count += is_seen;
}

#endif /* CXUX_ACTOR_ROWS_H */
