/*
 * actor_progress.h
 *		Shows how far long work on many events is: in the title of the process, and to who asks for
 *		DEBUG1 messages.
 */
#ifndef CXUX_ACTOR_PROGRESS_H
#define CXUX_ACTOR_PROGRESS_H

#include "postgres.h"

/* work on fewer rows is over before anybody looks, and nothing is shown more often than this */
#define ACTOR_PROGRESS_ROWS (INT64CONST(1) << 20)

/* what is counted is shown in so many steps */
#define ACTOR_PROGRESS_STEPS 16

extern void ActorProgressCollected(int64 rows);
extern void ActorProgressCounted(int64 rows, int step);
extern void ActorProgressEnd(void);

#endif /* CXUX_ACTOR_PROGRESS_H */
