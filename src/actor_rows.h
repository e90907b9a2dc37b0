/*
 * actor_rows.h
 *		Collects events of many actors, and hands them over actor by actor, each in time order.
 */
#ifndef CXUX_ACTOR_ROWS_H
#define CXUX_ACTOR_ROWS_H

#include "postgres.h"

#include "fmgr.h"

#include "actor_names.h"
#include "actor_spill.h"
#include "match.h"

/* how actors are named */
typedef enum ActorKind
{
	ACTOR_BIGINT,
	ACTOR_UUID,
	ACTOR_TEXT
} ActorKind;

typedef struct ActorRow
{
	int64 actor; /* the number itself, or its place in the dictionary */
	int64 at;
	int32 code;
} ActorRow;

/* rows of one group of an aggregate; a group of one actor takes little */
typedef struct ActorRows
{
	MemoryContext context;
	int64 count;
	int64 space;
	ActorRow *row;
	ActorNames *names;  /* NULL for bigint */
	ActorSpill *spill;  /* NULL while all rows are in memory */
	ActorSpillSet *set; /* of the plan node; NULL while there are few rows */
	ActorKind kind;
	int level; /* how often the rows were written to files before */
} ActorRows;

/* Take the events of one actor, sorted by time */
typedef void (*ActorFunction)(const MatchEvent *events, int64 count, void *context);

extern void ActorRowsBegin(ActorRows *rows, MemoryContext context, ActorKind kind);
extern void ActorRowsAdd(ActorRows *rows, FunctionCallInfo fcinfo, Datum actor, int64 at,
						 int32 code);
extern void ActorRowsVisit(ActorRows *rows, FunctionCallInfo fcinfo, ActorFunction function,
						   void *context);

#endif /* CXUX_ACTOR_ROWS_H */
