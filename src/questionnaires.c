/*
 * questionnaires.c
 *		Scores of standard questionnaires, and what a SUS score is worth.
 *
 * Answers are on their scale when they arrive here.  One that is missing is
 * NaN, and so is every score that needs it.
 */
#include "statistics.h"

#include <stddef.h>

/* SUS score of a UMUX-Lite score, by regression (Lewis, Utesch and Maher 2013) */
#define UMUX_LITE_SLOPE 0.65
#define UMUX_LITE_INTERCEPT 22.9

/* a score that is at least "low" belongs here, if to no better one */
typedef struct SusBand
{
	double low;
	double percentile; /* of the lower end; adjectives have none */
	const char *name;
} SusBand;

/* the curved grading scale (Sauro and Lewis), the best first */
static const SusBand grades[] = {{84.1, 96.0, "A+"}, {80.8, 90.0, "A"}, {78.9, 85.0, "A-"},
								 {77.2, 80.0, "B+"}, {74.1, 70.0, "B"}, {72.6, 65.0, "B-"},
								 {71.1, 60.0, "C+"}, {65.0, 41.0, "C"}, {62.7, 35.0, "C-"},
								 {51.7, 15.0, "D"},  {0.0, 0.0, "F"}};

/*
 * Adjectives from the middle between their mean and the next lower one.  The
 * means (Bangor, Kortum and Miller 2009) are 90.9, 85.5, 71.4, 50.9, 35.7,
 * 20.3 and 12.5; the middles are written out because they are decimal.
 */
static const SusBand adjectives[] = {{88.2, NAN, "best imaginable"},
									 {78.45, NAN, "excellent"},
									 {61.15, NAN, "good"},
									 {43.3, NAN, "OK"},
									 {28.0, NAN, "poor"},
									 {16.4, NAN, "awful"},
									 {0.0, NAN, "worst imaginable"}};

/* Return answers scaled to 0 to 100; with "alternating", every second item is a negative one */
double
ScaledScore(const double *answers, int items, int low, int high, bool alternating)
{
	double sum = 0.0;

	for (int i = 0; i < items; i++)
		sum += (alternating && i % 2 == 1) ? high - answers[i] : answers[i] - low;
	return sum * FULL_SCORE / (items * (high - low));
}

/* Return the SUS score that goes with a UMUX-Lite score */
double
SusOfUmuxLite(double score)
{
	return UMUX_LITE_SLOPE * score + UMUX_LITE_INTERCEPT;
}

/* Return the mean distance from "centre" of what was answered of the items "first" to "last" */
double
MeanAnswered(const double *answers, int first, int last, double centre)
{
	double sum = 0.0;
	int answered = 0;

	for (int item = first; item <= last; item++)
	{
		double answer = answers[item - 1];

		if (isnan(answer))
			continue;
		sum += answer - centre;
		answered++;
	}
	return (answered > 0) ? sum / answered : NOT_DEFINED;
}

/* Return the raw workload: the mean of all ratings */
double
RawTaskLoad(const double *ratings)
{
	double sum = 0.0;

	for (int i = 0; i < TLX_SCALES; i++)
		sum += ratings[i];
	return sum / TLX_SCALES;
}

/* Return the workload weighted by how often each scale was chosen in the pairs */
double
WeightedTaskLoad(const double *ratings, const double *tallies)
{
	double sum = 0.0;

	for (int i = 0; i < TLX_SCALES; i++)
		sum += ratings[i] * tallies[i];
	return sum / TLX_PAIRS;
}

/* Return how lost somebody was on the way (Smith 1996); not defined for no screens */
double
Lostness(double unique_screens, double screens, double minimum)
{
	double again = unique_screens / screens - 1.0;
	double astray = minimum / unique_screens - 1.0;

	return (screens > 0.0) ? sqrt(again * again + astray * astray) : NOT_DEFINED;
}

/* Return the band that a score from 0 to 100 belongs to */
static const SusBand *
FindBand(const SusBand *bands, double score)
{
	while (score < bands->low)
		bands++;
	return bands;
}

/* Return the grade of a SUS score */
const char *
SusGrade(double score)
{
	return FindBand(grades, score)->name;
}

/* Return the percentile of a SUS score, on the line between the lower ends of two grades */
double
SusPercentile(double score)
{
	static const SusBand top = {FULL_SCORE, 100.0, NULL};
	const SusBand *grade = FindBand(grades, score);
	const SusBand *above = (grade == grades) ? &top : grade - 1;
	double fraction = (score - grade->low) / (above->low - grade->low);

	return grade->percentile + fraction * (above->percentile - grade->percentile);
}

/* Return the adjective of a SUS score */
const char *
SusAdjective(double score)
{
	return FindBand(adjectives, score)->name;
}
