/*
 * statistics.h
 *		Estimates, intervals and tests: the lowest layer, plain C and libm.
 *
 * Counts arrive as doubles, because a weighted group has a fractional
 * effective size.  A result that is not defined (no data, no variance) is
 * NaN; the SQL surface turns NaN into NULL.
 */
#ifndef CXUX_STATISTICS_H
#define CXUX_STATISTICS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "distributions.h"

#define NOT_DEFINED NAN

/* a net score is told in points: 100 times the share */
#define POINTS 100.0

typedef struct Limits
{
	double low;
	double high;
} Limits;

/* what compare() and benchmark() return, and compare_ratio() with a ratio for the difference */
typedef struct Difference
{
	double difference;
	double low;
	double high;
	double p_value;
} Difference;

typedef enum Alternative
{
	ALTERNATIVE_TWO_SIDED,
	ALTERNATIVE_GREATER,
	ALTERNATIVE_LESS
} Alternative;

/* roots.c */

typedef double (*RootFunction)(double x, const void *context);

extern double FindRoot(RootFunction function, const void *context, double above, double below);

/* intervals.c */

extern Limits UndefinedInterval(void);
extern Limits ClipInterval(Limits interval, double low, double high);
extern Limits MoveInterval(Limits interval, double offset, double factor);
extern Difference UndefinedDifference(void);
extern Difference ClipDifference(Difference difference, double low, double high);
extern double NormalPValue(double z, Alternative alternative);
extern Limits NormalInterval(double centre, double error, double confidence,
							 Alternative alternative);

/* proportion.c */

typedef struct Proportion
{
	double successes;
	double trials;
} Proportion;

typedef enum ProportionMethod
{
	PROPORTION_WILSON,
	PROPORTION_AGRESTI_COULL,
	PROPORTION_CLOPPER_PEARSON,
	PROPORTION_JEFFREYS,
	PROPORTION_MID_P,
	PROPORTION_WALD
} ProportionMethod;

typedef enum ProportionCompareMethod
{
	COMPARE_MIETTINEN_NURMINEN,
	COMPARE_NEWCOMBE
} ProportionCompareMethod;

typedef enum ProportionTestMethod
{
	TEST_MID_P,
	TEST_EXACT
} ProportionTestMethod;

extern double ProportionShare(Proportion p);
extern Limits ProportionInterval(Proportion p, double confidence, ProportionMethod method);
extern double ProportionError(Proportion p);
extern Limits SimultaneousInterval(Proportion p, int categories, double confidence);
extern Difference CompareProportions(Proportion a, Proportion b, double confidence,
									 ProportionCompareMethod method);
extern Difference TestProportion(Proportion p, double target, double confidence,
								 Alternative alternative, ProportionTestMethod method);

/* net_score.c */

/* answers of a net score: counts, or shares of an effective size */
typedef struct NetCounts
{
	double promoters;
	double passives;
	double detractors;
} NetCounts;

typedef enum NetMethod
{
	NET_ADJUSTED_WALD,
	NET_TANGO,
	NET_WALD
} NetMethod;

extern double NetError(NetCounts counts, NetMethod method);
extern Limits NetInterval(NetCounts counts, double confidence, NetMethod method);
extern Difference CompareNets(NetCounts a, NetCounts b, double confidence, NetMethod method);
extern Difference TestNet(NetCounts counts, double target, double confidence,
						  Alternative alternative, NetMethod method);

/* mean.c */

typedef struct Mean
{
	double mean;
	double error; /* standard error; not defined below two answers */
	double df;    /* degrees of freedom of the error */
} Mean;

extern double KnownError(Mean m);
extern Limits MeanInterval(Mean m, double confidence);
extern Difference CompareMeans(Mean a, Mean b, double confidence);
extern Difference TestMean(Mean m, double target, double confidence, Alternative alternative);
extern Limits ExponentiateInterval(Limits interval);
extern Difference ExponentiateDifference(Difference difference);

/* ratio_of_sums.c */

/* sums of two amounts over units, and of the products of their deviations from the mean */
typedef struct PairMoments
{
	double sum_x;
	double sum_y;
	double xx;
	double yy;
	double xy;
} PairMoments;

extern void AddToPairMoments(PairMoments *m, double n, double x, double y);
extern void MergePairMoments(PairMoments *into, double into_n, const PairMoments *from,
							 double from_n);
extern Mean RatioOfSums(const PairMoments *m, double n);
extern Mean LogOfMean(Mean m);

/* ordinal.c: histograms of answers on an ordered scale */

/* the longest scale */
#define MAX_HISTOGRAM_POINTS 101

extern double HistogramMedian(const double *weight, int points, double low);
extern double InterpolatedMedian(const double *weight, int points, double low);
extern double AgreementIndex(const double *weight, int points);
extern double Consensus(const double *weight, int points);

/* multiplicity.c */

typedef enum Adjustment
{
	ADJUST_HOLM,
	ADJUST_BENJAMINI_HOCHBERG,
	ADJUST_BONFERRONI
} Adjustment;

typedef struct RankedP
{
	double p;
	int place; /* where it stood before sorting */
} RankedP;

extern void AdjustPValues(RankedP *tests, int count, Adjustment adjustment);

/* sample_size.c */

extern double ResponsesForNet(double margin, double variance, double confidence);
extern double ResponsesForNetDifference(double difference, double variance_a, double variance_b,
										double power, double confidence);
extern double ResponsesForShare(double margin, double share, double population, double confidence);
extern double ResponsesForShareDifference(double share_a, double share_b, double power,
										  double confidence);

/* poisson.c */

/* events of so many units, with the sum of their squared deviations from the mean */
typedef struct EventCounts
{
	double events;
	double units;
	double deviations;
} EventCounts;

extern Limits PoissonInterval(double events, double confidence);
extern Limits EventRateInterval(EventCounts counts, double confidence);
extern Difference CompareEventRates(EventCounts a, EventCounts b, double confidence);
extern Difference ComparePoissonRates(double events_a, double exposure_a, double events_b,
									  double exposure_b, double confidence);

/* efficiency.c: what attempts at a task achieve in their time */

/* values, each so many times: sums that give mean and variance */
typedef struct Speeds
{
	double n;
	double mean;
	double deviations;
} Speeds;

/* times of attempts that reached the goal, or did not */
typedef struct TimeSums
{
	double n;
	double sum;
	double squares;
} TimeSums;

extern Mean TimeBasedEfficiency(Proportion completed, Speeds timed);
extern Mean RelativeEfficiency(TimeSums completed, TimeSums abandoned);

/* survival.c: times of what finished, and of what is still running */

typedef struct SurvivalStep
{
	double time; /* greater than that of the step before */
	double finished;
	double unfinished;
	/* found by KaplanMeier */
	double at_risk; /* not over before this time */
	double survival;
	Limits limits;
} SurvivalStep;

/* steps with the shortest and the longest of the finished times */
typedef struct SurvivalTimes
{
	int count;
	SurvivalStep *steps;
	double finished;
	double unfinished;
	double minimum;
	double maximum;
} SurvivalTimes;

extern void KaplanMeier(SurvivalTimes *times, double confidence);
extern double SurvivalAt(const SurvivalTimes *times, double time);
extern double TimeQuantile(const SurvivalTimes *times, double q);
extern Limits TimeMedianInterval(const SurvivalTimes *times, double confidence);

/* cells.c: groups side by side */

/* the answers of one group; the estimate is not defined when there are none */
typedef struct Cell
{
	double estimate; /* their mean */
	double weight;   /* the sum of their weights, by which means are pooled */
	double size;     /* how many they are worth, which decides the error */
	double variance; /* of one answer, dividing by the weight */
} Cell;

/* answers that are added before a variance is taken */
typedef struct AddedAnswers
{
	double size;
	double mean;
	double variance;
} AddedAnswers;

extern double PooledMean(const Cell *cells, int count);
extern double PooledVariance(const Cell *cells, int count, AddedAnswers added);
extern double WithinVariance(const Cell *cells, int count);

/* shrinkage.c: estimates of many groups, each drawn towards the mean of all */

/* an estimate with its squared standard error, which is positive */
typedef struct GroupEstimate
{
	double estimate;
	double variance;
} GroupEstimate;

/* what many estimates say about the groups they come from */
typedef struct GroupMixture
{
	int groups;
	double mean;
	double between;   /* variance of the true values, tau squared */
	double precision; /* sum of the weights, which are 1 / (variance + between) */
	double variance;  /* weighted mean of the squared standard errors */
} GroupMixture;

typedef struct ShrunkenEstimate
{
	double estimate;
	Limits interval;
	double shrinkage; /* how far it went from its own value, 0, to the mean of all, 1 */
} ShrunkenEstimate;

extern bool ImproveMixture(GroupMixture *mixture, const GroupEstimate *groups, int count);
extern ShrunkenEstimate Shrink(const GroupMixture *mixture, GroupEstimate group, double confidence);

/* control_chart.c */

/* a run of so many points on one side of the centre is a signal; below it they count negative */
#define CONTROL_RUN 8

/* where the variance of one answer comes from */
typedef enum ControlSpread
{
	CONTROL_POOLED,    /* all answers of the baseline taken together */
	CONTROL_WITHIN,    /* those of each point around their own mean */
	CONTROL_POISSON,   /* counts of events */
	CONTROL_INDIVIDUAL /* none is known: from one point to the next */
} ControlSpread;

typedef struct ControlChart
{
	double center;
	double variance;   /* of one answer */
	double dispersion; /* how many times the errors are as wide as that lets expect */
} ControlChart;

extern ControlChart MakeControlChart(const Cell *cells, const Cell *baseline, int *runs, int count,
									 ControlSpread spread);
extern Limits ControlLimits(const ControlChart *chart, const Cell *cell, double sigmas,
							bool adjusted);

/* composite.c: an index of components on scales of their own */

typedef struct Component
{
	double estimate; /* NaN: missing */
	double error;    /* its standard error; NaN: not known */
	double worst;    /* end of the scale that becomes 0 */
	double best;     /* end of the scale that becomes FULL_SCORE */
	double weight;
} Component;

/* sums over the components */
typedef struct Composite
{
	double present;
	double missing;
	double weight;
	double score;    /* of weight times rescaled estimate */
	double variance; /* of squared weight times variance; NaN when one is not known */
} Composite;

extern double RescaledEstimate(const Component *component);
extern void AddComponent(Composite *composite, const Component *component);
extern void MergeComposite(Composite *into, const Composite *from);
extern double CompositeScore(const Composite *composite);
extern Limits CompositeInterval(const Composite *composite, double confidence);

/* questionnaires.c: a missing answer is NaN */

/* scores of usability go from 0 to this */
#define FULL_SCORE 100.0

/* scales of the NASA-TLX, and the pairs of them that are compared for weights */
#define TLX_SCALES 6
#define TLX_PAIRS (TLX_SCALES * (TLX_SCALES - 1) / 2)

extern double ScaledScore(const double *answers, int items, int low, int high, bool alternating);
extern double SusOfUmuxLite(double score);
extern double MeanAnswered(const double *answers, int first, int last, double centre);
extern double RawTaskLoad(const double *ratings);
extern double WeightedTaskLoad(const double *ratings, const double *tallies);
extern double Lostness(double unique_screens, double screens, double minimum);
extern const char *SusGrade(double score);
extern double SusPercentile(double score);
extern const char *SusAdjective(double score);

/* reliability.c: scales made of several items */

/* the most items, whose matrix statistics keep on the stack */
#define MAX_ITEMS 64

/* sums of products of deviations: the lower triangle of a symmetric matrix, row by row */
typedef struct Comoments
{
	int items;
	double n; /* respondents */
	const double *moment;
} Comoments;

/* instead of an item to leave out */
#define NO_ITEM (-1)

/* Return the sum of products of two items' deviations */
static inline double
Comoment(const Comoments *comoments, int i, int j)
{
	return (i >= j) ? comoments->moment[i * (i + 1) / 2 + j]
					: comoments->moment[j * (j + 1) / 2 + i];
}

extern double ItemDeviation(const Comoments *comoments, int item);
extern double Correlation(const Comoments *comoments, int i, int j);
extern double RestCorrelation(const Comoments *comoments, int item);
extern double CronbachAlpha(const Comoments *comoments, int without);
extern Limits FeldtInterval(double alpha, const Comoments *comoments, double confidence);

/* eigen.c */

extern bool PossibleComoments(const Comoments *comoments);
extern void SymmetricEigen(int n, double matrix[][MAX_ITEMS], double vector[][MAX_ITEMS]);

/* drivers.c */

/* what one item says about the outcome */
typedef struct Driver
{
	double correlation;
	double beta;
	double weight;
	double share;
} Driver;

extern double KeyDrivers(const Comoments *comoments, int outcome, Driver *driver);

#endif /* CXUX_STATISTICS_H */
