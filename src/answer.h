/*
 * answer.h
 *		Checks answers against their scale before they are counted.
 */
#ifndef CXUX_ANSWER_H
#define CXUX_ANSWER_H

#include "postgres.h"

#include <math.h>

#include "nodes/nodes.h"

#include "compat.h"

extern bool CheckScale(int64 low, int64 high, Node *escontext);
pg_noreturn extern void AnswerOffScale(int answer, int low, int high);
extern int WholeAnswer(float8 answer, int low, int high);
extern void CheckWeightNotNull(bool isnull);
pg_noreturn extern void ValueNotFinite(float8 value);

/* Check a measured value; return it without a negative zero, whose bytes differ from zero's */
static inline float8
FiniteValue(float8 value)
{
	if (unlikely(!isfinite(value)))
		ValueNotFinite(value);
	return value + 0.0;
}

/* Check a whole answer */
static inline void
CheckAnswer(int answer, int low, int high)
{
	if (unlikely(answer < low || answer > high))
		AnswerOffScale(answer, low, high);
}

#endif /* CXUX_ANSWER_H */
