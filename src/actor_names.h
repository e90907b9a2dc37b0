/*
 * actor_names.h
 *		Numbers actors that are not numbers themselves, in the order they appear.
 */
#ifndef CXUX_ACTOR_NAMES_H
#define CXUX_ACTOR_NAMES_H

#include "postgres.h"

/* the bytes that name an actor */
typedef struct ActorName
{
	int32 length;
	const char *data;
} ActorName;

typedef struct ActorNames ActorNames;

extern ActorNames *ActorNamesCreate(MemoryContext context);
extern int64 ActorNamesFind(ActorNames *names, const ActorName *name);
extern int64 ActorNamesSeek(const ActorNames *names, const ActorName *name);
extern int64 ActorNamesCount(const ActorNames *names);
extern ActorName ActorNamesGet(const ActorNames *names, int64 number);
extern void ActorNamesReset(ActorNames *names);

#endif /* CXUX_ACTOR_NAMES_H */
