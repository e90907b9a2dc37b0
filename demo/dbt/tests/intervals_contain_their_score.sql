-- A score lies in its interval, except where the interval is pulled towards the middle of its range:
-- with few answers that agree.
select month, touchpoint
from {{ ref('nps_by_month') }}
where n >= 30 and not nps between low and high
