/*
 * tally.h
 *		Weighted counts per class: what nps, likert and rate summaries are made of.
 *
 * A weight is an integer number of millionths.  Besides its answers a class
 * stores by how much their weights differ from one, and the squares of that:
 * an unweighted summary then has zeros there whatever built it, so that equal
 * contents have equal bytes, and one answer costs one increment.
 */
#ifndef CXUX_TALLY_H
#define CXUX_TALLY_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "nodes/nodes.h"

#include "compat.h"
#include "json_input.h"
#include "statistics.h"

#ifndef HAVE_INT128
#error "cxux needs a compiler with 128-bit integers"
#endif

/* flag of the forms of a summary that hold weights */
#define TALLY_WEIGHTED 1

/* one, the smallest and the largest weight in millionths */
#define WEIGHT_ONE INT64CONST(1000000)
#define WEIGHT_MIN INT64CONST(1000)
#define WEIGHT_MAX INT64CONST(1000000000000)

/* so many answers per class that the sum over 127 classes still is a bigint */
#define TALLY_MAX_COUNT (PG_INT64_MAX / 128)

/* a view of the arrays inside a summary */
typedef struct Tally
{
	int classes;
	const char *const *names; /* for messages; NULL: they are numbered from "first" */
	int first;
	int64 *count;   /* answers */
	int64 *excess;  /* sum of weight - 1, in millionths; NULL: no weights stored */
	int128 *square; /* sum of (weight - 1)^2, in millionths squared */
} Tally;

/* what the statistics need of a tally whose classes have scores */
typedef struct Moments
{
	int64 n;       /* answers */
	double weight; /* sum of weights */
	double mean;
	double variance;    /* of one answer, dividing by the weight */
	double effective_n; /* variance / squared standard error of the mean, bounded by Kish's */
} Moments;

/* Convert a weight to millionths; 0 drops the row, anything unfit is an error */
extern int64 WeightInMillionths(float8 weight);

pg_noreturn extern void AnswerCountOverflow(void);
pg_noreturn extern void AnswerNeverCounted(void);
extern void TallyAddWeighted(Tally *tally, int class, int64 weight);
extern void TallyRemoveWeighted(Tally *tally, int class, int64 weight);
extern void TallyAddClass(Tally *into, int into_class, const Tally *from, int from_class);
extern void TallyMerge(Tally *into, const Tally *from);
extern void TallySubtract(Tally *into, const Tally *from);
extern bool TallyTakeClass(Tally *into, int into_class, const Tally *from, int from_class);
extern bool CheckTally(const Tally *tally, Node *escontext);
extern bool TallyIsEmpty(const Tally *tally);
extern bool TallyIsWeighted(const Tally *tally);
extern double TallyWholeWeight(const Tally *tally, int class);
extern double TallyWeight(const Tally *tally, int class);
extern double TallySquare(const Tally *tally, int class);
extern double TallyEffectiveAnswers(const Tally *tally, const Moments *m, double error);
extern double MomentsDeviation(const Moments *m);
extern Mean MomentsMean(const Moments *m);
extern Moments TallyMoments(const Tally *tally, const double *score);
extern int TallyCompare(const Tally *a, const Tally *b);
extern void TallyWeightsOut(StringInfo out, const Tally *tally);
extern bool TallyWeightsIn(Tally *tally, JsonObject *object, const char *type, Node *escontext);
extern void TallyClassWeightOut(StringInfo out, const Tally *tally, int class, const char *name);
extern bool TallyClassWeightIn(Tally *tally, int class, const char *name, JsonObject *object,
							   const char *type, Node *escontext);
extern void SendInt128(StringInfo out, int128 value);
extern int128 GetMessageInt128(StringInfo in);
extern void TallySend(StringInfo out, const Tally *tally);
extern void TallyRecv(Tally *tally, StringInfo in, bool weighted, const char *type);

/* Count one answer of weight one */
static inline void
TallyAdd(int64 *count)
{
	if (unlikely(*count >= TALLY_MAX_COUNT))
		AnswerCountOverflow();
	(*count)++;
}

/* Take out one answer of weight one */
static inline void
TallyRemove(int64 *count)
{
	if (*count <= 0)
		AnswerNeverCounted();
	(*count)--;
}

#endif /* CXUX_TALLY_H */
