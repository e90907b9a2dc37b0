/*
 * net_score.c
 *		Net scores, promoters less detractors, as a share of all answers.
 *
 * An answer counts 1, 0 or -1, so that the variance of one answer is
 * p + d - (p - d)^2: the two shares of one multinomial are correlated, and
 * treating them as independent understates it by 2pd.
 */
#include "statistics.h"

/* Rocks (2016) adds three answers: 3/4 promoter, 3/2 passive, 3/4 detractor */
#define ADDED_EXTREME 0.75
#define ADDED_PASSIVE 1.5

typedef struct NetMoments
{
	double n;
	double net;
	double error;
} NetMoments;

/* what Tango's equation needs besides delta */
typedef struct TangoProblem
{
	NetCounts counts;
	double z;
	double sign; /* 1 for the lower end, -1 for the upper one */
} TangoProblem;

/* Compute the net share and its standard error */
static NetMoments
ComputeNetMoments(NetCounts c, NetMethod method)
{
	NetMoments m;
	double p, d;

	if (method == NET_ADJUSTED_WALD)
	{
		c.promoters += ADDED_EXTREME;
		c.passives += ADDED_PASSIVE;
		c.detractors += ADDED_EXTREME;
	}
	m.n = c.promoters + c.passives + c.detractors;
	p = c.promoters / m.n;
	d = c.detractors / m.n;
	m.net = p - d;
	/* p + d - (p - d)^2 without its cancellation */
	m.error = sqrt(fmax(0.0, p * (1.0 - p) + d * (1.0 - d) + 2.0 * p * d) / m.n);
	return m;
}

/*
 * Return the variance of promoters - detractors if the net share were delta.
 *
 * Tango, Statistics in Medicine 17 (1998) 891: the restricted maximum
 * likelihood share of detractors solves a quadratic.  With the rarer side as
 * detractors nothing cancels where it counts, near delta = 1.
 */
static double
TangoVariance(NetCounts c, double delta)
{
	double n = c.promoters + c.passives + c.detractors;
	double a = 2.0 * n;
	double b, m, root, q;

	if (c.detractors > c.promoters)
	{
		NetCounts mirrored = {c.detractors, c.passives, c.promoters};

		return TangoVariance(mirrored, -delta);
	}

	/* the same coefficient, by what is small in it */
	if (delta < 0.5)
		b = (2.0 * n - c.promoters + c.detractors) * delta - (c.promoters + c.detractors);
	else
		b = 2.0 * (c.passives + c.detractors) -
			(2.0 * n - c.promoters + c.detractors) * (1.0 - delta);
	m = -c.detractors * delta * (1.0 - delta);
	root = sqrt(fmax(0.0, b * b - 4.0 * a * m));

	/* of the two forms of the larger root, take the one that does not cancel */
	if (b > 0.0)
		q = -2.0 * m / (root + b);
	else
		q = (root - b) / (2.0 * a);
	return fmax(0.0, n * (2.0 * q + delta * (1.0 - delta)));
}

/* Return the distance of the net from delta less z standard errors */
static double
TangoDistance(double delta, const void *context)
{
	const TangoProblem *problem = context;
	const NetCounts *c = &problem->counts;
	double n = c->promoters + c->passives + c->detractors;

	return problem->sign * (c->promoters - c->detractors - n * delta) -
		problem->z * sqrt(TangoVariance(*c, delta));
}

/* Return Tango's score interval */
static Limits
TangoInterval(NetCounts counts, double confidence, Alternative alternative)
{
	double n = counts.promoters + counts.passives + counts.detractors;
	double net = (counts.promoters - counts.detractors) / n;
	double alpha = 1.0 - confidence;
	TangoProblem problem = {counts, 0.0, 1.0};
	Limits interval = {-1.0, 1.0};

	if (alternative == ALTERNATIVE_TWO_SIDED)
		alpha /= 2.0;
	problem.z = NormalTailQuantile(alpha);

	/* a one-sided level below one half asks for the other side of the net */
	if (alternative != ALTERNATIVE_LESS)
		interval.low = (problem.z >= 0.0) ? FindRoot(TangoDistance, &problem, -1.0, net)
										  : FindRoot(TangoDistance, &problem, net, 1.0);
	problem.sign = -1.0;
	if (alternative != ALTERNATIVE_GREATER)
		interval.high = (problem.z >= 0.0) ? FindRoot(TangoDistance, &problem, 1.0, net)
										   : FindRoot(TangoDistance, &problem, net, -1.0);
	return interval;
}

/* Return the standard error of a net share */
double
NetError(NetCounts counts, NetMethod method)
{
	if (!(counts.promoters + counts.passives + counts.detractors > 0.0))
		return NOT_DEFINED;
	return ComputeNetMoments(counts, method).error;
}

/* Return the interval of a net share */
Limits
NetInterval(NetCounts counts, double confidence, NetMethod method)
{
	NetMoments m;

	if (!(counts.promoters + counts.passives + counts.detractors > 0.0))
		return UndefinedInterval();
	if (method == NET_TANGO)
		return TangoInterval(counts, confidence, ALTERNATIVE_TWO_SIDED);
	m = ComputeNetMoments(counts, method);
	return ClipInterval(NormalInterval(m.net, m.error, confidence, ALTERNATIVE_TWO_SIDED), -1.0,
						1.0);
}

/* Return difference / error; without any variance only equality is compatible */
static double
StandardizedDifference(double difference, double error)
{
	if (error > 0.0)
		return difference / error;
	return (difference == 0.0) ? 0.0 : copysign(INFINITY, difference);
}

/* Compare two net shares: the raw difference, judged on the method's shares */
Difference
CompareNets(NetCounts a, NetCounts b, double confidence, NetMethod method)
{
	NetMoments raw_a = ComputeNetMoments(a, NET_WALD);
	NetMoments raw_b = ComputeNetMoments(b, NET_WALD);
	NetMoments m_a = ComputeNetMoments(a, method);
	NetMoments m_b = ComputeNetMoments(b, method);
	double error = hypot(m_a.error, m_b.error);
	Difference result = UndefinedDifference();
	Limits interval;

	if (!(raw_a.n > 0.0) || !(raw_b.n > 0.0))
		return result;
	interval = NormalInterval(m_a.net - m_b.net, error, confidence, ALTERNATIVE_TWO_SIDED);
	interval = ClipInterval(interval, -2.0, 2.0);
	result.difference = raw_a.net - raw_b.net;
	result.low = interval.low;
	result.high = interval.high;
	result.p_value =
		NormalPValue(StandardizedDifference(m_a.net - m_b.net, error), ALTERNATIVE_TWO_SIDED);
	return result;
}

/* Test a net share against a fixed target */
Difference
TestNet(NetCounts counts, double target, double confidence, Alternative alternative,
		NetMethod method)
{
	NetMoments raw = ComputeNetMoments(counts, NET_WALD);
	NetMoments m = ComputeNetMoments(counts, method);
	Difference result = UndefinedDifference();
	Limits interval;
	double z;

	if (!(raw.n > 0.0))
		return result;
	if (method == NET_TANGO)
	{
		interval = TangoInterval(counts, confidence, alternative);
		z = StandardizedDifference((raw.net - target) * raw.n, sqrt(TangoVariance(counts, target)));
	}
	else
	{
		interval = NormalInterval(m.net, m.error, confidence, alternative);
		z = StandardizedDifference(m.net - target, m.error);
	}
	interval = MoveInterval(ClipInterval(interval, -1.0, 1.0), -target, 1.0);
	result.difference = raw.net - target;
	result.low = interval.low;
	result.high = interval.high;
	result.p_value = NormalPValue(z, alternative);
	return result;
}
