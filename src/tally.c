/*
 * tally.c
 *		Weighted counts per class: adding, merging, checking, moments, transport.
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "tally.h"

/* decimals of a sum of weights and of a sum of their squares */
#define WEIGHT_DECIMALS 6
#define SQUARE_DECIMALS 12

/* effective_n is at most so many times Kish's, which looks at the weights alone */
#define MAX_OVER_KISH 2.0

#define WEIGHTS_ACCEPTED "Weights are 0, which drops the row, or lie between 0.001 and 1000000."

/* Convert a weight to millionths; 0 drops the row, anything unfit is an error */
int64
WeightInMillionths(float8 weight)
{
	if (isnan(weight) || isinf(weight))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight \"%s\" must be finite", float8out_internal(weight)),
				 errdetail(WEIGHTS_ACCEPTED)));
	if (weight < 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight \"%s\" must not be negative", float8out_internal(weight)),
				 errdetail(WEIGHTS_ACCEPTED)));
	if (weight == 0.0)
		return 0;
	if (weight < (double) WEIGHT_MIN / WEIGHT_ONE || weight > (double) WEIGHT_MAX / WEIGHT_ONE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight \"%s\" is out of range", float8out_internal(weight)),
				 errdetail(WEIGHTS_ACCEPTED),
				 errhint("Rescale the weights, for example so that their mean is 1.")));
	return (int64) rint(weight * WEIGHT_ONE);
}

/* Report that a class is full */
void
AnswerCountOverflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("count out of range"),
			 errdetail("A summary holds at most %lld rows of a kind.",
					   (long long) TALLY_MAX_COUNT)));
}

/* Report that a sum of weights is full */
pg_noreturn static void
WeightOverflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("sum of weights out of range"),
			 errhint("Rescale the weights, for example so that their mean is 1.")));
}

/* Count one answer of the given weight in millionths; it is not 0 */
void
TallyAddWeighted(Tally *tally, int class, int64 weight)
{
	int64 excess = weight - WEIGHT_ONE;

	TallyAdd(&tally->count[class]);
	if (excess == 0)
		return;
	if (pg_add_s64_overflow(tally->excess[class], excess, &tally->excess[class]) ||
		__builtin_add_overflow(tally->square[class], (int128) excess * excess,
							   &tally->square[class]))
		WeightOverflow();
}

/* Report that what is to be taken out was never counted */
void
AnswerNeverCounted(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("cannot take out an answer that was never counted")));
}

/*
 * Say what no answers of one class can have produced, or return NULL.
 *
 * Every weight w lies between WEIGHT_MIN and WEIGHT_MAX, so that e = w - 1
 * obeys (e - low)(e - high) <= 0, which bounds the squares from above;
 * Cauchy-Schwarz bounds them from below; e and e^2 are odd together.
 */
static const char *
FindClassProblem(const Tally *tally, int class)
{
	const int128 low = WEIGHT_MIN - WEIGHT_ONE;
	const int128 high = WEIGHT_MAX - WEIGHT_ONE;
	int128 n = tally->count[class];
	int128 excess = (tally->excess == NULL) ? 0 : tally->excess[class];
	int128 square = (tally->excess == NULL) ? 0 : tally->square[class];

	if (n < 0)
		return "The count is negative.";
	if (n > TALLY_MAX_COUNT)
		return "The count is too large.";
	if (excess < n * low || excess > n * high)
		return "The weights do not fit the count.";
	if (square < 0 || (n > 0 && square < (excess * excess + n - 1) / n) ||
		square > (low + high) * excess - n * low * high || ((square ^ excess) & 1) != 0 ||
		(n == 1 && square != excess * excess))
		return "The squares do not fit the weights.";
	return NULL;
}

/* Say what no answers can have produced, and in which class, or return NULL */
static const char *
FindTallyProblem(const Tally *tally, int *class)
{
	for (*class = 0; *class < tally->classes; (*class)++)
	{
		const char *problem = FindClassProblem(tally, *class);

		if (problem != NULL)
			return problem;
	}
	return NULL;
}

/* Take out one answer that was counted before */
void
TallyRemoveWeighted(Tally *tally, int class, int64 weight)
{
	int64 excess = weight - WEIGHT_ONE;

	TallyRemove(&tally->count[class]);
	if (excess == 0)
		return;
	tally->excess[class] -= excess;
	tally->square[class] -= (int128) excess * excess;
	if (FindClassProblem(tally, class) != NULL)
		AnswerNeverCounted();
}

/* Add a class of one tally to a class of another, which must hold weights if the first does */
void
TallyAddClass(Tally *into, int into_class, const Tally *from, int from_class)
{
	int64 count = into->count[into_class] + from->count[from_class];

	if (count > TALLY_MAX_COUNT)
		AnswerCountOverflow();
	into->count[into_class] = count;
	if (from->excess == NULL || from->square[from_class] == 0)
		return;
	if (pg_add_s64_overflow(into->excess[into_class], from->excess[from_class],
							&into->excess[into_class]) ||
		__builtin_add_overflow(into->square[into_class], from->square[from_class],
							   &into->square[into_class]))
		WeightOverflow();
}

/* Add all classes of one tally to another of the same classes */
void
TallyMerge(Tally *into, const Tally *from)
{
	for (int i = 0; i < into->classes; i++)
		TallyAddClass(into, i, from, i);
}

/* Append the name of a class to a message */
static const char *
ClassName(const Tally *tally, int class)
{
	if (tally->names != NULL)
		return tally->names[class];
	return psprintf("%d", tally->first + class);
}

/* Check what came from outside; false after a soft error */
bool
CheckTally(const Tally *tally, Node *escontext)
{
	int class;
	const char *problem = FindTallyProblem(tally, &class);

	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid count of \"%s\"", ClassName(tally, class)),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Take all classes of one tally out of another, which must hold weights if the first does */
void
TallySubtract(Tally *into, const Tally *from)
{
	int class;
	const char *problem;

	for (int i = 0; i < into->classes; i++)
	{
		if (into->count[i] < from->count[i])
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("cannot subtract more answers than there are"),
					 errdetail("There are %lld of \"%s\", and %lld were to be taken out.",
							   (long long) into->count[i], ClassName(into, i),
							   (long long) from->count[i])));
		into->count[i] -= from->count[i];
		if (from->excess == NULL || from->square[i] == 0)
			continue;
		if (pg_sub_s64_overflow(into->excess[i], from->excess[i], &into->excess[i]))
			WeightOverflow();
		into->square[i] -= from->square[i];
	}
	problem = FindTallyProblem(into, &class);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot subtract answers that are not part of the summary"),
				 errdetail("What would be left of \"%s\" has no possible weights.",
						   ClassName(into, class))));
}

/*
 * Take a class of one tally out of a class of another, which must hold weights
 * if the first does; false when it cannot be part of it.
 */
bool
TallyTakeClass(Tally *into, int into_class, const Tally *from, int from_class)
{
	into->count[into_class] -= from->count[from_class];
	if (from->excess != NULL && from->square[from_class] != 0)
	{
		if (pg_sub_s64_overflow(into->excess[into_class], from->excess[from_class],
								&into->excess[into_class]))
			return false;
		into->square[into_class] -= from->square[from_class];
	}
	return FindClassProblem(into, into_class) == NULL;
}

/* Return the number of answers */
static int64
TallyCount(const Tally *tally)
{
	int64 count = 0;

	for (int i = 0; i < tally->classes; i++)
		count += tally->count[i];
	return count;
}

/* Tell whether nobody answered */
bool
TallyIsEmpty(const Tally *tally)
{
	return TallyCount(tally) == 0;
}

/* Tell whether any answer weighs other than one */
bool
TallyIsWeighted(const Tally *tally)
{
	if (tally->excess == NULL)
		return false;
	for (int i = 0; i < tally->classes; i++)
	{
		if (tally->square[i] != 0)
			return true;
	}
	return false;
}

/* Return the sum of the weights of a class in millionths */
static int128
ClassWeight(const Tally *tally, int class)
{
	int128 weight = (int128) tally->count[class] * WEIGHT_ONE;

	if (tally->excess != NULL)
		weight += tally->excess[class];
	return weight;
}

/* Return the sum of the squared weights of a class in millionths squared */
static int128
ClassSquare(const Tally *tally, int class)
{
	int128 square = (int128) tally->count[class] * WEIGHT_ONE * WEIGHT_ONE;

	if (tally->excess != NULL)
		square += tally->square[class] + (int128) 2 * WEIGHT_ONE * tally->excess[class];
	return square;
}

/* Return the sum of the weights of a class in millionths, or its count when none has any */
double
TallyWholeWeight(const Tally *tally, int class)
{
	if (tally->excess == NULL)
		return (double) tally->count[class];
	return (double) ClassWeight(tally, class);
}

/* Return the sum of the weights of a class */
double
TallyWeight(const Tally *tally, int class)
{
	return (double) ClassWeight(tally, class) / WEIGHT_ONE;
}

/* Return the sum of the squared weights of a class */
double
TallySquare(const Tally *tally, int class)
{
	return (double) ClassSquare(tally, class) / WEIGHT_ONE / WEIGHT_ONE;
}

/*
 * Return the number of answers that would give the same error without weights.
 *
 * With weights the standard error of the mean m is linearised, so that this is
 * V / se^2 with se^2 = sum w^2 (x - m)^2 / (sum w)^2; without any variance to
 * compare it is Kish's (sum w)^2 / sum w^2.  "error" is that sum of squares.
 */
double
TallyEffectiveAnswers(const Tally *tally, const Moments *m, double error)
{
	int128 weight = 0;
	int128 square = 0;
	int128 product;
	double kish;

	if (!TallyIsWeighted(tally))
		return (double) m->n;
	for (int i = 0; i < tally->classes; i++)
	{
		weight += ClassWeight(tally, i);
		square += ClassSquare(tally, i);
	}
	/* equal weights are no weights, and by Cauchy and Schwarz only they reach this bound */
	if (!__builtin_mul_overflow(square, (int128) m->n, &product) && product == weight * weight)
		return (double) m->n;
	kish = (double) weight * (double) weight / (double) square;
	if (!(m->variance > 0.0))
		return kish;

	/* an answer with nearly all of the weight pulls the mean onto itself and hides its error */
	return fmin(m->variance * m->weight * m->weight / error, MAX_OVER_KISH * kish);
}

/* Return the moments of the answers when each class has a score */
Moments
TallyMoments(const Tally *tally, const double *score)
{
	Moments m = {0};
	double error = 0.0;
	int used = 0;
	int last_used = 0;

	m.n = TallyCount(tally);
	m.mean = m.variance = m.effective_n = NAN;
	if (m.n == 0)
		return m;

	m.mean = 0.0;
	m.variance = 0.0;
	for (int i = 0; i < tally->classes; i++)
	{
		double weight = TallyWeight(tally, i);

		if (tally->count[i] == 0)
			continue;
		used++;
		last_used = i;
		m.weight += weight;
		m.mean += weight * score[i];
	}
	m.mean /= m.weight;
	if (used == 1)
		m.mean = score[last_used]; /* not what rounding made of it */
	for (int i = 0; i < tally->classes; i++)
	{
		double deviation = score[i] - m.mean;

		m.variance += TallyWeight(tally, i) * deviation * deviation / m.weight;
		error += TallySquare(tally, i) * deviation * deviation;
	}
	m.effective_n = TallyEffectiveAnswers(tally, &m, error);
	return m;
}

/* Return the standard deviation of the answers, dividing by n - 1 */
double
MomentsDeviation(const Moments *m)
{
	return (m->n > 1) ? sqrt(m->variance * m->n / (m->n - 1.0)) : NAN;
}

/* Return the mean with its standard error; the effective size decides what it is worth */
Mean
MomentsMean(const Moments *m)
{
	Mean mean;

	mean.mean = m->mean;
	mean.error = MomentsDeviation(m) / sqrt(m->effective_n);
	mean.df = m->effective_n - 1.0;
	return mean;
}

/* Order two tallies of the same classes, for sorting only */
int
TallyCompare(const Tally *a, const Tally *b)
{
	for (int i = 0; i < a->classes; i++)
	{
		if (a->count[i] != b->count[i])
			return (a->count[i] < b->count[i]) ? -1 : 1;
	}
	for (int i = 0; i < a->classes; i++)
	{
		int64 excess_a = (a->excess == NULL) ? 0 : a->excess[i];
		int64 excess_b = (b->excess == NULL) ? 0 : b->excess[i];
		int128 square_a = (a->excess == NULL) ? 0 : a->square[i];
		int128 square_b = (b->excess == NULL) ? 0 : b->square[i];

		if (excess_a != excess_b)
			return (excess_a < excess_b) ? -1 : 1;
		if (square_a != square_b)
			return (square_a < square_b) ? -1 : 1;
	}
	return 0;
}

/* Append the weights as members of a JSON object, when there are any */
void
TallyWeightsOut(StringInfo out, const Tally *tally)
{
	if (!TallyIsWeighted(tally))
		return;
	appendStringInfoString(out, ", \"weights\": [");
	for (int i = 0; i < tally->classes; i++)
	{
		if (i > 0)
			appendStringInfoString(out, ", ");
		AppendDecimal(out, ClassWeight(tally, i), WEIGHT_DECIMALS);
	}
	appendStringInfoString(out, "], \"squares\": [");
	for (int i = 0; i < tally->classes; i++)
	{
		if (i > 0)
			appendStringInfoString(out, ", ");
		AppendDecimal(out, ClassSquare(tally, i), SQUARE_DECIMALS);
	}
	appendStringInfoChar(out, ']');
}

/* Set the weights of a class from their sum and that of their squares; false after a soft error */
static bool
SetClassWeight(Tally *tally, int class, int128 weight, int128 square, const char *type,
			   Node *escontext)
{
	int128 excess = weight - (int128) tally->count[class] * WEIGHT_ONE;
	int128 rest;

	if (excess < PG_INT64_MIN || excess > PG_INT64_MAX ||
		__builtin_sub_overflow(square, (int128) tally->count[class] * WEIGHT_ONE * WEIGHT_ONE,
							   &rest) ||
		__builtin_sub_overflow(rest, (int128) 2 * WEIGHT_ONE * excess, &rest))
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of weights out of range for type %s", type)));
	tally->excess[class] = (int64) excess;
	tally->square[class] = rest;
	return true;
}

/* Read the weights, when there are any; the counts are already there */
bool
TallyWeightsIn(Tally *tally, JsonObject *object, const char *type, Node *escontext)
{
	int128 *weight = palloc(2 * tally->classes * sizeof(int128));
	int128 *square = weight + tally->classes;

	if (!JsonHasMember(object, "weights") && !JsonHasMember(object, "squares"))
		return true;
	if (!JsonDecimalArray(object, "weights", type, tally->classes, WEIGHT_DECIMALS, weight,
						  escontext) ||
		!JsonDecimalArray(object, "squares", type, tally->classes, SQUARE_DECIMALS, square,
						  escontext))
		return false;
	for (int i = 0; i < tally->classes; i++)
	{
		if (!SetClassWeight(tally, i, weight[i], square[i], type, escontext))
			return false;
	}
	return true;
}

/* Append the weight of one class, when it has any, as members whose names begin with "name" */
void
TallyClassWeightOut(StringInfo out, const Tally *tally, int class, const char *name)
{
	if (tally->excess == NULL || tally->square[class] == 0)
		return;
	appendStringInfo(out, ", \"%s_weight\": ", name);
	AppendDecimal(out, ClassWeight(tally, class), WEIGHT_DECIMALS);
	appendStringInfo(out, ", \"%s_square\": ", name);
	AppendDecimal(out, ClassSquare(tally, class), SQUARE_DECIMALS);
}

/* Read the weight of one class, when there is any; its count is already there */
bool
TallyClassWeightIn(Tally *tally, int class, const char *name, JsonObject *object, const char *type,
				   Node *escontext)
{
	char *weight_name = psprintf("%s_weight", name);
	char *square_name = psprintf("%s_square", name);
	int128 weight, square;

	if (!JsonHasMember(object, weight_name) && !JsonHasMember(object, square_name))
		return true;
	return JsonDecimal(object, weight_name, type, WEIGHT_DECIMALS, &weight, escontext) &&
		JsonDecimal(object, square_name, type, SQUARE_DECIMALS, &square, escontext) &&
		SetClassWeight(tally, class, weight, square, type, escontext);
}

/* Read a 128-bit integer in network order */
int128
GetMessageInt128(StringInfo in)
{
	uint64 high = (uint64) pq_getmsgint64(in);
	uint64 low = (uint64) pq_getmsgint64(in);

	return (int128) (((uint128) high << 64) | low);
}

/* Append a 128-bit integer in network order */
void
SendInt128(StringInfo out, int128 value)
{
	pq_sendint64(out, (int64) (value >> 64));
	pq_sendint64(out, (int64) value);
}

/* Append the counts and, when there are any, the weights in network order */
void
TallySend(StringInfo out, const Tally *tally)
{
	for (int i = 0; i < tally->classes; i++)
		pq_sendint64(out, tally->count[i]);
	if (!TallyIsWeighted(tally))
		return;
	for (int i = 0; i < tally->classes; i++)
	{
		pq_sendint64(out, tally->excess[i]);
		SendInt128(out, tally->square[i]);
	}
}

/* Read what TallySend wrote, refusing what it never writes */
void
TallyRecv(Tally *tally, StringInfo in, bool weighted, const char *type)
{
	for (int i = 0; i < tally->classes; i++)
		tally->count[i] = pq_getmsgint64(in);
	if (weighted)
	{
		for (int i = 0; i < tally->classes; i++)
		{
			tally->excess[i] = pq_getmsgint64(in);
			tally->square[i] = GetMessageInt128(in);
		}
	}
	CheckTally(tally, NULL);
	if (weighted != TallyIsWeighted(tally))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", type),
				 errdetail("Weights are marked, but all are 1.")));
}
