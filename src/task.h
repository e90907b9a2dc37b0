/*
 * task.h
 *		task_summary: attempts at a task, what became of them, and what they took.
 */
#ifndef CXUX_TASK_H
#define CXUX_TASK_H

#include "postgres.h"

#include "fmgr.h"

#include "rate.h"
#include "timing.h"

#define TASK_VERSION 1
#define TASK_TYPE "task_summary"

/* so many attempts of an outcome that no sum overflows */
#define TASK_MAX_COUNT TIMING_MAX_COUNT

/* a number of errors or actions is a whole number of millionths */
#define AMOUNT_DECIMALS 6
#define AMOUNT_ONE INT64CONST(1000000)
#define AMOUNT_MAX INT64CONST(1000000000)
#define AMOUNT_LARGEST ((int128) AMOUNT_MAX * AMOUNT_ONE)

/* sums of squares stay below this, so that what is made of them fits, too */
#define AMOUNT_SQUARE_END ((int128) 1 << 126)

/* the speed of a nanosecond, of which so many fit 127 bits as there may be attempts */
#define SPEED_BITS 84
#define SPEED_ONE ((double) ((int128) 1 << SPEED_BITS))

/* what is counted in an attempt */
typedef enum TaskAmountKind
{
	TASK_ERRORS,
	TASK_ACTIONS
} TaskAmountKind;

#define TASK_AMOUNTS (TASK_ACTIONS + 1)

/* the outcomes of which times are kept: completed and abandoned */
#define TASK_TIMES RATE_DECIDED

/* errors or actions of the attempts that measured them; integers, so that sums are exact */
typedef struct TaskAmount
{
	int64 count;   /* attempts */
	int64 nonzero; /* those with some */
	int128 sum;    /* in millionths */
	int128 square; /* in millionths squared */
} TaskAmount;

typedef struct TaskTotals
{
	int64 count[RATE_CLASSES]; /* attempts, by outcome */
	TaskAmount amount[TASK_AMOUNTS];
	int128 speed; /* sum of GoalSpeed of the completed ones that took some time */
} TaskTotals;

/*
 * A varlena that may be packed or toasted where it is stored.
 *
 * After the totals come the times of the completed attempts and of the abandoned ones: stored
 * values themselves, each aligned.
 */
typedef struct TaskSummary
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint8 version;
	uint8 unused[3];
	TaskTotals totals;
	char times[FLEXIBLE_ARRAY_MEMBER];
} TaskSummary;

/* a summary taken apart; times are in the form of their working state, or NULL for none */
typedef struct Task
{
	MemoryContext context; /* of what belongs to it */
	TaskTotals totals;
	TimingSummary *times[TASK_TIMES];
} Task;

/* task.c */

extern const char *const TaskOutcomeNames[];

extern const TaskSummary *TaskGetArg(FunctionCallInfo fcinfo, int arg);
extern void TaskRead(Task *task, const TaskSummary *summary);
extern char *TaskToText(const TaskSummary *summary);

/*
 * Return the goals by nanosecond of an attempt that took some time, in units of 2^-SPEED_BITS.
 *
 * IEEE 754 rounds the division everywhere alike, and the rest is exact but for what is cut off,
 * less than 2^-37 of the speed up to a day.
 */
static inline int128
GoalSpeed(int64 duration)
{
	return (int128) (SPEED_ONE / (double) duration);
}

/* Return the attempts of which the outcome is known */
static inline int64
TaskDecided(const Task *task)
{
	return task->totals.count[RATE_SUCCESS] + task->totals.count[RATE_FAILURE];
}

#endif /* CXUX_TASK_H */
